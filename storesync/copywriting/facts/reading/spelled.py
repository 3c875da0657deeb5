"""From words to numbers: compounds such as quatre-vingt-dix-sept and fünfundzwanzig."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.run_on import with_thousands
from storesync.copywriting.facts.language.tokens import Token

DOZENS = frozenset({"dozen", "dutzend", "douzaine", "docena", "dozzina", "dúzia", "duzia"})
DOZENS |= {"dozijn", "tuzin", "tuzina", "tuziny"}
_LONGEST = 12
_BETWEEN = 4  # tokens
_AGED = frozenset({"over", "under"})
_ORDINAL = re.compile(r"ste[nmrs]?\Z")


class Numeral(NamedTuple):
    """A number as written: its value, the token after it, whether in words, and its last word."""

    value: Decimal
    end: int
    spelled: bool = False
    single: str = ""  # the one word it consists of
    parts: tuple[int, ...] = ()  # 15 and 11 of 15.11
    suffix: str = ""  # of a compound: stündig, gangen


def spelled(tokens: Sequence[Token], index: int, words: Lexicon) -> Numeral | None:
    """Return the number in words that begins at a token, None where none does."""
    token = tokens[index]
    dozen = _after_half(tokens, index, words)
    if dozen and tokens[dozen].low in DOZENS:  # meia dúzia is no twelve
        return Numeral(Decimal(6), dozen + 1, spelled=True)
    one = _one_word(token.low, index + 1, words)
    if one:
        return one
    known = words.numbers
    if token.low not in known:
        return _aged(tokens, index, words)
    total = current = 0
    end, read = index, 0
    while end < len(tokens) and read < _LONGEST:
        place = _next_word(tokens, end, words, (total, current)) if read else end
        value = known.get(tokens[place].low) if place < len(tokens) else None
        if value is None or (read and not _fits(total, current, value, tokens[place].low, words)):
            break
        total, current = _combine(total, current, value, tokens[place].low)
        end, read = place + 1, read + 1
    single = token.low if read == 1 else ""
    number, end = and_a_half(Decimal(total + current), tokens, end, words)
    return Numeral(number, end, spelled=True, single=single)


def _one_word(word: str, end: int, words: Lexicon) -> Numeral | None:
    """Return the number that a language writes as one word, alone or at the head of another."""
    listed, ways = word in words.numbers, words.words
    half = _and_a_half_joined(word, words) if ways.get("joined") else None
    if half:
        return Numeral(half, end, spelled=True)
    found = _joined(word, words) if ways.get("joined") else None
    if not found and not listed and ways.get("prefixed"):
        found = _prefixed(word, words)
    if found:
        single = word if listed else ""
        return Numeral(Decimal(found[0]), end, spelled=True, single=single, suffix=found[1])
    thousands = 0 if listed or not ways.get("run_on") else with_thousands(word, words.numbers)
    return Numeral(Decimal(thousands), end, spelled=True) if thousands else None


def _after_half(tokens: Sequence[Token], index: int, words: Lexicon) -> int:
    """Return the token after a word for half, its hyphen passed over; 0 where there is none."""
    if words.words["fractions"].get(tokens[index].low) != "1/2":
        return 0
    place = index + 1
    while place < len(tokens) and tokens[place].low in {"-", "a"} and place - index < _BETWEEN:
        place += 1  # half a dozen, half-a-dozen
    return place if place < len(tokens) else 0


def _aged(tokens: Sequence[Token], index: int, words: Lexicon) -> Numeral | None:
    """Return the number in over-eights."""
    place = index - 1 - (index > 0 and tokens[index - 1].low == "-")
    if words.language != "en" or place < 0 or tokens[place].low not in _AGED:
        return None
    low = tokens[index].low
    value = words.numbers.get(low.removesuffix("s"), words.numbers.get(f"{low[:-3]}y"))
    if value is None:
        return None
    return Numeral(Decimal(value), index + 1, spelled=True)


def _next_word(tokens: Sequence[Token], end: int, words: Lexicon, so_far: tuple[int, int]) -> int:
    """Return where the next word of a number may stand: after a hyphen, or after its and."""
    place = end
    if place < len(tokens) and tokens[place].low == "-":
        place += 1
    if place >= len(tokens):
        return len(tokens)
    if tokens[place].low in words.listed("glue"):
        total, current = so_far
        if words.language == "pt":  # mil e duzentos
            current = current or total
        small = words.language == "en" and current % 100
        tens = words.language != "en" and (current % 10 or not current)
        quarter = words.words.get("run_on")  # venti e un quarto
        place = len(tokens) if small or tens or quarter else place + 1
        if place < len(tokens) and tokens[place].low == "-":
            place += 1
    return place


def _fits(total: int, current: int, value: int, word: str, words: Lexicon) -> bool:
    """Say whether a word goes on with the number before it, or begins another."""
    rest = current % 100
    if word in DOZENS:
        return 0 < current < 100
    if value >= 1000:
        return True
    if value >= 100:
        return value != 100 or 0 < current < 100 if value == 100 else current == 0
    if value >= 20:
        return rest == 0 or (words.language == "fr" and value == 20 and rest == 4)
    if value >= 10:
        return rest == 0 or (words.language == "fr" and rest in {60, 80})
    teens = words.language == "fr" and value in {7, 8, 9} and rest in {10, 70, 90}
    tens = current > 0 or (total > 0 and current == 0)  # one thousand five hundred
    return (tens and rest % 10 == 0 and rest != 10) or teens


def _combine(total: int, current: int, value: int, word: str) -> tuple[int, int]:
    if word in DOZENS:
        return total, (current or 1) * value
    if value >= 1000:
        return (
            (total + (current or 1) * value, 0)
            if value < 10**6
            else ((total + (current or 1)) * value, 0)
        )
    if value == 100:
        return total, (current or 1) * 100
    if value == 20 and current % 100 == 4:  # quatre-vingts
        return total, current - 4 + 80
    return total, current + value


@lru_cache(maxsize=16)
def _joined_pattern(words: Lexicon) -> re.Pattern[str]:
    known = {word: value for word, value in words.words["numbers"].items() if value < 100}
    ways = words.words["joined"]
    units = "|".join(word for word, value in known.items() if 0 < value < 10)
    teens = "|".join(sorted((w for w, value in known.items() if 10 <= value < 20), key=len)[::-1])
    tens = "|".join(word for word, value in known.items() if value >= 20)
    glue, hundred, thousand = f"(?:{'|'.join(ways['and'])})", ways["hundred"], ways["thousand"]
    small = rf"(?:(?:(?:{units}){glue})?(?:{tens})|{teens}|{units})"
    below = rf"(?:(?:{small})?{hundred}{glue}?)?(?:{small})?"
    return re.compile(
        rf"(?:(?P<t>{below}){thousand}{glue}?)?(?:(?P<h>(?:{small})?)(?P<hh>{hundred}){glue}?)?"
        rf"(?:(?:(?P<u>{units}){glue})?(?P<tens>{tens})|(?P<teen>{teens})|(?P<one>{units}))?"
        rf"(?P<suffix>(?:{'|'.join(ways['suffixes'])})\w*)?\Z"
    )


@lru_cache(maxsize=4096)
def _joined(word: str, words: Lexicon) -> tuple[int, str] | None:
    """Read a number of a language that writes it as one word, alone or at the head of another."""
    if len(word) > 60 or len(word) < 3:
        return None
    match = _joined_pattern(words).match(word)
    if not match:
        return None
    parts = match.groupdict()
    suffix = parts.pop("suffix") or ""
    if not any(parts.values()):
        return None
    known = words.words["numbers"]

    def read(part: str | None) -> int:
        if not part:
            return 0
        if part in known:
            return int(known[part])
        inner = _joined(part, words)
        return inner[0] if inner else 0

    thousands = (read(match["t"]) or 1) * 1000 if match["t"] is not None else 0
    hundreds = (read(match["h"]) or 1) * 100 if match["hh"] else 0
    rest = sum(read(match[name]) for name in ("u", "tens", "teen", "one"))
    return thousands + hundreds + rest, suffix


@lru_cache(maxsize=4)
def _prefixed_pattern(words: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = words.words["prefixed"]
    one = "|".join(sorted(known["numbers"], key=len, reverse=True))
    suffixes = "|".join(known["suffixes"])
    return re.compile(rf"((?:{one}){{1,3}})((?:{suffixes})\w*)\Z"), re.compile(one)


@lru_cache(maxsize=4096)
def _prefixed(word: str, words: Lexicon) -> tuple[int, str] | None:
    """Read the number at the head of an adjective: dwudniowy, dwudziestopięcioprocentowy."""
    whole, one = _prefixed_pattern(words)
    match = whole.match(word)
    if match is None:
        return None
    known = words.words["prefixed"]["numbers"]
    return sum(known[part] for part in one.findall(match[1])), match[2]


def ordinal_of(word: str, words: Lexicon) -> int:
    """Return the number of an ordinal in words, also of einundzwanzigsten; 0 where it is none."""
    known = words.words["ordinals"]
    listed: int = known.get(word) or known.get(word[:-1], 0)  # zehntes, dixièmes
    if listed or not words.words.get("joined"):
        return listed
    stem = _ORDINAL.sub("", word)
    joined = _joined(stem, words) if stem != word else None
    return joined[0] if joined else 0


def _and_a_half_joined(word: str, words: Lexicon) -> Decimal | None:
    """Read zweieinhalb, anderhalf and tweeënhalf, which are one word."""
    ways = words.words["joined"]
    if word in ways["one_and_a_half"]:
        return Decimal("1.5")
    half = next((one for one in ways["halves"] if word.endswith(one)), "")
    whole = _joined(word.removesuffix(half), words) if half else None
    return whole[0] + Decimal("0.5") if whole else None


def and_a_half(
    value: Decimal, tokens: Sequence[Token], end: int, words: Lexicon
) -> tuple[Decimal, int]:
    """Read 2 1/2, 2 and a half, deux et demie."""
    if end + 2 < len(tokens) and tokens[end].kind == "n" and tokens[end + 1].low == "/":
        top, bottom = tokens[end].low, tokens[end + 2].low
        near = not tokens[end + 1].gap and not tokens[end + 2].gap and tokens[end].gap
        if near and len(top) == len(bottom) == 1 and "0" < top < bottom <= "9":
            return value + Decimal(int(top)) / int(bottom), end + 3
    if end + 1 < len(tokens) and tokens[end].low in words.listed("glue"):
        after = end + 1
        if tokens[after].low in words.listed("article"):
            after += 1
        elif words.language == "en":
            return value, end
        if after < len(tokens) and words.words["fractions"].get(tokens[after].low) == "1/2":
            return value + Decimal("0.5"), after + 1
    return value, end
