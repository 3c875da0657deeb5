"""The meaning of one brand's campaigns: vectors in a ChromaDB collection of that brand alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from storesync.diagnostics import printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

Answer = TypeVar("Answer")


class Damaged(Exception):  # noqa: N818 - a state that is mended, never shown to people
    """The database on disk cannot be used: it is deleted and made anew."""


def collection_name(repository: str, brand: str, model: str) -> str:
    """Return the name of a brand's collection: one for each repository, brand and model.

    A hash over all three, so that no two brands ever share one, whatever they are called.
    """
    key = json.dumps([repository, brand, model]).encode()
    return f"storesync-{hashlib.sha256(key).hexdigest()[:40]}"


def open_client(folder: Path, address: str | None) -> ClientAPI:
    """Return ChromaDB in a folder, or the server at an address. Telemetry is off.

    Raises UserError where the extra is missing or the server is not there, Damaged where the
    folder is not usable.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # of what chromadb may load besides
    try:
        import chromadb
        from chromadb.config import Settings
    except ImportError as error:
        raise UserError(
            "searching by meaning needs the package chromadb", hint='pip install "storesync[ai]"'
        ) from error
    settings = Settings(anonymized_telemetry=False)
    if address is None:
        if folder.is_symlink():
            folder.unlink()
        return _whole(lambda: chromadb.PersistentClient(path=str(folder), settings=settings))
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=settings,
        )
    except Exception as error:
        raise UserError(
            f"no Chroma server answers at {printable(address)}",
            hint="start it, or delete search.chroma in storesync.yaml to keep vectors here",
        ) from error


def forget(folder: Path) -> None:
    """Delete a damaged database."""
    with suppress(ImportError):
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        folder.unlink(missing_ok=True)


class Vectors:
    """One collection. A damaged database raises Damaged."""

    def __init__(self, client: ClientAPI, name: str) -> None:
        # No embedding function: Chroma's own would download a model.
        self._collection: Any = _whole(
            lambda: client.get_or_create_collection(
                name,
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        )
        self._most: int = client.get_max_batch_size()

    def count(self) -> int:
        """Return how many vectors there are."""
        return _whole(lambda: int(self._collection.count()))

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return _whole(lambda: set(self._collection.get(include=[])["ids"]))

    def put(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Keep vectors, in place of those of the same ids."""
        _whole(lambda: self._collection.upsert(ids=list(ids), embeddings=list(vectors)))

    def remove(self, ids: Sequence[str]) -> None:
        """Forget vectors; ids that are not there are no fault."""
        for start in range(0, len(ids), self._most):
            _whole(partial(self._collection.delete, ids=list(ids[start : start + self._most])))

    def get(self, ids: Sequence[str]) -> list[list[float]]:
        """Return the vectors of ids that are there."""
        if not ids:
            return []
        found = _whole(lambda: self._collection.get(ids=list(ids), include=["embeddings"]))
        return [[float(value) for value in vector] for vector in found["embeddings"]]

    def nearest(
        self, vector: Sequence[float], count: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (id, cosine) of the vectors nearest to one, the nearest first."""
        import numpy as np

        if among is not None and not among:
            return []
        row = np.asarray(vector, dtype=np.float32)  # Chroma looks at every number of a list
        found = _whole(
            lambda: self._collection.query(
                query_embeddings=[row],
                n_results=count,
                ids=None if among is None else list(among),
                include=["distances"],
            )
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(key, 1.0 - float(distance)) for key, distance in pairs]


def _whole(ask: Callable[[], Answer]) -> Answer:
    """Ask ChromaDB. Raises Damaged where it fails, its panics (no Exception) included."""
    try:
        return ask()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Damaged(str(error)) from error
