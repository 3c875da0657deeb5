"""Which of several texts a location shows: always the same one, and few move when one is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.catalog import Catalog
from storesync.resolve.placement import resolve
from storesync.resolve.vary import choose

Make = Callable[..., Catalog]
SHOPS = [f"shop-{number}" for number in range(4_000)]
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True)


@given(NAMES, NAMES, NAMES, NAMES, st.integers(2, 49))
def test_one_option_more_takes_from_all_and_moves_nobody_else(
    brand: str, campaign: str, location: str, variable: str, count: int
):
    ids = (brand, campaign, location)
    before, after = (choose(ids, variable, size) for size in (count, count + 1))
    assert 0 <= before < count
    assert after in {before, count}


@pytest.mark.parametrize("count", [2, 3, 4, 9])
def test_a_new_option_takes_its_share(count: int):
    def chosen(size: int) -> list[int]:
        return [choose(("acme", "winter", shop), "message", size) for shop in SHOPS]

    moved = sum(one != two for one, two in zip(chosen(count), chosen(count + 1), strict=True))
    share = len(SHOPS) / (count + 1)
    assert abs(moved - share) < 4 * share**0.5, "four standard deviations, and it is no chance"
    sizes = Counter(chosen(count)).values()
    assert min(sizes) > len(SHOPS) / count * 0.85


def test_the_choice_is_the_same_in_every_process_and_version():
    found = [choose(("acme", "winter", shop), "message", 3) for shop in SHOPS[:12]]
    assert found == [2, 2, 1, 1, 0, 2, 0, 1, 2, 2, 2, 2], "customers' pages would all change"


def test_variables_campaigns_and_brands_choose_by_themselves():
    def column(brand: str, campaign: str, variable: str) -> tuple[int, ...]:
        return tuple(choose((brand, campaign, shop), variable, 3) for shop in SHOPS[:40])

    ids = [("a", "b", "c"), ("a", "b", "d"), ("a", "c", "c"), ("b", "b", "c"), ("ab", "", "c")]
    assert len({column(*each) for each in ids}) == len(ids)


BILINGUAL = (
    "name: Laval\naddress: {street: 3 Rue Principale, city: Laval, country: CA}\n"
    "timezone: America/Toronto\nlocales: [fr-CA, en-CA]\ncurrency: CAD\n"
)


def test_a_location_says_the_same_in_each_language_wherever_it_is_set(catalog: Make):
    files = {
        "brands/acme/locations/ca/laval.yaml": BILINGUAL,
        "brands/acme/campaigns/winter/copy/sms.fr.yaml": "values: {note: {vary: [f0, f1, f2]}}\n",
        "brands/acme/campaigns/winter/copy/sms.en.yaml": "values: {note: {vary: [e0, e1, e2]}}\n",
    }
    both = "{vary: [{en: c0, fr: c0}, {en: c1, fr: c1}, {en: c2, fr: c2}]}"
    values = f"{{headline: {{en: Warm hands, fr: Mains au chaud}}, note: {both}}}"
    made = catalog(files, channels="[web, sms]", values=values)
    found = resolve(made, made.brands["acme"].campaigns["winter"])
    shown = {
        (item.channel, item.locale): item.shared["note"]
        for item in found.placements
        if item.location.id == "laval"
    }
    assert len({text[1] for text in shown.values()}) == 1
    assert {key: text[0] for key, text in shown.items()} == {
        ("web", "fr-CA"): "c",
        ("web", "en-CA"): "c",
        ("sms", "fr-CA"): "f",
        ("sms", "en-CA"): "e",
    }


@pytest.mark.parametrize("place", ["brand", "folder", "location", "campaign", "override"])
def test_every_layer_may_vary_its_texts(catalog: Make, place: str):
    paths = {
        "brand": "brands/acme/brand.yaml",
        "folder": "brands/acme/locations/gb/_defaults.yaml",
        "location": "brands/acme/locations/gb/leith.yaml",
        "campaign": "brands/acme/campaigns/winter/campaign.yaml",
        "override": "brands/acme/campaigns/winter/locations/leith.yaml",
    }
    from casefile import base

    line = "note: {vary: [A, B]}"
    text = base().get(paths[place], "reason: Ours\n")
    if place == "campaign":
        text = text.replace("values: {", f"values: {{{line}, ")
    else:
        text += f"values: {{{line}}}\n"
    made = catalog({paths[place]: text})
    found = resolve(made, made.brands["acme"].campaigns["winter"])
    assert found.diagnostics == []
    (note,) = (item.shared["note"] for item in found.placements if item.location.id == "leith")
    assert note == "AB"[choose(("acme", "winter", "leith"), "note", 2)]


def test_locations_that_choose_the_same_share_a_context(catalog: Make):
    shops = {
        f"brands/acme/locations/gb/{shop}.yaml": f"name: {shop}\naddress: {{city: Bath}}\n"
        for shop in SHOPS[:200]
    }
    values = "{headline: {vary: [One, Two, Three]}, note: {vary: [A, B]}}"
    made = catalog(shops, values=values)
    found = resolve(made, made.brands["acme"].campaigns["winter"]).placements
    british = [item for item in found if item.locale == "en-GB"]
    assert len(british) == 202
    assert len({id(item.shared) for item in british}) == 6
