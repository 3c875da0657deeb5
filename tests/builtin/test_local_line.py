"""Lines in notes, which anyone who can push may have written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.builtin.local_line import LONGEST, Event, Line, encode, is_unknown, parse

COMMIT = "a" * 40
LINE = Line(
    event=Event.APPROVED,
    proposal="mia/winter",
    base="main",
    commit=COMMIT,
    who="ben@example.com",
    at=1_796_000_000.5,
    body="Fine “so” far\n",
)
SAID = json.loads(encode(LINE))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def written(**changes) -> bytes:
    said = {key: value for key, value in {**SAID, **changes}.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(
    event=st.sampled_from(Event),
    texts=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
    at=st.floats(0, 9e10),
    reviewers=st.lists(TEXTS).map(tuple),
    urgent=st.booleans(),
)
def test_what_is_written_is_read(event, texts, at, reviewers, urgent):
    proposal, title, body, plan = texts
    line = Line(
        event=event,
        proposal=proposal,
        base="main",
        commit=COMMIT,
        who="ben@example.com",
        at=at,
        title=title,
        body=body,
        plan=plan,
        reviewers=reviewers,
        urgent=urgent,
    )
    raw = encode(line)
    assert b"\n" not in raw
    assert parse(raw, COMMIT) == line


def test_a_line_as_it_stands():
    assert parse(written(), COMMIT) == LINE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b" " + encode(LINE),
        encode(LINE) + b"\r",
        encode(LINE).replace(b'"v":1', b'"v":1,"v":1'),
        encode(LINE).replace(b'"at":', b'"at": '),
        encode(LINE).replace(b".5", b".50"),
        encode(LINE).replace(b"1796000000.5", b"NaN"),
        encode(LINE).replace(b"1796000000.5", b"1" * 5_000),
        encode(LINE).replace(b"1796000000.5", b"1e400"),
        b'{"x":"' + b"x" * LONGEST + b'"}',
        *(
            written(**changes)
            for changes in (
                {"v": 0},
                {"v": "1"},
                {"v": True},
                {"v": None},
                {"event": "blessed"},
                {"event": None},
                {"event": ["approved"]},
                {"commit": "b" * 40},
                {"commit": COMMIT.upper()},
                {"who": "ben"},
                {"who": "Ben@example.com"},
                {"who": "ben@example.com\u202e"},
                {"who": None},
                {"at": -1.0},
                {"at": 1e300},
                {"at": 1_796_000_000},
                {"at": "now"},
                {"body": 5},
                {"body": ""},
                {"reviewers": "mia"},
                {"reviewers": [1]},
                {"urgent": 1},
                {"extra": "x"},
            )
        ),
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_what_is_not_exactly_a_line_is_nothing(raw):
    assert parse(raw, COMMIT) is None


@given(st.binary(max_size=200) | st.binary(max_size=50).map(lambda tail: encode(LINE)[:-1] + tail))
def test_no_bytes_are_too_strange(raw):
    assert parse(raw, COMMIT) in {None, LINE}


def test_a_line_of_a_newer_format_may_be_an_objection():
    line = parse(written(v=2, event="vetoed", extra={"x": 1}), COMMIT)
    assert line is not None
    assert is_unknown(line)
    assert (line.who, line.event) == ("ben@example.com", "format 2")


def test_a_line_that_nobody_would_read_is_not_written():
    with pytest.raises(ValueError, match="too long"):
        encode(Line(Event.SUBMITTED, "x", "main", COMMIT, "a@b", 1.0, body="\x01" * 100_000))
