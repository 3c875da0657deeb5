"""Vectors that a server made, kept by model and text: what was paid for is not asked for twice.

One SQLite file a brand, beside its words. A collection that was lost or damaged, or a campaign
that was renamed, then costs nothing. The file is a cache: what is wrong with it costs requests.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from storesync.plugins.embedder import Embedder, EmbedRequest

_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text)
)
"""
_KNOWN = """
SELECT text, vector FROM vectors
WHERE model = ? AND text IN (SELECT value FROM json_each(?))
"""
# So many vectors of texts that are gone stay beside those of today: branches come back.
_SPARE = 1000

Answer = TypeVar("Answer")


def text_digest(text: str) -> str:
    """Return a short hash of a passage's text."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class KeptVectors:
    """An `Embedder` that asks another one only for passages that are not in its file.

    Whoever uses it holds the lock of the index.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self.capabilities = embedder.capabilities
        self._embedder, self._path = embedder, path

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        """Return a vector for each text. Raises as the other embedder does."""
        if request.question:
            return self._embedder.embed(request)
        keys = [text_digest(text) for text in request.texts]
        known = self._known(keys)
        texts = dict(zip(keys, request.texts, strict=True))
        made = self._make({key: text for key, text in texts.items() if key not in known})
        if len({len(vector) for vector in (*known.values(), *made.values())}) > 1:
            # The server has another model by this name now.
            self._forget()
            known, made = {}, self._make(texts)
        self._keep(made)
        return [known.get(key) or made[key] for key in keys]

    def tidy(self, wanted: Collection[str]) -> None:
        """Forget vectors of other texts than `wanted`, by their digests, where these are many."""

        def forget(base: sqlite3.Connection) -> None:
            there = {text for (text,) in base.execute("SELECT DISTINCT text FROM vectors")}
            if len(there) > 2 * len(wanted) + _SPARE:
                gone = [(text,) for text in there.difference(wanted)]
                base.executemany("DELETE FROM vectors WHERE text = ?", gone)

        self._with(forget, None)

    def _make(self, texts: Mapping[str, str]) -> dict[str, list[float]]:
        if not texts:
            return {}
        vectors = self._embedder.embed(EmbedRequest(list(texts.values())))
        return dict(zip(texts, vectors, strict=True))

    def _known(self, keys: Sequence[str]) -> dict[str, list[float]]:
        asked = (self.capabilities.model, json.dumps(keys))

        def read(base: sqlite3.Connection) -> dict[str, list[float]]:
            return {key: array("f", blob).tolist() for key, blob in base.execute(_KNOWN, asked)}

        return self._with(read, {})

    def _keep(self, made: Mapping[str, Sequence[float]]) -> None:
        model = self.capabilities.model
        rows = [(model, key, array("f", vector).tobytes()) for key, vector in made.items()]
        if rows:
            put = "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)"
            self._with(lambda base: base.executemany(put, rows), None)

    def _forget(self) -> None:
        asked = (self.capabilities.model,)
        self._with(lambda base: base.execute("DELETE FROM vectors WHERE model = ?", asked), None)

    def _with(self, work: Callable[[sqlite3.Connection], Answer], otherwise: Answer) -> Answer:
        """Return what `work` does with the file; `otherwise` where the file cannot be used."""
        try:
            if self._path.is_symlink():
                self._path.unlink()
            with closing(sqlite3.connect(self._path, timeout=60)) as base, base:
                base.execute(_TABLE)
                return work(base)
        except (sqlite3.OperationalError, OSError):
            return otherwise  # no room, no access
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._path.unlink()
            return otherwise
