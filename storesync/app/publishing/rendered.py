"""A folder of rendered files: what was written there before, and writing only what changed."""

from __future__ import annotations

import errno
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storesync.errors import UserError
from storesync.source.encoding import from_json, to_json

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.plan.piece import Piece
    from storesync.render.artifact import Artifact
    from storesync.render.produce import Produced

_RECORD = ".storesync-render.json"
_DOUBTFUL = ".storesync-doubtful.json"
_STAGING = ".storesync-staging"
_FORMAT = 1
_SUFFIXES = {"html": ".html", "txt": ".txt"}


class Rendered:
    """What `render` wrote to a folder: `brand/campaign/stem` -> fingerprint and suffixes.

    A campaign's files are written beside the others first and moved in place when all of them
    are there, so that a campaign with an error leaves what was there before.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.key = ""
        self.before: dict[str, list[Any]] = {}
        self._is_ours = self._is_finished = False
        self.now: dict[str, list[Any]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._unknown: dict[str, list[Any]] = {}
        try:
            data = from_json((out / _RECORD).read_bytes())
            if data["format"] == _FORMAT:
                self.key, self.before = data["key"], data["stems"]
                self._is_ours = True
        except (OSError, ValueError, KeyError, TypeError):
            self._is_ours = (out / _STAGING).is_dir()  # by a first run, which was cut off
        if self._is_ours:
            self._doubt()

    def _doubt(self) -> None:
        """Take nothing for granted of what a run that was cut off had begun to replace."""
        try:
            raw = (self.out / _DOUBTFUL).read_bytes()
        except OSError:
            return
        self.key = ""
        try:
            doubtful: dict[str, list[str]] = from_json(raw)
        except ValueError:  # a machine that went down: which they were is not known
            doubtful = {stem: names for stem, (_, names) in self.before.items()}
        self._unknown = {stem: ["", names] for stem, names in doubtful.items()}
        self.before |= self._unknown

    @property
    def count(self) -> int:
        """Return how many files there are."""
        stems = self.now if self._is_finished else self.before
        return sum(len(suffixes) for _, suffixes in stems.values())

    def check(self) -> None:
        """Raise UserError where the folder holds files that are not ours."""
        if self.out.exists() and not self._is_ours and any(self.out.iterdir()):
            message = f"{self.out} is not empty and was not written by render"
            raise UserError(message, hint="name a new or empty folder")

    def is_complete(self) -> bool:
        """Say whether every file of the run before is still there."""
        return all(self._is_there(stem) for stem in self.before)

    def has(self, stem: str, fingerprint: str) -> bool:
        """Say whether a piece is there already, unchanged."""
        known = self.before.get(stem)
        return known is not None and known[0] == fingerprint and self._is_there(stem)

    def _is_there(self, stem: str) -> bool:
        folder, _, name = stem.rpartition("/")
        if folder not in self._names:  # one listing of a folder instead of 25,000 questions
            try:
                self._names[folder] = frozenset(item.name for item in os.scandir(self.out / folder))
            except OSError:
                self._names[folder] = frozenset()
        return all(name + suffix in self._names[folder] for suffix in self.before[stem][1])

    def keep_others(self, locations: Collection[tuple[str, str]]) -> None:
        """Take over what there is of all but some locations, as (brand, id)."""
        ids = {location for _, location in locations}
        for stem, known in self.before.items():
            start = stem.partition(".")[0]
            if start.rpartition("/")[2] not in ids or not _is_of(start, locations):
                self.now[stem] = known

    def finish(self, key: str, kept: Iterable[str]) -> None:
        """Take away what is no longer rendered, but for `kept` campaigns; record what is there."""
        stay = tuple(f"{campaign}/" for campaign in kept)
        for stem in sorted(self.before.keys() - self.now.keys()):
            known = self.before[stem]
            if stem.startswith(stay):
                self.now[stem] = known
            else:
                for suffix in known[1]:
                    Path(f"{self.out}/{stem}{suffix}").unlink(missing_ok=True)
        self.out.mkdir(parents=True, exist_ok=True)
        self._record(key, self.now)
        shutil.rmtree(self.out / _STAGING, ignore_errors=True)
        (self.out / _DOUBTFUL).unlink(missing_ok=True)
        self._is_finished = True

    def abandon(self) -> None:
        """Take away what was staged, and the folder where it is new: the disk refused more."""
        shutil.rmtree(self.out / _STAGING, ignore_errors=True)
        with suppress(OSError):
            self.out.rmdir()

    def begin(self, stems: Mapping[str, list[Any]]) -> None:
        """Record that these files are about to be replaced: a run cut off leaves them unknown."""
        if stems:
            # What an earlier run left unknown stays so: this one may not come to it.
            new = self._unknown | {**stems}
            doubtful = {stem: suffixes for stem, (_, suffixes) in new.items()}
            (self.out / _DOUBTFUL).write_bytes(to_json(doubtful))

    def _record(self, key: str, stems: Mapping[str, list[Any]]) -> None:
        data = {"format": _FORMAT, "key": key, "stems": stems}
        beside = self.out / f"{_RECORD}.new"
        beside.write_bytes(to_json(data))
        beside.replace(self.out / _RECORD)


def _is_of(start: str, locations: Collection[tuple[str, str]]) -> bool:
    brand, _, location = start.split("/")
    return (brand, location) in locations


@dataclass
class _Campaign:
    """One campaign's pieces by what becomes of them."""

    staged: dict[str, list[Any]] = field(default_factory=dict)
    kept: dict[str, list[Any]] = field(default_factory=dict)
    broken: list[tuple[Piece, Produced]] = field(default_factory=list)


def write(chain: Chain, pieces: list[Piece], done: Rendered) -> list[tuple[Piece, Produced]]:
    """Render and write pieces; return those that cannot go out, whose campaigns are not written."""
    stems = stems_of(pieces)
    campaigns: dict[str, _Campaign] = {}
    again: list[Piece] = []
    for piece, produced in chain.produce(pieces):
        stem = stems[id(piece)]
        campaign = campaigns.setdefault(stem.rpartition("/")[0], _Campaign())
        if (produced.failure or produced.violations) and chain.blocks(piece, produced):
            campaign.broken.append((piece, produced))
        elif done.has(stem, produced.fingerprint):
            campaign.kept[stem] = done.before[stem]
        elif produced.artifact is None:
            again.append(piece)  # remembered, but not there: rendered once more
        else:
            campaign.staged[stem] = _stage(done, stem, produced.artifact, produced.fingerprint)
    for piece, produced in chain.produce(again, bodies=True) if again else ():
        stem = stems[id(piece)]
        campaign = campaigns[stem.rpartition("/")[0]]
        if produced.artifact is None:
            campaign.broken.append((piece, produced))
        else:
            campaign.staged[stem] = _stage(done, stem, produced.artifact, produced.fingerprint)
    whole = {name: item for name, item in campaigns.items() if not item.broken}
    done.begin({stem: item for each in whole.values() for stem, item in each.staged.items()})
    for folder, campaign in whole.items():
        _move(done, folder, campaign.staged)
        done.now |= campaign.staged | campaign.kept
    return [item for campaign in campaigns.values() for item in campaign.broken]


def stems_of(pieces: list[Piece]) -> dict[int, str]:
    """Return the path of each piece's files without their suffixes, by the piece's id in memory.

    Later stretches of one placement are told apart by their start.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    stems = {}
    for piece in pieces:
        key = piece.key
        stem = f"{key.brand}/{key.campaign}/{key.location}.{key.channel}.{key.locale}"
        if seen[key]:
            stem += f".from-{piece.starts:%Y-%m-%dT%H%MZ}"
        seen[key] += 1
        stems[id(piece)] = stem
    return stems


def _stage(done: Rendered, stem: str, artifact: Artifact, fingerprint: str) -> list[Any]:
    base = f"{done.out}/{_STAGING}/{stem}"
    suffixes = []
    for part, text in artifact.parts.items():
        suffix = _SUFFIXES.get(part, f".{part}.txt")
        _write(base + suffix, text.encode())
        suffixes.append(suffix)
    return [fingerprint, suffixes]


def _write(path: str, data: bytes) -> None:
    """Write a file, making its folder on the way; plain calls, since it happens 25,000 times."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        handle = os.open(path, flags, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        handle = os.open(path, flags, 0o644)
    try:
        if os.write(handle, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    finally:
        os.close(handle)


def _move(done: Rendered, folder: str, staged: dict[str, list[Any]]) -> None:
    """Put a campaign's new files in place: all at once where the campaign is new."""
    source, target = done.out / _STAGING / folder, done.out / folder
    if staged and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        return
    for stem, (_, suffixes) in staged.items():
        for suffix in suffixes:
            os.replace(f"{done.out}/{_STAGING}/{stem}{suffix}", f"{done.out}/{stem}{suffix}")  # noqa: PTH105 - as above
