"""From a tree to a catalog: inheritance, what is broken, the cache, and progress."""

from __future__ import annotations

from typing import Any

import pytest
from casefile import base

from storesync.catalog.catalog import Catalog, folders_above
from storesync.catalog.load import load
from storesync.catalog.locate import locate
from storesync.diagnostics import Diagnostic
from storesync.source.tree import MemoryTree

GB = "brands/acme/locations/gb"
WINTER = "brands/acme/campaigns/winter"


def catalog(**changes: str) -> Catalog:
    return load(MemoryTree({**base(), **changes}))


def data(own: str, **defaults: str) -> dict[str, Any]:
    """Return the data of a location in gb/north under folders with some defaults."""
    files = {f"brands/acme/locations/{path}_defaults.yaml": text for path, text in defaults.items()}
    files |= {f"{GB}/north/york.yaml": own}
    found = catalog(**files)
    assert not found.diagnostics
    return dict(found.brands["acme"].locations["york"].data)


def test_folders_from_the_top():
    assert folders_above("") == [""]
    assert folders_above("us/texas") == ["", "us", "us/texas"]


def test_what_is_nearer_counts():
    found = data(
        "name: York\naddress: {city: York, region: Yorkshire}\nphone: '+441904000000'\n",
        **{
            "": "address: {country: CA, region: All}\ntimezone: America/Toronto\nphone: '+14160'\n",
            "gb/": "address: {country: GB}\ntimezone: Europe/London\n",
            "gb/north/": "website: https://example.com/north\n",
        },
    )
    assert found["address"] == {"country": "GB", "region": "Yorkshire", "city": "York"}
    assert (found["timezone"], found["phone"]) == ("Europe/London", "+441904000000")
    assert found["website"] == "https://example.com/north"


def test_tags_add_up_and_values_merge_by_key():
    found = data(
        "name: York\ntags: [c, a]\nvalues: {y: own}\nattributes: {seats: '40'}\n",
        **{
            "": "tags: [a]\nvalues: {x: all, y: all}\n",
            "gb/north/": "tags: [b]\nattributes: {a: b}\n",
        },
    )
    assert found["tags"] == ["a", "b", "c"]
    assert found["values"] == {"x": "all", "y": "own"}
    assert found["attributes"] == {"a": "b", "seats": "40"}


@pytest.mark.parametrize(
    ("own", "hours"),
    [
        ("", {"mon-fri": "08:00-18:00", "2026-12-25": "closed"}),
        ("hours: {sat: closed}\n", {"sat": "closed", "2026-12-25": "closed"}),
        (
            "hours: {2026-12-26: closed}\n",
            {"mon-fri": "08:00-18:00", "2026-12-25": "closed", "2026-12-26": "closed"},
        ),
        (
            "hours: {2026-12-25: 10:00-12:00}\n",
            {"mon-fri": "08:00-18:00", "2026-12-25": "10:00-12:00"},
        ),
    ],
)
def test_weekly_hours_are_replaced_as_one_and_special_days_add_up(own: str, hours: dict[str, str]):
    folder = "hours: {mon-fri: 08:00-18:00, 2026-12-25: closed}\n"
    assert data(f"name: York\n{own}", **{"gb/north/": folder})["hours"] == hours


def test_what_belongs_to_one_location_is_not_inherited():
    folder = "name: All\nnames: {en: All}\ngeo: {latitude: 1, longitude: 2}\nnotes: Ours\n"
    found = data("name: York\n", **{"gb/north/": folder})
    assert found["name"] == "York"
    assert not {"names", "geo", "notes"} & found.keys()


def test_a_brand_gives_languages_and_currency():
    brand = catalog(**{f"{GB}/_defaults.yaml": "address: {country: GB}\ntimezone: Europe/London\n"})
    leith = brand.brands["acme"].locations["leith"]
    assert (leith.locales, leith.currency) == (("en-GB", "fr-CA"), "GBP")


@pytest.mark.parametrize(
    ("path", "text", "locations", "campaigns"),
    [
        (f"{GB}/leith.yaml", "nam: Leith\n", {"leith"}, set()),
        (f"{GB}/leith.yaml", "name: [\n", {"leith"}, set()),
        (f"{GB}/leith.yaml", "", {"leith"}, set()),
        (f"{GB}/leith.yaml", "address: {city: Leith}\n", {"leith"}, set()),
        (f"{GB}/_defaults.yaml", "timezone: Nowhere\n", {"leith", "bath"}, set()),
        ("brands/acme/locations/_defaults.yaml", "tags: a\n", {"leith", "bath", "laval"}, set()),
        (f"{GB}/con.yaml", "name: Con\n", {"con"}, set()),
        (f"{WINTER}/campaign.yaml", "name: Winter\n", set(), {"winter"}),
        (f"{WINTER}/locations/leith.yaml", "participation: perhaps\n", set(), {"winter"}),
        (f"{WINTER}/results.yaml", "source: Till\n", set(), set()),
    ],
)
def test_what_is_broken_is_named_and_not_absent(
    path: str, text: str, locations: set[str], campaigns: set[str]
):
    found = catalog(**{path: text})
    assert found.diagnostics
    brand = found.brands["acme"]
    assert brand.broken_locations == locations
    assert brand.broken_campaigns == campaigns


def test_what_was_not_read_of_a_large_file_is_not_missing():
    large = f"name: A\nnotes: {'x' * 300_000}\ntemplate: shared/t\n"
    found = catalog(**{f"{WINTER}/campaign.yaml": large}).diagnostics
    assert [item.rule for item in found] == ["yaml-size"]


def test_a_broken_brand_or_template_leaves_its_place():
    found = catalog(**{"brands/acme/brand.yaml": "name: Acme\n"})
    assert found.brands["acme"].file is None
    assert found.brands["acme"].locations.keys() == {"bath", "laval", "leith"}
    found = catalog(**{"templates/shared/offer/template.yaml": "nam: Offer\n"})
    assert found.broken_templates == {"shared/offer"}
    assert not found.templates


class Cache(dict[str, Any]):
    """Documents by the id of their bytes, and how often one was asked for in vain."""

    misses = 0

    def keeps(self, kind: str) -> bool:
        return kind in {"location", "defaults"}

    def get(self, content: str) -> Any:  # type: ignore[override] - a cache has no default
        found = super().get(content)
        self.misses += found is None
        return found

    def put(self, content: str, data: Any) -> None:
        self[content] = data


def test_with_a_cache_the_catalog_is_the_same():
    cache = Cache()
    tree = MemoryTree(base())
    cold = load(tree, cache)
    assert (cache.misses, len(cache)) == (5, 5)
    warm = load(tree, cache)
    assert cache.misses == 5
    assert warm == cold == load(tree)


def test_what_is_wrong_is_not_remembered():
    cache = Cache()
    tree = MemoryTree(
        {
            **base(),
            f"{GB}/leith.yaml": "name: 1984\n",
            f"{GB}/Bad Name.yaml": "name: Bad\n",
            f"{GB}/york.yaml": "nam: York\n",
        }
    )
    first, second = load(tree, cache), load(tree, cache)
    assert first.diagnostics == second.diagnostics
    assert first._replace(parsed=None) == second._replace(parsed=None)
    assert len(cache) == 4


def test_a_sound_file_under_a_bad_name_stays_bad_when_its_bytes_are_known():
    cache = Cache()
    load(MemoryTree(base()), cache)
    tree = MemoryTree({**base(), f"{GB}/Bad Name.yaml": base()[f"{GB}/leith.yaml"]})
    assert load(tree, cache).brands["acme"].locations.keys() == {"bath", "laval", "leith"}


def test_progress_counts_every_file():
    for cache in (None, Cache()):
        counts: list[int] = []
        load(MemoryTree(base()), cache, counts.append)
        assert sum(counts) == len([path for path in base() if path.endswith(".yaml")])


def test_places_are_found_once_and_sorted():
    tree = MemoryTree({"brands/a/brand.yaml": "name: A\nlocales: [en, x]\n"})
    found = [
        Diagnostic("b", "m", "brands/a/brand.yaml", ("locales", 1)),
        Diagnostic("a", "m", "brands/a/brand.yaml", ("locales", 1)),
        Diagnostic("a", "m", "brands/a/brand.yaml", ("locales", 1)),
        Diagnostic("c", "m", "brands/a/brand.yaml", ("nothing", "here")),
        Diagnostic("d", "m", "brands/a/gone.yaml", ("name",)),
        Diagnostic("e", "m", "brands/a/brand.yaml", line=7),
        Diagnostic("f", "m", "templates/a/b/web.html.j2"),
    ]
    assert [(item.rule, item.line, item.column) for item in locate(found, tree)] == [
        ("c", 1, 1),
        ("a", 2, 15),
        ("b", 2, 15),
        ("e", 7, 0),
        ("d", 0, 0),
        ("f", 0, 0),
    ]
