"""From a text to everything it states: the chain of readers, tried at each place in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.beginnings import (
    begins_amount,
    begins_date,
    begins_occasion,
    begins_ratio,
    begins_remedy,
    begins_superlative,
    begins_time,
    begins_weekday,
    begins_wording,
)
from storesync.copywriting.facts.language.fold import Folded
from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.reading.amounts import read_amount
from storesync.copywriting.facts.reading.around import around as sentence
from storesync.copywriting.facts.reading.contacts import read_code, read_link, read_phone
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.end_days import begins_end_day, read_end_day
from storesync.copywriting.facts.reading.occasions import read_occasion
from storesync.copywriting.facts.reading.open_hours import are_of_opening, is_each_day
from storesync.copywriting.facts.reading.pages import with_pages
from storesync.copywriting.facts.reading.passing import in_passing
from storesync.copywriting.facts.reading.places import read_place
from storesync.copywriting.facts.reading.ratios import read_ratio
from storesync.copywriting.facts.reading.remedies import read_remedy
from storesync.copywriting.facts.reading.sums_written import read_sum
from storesync.copywriting.facts.reading.superlatives import read_superlative
from storesync.copywriting.facts.reading.surroundings import Surroundings, surroundings
from storesync.copywriting.facts.reading.things import read_things
from storesync.copywriting.facts.reading.tied_prices import read_tied_price
from storesync.copywriting.facts.reading.times import read_time
from storesync.copywriting.facts.reading.vague import vague
from storesync.copywriting.facts.reading.weekdays import read_weekday
from storesync.copywriting.facts.reading.wording import read_wording
from storesync.model.slot import slots_in

# What ends a line: all that `fold` makes a line feed of.
_LINE_ENDS = re.compile(r"[\n\r\x80-\x9f\u2028\u2029]")
Reader = Callable[[Surroundings, int], Read]
# Characters. What is longer is read anew each time: what was read of it would take much memory.
_LONG_TEXT, _LONG_LINE = 20_000, 2_000
# In order, each with what says whether a word can begin what it reads, where words alone can say.
READERS: Mapping[Reader, Callable[[str, Lexicon], bool] | None] = {
    read_link: None,
    read_sum: begins_amount,
    read_ratio: begins_ratio,
    read_date: begins_date,
    read_phone: lambda *_: False,
    read_code: None,
    read_end_day: begins_end_day,
    read_occasion: begins_occasion,
    read_wording: begins_wording,
    read_superlative: begins_superlative,
    read_remedy: begins_remedy,
    read_tied_price: lambda *_: False,
    read_time: begins_time,
    read_amount: begins_amount,
    read_weekday: begins_weekday,
    read_place: None,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: itself without disguises, and what it states, by offsets in it."""

    folded: Folded
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Reading:
    """A text as written, and without disguises in lower case.

    `lines` are its lines with where each begins: in `low`, and in `text`.
    """

    text: str
    locale: str
    low: str
    lines: tuple[tuple[int, int, Line], ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return what the text states, in order."""
        found = tuple(
            _moved(item, begins, original)
            for begins, original, line in self.lines
            for item in line.items
        )
        lines = [(begins, line.folded.low) for begins, _, line in self.lines]
        return with_pages(found, lines) if len(lines) > 1 else found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of `low` stands in `text`."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.lines, offset, key=lambda line: line[0]) - 1
        begins, original, line = self.lines[at]
        if offset - begins >= len(line.folded.low):  # the line's end
            end = original + (line.folded.ends[-1] if line.folded.low else 0)
            return end, end
        first, last = line.folded.span(offset - begins, offset - begins + 1)
        return original + first, original + last


def read(text: str, locale: str) -> Reading:
    """Return what a text in a language states; nothing goes on from one line to the next.

    Each line is read once: the pages of thousands of locations share most of theirs.
    """
    return _read(text, locale) if len(text) > _LONG_TEXT else _known_text(text, locale)


def _read(text: str, locale: str) -> Reading:
    lines: list[tuple[int, int, Line]] = []
    begins = original = 0
    for written in _LINE_ENDS.split(text):
        line = read_line(written, locale)
        lines.append((begins, original, line))
        begins += len(line.folded.low) + 1
        original += len(written) + 1
    low = "\n".join(line.folded.low for _, _, line in lines)
    return Reading(text, locale, low, tuple(lines))


def _moved(item: Item, folded: int, original: int) -> Item:
    if not original:
        return item
    return replace(
        item,
        start=item.start + folded,
        end=item.end + folded,
        first=item.first + original,
        last=item.last + original,
    )


def read_line(text: str, locale: str) -> Line:
    """Return what one line states."""
    return _read_line(text, locale) if len(text) > _LONG_LINE else _known_line(text, locale)


def _read_line(text: str, locale: str) -> Line:
    around = surroundings(text, locale)
    found: list[Item] = []
    index = 0
    while index < len(around.tokens):
        for reader in readers_at(around, index) if _may_begin(around, index) else ():
            result = reader(around, index)
            if result is not None:
                items = [_with_sentence(around, item, index, result[1]) for item in result[0]]
                end = result[1]
                found += [item for item in items if not in_passing(around, item, index, end)]
                offers = tuple(item for item in items if _is_of_a_thing(item))
                if offers:
                    things = read_things(around, index, end, offers)
                    found += [replace(one, extra=offers) for one in things]
                index = end
                break
        else:
            if around.kind(index) == "w":
                found += vague(around, index)
            index += 1
    return Line(around.folded, tuple(_placed(text, around, item) for item in found))


_known_text = lru_cache(maxsize=512)(_read)
_known_line = lru_cache(maxsize=16384)(_read_line)


def readers_at(text: Surroundings, index: int) -> Iterable[Reader]:
    """Return the readers that may read something at a token."""
    if text.kinds[index] != "w" or index in text.numbers:
        return READERS
    return _readers_of(text.lows[index], text.words)


@lru_cache(maxsize=16384)
def _readers_of(low: str, words: Lexicon) -> tuple[Reader, ...]:
    return tuple(
        reader for reader, begins in READERS.items() if begins is None or begins(low, words)
    )


def _with_sentence(text: Surroundings, item: Item, start: int, end: int) -> Item:
    """Return an amount with the words around it, in which its terms have to stand.

    Of a number of hours it is told whether they are those of opening: open for twelve hours.
    """
    if item.kind is Kind.NUMBER and item.unit[:1] == ("hour",):
        return replace(item, often=are_of_opening(text, start, end))
    if item.kind is Kind.TIME and item.extra and is_each_day(text, end):
        return replace(item, often=are_of_opening(text, start, end - 1))
    if item.kind not in {Kind.PERCENT, Kind.MONEY}:
        return item
    return replace(item, extra=sentence(text, start, end))


def _may_begin(text: Surroundings, index: int) -> bool:
    """Say whether anything can begin at a token: most words of a text begin nothing."""
    token, words = text.tokens[index], text.words
    if token.kind == "s":
        beside = (
            text.kind(index + 1) != "s" or text.low(index + 1) in "{}<>|-." or token.low in "%⭐★"
        )
        return beside and token.low in words.starts
    if token.low in words.starts or token.kind in "nc" or token.low.endswith(words.superlative):
        return True
    if token.low[:3] in words.begun or token.text[0].isupper() or index in text.numbers:
        return True
    following = text.tokens[index + 1] if index + 1 < len(text.tokens) else token
    plural_day = token.low.endswith("s") and token.low[:-1] in text.words.weekdays
    return (not following.gap and following.kind == "s") or plural_day


def _is_of_a_thing(item: Item) -> bool:
    """Say whether an item is an offer or a price, which something has."""
    reduces = item.kind is Kind.PERCENT and item.role in {"off", ""}
    return reduces or item.kind in {Kind.MONEY, Kind.OFFER}


def _placed(text: str, around: Surroundings, item: Item) -> Item:
    first, last = around.folded.span(item.start, item.end)
    value = item.value or text[first:last] if item.kind is Kind.URL else item.value
    plain = around.folded.text[item.start : item.end]
    return replace(item, text=text[first:last], plain=plain, first=first, last=last, value=value)


def items(text: str, locale: str) -> tuple[Item, ...]:
    """Return what a text in a language states, in order."""
    return read(text, locale).items


def states(text: str, locale: str) -> bool:
    """Say whether copy in a language states anything; what its slots fill in is not looked at."""
    words, at = [], 0
    for slot in slots_in(text):
        words.append(text[at : slot.start])
        at = slot.end
    found = items(" ".join([*words, text[at:]]), locale)
    headline = (item.kind is Kind.PLACE and (item.extra or item.unit) for item in found)
    return not all(idle or item.role == "one" for idle, item in zip(headline, found, strict=True))
