"""A folder of rendered files: what was written there before, and writing only what changed."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storesync.errors import UserError
from storesync.model.channel import file_name

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.plan.piece import Piece
    from storesync.render.produce import Produced

_RECORD = ".storesync-render.json"
_STAGING = ".storesync-staging"
_FORMAT = 1

Results = Iterable[tuple["Piece", "Produced"]]


class Rendered:
    """What `render` wrote to a folder: piece's folder -> its fingerprint and file names.

    A campaign is written to a folder beside the others first and moved in place as a whole, so
    that one with an error leaves what was there before.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.key = ""
        self.before: dict[str, list[Any]] = {}
        self.now: dict[str, list[Any]] = {}
        try:
            data = json.loads((out / _RECORD).read_text(encoding="utf-8"))
            if data["format"] == _FORMAT:
                self.key, self.before = data["key"], data["folders"]
        except (OSError, ValueError, KeyError, TypeError):
            return

    @property
    def count(self) -> int:
        """Return how many files there are."""
        return sum(len(names) for _, names in (self.now or self.before).values())

    def is_complete(self) -> bool:
        """Say whether every file of the run before is still there."""
        return all(
            os.path.exists(f"{self.out}/{folder}/{name}")  # noqa: PTH110 - 25,000 times
            for folder, (_, names) in self.before.items()
            for name in names
        )

    def check(self) -> None:
        """Raise UserError where the folder holds files that are not ours."""
        if self.out.exists() and not self.before and any(self.out.iterdir()):
            message = f"{self.out} is not empty and was not written by render"
            raise UserError(message, hint="name a new or empty folder")

    def has(self, folder: str, fingerprint: str) -> bool:
        """Say whether a piece is there already, unchanged."""
        known = self.before.get(folder)
        if known is None or known[0] != fingerprint:
            return False
        return all(os.path.exists(f"{self.out}/{folder}/{name}") for name in known[1])  # noqa: PTH110

    def finish(self, key: str, kept: Iterable[str]) -> None:
        """Take away what is no longer rendered, but for `kept` campaigns; record what is there."""
        stay = tuple(f"{campaign}/" for campaign in kept)
        for folder, known in self.before.items():
            if folder in self.now:
                continue
            if folder.startswith(stay):
                self.now[folder] = known
            else:
                shutil.rmtree(self.out / folder, ignore_errors=True)
        shutil.rmtree(self.out / _STAGING, ignore_errors=True)
        self.out.mkdir(parents=True, exist_ok=True)
        data = {"format": _FORMAT, "key": key, "folders": self.now}
        (self.out / _RECORD).write_text(json.dumps(data), encoding="utf-8")


def folders_of(pieces: list[Piece]) -> dict[int, str]:
    """Return a folder for each piece; later stretches of a placement have their own."""
    seen: Counter[tuple[str, ...]] = Counter()
    folders = {}
    for piece in pieces:
        key = piece.key
        folder = f"{key.brand}/{key.campaign}/{key.location}/{key.channel}/{key.locale}"
        if seen[key]:
            folder += f"@{piece.starts:%Y-%m-%dT%H%MZ}"
        seen[key] += 1
        folders[id(piece)] = folder
    return folders


def write(chain: Chain, pieces: list[Piece], done: Rendered) -> list[tuple[Piece, Produced]]:
    """Render and write pieces campaign by campaign; return those of campaigns with a fault."""
    folders = folders_of(pieces)
    broken: list[tuple[Piece, Produced]] = []
    for _, results in groupby(chain.produce(pieces), key=lambda item: item[0].key[:2]):
        broken += _campaign(chain, done, results, folders)
    return broken


def _campaign(
    chain: Chain, done: Rendered, results: Results, folders: dict[int, str]
) -> list[tuple[Piece, Produced]]:
    staged: dict[str, list[Any]] = {}
    kept: dict[str, list[Any]] = {}
    again: list[Piece] = []
    broken: list[tuple[Piece, Produced]] = []
    for piece, produced in results:
        folder = folders[id(piece)]
        if (produced.failure or produced.violations) and chain.blocks(piece, produced):
            broken.append((piece, produced))
        elif done.has(folder, produced.fingerprint):
            kept[folder] = done.before[folder]
        elif produced.artifact is None:
            again.append(piece)
        elif not broken:
            staged[folder] = _stage(done, folder, produced)
    for piece, produced in chain.produce(again, bodies=True) if again and not broken else ():
        if produced.artifact is None:
            broken.append((piece, produced))
        else:
            folder = folders[id(piece)]
            staged[folder] = _stage(done, folder, produced)
    if not broken:
        _move(done, staged)
        done.now |= staged | kept
    return broken


def _stage(done: Rendered, folder: str, produced: Produced) -> list[Any]:
    artifact = produced.artifact
    if artifact is None:
        message = "only a rendered artifact can be written"
        raise ValueError(message)
    target = f"{done.out}/{_STAGING}/{folder}"
    os.makedirs(target, exist_ok=True)  # noqa: PTH103 - pathlib takes three times as long
    names = []
    for part, text in artifact.parts.items():
        name = file_name(artifact.channel, part)
        with open(f"{target}/{name}", "wb", buffering=0) as file:  # noqa: PTH123 - as above
            file.write(text.encode())
        names.append(name)
    return [produced.fingerprint, names]


def _move(done: Rendered, staged: dict[str, list[Any]]) -> None:
    """Put a campaign's new folders in place: all at once where the campaign is new."""
    campaigns = {"/".join(folder.split("/")[:2]) for folder in staged}
    for campaign in campaigns:
        source, target = done.out / _STAGING / campaign, done.out / campaign
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
            continue
        for folder in staged:
            if folder.startswith(f"{campaign}/"):
                shutil.rmtree(done.out / folder, ignore_errors=True)
                (done.out / folder).parent.mkdir(parents=True, exist_ok=True)
                (done.out / _STAGING / folder).rename(done.out / folder)
