"""Which layer counts, and that `explain` tells the same as what templates see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storesync.catalog.catalog import Brand, Campaign, Catalog, Location, Template
from storesync.catalog.load import load
from storesync.resolve.context import own_context
from storesync.resolve.convert import convert
from storesync.resolve.explain import Explained, explain
from storesync.resolve.layers import variables_of
from storesync.resolve.placement import resolve, template_of
from storesync.resolve.values import Values
from storesync.source.tree import MemoryTree

ROOT = Path(__file__).parents[2]
TEMPLATE = "templates/shared/offer/template.yaml"
# From the lowest layer to the highest: each one's name, its file, and the line that sets a note.
LAYERS = [
    ("template", TEMPLATE, "variables: {note: {default: %s, lock: location}}"),
    ("brand", "brands/acme/brand.yaml", "values: {note: %s}"),
    ("folder", "brands/acme/locations/_defaults.yaml", "values: {note: %s}"),
    ("folder", "brands/acme/locations/gb/_defaults.yaml", "values: {note: %s}"),
    ("folder", "brands/acme/locations/gb/scotland/_defaults.yaml", "values: {note: %s}"),
    ("location", "brands/acme/locations/gb/scotland/leith.yaml", "values: {note: %s}"),
    ("campaign", "brands/acme/campaigns/winter/campaign.yaml", "values: {note: %s}"),
    ("override", "brands/acme/campaigns/winter/locations/leith.yaml", "values: {note: %s}"),
]
FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "templates/shared/offer/template.yaml": "name: Offer\n",
    "templates/shared/offer/web.html.j2": "{{ note }}",
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    "brands/acme/locations/_defaults.yaml": "address: {country: GB}\ntimezone: Europe/London\n",
    "brands/acme/locations/gb/_defaults.yaml": "tags: [a]\n",
    "brands/acme/locations/gb/scotland/_defaults.yaml": "tags: [b]\n",
    "brands/acme/locations/gb/scotland/leith.yaml": "name: Leith\n",
    "brands/acme/campaigns/winter/campaign.yaml": (
        "name: Winter\ntemplate: shared/offer\nflight: {start: 2026-12-01}\nchannels: [web]\n"
    ),
    "brands/acme/campaigns/winter/locations/leith.yaml": "reason: Ours\n",
}

Site = tuple[Brand, Campaign, Template, Location]


def sites(catalog: Catalog) -> Iterator[Site]:
    """Yield every campaign at every location of its brand, selected or not."""
    for brand in catalog.brands.values():
        for campaign in brand.campaigns.values():
            template = template_of(catalog, campaign)
            assert template is not None
            for location in brand.locations.values():
                yield brand, campaign, template, location


def layered(count: int) -> Site:
    files = dict(FILES)
    for index, (_, path, line) in enumerate(LAYERS[:count]):
        files[path] += line % f"from-{index}" + "\n"
    if not count:
        files[LAYERS[0][1]] += "variables: {note: {required: false, lock: location}}\n"
    (site,) = sites(load(MemoryTree(files)))
    return site


@pytest.mark.parametrize("count", range(len(LAYERS) + 1))
def test_the_highest_layer_counts(count: int):
    brand, campaign, template, location = layered(count)
    found = Values(brand, campaign, template).at(location)["note"]
    assert found == (f"from-{count - 1}" if count else None)


def test_explain_names_every_layer_and_its_place():
    note = named(explain(*layered(len(LAYERS))))["note"]
    assert [(item.layer, item.path) for item in note.layers] == [item[:2] for item in LAYERS]
    assert [item.value for item in note.layers] == [f"from-{index}" for index in range(len(LAYERS))]
    assert note.layers[0].at == ("variables", "note", "default")
    assert {item.at for item in note.layers[1:]} == {("values", "note")}
    assert note.value == "from-7"


def test_after_its_until_a_locations_own_file_counts_no_more():
    brand, campaign, template, location = layered(len(LAYERS))
    assert Values(brand, campaign, template).at(location, local=False)["note"] == "from-6"


def named(found: list[Explained]) -> dict[str, Explained]:
    names = {item.name: item for item in found}
    assert len(names) == len(found), "a name is explained twice"
    return names


@cache
def demonstration() -> Catalog:
    """Return the repository's own brands."""
    paths = [ROOT / "storesync.yaml"]
    for folder in ("brands", "templates"):
        paths += sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
    return load(
        MemoryTree({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths})
    )


def test_what_is_explained_is_what_templates_get():
    for brand, campaign, template, location in sites(demonstration()):
        values = Values(brand, campaign, template).at(location)
        explained = named(explain(brand, campaign, template, location))
        for name, variable in variables_of(template).items():
            if name in explained:
                assert convert(variable, explained[name].value) == values[name]
            else:
                assert values[name] is None
        for item in explained.values():
            assert item.value is not None
            assert item.layers


def test_what_is_explained_of_a_location_is_what_templates_see():
    for brand, campaign, template, location in sites(demonstration()):
        seen = own_context(location, location.locales[0])["location"]
        told = {
            item.name.removeprefix("location."): item
            for item in explain(brand, campaign, template, location)
            if item.name.startswith("location.")
        }
        for name, item in told.items():
            if not name.startswith(("hours", "locales", "currency", "names")):
                assert at(seen, name) == item.value, name
        for name in ("name", "timezone", "phone", "address.city", "address.country", "tags"):
            assert (name in told) == bool(at(seen, name)), name


def at(data: Any, name: str) -> Any:
    for part in name.split("."):
        data = data[part]
    return data


def test_what_folders_cannot_pass_on_is_not_explained_by_them():
    files = dict(FILES)
    files["brands/acme/locations/_defaults.yaml"] += "name: All\ngeo: {latitude: 1, longitude: 2}\n"
    (site,) = sites(load(MemoryTree(files)))
    explained = named(explain(*site))
    assert [item.layer for item in explained["location.name"].layers] == ["location"]
    assert "location.geo.latitude" not in explained


def test_hours_are_named_as_they_are_inherited_the_week_as_one_and_each_date():
    files = dict(FILES)
    season = "2027-03-01..2027-06-30: {sun: 11:00-16:00}"
    files["brands/acme/locations/gb/_defaults.yaml"] = (
        f"hours: {{mon-fri: 08:00-18:00, 2026-12-25: closed, 2026-12-26: closed, {season}}}\n"
    )
    own = "hours: {mon-sun: 10:00-16:00, 2026-12-26: 12:00-14:00}\n"
    files["brands/acme/locations/gb/scotland/leith.yaml"] += own
    (site,) = sites(load(MemoryTree(files)))
    seen = {
        name.removeprefix("location.hours"): [layer.layer for layer in item.layers]
        for name, item in named(explain(*site)).items()
        if name.startswith("location.hours")
    }
    assert seen == {
        "": ["folder", "location"],
        ".2026-12-25": ["folder"],
        ".2026-12-26": ["folder", "location"],
        ".2027-03-01..2027-06-30": ["folder"],
    }
    assert named(explain(*site))["location.hours"].value == {"mon-sun": "10:00-16:00"}


def test_tags_add_up_and_each_file_is_named():
    files = dict(FILES)
    files["brands/acme/locations/gb/scotland/leith.yaml"] += "tags: [c, a]\n"
    (site,) = sites(load(MemoryTree(files)))
    tags = named(explain(*site))["location.tags"]
    assert (tags.value, tags.adds_up) == (["a", "b", "c"], True)
    assert [item.value for item in tags.layers] == [["a"], ["b"], ["c", "a"]]


def test_every_placement_of_the_demonstration_has_its_values():
    catalog = demonstration()
    for campaign in catalog.campaigns():
        resolution = resolve(catalog, campaign)
        assert not [item for item in resolution.diagnostics if item.severity == "error"]
        for placement in resolution.placements:
            assert placement.own["location_name"]
            assert placement.locale in placement.locales
