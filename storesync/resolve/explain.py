"""Where each value of a campaign at a location comes from: every layer, lowest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from storesync.catalog.catalog import (
    Brand,
    Campaign,
    Copy,
    Location,
    Template,
    folders_above,
)
from storesync.catalog.merge import dated_hours, inheritable, merge, weekly_hours
from storesync.resolve.copy import nearest_copy
from storesync.resolve.layers import Layer, layers_of, variables_of
from storesync.resolve.vary import VARY, choose, options_of

_At = tuple[str | int, ...]
_File = tuple[str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """One layer that sets a value, and the place where it stands.

    `until` is when a location's own values end, in its own time; a day is included.
    """

    layer: str
    path: str
    at: _At
    value: Any
    until: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Which of several texts a location shows: `number` counts from 1, `of` is how many."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What copy says instead, on a channel in a language."""

    channel: str
    locale: str
    source: Source
    value: Any
    option: Option | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A value under the name templates use, with its layers; the last one counts.

    `option` is there where that layer has several texts. `copies` tell where copy says something
    else; of a value that nothing but copy sets, the first one is also the value's only layer.
    `adds_up` says that all of them count, as tags of a folder and of a location do.
    """

    name: str
    value: Any
    layers: tuple[Source, ...]
    option: Option | None = None
    copies: tuple[Applied, ...] = ()
    adds_up: bool = False


def explain(
    brand: Brand,
    campaign: Campaign,
    template: Template,
    location: Location,
    side: tuple[str, str] | None = None,
) -> list[Explained]:
    """Return every value of a campaign at a location, by name.

    `side` is a channel and a language: then copy for these is one of the layers.
    """
    site = _Site(brand, campaign, template, location)
    found = [
        *(site.on(*side) if side else site.everywhere()),
        *_location(brand, location),
        *_names(brand, campaign, location),
        *_legal(brand, location),
        *_texts(template),
    ]
    return sorted(found, key=lambda item: item.name)


def spoken(campaign: Campaign, location: Location) -> tuple[str, ...]:
    """Return the languages of a location that a campaign goes out in, main one first."""
    wanted = campaign.file.locales
    return tuple(tag for tag in location.locales if not wanted or tag in wanted)


@dataclass(frozen=True, slots=True)
class _Site:
    """A campaign at a location, with what sets the values of its template's variables."""

    brand: Brand
    campaign: Campaign
    template: Template
    location: Location

    def on(self, channel: str, locale: str) -> Iterator[Explained]:
        """Yield the values on one channel in one language."""
        layers = self._layers(nearest_copy(self.campaign, channel, locale))
        for name in variables_of(self.template):
            sources = self._sources(layers, name)
            if sources:
                yield Explained(name, *self._shown(name, sources))

    def everywhere(self) -> Iterator[Explained]:
        """Yield the values without copy, and what copy says instead."""
        layers = self._layers(None)
        copies = list(self._copies())
        for name in variables_of(self.template):
            sources = self._sources(layers, name)
            applied = tuple(
                Applied(channel, locale, shown[1][-1], shown[0], shown[2])
                for channel, locale, copied in copies
                if (said := self._sources(copied, name)) and said[-1].layer == "copy"
                for shown in [self._shown(name, said)]
            )
            sources = sources or tuple(item.source for item in applied[:1])
            if sources:
                yield Explained(name, *self._shown(name, sources), applied)

    def _copies(self) -> Iterator[tuple[str, str, list[Layer]]]:
        for channel in self.campaign.file.channels:
            for locale in spoken(self.campaign, self.location):
                copy = nearest_copy(self.campaign, channel, locale)
                if copy is not None:
                    yield channel, locale, self._layers(copy)

    def _layers(self, copy: Copy | None) -> list[Layer]:
        return layers_of(self.brand, self.campaign, self.template, self.location, copy)

    def _shown(
        self, name: str, sources: tuple[Source, ...]
    ) -> tuple[Any, tuple[Source, ...], Option | None]:
        """Return the value that a location shows, its layers, and which option it is.

        Of options the one that it shows is the layer's value, with the place where that stands.
        """
        *below, last = sources
        options = options_of(last.value)
        if not options:
            return last.value, sources, None
        ids = (self.brand.id, self.campaign.id, self.location.id)
        index = choose(ids, name, len(options))
        last = replace(last, value=options[index], at=(*last.at, VARY, index))
        return last.value, (*below, last), Option(index + 1, len(options))

    def _sources(self, layers: list[Layer], name: str) -> tuple[Source, ...]:
        own = self.campaign.overrides.get(self.location.id)
        until = own.file.until if own else None
        return tuple(
            _source(layer, name, until if layer.name == "override" else None)
            for layer in layers
            if name in layer.entries
        )


def _source(layer: Layer, name: str, until: date | datetime | None) -> Source:
    entry = layer.entries[name]
    return Source(layer.name, layer.path, entry.at, entry.value, until)


def _location(brand: Brand, location: Location) -> Iterator[Explained]:
    files: list[_File] = [
        ("folder", brand.defaults[above].path, inheritable(brand.defaults[above].data))
        for above in folders_above(location.folder)
        if above in brand.defaults
    ]
    files.append(("location", location.path, location.own))
    merged: Mapping[str, Any] = {}
    for _, _, data in files:
        merged = merge(merged, data)
    if brand.file is not None:
        inherited = {"locales": brand.file.locales, "currency": brand.file.currency}
        files.insert(0, ("brand", brand.path, inherited))
        merged = {**inherited, **merged}
    hidden = {"values", "waive", "notes", "formerly", "legal"}
    for at, value in _leaves({key: item for key, item in merged.items() if key not in hidden}, ()):
        sources = tuple(
            Source(layer, path, at, _at(data, at))
            for layer, path, data in files
            if _at(data, at) is not None
        )
        if sources:
            name = "location." + ".".join(map(str, at))
            yield Explained(name, value, sources, adds_up=at == ("tags",))
    if "hours" in merged:
        yield from _weekly(merged["hours"], files)


def _leaves(data: Mapping[str, Any], at: _At) -> Iterator[tuple[_At, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping) and at == ("hours",):
            yield (*at, key), value  # a season is one value
        elif isinstance(value, Mapping):
            inner = dated_hours(value) if key == "hours" else value
            yield from _leaves(inner, (*at, key))
        else:
            yield (*at, key), value


def _weekly(hours: Mapping[str, Any], files: Iterable[_File]) -> Iterator[Explained]:
    """Yield the weekly hours, which count as one, under the name of all of them."""
    sources = tuple(
        Source(layer, path, ("hours",), weekly_hours(data["hours"]))
        for layer, path, data in files
        if weekly_hours(data.get("hours", {}))
    )
    if sources:
        yield Explained("location.hours", weekly_hours(hours), sources)


def _at(data: Any, at: _At) -> Any:
    for part in at:
        if not isinstance(data, Mapping) or part not in data:
            return None
        data = data[part]
    return data


def _names(brand: Brand, campaign: Campaign, location: Location) -> Iterator[Explained]:
    if brand.file is not None:
        yield _one("brand_name", brand.file.name, "brand", brand.path, ("name",))
    yield _one("campaign_name", campaign.file.name, "campaign", campaign.path, ("name",))
    yield _one("location_name", location.data["name"], "location", location.path, ("name",))
    flight = campaign.file.flight
    yield _one(
        "flight.start", flight.start.isoformat(), "campaign", campaign.path, ("flight", "start")
    )
    if flight.end is not None:
        yield _one(
            "flight.end", flight.end.isoformat(), "campaign", campaign.path, ("flight", "end")
        )
    if campaign.file.offer is not None and campaign.file.offer.product is not None:
        product = campaign.file.offer.product
        yield _one("product", product, "campaign", campaign.path, ("offer", "product"))
        first = product if isinstance(product, str) else product[0]
        if brand.file is not None and first in brand.file.products:
            name = brand.file.products[first]
            yield _one("product_name", name, "brand", brand.path, ("products", first))


def _legal(brand: Brand, location: Location) -> Iterator[Explained]:
    texts = brand.file.legal if brand.file else {}
    for name in {**texts, **location.data.get("legal", {})}:
        sources = [
            Source("brand", brand.path, ("legal", name), texts[name]) if name in texts else None
        ]
        for above in folders_above(location.folder):
            defaults = brand.defaults.get(above)
            value = defaults.data.get("legal", {}).get(name) if defaults else None
            if defaults is not None and value is not None:
                sources.append(Source("folder", defaults.path, ("legal", name), value))
        known = tuple(source for source in sources if source is not None)
        if known:
            yield Explained(f"legal.{name}", known[-1].value, known)


def _texts(template: Template) -> Iterator[Explained]:
    for name, value in template.file.texts.items():
        yield _one(f"t.{name}", value, "template", template.path, ("texts", name))


def _one(name: str, value: Any, layer: str, path: str, at: _At) -> Explained:
    return Explained(name, value, (Source(layer, path, at, value),))
