from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.diagnostics import Severity
from storesync.ledger.segment import LONGEST, encode, join, parse

PATH = "ledger/b/c/run.jsonl"
ROOT = "r" * 64


def segment(*texts, start=1, previous=ROOT):
    """Return the bytes of a segment of notes, and its last hash."""
    data, last = b"", previous
    for number, text in enumerate(texts, start=start):
        line, last = encode({"type": "note", "text": text}, number, last)
        data += line
    return data, last


def signed(body):
    """Return a line with a right checksum, whatever it says."""
    digest = hashlib.sha256(body).hexdigest()
    return b'%s,"~sha256":"%s"}\n' % (body[:-1], digest.encode())


def chain(*segments):
    return join([parse(f"{PATH}{index}", data)[0] for index, data in enumerate(segments)], ROOT)


def problems(data):
    lines, found = parse(PATH, data)
    return found or join([lines], ROOT)[2]


def test_a_line_is_canonical_json_that_carries_its_hash():
    line, digest = encode({"type": "note", "text": "é"}, 3, ROOT)
    value = json.loads(line)
    assert value == {"type": "note", "text": "é", "n": 3, "prev": ROOT, "v": 1, "~sha256": digest}
    assert list(value) == sorted(value)
    assert "é".encode() in line


def test_lines_come_back_with_their_places():
    data, last = segment("one", "two\n\u2028", "three")
    lines, found = parse(PATH, data)
    assert found == []
    assert [line.fields["text"] for line in lines] == ["one", "two\n\u2028", "three"]
    assert [(line.path, line.number) for line in lines] == [(PATH, 1), (PATH, 2), (PATH, 3)]
    assert join([lines], ROOT) == (lines, last, [])


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
)
def test_what_was_written_is_read(fields):
    line, digest = encode({"fields": fields}, 1, ROOT)
    [read], found = parse(PATH, line)
    assert (read.fields["fields"], read.hash, found) == (fields, digest, [])


def test_any_byte_changed_is_seen():
    data, _ = segment("one", "two")
    for at in range(len(data)):
        for bit in (1, 2, 4, 8, 16, 32, 64, 128):
            changed = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
            assert problems(changed), (at, bit)


def test_any_truncation_is_seen_but_at_the_end_of_a_line():
    data, _ = segment("one", "two", "three")
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for size in range(len(data)):
        assert bool(problems(data[:size])) is (size not in ends)


def test_a_truncation_at_the_end_of_a_line_is_seen_by_the_next_segment():
    first, last = segment("one", "two")
    second, _ = segment("three", start=3, previous=last)
    cut = first[: first.index(b"\n") + 1]
    lines, _, [problem] = chain(cut, second)
    assert len(lines) == 1
    assert problem.message == "1 of the chain's lines before this one are missing"
    assert (problem.path, problem.line) == (f"{PATH}1", 1)


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(data):
    assert problems(data)


@given(st.data())
def test_lines_in_another_order_are_seen_or_change_nothing(data):
    whole, last = segment("a", "b", "c", "d")
    rows = whole.splitlines(keepends=True)
    taken = data.draw(st.lists(st.sampled_from(rows), min_size=1))
    read, found = parse(PATH, b"".join(taken))
    lines, end, more = join([read], ROOT)
    if not any(problem.severity is Severity.ERROR for problem in found + more):
        assert set(taken) == set(rows[: len(lines)])
        assert [line.fields["text"] for line in lines] == ["a", "b", "c", "d"][: len(lines)]
        assert end == last or len(lines) < len(rows)


ONE = segment("one")[0]
CUT = "the line was changed or cut"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"\n", 1, CUT),
        (ONE + b"\n", 2, CUT),
        (ONE[:-1], 1, "the last line is cut off"),
        (ONE + ONE[:40], 2, "the last line is cut off"),
        (ONE[:40] + b"\n" + ONE, 1, CUT),
        (ONE.replace(b"\n", b"\r\n"), 1, CUT),
        (b"\xef\xbb\xbf" + ONE, 1, CUT),
        (b"<<<<<<< HEAD\n" + ONE, 1, "conflict markers of a merge"),
        (ONE + b"=======\n" + ONE, 2, "conflict markers of a merge"),
        (ONE + b">>>>>>> 1234567\n", 2, "conflict markers of a merge"),
        (b"x" * (LONGEST + 1), 1, "longer than 64000 bytes"),
        (b"x" * (LONGEST + 1) + b"\n", 1, "longer than 64000 bytes"),
        (b"[" * 60_000 + b"\n", 1, CUT),
        (signed(b"[" * 60_000 + b"}"), 1, "not a JSON object"),
        (signed(b'{"v":1}x{}'), 1, "not a JSON object"),
        (signed(b"\xff}"), 1, "not a JSON object"),
        (signed(b'{"n":1}'), 1, "names no ledger format"),
        (signed(b'{"v":"2"}'), 1, "names no ledger format"),
        (signed(b'{"v":0}'), 1, "names no ledger format"),
    ],
)
def test_damage_is_located_and_told(data, line, message):
    [problem] = parse(PATH, data)[1]
    assert message in problem.message
    assert (problem.rule, problem.path, problem.line) == ("ledger-damaged", PATH, line)
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize("row", [signed(b'{"v":7}'), b'{"v":7,"made":"otherwise"}\n'])
def test_a_newer_format_is_refused_by_its_name(row):
    [problem] = parse(PATH, ONE + row)[1]
    assert (problem.rule, problem.line) == ("ledger-newer", 2)
    assert "ledger format 7" in problem.message
    assert "reads ledger format 7" in problem.hint


def test_reading_stops_at_the_damage():
    data, _ = segment("one", "two", "three")
    rows = data.splitlines(keepends=True)
    lines, [problem] = parse(PATH, rows[0] + b"x" + rows[1] + rows[2])
    assert [line.fields["text"] for line in lines] == ["one"]
    assert problem.line == 2


def test_segments_are_ordered_by_their_lines_and_not_by_name():
    first, last = segment("one", "two")
    second, end = segment("three", start=3, previous=last)
    lines, hashed, found = chain(second, first)
    assert [line.fields["text"] for line in lines] == ["one", "two", "three"]
    assert (hashed, found) == (end, [])


def test_segments_of_two_runs_may_interleave():
    first, last = segment("one")
    other, behind = segment("two", start=2, previous=last)
    more, end = segment("three", start=3, previous=behind)
    lines, hashed, found = chain(first + more, other)
    assert [line.fields["text"] for line in lines] == ["one", "two", "three"]
    assert (hashed, found) == (end, [])


def test_a_line_that_is_there_twice_counts_once():
    first, last = segment("one", "two")
    second, end = segment("three", start=3, previous=last)
    lines, hashed, found = chain(first + first[first.index(b"\n") + 1 :], first, second)
    assert [line.fields["text"] for line in lines] == ["one", "two", "three"]
    assert hashed == end
    assert {problem.rule for problem in found} == {"ledger-duplicate"}
    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert len(found) == 3


def test_of_two_lines_after_the_same_one_neither_is_believed_blindly():
    first, last = segment("one")
    left, _ = segment("left", start=2, previous=last)
    right, _ = segment("right", start=2, previous=last)
    lines, _, [problem] = chain(first, left, right)
    assert [line.fields["text"] for line in lines] == ["one", "left"]
    assert problem.message == "the line does not follow the one before it"
    assert problem.path == f"{PATH}2"


@pytest.mark.parametrize("fields", [{"n": 1}, {"n": "1"}, {"n": None}, {}, {"n": 1, "prev": 3}])
def test_a_line_without_its_place_is_seen(fields):
    row = signed(json.dumps({**fields, "v": 1}, separators=(",", ":")).encode())
    assert chain(row)[2]


def test_another_ledgers_lines_are_not_ours():
    foreign, _ = segment("one", previous="f" * 64)
    assert chain(foreign)[2]


def test_a_line_too_long_to_be_read_is_not_written():
    with pytest.raises(ValueError, match="too long"):
        encode({"text": "x" * LONGEST}, 1, ROOT)
