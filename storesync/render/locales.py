"""Babel's locales, kept apart from one another.

Babel 2.18 writes what it looks up for one language into data that other languages share
(python-babel/babel#1234): after Hebrew or Swahili, French says its months or days in those. What
a location gets would depend on which one was rendered before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cached_property, lru_cache
from typing import Any, cast

from babel import Locale, localedata
from babel.core import UnknownLocaleError


class _Data(MutableMapping[Any, Any]):
    """Locale data in which aliases are followed, remembered here and not in what was given.

    `base` is the data of the whole language, in which aliases say where they lead.
    """

    def __init__(self, given: Mapping[Any, Any], base: _Data | None = None) -> None:
        self._given = dict(given)
        self._known: dict[Any, Any] = {}
        self._base = base or self

    def __getitem__(self, key: object) -> Any:
        if key not in self._known:
            value = self._given[key]
            if isinstance(value, localedata.Alias):
                value = value.resolve(self._base)
            elif isinstance(value, tuple):  # what an alias leads to, and what differs from it
                alias, others = value
                value = alias.resolve(self._base).copy()
                localedata.merge(value, others)
            self._known[key] = _Data(value, self._base) if isinstance(value, dict) else value
        return self._known[key]

    def __setitem__(self, key: object, value: Any) -> None:
        self._given[key] = value
        self._known.pop(key, None)

    def __delitem__(self, key: object) -> None:
        del self._given[key]
        self._known.pop(key, None)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __bool__(self) -> bool:
        return True

    def copy(self) -> _Data:
        """Return data that can be changed without a change here."""
        return _Data(self._given, self._base)


class _Locale(Locale):
    @cached_property
    def _own(self) -> localedata.LocaleDataDict:
        # Babel reads it as a mapping, and _Data is one that differs where aliases lead.
        return cast("localedata.LocaleDataDict", _Data(localedata.load(str(self))))

    @property
    def _data(self) -> localedata.LocaleDataDict:
        return self._own


@lru_cache(maxsize=128)
def locale_of(tag: str) -> Locale:
    """Return Babel's locale of a tag such as fr-CA. Raises LookupError."""
    try:
        return _Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise LookupError(tag) from None


def parse_locale(tag: str) -> Locale:
    """Return Babel's locale of a tag, for a template. Raises FilterArgumentError."""
    try:
        return locale_of(tag)
    except LookupError:
        # Late: facts are read without templates, and need no Jinja otherwise.
        from jinja2.exceptions import FilterArgumentError

        from storesync.render.values import shown

        message = f"{shown(tag)} is not a language tag such as fr-CA"
        raise FilterArgumentError(message) from None
