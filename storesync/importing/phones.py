"""Phone numbers of a table -> E.164, the international form."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from storesync.diagnostics import printable

_NONE = frozenset({"0", "-", "--", "n/a", "na", "none", "tbd", "x"})


@lru_cache(maxsize=65_536)
def normalise_phone(text: str, country: str) -> tuple[str, str]:
    """Return a number in E.164 and a remark; ("", why) where there is no valid number.

    `country` is an ISO 3166-1 code, or "" where only the international form is understood.
    """
    shown = f'"{printable(text, limit=40)}"'
    if text.casefold() in _NONE or not text.strip("0-. "):
        return "", f"{shown} is no phone number and left out"
    for candidate in (text, text.partition("/")[0]):
        number = _parsed(candidate, country)
        if number is not None:
            found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            if candidate != text and phonenumbers.is_valid_number(number):
                return found, f"of {shown} the first number is kept: {found}"
            if number.extension:
                return found, f"{shown}: the extension is left out"
            return found, ""
    if not country and not text.startswith("+"):
        return "", f"{shown} is left out: without a country a number must begin with +"
    return "", f"{shown} is not a valid number in {country or 'any country'} and left out"


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
