"""Manifests: what a run worked out, so that the next one can know that nothing is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from storesync.ledger.holds import Holds, digest
from storesync.ledger.ledger import Ledger
from storesync.ledger.manifest import Entry, Manifest, Skip, is_current
from storesync.plan.bent import turns
from storesync.plan.change import PlacementKey
from storesync.plan.piece import Piece
from storesync.plan.skipped import Skipped
from storesync.source.git import Repository
from storesync.source.tree import SETTINGS


def inputs_of(repository: Repository, commit: str) -> dict[str, dict[str, str]]:
    """Return brand -> path -> Git id of all that the brand's campaigns are worked out from."""
    top = repository.object_ids(commit, ["templates", SETTINGS])
    return {
        brand: {**top, f"brands/{brand}": tree}
        for brand, tree in repository.children(commit, "brands").items()
    }


def with_holds(
    inputs: Mapping[str, Mapping[str, str]], holds: Holds, at: datetime
) -> dict[str, Mapping[str, str]]:
    """Return the inputs with what is held among them: a brand is stale where that changes."""
    return {
        brand: {**paths, "holds": digest(found)}
        if (found := holds.of_brand(brand, inputs, at))
        else paths
        for brand, paths in inputs.items()
    }


def stale_brands(
    ledger: Ledger, inputs: Mapping[str, Mapping[str, str]], tool: str, at: datetime
) -> set[str]:
    """Return the brands for which a run at `at` has to work anything out.

    A brand needs nothing where every campaign in its ledger has a manifest of the same inputs and
    no time of its passed since. A brand that is gone has to be taken down; then it has none.
    """
    known: dict[str, list[bool]] = {}
    for name, campaign in ledger.campaigns.items():
        manifest = ledger.manifests.get(name)
        current = (
            manifest is not None
            and not campaign.is_damaged
            and is_current(manifest, inputs.get(name.brand, {}), tool, campaign.last_hash, at)
        )
        known.setdefault(name.brand, []).append(current)
    return {brand for brand in {*inputs, *known} if not all(known.get(brand, [False]))}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a campaign is worked out from, with what, and when.

    `daily` bounds a manifest by the next midnight (UTC), where something else, such as a waiver,
    ends by the day. From `over` on nobody is told any more who is skipped. At `lapses` holds end.
    """

    inputs: Mapping[str, str]
    tool: str
    at: datetime
    daily: bool
    over: datetime | None = None
    lapses: tuple[datetime, ...] = ()


class Hashes(NamedTuple):
    """What is known of a piece: its artifact and inputs, empty for what was not rendered."""

    artifact: str = ""
    inputs: str = ""


def manifest_of(
    pieces: Iterable[Piece],
    skipped: Iterable[Skipped],
    held: Iterable[Skipped],
    hashes: Callable[[Piece], Hashes],
    origin: Origin,
) -> Manifest:
    """Return the manifest of one campaign.

    `hashes` gives what is known of a piece.
    """
    at = origin.at
    ahead = [piece for piece in pieces if piece.ends is None or piece.ends > at]
    moments = [moment for piece in ahead for moment in _moments(piece, at)]
    if origin.daily:
        moments.append(_next_midnight(at))
    moments += [moment for moment in origin.lapses if moment > at]
    skips = _skips(skipped)
    if skips and origin.over is not None and origin.over > at:
        moments.append(origin.over)
    return Manifest(
        tool=origin.tool,
        inputs=dict(origin.inputs),
        ledger_tip_line="",
        computed_at=at,
        next_change=min(moments, default=None),
        entries=tuple(
            Entry(piece.key, piece.starts, piece.ends, "", *hashes(piece))
            for piece in sorted(ahead, key=lambda piece: (piece.key, piece.starts))
        ),
        skipped=skips,
        held=_skips(held),
    )


def _skips(skipped: Iterable[Skipped]) -> tuple[Skip, ...]:
    return tuple(
        Skip(
            PlacementKey(item.brand, item.campaign, item.location, item.channel, "", ""),
            item.reason,
        )
        for item in skipped
    )


def _moments(piece: Piece, at: datetime) -> Iterable[datetime]:
    if piece.starts > at:
        yield piece.starts
        if piece.reason or piece.cuts:
            yield from (moment for moment in turns(piece) if moment > at)
    elif piece.ends is not None:
        yield piece.ends
    if piece.starts <= at:
        wait = piece.rules.first_allowed(at)
        if wait.until > at:
            yield wait.until


def _next_midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
