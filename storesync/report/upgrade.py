"""What another version alters of what is published, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from storesync.diagnostics import printable
from storesync.plan.change import PlacementKey

_MOST = 5  # campaigns by name


def as_text(
    outdated: Sequence[tuple[PlacementKey, str]],
    moved: Sequence[PlacementKey],
    before: Collection[str],
    now: str,
) -> list[str]:
    """Return warnings: of live deliveries that read otherwise now, and of other moments.

    `outdated` come with the fingerprint of what is live. `before` and `now` are lines of versions,
    as `render.versions` writes them.
    """
    found = []
    why = f"this version ({_differences(before, now)})"
    if outdated:
        key, artifact = min(outdated)
        found.append(
            f"{_count(outdated)} would read otherwise by {why}, though nobody changed anything:"
            f" {_campaigns(key for key, _ in outdated)}. What is live stays until something about"
            f" it changes. Of what stands at {key.location}, {key.channel}, only the hash"
            f" {artifact[:12]} is known, so its words cannot be compared here"
        )
    if moved:
        found.append(
            f"{_count(moved)} would begin or end at another moment by {why}, though nobody changed"
            f" anything: {_campaigns(moved)}; such as {min(moved).location}, {min(moved).channel}"
        )
    return found


def _count(found: Sequence[object]) -> str:
    return f"{len(found):,} {'delivery' if len(found) == 1 else 'deliveries'}"


def _campaigns(keys: Iterable[PlacementKey]) -> str:
    names = sorted({f"{key.brand}/{key.campaign}" for key in keys})
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _differences(before: Collection[str], now: str) -> str:
    """Return what was upgraded: `babel 2.16.0 to 2.17.0`."""
    old = [_by_name(text) for text in sorted(before)]
    found = []
    for name, number in _by_name(now).items():
        others = {known[name] for known in old if name in known} - {number}
        if others:
            found.append(f"{name} {printable(' and '.join(sorted(others)), limit=60)} to {number}")
    return ", ".join(found) or "other libraries"


def _by_name(text: str) -> dict[str, str]:
    return {name: number for name, _, number in (part.partition(" ") for part in text.split(", "))}
