"""The values of one campaign at its locations: layers checked once, then laid together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Copy, Location, Template
from storesync.diagnostics import Diagnostic
from storesync.model.template import Lock, Variable
from storesync.resolve.layers import (
    At,
    Layer,
    campaign_layer,
    copy_layer,
    layers_of,
    location_layer,
    override_layer,
    shared_layers,
    variables_of,
)
from storesync.resolve.typed import faulty, type_layer
from storesync.resolve.vary import Varied, choose

# Stands for a value that is wrong where it is set: nothing of this campaign goes out before.
_FAULTY = ""
# In a context: the names of what it needs and lacks, each told where it should stand. No template
# can name it.
HOLLOW = " hollow"


@dataclass
class Values:
    """Resolves one campaign's values; what many locations share is computed once.

    `diagnostics` fills up as locations are asked for; each fault is reported once, where its
    value stands.
    """

    brand: Brand
    campaign: Campaign
    template: Template
    diagnostics: list[Diagnostic] = field(default_factory=list)
    variables: dict[str, Variable] = field(init=False)
    _typed: dict[str, Mapping[str, Any]] = field(init=False, default_factory=dict)
    _merged: dict[tuple[str, ...], Mapping[str, Any]] = field(init=False, default_factory=dict)
    _faulty: dict[str, set[str]] = field(init=False, default_factory=dict)
    _missing: dict[str, dict[str, dict[str, None]]] = field(init=False, default_factory=dict)
    _varied: dict[int, dict[str, Varied]] = field(init=False, default_factory=dict)
    _chosen: dict[tuple[int, ...], Mapping[str, Any]] = field(init=False, default_factory=dict)
    _choices: dict[tuple[str, str, int], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Check the variables themselves."""
        self.variables = variables_of(self.template)
        self._campaign = campaign_layer(self.campaign)

    def at(
        self,
        location: Location,
        *,
        local: bool = True,
        copy: Copy | None = None,
        where: str = "",
    ) -> Mapping[str, Any]:
        """Return typed values by name at a location; the same object wherever nothing differs.

        `local` False leaves out the location's own file for this campaign, as after its `until`.
        `copy` is the file that a channel and language take their words from, `where` says which
        these are to people.
        """
        own = override_layer(self.campaign, location.id) if local else None
        has_values = bool(location.own.get("values"))
        key = (
            location.folder,
            location.id if has_values else "",
            own.path if own else "",
            copy.path if copy else "",
        )
        if key not in self._merged:
            self._merged[key] = self._merge(location, own, copy, has_values=has_values)
        values = self._merged[key]
        for name, variable in self.variables.items():
            if variable.required and values.get(name) is None:
                self._missing.setdefault(name, {}).setdefault(where, {})[location.id] = None
        varied = self._varied.get(id(values))
        return self._choose(values, varied, location) if varied else values

    def hollow(self, values: Mapping[str, Any]) -> list[str]:
        """Return the names that have no value, or a wrong one, among values that `at` gave."""
        wrong = set().union(*self._faulty.values())
        return [
            name
            for name, variable in self.variables.items()
            if (variable.required and values.get(name) is None)
            or (name in wrong and values.get(name) == _FAULTY)
        ]

    def place_of(
        self, name: str, location: Location, *, local: bool, copy: Copy | None = None
    ) -> tuple[str, At]:
        """Return the file and place where a variable's value at a location stands."""
        path: str = self.campaign.path
        at: At = ("values", name)
        for layer in layers_of(self.brand, self.campaign, self.template, location, copy):
            bound = layer.local and self.variables[name].lock is Lock.BRAND
            if name in layer.entries and not bound and (local or layer.name != "override"):
                path, at = layer.path, layer.entries[name].at
        return path, at

    def _merge(
        self, location: Location, own: Layer | None, copy: Copy | None, *, has_values: bool
    ) -> Mapping[str, Any]:
        layers = list(shared_layers(self.brand, self.template, location.folder))
        if has_values:
            layers.append(location_layer(location))
        layers.append(self._campaign)
        if copy is not None:
            layers.append(copy_layer(copy))
        if own is not None:
            layers.append(own)
        merged: dict[str, Any] = dict.fromkeys(self.variables)
        for layer in layers:
            merged.update(self._typed_layer(layer))
            # What is set and wrong is reported there; it is not missing as well.
            merged |= {name: _FAULTY for name in self._faulty[layer.path] if merged[name] is None}
        varied = {name: value for name, value in merged.items() if isinstance(value, Varied)}
        if varied:
            self._varied[id(merged)] = varied
        return merged

    def _choose(
        self, values: Mapping[str, Any], varied: Mapping[str, Varied], location: Location
    ) -> Mapping[str, Any]:
        """Return values with the options that a location shows; one object for each choice."""
        indices = {name: self._index(location, name, len(varied[name].options)) for name in varied}
        key = (id(values), *indices.values())
        if key not in self._chosen:
            chosen = {name: varied[name].options[index] for name, index in indices.items()}
            self._chosen[key] = {**values, **chosen}
        return self._chosen[key]

    def _index(self, location: Location, name: str, count: int) -> int:
        key = (location.id, name, count)
        if key not in self._choices:
            ids = (self.brand.id, self.campaign.id, location.id)
            self._choices[key] = choose(ids, name, count)
        return self._choices[key]

    def _typed_layer(self, layer: Layer) -> Mapping[str, Any]:
        if layer.path not in self._typed:
            typed, found = type_layer(layer, self.variables)
            self._typed[layer.path] = typed
            self._faulty[layer.path] = faulty(layer, found, self.variables)
            self.diagnostics += found
        return self._typed[layer.path]

    def check_copies(self) -> None:
        """Check every copy file, also those that no placement takes its words from."""
        for copy in self.campaign.copies.values():
            self._typed_layer(copy_layer(copy))

    def missing(self) -> Iterator[Diagnostic]:
        """Yield what the template needs and no layer sets, once for each variable."""
        for name, found in self._missing.items():
            locations = {location: None for ids in found.values() for location in ids}
            where = f"{len(locations)} location{'s' if len(locations) > 1 else ''}"
            message = (
                f'no value for "{name}", which {self.template.ref} needs{",".join(found)}'
                f" ({where}, such as {next(iter(locations))})"
            )
            hint = f"add it under values: {name}: …"
            at = ("values",) if self.campaign.file.values else ("template",)
            yield Diagnostic("missing-value", message, self.campaign.path, at, hint=hint)
