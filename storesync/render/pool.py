"""Rendering many jobs in worker processes: what the rest of StoreSync sees of the renderer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, Self

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.model.channel import KINDS
from storesync.render import frames
from storesync.render.artifact import Artifact
from storesync.render.crew import Crew, Item
from storesync.render.limits import Violation
from storesync.render.naming import INCLUDES, parse_path

MAX_TEMPLATE_BYTES = 262_144
MAX_ALL_BYTES = 16 * 1024 * 1024
# With more of them this process, which does as much for each job as they do, would be what lasts.
_WORKERS = 2
# No template's name: what a sample does wrong counts for nothing else.
_SAMPLE = "(sample)"


class Judge(Protocol):
    """Says what is wrong with one job's artifact."""

    def seal(self) -> str:
        """Return what stands for all that the judgement hangs on besides the job itself.

        With another one the artifact is judged again; empty where nothing is looked at.
        """

    def look(self, artifact: Artifact) -> Iterable[Violation]:
        """Return what is wrong."""


@dataclass(slots=True)  # frozen, each of 25,000 would take three times as long to make
class RenderJob:
    """One placement to render: a template (`shared/seasonal-offer`) for a channel in a language.

    `shared` is the context of many jobs and the same object in all of them; `own` is this
    location's and goes over it. Both are plain data as JSON has it. `locales` are all languages
    of an artifact that holds several, main one first; the texts of each are the caller's to put
    into `own["locales"]`. `judge` looks at the artifact once it is there.
    """

    template: str
    channel: str
    locale: str
    shared: Mapping[str, Any]
    own: Mapping[str, Any]
    locales: tuple[str, ...] = ()
    judge: Judge | None = field(default=None, compare=False)
    own_json: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Write `own` as it is hashed, and as it is sent to a worker."""
        self.own_json = frames.dumps(self.own)


class RenderFailure(NamedTuple):
    """Why a job gave no artifact, and where in the templates.

    `rule` is `undefined-variable`, `template-error`, `template-limit`, `template-output`, or one
    of the static rules. `line` is 0 where it is not known. `value` names the value of a copy file
    that is to blame; `path` is that file then.
    """

    path: str
    line: int
    message: str
    hint: str
    rule: str
    value: str = ""


class Renderer:
    """Renders from the template files of one revision, in worker processes started when needed.

    `sources` are path -> text of everything under `templates/` that ends in `.j2`. Use it as a
    context manager: its end ends the workers.
    """

    def __init__(self, sources: Mapping[str, str], *, workers: int | None = None) -> None:
        self._sources: dict[str, str] = {}
        self._oversized: list[Diagnostic] = []
        total = 0
        for path in sorted(sources):
            size = len(sources[path].encode("utf-8", "surrogatepass"))
            total += size
            if size > MAX_TEMPLATE_BYTES:
                message = (
                    f"the template has {size:,} bytes; at most {MAX_TEMPLATE_BYTES:,} are read"
                )
            elif total > MAX_ALL_BYTES:
                message = f"all templates together have more than {MAX_ALL_BYTES:,} bytes"
            else:
                self._sources[path] = sources[path]
                continue
            hint = "move parts of it into included files"
            self._oversized.append(
                Diagnostic("template-too-large", message, path, line=1, hint=hint)
            )
        processors = os.cpu_count() or 1
        most = min(_WORKERS, processors) if workers is None else workers
        self._crew = Crew(self._sources, most)

    def __enter__(self) -> Self:
        """Return the renderer; nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.close()

    def close(self) -> None:
        """End the workers."""
        self._crew.close()

    def start(self, samples: Iterable[RenderJob] = ()) -> None:
        """Start a worker now, so that it is ready when there are jobs; a matter of speed.

        It renders `samples` while it waits, and so has compiled templates and loaded languages;
        what comes of them is no matter.
        """
        self._crew.warm([_item(job, _SAMPLE) for job in samples])

    def attend(self) -> None:
        """Keep the workers busy in the middle of other work."""
        self._crew.attend()

    def check(self) -> list[Diagnostic]:
        """Return everything wrong with the templates that can be known without rendering."""
        found = [*self._oversized, *self._incomplete()]
        paths = list(self._sources)
        answers = self._crew.run(Item(["check", path]) for path in paths)
        for path, answer in zip(paths, answers, strict=True):
            if answer[0] == "checked":
                found += [_diagnostic(values) for values in answer[1]]
            else:
                message = "checking the template takes too long or too much memory"
                found.append(Diagnostic("template-too-large", message, path, line=1))
        return sorted(found, key=lambda diagnostic: diagnostic.sort_key)

    def render_many(self, jobs: Iterable[RenderJob]) -> Iterator[Artifact | RenderFailure]:
        """Yield an artifact or a failure for each job, in order, reading jobs as needed."""
        sent: list[RenderJob] = []

        def items() -> Iterator[Item]:
            for job in jobs:
                sent.append(job)
                yield _item(job, job.template)

        done = 0
        for answer in self._crew.run(items()):
            job = sent[done]
            done += 1
            if done >= 1_000:
                del sent[:done]
                done = 0
            yield _result(job, answer)

    def _incomplete(self) -> Iterator[Diagnostic]:
        """Yield the channels that a template has some parts of, but not all that are required."""
        names = [name for name in map(parse_path, self._sources) if name]
        bases = {name.base for name in names}
        folders = sorted(
            {name.folder for name in names if not name.folder.endswith(f"/{INCLUDES}")}
        )
        for folder in folders:
            for kind in KINDS.values():
                there = [p for p in kind.parts if f"{folder}/{kind.name}.{p.name}.j2" in bases]
                for part in kind.parts if there else ():
                    if part.required and part not in there:
                        path = f"{folder}/{kind.name}.{there[0].name}.j2"
                        message = f"{kind.name} also needs {kind.name}.{part.name}.j2"
                        yield Diagnostic("missing-part", message, path, line=1)


def _item(job: RenderJob, template: str) -> Item:
    """Return what the crew is given; a limit that it goes over counts for `template`."""
    request = ["render", job.template, job.channel, job.locale]
    return Item(request, job.shared, job.own_json, (template, id(job.shared)), template)


def _result(job: RenderJob, answer: Sequence[Any]) -> Artifact | RenderFailure:
    folder = f"templates/{job.template}"
    if answer[0] == "parts":
        return Artifact(job.channel, job.locale, answer[1])
    if answer[0] == "failed" and "message" in answer[1]:
        said = answer[1]
        names = ("path", "message", "hint", "rule", "value")
        shown = [printable(str(said[name]), limit=300) for name in names]
        return RenderFailure(shown[0], int(said["line"]), *shown[1:])
    hint = "make the template do less: fewer or shorter loops"
    if answer[0] == "stopped":
        message = "not rendered: other locations with this template went over the limits"
    else:
        message = "rendering takes too long or too much memory and was stopped"
    return RenderFailure(folder, 0, message, hint, "template-limit")


def _diagnostic(values: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        str(values["rule"]),
        printable(str(values["message"]), limit=300),
        str(values["path"]),
        line=int(values["line"]),
        hint=str(values["hint"]),
        severity=Severity(values["severity"]),
    )
