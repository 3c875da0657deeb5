"""A percentage or price of a declared phrase is told on the phrase's own terms, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

FILE = Path(__file__).parents[1] / "cases" / "facts" / "terms.yaml"
GROUPS = yaml.load(FILE.read_bytes(), yaml.CSafeLoader)


def told(kept: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (text, group["locale"], tuple(group["declared"]))
        for group in GROUPS
        for text in group[kept]
    ]


@pytest.mark.parametrize(("text", "locale", "declared"), told("kept"))
def test_who_names_the_terms_may_say_the_amount(text: str, locale: str, declared: tuple[str, ...]):
    assert check(text, locale, Facts(statements=declared, locale=locale)) == []


@pytest.mark.parametrize(("text", "locale", "declared"), told("lost"))
def test_who_leaves_terms_out_or_adds_to_them_does_not(
    text: str, locale: str, declared: tuple[str, ...]
):
    found = check(text, locale, Facts(statements=declared, locale=locale))
    assert any(item.kind.value in {"percent", "money"} for item in found)


def test_what_the_offer_declares_needs_no_terms():
    from storesync.copywriting.facts.declared.gather import Percentage

    facts = Facts(percentages=(Percentage(10, "off"),), statements=("10% off for members",))
    assert check("10% off for everyone", "en", facts) == []


def test_a_phrase_without_terms_founds_its_amount_anywhere():
    assert check("Save 10% on cakes", "en", Facts(statements=("10% off",))) == []
