"""Values for one language and one currency, and which texts were not there in that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from storesync.model.template import Variable, VariableType

T = TypeVar("T")


def localise(
    values: Mapping[str, Any],
    variables: Mapping[str, Variable],
    locale: str,
    currency: str,
    fallbacks: Sequence[str],
) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return values for a language and currency, names without the language, names without money.

    `fallbacks` are languages to fall back on, best first.
    """
    flat: dict[str, Any] = {}
    untranslated: list[str] = []
    unpriced: list[str] = []
    for name, value in values.items():
        if not isinstance(value, Mapping):
            flat[name] = value
        elif variables[name].type is VariableType.MONEY:
            flat[name] = value.get(currency)
            if currency not in value:
                unpriced.append(name)
        else:
            flat[name], exact = translated(value, locale, fallbacks)
            if not exact:
                untranslated.append(name)
    return flat, untranslated, unpriced


def translated(
    value: str | Mapping[str, str] | None, locale: str, fallbacks: Sequence[str]
) -> tuple[str | None, bool]:
    """Return a text in a language, and whether it is in that language.

    Nearest first: fr-CA, fr, another fr-…; then the fallbacks the same way, then any.
    """
    if value is None or isinstance(value, str):
        return value, True
    found = nearest(value, locale)
    if found is not None:
        return found, True
    for other in fallbacks:
        found = nearest(value, other)
        if found is not None:
            return found, False
    return (next(iter(value.values())) if value else None), False


def nearest(value: Mapping[str, T], locale: str) -> T | None:
    """Return what is of a language or its nearest relative, or None: fr-CA, fr, another fr-…."""
    language = locale.partition("-")[0]
    for wanted in (locale, language):
        if wanted in value:
            return value[wanted]
    return next((text for key, text in value.items() if key.partition("-")[0] == language), None)
