"""Copy as a layer: which file counts where, what stays, and that nothing else pays for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest
from casefile import base
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.catalog import Catalog
from storesync.catalog.load import load
from storesync.model.slot import COPY, SLOTS, slots_in, strange_in
from storesync.model.template import Variable
from storesync.resolve.copy import Slotted, read_copy
from storesync.resolve.explain import explain
from storesync.resolve.placement import Placement, Resolution, resolve, template_of
from storesync.source.tree import MemoryTree

Make = Callable[..., Catalog]
FOLDER = "brands/acme/campaigns/winter/copy"
LEITH = "brands/acme/campaigns/winter/locations/leith.yaml"
LAVAL = "brands/acme/locations/ca/laval.yaml"
BILINGUAL = (
    "name: Laval\naddress: {street: 3 Rue Principale, city: Laval, country: CA}\n"
    "timezone: America/Toronto\nlocales: [fr-CA, en-CA]\ncurrency: CAD\n"
)
TEMPLATE = "templates/shared/offer/template.yaml"


def winter(catalog: Catalog) -> Resolution:
    return resolve(catalog, catalog.brands["acme"].campaigns["winter"])


def seen(found: Resolution) -> dict[tuple[str, str, str], str]:
    return {
        (item.location.id, item.channel, item.locale): item.shared["headline"]
        for item in found.placements
    }


def words(text: str) -> str:
    return f'values: {{headline: "{text}"}}\n'


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), "Warm hands"),
        (("web.en-GB",), "web.en-GB"),
        (("web.en",), "web.en"),
        (("web.en-US",), "web.en-US"),
        (("web.en-US", "web.en"), "web.en"),
        (("web.en-US", "web.en", "web.en-GB"), "web.en-GB"),
        (("web.fr", "sms.en"), "Warm hands"),
    ],
)
def test_the_nearest_copy_of_the_channel_counts(
    catalog: Make, names: tuple[str, ...], expected: str
):
    made = catalog({f"{FOLDER}/{name}.yaml": words(name) for name in names}, channels="[web, sms]")
    assert seen(winter(made))["leith", "web", "en-GB"] == expected


def test_each_channel_and_language_has_its_own_words(catalog: Make):
    files = {f"{FOLDER}/{name}.yaml": words(name) for name in ("web.en", "web.fr", "sms.en")}
    found = winter(catalog({**files, LAVAL: BILINGUAL}, channels="[web, sms]"))
    assert seen(found) == {
        ("bath", "sms", "en-GB"): "sms.en",
        ("bath", "web", "en-GB"): "web.en",
        ("laval", "sms", "en-CA"): "sms.en",
        ("laval", "sms", "fr-CA"): "Mains au chaud",
        ("laval", "web", "en-CA"): "web.en",
        ("laval", "web", "fr-CA"): "web.fr",
        ("leith", "sms", "en-GB"): "sms.en",
        ("leith", "web", "en-GB"): "web.en",
    }
    assert found.diagnostics == []


def test_one_artifact_with_all_languages_has_the_words_of_each(catalog: Make):
    files = {f"{FOLDER}/{name}.yaml": words(name) for name in ("web.en", "web.fr")}
    files[TEMPLATE] = "name: Offer\nlocales: together\nvariables: {headline: {}}\n"
    made = catalog({**files, LAVAL: BILINGUAL}, offer="{product: tea}")
    (found,) = (item for item in winter(made).placements if item.location.id == "laval")
    assert [item["headline"] for item in found.own["locales"]] == ["web.fr", "web.en"]
    assert found.shared["headline"] == "web.fr"


def test_a_locations_own_value_stays(catalog: Make):
    files = {
        f"{FOLDER}/web.en.yaml": "values: {headline: Copy, note: Of the brand}\n",
        LEITH: "reason: Ours\nvalues: {note: Of Leith}\nuntil: 2026-12-08\n",
    }
    placements = winter(catalog(files)).placements
    notes = [item.shared["note"] for item in placements if item.location.id == "leith"]
    assert notes == ["Of Leith", "Of the brand"]
    assert {item.shared["headline"] for item in placements} == {"Copy", "Mains au chaud"}


def test_no_translation_is_missed_that_copy_gives(catalog: Make):
    only = {"values": "{headline: {en: Warm hands}}"}
    missed = {item.rule for item in winter(catalog(**only)).diagnostics}
    assert missed == {"missing-translation"}
    files = {f"{FOLDER}/web.fr.yaml": words("Mains au chaud")}
    assert winter(catalog(files, **only)).diagnostics == []


def test_a_value_that_only_copy_sets_is_missed_where_it_does_not_reach(catalog: Make):
    files = {f"{FOLDER}/web.en.yaml": words("Warm hands")}
    (found,) = winter(catalog(files, values="")).diagnostics
    assert found.rule == "missing-value"
    assert "needs where there is no copy (1 location, such as laval)" in found.message


def test_contexts_are_shared_with_copy_as_without(catalog: Make):
    plain = winter(catalog(channels="[web, sms]")).placements
    assert len({id(item.shared) for item in at(plain, "leith", "bath")}) == 1
    files = {f"{FOLDER}/web.en.yaml": words("{{ city }} and {{ location_name }}")}
    found = winter(catalog(files, channels="[web, sms]")).placements
    contexts = {(item.channel, id(item.shared)) for item in at(found, "leith", "bath")}
    assert sorted(channel for channel, _ in contexts) == ["sms", "web"]
    assert {item.channel for item in found if COPY in item.shared} == {"web"}


def at(placements: list[Placement], *locations: str) -> list[Placement]:
    return [item for item in placements if item.location.id in locations]


def test_a_broken_copy_file_breaks_its_campaign_alone(catalog: Make):
    sound = catalog()
    other = "brands/acme/campaigns/other/campaign.yaml"
    texts = dict(base())
    texts[other] = texts["brands/acme/campaigns/winter/campaign.yaml"]
    for name, text in (("web.en", "values: {headline: [}"), ("fax.en", words("Hello"))):
        found = load(MemoryTree({**texts, f"{FOLDER}/{name}.yaml": text})).brands["acme"]
        assert found.broken_campaigns == {"winter"}
        assert found.campaigns.keys() == sound.brands["acme"].campaigns.keys() | {"other"}


def test_explain_tells_where_copy_applies(catalog: Make):
    files = {
        f"{FOLDER}/web.en.yaml": words("On the page"),
        f"{FOLDER}/sms.en.yaml": "values: {note: {vary: [A, B, C]}}\n",
        LEITH: "reason: Ours\nvalues: {note: Own}\n",
    }
    made = catalog(files, channels="[web, sms]")
    brand = made.brands["acme"]
    campaign = brand.campaigns["winter"]
    template = template_of(made, campaign)
    assert template is not None
    leith, bath = (
        {item.name: item for item in explain(brand, campaign, template, brand.locations[name])}
        for name in ("leith", "bath")
    )
    (told,) = leith["headline"].copies
    assert (told.channel, told.locale, told.value) == ("web", "en-GB", "On the page")
    assert (told.source.path, told.source.at) == (f"{FOLDER}/web.en.yaml", ("values", "headline"))
    assert [layer.layer for layer in leith["headline"].layers] == ["campaign"]
    assert leith["note"].copies == (), "its own words stand"
    (told,) = bath["note"].copies
    assert told.option is not None
    assert (told.value, told.option.of) == ("ABC"[told.option.number - 1], 3)
    assert told.source.at == ("values", "note", "vary", told.option.number - 1)
    assert bath["note"].layers == (told.source,), "nothing else sets it"


def test_explain_tells_what_placements_show_on_a_channel(catalog: Make):
    files = {f"{FOLDER}/web.en.yaml": "values: {headline: {vary: [A, B]}, note: Here}\n"}
    made = catalog(files, channels="[web, sms]")
    brand = made.brands["acme"]
    campaign = brand.campaigns["winter"]
    template = template_of(made, campaign)
    assert template is not None
    for item in winter(made).placements:
        side = (item.channel, item.locale)
        found = explain(brand, campaign, template, item.location, side)
        told = {one.name: one for one in found}
        text = told["headline"].value
        shown = text if isinstance(text, str) else text[item.locale[:2]]
        assert shown == item.shared["headline"]
        is_copy = side == ("web", "en-GB")
        assert (told["headline"].layers[-1].layer == "copy") == is_copy
        assert ("note" in told) == is_copy


PIECES = st.sampled_from(["{{ price }}", "{{", "}}", "{", "}", " ", "%", "£", "price", "{{ x }}"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), min_size=1).map("".join))
def test_a_text_of_copy_is_taken_as_it_is_or_refused_with_words(text: str):
    variable = Variable(maxLength=40)
    try:
        read = read_copy(variable, text, "copy.yaml", {})
    except ValueError as error:
        read = None
        said = str(error)
    if read is None:
        assert said
    elif isinstance(read, Slotted):
        assert (read.text, read.longest) == (text, 40)
        assert {slot.name for slot in slots_in(text)} <= SLOTS.keys()
    else:
        assert read == text
        assert not slots_in(text)


def test_looking_for_slots_takes_time_in_proportion():
    variable = Variable(maxLength=20_000)
    for text in ("{{" * 10_000, "{ " * 10_000, "{{ " * 6_000, "{{ price }}" * 1_800, "{" * 20_000):
        begin = time.process_time()
        strange_in(text)
        with contextlib.suppress(ValueError):
            read_copy(variable, text, "copy.yaml", {})
        assert time.process_time() - begin < 0.3
