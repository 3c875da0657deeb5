"""A text ready for reading: tokens, numbers, and the words around each that give it a role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.fold import Folded, fold
from storesync.copywriting.facts.language.given import OF
from storesync.copywriting.facts.language.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.language.oneword import as_one_word
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.language.tokens import Token, tokenise
from storesync.copywriting.facts.language.undisguise import undisguise
from storesync.copywriting.facts.reading.less import is_no_less
from storesync.copywriting.facts.reading.numeral import numerals
from storesync.copywriting.facts.reading.segments import is_bar, parts
from storesync.copywriting.facts.reading.spelled import Numeral

DASHES, ARROWS = frozenset("-–"), frozenset("→➔➜➡▸►⇒")
_MINUS = "\u2212"
_SHORT_UNITS = frozenset({"gb", "mb", "tb", "ml", "cl", "dl", "mg", "km", "oz", "lb", "ft", "kw"})
PERIODS = frozenset({"hour", "day", "week", "month", "year"})
_NEAR, _SHORT = 12, 3  # tokens, letters
# Farther than any reader looks ahead of a token that is there.
_BEYOND = 32
_BEHIND = 3  # tokens
_ENDS_CLAUSE = frozenset('.!?;:,()|•·…¡¿"')
_ENDS_SENTENCE = frozenset(".!?…¡¿|•")
_DOTTED = re.compile(r"\w \. \w")  # i.p.v.


@dataclass(slots=True)
class Surroundings:
    """Tokens with numbers, cues and clauses, each by the index of a token."""

    folded: Folded
    words: Lexicon
    tokens: list[Token]
    numbers: dict[int, Numeral]
    lows: list[str]  # of each token, with empty ones behind the last
    kinds: list[str]
    begun: dict[int, list[Match]] = field(default_factory=dict)
    ended: dict[int, list[Match]] = field(default_factory=dict)
    cued: set[str] = field(default_factory=set)  # the labels of all cues
    clause: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    minuses: frozenset[int] = frozenset()  # tokens that are written as minus signs, and no dashes

    def item(self, kind: Kind, start: int, end: int, value: Any, **more: Any) -> Item:
        """Return an item over tokens."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        return Item(kind, value, first, last, **more)

    def low(self, index: int) -> str:
        """Return a token in lower case, empty beyond the ends."""
        return self.lows[index] if index >= 0 else ""

    def kind(self, index: int) -> str:
        """Return a token's kind, empty beyond the ends."""
        return self.kinds[index] if index >= 0 else ""

    def tight(self, index: int) -> bool:
        """Say whether a token follows the one before without white space."""
        return 0 < index < len(self.tokens) and not self.tokens[index].gap

    def cue_at(self, label: str, index: int) -> Match | None:
        """Return the longest cue of a label that begins at a token."""
        best: Match | None = None
        for match in self.begun.get(index, ()):
            if match.label == label and (best is None or match.end > best.end):
                best = match
        return best

    def cue_before(self, label: str, index: int) -> Match | None:
        """Return the longest cue of a label that ends right before a token."""
        best: Match | None = None
        for match in self.ended.get(index, ()):
            if match.label == label and (best is None or match.start < best.start):
                best = match
        return best

    def names_day(self, index: int) -> bool:
        """Say whether a token is the name of a day of the week, short ones too."""
        low, words = self.low(index), self.words
        return low in words.weekdays or low in words.short_weekdays

    def lists(self, index: int) -> bool:
        """Say whether a token joins the members of a list: a comma, and."""
        return self.low(index) == "," or self.low(index) in self.words.listed("joins")

    def ranges(self, index: int) -> bool:
        """Say whether a token joins two ends: 20-30 and 20 to 30."""
        return self.low(index) in DASHES or self.cue_at("range", index) is not None

    def short(self, index: int) -> bool:
        """Say whether a stop ends no sentence: Sa. 10–14 Uhr, 9 a.m. to noon."""
        half, low, known = self.lows[max(0, index - 3) : index], self.low(index - 1), self.words
        behind = self.tokens[index + 1].text[0] if index + 1 < len(self.tokens) else ""
        if behind and half in (["a", ".", "m"], ["p", ".", "m"]):
            return not behind.isupper() or self.names_day(index + 1)
        day = low in known.short_weekdays and (
            index + 1 in self.numbers  # seg. a dom.
            or (self.low(index + 1) in known.listed("range") and self.names_day(index + 2))
        )
        money = low in known.currencies and behind.islower()  # 8 fr. économisés
        shortened = day or money or low in known.listed("shortened")
        return shortened and self.low(index) == "." and self.tight(index)

    def bound(self, start: int, end: int) -> str:
        """Return over, under, least or most where some tokens are a bound: over-60s, £30 or more.

        No more than four is four at most, no less than four is four at least.
        """
        if self.low(end) == "+" and self.tight(end):
            return "over"
        first = start - (self.low(start - 1) == "-" and self.tight(start))
        for label, denied in (("over", "most"), ("under", "least"), ("least", "least")):
            cue = self.cue_before(label, first)
            if cue:
                words = self.words
                before = self.low(cue.start - 1)
                negative = before in words.listed("negative") or before in words.listed("none")
                return denied if negative else label
        for place in range(end, min(end + _BEHIND, len(self.tokens))):  # three quilts maximum
            if self.clause[place] != self.clause[start]:
                break
            for label, meant in (("or_more", "least"), ("or_less", "most")):
                if self.cue_at(label, place):
                    return meant
        return ""

    def negative(self, start: int) -> bool:
        """Say whether a minus sign stands before a token: -20 %; and apart by its own sign."""
        sign = start - 1
        if self.low(sign) not in DASHES or not self.tokens[sign].gap:
            return False
        between = self.kind(sign - 1) == "n" or self.low(sign - 1) in self.words.currencies
        return self.tight(start) or (sign in self.minuses and not between)

    def unit(self, end: int) -> tuple[str, ...]:
        """Return the words that a number counts, up to three that follow it, in one form each.

        Behind a word such as in, of those only a period counts: three times a day, six in a box.
        Before a verb a number counts nothing that is named.
        """
        found: list[str] = []
        idle, links, beyond = _idle(self.words), self.words.listed("links"), False
        more = self.cue_at("or_more", end) or self.cue_at("or_less", end)
        if more:  # ages 8 and up; eight or over
            if self.low(more.end) in idle:
                return ()
            end = more.end
        for place in range(end, min(end + 4, len(self.tokens))):
            token = self.tokens[place]
            if place == end and self._inches(place):
                found.append("inch")
                continue
            if token.kind != "w":
                if token.low == "-":
                    continue
                break
            if place == end and token.low in self.words.listed("copulas"):
                break  # six are a riot
            unit = self.words.units.get(token.low, "")
            known = unit or len(token.low) > 2 or token.low in _SHORT_UNITS
            linked = place == end and token.low not in OF and token.low in links
            beyond = beyond or linked or bool(found and (token.low in idle or not known))
            if known and not (beyond and unit not in PERIODS):
                # Three classes a week are no three weeks.
                found += [""] * (beyond and len(found) == 1)
                found.append(unit or token.low)
        return tuple(found[:3])

    def _inches(self, place: int) -> bool:
        """Say whether a sign behind a number is for inches, and ends no quotation: 12" pizzas."""
        quoted = '"' in self.lows[max(0, place - _NEAR) : place]
        beside = self.tight(place) and self.kind(place + 1) == "w"
        return self.low(place) == '"' and beside and not quoted

    def words_before(self, index: int) -> tuple[str, ...]:
        """Return the two words right before a token, fewer where a sentence begins there."""
        last = max(0, index - 2)
        found = [place for place in range(last, index) if self.kind(place) == "w"]
        same = [place for place in found if self.clause[place] == self.clause[index]]
        return tuple(self.low(place) for place in same)

    def about(self, index: int) -> frozenset[str]:
        """Return the words with a meaning of their own in the sentence of a token."""
        idle, sentence = _idle(self.words), self.sentence[index]
        return frozenset(
            self.lows[place]
            for place in range(max(0, index - _NEAR), min(len(self.tokens), index + _NEAR))
            if self.sentence[place] == sentence
            and self.kinds[place] == "w"
            and len(self.lows[place]) > _SHORT
            and self.lows[place].removesuffix("s") not in idle
            and self.lows[place] not in idle
            and place not in self.numbers
        )

    def nearest(
        self, labels: Iterable[str], start: int, end: int, *, before: int = 4, after: int = 4
    ) -> str:
        """Return the label whose cue is nearest to some tokens, in their clause; or nothing."""
        wanted = self.cued.intersection(labels)
        if not wanted:
            return ""
        best, label = 99.0, ""
        for place in range(end, min(end + after, len(self.tokens))):
            if self.clause[place] != self.clause[end - 1]:
                break
            for match in self.begun.get(place, ()):
                distance = place - end - (match.end - match.start) / 100
                if match.label in wanted and distance < best:
                    best, label = distance, match.label
        for place in range(start, max(start - before, 0), -1):
            if self.clause[place - 1] != self.clause[start]:
                break
            for match in self.ended.get(place, ()):
                distance = start - place + 0.5 - (match.end - match.start) / 100
                if match.label in wanted and distance < best:
                    best, label = distance, match.label
        return label

    def is_asked(self, index: int) -> bool:
        """Say whether the sentence of a token is a question."""
        return self.low(self.sentence_end(index) - 1) == "?"

    def sentence_end(self, index: int) -> int:
        """Return the token after the sentence of a token, or after as many as can matter."""
        end, most = index, min(len(self.tokens), index + _BEYOND)
        while end < most and self.sentence[end] == self.sentence[index]:
            end += 1
        return end

    def in_sentence(self, label: str, index: int, reach: int = 12) -> bool:
        """Say whether a cue of a label stands near a token, in its sentence."""
        low, high = max(0, index - reach), min(len(self.tokens), index + reach)
        if label not in self.cued:
            return False
        return any(
            match.label == label and self.sentence[place] == self.sentence[index]
            for place in range(low, high)
            for match in self.begun.get(place, ())
        )


def _minuses(text: str, found: Surroundings) -> frozenset[int]:
    """Return the tokens that are minus signs by their character."""
    starts = found.folded.starts
    return frozenset(at for at, one in enumerate(found.tokens) if text[starts[one.start]] == _MINUS)


@lru_cache(maxsize=64)
def _idle(words: Lexicon) -> frozenset[str]:
    """Return words that say nothing of what a day or a time is of."""
    days = (words.weekdays, words.months, words.short_months)
    return frozenset(
        (*words.listed("function"), *words.listed("links")),
    ).union(*days)


def surroundings(text: str, locale: str) -> Surroundings:
    """Return a text of a language, ready for reading."""
    words = lexicon(locale)
    folded = fold(text, latin=words.latin)
    tokens = as_one_word(undisguise(tokenise(folded.text, folded.low), words), words)
    beyond = [""] * _BEYOND
    lows = ["|" if is_bar(tokens, at, words) else one.low for at, one in enumerate(tokens)]
    lows += beyond
    kinds = [token.kind for token in tokens] + beyond
    found = Surroundings(folded, words, tokens, numerals(tokens, words), lows, kinds)
    found.minuses = _minuses(text, found) if _MINUS in text else found.minuses
    clause = sentence = shortened = 0
    for index, token in enumerate(tokens):
        found.clause.append(clause)
        found.sentence.append(sentence)
        gap = index + 1 == len(tokens) or tokens[index + 1].gap
        ends = token.low in _ENDS_CLAUSE and (gap or token.low not in ".,:")
        if ends and index >= shortened and not found.short(index):
            clause += 1
            sentence += token.low in _ENDS_SENTENCE
        elif token.kind == "s" and parts(tokens, index, words):
            clause += 1
            sentence += lows[index] == "|"
        for match in words.cues.at(tokens, index, found.numbers):
            if match.label == "off" and is_no_less(tokens, match, words):
                continue
            if _DOTTED.search(match.pattern):
                shortened = max(shortened, match.end)
            found.cued.add(match.label)
            found.begun.setdefault(index, []).append(match)
            found.ended.setdefault(match.end, []).append(match)
    return found
