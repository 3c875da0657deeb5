"""The field types: text in, one value out, or words that say what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model import base

# What YAML's many readers make something else of, and what a spreadsheet leaves.
ODD = ["", " 1", "1 ", "+1", "01", "1_000", "1,5", "1e3", "0x1f", "٣", "½", "1\n", "NaN", "--1"]


@pytest.mark.parametrize("text", [*ODD, "1.0", "1.", "9" * 16])
def test_no_integer(text: str):
    with pytest.raises(ValueError, match="whole number such as 20"):
        base.read_integer(text)


@pytest.mark.parametrize("text", [*ODD, "1.", ".5", "1.0.0", "9" * 16, "0." + "1" * 10])
def test_no_decimal(text: str):
    with pytest.raises(ValueError, match=r"number such as 3\.50"):
        base.read_decimal(text)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_integers_come_back(number: int):
    assert base.read_integer(str(number)) == number
    assert base.read_decimal(str(number)) == number


@given(st.decimals(-1_000_000, 1_000_000, places=4))
def test_decimals_stay_exact(number: Decimal):
    assert str(base.read_decimal(f"{number:f}")) == f"{number or abs(number):f}"


def test_zero_has_no_sign():
    assert str(base.read_decimal("-0.00")) == "0.00"


@pytest.mark.parametrize("value", [True, None, 1.5, [], {}])
def test_numbers_are_read_from_text_and_numbers_alone(value: object):
    for read in (base.read_integer, base.read_decimal):
        with pytest.raises(ValueError, match="plain digits"):
            read(value)


@pytest.mark.parametrize("text", ["yes", "True", "1", "on", "", None, 1, [], {}])
def test_no_flag(text: object):
    with pytest.raises(ValueError, match="write true or false"):
        base.read_flag(text)


def test_flags():
    assert base.read_flag("true") is True
    assert base.read_flag("false") is False
    assert base.read_flag(value=True) is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-2-1", "year-month-day"),
        ("20261201", "year-month-day"),
        ("01.12.2026", "year-month-day"),
        ("2026-12-01 ", "year-month-day"),
        ("2026-W49-2", "year-month-day"),
        ("2026-02-29", "in the calendar"),
        ("2026-13-01", "in the calendar"),
        ("0000-01-01", "in the calendar"),
        ("0999-12-31", "1000 to 2999"),
        ("9999-12-31", "1000 to 2999"),
        (20261201, "year-month-day"),
        (datetime(2026, 12, 1, tzinfo=UTC), "year-month-day"),
    ],
)
def test_no_day(text: object, words: str):
    with pytest.raises(ValueError, match=words):
        base.read_day(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-12-01T7:00", "local time"),
        ("2026-12-01T07:00:00", "local time"),
        ("2026-12-01T07:00Z", "local time"),
        ("2026-12-01T07:00+01:00", "local time"),
        ("2026-12-01 07:00", "local time"),
        ("07:00", "local time"),
        ("2026-12-01T24:00", "a day and a time that there are"),
        ("3000-12-01T00:00", "1000 to 2999"),
        ("December", "year-month-day"),
        ("", "year-month-day"),
    ],
)
def test_no_day_or_moment(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        base.read_day_or_moment(text)


def test_a_day_and_a_moment_are_told_apart():
    assert type(base.read_day_or_moment("2026-12-01")) is date
    assert base.read_day_or_moment("2026-12-01T00:00") == datetime(2026, 12, 1)  # noqa: DTZ001 - local


def words_of(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return ""


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_with_words(text: str):
    for read in (
        base.read_integer,
        base.read_decimal,
        base.read_flag,
        base.read_day_or_moment,
        base.read_clock,
        base.read_zone,
        base.read_country,
    ):
        said = words_of(read, text)
        assert not said or "write" in said or "no such" in said


@pytest.mark.parametrize("text", ["00:00", "07:30", "23:59", "24:00"])
def test_times_of_day(text: str):
    assert base.read_clock(text) == text


@pytest.mark.parametrize("text", ["7:30", "24:01", "12:60", "07:30:00", "0730", "7 pm", ""])
def test_no_time_of_day(text: str):
    with pytest.raises(ValueError, match="time of day"):
        base.read_clock(text)


@pytest.mark.parametrize("name", ["Europe/London", "America/Argentina/Ushuaia", "UTC", "Etc/GMT+6"])
def test_zones(name: str):
    assert base.read_zone(name) == name


@pytest.mark.parametrize(
    "name",
    ["Asia/Beijing", "europe/london", "GMT+000000 Asia/Kuwait", "../etc/passwd", "", "tzdata"],
)
def test_no_zone(name: str):
    with pytest.raises(ValueError, match="write an IANA name"):
        base.read_zone(name)


@pytest.mark.parametrize("code", ["UK", "gb", "GBR", "EU", "ZZ", ""])
def test_no_country(code: str):
    with pytest.raises(ValueError, match="two-letter"):
        base.read_country(code)
