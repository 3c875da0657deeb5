"""An answer of GitHub's REST API, and reading it: what is not as documented is never guessed.

The shapes are those of GitHub's OpenAPI description for the version that `github_client` pins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from storesync.diagnostics import printable
from storesync.errors import UserError

T = TypeVar("T", str, int, bool, list[Any])

_COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
# Users, managed users (with _), Apps.
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?\Z")
_BOT = "[bot]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: names of headers in small letters, the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body's value. Raises UserError where it is no JSON, or not all of it."""
        try:
            return json.loads(self.body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError):
            kind = printable(self.headers.get("content-type", "of no type"), limit=60)
            raise UserError(
                f"GitHub's answer cannot be read as JSON ({kind}): nothing is known by it",
                hint="look whether a proxy or a page to log in stands between, and try again",
            ) from None


class Refused(UserError):  # noqa: N818 - an answer, like Unfinished
    """GitHub understood and said no: `status` is 4xx, `said` its reason, safe to print."""

    def __init__(self, status: int, said: str, hint: str) -> None:
        super().__init__(f"GitHub refused: {said or 'without a reason'} ({status})", hint=hint)
        self.status = status
        self.said = said


def odd(what: str) -> UserError:
    """Return the error for an answer that is not as documented."""
    return UserError(
        f"GitHub's answer is not as documented ({what}): nothing is known by it",
        hint="try again; if it stays so, report it",
    )


def read(value: Any, path: str, kind: type[T]) -> T:
    """Return what lies at a dotted path. Raises UserError where it is absent or of another kind."""
    found = _walk(value, path)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise odd(path)
    return found


def read_or_none(value: Any, path: str, kind: type[T]) -> T | None:
    """Return what lies at a dotted path; None where a null lies there or on the way."""
    return None if _walk(value, path) is None else read(value, path, kind)


def has(value: Any, name: str) -> bool:
    """Say whether an object has something there that is neither null nor empty.

    Raises UserError where it is no object.
    """
    if not isinstance(value, dict):
        raise odd(f"no object around {name}")
    return bool(value.get(name))


def read_commit(value: Any, path: str) -> str:
    """Return the id of a commit. Raises UserError."""
    found = read(value, path, str)
    if not _COMMIT.match(found):
        raise odd(path)
    return found


def read_time(value: Any, path: str) -> float:
    """Return a moment as seconds since 1970 (UTC). Raises UserError."""
    try:
        found = datetime.fromisoformat(read(value, path, str))
    except ValueError:
        raise odd(path) from None
    if found.tzinfo is None:
        raise odd(path)
    return found.timestamp()


def read_login(value: Any, path: str) -> str | None:
    """Return the login of the user at a dotted path, None for one who is gone. Raises UserError.

    An empty path is the value itself.
    An App's login ends with `[bot]`, as GitHub writes it; it is made so where it does not.
    """
    user = _walk(value, path) if path else value
    login = None if user is None else read(user, "login", str)
    if login is None:
        return None
    if not _LOGIN.match(login):
        raise odd("login")
    is_bot = read(user, "type", str) == "Bot"
    return login + _BOT if is_bot and not login.endswith(_BOT) else login


def _walk(value: Any, path: str) -> Any:
    found = value
    for step in path.split("."):
        if found is None:
            return None
        if not isinstance(found, dict) or step not in found:
            raise odd(path)
        found = found[step]
    return found


def _refuse(word: str) -> Any:
    raise ValueError(word)  # NaN and the infinities are no JSON
