"""What one campaign should be, as last worked out: lets a run in which nothing changed do nothing.

A manifest is derived. One that is absent, unreadable, or of another format costs time only.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from storesync.ledger.entry import stamp, unstamped
from storesync.plan.change import PlacementKey
from storesync.render.artifact import canonical_json

FORMAT = 1
DAMAGE = (KeyError, TypeError, ValueError, RecursionError)


class Entry(NamedTuple):
    """One placement: when it should be out there (UTC), and the hashes of what would be.

    `artifact` is what customers see, `inputs` what people wrote of it (see `Produced`); both are
    empty for what was not rendered, `inputs` where an earlier version worked it out.
    """

    placement: PlacementKey
    starts: datetime | None
    ends: datetime | None
    fingerprint: str
    artifact: str
    inputs: str = ""


class Known(NamedTuple):
    """What the head of a manifest says: hashes of lines, and the versions that worked it out.

    The lines are of its campaign, None for none, and of the journal.
    """

    campaign: str | None = None
    journal: str = ""
    tool: str = ""


class Skip(NamedTuple):
    """One placement that does not go out now, and why."""

    placement: PlacementKey
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All placements of one campaign, and what they were worked out from.

    `tool` is the version that did it; `inputs` are path -> id of a folder or file in Git;
    `ledger_tip_line` is the hash of the campaign's last line in the ledger, `journal_tip_line` of
    a line that the journal had: it must be there for ever. Between `computed_at`
    and `next_change` (None: never) time alone changes nothing. `skipped` are not for their location
    now, `held` a person stopped.
    """

    tool: str
    inputs: Mapping[str, str]
    ledger_tip_line: str
    computed_at: datetime
    next_change: datetime | None
    entries: tuple[Entry, ...]
    skipped: tuple[Skip, ...] = ()
    journal_tip_line: str = ""
    held: tuple[Skip, ...] = ()


def is_current(
    manifest: Manifest, inputs: Mapping[str, str], tool: str, last_hash: str, at: datetime
) -> bool:
    """Say whether working the campaign out again at `at` would give the same, with nothing due."""
    if at < manifest.computed_at or (manifest.next_change and at >= manifest.next_change):
        return False
    worked_out_from = (manifest.tool, manifest.ledger_tip_line, dict(manifest.inputs))
    return worked_out_from == (tool, last_hash, dict(inputs))


def is_same(one: Manifest, other: Manifest) -> bool:
    """Say whether two manifests differ in nothing but when they were worked out.

    One of a moment that has not come yet (a clock was wrong) is good for no run until then.
    """
    return one.computed_at <= other.computed_at and one == dataclasses.replace(
        other, computed_at=one.computed_at, journal_tip_line=one.journal_tip_line
    )


def head_of(manifest: Manifest) -> dict[str, Any]:
    """Return all that a manifest says but its placements."""
    return {
        "v": FORMAT,
        "tool": manifest.tool,
        "inputs": dict(manifest.inputs),
        "ledger_tip_line": manifest.ledger_tip_line,
        "journal_tip_line": manifest.journal_tip_line,
        "computed_at": stamp(manifest.computed_at),
        "next_change": manifest.next_change and stamp(manifest.next_change),
    }


def from_head(value: Mapping[str, Any]) -> Manifest:
    """Return a manifest without placements from what `head_of` made. Raises one of `DAMAGE`."""
    return Manifest(
        tool=value["tool"],
        inputs=dict(value["inputs"]),
        ledger_tip_line=value["ledger_tip_line"],
        computed_at=datetime.fromisoformat(value["computed_at"]),
        next_change=unstamped(value["next_change"]),
        entries=(),
        journal_tip_line=str(value.get("journal_tip_line", "")),
    )


def to_json(manifest: Manifest) -> bytes:
    """Return a manifest as it is stored: one JSON object, an entry a line, so that Git packs it."""
    head = head_of(manifest)
    entries = [
        [*item.placement, _text(item.starts), _text(item.ends), item.fingerprint, item.artifact]
        for item in manifest.entries
    ]
    skipped = [[*item.placement, item.reason] for item in manifest.skipped]
    held = [[*item.placement, item.reason] for item in manifest.held]
    parts = [canonical_json(head)[:-1]]
    lists: dict[str, list[Any]] = {"entries": entries, "skipped": skipped}
    if any(item.inputs for item in manifest.entries):  # beside them: earlier readers go on
        lists["entry_inputs"] = [item.inputs for item in manifest.entries]
    if held:  # a manifest without is as it was before there were holds
        lists["held"] = held
    for name, rows in lists.items():
        lines = b",\n".join(canonical_json(row) for row in rows)
        parts.append(b',\n"%s":[\n%s\n]' % (name.encode(), lines))
    return b"".join([*parts, b"}\n"])


def known_lines(data: bytes) -> Known:
    """Return what the head of what `to_json` wrote says, without reading the entries."""
    head = data.partition(b"\n")[0].removesuffix(b",")
    try:
        value = json.loads(head + b"}")
        if value["v"] != FORMAT:
            return Known()
        lines = (str(value["ledger_tip_line"]), str(value.get("journal_tip_line", "")))
        return Known(*lines, str(value.get("tool", "")))
    except DAMAGE:
        return Known()


def known_of(manifest: Manifest) -> Known:
    """Return what `known_lines` says of a manifest."""
    return Known(manifest.ledger_tip_line, manifest.journal_tip_line, manifest.tool)


def from_json(data: bytes) -> Manifest | None:
    """Return the manifest that `to_json` wrote, None where it is not one of this format."""
    try:
        value = json.loads(data)
        return _manifest(value) if value["v"] == FORMAT else None
    except DAMAGE:
        return None


def _manifest(value: dict[str, Any]) -> Manifest:
    return dataclasses.replace(
        from_head(value),
        entries=_entries(value["entries"], value.get("entry_inputs")),
        skipped=_skips(value["skipped"]),
        held=_skips(value.get("held", [])),
    )


def _skips(rows: list[list[str]]) -> tuple[Skip, ...]:
    return tuple(Skip(PlacementKey(*row[:6]), row[6]) for row in rows)


def _entries(rows: list[list[Any]], inputs: object) -> tuple[Entry, ...]:
    """Return the entries; inputs that are not those of just these rows are as good as absent."""
    known = inputs if isinstance(inputs, list) and len(inputs) == len(rows) else [""] * len(rows)
    return tuple(_entry(*row, str(item)) for row, item in zip(rows, known, strict=True))


def _entry(*row: Any) -> Entry:
    *placement, starts, ends, fingerprint, artifact, inputs = row
    key = PlacementKey(*placement)
    return Entry(key, unstamped(starts), unstamped(ends), fingerprint, artifact, inputs)


def _text(when: datetime | None) -> str | None:
    return None if when is None else stamp(when)
