"""Reading amounts: percentages, prices, fractions, and all other numbers with what they count."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import list_currencies

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import minor_codes
from storesync.copywriting.facts.spelled import Numeral
from storesync.copywriting.facts.surroundings import Surroundings

_ISO = re.compile(r"[A-Z]{3}(?![A-Za-z])")
_PRICE_WORDS = ("price", "prix", "preis", "precio")
_BEFORE_YEARS = frozenset({"in", "of", "en", "de", "im", "del", "since", "seit", "depuis"})
_DASHES = frozenset("-–")
_NOT_MEASURED = frozenset({"day", "time", "person", "piece", "second"})
Read = tuple[list[Item], int] | None


def read_amount(text: Surroundings, index: int) -> Read:
    """Read an amount that begins at a token; return it and the token after it."""
    fraction = _fraction(text, index)
    if fraction:
        return fraction
    number = text.numbers.get(index)
    if number is None:
        return _sign_first(text, index)
    return (
        _percentage(text, index, number)
        or _price(text, index, number)
        or _plain(text, index, number)
    )


def _sign_first(text: Surroundings, index: int) -> Read:
    found = _currency(text, index)
    if found is None:
        return None
    codes, place = found
    if text.low(place) == "-":
        place += 1
    number = text.numbers.get(place)
    if number is None or text.tokens[place].breaks:
        return None
    end = number.end
    if text.low(end) == "-":  # £5.-
        end += text.tight(end) and text.kind(end + 1) != "n"
    return [_money(text, (index, end), number.value, codes)], end


def _currency(text: Surroundings, index: int) -> tuple[frozenset[str], int] | None:
    """Return what currencies a sign, code or word at a token means, and the token after it."""
    if not 0 <= index < len(text.tokens) or text.kind(index) == "n":
        return None
    token = text.tokens[index]
    code = _ISO.match(text.folded.text, token.start)
    known = text.words.currencies
    if code and token.kind == "w" and len(token.text) == 3 and code[0] in _codes():
        following = text.low(index + 1)
        if following in known and not text.tokens[index + 1].gap and following in "$€£¥":
            return known[following], index + 2
        return frozenset({code[0]}), index + 1
    sign = text.words.sign.match(text.folded.low, token.start)
    if not sign:
        return None
    place = index
    while place < len(text.tokens) and text.tokens[place].start < sign.end():
        place += 1
    if text.tokens[place - 1].end > sign.end():
        return None
    return known[sign[0]], place


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


def _percentage(text: Surroundings, index: int, number: Numeral) -> Read:
    end, per = _per_cent(text, number.end)
    covered = end
    if not end and text.low(index - 1) == "%" and text.tight(index):  # %50
        return [_percent(text, (index - 1, number.end), number.value)], number.end
    if not end and _ranges(text, number.end):
        other = text.numbers.get(number.end + 1)
        end, per = _per_cent(text, other.end) if other else (0, 1)
        covered = number.end
    if not end or (number.suffix and not number.suffix.startswith("prozent")):
        return None
    return [_percent(text, (index, covered), number.value / per, reach=end)], covered


def _per_cent(text: Surroundings, index: int) -> tuple[int, int]:
    """Return the token after a per cent sign or word, and what to divide by; 0 for none."""
    if text.low(index) == "%":
        return index + 1, 1
    if text.low(index) == "‰":
        return index + 1, 10
    match = text.cue_at("percent", index)
    return (match.end, 1) if match else (0, 1)


def _ranges(text: Surroundings, index: int) -> bool:
    return text.low(index) in _DASHES or text.cue_at("range", index) is not None


def _percent(text: Surroundings, span: tuple[int, int], value: Decimal, reach: int = 0) -> Item:
    start, end = span
    role = text.nearest(("off", "more"), start, reach or end, before=4, after=5)
    share = text.nearest(("share",), start, reach or end, before=0, after=1)
    if share and text.cue_at("off", reach or end) is None:
        role = "share"
    if _negative(text, start):
        role = "off"
    if text.cue_before("bound", start) and not text.cue_before("up_to", start):
        role = "bound"
    unit = _unit(text, reach or end) if role == "share" else ()
    return text.item(Kind.PERCENT, start, end, value, role=role, unit=unit)


def _negative(text: Surroundings, start: int) -> bool:
    return text.low(start - 1) == "-" and text.tight(start) and text.tokens[start - 1].gap


def _price(text: Surroundings, index: int, number: Numeral) -> Read:
    end = number.end
    if text.low(end) == "-" and text.tight(end) and text.kind(end + 1) != "n":
        end += 1
    minor = text.words.words["minor"].get(text.low(end))
    if minor and not text.tokens[end].breaks and (text.low(end) != "p" or text.tight(end)):
        value = number.value / 100
        return [_money(text, (index, end + 1), value, minor_codes(minor))], end + 1
    found = None if end < len(text.tokens) and text.tokens[end].breaks else _currency(text, end)
    if found is None and _ranges(text, number.end) and number.end + 1 in text.numbers:
        beyond = _currency(text, text.numbers[number.end + 1].end)
        if beyond:
            return [_money(text, (index, number.end), number.value, beyond[0])], number.end
    if found is None:
        return _bare_price(text, index, number)
    codes, end = found
    value = number.value
    if text.kind(end) == "n" and text.tight(end) and len(text.low(end)) == 2:  # 2€50
        value += Decimal(text.low(end)) / 100
        end += 1
    return [_money(text, (index, end), value, codes)], end


def _bare_price(text: Surroundings, index: int, number: Numeral) -> Read:
    """Read 2.24 without a currency, or a whole number where was and now stand before it."""
    decimals = len(number.parts) == 2 and text.tokens[index].low[-3:-2] in ".,"
    role = _role(text, index, number.end)
    if text.low(number.end) in text.words.units:
        return None
    if not decimals and not (role == "was" and text.cue_before("was", index)):
        return None
    return [_money(text, (index, number.end), number.value, frozenset())], number.end


def _money(
    text: Surroundings, span: tuple[int, int], value: Decimal, codes: frozenset[str]
) -> Item:
    start, end = span
    role = _role(text, start, end)
    bound = text.cue_before("bound", start)
    if bound and not any(text.cue_before(name, start) for name in ("up_to", "start")):
        role = "bound"
    unit = tuple(sorted(codes))
    return text.item(Kind.MONEY, start, end, value, role=role, unit=unit)


def _role(text: Surroundings, start: int, end: int) -> str:
    role = text.nearest(("was", "now", "off"), start, end, before=4, after=0)
    after = text.nearest(("off",), start, end, before=0, after=2)
    last = text.cue_at("was", end)
    if last and (
        last.end >= len(text.tokens)
        or text.clause[last.end] != text.clause[end - 1]
        or text.low(last.end) in ".,!)"
    ):
        return "was"
    if _negative(text, start):
        return "off"
    return after or role


def _fraction(text: Surroundings, index: int) -> Read:
    """Read 1/2, two thirds, a third: as a percentage where it is of a price."""
    top, place = Decimal(1), index
    number = text.numbers.get(index)
    written = False
    if number and text.kind(index) == "n" and text.low(index + 1) == "/" and text.tight(index + 1):
        below = text.numbers.get(index + 2)
        if below is None or not text.tight(index + 2) or below.value == 0:
            return None
        top, bottom, end, written = number.value, below.value, below.end, True
    else:
        listed = text.words.words["fractions"]
        if number and number.end < len(text.tokens):
            top, place = number.value, number.end
        elif text.low(index) in text.words.listed("article"):
            place = index + 1
        if text.low(place) == "-":
            place += 1
        if text.low(place) not in listed:
            return None
        part = listed[text.low(place)].split("/")
        top, bottom, end = top * int(part[0]), Decimal(part[1]), place + 1
    value = top / bottom
    if _of_price(text, end):
        return [text.item(Kind.PERCENT, index, end, 100 - value * 100, role="off")], end
    role = text.nearest(("off", "more"), index, end, before=4, after=4)
    if role and (written or value != 1):
        return [text.item(Kind.PERCENT, index, end, value * 100, role=role)], end
    if written or top > 1:
        return [text.item(Kind.NUMBER, index, end, value, unit=_unit(text, end))], end
    return None


def _of_price(text: Surroundings, end: int) -> bool:
    """Say whether a fraction is what is left to pay: a third of the usual price."""
    near = [text.low(end + step) for step in range(4) if text.low(end + step) != "-"]
    priced = [low for low in near if low.startswith(_PRICE_WORDS)]
    beside = near[0] in {"of", "the", "du", "des", "del", "de", "vom"} or near[0] in priced
    return bool(priced) and beside


def _plain(text: Surroundings, index: int, number: Numeral) -> Read:
    words, end = text.words, number.end
    if number.single and number.single in words.listed("plain"):
        measure = words.units.get(text.low(end), "")
        if words.language != "en" or not measure or measure in _NOT_MEASURED:
            return [], end
    if number.single in words.listed("plain_pairs") and number.single:
        alone = end >= len(text.tokens) or text.kind(end) == "s"
        before = text.low(index - 1)
        if alone and before in {"for", "pour", "für", "zu", "para", "à", "a", "you", "us"}:
            return [], end
    if number.suffix:
        stem = (number.suffix[:4],)
        if number.value == 1:
            return [], end
        return [text.item(Kind.NUMBER, index, end, number.value, unit=stem)], end
    ordinal = end < len(text.tokens) and not text.tokens[end].gap
    if ordinal and text.low(end) in words.listed("ordinal_suffixes"):
        end += 1
    role = "spelled" if number.spelled else _role(text, index, end)
    unit = _unit(text, end)
    extra = "year" if not role and _is_year(text, index, end) else None
    item = text.item(Kind.NUMBER, index, end, number.value, role=role, unit=unit, extra=extra)
    return [item], end


def _is_year(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number stands as a year does: Winter 2026, in 2026, or by itself."""
    token = text.tokens[index]
    if len(token.low) != 4 or not token.low.isdigit() or not "1900" <= token.low <= "2199":
        return False
    if text.low(end) in text.words.units or text.low(end) in text.words.currencies:
        return False
    before = text.tokens[index - 1] if index else None
    if before and before.kind == "w":
        closed = text.kind(end) != "w" or len(text.low(end)) <= 3
        return before.low in _BEFORE_YEARS or (before.text[0].isupper() and closed)
    return text.kind(end) != "w"


def _unit(text: Surroundings, end: int) -> tuple[str, ...]:
    """Return the words that a number counts: up to three that follow it, in one form each."""
    found: list[str] = []
    for place in range(end, min(end + 4, len(text.tokens))):
        token = text.tokens[place]
        if token.breaks or token.kind != "w":
            if token.low == "-":
                continue
            break
        unit = text.words.units.get(token.low, "")
        if unit or len(token.low) > 2:
            found.append(unit or token.low)
    return tuple(found[:3])
