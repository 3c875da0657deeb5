"""Sound files put together: brands with their locations and campaigns, and templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from storesync.catalog.catalog import (
    Brand,
    Campaign,
    Catalog,
    Copy,
    Defaults,
    Location,
    Override,
    Template,
)
from storesync.catalog.layout import Kind, Place
from storesync.catalog.merge import location_of, merge_defaults
from storesync.catalog.parsed import Parsed
from storesync.diagnostics import Diagnostic

if TYPE_CHECKING:
    from storesync.model.brand import BrandFile

_OF_BRAND = (
    Kind.LOCATION,
    Kind.DEFAULTS,
    Kind.CAMPAIGN,
    Kind.OVERRIDE,
    Kind.COPY,
    Kind.BRAND,
)


def assemble(parsed: Parsed) -> Catalog:
    """Return the catalog of files that were checked alone; adds what only shows together."""
    diagnostics = list(parsed.diagnostics)
    settings = [model for _, model in parsed.models[Kind.SETTINGS]]
    templates = _templates(parsed, diagnostics)
    brands = _brands(parsed, diagnostics)
    return Catalog(
        settings=settings[0] if settings else None,
        brands=brands,
        templates=templates,
        broken_templates=frozenset(
            f"{place.owner}/{place.id}" for place in parsed.broken if place.kind is Kind.TEMPLATE
        ),
        diagnostics=tuple(diagnostics),
        parsed=parsed if parsed.rests else None,
    )


def _templates(parsed: Parsed, diagnostics: list[Diagnostic]) -> dict[str, Template]:
    parts: dict[str, set[str]] = defaultdict(set)
    for place in parsed.parts:
        parts[f"{place.owner}/{place.id}"].add(place.folder)
    templates = {}
    for place, model in parsed.models[Kind.TEMPLATE]:
        ref = f"{place.owner}/{place.id}"
        templates[ref] = Template(ref, place.path, model, frozenset(parts[ref]))
    broken = {f"{place.owner}/{place.id}" for place in parsed.broken if place.kind is Kind.TEMPLATE}
    for place in parsed.parts:
        ref = f"{place.owner}/{place.id}"
        if place.id != "_includes" and ref not in templates and ref not in broken:
            message = "a part without its template.yaml"
            hint = "write template.yaml beside it: name and variables"
            diagnostics.append(Diagnostic("missing-file", message, place.path, hint=hint))
    return templates


def _brands(parsed: Parsed, diagnostics: list[Diagnostic]) -> dict[str, Brand]:
    files = {place.owner: (place, model) for place, model in parsed.models[Kind.BRAND]}
    broken = _broken_by_brand(parsed)
    owners = {place.owner for kind in _OF_BRAND for place, _ in parsed.models[kind]} | set(broken)
    located = _locations(parsed, files, broken, diagnostics)
    campaigns = _campaigns(parsed, broken, diagnostics)
    for owner in sorted(owners - set(files)):
        if Kind.BRAND not in {place.kind for place in broken.get(owner, ())}:
            path = f"brands/{owner}/brand.yaml"
            hint = f"write it: storesync new brand {owner}"
            diagnostics.append(
                Diagnostic("missing-file", "the brand has no brand.yaml", path, hint=hint)
            )
    defaults: dict[str, dict[str, Defaults]] = defaultdict(dict)
    for place, data in parsed.data(Kind.DEFAULTS):
        defaults[place.owner][place.folder] = Defaults(place.folder, place.path, data)
    return {
        owner: Brand(
            id=owner,
            path=f"brands/{owner}/brand.yaml",
            file=files[owner][1] if owner in files else None,
            defaults=defaults[owner],
            locations=located[owner],
            campaigns=campaigns[owner],
            broken_locations=_broken_locations(
                broken.get(owner, []), located[owner], parsed, owner
            ),
            broken_campaigns=_broken_campaigns(broken.get(owner, [])),
            elsewhere=_elsewhere(parsed, owner),
        )
        for owner in sorted(owners)
    }


def _elsewhere(parsed: Parsed, owner: str) -> frozenset[str]:
    """Return the ids of the locations of a brand that were left out."""
    folder, end = f"brands/{owner}/", -len(".yaml")
    paths = parsed.left_out
    return frozenset(
        [path[path.rindex("/") + 1 : end] for path in paths if path.startswith(folder)]
    )


def _broken_by_brand(parsed: Parsed) -> dict[str, list[Place]]:
    broken: dict[str, list[Place]] = defaultdict(list)
    for place in parsed.broken:
        if place.kind not in {Kind.SETTINGS, Kind.TEMPLATE}:
            broken[place.owner].append(place)
    return broken


def _locations(
    parsed: Parsed,
    files: Mapping[str, tuple[Place, BrandFile]],
    broken: Mapping[str, list[Place]],
    diagnostics: list[Diagnostic],
) -> dict[str, dict[str, Location]]:
    defaults: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for place, data in parsed.data(Kind.DEFAULTS):
        defaults[place.owner][place.folder] = data
    inherited: dict[tuple[str, str], dict[str, Any]] = {}
    located: dict[str, dict[str, Location]] = defaultdict(dict)
    for place, own in parsed.data(Kind.LOCATION):
        above = (place.owner, place.folder)
        if above not in inherited:
            inherited[above] = merge_defaults(place.folder, defaults[place.owner])
        ids = (place.id, place.owner, place.path, place.folder)
        brand = files[place.owner][1] if place.owner in files else None
        location = location_of(ids, inherited[above], own, brand)
        if isinstance(location, str):
            if not _defaults_broken(broken.get(place.owner, ()), place.folder):
                hint = "write it here or in a _defaults.yaml of a folder above"
                message = f'"{location}" is missing'
                diagnostics.append(Diagnostic("missing-field", message, place.path, hint=hint))
        elif place.id in located[place.owner]:
            other = located[place.owner][place.id].path
            message = f'two locations with the id "{place.id}": the other is {other}'
            hint = "a file's name is the id, unique in its brand: rename one of them"
            diagnostics.append(Diagnostic("duplicate-id", message, place.path, hint=hint))
        else:
            located[place.owner][place.id] = location
    return located


def _defaults_broken(broken: list[Place] | tuple[()], folder: str) -> bool:
    return any(
        place.kind is Kind.DEFAULTS and f"{folder}/".startswith(f"{place.folder}/".lstrip("/"))
        for place in broken
    )


def _broken_locations(
    broken: list[Place], located: Mapping[str, Location], parsed: Parsed, owner: str
) -> frozenset[str]:
    """Return ids that have a file but no sound location; below broken defaults, all of them."""
    ids = {place.id for place in broken if place.kind is Kind.LOCATION}
    for place, _ in parsed.data(Kind.LOCATION):
        if place.owner == owner and (
            place.id not in located or (broken and _defaults_broken(broken, place.folder))
        ):
            ids.add(place.id)
    return frozenset(ids)


def _broken_campaigns(broken: list[Place]) -> frozenset[str]:
    campaigns = {place.id for place in broken if place.kind in {Kind.CAMPAIGN, Kind.COPY}}
    campaigns |= {place.folder for place in broken if place.kind is Kind.OVERRIDE}
    return frozenset(campaigns)


def _campaigns(
    parsed: Parsed, broken: Mapping[str, list[Place]], diagnostics: list[Diagnostic]
) -> dict[str, dict[str, Campaign]]:
    results = {(place.owner, place.id): model for place, model in parsed.models[Kind.RESULTS]}
    overrides: dict[tuple[str, str], dict[str, Override]] = defaultdict(dict)
    for place, own in parsed.models[Kind.OVERRIDE]:
        overrides[place.owner, place.folder][place.id] = Override(place.id, place.path, own)
    copies: dict[tuple[str, str], dict[tuple[str, str], Copy]] = defaultdict(dict)
    for place, words in parsed.models[Kind.COPY]:
        channel, _, locale = place.folder.partition(".")
        copy = Copy(channel, locale, place.path, words)
        copies[place.owner, place.id][channel, locale] = copy
    campaigns: dict[str, dict[str, Campaign]] = defaultdict(dict)
    for place, model in parsed.models[Kind.CAMPAIGN]:
        key = (place.owner, place.id)
        campaigns[place.owner][place.id] = Campaign(
            place.id, place.owner, place.path, model, overrides[key], results.get(key), copies[key]
        )
        if key in parsed.archived:
            message = f'the id "{place.id}" is that of a campaign in the brand\'s archive'
            hint = "choose another: what became of that one is on record under its id"
            diagnostics.append(Diagnostic("duplicate-id", message, place.path, hint=hint))
    alone = [
        (*key, item.path, "beside") for key, files in overrides.items() for item in files.values()
    ]
    alone += [
        (*key, item.path, "beside") for key, files in copies.items() for item in files.values()
    ]
    alone += [
        (place.owner, place.id, place.path, "in the folder of")
        for place, _ in parsed.models[Kind.RESULTS]
    ]
    for owner, campaign, path, where in alone:
        known = campaigns[owner].keys() | _broken_campaigns(broken.get(owner, []))
        if campaign not in known:
            message = f'there is no campaign.yaml of "{campaign}" {where} this file'
            diagnostics.append(Diagnostic("missing-file", message, path))
    return campaigns
