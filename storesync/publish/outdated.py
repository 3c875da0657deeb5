"""Live artifacts that read as another version rendered them, with nothing changed about them.

What is live stays as it was approved until something that people wrote about it changes: an upgrade
alone sends nothing. That it would read otherwise now is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storesync.ledger.layout import CampaignId
from storesync.ledger.manifest import Entry, Manifest
from storesync.plan.change import PlacementKey
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.publish.manifests import Hashes

_OTHERWISE = "would read otherwise by this version"


@dataclass(frozen=True)
class Past:
    """What earlier runs worked out, and what it is held against.

    `inputs` are brand -> path -> id in Git now, as manifests name them; `tool` are the versions
    now.
    """

    manifests: Mapping[CampaignId, Manifest]
    inputs: Mapping[str, Mapping[str, str]]
    tool: str
    _entries: dict[CampaignId, dict[PlacementKey, list[Entry]]] = field(default_factory=dict)

    def knows(self, piece: Piece, artifact: str, inputs: str) -> bool:
        """Say whether `artifact` was worked out for a piece from what people wrote of it now.

        That is so where the inputs of both are the same, or where nobody changed any file since:
        another version may show templates more than was there before.
        """
        name = CampaignId(*piece.key[:2])
        found = [item for item in self._of(name).get(piece.key, ()) if item.artifact == artifact]
        if any(item.inputs == inputs for item in found if item.inputs):
            return True
        return self._is_of_these_files(name) and any(
            item.inputs and (item.starts, item.ends) == (piece.starts, piece.ends) for item in found
        )

    def moves(self, piece: Piece, at: datetime) -> bool:
        """Say whether a piece ahead of `at` had other moments, of the same files."""
        name = CampaignId(*piece.key[:2])
        if not self._is_of_these_files(name) or self.manifests[name].computed_at > at:
            return False
        known = {(item.starts, item.ends) for item in self._of(name).get(piece.key, ())}
        return bool(known) and (piece.starts, piece.ends) not in known

    def _is_of_these_files(self, name: CampaignId) -> bool:
        """Say whether another version worked out a campaign, and nobody changed a file since."""
        manifest = self.manifests.get(name)
        if manifest is None or manifest.tool == self.tool:
            return False
        return dict(manifest.inputs) == dict(self.inputs.get(name.brand, {}))

    def _of(self, name: CampaignId) -> Mapping[PlacementKey, list[Entry]]:
        if name not in self._entries:
            manifest, entries = self.manifests.get(name), defaultdict(list)
            for item in manifest.entries if manifest else ():
                entries[item.placement].append(item)
            self._entries[name] = entries
        return self._entries[name]


def outdated(
    running: Iterable[Piece],
    hashes: Mapping[int, Hashes],
    live: Mapping[PlacementKey, Live],
    past: Past,
) -> list[Piece]:
    """Return the pieces that are out as another version rendered them from the same inputs.

    `hashes` are by the identity of a piece; one that could not be rendered has none. What may be
    out only in part is not among them: it has to be put out anew.
    """
    found = []
    for piece in running:
        record, now = live.get(piece.key), hashes.get(id(piece))
        if record is None or now is None or not record.out or record.doubtful:
            continue
        known = record.artifact
        if now.artifact and now.artifact != known and past.knows(piece, known, now.inputs):
            found.append(piece)
    return found


def told(pieces: Iterable[Piece]) -> str:
    """Return how people are told of outdated pieces, empty where nothing could be put out anew."""
    found = [piece for piece in pieces if not piece.message]
    if not found:
        return ""
    first = min(piece.key for piece in found)
    example = f"{first.brand}/{first.campaign}, {first.location}, {first.channel}"
    if len(found) == 1:
        return (
            f"1 live artifact ({example}) {_OTHERWISE}; it stays until something about it changes"
        )
    return (
        f"{len(found):,} live artifacts (such as {example}) {_OTHERWISE};"
        " they stay until something about them changes"
    )


def moved(pieces: Iterable[Piece], past: Past, at: datetime) -> list[Piece]:
    """Return the pieces ahead that begin or end at another moment, though nobody changed a file.

    New zone data does that.
    """
    ahead = (piece for piece in pieces if piece.ends is None or piece.ends > at)
    return [piece for piece in ahead if past.moves(piece, at)]
