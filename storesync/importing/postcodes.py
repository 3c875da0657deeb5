"""Postcodes of a table: what a spreadsheet took from them is put back where that is certain."""

from __future__ import annotations

import re
from functools import lru_cache

from storesync.diagnostics import printable
from storesync.importing.spreadsheet import digits_of

# Countries whose postcodes are digits of one length and may begin with 0 (Universal Postal
# Union, "Postal addressing systems"). Where none begins with 0, a short one is an error.
_LENGTHS = {
    "AU": 4, "NO": 4, "NZ": 4, "ZA": 4,
    "DE": 5, "EE": 5, "ES": 5, "FI": 5, "FR": 5, "HR": 5, "IT": 5, "KR": 5, "LT": 5, "MX": 5,
    "MY": 5, "PR": 5, "TR": 5, "UA": 5, "US": 5,
    "CN": 6, "KZ": 6, "RO": 6, "SG": 6,
}  # fmt: skip
_MOST_ZEROS = 2
_ZIP4 = re.compile(r"([0-9]{5})[ -]*([0-9]{4})")
_JAPAN = re.compile(r"([0-9]{3})-?([0-9]{4})")
_CANADA = re.compile(r"([A-Z][0-9][A-Z]) ?([0-9][A-Z][0-9])")
_BRITAIN = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)[ -]*([0-9][A-Z]{2})")
_USA = frozenset({"US", "PR", "GU", "VI", "AS", "MP"})


@lru_cache(maxsize=65_536)
def normalise_postcode(text: str, country: str) -> tuple[str, str, str]:
    """Return a postcode, and the rule and message of a warning ("" for none).

    The code is "" where the text is none: "0", letters where a country has digits come back as
    they are, since tables hold more than one country knows.
    """
    code = digits_of(text)
    if not code.strip("0-. "):
        return "", "no-postcode", f'"{printable(text, limit=40)}" is no postcode and left out'
    if country in _USA:
        return _american(code)
    if country == "JP" and (match := _JAPAN.fullmatch(code)):
        return f"{match[1]}-{match[2]}", "", ""
    pattern = {"CA": _CANADA, "GB": _BRITAIN}.get(country)
    if pattern is not None and (match := pattern.fullmatch(code.upper())):
        return f"{match[1]} {match[2]}", "", ""
    length = _LENGTHS.get(country, 0)
    if code.isdigit() and 0 < length - len(code) <= _MOST_ZEROS:
        return _zeros_back(code, code.zfill(length))
    return code, "", ""


def _american(code: str) -> tuple[str, str, str]:
    """Return a ZIP code or ZIP+4: nine digits get their dash, lost zeros come back."""
    match = _ZIP4.fullmatch(code)
    if match:
        return f"{match[1]}-{match[2]}", "", ""
    if not code.isdigit():
        return code, "", ""
    if len(code) in {7, 8}:
        full = code.zfill(9)
        return _zeros_back(code, f"{full[:5]}-{full[5:]}")
    if len(code) in {3, 4}:
        return _zeros_back(code, code.zfill(5))
    return code, "", ""


def _zeros_back(code: str, full: str) -> tuple[str, str, str]:
    return full, "leading-zeros", f'"{code}" lost its leading zeros: taken as {full}'
