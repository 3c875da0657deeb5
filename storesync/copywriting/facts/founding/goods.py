"""Whether a thing that an offer is said of is one that shops sell, and nothing declared names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.founding.siblings import ends_alike, shares_a_part
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import bare
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.additions import declared_in, own_words


def declared_words(facts: Facts) -> frozenset[str]:
    """Return the words of everything that is declared in words."""
    return _declared_words(phrases(facts), facts.locale)


def phrases(facts: Facts) -> tuple[str, ...]:
    """Return everything that is declared in words."""
    return (*facts.products, *facts.names, *facts.statements, *facts.claims, *facts.legal)


@lru_cache(maxsize=1024)
def _declared_words(declared: tuple[str, ...], locale: str) -> frozenset[str]:
    words = {word.strip(".!?;:()") for one in declared for word in words_of_name(one, locale)}
    return frozenset({*words, *map(bare, words)} - {""})


def is_other_goods(words: Sequence[str], facts: Facts) -> bool:
    """Say whether a thing is another one that shops sell: roses for tulips."""
    known = lexicon(facts.locale)
    if known.language not in LISTED or not words:
        return False
    head = words[0 if words_of(facts.locale).thing_first else -1]
    if head not in _goods(known.language):
        return False
    declared = declared_words(facts)
    stem = head[:-1]
    if known.words.get("joined") and any(
        stem in one or ends_alike(one, head) or shares_a_part(head, [one], facts.locale)
        for one in declared
    ):
        return False  # tulips for Tulpenzwiebeln
    return not any(among(one, declared) for one in words)


@lru_cache(maxsize=16)
def _goods(language: str) -> frozenset[str]:
    goods = own_words(language)["goods"]
    return frozenset({*goods, *map(bare, goods)})


def is_left_out(words: Sequence[str], facts: Facts) -> bool:
    """Say whether a declared phrase leaves a thing out: ready-made frames excluded."""
    declared = (*facts.legal, *facts.statements)
    own = {word for one in facts.products for word in words_of_name(one, facts.locale)}
    return any(
        all(among(one, left) for one in words) and not all(among(one, own) for one in words)
        for left in left_out(declared, facts.locale)
    )


@lru_cache(maxsize=1024)
def left_out(declared: tuple[str, ...], locale: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of what each sentence of declared phrases leaves out: kids' sizes."""
    known = lexicon(locale)
    if known.language not in LISTED:
        return ()
    found: list[tuple[str, ...]] = []
    speaks = words_of(locale).speaks
    for phrase in declared:
        told = declared_in(phrase, known.language)
        for match in told.found:
            if match.label != "leaves_out":
                continue
            begins, ends = told.ends_before(match.start), told.ends_after(match.end)
            if match.pattern == "extra" and match.end < ends:
                continue  # lenses extra, and no extra 5% off
            words = told.lows(begins, match.start) + told.lows(match.end, ends)
            words = tuple(
                one for one in words if speaks(one) and one not in known.listed("own_offer")
            )
            if words:
                found.append(words)
    return tuple(found)
