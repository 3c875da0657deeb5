"""A cell of a table -> a number, as people and spreadsheets write them in several countries."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from storesync.importing.spreadsheet import is_exponent

_SHAPE = re.compile(
    r"(?P<before>[A-Za-z]{1,3}\$?|[€$£¥₹])?\s*(?P<sign>[-\u2212(]?)\s*(?P<more>[€$£¥₹])?\s*"
    r"(?P<digits>[0-9][0-9.,'\u2019\s]*)\s*(?P<close>\)?)\s*(?P<after>[A-Za-z]{2,3}|[€$£¥₹])?"
)
# Signs that one currency has; of a dollar or a yen nobody knows whose it is.
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR"}
# What a format of a spreadsheet shows beside digits: [$€-407], "EUR", €.
_SHOWN = re.compile(r'\[\$([^\]-]+)[^\]]*\]|"([^"]+)"|([€£₹])')
_CODE = re.compile(r"[A-Z]{3}")
_BLANKS = re.compile(r"[\s'\u2019]")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[\s'\u2019][0-9]{3})+(?:[.,][0-9]+)?|[^\s'\u2019]+")
# How people write that there is no number; it is no zero.
_UNKNOWN = frozenset(
    ["", "-", "--", "\u2013", "\u2014", "\u2212", "n/a", "na", "n.a.", "none", "null", "k.a."]
)
_MOST = Decimal(10) ** 15  # what a file's number holds, see `model.base`
_FINEST = Decimal("1e-9")


class Money(NamedTuple):
    """A number, and the currency that stands beside it: an ISO 4217 code, or empty."""

    value: Decimal
    currency: str


def currency_shown(shape: str) -> str:
    """Return the currency that a number format of a spreadsheet shows, an ISO 4217 code, or ""."""
    for found in _SHOWN.finditer(shape):
        sign = next(filter(None, found.groups())).strip()
        code = _SIGNS.get(sign) or (sign if _CODE.fullmatch(sign) else "")
        if code:
            return code
    return ""


def is_unknown(text: str) -> bool:
    """Say whether a cell says that its number is not known."""
    return text.strip().casefold() in _UNKNOWN


def read_amount(text: str, decimal: str = "") -> Money:
    """Read a number such as 1,234.50 or 1.234,50 €; `decimal` is the mark before a fraction.

    Raises ValueError that says what to write, also where 1,234 could be two numbers.
    """
    if is_exponent(text):
        message = "lost its digits in a spreadsheet: format the column as a number"
        raise ValueError(message)
    found = _SHAPE.fullmatch(text.strip())
    if found is None or (found["sign"] == "(") != bool(found["close"]):
        message = "is not a number: write plain digits, such as 1234.50"
        raise ValueError(message)
    digits = found["digits"].strip()
    if not _GROUPS.fullmatch(digits):
        message = "is not a number: its groups of digits are not of three"
        raise ValueError(message)
    value = Decimal(_plain(_BLANKS.sub("", digits), decimal))
    if value >= _MOST:
        message = "is too large"
        raise ValueError(message)
    # Excel keeps sums as binary fractions: 0.1 + 0.2 comes as 0.30000000000000004.
    value = value.quantize(_FINEST).normalize() if value % _FINEST else value
    sign = found["before"] or found["more"] or found["after"] or ""
    code = sign.upper() if len(sign) == 3 and sign.isalpha() else _SIGNS.get(sign, "")
    return Money(-value if found["sign"] else value, code)


def read_count(text: str, decimal: str = "") -> int:
    """Read a whole number, 0 or more. Raises ValueError as `read_amount`."""
    value = read_amount(text, decimal).value
    if value < 0 or value != value.to_integral_value():
        message = "is not a whole number, 0 or more"
        raise ValueError(message)
    return int(value)


def _plain(digits: str, decimal: str) -> str:
    """Return digits without marks between thousands, a point before the fraction."""
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return digits
    mark = decimal or _decimal_mark(digits, marks)
    thousands = "," if mark == "." else "."
    whole, _, fraction = digits.partition(mark)
    if thousands in whole and not re.fullmatch(rf"[0-9]{{1,3}}(?:\{thousands}[0-9]{{3}})+", whole):
        message = f'is not a number with the decimal mark "{mark}"'
        raise ValueError(message)
    if not fraction.isdigit() and (fraction or digits.endswith(mark)):
        message = f'is not a number with the decimal mark "{mark}"'
        raise ValueError(message)
    return f"{whole.replace(thousands, '')}.{fraction or '0'}"


def _decimal_mark(digits: str, marks: list[str]) -> str:
    other = {".": ",", ",": "."}
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return other[marks[0]]
    whole, _, fraction = digits.partition(marks[0])
    if len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        message = 'could be two numbers: say in a mapping file (--map) decimal: "." or decimal: ","'
        raise ValueError(message)
    return marks[0]
