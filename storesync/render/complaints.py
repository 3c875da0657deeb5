"""What Python and Jinja say of an error in a template, in words of people who write templates."""

from __future__ import annotations

import re

_KINDS = {
    "Decimal": "a number",
    "Markup": "a text",
    "NoneType": "an empty value (none)",
    "bool": "true or false",
    "dict": "a mapping",
    "float": "a number",
    "int": "a number",
    "list": "a list",
    "str": "a text",
}
_SAID = (
    (r"'(\w+)' object is not (?:iterable|reversible)", "{} has no items to go through"),
    (r"cannot unpack non-iterable (\w+) object", "{} has no parts to take apart"),
    (r"object of type '(\w+)' has no len\(\)", "{} has no length"),
    (
        r"'[<>]=?' not supported between instances of '(\w+)' and '(\w+)'",
        "{} and {} cannot be compared",
    ),
    (r"bad operand type for unary [-+]: '(\w+)'", "{} is no number"),
    (r"unsupported operand type\(s\) for \+: '(\w+)' and '(\w+)'", "{} and {} have no sum"),
    (r"unhashable type: '(\w+)'", "{} cannot be a key, or one of several that differ"),
)
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in _SAID)
_MISSING = re.compile(r"(?:do_)?(\w+?)_?\(\) missing \d+ required positional arguments?: (.+)")
# A template goes by its language and its path.
_NAMED = re.compile(r"'[\w-]*\|(templates/[^'|]+)'")


def plainly(message: str) -> str:
    """Return an error's message without the names that only Python has for things."""
    for pattern, said in _PATTERNS:
        found = pattern.fullmatch(message)
        if found:
            return said.format(*(_KINDS.get(kind, "this value") for kind in found.groups()))
    missing = _MISSING.fullmatch(message)
    if missing:
        return f"{missing[1]} needs {missing[2]}"
    return _NAMED.sub(r'"\1"', message)
