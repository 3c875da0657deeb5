"""Pieces to artifacts, with the templates of a tree and the cache of the repository."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, tee, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from storesync.render.frames import dumps
from storesync.render.pool import Renderer, RenderJob
from storesync.render.produce import ArtifactCache, Produced, Producer
from storesync.source.encoding import from_json

if TYPE_CHECKING:
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.render.artifact import Artifact
    from storesync.render.limits import Violation
    from storesync.source.cache import Cache
    from storesync.source.tree import Tree
    from storesync.validate.inspections import Inspections

_NAME = "artifacts"
_SAMPLES = "samples"
# Jobs that workers get ready with. Each takes as long as getting its template ready does.
_FEW_SAMPLES = 3
_LOOKED_AT = 50  # pieces, to find different ones among them


def job_of(piece: Piece, inspections: Inspections | None = None) -> RenderJob:
    """Return what the renderer is told of a piece, and who looks at what it gives."""
    return RenderJob(
        template=piece.template,
        channel=piece.key.channel,
        locale=piece.key.locale,
        shared=piece.shared,
        own=piece.own,
        locales=piece.locales if len(piece.locales) > 1 else (),
        judge=None if inspections is None else _Judge(inspections, piece),
    )


class _Judge(NamedTuple):
    """Inspections of one piece."""

    inspections: Inspections
    piece: Piece

    def seal(self) -> str:
        return self.inspections.seal(self.piece)

    def look(self, artifact: Artifact) -> list[Violation]:
        return self.inspections.look(self.piece, artifact)


def sources_of(tree: Tree, paths: Iterable[str]) -> dict[str, str]:
    """Return template part path -> text; what is no UTF-8 becomes what none may hold.

    A byte order mark, which Windows' editors begin a file with, is no part of the text.
    """
    wanted = list(paths)
    return {
        path: raw.removeprefix(BOM_UTF8).decode("utf-8", "surrogateescape")
        for path, raw in zip(wanted, tree.read_many(wanted), strict=True)
    }


class _Begun(NamedTuple):
    """Pieces that workers have begun with, and what becomes of them."""

    pieces: Iterator[Piece]
    results: Iterator[Produced]

    def is_of(self, pieces: list[Piece]) -> bool:
        """Say whether these are the same pieces; asked once."""
        return all(mine is other for mine, other in zip_longest(self.pieces, pieces))


class Production:
    """Renders pieces of one tree and remembers fingerprints between runs.

    With `few` pieces to render one worker is enough, and looking for what is remembered of all
    others would take longer.
    """

    def __init__(self, sources: dict[str, str], store: Cache | None, *, few: bool = False) -> None:
        self.sources = sources
        self._store = store
        self._few = few
        self._cache = ArtifactCache(store.load(_NAME) if store and not few else None)
        self._renderer = Renderer(sources, workers=1 if few else None)
        self.producer = Producer(sources, self._renderer, self._cache)
        self._samples: dict[tuple[str, str, str], RenderJob] = {}
        self._known_samples: dict[tuple[str, str, str], RenderJob] = {}
        self._begun: _Begun | None = None
        if not self._cache.known:
            # There is something to render: workers get ready meanwhile.
            self._known_samples = _load_samples(store) if store else {}
            self._renderer.start(self._known_samples.values())

    def produce(
        self,
        pieces: list[Piece],
        *,
        bodies: bool = False,
        inspections: Inspections | None = None,
        advance: Callable[[int], object] = lambda _count: None,
    ) -> Iterator[tuple[Piece, Produced]]:
        """Yield each piece with what became of it, inspections of what is rendered included."""
        for piece in pieces[:: len(pieces) // _LOOKED_AT + 1]:
            key = (piece.template, piece.key.channel, piece.key.locale)
            if len(self._samples) < _FEW_SAMPLES and key not in self._samples:
                self._samples[key] = job_of(piece)
        begun, self._begun = self._begun, None
        if begun and not bodies and begun.is_of(pieces):
            results = begun.results
        else:
            results = self._results(pieces, inspections, bodies=bodies)
        for piece, produced in zip(pieces, results, strict=True):
            advance(1)
            yield piece, produced

    def _results(
        self, pieces: Iterable[Piece], inspections: Inspections | None, *, bodies: bool = False
    ) -> Iterator[Produced]:
        jobs = (job_of(piece, inspections) for piece in pieces)
        return self.producer.produce(jobs, bodies=bodies)

    def begin(self, pieces: Iterator[Piece], inspections: Inspections) -> Iterator[Piece]:
        """Return pieces as they come, with which workers begin if nothing is known of any.

        A matter of speed: `produce` goes on with them where it is asked for just these.
        """
        if self._cache.known:
            return pieces
        mine, theirs, all_of_them = tee(pieces, 3)
        results = self._results(theirs, inspections)
        first = list(islice(results, 1))
        self._begun = _Begun(mine, chain(first, results))
        return all_of_them

    def attend(self) -> None:
        """Keep the workers busy in the middle of other work."""
        if self._begun:
            self._renderer.attend()

    def check(self) -> list[Diagnostic]:
        """Return what is wrong with the templates themselves; sound ones are remembered."""
        key = self.producer.seed
        if self._store is not None and (self._store.load("templates") or {}).get("sound") == key:
            return []
        found = self._renderer.check()
        if not found and self._store is not None:
            self._store.save("templates", {"sound": key})
        return found

    def finish(self) -> None:
        """End the workers, and keep what this run used for the next one."""
        self.close()
        if self._store is None:
            return
        if self._cache.changed and not self._few:
            self._store.save(_NAME, self._cache.used)
        if not self._samples.keys() <= self._known_samples.keys():
            _save_samples(self._store, self._samples.values())

    def close(self) -> None:
        """End the workers."""
        self._renderer.close()


def _load_samples(store: Cache) -> dict[tuple[str, str, str], RenderJob]:
    """Return jobs that an earlier run rendered, by what decides how long the first one takes."""
    known = (store.load(_SAMPLES) or {}).get("jobs", ())
    return {(job[0], job[1], job[2]): RenderJob(*job) for job in known}


def _save_samples(store: Cache, jobs: Iterable[RenderJob]) -> None:
    plain = [
        [
            job.template,
            job.channel,
            job.locale,
            from_json(dumps(job.shared)),
            from_json(dumps(job.own)),
        ]
        for job in jobs
    ]
    store.save(_SAMPLES, {"jobs": plain})
