"""One document against its model: places of pydantic's errors, and text that wants quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from storesync.catalog.check import check
from storesync.catalog.faults import MOST_ERRORS, MOST_UNKNOWN
from storesync.catalog.layout import place_of
from storesync.catalog.models import MODELLED, model_of
from storesync.diagnostics import Diagnostic
from storesync.model.campaign import CampaignFile
from storesync.model.location import LocationFile
from storesync.model.template import TemplateFile
from storesync.source.document import At, Document
from storesync.source.scalar import Plain
from storesync.source.yaml import read

ROOT = Path(__file__).parents[2]


def found(model: type[BaseModel], text: str) -> list[Diagnostic]:
    document, _ = read("a.yaml", text.encode())
    assert document is not None
    return check(document, model)[1]


CAMPAIGN = "name: W\ntemplate: shared/offer\nflight: {start: 2026-12-01}\nchannels: [web]\n"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("select: [{ids: [a, B]}]", ("select", 0, "ids", 1)),
        ("select: [{except: [a, B]}]", ("select", 0, "except", 1)),
        ("select: [{except: [{folder: /}]}]", ("select", 0, "except", 0, "folder")),
        ("select: [{attributes: {size: []}}]", None),
        ("select: [{attributes: {size: {}}}]", ("select", 0, "attributes", "size")),
        ("offer: {product: {}}", ("offer", "product")),
        ("offer: {product: [tea, Tea]}", ("offer", "product", 1)),
        ("waive: [{rule: a, reason: b, until: never, by: c}]", ("waive", 0, "until")),
        ("values: {A: 1}", ("values", "A")),
        ("answer_by: soon", ("answer_by",)),
    ],
)
def test_an_error_stands_at_its_place_once(line: str, at: tuple[str | int, ...] | None):
    errors = found(CampaignFile, f"{CAMPAIGN}{line}\n")
    assert [item.at for item in errors] == ([] if at is None else [at])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("select: [{}]", "select: write a criterion, such as folder: us/texas"),
        ("select: [{folder: }]", "select: write a criterion"),
        ("select: [{folder: us, tags: []}]", "select: tags is empty"),
        ("select: [{except: [{}]}]", "except: write a criterion"),
        ("select: [{folder: /us/}]", "folder: write a folder below locations/"),
        ("cancelled: false", "cancelled: write why, in words"),
        ("cancelled: Yes", "cancelled: write why, in words"),
    ],
)
def test_what_would_mean_more_than_was_meant_is_refused(line: str, message: str):
    (error,) = found(CampaignFile, f"{CAMPAIGN}{line}\n")
    assert error.message.startswith(message)


def test_a_selector_may_have_exceptions_alone():
    assert not found(CampaignFile, f"{CAMPAIGN}select: [{{except: [leith]}}]\n")


def test_text_that_wants_quotes_is_found_with_and_without_the_readers_help():
    text = "name: 1984\naddress: {postcode: 01234}\nvalues: {price: 2.50, list: [1]}\ntags: [a]\n"
    helped = found(LocationFile, text)
    assert [item.at for item in helped] == [("name",), ("address", "postcode")]
    data = {
        "name": Plain("1984"),
        "address": {"postcode": Plain("01234")},
        "values": {"price": Plain("2.50"), "list": [Plain("1")]},
        "tags": ["a"],
    }
    assert check(Document("a.yaml", data), LocationFile)[1] == helped


def test_many_unknown_fields_are_counted():
    text = "name: Leith\n" + "".join(f"field_{number}: 1\n" for number in range(1_000))
    errors = found(LocationFile, text)
    assert len(errors) == MOST_UNKNOWN + 1
    assert errors[-1].message == f"{1_000 - MOST_UNKNOWN} more unknown fields"


def test_many_errors_are_counted():
    values = ", ".join(f"A{number}: 1" for number in range(5_000))
    items = found(CampaignFile, f"{CAMPAIGN}values: {{{values}}}\n")
    assert len(items) == MOST_ERRORS + 1
    assert items[-1].message == "4,800 more errors in this file"


@pytest.mark.parametrize(
    ("model", "line", "hint"),
    [
        (LocationFile, "zip: a", ""),
        (LocationFile, "address: {zip: a}", 'did you mean "postcode"?'),
        (LocationFile, "address: {state: a}", 'did you mean "region"?'),
        (LocationFile, "tz: UTC", 'did you mean "timezone"?'),
        (LocationFile, "id: leith", "the file's (or folder's) name is the id"),
        (TemplateFile, "name: T\nvariables: {a: {max: 1}}", 'did you mean "maximum"?'),
        (TemplateFile, "name: T\nvariables: {a: {z: 1}}", "known here: default, description"),
    ],
)
def test_hints_of_unknown_fields(model: type[BaseModel], line: str, hint: str):
    (error,) = found(model, f"{line}\n")
    assert error.rule == "unknown-field"
    assert hint in error.hint


ODD = [
    "A b/\u202e",
    "\u00a0",
    "x" * 30_000,
    Plain("-1"),
    Plain("1e9"),
    [],
    {},
    ["a", "a"],
    {"A b": {}},
]
# What pydantic says by itself, in any case of its first letter.
FOREIGN = re.compile(r"nput should|must match|dictionary|instance of|object at|\{'", re.IGNORECASE)


def places(data: Any, at: At = ()) -> Iterator[At]:
    yield at
    inside = enumerate(data) if isinstance(data, list) else ()
    for key, inner in data.items() if isinstance(data, dict) else inside:
        yield from places(inner, (*at, key))


def replaced(data: Any, at: At, value: Any) -> Any:
    """Return a copy of a document's data with another value at one place."""
    if not at:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[at[0]] = replaced(data[at[0]], at[1:], value)
    return copy


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs/examples").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_odd_values_in_any_place_are_told_in_plain_words(path: Path):
    place = place_of(path.relative_to(ROOT / "docs/examples").as_posix())
    document, _ = read(path.name, path.read_bytes())
    assert place is not None
    assert document is not None
    for at in places(document.data):
        for value in ODD if at else []:
            odd = Document(path.name, replaced(document.data, at, value))
            for item in check(odd, model_of(place.kind))[1]:
                assert item.at or item.rule == "missing-field", item
                assert len(item.message) < 400
                assert not FOREIGN.search(item.message), item
                assert "\u202e" not in item.message + item.hint


TEXTS = st.sampled_from(["a", "A b", "1", "2026-12-01", "true", "\x1b", "😀" * 90, ""])
KEYS = st.sampled_from(
    ["name", "address", "values", "flight", "start", "select", "variables", "type", "offer", "z"]
)
DATA = st.recursive(
    TEXTS | TEXTS.map(Plain),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(MODELLED)), st.dictionaries(KEYS, DATA, max_size=5))
def test_any_data_is_a_model_or_a_list_of_errors(kind, data):
    model, errors = check(Document("a.yaml", data), model_of(kind))
    assert (model is None) == any(item.severity == "error" for item in errors)
    for item in errors:
        assert item.path == "a.yaml"
        assert item.message
        assert "\x1b" not in item.message + item.hint
