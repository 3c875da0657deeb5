"""Reading amounts: percentages, prices, fractions, and all other numbers with what they count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.currencies import minor_codes
from storesync.copywriting.facts.language.given import OF
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.around import around
from storesync.copywriting.facts.reading.bare_prices import is_price_by_its_words, told_by_itself
from storesync.copywriting.facts.reading.cents import cents_behind
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.fractions import read_fraction, read_half_hour
from storesync.copywriting.facts.reading.percentages import (
    read_percentage,
)
from storesync.copywriting.facts.reading.price_roles import role_of
from storesync.copywriting.facts.reading.priced import (
    comes_from,
    comes_to,
    currency_at,
    price_before,
)
from storesync.copywriting.facts.reading.spans import read_span
from storesync.copywriting.facts.reading.spelled import Numeral
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.times import read_time
from storesync.copywriting.facts.reading.uncounted import counts_nothing

_SINCE = frozenset({"since", "seit", "depuis", "desde", "dal", "sinds", "od"})
_BEFORE_YEARS = frozenset({"in", "of", "en", "de", "im", "del", "nel", "em"}) | _SINCE
_UNREAD = 2
_NEAR = 8  # tokens
_LONGEST_SIGN = 3  # letters
_UNKNOWN = frozenset({"?"})
_NOTES = frozenset({"GBP", "EUR", "USD", "CAD", "AUD", "NZD", "PLN"})


def read_amount(text: Surroundings, index: int) -> Read:
    """Read an amount that begins at a token; return it and the token after it."""
    fraction = read_half_hour(text, index) or read_fraction(text, index)
    if fraction:
        return None if _is_share(text, index + 1) else fraction
    number = text.numbers.get(index)
    if number is None:
        return (
            _note(text, index)
            or read_span(text, index)
            or _sign_first(text, index)
            or _sign_alone(text, index)
        )
    return (
        read_percentage(text, index, number)
        or _price(text, index, number)
        or _plain(text, index, number)
    )


def _is_share(text: Surroundings, index: int) -> bool:
    """Say whether half price or its like begins at a token: a *half-price* bun."""
    inside = index < len(text.tokens) and text.kind(index) == "w"
    return inside and bool(text.words.shares.longest(text.tokens, index, text.numbers))


def _sign_first(text: Surroundings, index: int) -> Read:
    found = currency_at(text, index)
    if found is None:
        return None
    codes, place = found
    if text.low(place) == "-" or (text.low(place) == "." and text.tight(place)):  # Fr. 1490.-
        place += 1
    number = text.numbers.get(place)
    if number is None:
        return None
    if text.low(index) in text.words.short_weekdays and (
        read_date(text, place) or read_time(text, place)
    ):
        return None  # Fr. is Friday, too
    end = _after_dash(text, number.end)
    codes, end = _with_code(text, end, codes)
    return [money_over(text, (index, end), number.value, codes)], end


def _after_dash(text: Surroundings, end: int) -> int:
    """Return the token after a dash for no cents behind a number: £5.-, 1490.–, 5,-, 199:-."""
    dash = end + (text.low(end) in {".", ",", ":"} and text.tight(end))
    dashed = text.low(dash) in {"-", "–"} and text.tight(dash)
    return dash + 1 if dashed and text.kind(dash + 1) != "n" else end


def _with_code(text: Surroundings, end: int, codes: frozenset[str]) -> tuple[frozenset[str], int]:
    """Return which of some currencies a code behind a price names: $89 USD."""
    if end >= len(text.tokens) or len(codes) < 2:
        return codes, end
    code = text.tokens[end].text
    return (frozenset({code}), end + 1) if code in codes else (codes, end)


def _note(text: Surroundings, index: int) -> Read:
    """Read a tenner, and a pound a cup."""
    value = text.words.words["notes"].get(text.low(index))
    if value is not None and text.low(index + 1) != "-":  # Zehner-Pack
        return [money_over(text, (index, index + 1), Decimal(value), _NOTES)], index + 1
    codes = text.words.currencies.get(text.low(index + 1))
    if text.low(index) != "a" or codes is None or text.kind(index + 1) != "w":
        return None
    if text.words.language != "en" or (index + 2 in text.numbers and text.tight(index + 2)):
        return None  # a fr. 102, a R150 stove
    cents, end = cents_behind(text, index + 2)
    if cents:  # a pound fifty
        return [money_over(text, (index, end), 1 + cents, codes)], end
    priced = text.kind(index - 1) == "n" or text.low(index - 1) in text.words.currencies
    saved = text.cue_before("off", index) is not None and text.low(index + 2) != "of"
    off = saved or text.cue_at("off", index + 2) is not None
    per = text.low(index + 2) in text.words.listed("for_each")
    weighs = text.kind(index + 2) == "w" and not per and not off
    if priced or weighs:  # £4 a pound, a pound of tea
        return None
    return [money_over(text, (index, index + 2), Decimal(1), codes)], index + 2


def _sign_alone(text: Surroundings, index: int) -> Read:
    """Read a sign whose number cannot be read: it is no declared one."""
    low = text.low(index)
    kind = Kind.PERCENT if low in {"%", "‰"} else Kind.MONEY if low in {"£", "€", "$"} else None
    if kind is None:
        return None
    return [text.item(kind, index, index + 1, None, role="unread")], index + 1


def _price(text: Surroundings, index: int, number: Numeral) -> Read:
    end = _after_dash(text, number.end)
    minor = text.words.words["minor"].get(text.low(end))
    if minor and (text.low(end) != "p" or text.tight(end)):
        value = number.value / 100
        return [money_over(text, (index, end + 1), value, minor_codes(minor))], end + 1
    found = currency_at(text, end)
    ranged = text.ranges(number.end) or (
        comes_from(text, index - 1) and comes_to(text, number.end)  # de dez por oito reais
    )
    if found is None and ranged and number.end + 1 in text.numbers:
        beyond = currency_at(text, text.numbers[number.end + 1].end)
        if beyond:
            return [money_over(text, (index, number.end), number.value, beyond[0])], number.end
    if found is None and end - number.end > 1:  # 1490.–
        return [money_over(text, (index, end), number.value, _no_sign(text, index))], end
    if found is None:
        return _bare_price(text, index, number)
    codes, end = found
    value = number.value
    if text.kind(end) == "n" and text.tight(end) and len(text.low(end)) == 2:  # 2€50
        value += Decimal(text.low(end)) / 100
        end += 1
    codes, end = _with_code(text, end, codes)
    cents, end = cents_behind(text, end) if not value % 1 else (Decimal(0), end)
    return [money_over(text, (index, end), value + cents, codes)], end


def _bare_price(text: Surroundings, index: int, number: Numeral) -> Read:
    """Read 2.24 without a currency, or a whole number where was and now stand before it."""
    decimals = len(number.parts) == 2 and text.tokens[index].low[-3:-2] in ".,"
    role = role_of(text, index, number.end)
    if text.low(number.end) in text.words.units:
        return None
    told = told_by_itself(text, index, number.end)
    if told:
        found = money_over(text, (index, number.end), number.value, told[0])
        return [replace(found, role=told[1] or found.role)], number.end
    one = number.single in text.words.listed("plain")  # c'era una volta un lettore
    whole = role == "was" and text.cue_before("was", index)
    if not decimals and (one or not (whole or is_price_by_its_words(text, index, number.end))):
        return None
    codes = _no_sign(text, index)
    return [money_over(text, (index, number.end), number.value, codes)], number.end


def _no_sign(text: Surroundings, index: int) -> frozenset[str]:
    """Return no currencies for a price, or an unknown one, which a few capitals name: XY 12.00."""
    before = text.tokens[index - 1] if index else None
    listed = ("function", "links", "joins", "article")
    said = text.ended.get(index) or text.words.has(text.low(index - 1), *listed)
    if before is None or before.kind != "w" or said:
        return frozenset()
    short = len(before.text) <= _LONGEST_SIGN and before.text.isupper()
    loud = all(one.text.isupper() for one in text.tokens if one.kind == "w" and len(one.text) > 3)
    return _UNKNOWN if short and not loud else frozenset()


def money_over(
    text: Surroundings, span: tuple[int, int], value: Decimal, codes: frozenset[str]
) -> Item:
    """Return an amount of money over some tokens, in the part that the words around give it."""
    start, end = span
    role = role_of(text, start, end)
    bound, free = text.cue_before("bound", start), text.cue_before("start", start)
    allowed = text.cue_before("up_to", start) or (bound and free and free.start <= bound.start)
    saved = text.cue_before("off", start)  # you keep the extra £5
    if bound and is_the_rest(text, bound):
        role = "off"
    elif bound and not allowed and not (saved and saved.start < bound.start):
        role = "bound"
    unit = tuple(sorted(codes))
    beyond = text.bound(start, end)
    return text.item(Kind.MONEY, start, end, value, role=role, unit=unit, bound=beyond)


def is_the_rest(text: Surroundings, bound: Match) -> bool:
    """Say whether other money is what is saved of a price: pagas 40 € y te ahorras *otros* 40 €."""
    other = bound.pattern in text.words.listed("others")
    saved = other and text.cue_before("off", bound.start)
    return bool(saved) and price_before(text, bound.start, _NEAR) is not None


def _plain(text: Surroundings, index: int, number: Numeral) -> Read:
    words, end = text.words, number.end
    if counts_nothing(text, index, number):
        return _one(text, index, number), end
    if number.suffix:
        stem = (number.suffix[:4],)
        if number.value == 1:
            return [], end
        return [text.item(Kind.NUMBER, index, end, number.value, unit=stem)], end
    ordinal = end < len(text.tokens) and not text.tokens[end].gap
    if ordinal and text.low(end) in words.listed("ordinal_suffixes"):
        end += 1
        if 1 <= number.value <= _UNREAD:  # as first and second are in words
            return [], end
        return [text.item(Kind.NUMBER, index, end, number.value, unit=("ordinal",))], end
    code = _ends_a_code(text, index)
    role = "spelled" if number.spelled else "" if code else role_of(text, index, end)
    unit = text.unit(end)
    extra: Any = "year" if not role and _is_year(text, index, end) else text.words_before(index)
    beyond = text.bound(index, end)
    more = {"role": role, "unit": unit, "extra": extra, "bound": beyond}
    return [text.item(Kind.NUMBER, index - code, end, number.value, **more)], end


def _one(text: Surroundings, index: int, number: Numeral) -> list[Item]:
    """Return the one of something: it states nothing but where more of that are declared."""
    unit, end = text.unit(number.end), number.end
    if text.low(index - 1) in OF:  # a crew of one
        unit = (text.low(index - 2),)
    elif unit[:1] != (text.low(end),):
        return []
    if number.value != 1:
        return []
    more = {"role": "one", "unit": unit, "extra": around(text, index, end)}
    return [text.item(Kind.NUMBER, index, end, Decimal(1), **more)]


def _ends_a_code(text: Surroundings, index: int) -> bool:
    """Say whether capitals run on into a number: KEYS50."""
    before = text.tokens[index - 1] if index and text.tight(index) else None
    code = before is not None and before.kind == "w" and before.text.isupper()
    return code and text.kind(index) == "n"


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
        if before.low in _SINCE:
            return True
        return before.low in _BEFORE_YEARS or (before.text[0].isupper() and closed)
    return text.kind(end) != "w"
