"""One value against its variable: types, bounds, and input that means harm."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.template import Variable
from storesync.resolve.convert import check_pattern, convert, matches_pattern

TYPES = ("string", "integer", "number", "money", "boolean", "date", "url")


def variable(kind: str, **words: Any) -> Variable:
    return Variable.model_validate({"type": kind, **words})


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        ("string", "a", "a"),
        ("string", {"en": "a", "fr-CA": "b"}, {"en": "a", "fr-CA": "b"}),
        ("integer", "20", 20),
        ("integer", 20, 20),
        ("number", "3.50", "3.50"),
        ("money", "3.50", "3.50"),
        ("money", {"GBP": "3.50", "CAD": "4"}, {"GBP": "3.50", "CAD": "4"}),
        ("boolean", "true", True),
        ("date", "2026-12-01", "2026-12-01"),
        ("url", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    ],
)
def test_types(kind: str, value: Any, typed: Any):
    found = convert(variable(kind), value)
    assert found == typed
    assert type(found) is type(typed)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//example.com", "ftp://example.com", "https://a b", "https://a@b",
     'https://"', "https://<"],
)  # fmt: skip
def test_no_web_address(address: str):
    with pytest.raises(ValueError, match="web address"):
        convert(variable("url"), address)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(TYPES), VALUES)
def test_any_value_is_taken_or_refused(kind: str, value: Any):
    with contextlib.suppress(ValueError):
        convert(variable(kind), value)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("[A-Z]+", "ABC", True),
        ("[A-Z]+", "ABCd", False),
        ("[A-Z]+", "xABC", False),
        ("[A-Z]+", "ABC\n", False),
        ("a|b", "a", True),
        ("a|b", "ab", False),
        ("", "", True),
        ("", "a", False),
        (".*", "a\nb", False),
        (r"\d{2}:\d{2}", "07:30", True),
        ("é+", "éé", True),
    ],
)
def test_patterns_match_a_whole_text(pattern: str, text: str, *, matches: bool):
    assert matches_pattern(pattern, text) == matches


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*", "(a*)*b", "(.*)*x", "a" * 5_000])
def test_hostile_patterns_take_no_time(pattern: str):
    began = time.process_time()
    assert not matches_pattern(pattern, "a" * 20_000 + "!")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "pattern", ["(", "[", "a)|(b", "(?=a)", r"(a)\1", "*", "a{1000000000}", r"\p{Nothing}"]
)
def test_what_is_no_pattern(pattern: str):
    with pytest.raises(ValueError, match="not a regular expression"):
        check_pattern(pattern)
