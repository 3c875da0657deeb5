"""How the outbox is laid out: folders, names of part files, and each delivery's sidecar."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from storesync.errors import UserError
from storesync.model.channel import KINDS
from storesync.plan.change import PlacementKey
from storesync.plugins.protocols import Delivery, DeliveryState
from storesync.render.artifact import Artifact
from storesync.source.tree import content_id

# Written last: a delivery is there when this is.
SIDECAR = "delivery.json"
# Of the layout and of the sidecar; a newer one is refused.
FORMAT = 1
LIVE = DeliveryState.LIVE.value
# Between two versions, while the folder may hold files of both.
UPDATING = "updating"

# No dot: nothing can be "..", hidden, or take the name of an index page.
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
_FOLDER = re.compile(rf"{_NAME}(?:/{_NAME}){{4}}\Z")
_PART = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_FILE = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\.(?:html|txt)\Z")
_JSON = json.JSONEncoder(ensure_ascii=False)
_DAMAGE = (KeyError, TypeError, ValueError, AttributeError)


class Record(NamedTuple):
    """A sidecar: which delivery a folder holds, and the hash of every file of ours in it.

    `starts` and `ends` are UTC as text, empty for none. `parts` is file name -> `content_id`.
    """

    key: str
    state: str
    placement: PlacementKey
    fingerprint: str
    artifact: str
    starts: str
    ends: str
    titles: Mapping[str, str]
    parts: Mapping[str, str]

    def encode(self) -> bytes:
        """Return the sidecar's bytes: the same record has the same ones.

        Raises UnicodeEncodeError where a title is not Unicode text.
        """
        fields = {"format": FORMAT, **self._asdict(), **self.placement._asdict()}
        del fields["placement"]
        return (_JSON.encode(fields) + "\n").encode()


def folder_of(placement: PlacementKey) -> str | None:
    """Return a delivery's folder below the outbox, None where a name is not fit for a path."""
    brand, campaign, location, channel, locale, _ = placement
    folder = f"{brand}/{campaign}/{location}/{channel}/{locale}"
    return folder if is_folder(folder) else None


def is_folder(path: str) -> bool:
    """Say whether a path is that of a delivery's folder."""
    return _FOLDER.match(path) is not None


def part_files(artifact: Artifact) -> dict[str, bytes] | None:
    """Return file name -> bytes of an artifact's parts, None where a part's name is not fit.

    Raises UnicodeEncodeError where a part is not Unicode text.
    """
    if not all(_PART.match(part) for part in artifact.parts):
        return None
    channel = artifact.channel
    return {_file_name(channel, part): text.encode() for part, text in artifact.parts.items()}


def known_files(channel: str) -> list[str]:
    """Return the names of a channel's part files, as far as they are known beforehand."""
    known = KINDS.get(channel)
    return [_file_name(channel, part.name) for part in known.parts] if known else []


def record_of(delivery: Delivery, artifact: Artifact, files: Mapping[str, bytes]) -> Record:
    """Return the record of a delivery whose part files are `files`."""
    return Record(
        delivery.key,
        LIVE,
        delivery.placement,
        delivery.fingerprint,
        artifact.fingerprint,
        _moment(delivery.starts),
        _moment(delivery.ends),
        dict(sorted(delivery.titles.items())),
        {name: content_id(files[name]) for name in sorted(files)},
    )


def decode(data: bytes) -> Record | None:
    """Read a sidecar; None where it is damaged. Raises UserError where it is a newer one."""
    try:
        fields = json.loads(data)
        check_format(fields["format"])
        return _record(fields)
    except _DAMAGE:
        return None


def check_format(version: Any) -> None:
    """Refuse a newer format with UserError, and what is none with ValueError."""
    if isinstance(version, int) and version > FORMAT:
        raise UserError(
            f"the outbox has format {version}, and this StoreSync knows {FORMAT}",
            hint="update StoreSync",
        )
    if version != FORMAT:
        raise ValueError(version)


def _record(fields: Mapping[str, Any]) -> Record:
    placement = PlacementKey(*(_text(fields[name]) for name in PlacementKey._fields))
    parts = {name: _text(digest) for name, digest in fields["parts"].items()}
    if not all(_FILE.match(name) for name in parts):
        raise ValueError(parts)
    return Record(
        key=_text(fields["key"]),
        state=_text(fields["state"]),
        placement=placement,
        fingerprint=_text(fields["fingerprint"]),
        artifact=_text(fields["artifact"]),
        starts=_text(fields["starts"]),
        ends=_text(fields["ends"]),
        titles={name: _text(title) for name, title in fields["titles"].items()},
        parts=parts,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _file_name(channel: str, part: str) -> str:
    kind = KINDS.get(channel)
    known = kind.part(part) if kind else None
    return known.file if known else f"{channel}.html" if part == "html" else f"{part}.txt"


@functools.lru_cache(1024)  # a campaign starts and ends at as many moments as there are zones
def _moment(value: datetime | None) -> str:
    return "" if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
