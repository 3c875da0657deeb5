"""The ledger's journal: lines that belong to no single campaign, in one chain of their own."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storesync.diagnostics import Diagnostic, has_errors
from storesync.errors import UserError
from storesync.ledger import campaign as one
from storesync.ledger.entry import JournalKind
from storesync.ledger.segment import RESTORE, Line, unknown_type

Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Journal:
    """What the whole repository's lines say: `last_hash` and `length` are of their chain.

    `kinds` counts them by type; `latest` is the time of the last one (UTC). With an error among
    `problems` nothing at all may be published: whether something is held is then unknown.
    """

    last_hash: str = ""
    length: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    latest: datetime | None = None
    problems: tuple[Diagnostic, ...] = ()
    load: Callable[[], Lines] = tuple

    @property
    def is_damaged(self) -> bool:
        """Say whether nothing may be concluded from it."""
        return has_errors(self.problems)

    @functools.cached_property
    def lines(self) -> Lines:
        """The lines in order, as far as they are sound; read when first asked for."""
        return self.load()

    def of(self, *kinds: JournalKind) -> Lines:
        """Return the lines of some types in order. Raises UserError as `check`."""
        self.check()
        if not any(self.kinds.get(kind) for kind in kinds):
            return ()
        return tuple(line for line in self.lines if line.fields["type"] in kinds)

    def check(self) -> None:
        """Raise UserError where the journal is damaged: then nothing may be published."""
        for problem in self.problems:
            if has_errors([problem]):
                place = f"{problem.path}:{problem.line}" if problem.line else problem.path
                message = f"the ledger's journal is damaged: {place}: {problem.message}"
                raise UserError(message, hint=problem.hint)


def assemble(files: Mapping[str, bytes], root: str, known: Collection[str]) -> Journal:
    """Read the journal's segments (path -> bytes).

    `root` is the hash of the genesis line, `known` those of lines that manifests name.
    """
    lines, last, problems = one.chain(files, root)
    for index, line in enumerate(lines):
        kind = line.fields.get("type")
        if not isinstance(kind, str) or kind not in _KINDS:
            problems.append(unknown_type(kind, _KINDS).at(line.path, line.number))
            lines, last = lines[:index], lines[index - 1].hash if index else root
            break
    here = {root, *(line.hash for line in lines)}
    if not has_errors(problems) and not here.issuperset(known):
        problems.append(_cut())
    found = tuple(lines)
    return Journal(
        last_hash=last,
        length=len(found),
        kinds=Counter(line.fields["type"] for line in found),
        latest=one.latest(found),
        problems=tuple(problems),
        load=lambda: found,
    )


def to_summary(journal: Journal) -> dict[str, Any]:
    """Return all but the lines, as a cache keeps it."""
    return {
        "last": journal.last_hash,
        "length": journal.length,
        "kinds": journal.kinds,
        "latest": journal.latest and journal.latest.isoformat(),
        "problems": one.to_problem_rows(journal.problems),
    }


def from_summary(summary: Mapping[str, Any], load: Callable[[], Lines]) -> Journal:
    """Return what `to_summary` was made from; `load` brings the lines when asked for."""
    latest = summary["latest"]
    return Journal(
        last_hash=summary["last"],
        length=summary["length"],
        kinds=summary["kinds"],
        latest=None if latest is None else datetime.fromisoformat(latest),
        problems=one.from_problem_rows(summary["problems"]),
        load=load,
    )


_KINDS = frozenset(item.value for item in JournalKind)


def _cut() -> Diagnostic:
    return Diagnostic(
        "ledger-damaged",
        "lines at the end of the journal are gone: a manifest names one that is not here",
        "ledger/journal",
        hint=f"{RESTORE}; manifests/ is derived",
    )
