"""Reading, by cases of tests/cases/yaml.

A case is a title, a file's lines (<U+0085> is a character, <CR> a carriage return), and what is
expected: "-> line:column [warning] rule words + words" for each diagnostic, "-> = JSON" for the
data, "-> plain KEYS" for the values marked as `Plain`, "-> fine" for no diagnostic at all.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from storesync.diagnostics import Severity, has_errors
from storesync.source import parser
from storesync.source.position import position, positions
from storesync.source.prescan import MAX_BYTES, MAX_DIAGNOSTICS
from storesync.source.scalar import Plain
from storesync.source.yaml import read

CASES = Path(__file__).parents[1] / "cases" / "yaml"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "cases" / "hostile-yaml"
# Sound YAML: a field's type or a rule decides about these.
DECIDED_LATER = ("r11", "r12", "r15", "n03", "n13", "e30", "e32")
EXPECTED = re.compile(r"-> (\d+):(\d+) (?:(warning) )?(\S+) (.*)")


@dataclass
class Case:
    title: str
    lines: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    @property
    def raw(self) -> bytes:
        text = "".join(f"{line}\n" for line in self.lines).replace("<CR>\n", "\r")
        text = text.replace("<CR>", "\r")
        return re.sub(r"<U\+([0-9A-F]+)>", lambda m: chr(int(m[1], 16)), text).encode()


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.txt")):
        for part in path.read_text("utf-8").split("\n## ")[1:]:
            title, *lines = part.rstrip("\n").split("\n")
            case = Case(title)
            for line in lines:
                (case.expected if line.startswith("-> ") else case.lines).append(line)
            while case.lines and not case.expected and not case.lines[-1]:
                case.lines.pop()
            yield pytest.param(case, id=f"{path.stem}-{title.replace(' ', '-')}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_case(case):
    document, found = read("a.yaml", case.raw)
    wanted = [EXPECTED.fullmatch(line) for line in case.expected if line[3].isdigit()]
    found.sort(key=lambda item: item.sort_key)
    seen = [(item.line, item.column, item.severity.value, item.rule) for item in found]
    assert seen == [(int(m[1]), int(m[2]), m[3] or "error", m[4]) for m in wanted], found
    for item, match in zip(found, wanted, strict=True):
        for words in match[5].split(" + "):
            assert words.lower() in item.message.lower()
    for line in case.expected:
        if line.startswith("-> = "):
            assert document.data == json.loads(line[5:])
        if line.startswith("-> plain"):
            marked = [key for key, value in document.data.items() if type(value) is Plain]
            assert marked == line.split()[2:]
    if not has_errors(found):
        assert document is not None


@pytest.mark.parametrize("case", list(cases()))
def test_the_parser_in_python_agrees(case, monkeypatch):
    if case.title == "tabs where they do no harm":
        pytest.skip("PyYAML's own scanner takes no tab between tokens: it says so, as of others")
    fast_document, fast = read("a.yaml", case.raw)
    for name in ("compose", "tokens"):
        function = getattr(parser, name)
        monkeypatch.setattr(function, "__defaults__", (parser.PythonParser,))
    document, found = read("a.yaml", case.raw)
    assert has_errors(found) == has_errors(fast)
    if not has_errors(found):
        assert document == fast_document
        assert found == fast
    else:
        assert {item.rule for item in found} & {item.rule for item in fast}


def shared_cases() -> Iterator[Any]:
    index = SHARED / "index.json"
    if not index.exists():
        yield pytest.param(None, marks=pytest.mark.skip(reason="the shared cases are not here"))
        return
    for case in json.loads(index.read_text("utf-8"))["files"]:
        if not case["file"].startswith(DECIDED_LATER):
            yield pytest.param(case, id=case["file"])


def shared_bytes(case: dict[str, Any]) -> bytes:
    if "generate" not in case:
        return (SHARED / case["file"]).read_bytes()
    return "".join(text * times for text, times in case["generate"]).encode()


@pytest.mark.parametrize("case", list(shared_cases()))
def test_a_shared_case(case):
    document, found = read(case["file"], shared_bytes(case))
    if case["verdict"] == "accept":
        assert not has_errors(found)
        for pointer, value in case.get("value", {}).items():
            assert document.data[pointer[1:]] == value
        return
    said = [
        item
        for item in found
        if all(word.lower() in item.message.lower() for word in case["must_say"])
        and case.get("line") in {None, item.line}
    ]
    assert said
    assert case["verdict"] == "warn" or has_errors(found)


def at_depth(depth: int) -> dict[str, str]:
    blocks = "".join(f"{'  ' * level}a:\n" for level in range(depth))
    return {
        "lists between brackets": f"a: {'[' * (depth - 1)}x{']' * (depth - 1)}",
        "mappings between braces": f"a: {'{a: ' * (depth - 1)}x{'}' * (depth - 1)}",
        "indented mappings": f"{blocks[:-1]} b",
        "dashes on one line": f"a:\n  {'- ' * (depth - 1)}x",
        "one mapping more in each item": "a:\n"
        + "".join(f"{'  ' * level}- a:\n" for level in range(1, depth)),
    }


@pytest.mark.parametrize("shape", list(at_depth(1)))
@pytest.mark.parametrize("engine", [parser.FastParser, parser.PythonParser])
def test_depth_is_bounded(shape, engine, monkeypatch):
    for name in ("compose", "tokens"):
        monkeypatch.setattr(getattr(parser, name), "__defaults__", (engine,))
    for depth in (49, 50):
        text = at_depth(depth)[shape]
        if not shape.startswith("one mapping more"):
            assert not has_errors(read("a", text.encode())[1])
    for depth in (51, 200):
        document, found = read("a", at_depth(depth)[shape].encode())
        assert document is None
        assert [item.rule for item in found] == ["yaml-depth"]
        assert "nested" in found[0].message


PIECES = (
    *(
        "[",
        "{",
        "- ",
        "? ",
        "[\n",
        "{? ",
        "*a ",
        "!a ",
        "&a ",
        '"',
        "'",
        "\ufeff",
        "\x85",
        "a: b\n",
    ),
    *("- &a x\n", "---\n", "%A b\n", "a,", "[a: b,", "\t", " ", "#", " #", "\\u2028", "\r", "\x00"),
    *("k: |\n", "\u0430: x\n", "\\", '"\\ud800', "\xa0", ": ", "a:\n "),
)


@pytest.mark.parametrize("piece", PIECES)
def test_much_of_anything_ends_fast(piece):
    size = MAX_BYTES // 4  # enough: four times as much of what is quadratic takes minutes
    for lead in ("", "a: ", 'a: "', "a: [", "a: |\n  "):
        raw = (lead + piece * size).encode()[:size]
        begun = time.process_time()
        _, found = read("a", raw)
        assert time.process_time() - begun < 1
        assert len(found) <= MAX_DIAGNOSTICS


def test_of_a_file_that_is_too_large_the_beginning_is_read():
    raw = "".join(f"k{number}: {number}\n" for number in range(50_000)).encode()
    document, found = read("a", raw)
    assert [(item.rule, item.line) for item in found] == [("yaml-size", 1)]
    assert document.data["k0"] == "0"
    assert "nested" in found[0].message


def test_a_file_that_is_too_large_is_not_called_empty():
    _, found = read("a", b"name: a\n" + b"  a\n" * 100_000)
    assert [item.rule for item in found] == ["yaml-size"]


def test_many_problems_are_counted():
    raw = "".join(f"a{number}: &b x\n" for number in range(100)).encode()
    _, found = read("a", raw)
    assert len(found) == MAX_DIAGNOSTICS
    assert "more problems" in found[-1].message


def test_errors_come_before_warnings_where_there_are_many():
    raw = "a: x #y\n" + "".join(f"b{number}: x #y\n" for number in range(100)) + "a: z\n"
    _, found = read("a", raw.encode())
    assert found[0].rule == "yaml-duplicate-key"
    assert {item.severity for item in found[1:]} == {Severity.WARNING}


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_codings_are_named(coding):
    document, found = read("a", "name: Congress Avenue\n".encode(coding))
    assert document is None
    assert [item.rule for item in found] == ["yaml-encoding"]
    assert "UTF-8" in found[0].message


def test_a_byte_of_windows_1252_is_pointed_at():
    _, (found,) = read("a", "a: b\nname: Caf\xe9\n".encode("cp1252"))
    assert (found.line, found.column, found.rule) == (2, 10, "yaml-encoding")
    assert "0xE9" in found.message
    assert "é" in found.hint


def test_a_byte_order_mark_of_utf_8_is_nothing():
    assert read("a", b"\xef\xbb\xbfa: b\n")[0].data == {"a": "b"}


def test_data_keep_the_order_of_the_file():
    assert list(read("a", b"z: 1\na: 2\nm: 3\n")[0].data) == ["z", "a", "m"]


PLACES = b"""\
# comment
name: x
select:
  - folder: us
    tags: [a, bb]
  - 7
offer: {product: p, "discount": 20}
"""


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ((), (1, 1)),
        (("name",), (2, 1)),
        (("select", 0), (4, 5)),
        (("select", 0, "tags"), (5, 5)),
        (("select", 0, "tags", 1), (5, 15)),
        (("select", 1), (6, 5)),
        (("select", 1, "x"), (6, 5)),
        (("select", 9), (3, 1)),
        (("offer", "discount"), (7, 21)),
        (("offer", "product", 0, "x"), (7, 9)),
        (("nothing", "name"), (1, 1)),
    ],
)
def test_the_position_is_that_of_the_nearest_part(at, place):
    assert position("a", PLACES, at) == place


def test_positions_of_many_places():
    assert positions("a", PLACES, [("name",), ("offer",)]) == [(2, 1), (7, 1)]


@pytest.mark.parametrize("raw", [b"", b"- a", b"a: [", b"\xff", b"a: *b"])
def test_positions_in_a_file_that_cannot_be_read(raw):
    assert position("a", raw, ("a",)) == (1, 1)


ALPHABET = st.sampled_from(
    list("ab:-?,[]{}#&*!|>'\"%@` \t\r\n~01.\\ue8N_\x85\xa0\ufeff\u0430é😀=<")
)
FRAGMENTS = st.sampled_from(
    (
        *("a: ", "- ", "\n", "\n  ", "b: ", "[", "]", "{", "}", '"', "'", "#x", " #", "|", ">\n"),
        *("&a ", "*a", "!t ", "<<: ", "---\n", "...", "? ", "\\u2028", "\\ud800", "\t", "~", "%Y"),
    )
)
RAW = st.one_of(
    st.binary(),
    st.text(ALPHABET).map(str.encode),
    st.lists(FRAGMENTS).map(lambda pieces: "".join(pieces).encode()),
)


@given(RAW)
@example(b"\xf0\x9f")
@example(b"? ")
def test_reading_never_raises(raw):
    document, found = read("a", raw)
    assert document is not None or has_errors(found)
    assert all(item.line >= 1 and item.column >= 1 and item.message for item in found)
    position("a", raw, ("a", 0, "b"))


def test_libyaml_is_used_where_it_is():
    assert (parser.FastParser is not parser.PythonParser) == pyyaml.__with_libyaml__
