"""The values of one campaign at its locations: layers checked once, then laid together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Location, Template
from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.template import Lock, Variable
from storesync.resolve.convert import convert
from storesync.resolve.layers import (
    At,
    Entry,
    Layer,
    campaign_layer,
    layers_of,
    location_layer,
    override_layer,
    shared_layers,
    variables_of,
)

# Stands for a value that is wrong where it is set: nothing of this campaign goes out before.
_FAULTY = ""
# Layers that only this campaign's template can use: a name it does not know is a mistake there.
# Names in the others, which serve several templates, are checked in `validate.names`.
_STRICT = frozenset({"campaign", "override"})


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
    _missing: dict[str, dict[str, None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Check the variables themselves."""
        self.variables = variables_of(self.template)
        self._campaign = campaign_layer(self.campaign)

    def at(self, location: Location, *, local: bool = True) -> Mapping[str, Any]:
        """Return typed values by name at a location; the same object wherever nothing differs.

        `local` False leaves out the location's own file for this campaign, as after its `until`.
        """
        own = override_layer(self.campaign, location.id) if local else None
        has_values = bool(location.own.get("values"))
        key = (location.folder, location.id if has_values else "", own.path if own else "")
        if key not in self._merged:
            self._merged[key] = self._merge(location, own, has_values=has_values)
        values = self._merged[key]
        for name, variable in self.variables.items():
            if variable.required and values.get(name) is None:
                self._missing.setdefault(name, {})[location.id] = None
        return values

    def place_of(self, name: str, location: Location, *, local: bool) -> tuple[str, At]:
        """Return the file and place where a variable's value at a location stands."""
        path: str = self.campaign.path
        at: At = ("values", name)
        for layer in layers_of(self.brand, self.campaign, self.template, location):
            bound = layer.local and self.variables[name].lock is Lock.BRAND
            if name in layer.entries and not bound and (local or layer.name != "override"):
                path, at = layer.path, layer.entries[name].at
        return path, at

    def _merge(
        self, location: Location, own: Layer | None, *, has_values: bool
    ) -> Mapping[str, Any]:
        layers = list(shared_layers(self.brand, self.template, location.folder))
        if has_values:
            layers.append(location_layer(location))
        layers.append(self._campaign)
        if own is not None:
            layers.append(own)
        merged: dict[str, Any] = dict.fromkeys(self.variables)
        for layer in layers:
            merged.update(self._typed_layer(layer))
            # What is set and wrong is reported there; it is not missing as well.
            merged |= {name: _FAULTY for name in self._faulty[layer.path] if merged[name] is None}
        return merged

    def _typed_layer(self, layer: Layer) -> Mapping[str, Any]:
        if layer.path not in self._typed:
            typed, found = type_layer(layer, self.variables)
            self._typed[layer.path] = typed
            wrong = {item.at for item in found if item.rule == "out-of-bounds"}
            self._faulty[layer.path] = {
                name for name, entry in layer.entries.items() if entry.at in wrong
            }
            self.diagnostics += found
        return self._typed[layer.path]

    def missing(self) -> Iterator[Diagnostic]:
        """Yield what the template needs and no layer sets, once for each variable."""
        for name, locations in self._missing.items():
            where = f"{len(locations)} location{'s' if len(locations) > 1 else ''}"
            message = (
                f'no value for "{name}", which {self.template.ref} needs'
                f" ({where}, such as {next(iter(locations))})"
            )
            hint = f"add it under values: {name}: …"
            at = ("values",) if self.campaign.file.values else ("template",)
            yield Diagnostic("missing-value", message, self.campaign.path, at, hint=hint)


def type_layer(
    layer: Layer, variables: Mapping[str, Variable]
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return a layer's values in their types, and what is wrong with them where they stand."""
    typed: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for name, entry in layer.entries.items():
        variable = variables.get(name)
        if variable is None:
            if layer.name in _STRICT:
                found.append(_unknown(layer, name, entry, variables))
            continue
        if layer.local and variable.lock is Lock.BRAND:
            found.append(_locked(layer, name, entry))
            continue
        try:
            typed[name] = convert(variable, entry.value)
        except ValueError as error:
            message = f"{name}: {printable(_with_value(str(error), entry.value))}"
            found.append(Diagnostic("out-of-bounds", message, layer.path, entry.at))
    return typed, found


def _with_value(problem: str, value: object) -> str:
    """Name the value that is wrong, where the words about it do not begin with it."""
    if not isinstance(value, str) or problem.startswith(f"{value} "):
        return problem
    said, semicolon, advice = problem.partition("; ")
    joint = ", not" if said.startswith(("write", "must")) else ":"
    return f'{said}{joint} "{printable(value, limit=60)}"{semicolon}{advice}'


def _unknown(
    layer: Layer, name: str, entry: Entry, variables: Mapping[str, Variable]
) -> Diagnostic:
    message = f'unknown variable "{printable(name)}": the template does not declare it'
    hint = did_you_mean(name, variables) or f"it knows {', '.join(sorted(variables))}"
    return Diagnostic("unknown-variable", message, layer.path, entry.at, hint=hint)


def _locked(layer: Layer, name: str, entry: Entry) -> Diagnostic:
    message = f'"{name}" is locked: only headquarters may set it, not a location'
    hint = "take it out, or ask for `lock: location` with bounds in the template"
    return Diagnostic("locked-value", message, layer.path, entry.at, hint=hint)
