from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.ledger.manifest import (
    Entry,
    Manifest,
    Skip,
    from_json,
    is_current,
    is_same,
    known_lines,
    to_json,
)


@pytest.fixture
def manifest(sample):
    return Manifest(
        tool="1.0",
        inputs={"brands/b": "1" * 40, "templates/caf\u00e9": "2" * 40},
        ledger_tip_line="h" * 64,
        computed_at=sample.at,
        next_change=sample.at + timedelta(hours=2),
        entries=(
            Entry(sample.place(), sample.at, None, "f", "a"),
            Entry(sample.place("oslo"), None, sample.at, "f2", "a2"),
        ),
        skipped=(Skip(sample.place("paris"), "closed until 2027"),),
    )


def test_it_comes_back(manifest):
    for each in (manifest, dataclasses.replace(manifest, entries=(), skipped=(), next_change=None)):
        assert from_json(to_json(each)) == each
        assert known_lines(to_json(each)) == ("h" * 64, "", "1.0")


def test_an_entry_is_a_line(manifest):
    data = to_json(manifest)
    assert json.loads(data)["v"] == 1
    assert len(data.splitlines()) == 8


@given(st.binary(max_size=200))
def test_other_bytes_are_no_manifest(data):
    assert from_json(data) is None
    assert known_lines(data) == (None, "", "")


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": None},
        {"entries": None},
        {"entries": [[1]]},
        {"skipped": [[]]},
        {"inputs": 3},
    ],
)
def test_another_format_is_no_manifest(manifest, change):
    value = json.loads(to_json(manifest)) | change
    assert from_json(json.dumps(value).encode()) is None


def test_current_until_something_changes(manifest, sample):
    def current(**changes):
        asked = {
            "inputs": dict(manifest.inputs),
            "tool": "1.0",
            "last_hash": "h" * 64,
            "at": sample.at,
        }
        return is_current(manifest, **asked | changes)

    assert current()
    assert current(at=sample.at + timedelta(hours=2, microseconds=-1))
    assert not current(at=sample.at + timedelta(hours=2))
    assert not current(at=sample.at - timedelta(microseconds=1))
    assert not current(inputs={})
    assert not current(inputs=manifest.inputs | {"x": "3"})
    assert not current(tool="1.1")
    assert not current(last_hash="")


def test_without_a_next_change_it_lasts(manifest, sample):
    lasting = dataclasses.replace(manifest, next_change=None)
    at = sample.at + timedelta(days=9000)
    assert is_current(lasting, lasting.inputs, "1.0", "h" * 64, at)


def test_the_same_but_for_when(manifest, sample):
    later = dataclasses.replace(manifest, computed_at=sample.at + timedelta(hours=1))
    assert is_same(manifest, later)
    assert not is_same(manifest, dataclasses.replace(later, tool="2"))


def test_one_that_a_wrong_clock_dated_ahead_is_written_anew(manifest, sample):
    ahead = dataclasses.replace(manifest, computed_at=sample.at + timedelta(days=365))
    assert not is_same(ahead, manifest)


def with_inputs(manifest):
    """Return the manifest of somebody who knows what was written of the first placement."""
    first, second = manifest.entries
    return dataclasses.replace(manifest, entries=(first._replace(inputs="i"), second))


def test_inputs_stand_beside_the_entries_so_that_an_earlier_reader_goes_on(manifest):
    known = with_inputs(manifest)
    assert from_json(to_json(known)) == known
    assert b"entry_inputs" not in to_json(manifest)
    value = json.loads(to_json(known))
    assert value.pop("entry_inputs") == ["i", ""]
    assert value == json.loads(to_json(manifest))
    assert not is_same(known, manifest)


@pytest.mark.parametrize("inputs", [None, 7, "ij", [], ["i"], ["i", "j", "k"], {"i": 1, "j": 2}])
def test_inputs_of_other_entries_are_as_good_as_absent(manifest, inputs):
    value = json.loads(to_json(manifest)) | {"entry_inputs": inputs}
    assert from_json(json.dumps(value).encode()) == manifest
