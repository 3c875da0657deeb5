"""From tokens to numbers: digits in a language's notation, Roman and Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.tokens import Token
from storesync.copywriting.facts.reading.spelled import DOZENS, Numeral, and_a_half, spelled

_SEPARATOR = re.compile(r"[.,'\u066b\u066c·\u00a0]")
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NO_ROMAN = frozenset({"MIX", "LIV", "CIV", "DIV", "MCM", "CCM", "CDI", "DCI"})
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"\u3007": 0}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_LONGEST = 12
_THOUSAND = 3  # digits of a group
_LAST_GROUP = re.compile(r"[0-9]{3}[.,][0-9]{2}")


def numerals(tokens: Sequence[Token], words: Lexicon) -> dict[int, Numeral]:
    """Return the number that begins at each token where one does."""
    found: dict[int, Numeral] = {}
    covered = 0
    for index, token in enumerate(tokens):
        if token.kind == "n" and index >= covered:
            numeral: Numeral | None = _digits(tokens, index, words)
        elif token.kind == "w":
            numeral = spelled(tokens, index, words) or _roman(tokens, index)
        elif token.kind == "c":
            numeral = _chinese(tokens, index)
        else:
            continue
        if numeral:
            found[index] = numeral
            if token.kind == "n":
                covered = numeral.end
    return found


def _digits(tokens: Sequence[Token], index: int, words: Lexicon) -> Numeral:
    token = tokens[index]
    end = index + 1
    text = token.low
    if len(text) == 1:  # 7 0 %
        while end < len(tokens) and _lone_digit(tokens, end) and end - index < _LONGEST:
            text += tokens[end].low
            end += 1
    if end == index + 1 and words.spaced and len(text) <= 3 and text.isdigit():  # 2 000
        while end < len(tokens) and _group(tokens, end):
            text += tokens[end].low
            end += 1
        if end < len(tokens) and _last_group(tokens, end):  # 1 800.00
            text += tokens[end].low
            end += 1
    parts = tuple(int(part[:6]) for part in _SEPARATOR.split(text) if part)
    value = read_decimal(text, words.decimal)
    value, end = _scaled(value, tokens, end, words)
    value, end = and_a_half(value, tokens, end, words)
    return Numeral(value, end, parts=parts if end == index + 1 else ())


def _lone_digit(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    fraction = index + 1 < len(tokens) and tokens[index + 1].low == "/"  # 2 1/2
    alone = token.kind == "n" and len(token.low) == 1 and not fraction
    return alone and token.gap


def _group(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    return (
        token.kind == "n"
        and len(token.low) == 3
        and token.low.isdigit()
        and token.start - tokens[index - 1].end == 1
    )


def _last_group(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a token ends a number in groups with its cents: 1 *020,00*."""
    token = tokens[index]
    beside = token.start - tokens[index - 1].end == 1
    return token.kind == "n" and beside and _LAST_GROUP.fullmatch(token.low) is not None


def _scaled(
    value: Decimal, tokens: Sequence[Token], end: int, words: Lexicon
) -> tuple[Decimal, int]:
    """Read 2k, 2 thousand, 3 dozen."""
    if end >= len(tokens) or tokens[end].kind != "w":
        return value, end
    word = tokens[end].low
    if word == "k" and not tokens[end].gap:
        return value * 1000, end + 1
    factor = words.numbers.get(word, 0)
    if factor >= 1000 or word in DOZENS:
        return value * factor, end + 1
    return value, end


def read_decimal(text: str, decimal: str) -> Decimal:
    """Return the value of digits and separators; `decimal` is the language's decimal sign.

    One separator before exactly three digits is that of thousands, unless it is the decimal sign.
    Of two kinds, the last one is the decimal sign. Digits that make no number are put together.
    """
    marks = _SEPARATOR.findall(text)
    if not marks:
        return Decimal(text[:40])
    plain = re.sub(r"[^0-9]", "", text)[:40]
    last, groups = marks[-1], _SEPARATOR.split(text)
    cents = last == "'" and len(marks) == 1 and len(groups[-1]) < _THOUSAND  # 1'75 €
    if last == "\u066b" or (last != marks[0] and marks.count(last) == 1) or cents:
        tail = groups[-1]
    elif len(marks) > 1 or last in "'\u066c\u00a0":
        return Decimal(plain)
    else:
        tail = groups[-1] if len(groups[-1]) != 3 or last == decimal else ""
    if not tail:
        return Decimal(plain)
    return Decimal(f"{re.sub('[^0-9]', '', text[: -len(tail)])[:30]}.{tail[:20]}")


def _roman(tokens: Sequence[Token], index: int) -> Numeral | None:
    """Read Roman numerals of three letters on, or of two and one where a sign makes them one."""
    text = tokens[index].text
    if not _ROMAN.match(text) or text in _NO_ROMAN:
        return None
    before = tokens[index - 1].low if index else ""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    marked = after in {"%", "€", "percent", "off"} or before in {"£", "$", "€"}
    if len(text) < 3 and not marked:
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    signed = [
        -value if place + 1 < len(values) and value < values[place + 1] else value
        for place, value in enumerate(values)
    ]
    return Numeral(Decimal(sum(signed)), index + 1, spelled=True)


def _chinese(tokens: Sequence[Token], index: int) -> Numeral | None:
    """Read Chinese numerals: of several signs, or before a per cent sign."""
    text = tokens[index].low
    after = tokens[index + 1].low[:1] if index + 1 < len(tokens) else ""
    if len(text) < 2 and (not after or after not in "%割折円元块"):
        return None
    total = digit = 0
    for char in text[:_LONGEST]:
        if char in _CHINESE:
            digit = digit * 10 + _CHINESE[char]
        else:
            total += (digit or 1) * _CHINESE_UNITS[char]
            digit = 0
    return Numeral(Decimal(total + digit), index + 1, spelled=True)
