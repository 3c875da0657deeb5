"""The words of one brand's campaigns: a SQLite file with a full-text index, FTS5.

The file is a cache. One of another version, a damaged one and one that is no file of ours are
made anew. What one run changes is one transaction, so a killed run leaves whole campaigns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from storesync.errors import UserError
from storesync.search.document import Document, Passage
from storesync.search.room import has_room
from storesync.search.success import Outcome
from storesync.search.terms import Terms

# What SQLite says, in the lower byte of its code, where a disk is full or takes nothing.
_OF_THE_DISK = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)
# Raised whenever what is in the file, or how texts become terms, changes.
FORMAT = 4
_TABLES = """
CREATE TABLE about (format INTEGER NOT NULL, brand TEXT NOT NULL);
CREATE TABLE campaigns (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, content TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE TABLE passages (
    id TEXT NOT NULL, campaign TEXT NOT NULL, text TEXT NOT NULL, model TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE INDEX passages_by_campaign ON passages (campaign);
CREATE INDEX passages_by_model ON passages (model);
CREATE VIRTUAL TABLE words USING fts5(named, said, noted, tokenize = "unicode61 tokenchars '_'");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0, 1.0, 0.7)');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
_WITH = "SELECT rowid FROM words WHERE words MATCH ?"
# Few campaigns are read whole sooner than those that hold one common term are gone through; what
# FTS5 keeps of them is read past its planner, which takes twice as long.
_TEXTS = """
SELECT id, ' ' || c0 || ' ' || c1 || ' ' || c2 || ' ' FROM words_content
WHERE id IN (SELECT value FROM json_each(?))
"""
# After so many changes FTS5's pieces are made one: a term is looked up in each of them.
_MERGED = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A campaign to be kept: its document, a hash of what it was made from, and its terms.

    `passages` are what is embedded, id -> text.
    """

    document: Document
    content: str
    terms: Terms
    passages: dict[str, str]


@contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """Turn what the disk complains of, when files in `folder` are written, into a UserError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if not _is_of_the_disk(error):
            raise
        message = f"cannot write the search index in {folder}: {error}"
        hint = "make room there, or see to it that you may write there, and run the command again"
        raise UserError(message, hint=hint) from error


def _is_of_the_disk(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK


class Words:
    """One brand's file, open. Whoever writes holds the lock of the index."""

    def __init__(self, path: Path, brand: str) -> None:
        self._path, self._brand = path, brand
        self._base = self._open()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def contents(self) -> dict[str, str]:
        """Return campaign -> the hash of what its entry was made from."""
        return dict(self._base.execute("SELECT id, content FROM campaigns"))

    def change(self, entries: Iterable[Entry], gone: Iterable[str]) -> int:
        """Keep campaigns in place of what was kept of them and forget others.

        Same passages stay embedded. Returns how many were kept.
        """
        kept = 0
        with self._base:
            for entry in entries:
                self._put(entry)
                kept += 1
            for name in gone:
                self._remove(name)
            if kept > _MERGED:
                self._base.execute("INSERT INTO words (words) VALUES ('optimize')")
        return kept

    def _put(self, entry: Entry) -> None:
        name = entry.document.campaign
        known = dict(
            self._base.execute("SELECT id, model FROM passages WHERE campaign = ?", (name,))
        )
        self._remove(name)
        cursor = self._base.execute(
            "INSERT INTO campaigns (id, content, document) VALUES (?, ?, ?)",
            (name, entry.content, json.dumps(asdict(entry.document), ensure_ascii=False)),
        )
        self._base.execute(
            "INSERT INTO words (rowid, named, said, noted) VALUES (?, ?, ?, ?)",
            (cursor.lastrowid, *(" ".join(terms) for terms in entry.terms)),
        )
        self._base.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            [(key, name, text, known.get(key, "")) for key, text in entry.passages.items()],
        )

    def _remove(self, name: str) -> None:
        self._base.execute(
            "DELETE FROM words WHERE rowid = (SELECT number FROM campaigns WHERE id = ?)", (name,)
        )
        self._base.execute("DELETE FROM campaigns WHERE id = ?", (name,))
        self._base.execute("DELETE FROM passages WHERE campaign = ?", (name,))

    def documents(self) -> dict[int, Document]:
        """Return all documents by number."""
        found = self._base.execute("SELECT number, document FROM campaigns ORDER BY number")
        return {number: _document(json.loads(text)) for number, text in found}

    def passages(self) -> dict[str, str]:
        """Return the ids of all passages with the model that embedded each, empty for none."""
        return dict(self._base.execute("SELECT id, model FROM passages"))

    def unembedded(self, model: str, size: int) -> Iterator[list[tuple[str, str]]]:
        """Yield (id, text) of passages that a model has not embedded, in batches."""
        found = self._base.execute(
            "SELECT id, text FROM passages WHERE model <> ? ORDER BY id", (model,)
        ).fetchall()
        for start in range(0, len(found), size):
            yield found[start : start + size]

    def mark(self, ids: Iterable[str], model: str) -> None:
        """Note which model passages are embedded by; an empty one: by none."""
        with self._base:
            self._base.executemany(
                "UPDATE passages SET model = ? WHERE id = ?", [(model, key) for key in ids]
            )

    def vocabulary(self) -> dict[str, int]:
        """Return every term and the number of campaigns that hold it."""
        return dict(self._base.execute("SELECT term, doc FROM vocabulary"))

    def matching(self, term: str) -> list[tuple[int, float]]:
        """Return (number, BM25) of the campaigns with a term; more is better."""
        found = self._base.execute(
            "SELECT rowid, -rank FROM words WHERE words MATCH ?", (_quoted(term),)
        )
        return found.fetchall()

    def holders(
        self, terms: Iterable[str], rare: Collection[str], among: Iterable[int]
    ) -> dict[str, set[int]]:
        """Return term -> which campaigns hold it, of those with a rare term and of those `among`.

        There are few among, by their numbers.
        """
        texts = self._base.execute(_TEXTS, (json.dumps(list(among)),)).fetchall()
        any_rare = " OR ".join(map(_quoted, rare))
        found: dict[str, set[int]] = {}
        for term in terms:
            word = f" {term} "
            found[term] = {number for number, text in texts if word in text}
            if rare:
                both = f"({any_rare}) AND {_quoted(term)}"
                found[term].update(number for (number,) in self._base.execute(_WITH, (both,)))
        return found

    def _open(self) -> sqlite3.Connection:
        """Open the file, made anew unless it is sound and ours."""
        if self._path.is_symlink():
            self._path.unlink()
        if self._path.exists():
            base = sqlite3.connect(self._path, timeout=60)
            if self._sound(base):
                return base
            base.close()
            self._delete()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self._path, timeout=60)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        with closing(base.cursor()) as cursor:
            cursor.executescript(f"BEGIN; {_TABLES}")
            cursor.execute("INSERT INTO about VALUES (?, ?)", (FORMAT, self._brand))
            base.commit()
        return base

    def _sound(self, base: sqlite3.Connection) -> bool:
        try:
            about = base.execute("SELECT format, brand FROM about").fetchall()
            checked = base.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if _is_of_the_disk(error) and not has_room(self._path.parent):
                base.close()
                raise  # of a full disk, where a sound file cannot be read
            return False
        return about == [(FORMAT, self._brand)] and checked == ("ok",)

    def _delete(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def _quoted(term: str) -> str:
    return '"{}"'.format(term.replace('"', '""'))


def _document(data: dict[str, Any]) -> Document:
    passages = tuple(Passage(**passage) for passage in data.pop("passages"))
    outcome = data.pop("outcome")
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    achieved = None if outcome is None else Outcome(**outcome)
    return Document(**{**data, **lists, "passages": passages, "outcome": achieved})
