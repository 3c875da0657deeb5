"""Placements: languages, participation, own values that end, and what templates see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storesync.catalog.catalog import Catalog
from storesync.resolve.placement import Placement, Resolution, resolve
from storesync.resolve.select import selected

Make = Callable[..., Catalog]
LAVAL = "brands/acme/locations/ca/laval.yaml"
LEITH = "brands/acme/campaigns/winter/locations/leith.yaml"
TEMPLATE = "templates/shared/offer/template.yaml"
BILINGUAL = (
    "name: Laval\nnames: {en: Laval in English}\naddress: {city: Laval, country: CA}\n"
    "timezone: America/Toronto\nlocales: [fr-CA, en-CA]\ncurrency: CAD\n"
)


def winter(catalog: Catalog) -> Resolution:
    return resolve(catalog, catalog.brands["acme"].campaigns["winter"])


def at(resolution: Resolution, location: str) -> list[Placement]:
    return [item for item in resolution.placements if item.location.id == location]


def test_each_language_is_a_placement_main_one_first(catalog: Make):
    found = at(winter(catalog({LAVAL: BILINGUAL})), "laval")
    assert [(item.locale, item.locales) for item in found] == [
        ("fr-CA", ("fr-CA",)),
        ("en-CA", ("en-CA",)),
    ]
    assert [item.shared["headline"] for item in found] == ["Mains au chaud", "Warm hands"]
    assert [item.shared["product_name"] for item in found] == ["Thé", "Tea"]
    assert [item.shared["t"]["until"] for item in found] == ["jusqu\u2019au", "until"]
    assert [item.own["location_name"] for item in found] == ["Laval", "Laval in English"]
    assert [item.own["location"]["name"] for item in found] == ["Laval", "Laval in English"]


def test_all_languages_together_are_one_placement(catalog: Make):
    template = catalog().templates["shared/offer"]
    assert template.file.locales == "separate"
    together = {
        LAVAL: BILINGUAL,
        TEMPLATE: "name: Offer\nlocales: together\nvariables: {headline: {}}\n",
    }
    (found,) = at(winter(catalog(together, offer="{product: tea}")), "laval")
    assert (found.locale, found.locales) == ("fr-CA", ("fr-CA", "en-CA"))
    assert [item["headline"] for item in found.own["locales"]] == ["Mains au chaud", "Warm hands"]
    assert found.shared["headline"] == "Mains au chaud"
    assert found.own["location_names"] == {"fr-CA": "Laval", "en-CA": "Laval in English"}


def test_legal_texts_of_folders_stand_in_each_language_of_one_artifact(catalog: Make):
    together = {
        LAVAL: BILINGUAL,
        "brands/acme/locations/ca/_defaults.yaml": (
            "legal: {terms: {fr: Au Canada, en: In Canada}}\n"
        ),
        TEMPLATE: "name: Offer\nlocales: together\nvariables: {headline: {}}\n",
    }
    (found,) = at(winter(catalog(together)), "laval")
    assert [item["legal"]["terms"] for item in found.own["locales"]] == ["Au Canada", "In Canada"]


def test_a_campaign_may_be_for_some_languages(catalog: Make):
    resolution = winter(catalog({LAVAL: BILINGUAL}, locales="[en-CA]"))
    assert [(item.location.id, item.locale) for item in resolution.placements] == [
        ("laval", "en-CA")
    ]
    assert {item.location: item.reason for item in resolution.skipped} == {
        "bath": "speaks en-GB, the campaign en-CA",
        "leith": "speaks en-GB, the campaign en-CA",
    }


def test_a_location_without_languages_speaks_its_brands(catalog: Make):
    found = at(
        winter(catalog({LAVAL: BILINGUAL.replace("locales: [fr-CA, en-CA]\n", "")})), "laval"
    )
    assert [item.locale for item in found] == ["en-GB", "fr-CA"]


IN, OUT = "participation: in\nreason: We like it\n", "participation: out\nreason: No room\n"


@pytest.mark.parametrize(
    ("participation", "answer", "reason"),
    [
        ("mandatory", None, ""),
        ("mandatory", OUT, ""),
        ("mandatory", IN, ""),
        ("opt_out", None, ""),
        ("opt_out", IN, ""),
        ("opt_out", OUT, "opted out: No room"),
        ("opt_in", None, "no answer yet, opt-in by 2026-11-30"),
        ("opt_in", IN, ""),
        ("opt_in", OUT, "opted out: No room"),
        ("opt_in", "reason: Hm\nvalues: {note: Ours}\n", "no answer yet, opt-in by 2026-11-30"),
    ],
)
def test_participation(catalog: Make, participation: str, answer: str | None, reason: str):
    files = {LEITH: answer} if answer else {}
    resolution = winter(catalog(files, participation=participation, answer_by="2026-11-30"))
    skips = {item.location: item.reason for item in resolution.skipped}
    assert skips.get("leith", "") == reason
    assert bool(at(resolution, "leith")) == (not reason)


def test_a_cancelled_campaign_is_nowhere(catalog: Make):
    resolution = winter(catalog(cancelled="It rained"))
    assert not resolution.placements
    assert {item.reason for item in resolution.skipped} == {"campaign cancelled: It rained"}
    assert resolution.selected == 3


def test_own_values_end_and_the_campaigns_come_back(catalog: Make):
    own = "reason: Ours\noffer: {discount_percentage: 25}\nuntil: 2026-12-08\n"
    first, second = at(winter(catalog({LEITH: own})), "leith")
    assert (first.shared["discount_percentage"], second.shared["discount_percentage"]) == (25, 20)
    assert first.after is second.until is None
    assert str(first.until) == str(second.after) == "2026-12-08"
    assert first.shared["offer"]["discount_percentage"] == 25


def test_an_until_without_values_splits_nothing(catalog: Make):
    own = "participation: in\nreason: Ours\nuntil: 2026-12-08\n"
    (found,) = at(winter(catalog({LEITH: own})), "leith")
    assert found.after is found.until is None


def test_what_many_locations_share_is_one_object(catalog: Make):
    found = {item.location.id: item.shared for item in winter(catalog()).placements}
    assert found["leith"] is found["bath"]
    assert found["leith"] is not found["laval"]


def test_what_a_template_sees(catalog: Make):
    (found,) = at(winter(catalog()), "leith")
    seen = {**found.shared, **found.own}
    assert seen["brand_name"] == seen["brand"]["name"] == "Acme"
    assert seen["campaign_name"] == "Winter"
    assert (seen["product"], seen["product_name"]) == ("tea", "Tea")
    assert seen["city"] == seen["location"]["address"]["city"] == "Edinburgh"
    assert seen["location"]["tags"] == ["high-street"]
    assert seen["location"]["phone"] is None
    assert seen["location"]["address"]["postcode"] is None
    assert seen["offer"]["code"] is None
    assert seen["legal"]["terms"] == "While stocks last."
    assert (seen["locale"], seen["currency"]) == ("en-GB", "GBP")
    assert not {"notes", "waive", "formerly", "values", "legal"} & seen["location"].keys()


def test_a_folders_legal_text_goes_before_the_brands(catalog: Make):
    defaults = "brands/acme/locations/ca/_defaults.yaml"
    files = {LAVAL: BILINGUAL, defaults: "legal: {terms: {fr: Ici., en: Here.}}\n"}
    resolution = winter(catalog(files))
    assert [item.own["legal"]["terms"] for item in at(resolution, "laval")] == ["Ici.", "Here."]
    assert all("legal" not in item.own for item in at(resolution, "leith"))


def test_a_locations_own_legal_text_is_none(catalog: Make):
    files = {LAVAL: BILINGUAL + "legal: {terms: {fr: Ici., en: Here.}}\n"}
    found = at(winter(catalog(files)), "laval")
    assert "Ici." not in {item.shared["legal"]["terms"] for item in found}
    assert all("legal" not in item.own for item in found)


@pytest.mark.parametrize(
    ("select", "ids"),
    [
        ("", "bath laval leith"),
        ("[{folder: gb}]", "bath leith"),
        ("[{folder: g}]", ""),
        ("[{tags: [high-street]}]", "bath laval leith"),
        ("[{tags: [high-street, garden]}]", "bath"),
        ("[{countries: [CA, US]}]", "laval"),
        ("[{attributes: {format: kiosk}}]", "leith"),
        ("[{attributes: {format: [kiosk, truck]}}]", "leith"),
        ("[{attributes: {format: truck}}]", ""),
        ("[{ids: [bath, laval]}]", "bath laval"),
        ("[{folder: gb, tags: [garden]}, {ids: [laval]}]", "bath laval"),
        ("[{folder: gb, except: [leith]}]", "bath"),
        ("[{folder: gb, except: [{tags: [garden]}, leith]}]", ""),
        # An exception takes out of its own selector, not of the others.
        ("[{folder: gb, except: [leith]}, {ids: [leith]}]", "bath leith"),
        ("[{except: [{folder: gb}]}]", "laval"),
    ],
)
def test_selectors(catalog: Make, select: str, ids: str):
    made = catalog(select=select)
    brand = made.brands["acme"]
    found = selected(brand, brand.campaigns["winter"])
    assert [item.id for item in found] == ids.split()


def test_folders_end_at_a_slash(catalog: Make):
    york = "name: York\naddress: {country: GB}\ntimezone: Europe/London\n"
    files = {"brands/acme/locations/gb-north/york.yaml": york}
    brand = catalog(files, select="[{folder: gb}]").brands["acme"]
    assert [item.id for item in selected(brand, brand.campaigns["winter"])] == ["bath", "leith"]
