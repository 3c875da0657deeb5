"""What spreadsheets do to codes: digits lost, zeros lost, ids turned into dates."""

from __future__ import annotations

import re
from decimal import Decimal

_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}|[0-9][.,][0-9]+[Ee][0-9]{1,3}")
_FLOAT = re.compile(r"([0-9]+)\.0+")
# Months as Excel writes them in English, German, French and Spanish.
_MONTHS = (
    "jan|feb|mar|mär|mrz|apr|avr|abr|may|mai|jun|juin|jul|juil|ago|aug|aoû|sep|sept|oct|okt|nov"
    "|dec|dez|déc|dic|ene|fév|févr|janv|mars|avril|août|juillet"
)
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-./ ]+({_MONTHS})\.?([-./ ]+[0-9]{{2,4}})?|({_MONTHS})\.?[-./ ]+[0-9]{{1,4}}"
    r"|(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?"
    r"|[0-9]{1,2}/[0-9]{1,2}/(19|20)?[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.(19|20)?[0-9]{2}"
    r"|([0-9]+ days?, )?[0-9]{1,3}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?",
    re.IGNORECASE,
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
