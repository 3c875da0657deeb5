"""Who asks GitHub: a token, or an App that gets itself tokens for an hour.

No object here shows its secret: not in its repr, nor in what it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from storesync.builtin.github_answer import read, read_time
from storesync.builtin.github_client import Client
from storesync.builtin.github_options import Options
from storesync.errors import UserError

# GitHub takes ten minutes at most, by its own clock.
_BACK, _AHEAD = 60, 480
_SPARE = 300.0


class Token:
    """A token that somebody made."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def header(self) -> str:
        """Return the value of the header Authorization, a secret."""
        return f"Bearer {self._secret}"

    def __repr__(self) -> str:
        return "Token(…)"


class AppKey:
    """An App's own key: signs, for some minutes, that it is the App who asks."""

    def __init__(self, app: str, pem: bytes, clock: Callable[[], float]) -> None:
        self._app = app
        self._pem = pem
        self._clock = clock

    def header(self) -> str:
        """Return the value of the header Authorization, a secret. Raises UserError."""
        import jwt

        now = int(self._clock())
        claims = {"iat": now - _BACK, "exp": now + _AHEAD, "iss": self._app}
        try:
            return f"Bearer {jwt.encode(claims, self._pem, algorithm='RS256')}"
        except (ValueError, TypeError, jwt.PyJWTError):
            raise UserError(
                "the App's private key cannot be read", hint="it is the .pem file that GitHub made"
            ) from None

    def __repr__(self) -> str:
        return f"AppKey({self._app})"


class Installation:
    """An App where it is installed; its token is for one repository alone."""

    def __init__(self, options: Options, client: Client, clock: Callable[[], float]) -> None:
        """Take the client that asks with the App's own key."""
        self._options = options
        self._client = client
        self._clock = clock
        self._header = ""
        self._until = 0.0

    def header(self) -> str:
        """Return the value of the header Authorization, a secret. Raises UserError."""
        if self._clock() >= self._until - _SPARE:
            answer = self._renewed()
            self._header = f"Bearer {read(answer, 'token', str)}"
            self._until = read_time(answer, "expires_at")
        return self._header

    def login(self) -> str:
        """Return the login that the App writes with. Raises UserError."""
        return f"{read(self._client.get('/app'), 'slug', str)}[bot]"

    def _renewed(self) -> Any:
        path = f"/app/installations/{quote(self._options.installation)}/access_tokens"
        name = self._options.repository.partition("/")[2]
        return self._client.send("POST", path, {"repositories": [name]})

    def __repr__(self) -> str:
        return f"Installation({self._options.installation})"


def read_key(options: Options, path: str) -> bytes:
    """Return the private key of an App. Raises UserError where there is none at the path."""
    if not path:
        raise UserError(
            "there is no private key of the App",
            hint=f"set {options.key_name} to the path of its .pem file",
        )
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UserError(
            f"the App's private key cannot be read ({error.strerror})",
            hint=f"look at {options.key_name}",
        ) from None
