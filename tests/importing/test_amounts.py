"""Numbers as people and spreadsheets write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.importing.amounts import is_unknown, read_amount, read_count


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1234.5", "1234.5", ""),
        ("1,234.50", "1234.50", ""),
        ("1.234,50 €", "1234.50", "EUR"),
        ("€ 1.234.567", "1234567", "EUR"),
        ("$1,234.00", "1234.00", ""),
        ("US$ 12", "12", ""),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("12 345,6", "12345.6", ""),
        ("1\u202f234,5 EUR", "1234.5", "EUR"),
        ("-3,5", "-3.5", ""),
        ("(12.00)", "-12.00", ""),
        ("-£5", "-5", "GBP"),
        ("0.30000000000000004", "0.3", ""),
        ("0.125", "0.125", ""),
        ("1234,567", "1234.567", ""),
    ],
)
def test_what_can_be_read(text: str, value: str, currency: str):
    assert read_amount(text) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "1,234", "1.234", "12 34", "1,2,3", "1.2.3", "1.", "--1", "(1", "1)", "1/2"),
        *("1E+05", "12%", "١٢", "1 2", "9999999999999999", "=1", "1,23,456.0", "1;2"),
    ],
)
def test_what_is_in_doubt_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        read_amount(text)


def test_the_mark_may_be_stated():
    assert read_count("1.234", ",") == 1234
    assert read_amount("1.234", ".").value == Decimal("1.234")
    with pytest.raises(ValueError, match="decimal mark"):
        read_amount("12.5", ",")


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([",", ".", " ", "'"]))
def test_groups_are_read_back(whole: int, cents: int, mark: str):
    point = "," if mark == "." else "."
    text = f"{whole:,}".replace(",", mark) + f"{point}{cents:02}"
    assert read_amount(text).value == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str):
    try:
        value = read_amount(text).value
    except ValueError:
        return
    assert value.is_finite()
    assert not is_unknown(text)


@pytest.mark.parametrize("text", ["", "-", "\u2212", "–", " — ", "N/A", "k.A."])
def test_what_stands_for_no_number(text: str):
    assert is_unknown(text)
