"""One campaign in the ledger: its segments, put together, checked and summed up."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from storesync.diagnostics import Diagnostic, Severity, has_errors
from storesync.ledger import segment
from storesync.ledger.delivery import State, fold
from storesync.ledger.layout import CampaignId, manifest_path
from storesync.ledger.manifest import Known
from storesync.ledger.segment import Line
from storesync.plugins.protocols import DeliveryState


@dataclass(frozen=True)
class CampaignLedger:
    """What the ledger says of one campaign.

    `last_hash` and `length` are of its chain of lines; `counts` of its placements by state;
    `latest` is the time of its last line (UTC); `journal` is the hash of a line of the journal that
    its manifest names, `tool` the versions that worked that out, empty for none. `seen` is a line
    of its own that a manifest named and that is there. With an error among `problems` nothing of
    the campaign may be published: what is known of it then ends at the damage.
    """

    id: CampaignId
    last_hash: str
    length: int = 0
    counts: Mapping[DeliveryState, int] = field(default_factory=dict)
    latest: datetime | None = None
    journal: str = ""
    tool: str = ""
    seen: str = field(default="", compare=False)
    problems: tuple[Diagnostic, ...] = ()
    load: Callable[[], State] = dict

    @property
    def is_damaged(self) -> bool:
        """Say whether the campaign must not be published."""
        return has_errors(self.problems)

    @functools.cached_property
    def state(self) -> State:
        """The record of each placement; read when first asked for."""
        return self.load()


def assemble(
    campaign: CampaignId, files: Mapping[str, bytes], root: str, known: Known
) -> CampaignLedger:
    """Read a campaign's segments (path -> bytes).

    `root` is the hash of the genesis line, `known` what the manifest's head says.
    """
    lines, last, problems = chain(files, root)
    state, senseless = fold(lines)
    problems += senseless
    if not problems and _is_cut(lines, root, known.campaign):
        problems.append(_cut(campaign))
    return CampaignLedger(
        id=campaign,
        last_hash=last,
        length=len(lines),
        counts=Counter(record.state for record in state.values()),
        latest=latest(lines),
        journal=known.journal,
        tool=known.tool,
        seen=known.campaign or "",
        problems=tuple(problems),
        load=lambda: state,
    )


def chain(files: Mapping[str, bytes], root: str) -> tuple[list[Line], str, list[Diagnostic]]:
    """Return a campaign's lines in order, the hash of the last, and what is wrong with them."""
    parsed = [segment.parse(path, data) for path, data in sorted(files.items())]
    problems = [problem for _, found in parsed for problem in found]
    lines, last, misplaced = segment.join([lines for lines, _ in parsed], root)
    # Behind a damaged line nothing can follow as it should: saying so again would help nobody.
    return lines, last, problems or misplaced


def to_summary(campaign: CampaignLedger) -> dict[str, Any]:
    """Return all that lines alone say, but for the records, as a cache keeps it."""
    return {
        "last": campaign.last_hash,
        "length": campaign.length,
        "counts": campaign.counts,
        "latest": campaign.latest and campaign.latest.timestamp(),
        "seen": campaign.seen,
        "problems": to_problem_rows(campaign.problems),
    }


def agrees(summary: Mapping[str, Any], known: Known, root: str) -> bool:
    """Say whether a summary is enough to tell that no line is gone that a manifest names."""
    return known.campaign in {None, root, summary["last"], summary["seen"]}


def from_summary(
    campaign: CampaignId, summary: Mapping[str, Any], known: Known, load: Callable[[], State]
) -> CampaignLedger:
    """Return what `to_summary` was made from, with what the manifest's head says now.

    `load` brings the records when asked for.
    """
    when = summary["latest"]
    return CampaignLedger(
        id=campaign,
        last_hash=summary["last"],
        length=summary["length"],
        counts={DeliveryState(name): count for name, count in summary["counts"].items()},
        latest=None if when is None else datetime.fromtimestamp(when, UTC),
        journal=known.journal,
        tool=known.tool,
        seen=summary["seen"],
        problems=from_problem_rows(summary["problems"]),
        load=load,
    )


def to_problem_rows(problems: Iterable[Diagnostic]) -> list[list[Any]]:
    """Return what is wrong as a cache keeps it."""
    return [
        [item.rule, item.message, item.path, item.line, item.hint, item.severity.value]
        for item in problems
    ]


def from_problem_rows(rows: list[list[Any]]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that `to_problem_rows` made rows of."""
    return tuple(_problem(*row) for row in rows)


def _problem(rule: str, message: str, path: str, line: int, hint: str, severity: str) -> Diagnostic:
    return Diagnostic(rule, message, path, (), line, 0, hint, Severity(severity))


def latest(lines: Sequence[Line]) -> datetime | None:
    """Return the latest time of some lines (UTC), None where there is none that can be read."""
    times = [line.fields["at"] for line in lines if isinstance(line.fields.get("at"), str)]
    try:
        return datetime.fromisoformat(max(times)) if times else None
    except ValueError:
        return None


def _is_cut(lines: list[Line], root: str, known: str | None) -> bool:
    """Say whether a line is known that is not here: whole lines at the end are gone."""
    if known is None or known == root:
        return False
    return all(line.hash != known for line in reversed(lines))


def _cut(campaign: CampaignId) -> Diagnostic:
    return Diagnostic(
        "ledger-damaged",
        "lines at the end of this campaign are gone: its manifest names one that is not here",
        f"ledger/{campaign}",
        hint=f"{segment.RESTORE}; {manifest_path(campaign)} is derived",
    )
