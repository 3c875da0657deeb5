"""What stands for slots, in several languages, and what is said where it cannot be filled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.slot import COPY, FORMS, SLOTS, strange_in
from storesync.render.slots import SlotError, fill, fill_copy, slots_in

CONTEXT: dict[str, Any] = {
    "discount_percentage": 20,
    "discount_amount": "3",
    "price": "4.5",
    "regular_price": "6.00",
    "code": "WARM20",
    "product_name": "Flat white",
    "brand_name": "Acme",
    "location_name": "Leith Walk",
    "city": "Edinburgh",
    "currency": "EUR",
    "location": {"phone": "+33142685300", "address": {"country": "FR"}},
    "flight": {"start": "2026-12-01T07:00", "end": "2026-12-24"},
    "points": 2000,
    "weight": "12.50",
    "last_order": "2026-12-20",
    FORMS: {"points": "number", "weight": "money", "last_order": "day"},
}


@pytest.mark.parametrize(
    ("slot", "english", "french", "german"),
    [
        ("discount_percentage", "20%", "20\xa0%", "20\xa0%"),
        ("discount_amount", "€3.00", "3,00\xa0€", "3,00\xa0€"),
        ("price", "€4.50", "4,50\xa0€", "4,50\xa0€"),
        ("regular_price", "€6.00", "6,00\xa0€", "6,00\xa0€"),
        ("code", "WARM20", "WARM20", "WARM20"),
        ("product_name", "Flat white", "Flat white", "Flat white"),
        ("brand_name", "Acme", "Acme", "Acme"),
        ("location_name", "Leith Walk", "Leith Walk", "Leith Walk"),
        ("city", "Edinburgh", "Edinburgh", "Edinburgh"),
        ("phone", "01 42 68 53 00", "01 42 68 53 00", "01 42 68 53 00"),
        ("flight_start", "1 December", "1 décembre", "1. Dezember"),
        (
            "flight_start_weekday",
            "Tuesday 1 December",
            "mardi 1 décembre",
            "Dienstag, 1. Dezember",
        ),
        ("flight_start_time", "07:00", "07:00", "07:00"),
        ("flight_end", "24 December", "24 décembre", "24. Dezember"),
        (
            "flight_end_weekday",
            "Thursday 24 December",
            "jeudi 24 décembre",
            "Donnerstag, 24. Dezember",
        ),
        ("points", "2,000", "2\N{NARROW NO-BREAK SPACE}000", "2.000"),
        ("weight", "€12.50", "12,50\xa0€", "12,50\xa0€"),
        ("last_order", "20 December", "20 décembre", "20. Dezember"),
    ],
)
def test_a_slot_is_written_as_the_language_does(slot: str, english: str, french: str, german: str):
    text = f"a {{{{ {slot} }}}} b {{{{{slot}}}}}"
    written = [fill(text, CONTEXT, locale) for locale in ("en-GB", "fr-FR", "de-DE")]
    assert written == [f"a {one} b {one}" for one in (english, french, german)]


@pytest.mark.parametrize(
    ("slot", "context", "said"),
    [
        ("nonsense", {}, "there is no slot {{ nonsense }}"),
        ("location", {}, "there is no slot {{ location }}"),
        ("price", {"price": None}, "{{ price }} has no value"),
        ("phone", {"location": {"phone": None}}, "{{ phone }} has no value"),
        ("flight_end", {"flight": {"start": "2026-12-01"}}, "{{ flight_end }} has no value"),
        ("flight_end_time", {}, "the flight is written without a time there"),
        ("price", {"price": "much"}, '"much" is not a number'),
        ("phone", {"location": {"phone": "call us"}}, '"call us" is not a phone number'),
    ],
)
def test_a_slot_that_cannot_be_filled_is_an_error(slot: str, context: dict[str, Any], said: str):
    with pytest.raises(SlotError) as error:
        fill(f"{{{{ {slot} }}}}", {**CONTEXT, **context}, "en-GB")
    assert said in error.value.message


def test_every_slot_is_in_the_test_above_or_needs_a_time():
    shown = {name for name in SLOTS if fill(f"{{{{ {name} }}}}", _timed(), "en-GB")}
    assert shown == set(SLOTS)


def _timed() -> dict[str, Any]:
    flight = {"start": "2026-12-01T07:00", "end": "2026-12-24T21:00"}
    return {**CONTEXT, "flight": flight}


def test_what_is_filled_in_is_not_looked_at_again():
    context = {**CONTEXT, "city": "{{ code }}", "product_name": "{% raw %} \\1 \\g<0>"}
    text = fill("{{ city }}|{{ product_name }}", context, "en-GB")
    assert text == "{{ code }}|{% raw %} \\1 \\g<0>"


def test_every_language_of_an_artifact_is_filled_in_that_language():
    texts = {COPY: {"headline": ["copy.yaml", 0, 100]}, "headline": "{{ discount_percentage }}"}
    both = [{**texts, "locale": locale, "discount_percentage": 5} for locale in ("en", "fr")]
    context = {**CONTEXT, **both[0], "locales": both}
    fill_copy(context)
    assert context["headline"] == "5%"
    assert [one["headline"] for one in context["locales"]] == ["5%", "5\xa0%"]
    assert both[0]["headline"] == "{{ discount_percentage }}", "others share that object"


@pytest.mark.parametrize(("shortest", "longest"), [(0, 2), (4, 100)])
def test_the_bounds_of_a_variable_are_those_of_the_filled_text(shortest: int, longest: int):
    context = {**CONTEXT, "locale": "en-GB", "headline": "{{ discount_percentage }}"}
    context[COPY] = {"headline": ["brands/a/copy/web.en.yaml", shortest, longest]}
    with pytest.raises(SlotError) as error:
        fill_copy(context)
    assert error.value.rule == "out-of-bounds"
    assert error.value.path == "brands/a/copy/web.en.yaml"


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{{ price }} and {{price}}", ""),
        ("no slots, { one } brace, 100 %}"[:-2], ""),
        ("{{ price|money }}", "{{ price|money }}"),
        ("{{ location.address.city }}", "{{ location.address.city }}"),
        ("{{ Price }}", "{{ Price }}"),
        ("{% if x %}", "{% if x %}"),
        ("{# x #}", "{#"),
        ("{{ price", "{{"),
        ("price }}", "}}"),
        ("{{{ price }}}", ""),
    ],
)
def test_what_looks_like_a_template_and_is_no_slot(text: str, strange: str):
    assert strange_in(text) == strange


@given(st.lists(st.one_of(st.text("{}% ab#", max_size=8), st.sampled_from(["price", "code"]))))
def test_slots_slice_the_text_and_the_rest_stays(parts: list[str]):
    text = "{{ price }}".join(parts)
    slots = slots_in(text)
    assert all(text[slot.start : slot.end].strip("{} ") == slot.name for slot in slots)
    known = [slot for slot in slots if slot.name in {"price", "code"}]
    if len(known) == len(slots):
        filled = fill(text, {"price": "1", "code": "x", "currency": "USD"}, "en-US")
        assert len(filled) == len(text) + sum(
            len("$1.00" if slot.name == "price" else "x") - (slot.end - slot.start)
            for slot in slots
        )
