"""Artifacts for many jobs, remembering those whose every input was seen before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from typing import Any

from storesync.render.artifact import Artifact
from storesync.render.frames import dumps
from storesync.render.limits import Violation, measure
from storesync.render.pool import Renderer, RenderFailure, RenderJob

# Asked of the cache and sent to the renderer together; bounds what is in memory at once.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of a job. `artifact` is None where only its fingerprint was remembered."""

    fingerprint: str
    violations: tuple[Violation, ...]
    artifact: Artifact | None = None
    failure: RenderFailure | None = None


class ArtifactCache:
    """Fingerprints and violations of artifacts by the hash of all that went into them."""

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        self.known: MutableMapping[str, Any] = dict(known or {})
        self.used: dict[str, Any] = {}

    @property
    def changed(self) -> bool:
        """Say whether what was used differs from what was known."""
        return self.used.keys() != self.known.keys()

    def get(self, key: str) -> Produced | None:
        """Return what is remembered, without the artifact."""
        entry = self.known.get(key)
        if entry is None:
            return None
        self.used[key] = entry
        return Produced(entry[0], tuple(Violation(*item) for item in entry[1]))

    def put(self, key: str, produced: Produced) -> None:
        """Remember a sound outcome."""
        if produced.failure is None:
            violations = [
                [item.rule, item.message, item.measured, item.limit, item.hint]
                for item in produced.violations
            ]
            self.used[key] = [produced.fingerprint, violations]


class Producer:
    """Turns jobs into artifacts with one renderer, whose workers start when first needed."""

    def __init__(
        self, sources: Mapping[str, str], renderer: Renderer, cache: ArtifactCache | None = None
    ) -> None:
        self._renderer = renderer
        self._cache = cache
        self._seed = _seed(sources)
        self._shared: dict[int, tuple[Mapping[str, Any], bytes]] = {}

    def produce(self, jobs: Iterable[RenderJob], *, bodies: bool) -> Iterator[Produced]:
        """Yield what becomes of each job, in order.

        With `bodies` every job is rendered; without, what is remembered comes as a fingerprint.
        """
        source = iter(jobs)
        while chunk := list(islice(source, _CHUNK)):
            yield from self._chunk(chunk, bodies=bodies)

    def _chunk(self, jobs: list[RenderJob], *, bodies: bool) -> Iterator[Produced]:
        keys = [self.key(job) for job in jobs] if self._cache is not None else []
        remembered: list[Produced | None] = [None] * len(jobs)
        if self._cache is not None and not bodies:
            remembered = [self._cache.get(key) for key in keys]
        todo = [job for job, known in zip(jobs, remembered, strict=True) if known is None]
        rendered = iter(self._renderer.render_many(todo)) if todo else iter(())
        for index, known in enumerate(remembered):
            if known is not None:
                yield known
                continue
            produced = _outcome(next(rendered))
            if self._cache is not None:
                self._cache.put(keys[index], produced)
            yield produced

    @property
    def seed(self) -> str:
        """Return the hash of the templates and of the libraries that shape texts."""
        return self._seed.hex()

    def key(self, job: RenderJob) -> str:
        """Return the hash of everything that goes into a job's artifact."""
        shared = self._shared.get(id(job.shared))
        if shared is None:
            shared = (job.shared, dumps(job.shared))  # keeping the object keeps its id its own
            self._shared[id(job.shared)] = shared
        hasher = hashlib.blake2b(self._seed, digest_size=16)
        hasher.update(f"{job.template}\0{job.channel}\0{job.locale}\0".encode())
        hasher.update(shared[1])
        hasher.update(job.own_json)
        return hasher.hexdigest()


def _outcome(result: Artifact | RenderFailure) -> Produced:
    if isinstance(result, RenderFailure):
        return Produced("", (), failure=result)
    violations = tuple(
        violation
        for part, text in result.parts.items()
        for violation in measure(result.channel, part, text)
    )
    return Produced(result.fingerprint, violations, artifact=result)


def _seed(sources: Mapping[str, str]) -> bytes:
    """Return a hash of the templates and of the libraries that shape texts."""
    hasher = hashlib.blake2b(digest_size=16)
    for name in ("storesync", "jinja2", "babel", "phonenumbers"):
        hasher.update(version(name).encode())
    for path, text in sorted(sources.items()):
        hasher.update(f"{path}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    return hasher.digest()
