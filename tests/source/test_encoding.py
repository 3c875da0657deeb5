"""What goes through JSON comes back, as the standard library would bring it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.render.artifact import Artifact, fingerprint
from storesync.source.encoding import from_json, to_json

TEXTS = st.text(st.characters(codec=None, exclude_categories=[]), max_size=12)
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=12
)


class Size(StrEnum):
    LARGE = "large"


class Pair(NamedTuple):
    left: str
    right: int


@dataclass
class Thing:
    name: str


@given(VALUES)
def test_what_is_written_is_read(value: object):
    assert from_json(to_json(value)) == value
    assert from_json(to_json(value, ordered=True)) == value
    assert from_json(json.dumps(value).encode()) == value


@given(st.dictionaries(TEXTS, st.integers(), min_size=2))
def test_names_are_ordered_where_that_matters(value: dict[str, int]):
    assert list(from_json(to_json(value, ordered=True))) == sorted(value)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"a": Size.LARGE, Size.LARGE: 1}, id="an enumeration"),
        pytest.param([Pair("x", 1)], id="a named tuple"),
        pytest.param(Counter({"a": 2}), id="a counter"),
        pytest.param({1: "a"}, id="a number as a name"),
        pytest.param([2**70, -(2**70)], id="a large number"),
        pytest.param("\ud800", id="a lone surrogate"),
    ],
)
def test_as_the_standard_library_writes_it(value: object):
    assert from_json(to_json(value)) == json.loads(json.dumps(value))


@pytest.mark.parametrize("value", [date(2026, 12, 1), Thing("a"), Decimal(1), {1, 2}, b"a"])
def test_what_is_no_json_is_refused_or_made_plain(value: object):
    with pytest.raises(TypeError):
        to_json(value)
    assert from_json(to_json([value], str)) == [str(value)]


@pytest.mark.parametrize("data", [b"", b"{", b"[1,]", b"\xff"])
def test_what_is_no_json_is_not_read(data: bytes):
    with pytest.raises(ValueError):  # noqa: PT011 - as json.loads raises
        from_json(data)


@given(st.dictionaries(TEXTS, TEXTS), TEXTS)
def test_an_artifact_has_the_fingerprint_of_its_canonical_json(parts: dict[str, str], locale: str):
    artifact = Artifact("web", locale, parts)
    whole = {"channel": "web", "locale": locale, "parts": parts}
    try:
        expected = fingerprint(whole)
    except UnicodeEncodeError:  # a lone surrogate, which no worker sends
        with pytest.raises(UnicodeEncodeError):
            _ = artifact.fingerprint
    else:
        assert artifact.fingerprint == expected
