"""Which values state a fact."""

from __future__ import annotations

import pytest

from storesync.approval.facts import Meaning, meaning
from storesync.catalog.catalog import Template
from storesync.model.template import TemplateFile


def declared(**variables: dict[str, object]) -> Template:
    file = TemplateFile.model_validate({"name": "Offer", "variables": variables})
    return Template("shared/offer", "templates/shared/offer/template.yaml", file, frozenset())


def of(*claims: str, **variables: dict[str, object]) -> Meaning:
    return meaning([declared(**variables)], claims)


@pytest.mark.parametrize(
    "text",
    [
        "2 for one",
        "٣ أيام",
        "½ off",
        "from £",
        "ten %",
        "Half price",
        "HALF\u00a0PRICE now",
        "(half price)",
    ],
)
def test_a_text_that_says_a_fact(text: str):
    assert of("Half Price", headline={}).is_fact("headline", "Hello", text)


@pytest.mark.parametrize("text", ["Warm hands", "Mains au chaud – à bientôt!", "half prices", ""])
def test_a_text_that_says_none(text: str):
    assert not of("half price", headline={}).is_fact("headline", text)


@pytest.mark.parametrize(
    "variable",
    [
        {"type": "integer"},
        {"type": "number"},
        {"type": "money"},
        {"type": "date"},
        {"unit": "minutes"},
        {"fact": True},
    ],
)
def test_what_always_is_one(variable: dict[str, object]):
    means = of(value=variable)
    assert means.is_fact("value", "x", None)
    assert not means.is_fact("value", None, None)
    assert not means.is_words("value")


def test_an_offer_is_one_though_no_template_declares_it():
    means = of()
    assert all(means.is_fact(name, "1") for name in ("price", "code", "discount_percentage"))


@pytest.mark.parametrize("variable", [{"type": "url"}, {"type": "boolean"}, {"enum": ["a", "b"]}])
def test_what_is_neither_a_fact_nor_words(variable: dict[str, object]):
    means = of(value=variable)
    assert not means.is_fact("value", "a")
    assert not means.is_words("value")


def test_a_template_may_say_that_figures_state_nothing():
    means = of(directions={"fact": False})
    assert means.is_words("directions")
    assert not means.is_fact("directions", "3rd floor")


def test_a_change_cannot_declare_itself_harmless():
    before, after = (
        declared(price={"type": "money"}, floor={}),
        declared(price={"fact": False}, floor={"fact": False}),
    )
    means = meaning([before, after], [])
    assert means.is_fact("price", "3")
    assert means.is_fact("floor", "3rd")


def test_what_was_no_text_before_is_no_words_now():
    means = meaning([declared(link={"type": "url"}), declared(link={})], [])
    assert not means.is_words("link")


@pytest.mark.parametrize(
    ("text", "is_fact"),
    [
        ("{{ discount_percentage }} off", True),
        ("Until {{ flight_end }}", True),
        ("{{ points }} points", True),
        ("Call {{ phone }}", True),
        ("{{ product_name }} at {{ location_name }} in {{ city }}, says {{ brand_name }}", False),
    ],
)
def test_a_slot_for_a_figure_states_one(text: str, is_fact: bool):
    means = of(directions={"fact": False}, headline={})
    assert means.is_fact("headline", "Hello", text) == is_fact
    assert means.is_fact("directions", text, "Hello") == is_fact
