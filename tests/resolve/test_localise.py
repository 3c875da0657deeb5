"""Texts in a language and amounts in a currency, and what they fall back on."""

from __future__ import annotations

import pytest

from storesync.model.template import Variable
from storesync.resolve.localise import localise, translated


@pytest.mark.parametrize(
    ("texts", "locale", "fallbacks", "text", "exact"),
    [
        ("Tea", "fr-CA", (), "Tea", True),
        (None, "fr-CA", (), None, True),
        ({"fr-CA": "a", "fr": "b"}, "fr-CA", (), "a", True),
        ({"fr": "b", "fr-FR": "c"}, "fr-CA", (), "b", True),
        ({"en": "e", "fr-FR": "c"}, "fr-CA", (), "c", True),
        ({"fr-CA": "a"}, "fr", (), "a", True),
        ({"zh-Hant-TW": "t"}, "zh-Hant-HK", (), "t", True),
        ({"en-GB": "e", "de": "d"}, "fr-CA", ("fr-CA", "de-DE", "en-GB"), "d", False),
        ({"en-GB": "e", "de": "d"}, "fr-CA", (), "e", False),
        ({}, "fr-CA", ("en-GB",), None, False),
    ],
)
def test_translations(texts, locale, fallbacks, text, *, exact: bool):
    assert translated(texts, locale, fallbacks) == (text, exact)


def test_values_by_language_and_currency():
    values = {
        "plain": "Tea",
        "number": 5,
        "headline": {"en": "Warm", "fr": "Chaud"},
        "gaelic": {"gd": "Blàth"},
        "price": {"GBP": "2.00", "CAD": "3.50"},
        "dear": {"GBP": "9.00"},
        "amount": "1.50",
        "unset": None,
    }
    money = Variable.model_validate({"type": "money"})
    text = Variable.model_validate({})
    variables = {name: money if name in {"price", "dear", "amount"} else text for name in values}
    flat, untranslated, unpriced = localise(values, variables, "fr-CA", "CAD", ("fr-CA",))
    assert flat == {
        "plain": "Tea",
        "number": 5,
        "headline": "Chaud",
        "gaelic": "Blàth",
        "price": "3.50",
        "dear": None,
        "amount": "1.50",
        "unset": None,
    }
    assert (untranslated, unpriced) == (["gaelic"], ["dear"])
