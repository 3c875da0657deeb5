"""What spreadsheets do to codes: digits lost, zeros lost, ids turned into dates."""

from __future__ import annotations

import re
from decimal import Decimal

_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}|[0-9][.,][0-9]+[Ee][0-9]{1,3}")
_FLOAT = re.compile(r"([0-9]+)\.0+")
# What Excel shows for a day it made of a code: 2-Mar, 02-Mar-26, Mar-26; in German 02. Mrz, Mrz 26,
# in French 02-mars, janv-26, in Spanish 02-mar. Months are never in capitals, their years have two
# digits or four of a century that there is: MAR-101, DEC-1001, may-2 and "May 5" are people's own.
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:[0-9]{2}|(?:19|20)[0-9]{2})"
_WITH_HYPHEN = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|janv|févr?|mars|avr|avril|mai|juin|juil|juillet|aoû|août|sept?|oct|nov|déc"
    "|ene|feb|mar|abr|may|jun|jul|ago|dic)\\.?"
)
_WITH_BLANK = "(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
_DATE = re.compile(
    rf"{_DAY}-{_WITH_HYPHEN}(?:-{_YEAR})?|{_WITH_HYPHEN}-{_YEAR}"
    rf"|{_DAY}\. ?{_WITH_BLANK}(?: {_YEAR})?|{_WITH_BLANK} {_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}-{_MONTH}-{_DAY}(?:[T ][0-9:.]+)?"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR}|{_DAY}\.{_MONTH}\.{_YEAR}"
    r"|(?:[0-9]+ days?, )?[0-9]{1,3}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
)


# What stands in a cell whose formula failed, in English, German, French and Spanish.
_ERRORS = re.compile(
    r"#(N/A|NV|N/D|[¡¿]?(REF|BEZUG|VALUE|WERT|VALEUR|VALOR|NAME|NOM|NOMBRE|DIV/0|NUM|ZAHL|NULL|NUL"
    r"|NULO|SPILL|ÜBERLAUF|PROPAGATION|DESBORDAMIENTO|CALC|FIELD|BLOCKED|CONNECT|BUSY)[!?])"
)

# TRUE and FALSE as Excel shows them in English, German, French and Spanish.
_TRUTH = re.compile("true|false|wahr|falsch|vrai|faux|verdadero|falso", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"-?[0-9]([.,][0-9]+)?[Ee][+-][0-9]{1,3}")
# A sign or decimals, which neither a name nor an id has.
_NO_CODE = re.compile(r"-[0-9]+|-?[0-9]+[.,][0-9]+")


def likely_made(text: str) -> tuple[str, str]:
    """Return the rule and what a spreadsheet likely made a text of; two empty ones for others."""
    if _SCIENTIFIC.fullmatch(text):
        return "lost-digits", "number whose digits a spreadsheet lost"
    if is_date(text):
        return "excel-date", "date that a spreadsheet made"
    if _TRUTH.fullmatch(text):
        return "truth-value", "TRUE or FALSE of a spreadsheet"
    if _NO_CODE.fullmatch(text):
        return "number", "number of a spreadsheet"
    return "", ""


def is_error(text: str) -> bool:
    """Say whether a text is what a spreadsheet shows for a formula that failed: #N/A, #REF!."""
    return _ERRORS.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether a code such as 2-3 was turned into a date: 2-Mar, Mar-02, 2026-03-02.

    Also into a time of day (07:30:00) or a span.
    """
    return _DATE.fullmatch(text) is not None


def is_exponent(text: str) -> bool:
    """Say whether a number is written with an exponent: 4.41315E+11."""
    return _EXPONENT.fullmatch(text) is not None


def digits_of(text: str) -> str:
    """Return a code without what a number format added: 27873500215.0 is 27873500215.

    An exponent is written out where no digit is lost. Text that is no such number comes back as
    it is; one whose digits are gone comes back with its exponent (`is_exponent`).
    """
    floating = _FLOAT.fullmatch(text)
    if floating:
        return floating[1]
    if is_exponent(text):
        value = Decimal(text.replace(",", "."))
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent <= 0 and value == value.to_integral_value():
            return f"{value:f}".split(".")[0]
    return text
