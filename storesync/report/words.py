"""Words before and after: which go and which come, for people who read texts and not files."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from storesync.report.escape import escape

LINE = "\n"  # stands between two lines as a word of its own
_MOST_WORDS = 2_000
# More words that go or come than this, and a text is a new one: finding out takes its square.
_MOST_EDITS = 200
_AROUND = 6
_LONGEST = 40
_MOST_SHOWN = 160
_MOST_OF_ONE = 70
_WIDEST_WORD = 80
_WIDEST_LINE = 4_000
_LINE_END = " / "


class Kind(enum.StrEnum):
    """Whether words stay, go or come."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Stretch(NamedTuple):
    """Words in a row that stay, go or come together."""

    kind: Kind
    words: tuple[str, ...]


def words_of(lines: Iterable[str]) -> list[str]:
    """Return the words of lines, with `LINE` between one and the next."""
    words: list[str] = []
    for line in lines:
        found = line.split()
        if found:
            words += [LINE, *found] if words else found
    return words


def differ(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Return the stretches from old to new words; of a change what goes stands first.

    Without those that come it is the old text, without those that go the new one.
    """
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    steps = [(Kind.SAME, word) for word in old[:start]]
    steps += _steps(inner_old, inner_new)
    steps += [(Kind.SAME, word) for word in old[len(old) - end :]]
    return list(_joined(steps))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[Kind, str]]:
    """Return the fewest steps from old to new (Myers 1986), or all words exchanged."""
    if max(len(old), len(new)) <= _MOST_WORDS:
        trace = _trace(old, new)
        if trace is not None:
            return _walked_back(old, new, trace)
    return [*((Kind.OLD, word) for word in old), *((Kind.NEW, word) for word in new)]


def _trace(old: Sequence[str], new: Sequence[str]) -> list[dict[int, int]] | None:
    """Return how far each diagonal was reached with 0, 1, 2 … edits; None: with too many."""
    reached, trace = {1: 0}, []
    for edits in range(min(len(old) + len(new), _MOST_EDITS) + 1):
        trace.append(dict(reached))
        for diagonal in range(-edits, edits + 1, 2):
            at = _entered(reached, diagonal, edits)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            reached[diagonal] = at
            if at >= len(old) and at - diagonal >= len(new):
                return trace
    return None


def _entered(reached: dict[int, int], diagonal: int, edits: int) -> int:
    below, above = reached.get(diagonal - 1, -1), reached.get(diagonal + 1, -1)
    comes = diagonal == -edits or (diagonal != edits and below < above)
    return above if comes else below + 1


def _walked_back(
    old: Sequence[str], new: Sequence[str], trace: list[dict[int, int]]
) -> list[tuple[Kind, str]]:
    steps: list[tuple[Kind, str]] = []
    at, other = len(old), len(new)
    for edits in range(len(trace) - 1, -1, -1):
        reached, diagonal = trace[edits], at - other
        entered = _entered(reached, diagonal, edits)
        while at > max(entered, 0) and other > max(entered - diagonal, 0):
            at, other = at - 1, other - 1
            steps.append((Kind.SAME, old[at]))
        if edits == 0:
            break
        if entered == reached.get(diagonal + 1, -1):
            other -= 1
            steps.append((Kind.NEW, new[other]))
        else:
            at -= 1
            steps.append((Kind.OLD, old[at]))
    return steps[::-1]


def _joined(steps: list[tuple[Kind, str]]) -> Iterator[Stretch]:
    """Yield steps as stretches. A single word that stays between two changes is part of them."""
    runs = [(kind is Kind.SAME, list(run)) for kind, run in _runs(steps)]
    changed: list[tuple[Kind, str]] = []
    for at, (same, run) in enumerate(runs):
        between = 0 < at < len(runs) - 1 and len(run) == 1 and run[0][1] != LINE
        if same and between and len(changed) + len(runs[min(at + 1, len(runs) - 1)][1]) > 3:
            changed += [(Kind.OLD, run[0][1]), (Kind.NEW, run[0][1])]
        elif same:
            yield from _change(changed)
            changed = []
            yield Stretch(Kind.SAME, tuple(word for _, word in run))
        else:
            changed += run
    yield from _change(changed)


def _runs(steps: list[tuple[Kind, str]]) -> Iterator[tuple[Kind, list[tuple[Kind, str]]]]:
    for same, run in groupby(steps, key=lambda step: step[0] is Kind.SAME):
        yield Kind.SAME if same else Kind.NEW, list(run)


def _change(steps: list[tuple[Kind, str]]) -> Iterator[Stretch]:
    for kind in (Kind.OLD, Kind.NEW):
        words = tuple(word for found, word in steps if found is kind)
        if words:
            yield Stretch(kind, words)


def as_markdown(stretches: Sequence[Stretch]) -> str:
    """Return stretches as one line of Markdown; what stays is cut to the words around a change.

    Tags and not asterisks: these need spaces on the right side to be understood.
    """
    shown: list[str] = []
    room = _MOST_SHOWN
    for at, stretch in enumerate(stretches):
        if room <= 0:
            more = sum(item.kind is not Kind.SAME for item in stretches[at:])
            shown.append(f"<i>… {more:,} more changes</i>" if more else "…")
            break
        words = _cut(stretch, first=at == 0, last=at == len(stretches) - 1)
        room -= len(words)
        text = _text(words)
        if stretch.kind is Kind.OLD:
            text = f"<del>{text}</del>"
        elif stretch.kind is Kind.NEW:
            text = f"<b>{text}</b>"
        shown.append(text)
    return " ".join(shown)


def plain(lines: Iterable[str], most: int = _MOST_OF_ONE) -> str:
    """Return lines as one line of Markdown, with a count of the words that are left out.

    A line that stood before is left out, too: mails say their first ones twice.
    """
    words = words_of(dict.fromkeys(lines))
    more = len([word for word in words[most:] if word != LINE])
    return _text(words[:most]) + (f" <i>… {more:,} more words</i>" if more else "")


def _cut(stretch: Stretch, *, first: bool, last: bool) -> Sequence[str]:
    words = stretch.words
    if stretch.kind is not Kind.SAME:
        more = len(words) - _LONGEST
        return words if more <= 0 else (*words[:_LONGEST], f"… ({more:,} more words)")
    head, tail = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= head + tail + 2:
        return words
    return (*words[:head], "…", *words[len(words) - tail :])


def _text(words: Iterable[str]) -> str:
    runs = groupby(words, key=lambda word: word == LINE)
    return "".join(_LINE_END if is_end else _line(run) for is_end, run in runs).strip()


def _line(words: Iterable[str]) -> str:
    shown = (word if len(word) < _WIDEST_WORD else _shorter(word) for word in words)
    return escape(" ".join(shown), limit=_WIDEST_LINE)


def _shorter(word: str) -> str:
    return f"{word[: _WIDEST_WORD - 1]}…"
