from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.builtin import outbox_record as records
from storesync.builtin.outbox_record import Record
from storesync.errors import UserError
from storesync.model.channel import KINDS
from storesync.plan.change import PlacementKey
from storesync.render.artifact import Artifact

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def sidecar(sample, **changes):
    delivery = sample.email(text="Warm\n")
    files = records.part_files(delivery.artifact)
    fields = json.loads(records.record_of(delivery, delivery.artifact, files).encode())
    return json.dumps(fields | changes).encode()


@pytest.mark.parametrize(
    ("channel", "parts", "names"),
    [
        ("web", ["html"], ["page.html"]),
        ("email", ["subject", "html", "txt"], ["subject.txt", "message.html", "message.txt"]),
        ("sms", ["txt"], ["sms.txt"]),
        ("social", ["txt"], ["post.txt"]),
        ("poster", ["html", "poster", "back_side"], ["poster.html", "poster.txt", "back_side.txt"]),
    ],
)
def test_names_of_part_files(channel, parts, names):
    files = records.part_files(Artifact(channel, "en", dict.fromkeys(parts, "ä\r\n")))
    assert files == dict.fromkeys(names, "ä\r\n".encode())


def test_every_part_of_every_kind_has_a_file_of_its_own():
    for kind in KINDS.values():
        parts = {part.name: part.name for part in kind.parts}
        files = records.part_files(Artifact(kind.name, "en", parts))
        assert sorted(files) == sorted(records.known_files(kind.name))
        assert len(files) == len(parts)


@pytest.mark.parametrize("part", ["", "../html", "a/b", "HTML", "x" * 65, "txt\n", "a.b"])
def test_parts_that_no_file_can_be_named_after(part):
    assert records.part_files(Artifact("web", "en", {part: "x"})) is None


@pytest.mark.parametrize(
    ("changes", "folder"),
    [
        ({}, "harbor/winter/austin/web/en-US"),
        ({"locale": "zh-Hant-TW"}, "harbor/winter/austin/web/zh-Hant-TW"),
        ({"destination": "../.."}, "harbor/winter/austin/web/en-US"),
        ({"location": ".."}, None),
        ({"location": ""}, None),
        ({"location": "a/b"}, None),
        ({"location": "a\n"}, None),
        ({"location": "index.html"}, None),
        ({"brand": ".outbox"}, None),
        ({"brand": "-r"}, None),
        ({"campaign": "x" * 101}, None),
        ({"locale": "en-US\0"}, None),
        ({"channel": "ünï"}, None),
    ],
)
def test_folder_of_a_placement(sample, changes, folder):
    assert records.folder_of(sample.place()._replace(**changes)) == folder


@given(st.builds(PlacementKey, words, words, words, words, words, words))
def test_a_folder_is_five_plain_names_or_none(placement):
    folder = records.folder_of(placement)
    assert folder is None or (folder.split("/") == list(placement[:5]) and ".." not in folder)


@given(
    st.builds(
        Record,
        key=words,
        state=words,
        placement=st.builds(PlacementKey, words, words, words, words, words, words),
        fingerprint=words,
        artifact=words,
        starts=words,
        ends=words,
        titles=st.dictionaries(words, words),
        parts=st.dictionaries(st.sampled_from(["page.html", "sms.txt"]), words),
    )
)
def test_what_is_written_is_read_again(record):
    data = record.encode()
    assert records.decode(data) == record
    assert data.count(b"\n") == 1


def test_times_are_utc_and_may_be_missing(sample):
    fields = json.loads(sidecar(sample))
    assert (fields["starts"], fields["ends"]) == ("2026-12-01T13:00:00Z", "2026-12-25T03:00:00Z")
    assert records._moment(None) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 0},
        {"format": "1"},
        {"key": None},
        {"brand": ["x"]},
        {"titles": {"brand": 1}},
        {"titles": "x"},
        {"parts": {"../../x.html": "0"}},
        {"parts": {"delivery.json": "0"}},
        {"parts": []},
    ],
)
def test_a_damaged_sidecar_is_none(sample, changes):
    assert records.decode(sidecar(sample)) is not None
    assert records.decode(sidecar(sample, **changes)) is None


@given(st.binary(max_size=40) | st.sampled_from([b"[]", b"{}", b"null", b'{"format":1}', b"\xff"]))
def test_any_bytes_are_read_without_trouble(data):
    assert records.decode(data) is None


def test_a_newer_format_is_refused(sample):
    with pytest.raises(UserError, match="has format 2, and this StoreSync knows 1"):
        records.decode(sidecar(sample, format=2))
