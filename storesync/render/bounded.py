"""The operators and general filters of templates, with bounds that Jinja's own ones lack."""

from __future__ import annotations

import html
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from functools import wraps
from typing import Any

from jinja2.exceptions import FilterArgumentError, TemplateRuntimeError
from jinja2.runtime import Undefined
from markupsafe import Markup

from storesync.render import values
from storesync.render.addresses import url

MAX_RANGE = 1_000
_MAX_ITEMS = 10_000
_MAX_TEXT = 1_000_000
# printf as in "%.2f" and "%(name)s": no star, no width over three digits.
_PRINTF = re.compile(
    r"%(?:%|(?:\([A-Za-z_]\w{0,30}\))?[-+ 0#]{0,5}\d{0,3}(?:\.\d{1,2})?[sdifgeEG])"
)
# What may stand inside a CSS declaration's value without being able to leave it or load anything.
_CSS = re.compile(r"[A-Za-z0-9#.,% _-]{0,100}\Z")
_NUMBERS = (int, float, Decimal)  # tuples, since a union would be built at each use
_PRINTED = (str, *_NUMBERS, Undefined)
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def calculate(sign: str, left: object, right: object) -> object:
    """Apply an operator to two numbers; `+` also joins two texts or two lists.

    Raises TemplateRuntimeError for other operands (`"A" * 200000000`) and too large results.
    """
    for side in (left, right):
        if isinstance(side, Undefined):
            str(side)
    if _is_number(left) and _is_number(right):
        return _reckon(sign, left, right)
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return _within(left, right, _MAX_TEXT, "characters")
    if sign == "+" and isinstance(left, list) and isinstance(right, list):
        return _within(left, right, _MAX_ITEMS, "items")
    hint = "; a text that holds a number needs |decimal first" if isinstance(left, str) else ""
    raise TemplateRuntimeError(f"{_kind(left)} {sign} {_kind(right)} cannot be calculated{hint}")


def _reckon(sign: str, left: Any, right: Any) -> object:
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        left, right = _exact(left), _exact(right)
    try:
        result = _OPERATORS[sign](left, right)
    except (ZeroDivisionError, DecimalException, OverflowError) as error:
        if isinstance(error, ZeroDivisionError):
            raise TemplateRuntimeError("division by zero") from None
        raise TemplateRuntimeError("the result of a calculation is too large") from None
    if abs(result) > values.LARGEST:
        raise TemplateRuntimeError("the result of a calculation is too large")
    return result


def _exact(value: Any) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _within(left: Any, right: Any, limit: int, what: str) -> object:
    if len(left) + len(right) > limit:
        raise TemplateRuntimeError(f"+ makes more than {limit:,} {what}")
    return left + right


def _is_number(value: object) -> bool:
    return isinstance(value, _NUMBERS)


def _kind(value: object) -> str:
    kinds = {str: "text", Markup: "text", list: "a list", dict: "a mapping", type(None): "nothing"}
    return kinds.get(type(value), "a number" if _is_number(value) else "a value")


def range_(*bounds: int) -> range:
    """Count as Python's range does, up to 1,000 numbers."""
    if not all(isinstance(bound, int) for bound in bounds):
        raise FilterArgumentError("range takes whole numbers")
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise FilterArgumentError(f"range counts at most {MAX_RANGE:,} numbers")
    return numbers


def decimal(value: object) -> Decimal:
    """Read a number exactly, to calculate with: `price|decimal * 2`."""
    return values.number(value, "decimal")


def round_(value: object, precision: int = 0, method: str = "common") -> int | float | Decimal:
    """Round to -15…15 digits: common (half up, away from zero), ceil or floor."""
    modes = {"common": "ROUND_HALF_UP", "ceil": "ROUND_CEILING", "floor": "ROUND_FLOOR"}
    if type(precision) is not int or abs(precision) > 15 or method not in modes:
        raise FilterArgumentError("round takes up to 15 digits, and common, ceil or floor")
    exact = values.number(value, "round")
    try:
        rounded = exact.quantize(Decimal(1).scaleb(-precision), rounding=modes[method])
    except DecimalException:
        rounded = exact
    if isinstance(value, str | Decimal):
        return Decimal(format(rounded, "f"))
    return float(rounded)


def int_(value: object, default: int = 0) -> int:
    """Return the whole part of a number, or `default` where the value is none."""
    try:
        return int(values.number(value, "int"))
    except FilterArgumentError:
        return default


def float_(value: object, default: float = 0.0) -> float:
    """Return a number as a float, or `default` where the value is none."""
    try:
        return float(values.number(value, "float"))
    except FilterArgumentError:
        return default


def is_printf(text: str) -> bool:
    """Say whether a text formats only in ways that stay small."""
    return "%" not in _PRINTF.sub("", text)


def format_(pattern: object, *args: object, **kwargs: object) -> str:
    """Fill a printf pattern: `"%.2f"|format(price)`."""
    text = values.given(pattern, "format")
    if not isinstance(text, str) or len(text) > 10_000 or not is_printf(text):
        raise FilterArgumentError(
            "format takes %s, %d and %.2f with a width of at most three digits"
        )
    if args and kwargs:
        raise FilterArgumentError("format takes values by place or by name, not both")
    for value in (*args, *kwargs.values()):
        finalize(value)
    try:
        return text % (kwargs or args)
    except KeyError as error:
        raise FilterArgumentError(f"format: no value is called {error.args[0]}") from None


def default_(value: object, otherwise: object = "", boolean: bool = False) -> object:  # noqa: FBT001, FBT002 - Jinja's signature
    """Return `otherwise` for a value that is missing or empty (none); with `true`, for "" and 0."""
    if isinstance(value, Undefined) or value is None or (boolean and not value):
        return otherwise
    return value


def escaped(value: object) -> str:
    """Return a printed value as it stands in HTML."""
    if type(value) is not str:
        value = finalize(value)
        if isinstance(value, Markup):
            return value
        value = str(value)
    # As html.escape does it, and looked for first: this runs for every value of every page.
    if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return html.escape(value)
    return value


def finalize(value: object) -> object:
    """Let through what is fit to be shown to customers; everything printed passes here."""
    if isinstance(value, _PRINTED):
        return value
    if value is None:
        message = "a value printed here is empty (none); set it, or print it within {% if … %}"
        raise TemplateRuntimeError(message)
    return _printable(value)


def _printable(value: object) -> object:
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, _PRINTED):
        return value
    raise TemplateRuntimeError(f"{_kind(value)} cannot be printed; print its parts, or use |join")


def plain(value: Any) -> Any:
    """Return finished HTML as the plain text it is written in; other values as they are."""
    return str(value) if isinstance(value, Markup) else value


def unmarked(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter that cuts or changes text work on plain text, which is escaped again."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        if len(args) > place and isinstance(args[place], Markup):
            args = (*args[:place], str(args[place]), *args[place + 1 :])
        return function(*args, **kwargs)

    return filtered


def attribute(value: object) -> str:
    """Make a value safe inside a quoted attribute, also one that is marked as HTML already."""
    if not isinstance(value, Markup):
        return escaped(value)
    text = str(value)
    for char, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(char, entity)
    return text


def link(value: object) -> str:
    """Let only safe addresses into an attribute that holds one."""
    address = url(value)
    return escaped(address) if type(address) is str else str(html.escape(address))


def css(value: object) -> str:
    """Let only a colour, a size or names into a style. Raises FilterArgumentError."""
    text = str(finalize(value))
    if not _CSS.match(text):
        raise FilterArgumentError(f"{values.shown(text)} may not stand in a style")
    return text


def marked(guard: Callable[[object], str]) -> Callable[[object], str]:
    """Return a guard whose result is marked as HTML, for where Jinja would escape it again."""

    def filtered(value: object) -> str:
        return Markup(guard(value))  # noqa: S704 - a guard's result is safe where it stands

    return filtered
