"""One line of a note: one thing that was said about a proposal, as canonical JSON.

Anyone who can push can write any line, so each is read as if it were hostile. One that is not
exactly as written here is nothing: what is not understood approves nothing.
"""

from __future__ import annotations

import enum
import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import orjson

from storesync.render.artifact import canonical_json

FORMAT = 1
# A plan of 65,000 characters, four bytes each, with room to spare.
LONGEST = 500_000
_DAY, _NEXT = 86_400.0, 0.001  # seconds
_LATEST = 1e11  # seconds since 1970: the year 5138
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_UNKNOWN_FORMAT = "format"


class Event(enum.StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """What one person did with a proposal, which is a branch, when its newest commit was `commit`.

    `who` is a mail address in small letters, `at` seconds since 1970 (UTC). `event` is one of
    `Event`, or `format N` for a line of a newer StoreSync, which may be an objection.
    """

    event: str
    proposal: str
    base: str
    commit: str
    who: str
    at: float
    title: str = ""
    body: str = ""
    plan: str = ""
    merged: str = ""
    reviewers: tuple[str, ...] = ()
    urgent: bool = False

    @property
    def id(self) -> str:
        """Return a short name of the line, the same in every clone."""
        return hashlib.sha256(encode(self)).hexdigest()[:16]


_TEXTS = {item.name for item in fields(Line)} - {"at", "reviewers", "urgent"}
_ALWAYS = {"event", "proposal", "base", "commit", "who", "at"}


def dated(at: float, known: Iterable[Line]) -> float:
    """Return the time of a new line: after all lines that are known, whatever clocks say.

    So whoever approves after a merge is not taken for somebody who could not know of it. A line
    that is more than a day ahead is a mistake that later ones do not follow.
    """
    return max([float(at), *(line.at + _NEXT for line in known if line.at < at + _DAY)])


def encode(line: Line) -> bytes:
    """Return a line without its end. Raises ValueError where a reader would not take it."""
    said = {name: value for name, value in asdict(line).items() if value or name in _ALWAYS}
    raw = canonical_json({**said, "v": FORMAT})
    if len(raw) > LONGEST:
        message = f"a line of {len(raw)} bytes is too long"
        raise ValueError(message)
    return raw


def parse(raw: bytes, commit: str) -> Line | None:
    """Read a line of the note on `commit`; None where it is none of ours.

    It names its commit, because Git copies notes to commits that were written anew.
    """
    said = _read(raw)
    version = said.pop("v", None)
    is_here = said.get("commit") == commit and _COMMIT.match(commit)
    if not is_here or type(version) is not int or version < FORMAT or not _is_sound(said):
        return None
    if version > FORMAT:
        return Line(f"{_UNKNOWN_FORMAT} {version}", *(said[name] for name in _PLACE))
    try:
        line = Line(**{**said, "reviewers": tuple(said.get("reviewers", ()))})
        is_ours = line.event in set(Event) and encode(line) == raw
    except (TypeError, ValueError):
        return None
    return line if is_ours else None


def _read(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST or not raw.startswith(b"{"):
        return {}
    try:
        said = orjson.loads(raw)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


_PLACE = ("proposal", "base", "commit", "who", "at")


def is_unknown(line: Line) -> bool:
    """Say whether a line is of a newer format."""
    return line.event.startswith(_UNKNOWN_FORMAT)


def _is_sound(said: Mapping[str, Any]) -> bool:
    """Say whether all that is always there is, and of its type."""
    if not said.keys() >= _ALWAYS or any(
        not isinstance(said[name], str) for name in _TEXTS & said.keys()
    ):
        return False
    at, who = said["at"], said["who"]
    is_time = type(at) is float and math.isfinite(at) and 0 <= at < _LATEST
    reviewers = said.get("reviewers", [])
    is_list = isinstance(reviewers, list) and all(isinstance(item, str) for item in reviewers)
    return is_time and is_list and isinstance(said.get("urgent", False), bool) and is_address(who)


def is_address(text: str) -> bool:
    """Say whether a text is a mail address as lines hold it: nobody is called by a login alone."""
    return "@" in text and text == text.lower() and text.isprintable() and len(text) <= 320
