"""One value against its variable: from text to a typed, plain value within the bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from storesync.diagnostics import did_you_mean, printable
from storesync.model.base import (
    WEB_ADDRESS_PATTERN,
    read_day,
    read_decimal,
    read_flag,
    read_integer,
)
from storesync.model.template import Variable, VariableType
from storesync.source.prescan import INVISIBLE
from storesync.source.scalar import Plain, is_null

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_BLANK = re.compile(rf"[\s\u2800{INVISIBLE}]*")
LONGEST = 20_000
_Bound = TypeVar("_Bound", int, Decimal)


def convert(variable: Variable, value: object) -> Any:
    """Return a value as templates see it.

    Text may be one text or a mapping by language, money one amount or a mapping by currency;
    amounts stay exact as text. Raises ValueError that says what to write.
    """
    if isinstance(value, Mapping):
        return _convert_mapping(variable, value)
    if not isinstance(value, str | int | Decimal):
        message = "write one value here, not a list"
        raise ValueError(message)  # noqa: TRY004 - bad text in a user's file
    return _CONVERTERS[variable.type](variable, value)


def _convert_mapping(variable: Variable, value: Mapping[str, object]) -> dict[str, Any]:
    if variable.type is VariableType.MONEY:
        key_pattern, what = _CURRENCY, "currency such as USD"
    elif variable.type in {VariableType.STRING, VariableType.URL}:
        key_pattern, what = _LOCALE, "language such as fr-CA"
    else:
        message = f"write one {variable.type.value} here, not a mapping"
        raise ValueError(message)
    converted = {}
    for key, inner in value.items():
        if not key_pattern.match(key):
            message = f'"{printable(key, limit=40)}" is no {what}'
            raise ValueError(message)
        if isinstance(inner, Mapping | list):
            message = f"write one text or amount under {key}"
            if "vary" in inner:
                message = "vary stands outside: {vary: [{en: One}, {en: Two}]}"
            raise ValueError(message)  # noqa: TRY004 - bad text in a user's file
        converted[key] = convert(variable, inner)
    return converted


def _text(variable: Variable, value: object) -> str:
    text = str(value)
    if isinstance(value, Plain) and is_null(text):
        message = f"{text} is nothing: take it out, or put it in quotes if customers read it"
        raise ValueError(message)
    if is_blank(text) and _has_to_be_seen(variable):
        message = "nothing is seen of it; write a text, or required: false in the template"
        raise ValueError(message)
    least, longest = _sound(variable.minLength, variable.maxLength)
    longest = LONGEST if longest is None else longest
    if len(text) > longest:
        message = f"{len(text)} characters, at most {longest} fit"
        raise ValueError(message)
    if least is not None and len(text) < least:
        message = f"{len(text)} characters, at least {least} are needed"
        raise ValueError(message)
    if variable.pattern is not None and not matches_pattern(variable.pattern, text):
        message = f"must match the pattern {variable.pattern}"
        raise ValueError(message)
    if variable.enum is not None and text not in variable.enum:
        near = did_you_mean(text, variable.enum)
        message = f"must be one of {', '.join(variable.enum)}" + (f"; {near}" if near else "")
        raise ValueError(message)
    return text


def is_blank(text: str) -> bool:
    """Say whether nothing is seen of a text: blanks and invisible characters alone."""
    return _BLANK.fullmatch(text) is not None


def _has_to_be_seen(variable: Variable) -> bool:
    """Say whether a text has to be seen; a template may name other texts, or none, itself."""
    named = variable.enum is not None or variable.pattern is not None
    return variable.required and not named and variable.default != ""


def _integer(variable: Variable, value: object) -> int:
    number = read_integer(value)
    _within(variable, Decimal(number))
    return number


def _number(variable: Variable, value: object) -> str:
    number = read_decimal(value)
    _within(variable, number)
    return str(number)


def _flag(_variable: Variable, value: object) -> bool:
    return read_flag(value)


def _date(_variable: Variable, value: object) -> str:
    return read_day(value).isoformat()


def _url(variable: Variable, value: object) -> str:
    text = _text(variable, value)
    if text.endswith("\n") or not re.match(WEB_ADDRESS_PATTERN, text):
        message = "write a web address that begins with https://"
        raise ValueError(message)
    return text


def _within(variable: Variable, number: Decimal) -> None:
    unit = f" {variable.unit}" if variable.unit else ""
    least, most = _sound(variable.minimum, variable.maximum)
    if least is not None and number < least:
        message = f"{number} is less than the minimum of {least}{unit}"
        raise ValueError(message)
    if most is not None and number > most:
        message = f"{number} is more than the maximum of {most}{unit}"
        raise ValueError(message)
    if variable.enum is not None and number not in map(_amount, variable.enum):
        message = f"must be one of {', '.join(variable.enum)}"
        raise ValueError(message)


def _sound(least: _Bound | None, most: _Bound | None) -> tuple[_Bound | None, _Bound | None]:
    """Return two bounds; none where no value fits, which the template is told, once and there."""
    crossed = least is not None and most is not None and least > most
    return (None, None) if crossed else (least, most)


def matches_pattern(pattern: str, text: str) -> bool:
    """Match a whole text. A pattern comes from a pull request: Rust's engine is linear in time.

    Everything matches a pattern that is none: that is the template's fault, told once and there.
    """
    try:
        _pattern(pattern).validate_python(text)
    except ValidationError:
        return False
    except ValueError:
        return True
    return True


def check_pattern(pattern: str) -> None:
    """Raise ValueError for a pattern that is none, such as one with look-around."""
    _compiled(pattern)
    _pattern(pattern)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> TypeAdapter[str]:
    _compiled(pattern)  # what a message is about is what people wrote
    return _compiled(rf"^(?:{pattern})$")


def _compiled(pattern: str) -> TypeAdapter[str]:
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except Exception as error:  # pydantic-core's SchemaError has no public base but Exception
        message = (
            f"not a regular expression: {printable(pattern, limit=60)}"
            " (look-around and back-references are not known here)"
        )
        raise ValueError(message) from error


def _amount(text: str) -> Decimal | None:
    try:
        return read_decimal(text)
    except ValueError:
        return None


_CONVERTERS: Mapping[VariableType, Callable[[Variable, object], Any]] = {
    VariableType.STRING: _text,
    VariableType.INTEGER: _integer,
    VariableType.NUMBER: _number,
    VariableType.MONEY: _number,
    VariableType.BOOLEAN: _flag,
    VariableType.DATE: _date,
    VariableType.URL: _url,
}
