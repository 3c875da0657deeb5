"""A second reader says what the first would say, or nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from storesync.catalog.load import load
from storesync.source.ahead import Ahead
from storesync.source.scalar import Plain
from storesync.source.tree import MemoryTree
from storesync.source.yaml import read

SOUND = [
    f"name: Café {number} ☕\ngeo: {{latitude: {number}.5, longitude: -1}}\ntags: [a, b]\n".encode()
    for number in range(90)
]
PATHS = [f"{index}.yaml" for index in range(len(SOUND))]
FAULTY = [b"a: 1\na: 2\n", b"\xff", b"", b"a: [\n", b"a: &x 1\n", "a: \u202e\n".encode()]
pytestmark = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor needs no help")


class Patient(Ahead):
    """A second reader that is asked when it has read everything."""

    def start(self, paths: Sequence[str], raws: Sequence[bytes]) -> None:
        super().start(paths, raws)
        end = time.monotonic() + 20
        while len(self._answers) < len(raws) and time.monotonic() < end:
            self._take()
            time.sleep(0.01)


@pytest.fixture
def ahead() -> Iterator[Ahead]:
    with closing(Patient(fewest=1)) as reader:
        yield reader


def _kinds(data: object) -> object:
    if isinstance(data, dict):
        return {key: _kinds(inner) for key, inner in data.items()}
    return [*map(_kinds, data)] if isinstance(data, list) else (isinstance(data, Plain), data)


def test_reads_what_the_first_would_read(ahead: Ahead) -> None:
    raws = [*SOUND, *FAULTY, *SOUND[:3]]
    ahead.start([f"{index}.yaml" for index in range(len(raws))], raws)
    for index, raw in enumerate(raws):
        document = ahead.get(f"{index}.yaml")
        expected, found = read(f"{index}.yaml", raw)
        if found:
            assert document is None
        else:
            assert expected is not None
            assert document == expected
            assert _kinds(document.data) == _kinds(expected.data)


def test_begins_once_and_may_be_asked_for_some(ahead: Ahead) -> None:
    ahead.start(PATHS, SOUND)
    ahead.start(PATHS[:2], SOUND[:2])
    for path, raw in list(zip(PATHS, SOUND, strict=True))[::7]:
        assert ahead.get(path) == read(path, raw)[0]
    assert ahead.get("other.yaml") is None


def test_few_files_are_left_to_the_first() -> None:
    with closing(Ahead()) as reader:
        reader.start(PATHS, SOUND)
        assert [reader.get(path) for path in PATHS] == [None] * len(SOUND)


def test_what_a_dead_reader_has_not_read_is_read_here() -> None:
    with closing(Ahead(fewest=1)) as reader:
        reader.start(PATHS, SOUND)
        process = reader._process
        assert process is not None
        process.kill()
        answers = [reader.get(path) for path in PATHS]
    assert answers == [read(path, raw)[0] for path, raw in zip(PATHS, SOUND, strict=True)]


def test_both_read_and_meet() -> None:
    raws = [*SOUND, *FAULTY] * 40
    paths = [f"{index}.yaml" for index in range(len(raws))]
    with closing(Ahead(fewest=1)) as reader:
        reader.start(paths, raws)
        for path, raw in zip(paths, raws, strict=True):
            document, found = read(path, raw)
            assert reader.get(path) == (None if found else document)


def test_a_catalog_is_the_same_with_help(ahead: Ahead) -> None:
    files = {
        f"brands/b/locations/{number}.yaml": raw.decode("utf-8", "surrogateescape")
        for number, raw in enumerate([*SOUND, b"a: 1\na: 2\n", b"name: 12\nnmae: x\n"])
    }
    tree = MemoryTree(
        {path: text.encode("utf-8", "surrogateescape") for path, text in files.items()}
    )
    with_help, alone = load(tree, ahead=ahead), load(tree)
    assert with_help._replace(parsed=None) == alone._replace(parsed=None)
