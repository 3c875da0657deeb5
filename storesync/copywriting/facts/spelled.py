"""From words to numbers: compounds such as quatre-vingt-dix-sept and fünfundzwanzig."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.lexicon import Lexicon
from storesync.copywriting.facts.run_on import with_thousands
from storesync.copywriting.facts.tokens import Token

DOZENS = frozenset({"dozen", "dutzend", "douzaine", "docena", "dozzina", "dúzia", "duzia"})
_LONGEST = 12
_AGED = frozenset({"over", "under"})
_ORDINAL = re.compile(r"ste[nmrs]?\Z")
_SUFFIXES = (
    "fach|mal|prozentig|stündig|tägig|jährig|teilig|gängig|köpfig|wöchig|minütig|stöckig|lagig|erlei"
    "|monatig|wöchentlich|schichtig|sitzig|türig|stellig|seitig|sterne|gänge|er(?:pack|set|karte|box"
    "|karton|kiste|block|team|gruppe|runde|tisch|zimmer|serie)"
)


class Numeral(NamedTuple):
    """A number as written: its value, the token after it, whether in words, and its last word."""

    value: Decimal
    end: int
    spelled: bool = False
    single: str = ""  # the one word it consists of
    parts: tuple[int, ...] = ()  # 15 and 11 of 15.11
    suffix: str = ""  # of a German compound: stündig


def spelled(tokens: Sequence[Token], index: int, words: Lexicon) -> Numeral | None:
    """Return the number in words that begins at a token, None where none does."""
    token = tokens[index]
    if words.words.get("joined"):
        half = _and_a_half_joined(token.low, words)
        if half:
            return Numeral(half, index + 1, spelled=True)
        joined = _joined(token.low, words)
        if joined:
            amount, suffix = joined
            single = token.low if token.low in words.numbers else ""
            return Numeral(Decimal(amount), index + 1, spelled=True, single=single, suffix=suffix)
    known = words.numbers
    dozen = _after_half(tokens, index, words)
    if dozen and tokens[dozen].low in DOZENS:  # meia dúzia is no twelve
        return Numeral(Decimal(6), dozen + 1, spelled=True)
    if words.words.get("run_on") and token.low not in known:
        thousands = with_thousands(token.low, known)
        return Numeral(Decimal(thousands), index + 1, spelled=True) if thousands else None
    if token.low not in known:
        return _aged(tokens, index, words)
    total = current = 0
    end, read = index, 0
    while end < len(tokens) and read < _LONGEST:
        place = _next_word(tokens, end, words, (total, current)) if read else end
        value = known.get(tokens[place].low) if place < len(tokens) else None
        if value is None or (read and not _fits(current, value, tokens[place].low, words)):
            break
        total, current = _combine(total, current, value, tokens[place].low)
        end, read = place + 1, read + 1
    single = token.low if read == 1 else ""
    number, end = and_a_half(Decimal(total + current), tokens, end, words)
    return Numeral(number, end, spelled=True, single=single)


def _after_half(tokens: Sequence[Token], index: int, words: Lexicon) -> int:
    """Return the token after a word for half, its hyphen passed over; 0 where there is none."""
    if words.words["fractions"].get(tokens[index].low) != "1/2":
        return 0
    place = index + 1
    place += place < len(tokens) and tokens[place].low == "-"
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


def _fits(current: int, value: int, word: str, words: Lexicon) -> bool:
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
    return (current > 0 and rest % 10 == 0 and rest != 10) or teens


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


@lru_cache(maxsize=4)
def _joined_pattern(words: Lexicon) -> re.Pattern[str]:
    known = {word: value for word, value in words.words["numbers"].items() if value < 100}
    units = "|".join(word for word, value in known.items() if 0 < value < 10)
    teens = "|".join(sorted((w for w, value in known.items() if 10 <= value < 20), key=len)[::-1])
    tens = "|".join(word for word, value in known.items() if value >= 20)
    small = rf"(?:(?:(?:{units})und)?(?:{tens})|{teens}|{units})"
    below = rf"(?:(?:{small})?hundert(?:und)?)?(?:{small})?"
    return re.compile(
        rf"(?:(?P<t>{below})tausend(?:und)?)?(?:(?P<h>(?:{small})?)(?P<hh>hundert)(?:und)?)?"
        rf"(?:(?:(?P<u>{units})und)?(?P<tens>{tens})|(?P<teen>{teens})|(?P<one>{units}))?"
        rf"(?:(?:{_SUFFIXES})\w*)?\Z"
    )


@lru_cache(maxsize=4096)
def _joined(word: str, words: Lexicon) -> tuple[int, str] | None:
    """Read a German number, which is one word, alone or at the head of an adjective."""
    if len(word) > 60 or len(word) < 3:
        return None
    match = _joined_pattern(words).match(word)
    if not match:
        return None
    ending = re.search(rf"(?:{_SUFFIXES})\w*\Z", word)
    suffix = ending[0] if ending else ""
    if suffix == word or not any(match.groupdict().values()):
        return None
    known = words.words["numbers"]

    def read(part: str | None) -> int:
        if not part:
            return 0
        if part in known:
            return int(known[part])
        inner = _joined(part, words)
        return inner[0] if inner else 0

    thousands = (read(match["t"]) or 1) * 1000 if "tausend" in word else 0
    hundreds = (read(match["h"]) or 1) * 100 if match["hh"] else 0
    rest = sum(read(match[name]) for name in ("u", "tens", "teen", "one"))
    return thousands + hundreds + rest, suffix


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
    """Read zweieinhalb and anderthalb, which are one word."""
    if word in {"anderthalb", "eineinhalb", "einundeinhalb"}:
        return Decimal("1.5")
    whole = _joined(word.removesuffix("einhalb").removesuffix("und"), words)
    return whole[0] + Decimal("0.5") if whole and word.endswith("einhalb") else None


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
