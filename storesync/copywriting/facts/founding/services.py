"""Services, terms and audiences that a text tells and nothing declared does: delivery, members."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.goods import declared_words, left_out, phrases
from storesync.copywriting.facts.founding.lines import Line, Span
from storesync.copywriting.facts.language.given import OF, among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.additions import (
    FOUNDS,
    SERVICE,
    Told,
    behind_one,
    declared_in,
    words_before,
)

# Which services are asked for only where something declared says one of others: what shops of all
# trades do is said in passing (eat in, order online), unless a legal text knows otherwise.
_EATING = frozenset({"eat_in", "eat_in_only", "takeaway", "takeaway_only"})
_TAXED = frozenset({"tax_in", "tax_out"})
_AGAINST = {
    **dict.fromkeys(_EATING, _EATING),
    **dict.fromkeys(_TAXED, _TAXED),
    "online": frozenset({"in_store"}),
    "exchange": frozenset({"exchange"}),
    "card": frozenset({"cash_only"}),
    "cash_only": frozenset({"card"}),
    "booked": frozenset({"walk_in_only"}),
    "walk_in_only": frozenset({"by_booking"}),
    "unbooked": frozenset({"by_booking"}),
    "by_booking": frozenset[str](),
    "in_store": frozenset[str](),
}
_WHOLE = frozenset({"eat_in", "takeaway", "walk_in", "unbooked"})
_NEAR, _LEGAL = 2, 6  # tokens: no exchange or refund
_DONE = frozenset({"done", "ready", "repaired", "mended", "fixed", "made", "fitted", "cut"})


def undeclared_services(line: Line, facts: Facts) -> Iterator[Span]:
    """Yield the services and audiences in a line that nothing declared tells."""
    there, denied = _services(phrases(facts), facts.locale)
    covered = -1
    for match in line.told.found:
        if match.start < covered:
            continue
        if match.label == "audiences":
            wrong = _is_for_some(line, match, facts)
        elif match.label == "takes_in":
            wrong = _takes_in_what_is_out(line, match, facts)
        elif match.label.startswith(SERVICE):
            group = match.label.removeprefix(SERVICE)
            asked = group not in _AGAINST or not _AGAINST[group].isdisjoint(there | denied)
            wrong = asked and group not in there and _is_told(line, match, group)
        else:
            continue
        if wrong:
            covered = match.end
            yield line.span(match.start, match.end, Kind.OFFER)


def _is_told(line: Line, match: Match, group: str) -> bool:
    """Say whether a phrase tells a service, and nothing else: eat in, and no *eat in the park*."""
    if _is_denied(line.told, match, line.locale):
        return False
    if group == "wait":  # £6 while you wait, and no coffee while you wait
        before = line.told.near(match, 1)
        return line.follows_an_amount(match.start) or not _DONE.isdisjoint(before)
    ends, words = words_before(line.language, "ends_service"), words_of(line.locale)
    behind = line.told.tokens[match.end : match.end + 1] if group in _WHOLE else ()
    return all(one.kind != "w" or (one.low,) in ends or one.low in words.joins for one in behind)


@lru_cache(maxsize=1024)
def _services(declared: tuple[str, ...], locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the services that declared phrases say there are, and those they say there are not."""
    there, denied = set[str](), set[str]()
    for phrase in declared:
        told = declared_in(phrase, lexicon(locale).language)
        for match in told.found:
            for label in (SERVICE, FOUNDS):
                if match.label.startswith(label):
                    groups = denied if _is_denied(told, match, locale, _LEGAL) else there
                    groups.add(match.label.removeprefix(label))
    return frozenset(there), frozenset(denied)


def _is_denied(told: Told, match: Match, locale: str, reach: int = _NEAR) -> bool:
    """Say whether a word for none stands shortly before a phrase: no delivery."""
    known = lexicon(locale)
    none = {*known.listed("none"), *words_of(locale).negative}
    denied = not none.isdisjoint(told.near(match, reach))
    return denied and told.tokens[match.start].low not in none


def _is_for_some(line: Line, match: Match, facts: Facts) -> bool:
    """Say whether an offer is for some alone: 10% off for students, members get 10% off."""
    told = line.told
    behind = told.tokens[match.end].low if match.end < len(told.tokens) else ""
    gets = (behind,) in words_before(line.language, "gets")
    before = behind_one(told, match.start, line.language, "for_whom") >= 0
    if not (gets or before) or not line.offers(match) or _goes_on(told, match, line.locale):
        return False
    declared = declared_words(facts)
    return not all(among(one, declared) for one in told.lows(match.start, match.end))


def _goes_on(told: Told, match: Match, locale: str) -> bool:
    """Say whether an audience is one of anything: students of good crust, students and poets."""
    words = words_of(locale)
    behind = [one.low for one in told.tokens[match.end : match.end + 2]]
    listed = behind and (behind[0] in words.joins or behind[0] == ",")
    word = behind[1] if len(behind) > 1 else ""
    others = listed and word.isalpha() and words.speaks(word) and word not in words.times
    return bool(others) or (bool(behind) and behind[0] in OF)


def _takes_in_what_is_out(line: Line, match: Match, facts: Facts) -> bool:
    """Say whether a text takes in what a declared phrase leaves out: mats supplied."""
    told = line.told
    left = left_out((*facts.legal, *facts.statements), facts.locale)
    if not left or match.start in told.left_out or _is_denied(told, match, line.locale):
        return False
    behind = told.tokens[match.end : min(told.ends_after(match.end), match.end + _NEAR)]
    lows = (*told.near(match, _NEAR), *(one.low for one in behind))
    return any(among(word, lows) for words in left for word in words)
