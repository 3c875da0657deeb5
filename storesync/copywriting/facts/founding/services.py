"""Services, terms and audiences that a text tells and nothing declared does: delivery, members."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.goods import declared_words, left_out, phrases
from storesync.copywriting.facts.language.given import among, words_of
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
from storesync.copywriting.facts.reading.read import Reading

Span = tuple[int, int, Kind]
_AMOUNTS = frozenset({Kind.PERCENT, Kind.MONEY, Kind.OFFER})
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
_NEAR, _LEGAL = 2, 6  # tokens: no exchange or refund
_DONE = frozenset({"done", "ready", "repaired", "mended", "fixed", "made", "fitted", "cut"})


def undeclared_services(told: Told, begins: int, reading: Reading, facts: Facts) -> Iterator[Span]:
    """Yield the services and audiences in a line that nothing declared tells."""
    known = declared_services(facts)
    spoken = known | _denied_services(facts)
    covered = -1
    for match in sorted(told.found, key=lambda one: (one.start, -one.end)):
        if match.start < covered:
            continue
        if match.label == "audiences":
            wrong = _is_for_some(told, match, begins, reading, facts)
        elif match.label == "takes_in":
            wrong = _takes_in_what_is_out(told, match, facts)
        elif match.label.startswith(SERVICE):
            group = match.label.removeprefix(SERVICE)
            asked = group not in _AGAINST or not _AGAINST[group].isdisjoint(spoken)
            wrong = asked and group not in known and not _is_denied(told, match, facts.locale)
            wrong = wrong and (group != "wait" or _is_of_the_offer(told, match, begins, reading))
        else:
            continue
        if wrong:
            covered = match.end
            yield told.tokens[match.start].start, told.tokens[match.end - 1].end, Kind.OFFER


def declared_services(facts: Facts) -> frozenset[str]:
    """Return the services that something declared says there are."""
    return _services(phrases(facts), facts.locale)[0]


def _denied_services(facts: Facts) -> frozenset[str]:
    return _services(phrases(facts), facts.locale)[1]


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
    near = told.tokens[max(told.ends_before(match.start), match.start - reach) : match.start]
    return any(one.low in none for one in near) and told.tokens[match.start].low not in none


def _is_of_the_offer(told: Told, match: Match, begins: int, reading: Reading) -> bool:
    """Say whether a phrase stands right behind an amount, or what is done: £6 while you wait."""
    start = begins + told.tokens[match.start].start
    before = told.tokens[match.start - 1].low if match.start else ""
    return before in _DONE or any(
        item.kind in _AMOUNTS and 0 <= start - item.end <= _NEAR for item in reading.items
    )


def _is_for_some(told: Told, match: Match, begins: int, reading: Reading, facts: Facts) -> bool:
    """Say whether an offer is for some alone: 10% off for students, members get 10% off."""
    language = lexicon(facts.locale).language
    start, end = told.sentence(match)
    offered = any(
        item.kind in _AMOUNTS and begins + start <= item.start < begins + end
        for item in reading.items
    )
    behind = told.tokens[match.end].low if match.end < len(told.tokens) else ""
    gets = (behind,) in words_before(language, "gets")
    before = behind_one(told, match.start, language, "for_whom") >= 0
    declared = declared_words(facts)
    words = told.lows(match.start, match.end)
    return offered and (gets or before) and not all(among(one, declared) for one in words)


def _takes_in_what_is_out(told: Told, match: Match, facts: Facts) -> bool:
    """Say whether a text takes in what a declared phrase leaves out: mats supplied."""
    if any(one.label == "leaves_out" and one.start <= match.start < one.end for one in told.found):
        return False
    if _is_denied(told, match, facts.locale):
        return False
    near = told.tokens[max(told.ends_before(match.start), match.start - _NEAR) : match.start]
    near += told.tokens[match.end : min(told.ends_after(match.end), match.end + _NEAR)]
    lows = [one.low for one in near]
    left = left_out((*facts.legal, *facts.statements), facts.locale)
    return any(among(word, lows) for words in left for word in words)
