"""The contexts of one campaign's placements; whatever is equal for many of them is one object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Copy, Location, Template
from storesync.diagnostics import Diagnostic, Severity
from storesync.model.slot import COPY, FORMS
from storesync.model.template import LocaleMode
from storesync.resolve.context import name_in, own_context, own_legal, shared_context
from storesync.resolve.copy import Slotted, forms_of, nearest_copy
from storesync.resolve.gaps import Gaps
from storesync.resolve.layers import At
from storesync.resolve.localise import localise
from storesync.resolve.values import HOLLOW, Values

Seen = tuple[Mapping[str, Any], Mapping[str, Any]]


class _Side(NamedTuple):
    """What besides the location decides on its values: a channel with copy of its own, or ""."""

    channel: str
    local: bool


class Contexts:
    """Contexts of one campaign: whatever is equal for many locations is one object."""

    def __init__(self, brand: Brand, campaign: Campaign, template: Template) -> None:
        self.brand = brand
        self.campaign = campaign
        self.template = template
        self._values = Values(brand, campaign, template)
        self._together = template.file.locales is LocaleMode.TOGETHER
        self._forms = forms_of(self._values.variables)
        self._channels = frozenset(channel for channel, _ in campaign.copies)
        self._where_none = " where there is no copy" if campaign.copies else ""
        self._gaps = Gaps(campaign)
        self._shared: dict[tuple[int, str, str, tuple[str, ...]], dict[str, Any]] = {}
        self._legal: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._copies: dict[tuple[str, str], Copy | None] = {}
        self._untranslated: dict[tuple[str, At, str], tuple[str, str]] = {}
        self._unpriced: dict[tuple[str, At, str], tuple[str, str]] = {}

    def of(
        self,
        location: Location,
        locales: tuple[str, ...],
        channels: Sequence[str],
        *,
        local: bool,
    ) -> Iterator[tuple[str, Seen]]:
        """Yield for each channel the shared and the own context of a location in its language(s).

        Channels without copy see the same.
        """
        plain: Seen | None = None
        for channel in channels:
            if channel in self._channels:
                yield channel, self._of(location, locales, _Side(channel, local))
                continue
            if plain is None:
                plain = self._of(location, locales, _Side("", local))
            yield channel, plain

    def _of(self, location: Location, locales: tuple[str, ...], side: _Side) -> Seen:
        shared = self._shared_for(location, locales[0], side)
        own = own_context(location, locales[0], shared["legal"])
        every = [shared]
        if len(locales) > 1 or self._together:
            every = [self._shared_for(location, locale, side) for locale in locales]
            own["locales"] = [self._with_legal(one, location) for one in every]
            own["location_names"] = {locale: name_in(location, locale) for locale in locales}
        if side.channel:
            for one in every:
                self._gaps.note(one, own, location.id)
        return shared, own

    def _with_legal(self, shared: dict[str, Any], location: Location) -> dict[str, Any]:
        """Return what is shared, with the legal texts of a location's folders, if they have any."""
        legal = own_legal(location, shared["locale"])
        if not legal:
            return shared
        key = (id(shared), *sorted(legal.items()))
        if key not in self._legal:
            self._legal[key] = {**shared, "legal": {**shared["legal"], **legal}}
        return self._legal[key]

    def _copy(self, channel: str, locale: str) -> Copy | None:
        if not channel:
            return None
        key = (channel, locale)
        if key not in self._copies:
            self._copies[key] = nearest_copy(self.campaign, channel, locale)
        return self._copies[key]

    def _shared_for(self, location: Location, locale: str, side: _Side) -> dict[str, Any]:
        copy = self._copy(side.channel, locale)
        where = f" on {side.channel} in {locale}" if copy else self._where_none
        values = self._values.at(location, local=side.local, copy=copy, where=where)
        key = (id(values), locale, location.currency, location.locales)
        if key not in self._shared:
            self._shared[key] = self._make(values, location, locale, (side, copy))
        return self._shared[key]

    def _make(
        self,
        values: Mapping[str, Any],
        location: Location,
        locale: str,
        source: tuple[_Side, Copy | None],
    ) -> dict[str, Any]:
        fallbacks = location.locales
        flat, untranslated, unpriced = localise(
            values, self._values.variables, locale, location.currency, fallbacks
        )
        slotted = {name: text for name, text in flat.items() if isinstance(text, Slotted)}
        flat.update({name: item.text for name, item in slotted.items()})
        context, missing = shared_context(
            self.brand, self.campaign, self.template, flat, locale, fallbacks
        )
        context[FORMS] = self._forms
        hollow = [*self._values.hollow(values), *unpriced]
        if hollow:
            context[HOLLOW] = hollow
        if slotted:
            context[COPY] = {name: item[1:] for name, item in slotted.items()}
            self._gaps.add(context, slotted, hollow)
        for name in (*untranslated, *missing):
            place = (*self._stands_at(name, location, source), locale)
            self._untranslated.setdefault(place, (name, location.id))
        for name in unpriced:
            place = (*self._stands_at(name, location, source), location.currency)
            self._unpriced.setdefault(place, (name, location.id))
        return context

    def _stands_at(
        self, name: str, location: Location, source: tuple[_Side, Copy | None]
    ) -> tuple[str, At]:
        """Return where a text stands: `texts.until` in the template, `legal.terms` in the brand."""
        what, dot, rest = name.partition(".")
        if dot:
            path = self.template.path if what == "texts" else self.brand.path
            return path, (what, rest)
        side, copy = source
        return self._values.place_of(name, location, local=side.local, copy=copy)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield what was found while locations were asked for."""
        self._values.check_copies()
        yield from self._values.diagnostics
        yield from self._values.missing()
        yield from self._gaps.diagnostics()
        for (path, at, locale), (name, location) in self._untranslated.items():
            # Of a text that campaigns share, all are to say the same, so that it is said once.
            where = f" (at {location})" if self._is_own(path) else ""
            message = f'"{name}" has no text in {locale}{where}; another language is shown'
            hint = f"add {locale}: … beside the other languages"
            yield Diagnostic(
                "missing-translation", message, path, at, hint=hint, severity=Severity.WARNING
            )
        for (path, at, currency), (name, location) in self._unpriced.items():
            message = f'"{name}" has no amount in {currency} (at {location})'
            hint = f"add {currency}: … beside the other currencies in {path}"
            if not self._is_own(path):  # an error there would stop other campaigns as well
                path, at = self.campaign.path, ("template",)  # noqa: PLW2901 - told at another place
            yield Diagnostic("missing-currency", message, path, at, hint=hint)

    def _is_own(self, path: str) -> bool:
        """Say whether a file belongs to this campaign alone."""
        return path.startswith(self.campaign.path.removesuffix("campaign.yaml"))
