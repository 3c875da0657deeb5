"""An index on a disk that is full: what is there stays, and it is said what to do."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from searched import Counting, campaign

from storesync.errors import UserError
from storesync.search.room import has_room

SOME = {f"c{n}": campaign(f"Offer {n}", f"Loaf {n}", f"Bread and rain {n}.") for n in range(40)}
MORE = SOME | {f"d{n}": campaign(f"Sale {n}", f"Bun {n}", f"Jam and sun {n}.") for n in range(90)}


@contextmanager
def no_file_larger(size: int) -> Iterator[None]:
    """Have this process write no file larger than so many bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_damages_no_vectors(open_session):
    embedder = Counting()
    first = open_session({"bakery": SOME}, embedder)
    assert first.session.refresh("bakery").embedded == 80
    first.session.close()
    database = first.place.vectors / "chroma.sqlite3"
    before = database.stat().st_ino
    with no_file_larger(database.stat().st_size + 100_000):
        full = open_session({"bakery": MORE}, embedder)
        full.session.refresh("bakery")
        full.session.close()
    assert full.told == [
        (
            f"by words alone: no space is left for vectors in {full.place.vectors}"
            " (make room there, and run the command again: what is there is kept)"
        )
    ]
    assert full.session.embedder is None
    assert database.stat().st_ino == before, "it is not made anew"
    again = open_session({"bakery": SOME}, embedder := Counting())
    assert again.session.refresh("bakery").embedded == 0
    assert (again.told, embedder.asked) == ([], 0)
    assert again.session.search("bakery")._vectors[0].count() == 80


def test_a_full_disk_damages_no_words(open_session):
    embedder = Counting()
    first = open_session({"bakery": SOME}, embedder)
    first.session.refresh("bakery")
    first.session.close()
    file = first.place.words / "bakery.sqlite"
    before = file.stat().st_ino
    with (
        no_file_larger(4_096),
        pytest.raises(UserError, match="cannot write the search index") as caught,
    ):
        open_session({"bakery": SOME}, embedder).session.refresh("bakery")
    assert "make room there" in caught.value.hint
    assert file.stat().st_ino == before
    assert open_session({"bakery": SOME}, embedder).session.refresh("bakery").embedded == 0


def test_what_is_damaged_while_there_is_room_is_made_anew(open_session):
    first = open_session({"bakery": SOME}, Counting())
    first.session.refresh("bakery")
    first.session.close()
    (first.place.vectors / "chroma.sqlite3").write_bytes(b"no database" * 500)
    again = open_session({"bakery": SOME}, Counting())
    assert again.session.refresh("bakery").embedded == 80
    assert again.told == []


def test_room_is_what_can_be_written(tmp_path, monkeypatch):
    assert has_room(tmp_path)
    assert has_room(tmp_path / "not yet there")
    assert not has_room(tmp_path / "not" / "yet" / "there")
    with no_file_larger(2**20):
        assert not has_room(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**20))
    assert not has_room(tmp_path)
