"""Artifacts for many jobs, remembering those whose every input was seen before."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from storesync.diagnostics import Severity
from storesync.render.artifact import Artifact
from storesync.render.frames import dumps
from storesync.render.limits import Violation, billed, measure
from storesync.render.naming import folders_of
from storesync.render.pool import Renderer, RenderFailure, RenderJob
from storesync.render.versions import versions

# Bytes of a hash of inputs as they are kept: it tells versions of one placement apart.
_SHORT = 8


class Produced(NamedTuple):
    """What became of a job. `artifact` is None where only its fingerprint was remembered.

    `segments` are those that sending it once is billed for; 0 but for SMS. `inputs` is a short
    hash of what people wrote of it, the same in every version: templates and values.
    """

    fingerprint: str
    violations: tuple[Violation, ...]
    artifact: Artifact | None = None
    failure: RenderFailure | None = None
    segments: int = 0
    inputs: str = ""


# A job in line, its key and inputs if they were needed so far, and what is known of it.
_Waiting = tuple[RenderJob, tuple[str, str] | None, Produced | None]


class ArtifactCache:
    """Fingerprints and violations of artifacts by the hash of all that went into them."""

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        self.known: MutableMapping[str, Any] = dict(known or {})
        self.used: dict[str, Any] = {}

    @property
    def changed(self) -> bool:
        """Say whether what was used differs from what was known."""
        return self.used.keys() != self.known.keys()

    def get(self, key: str, inputs: str = "") -> Produced | None:
        """Return what is remembered, without the artifact; `inputs` are what the caller knows."""
        entry = self.known.get(key)
        if entry is None or len(entry) < 3:  # or as an earlier development version left it
            return None
        self.used[key] = entry
        violations = tuple(map(_violation, entry[1]))
        return Produced(entry[0], violations, segments=entry[2], inputs=inputs)

    def put(self, key: str, produced: Produced) -> None:
        """Remember a sound outcome."""
        if produced.failure is None:
            violations = [list(item) for item in produced.violations]
            self.used[key] = [produced.fingerprint, violations, produced.segments]


def _violation(data: list[Any]) -> Violation:
    """Return a violation as it was kept."""
    item = Violation(*data)
    return item._replace(at=tuple(item.at), severity=Severity(item.severity))


class Producer:
    """Turns jobs into artifacts with one renderer, whose workers start when first needed."""

    def __init__(
        self, sources: Mapping[str, str], renderer: Renderer, cache: ArtifactCache | None = None
    ) -> None:
        self._renderer = renderer
        self._cache = cache
        self._seed = _seed(sources)
        self._sources = sources
        self._shared: dict[int, tuple[Mapping[str, Any], bytes]] = {}
        self._parts: dict[str, bytes] = {}

    def produce(self, jobs: Iterable[RenderJob], *, bodies: bool) -> Iterator[Produced]:
        """Yield what becomes of each job, in order.

        With `bodies` every job is rendered; without, what is remembered comes as a fingerprint.
        """
        # What is known of the jobs that were read and not yet answered. Reading goes on while
        # workers render, so that they never wait for the end of some part.
        waiting: deque[_Waiting] = deque()
        for result in self._renderer.render_many(self._unknown(jobs, waiting, bodies=bodies)):
            yield from _known(waiting)
            job, named, _ = waiting.popleft()
            key, inputs = named or self.key(job)
            produced = _outcome(result, job, inputs)
            if self._cache is not None:
                self._cache.put(key, produced)
            yield produced
        yield from _known(waiting)

    def _unknown(
        self,
        jobs: Iterable[RenderJob],
        waiting: deque[_Waiting],
        *,
        bodies: bool,
    ) -> Iterator[RenderJob]:
        """Yield the jobs that have to be rendered; all are put in line.

        Where none can be known, workers get theirs before anybody works out its key.
        """
        cache = None if bodies or self._cache is None or not self._cache.known else self._cache
        for job in jobs:
            named = None if cache is None else self.key(job)
            known = cache.get(*named) if cache and named else None
            waiting.append((job, named, known))
            if known is None:
                yield job

    @property
    def sources(self) -> Mapping[str, str]:
        """Return the texts of the templates by path."""
        return self._sources

    @property
    def seed(self) -> str:
        """Return the hash of the templates and of the libraries that shape texts."""
        return self._seed.hex()

    def key(self, job: RenderJob) -> tuple[str, str]:
        """Return the hash of everything that goes into a job's artifact, and that of its inputs.

        The inputs are what people wrote: another version of a library is another key alone.
        """
        written = self._written(job)
        hasher = hashlib.blake2b(self._seed, digest_size=16)
        hasher.update(written + (job.judge.seal().encode() if job.judge else b""))
        return hasher.hexdigest(), written[:_SHORT].hex()

    def _written(self, job: RenderJob) -> bytes:
        """Return the hash of what people wrote that goes into a job's artifact."""
        shared = self._shared.get(id(job.shared))
        if shared is None:  # keeping the object keeps its id its own
            shared = (job.shared, hashlib.blake2b(dumps(job.shared), digest_size=16).digest())
            self._shared[id(job.shared)] = shared
        parts = self._parts.get(job.template)
        if parts is None:
            parts = self._parts[job.template] = _hash(_parts(job.template, self._sources)).digest()
        hasher = hashlib.blake2b(parts + shared[1], digest_size=16)
        hasher.update(f"{job.template}\0{job.channel}\0{job.locale}\0".encode())
        hasher.update(job.own_json)
        return hasher.digest()


def _known(waiting: deque[_Waiting]) -> Iterator[Produced]:
    """Take what is remembered from the head of the line."""
    while waiting and (known := waiting[0][2]) is not None:
        waiting.popleft()
        yield known


def _outcome(result: Artifact | RenderFailure, job: RenderJob, inputs: str) -> Produced:
    if isinstance(result, RenderFailure):
        return Produced("", (), failure=result, inputs=inputs)
    violations = tuple(
        violation
        for part, text in result.parts.items()
        for violation in measure(result.channel, part, text)
    )
    if job.judge is not None:
        violations += tuple(job.judge.look(result))
    segments = billed(result.channel, result.parts)
    return Produced(result.fingerprint, violations, result, None, segments, inputs)


def _seed(sources: Mapping[str, str]) -> bytes:
    """Return a hash of the templates and of the libraries that shape texts."""
    hasher = _hash(sources)
    hasher.update(versions().encode())
    return hasher.digest()


def _hash(sources: Mapping[str, str]) -> hashlib.blake2b:
    hasher = hashlib.blake2b(digest_size=16)
    for path, text in sorted(sources.items()):
        hasher.update(f"{path}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    return hasher


def _parts(template: str, sources: Mapping[str, str]) -> dict[str, str]:
    """Return the files that a template can be made of."""
    below = tuple(f"{folder}/" for folder in folders_of(template))
    return {path: text for path, text in sources.items() if path.startswith(below)}
