"""Which locations a campaign selects, held against asking each location about each selector."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.catalog import Brand, Campaign, Location
from storesync.model.campaign import CampaignFile
from storesync.resolve.select import matches, selected

NAMES = st.sampled_from(["a", "b", "c", "d"])
FOLDERS = st.sampled_from(["", "us", "us/texas", "us-virgin", "ca"])
COUNTRIES = st.sampled_from(["US", "CA"])


def location(name: str, folder: str, country: str, tags: list[str], size: str) -> Location:
    data = {"tags": tags, "attributes": {"size": size}} if size else {}
    path = f"brands/x/locations/{folder}/{name}.yaml"
    zone = "America/Chicago"
    return Location(name, "x", path, folder, data, {}, zone, country, "", ("en-US",), "USD")


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, Any]:
    every = {
        "ids": st.lists(NAMES, min_size=1, max_size=3),
        "tags": st.lists(NAMES, min_size=1, max_size=2),
        "folder": FOLDERS.filter(bool),
        "countries": st.lists(COUNTRIES, min_size=1),
        "attributes": st.fixed_dictionaries({"size": st.sampled_from(["s", ["s", "m"]])}),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(every)), min_size=1, max_size=3))
    return {name: draw(every[name]) for name in sorted(chosen)}


@st.composite
def selectors(draw: st.DrawFn) -> dict[str, Any]:
    exceptions = draw(st.lists(NAMES | criteria(), max_size=2))
    return draw(criteria()) | ({"except": exceptions} if exceptions else {})


@given(
    st.dictionaries(
        NAMES,
        st.tuples(FOLDERS, COUNTRIES, st.lists(NAMES, max_size=3), st.sampled_from(["", "s", "l"])),
    ),
    st.lists(selectors(), max_size=3),
)
def test_the_same_as_asking_every_location(places, select):
    locations = {name: location(name, *rest) for name, rest in places.items()}
    fields = {
        "name": "x",
        "template": "shared/t",
        "flight": {"start": "2026-11-01"},
        "channels": ["web"],
    }
    file = CampaignFile.model_validate({**fields, **({"select": select} if select else {})})
    brand = Brand("x", "brands/x/brand.yaml", None, {}, locations, {})
    found = selected(brand, Campaign("c", "x", "c.yaml", file, {}))
    assert found == [
        locations[name]
        for name in sorted(locations)
        if not select or any(matches(item, locations[name]) for item in file.select)
    ]
