"""One request to GitHub, on github3.py's session: bounded in time and size, to one host only."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storesync.builtin.github_answer import Answer
from storesync.errors import UserError

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_PIECE = 65_536
_EXTRA = 'pip install "storesync[github]"'


class Unreachable(UserError):  # noqa: N818 - what became of a request, like Refused
    """No whole answer came: of a request that changes something, the outcome is not known."""


class Credentials(Protocol):
    """Who asks."""

    def header(self) -> str:
        """Return the value of the header Authorization, a secret."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, without a byte and for a whole answer; bytes of a body unpacked."""

    connect: float = 5.0
    silence: float = 10.0
    total: float = 30.0
    body: int = 16_000_000


class Transport:
    """Sends requests one by one. Follows no redirect: a token is for one host."""

    def __init__(
        self,
        credentials: Credentials,
        limits: Limits | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._limits = limits or Limits()
        self._ticks = ticks
        self._session = _open_session()

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Return GitHub's answer. Raises Unreachable where none came, or not all of it."""
        import requests
        import urllib3

        limits = self._limits
        end = self._ticks() + limits.total
        try:
            with self._session.request(
                method,
                url,
                data=body,
                headers=dict(headers),
                auth=_Bearer(self._credentials.header()),
                timeout=(limits.connect, limits.silence),
                allow_redirects=False,
                stream=True,
            ) as response:
                names = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, names, self._read(response, end))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            # Without its cause: that one holds the request, and the request holds the token.
            raise _unreachable(type(error).__name__) from None

    def _read(self, response: Response, end: float) -> bytes:
        pieces: list[bytes] = []
        left = self._limits.body
        # By read1, which waits for one piece and not for all of them: drops end by the clock.
        while piece := response.raw.read1(_PIECE, decode_content=True):
            left -= len(piece)
            if left < 0:
                raise _unreachable(f"over {self._limits.body:,} bytes")
            if self._ticks() > end:
                raise _unreachable(f"not finished after {self._limits.total:g} seconds")
            pieces.append(piece)
        return b"".join(pieces)


class _Bearer:
    """Puts a token into a request; given as `auth`, so that no .netrc takes its place."""

    def __init__(self, header: str) -> None:
        self._header = header

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = self._header
        return request


def _open_session() -> Session:
    try:
        from github3.session import GitHubSession
    except ImportError:
        raise UserError(
            "the forge github needs packages that are not installed", hint=_EXTRA
        ) from None
    session: Session = GitHubSession()
    return session


def _unreachable(why: str) -> Unreachable:
    return Unreachable(
        f"GitHub gave no whole answer ({why})",
        hint="look at the connection and at https://www.githubstatus.com, and try again",
    )
