"""Numbers that count nothing anybody offers: one of those days, four wheels, sofa 101."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from storesync.copywriting.facts.language.given import OF
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.reading.spans import takes_time
from storesync.copywriting.facts.reading.spelled import Numeral
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NOT_MEASURED = frozenset({"day", "time", "person", "piece", "second"})
_SPANS = frozenset({"hour", "day", "week", "month"})
_OF_THEM = frozenset({"of", "von", "d", "de"})
_UNLISTED, _BACK = 2, 40  # tokens
_WORKING = frozenset({"lavorativo", "útil", "laborable", "hábil", "ouvrable", "ouvré"})
_DURING = frozenset({"per", "durante", "por"})
_HOURS_OF = frozenset({"it", "pt"})
_ARTICLES = frozenset({"fr", "es", "it", "pt"})  # the same word as a: en un día gris
_FOR = frozenset({"for", "pour", "für", "zu", "para", "à", "a", "you", "us", "voor"})
_FROM = frozenset({"from", "ab", "dès", "desde", "de", "da", "van"})  # from one day to the next
_PER, _FEW = frozenset({"per", "pro", "je", "par", "por", "na"}), 4  # tokens
_COUNTED, _NEAR = 10, 12  # at most; tokens
_ONE_OF = frozenset({"un", "le", "ce", "mon", "ton", "son", "votre", "notre", "leur", "au", "du"})
_NUMBERED = frozenset({"numéro", "chiffre", "jour", "mois", "lot", "article"})
_BEFORE_YOU_ARE = frozenset({"non", "se", "tu", "chi", "dove", "che", "ci", "quando"})
_VERSION = re.compile(r"[2-9]\.0|101")


def counts_nothing(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether the number at a token is part of how people speak."""
    return (
        (_is_plain(text, number) and not _states_one(text, index, number))
        or _is_of_nothing_counted(text, number)
        or _is_for_two(text, index, number)
        or _is_natural(text, number)
        or _is_version(text, index, number)
        or _is_a_verb(text, index, number)
        or _is_new(text, index, number)
        or _is_counted_out(text, index, number)
        or _counts_its_sentence(text, index, number)
        or _is_of_the_reader(text, index, number)
        or _counts_again(text, index, number)
    )


def _is_plain(text: Surroundings, number: Numeral) -> bool:
    words = text.words
    if not number.single or number.single not in words.listed("plain"):
        return False
    measure = words.units.get(text.low(number.end), "")
    return words.language != "en" or not measure or measure in _NOT_MEASURED


def _states_one(text: Surroundings, index: int, number: Numeral) -> bool:
    least = text.cue_before("least", index) and text.low(index - 1) not in _FROM
    least = least and _is_timed(text, number.end)  # at least one night
    return bool(least) or _is_a_span(text, index, number) or _is_a_limit(text, number.end)


def _is_timed(text: Surroundings, end: int) -> bool:
    parts = (*text.words.listed("parts"), *text.words.listed("buyers"))
    return text.low(end) in text.words.units or text.low(end) in parts


def _is_a_limit(text: Surroundings, end: int) -> bool:
    """Say whether one is all that somebody may have: one per customer, eine Torte pro Kunde."""
    for place in range(end, min(end + _FEW, len(text.tokens))):
        if text.clause[place] != text.clause[end - 1]:
            return False
        if text.low(place) in _PER:
            return text.low(place + 1) in text.words.listed("buyers")
    return False


def _is_a_span(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether one is how long a thing takes: in one day, one-day repairs, in einer Stunde."""
    joined = text.low(number.end) == "-"
    end = number.end + joined
    lasts = _is_of_an_hour(text, index, end) or _is_of_offers(text, index, end)
    if lasts:
        return True
    if not joined and not takes_time(text, index):
        return False
    known = (*text.words.listed("function"), *text.words.listed("links"))
    more = text.kind(end + 1) == "w" and text.words.language in _ARTICLES
    more = more and text.low(end + 1) not in _WORKING
    more = more and (text.low(end + 1) in OF or text.low(end + 1) not in known)  # en un día gris
    return text.words.units.get(text.low(end)) in _SPANS and not more


def _is_of_an_hour(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a noun before one hour is as long as that: lezioni di un'ora."""
    hour = text.words.units.get(text.low(end)) == "hour" and text.kind(end + 1) != "w"
    named = text.kind(index - 2) == "w" and text.low(index - 1) in {"di", "d", "de"}
    return hour and named and text.words.language in _HOURS_OF


def _is_of_offers(text: Surroundings, index: int, end: int) -> bool:
    """Say whether one week or month is how long an offer lasts: un mese di sconti."""
    offers = text.low(end + 1) in OF and text.cue_at("off", end + 2) is not None
    told = text.low(index - 1) in _DURING and text.in_sentence("off", index)
    long = text.words.units.get(text.low(end)) in {"week", "month"}
    return (offers or told) and long and text.words.language in _HOURS_OF


def _is_of_nothing_counted(text: Surroundings, number: Numeral) -> bool:
    """Say whether feelings are counted: zero stress, a hundred reasons."""
    uncounted, unit = text.words.listed("uncounted"), text.unit(number.end)[:2]
    if not number.spelled or not unit:
        return False
    if unit[0] == "second" and text.low(number.end + 1) in OF:
        return text.low(number.end + 2) in uncounted  # seconds of bliss; minutes may be sold
    if unit[0] in text.words.units.values():  # zero grams of guilt
        return not number.value and any(word in uncounted for word in unit[1:])
    return not number.value or any(word in uncounted for word in unit)  # zero is no


def _is_for_two(text: Surroundings, index: int, number: Numeral) -> bool:
    if not number.single or number.single not in text.words.listed("plain_pairs"):
        return False
    alone = number.end >= len(text.tokens) or text.kind(number.end) == "s"
    alone = alone and not (
        text.low(number.end) == "-" and text.tight(number.end)
    )  # a two-hour class
    priced = text.kind(index - 2) == "n" or text.low(index - 2) in text.words.currencies
    return alone and not priced and text.low(index - 1) in _FOR  # not £4 for two


def _is_natural(text: Surroundings, number: Numeral) -> bool:
    """Say whether there are so many of a thing by nature: on all four wheels."""
    if not number.spelled:
        return False
    known: Mapping[str, Sequence[int]] = text.words.words["natural"]
    place = number.end + (text.low(number.end) == "-")
    near = (text.low(place), text.low(place + 1) if text.kind(place) == "w" else "")
    return any(number.value in known.get(word, ()) for word in near)  # two left feet


def _is_a_verb(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether a number is Italian for you are: sei di nuovo in sella, and no alle sei."""
    if number.single != "sei" or text.words.language != "it":
        return False
    after, words = text.low(number.end), text.words
    small = (*words.listed("function"), *words.listed("links"), *words.listed("joins"))
    if any(text.cue_before(label, index) for label in ("at", "opens", "closes", "bound")):
        return False
    if text.low(index - 1) in _BEFORE_YOU_ARE:
        return True
    before = text.low(index - 1) in {*words.listed("links"), *words.listed("article")}
    counted = after in words.units or after in words.listed("plurals")
    singular = after.endswith(("o", "a")) and not counted
    return not before and text.kind(number.end) == "w" and (after in small or singular)


def _is_new(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether a number is the French word for new: un regard neuf, and no Terminal neuf."""
    if number.single != "neuf" or text.low(index - 2) not in _ONE_OF:
        return False
    words, noun, after = text.words, text.low(index - 1), text.low(number.end)
    small = {*words.listed("function"), *words.listed("links"), *words.listed("joins")}
    numbered = {*_NUMBERED, *words.listed("labels"), *words.listed("where"), *words.weekdays}
    is_noun = text.kind(index - 1) == "w" and noun not in small | numbered
    return is_noun and (text.kind(number.end) != "w" or after in small)


def _is_counted_out(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether somebody only counts: take one, take two; one fish, two fish; three, two, one."""
    if not number.spelled or not 1 < number.value <= _COUNTED:
        return False
    for place in range(max(0, index - _NEAR), min(len(text.tokens), index + _NEAR)):
        other = text.numbers.get(place)
        if other is None or other.value != number.value - 1:
            continue
        first, last = sorted([(index, number.end), (place, other.end)])
        bare = all(text.kind(at) == "s" for at in range(first[1], last[0]))
        if bare and text.kind(last[1]) != "w" and text.low(last[1]) != "-":  # 3 two-piece suits
            return True
        if _same_word(text, index - 1, place - 1) or _same_word(text, number.end, other.end):
            return True
    return False


def _is_of_the_reader(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether a question is how many the reader has: got five minutes? Du hast drei Kinder?"""
    have = text.cue_before("you_have", index)
    if not number.spelled or have is None or not text.is_asked(index):
        return False
    begins = have.start == 0 or text.clause[have.start - 1] != text.clause[have.start]
    return begins or text.low(have.start - 1) in text.words.listed("joins")


def _counts_its_sentence(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether a number counts what its sentence lists: two things: a book and a towel."""
    last = text.sentence_end(index)
    colon = next((at for at in range(index, last) if text.low(at) == ":"), last)
    things = range(max(0, index - _FEW), colon)
    shell = any(text.low(at) in text.words.listed("shells") for at in things)
    again = text.numbers.get(colon + 1)  # good things are three: three cheeses
    if again and again.value == number.value and number.end == colon:
        return True
    if not number.spelled or not shell:
        return False
    joins = [at for at in range(colon, last) if text.lists(at) and text.low(at - 1) != ","]
    return number.value == len(joins) + 1 > 1


def _counts_again(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether all so many are those that a text has listed: rye, salt, honey. All three."""
    all_of, place = text.words.listed("all_so_many"), index - 1
    place -= text.words.has(text.low(place), "glue")  # tutti e cinque
    alone = text.kind(number.end) != "w" or text.low(number.end) in _OF_THEM
    if not number.spelled or text.low(place) not in all_of or not (alone or _is_idle(text, number)):
        return False
    if any(text.numbers[at].value == number.value for at in text.numbers if at < place):
        return True  # five things, and all five are read where they are first counted
    listed = [marks + 1 for marks in _lists_before(text, place)]
    return number.value > _UNLISTED and number.value in listed


def _is_idle(text: Surroundings, number: Numeral) -> bool:
    low, words = text.low(number.end), text.words
    return low in words.listed("function") or low in words.listed("links")


def _lists_before(text: Surroundings, end: int) -> Iterator[int]:
    """Yield by how many commas and ands the things of each sentence before a token are listed."""
    marks: dict[int, int] = {}
    for place in range(max(0, end - _BACK), end):
        joined = text.lists(place) and text.low(place - 1) != ","
        marks[text.sentence[place]] = marks.get(text.sentence[place], 0) + joined
        if text.low(place) == ":" and place + 1 < end:
            yield marks.pop(text.sentence[place])
    yield from marks.values()


def _same_word(text: Surroundings, place: int, other: int) -> bool:
    low = text.low(place)
    return text.kind(place) == "w" and len(low) > 2 and alike(low, text.low(other))


def _is_version(text: Surroundings, index: int, number: Numeral) -> bool:
    """Say whether a number ends a name: sofa 101, Monday 2.0."""
    if not _VERSION.fullmatch(text.low(index)) or number.end != index + 1:
        return False
    before = text.low(index - 1)
    named = text.kind(index - 1) == "w" and len(before) > 3
    placed = before in text.words.listed("where") or before in text.words.listed("street_after")
    cued = index in text.ended
    return named and not placed and not cued and not text.unit(number.end)
