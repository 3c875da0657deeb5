"""One location's texts on one channel, part by part: before and after, or as they come or go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storesync.plan.change import Action, Change
from storesync.report.escape import escape
from storesync.report.readable import Readable, readable
from storesync.report.view import Example
from storesync.report.words import LINE, Kind, Stretch, as_markdown, differ, plain, words_of

_BROKEN = "<i>cannot be rendered: see `storesync validate`</i>"
_TITLES = {"html": "", "txt": ""}
_WIDEST = 60


def example_lines(change: Change, example: Example) -> Iterator[str]:
    """Yield a line for each part that has something to show."""
    channel = escape(change.key.channel, limit=_WIDEST)
    if example.after is None and change.action is not Action.WITHDRAW:
        yield f"**{channel}**: {_BROKEN}"
        return
    before, after = example.before or {}, example.after or {}
    names = sorted({**before, **after}, key=lambda name: (name != "subject", name))
    told: set[str] = set()
    for name in names:
        stretches = _stretches(_text(name, before), _text(name, after))
        words = _words_of(stretches)
        if name == "txt" and "html" in names and words <= told:
            continue  # a mail's plain text, which says the same once more
        told |= words
        shown = _part(_text(name, before), _text(name, after), stretches, example)
        if shown:
            title = " ".join(filter(None, (channel, escape(_TITLES.get(name, name)))))
            yield f"**{title}**: {shown}"


def _text(name: str, parts: Mapping[str, str]) -> Readable | None:
    return readable(name, parts[name]) if name in parts else None


def _stretches(old: Readable | None, new: Readable | None) -> Sequence[Stretch]:
    return differ(words_of(old.lines if old else ()), words_of(new.lines if new else ()))


def _words_of(stretches: Sequence[Stretch]) -> set[str]:
    """Return the words that come or go, without signs around them."""
    return {
        f"{stretch.kind}{word.strip('.,;:()/-–·')}"
        for stretch in stretches
        if stretch.kind is not Kind.SAME
        for word in stretch.words
        if word != LINE
    }


def _part(
    old: Readable | None, new: Readable | None, stretches: Sequence[Stretch], example: Example
) -> str:
    if example.before is None or example.after is None:
        only = new or old
        return plain(only.lines) if only else ""
    if old == new:
        return ""
    behind = ""
    if old and new and old.behind != new.behind:
        behind = "layout, pictures or styles change"
    if all(stretch.kind is Kind.SAME for stretch in stretches):
        return f"<i>the words stay; {behind or 'spaces between them change'}</i>"
    return as_markdown(stretches) + (f" <i>({behind}, too)</i>" if behind else "")
