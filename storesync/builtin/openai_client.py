"""The `openai` package as transport: one request, read within a deadline; errors in our words.

It would ask again by itself; that is off, since each request is to be held against the caps.
"""

from __future__ import annotations

import ipaddress
import json
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from storesync.builtin.openai_answer import MAX_BYTES
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.copywriter import TryLater

KEY = "OPENAI_API_KEY"
DEFAULT_URL = "https://api.openai.com/v1"
_LATER = frozenset({408, 409, 429})
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_MOST_WAIT = 3_600.0

T = TypeVar("T")


class Client:
    """Requests to one server. `seconds` bounds each of them as a whole, and each silence in it."""

    def __init__(self, base_url: str, key: str, seconds: float) -> None:
        self.url = base_url or DEFAULT_URL
        self._key = key
        self._seconds = seconds
        check_url(self.url, has_key=bool(key))
        openai = _package()
        self._openai = openai
        # A redirect could lead what is sent to another server.
        # Without TLS there are no certificates to load, which takes longer than asking.
        is_tls = urlsplit(self.url).scheme == "https"
        line = openai.DefaultHttpxClient(follow_redirects=False, verify=is_tls)
        weakref.finalize(self, line.close)
        self.api = openai.OpenAI(
            base_url=self.url,
            api_key=key or "none",  # the package wants one; servers that need none ignore it
            max_retries=0,
            timeout=seconds,
            http_client=line,
        )

    def complete(self, request: Mapping[str, Any]) -> bytes:
        """Ask for a chat completion and return the bytes of the answer.

        Raises TryLater, UserError, and BadRequestError of the package where the server does not
        take the request as it is.
        """
        until = time.monotonic() + self._seconds
        create = self.api.chat.completions.with_streaming_response.create
        with self._told(), create(**request) as response:
            return b"".join(_within(response.iter_bytes(), until))

    def call(self, ask: Callable[[], T]) -> T:
        """Return what a short request answers. Raises UserError, also for what may pass."""
        try:
            with self._told():
                return ask()
        except TryLater as error:
            hint = "run the command again later: it picks up where it stopped"
            raise UserError(error.message, hint=hint) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn errors of the package into ours; the key is in none of them."""
        openai = self._openai
        try:
            yield
        except openai.APITimeoutError as error:
            message = f"{self._host} did not answer within {self._seconds:.0f} seconds"
            raise TryLater(message, counted=True) from error
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from error
        except openai.BadRequestError:
            raise
        except openai.APIStatusError as error:
            raise self._refused(error) from error
        except openai.OpenAIError as error:
            raise TryLater(f"{self._host} answered with something else", counted=True) from error
        except (OSError, ValueError) as error:
            raise TryLater(f"{self._host} answered with something else", counted=True) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in {"httpx", "httpx2", "httpcore"}:
                raise
            message = f"{self._host} broke the answer off"
            raise TryLater(message, counted=True) from error

    @property
    def _host(self) -> str:
        return printable(urlsplit(self.url).netloc.rpartition("@")[2], limit=80)

    def _unreachable(self, error: Exception) -> TryLater:
        """Tell a server that is not there, which counts nothing, from one that hung up."""
        cause = error.__cause__
        if cause is not None and type(cause).__name__ in {"ConnectError", "ConnectTimeout"}:
            return TryLater(f"{self._host} cannot be reached", away=True)
        return TryLater(f"{self._host} broke the connection off", counted=True)

    def _refused(self, error: Any) -> Exception:
        status = error.status_code
        said = self.words_of(error)
        if status == 429 and getattr(error, "code", None) in _NO_MONEY:
            return UserError(f"{self._host}: {said}", hint="raise the limit there, or wait")
        if status in _LATER or status >= 500:
            after = retry_after(error.response.headers.get("retry-after"), time.time())
            return TryLater(f"{self._host} answered {status}: {said}", after=after)
        hints = {
            401: f"check {KEY}",
            403: f"check what {KEY} may do",
            404: "check base_url and model under copywriter: in storesync.yaml",
        }
        return UserError(f"{self._host} answered {status}: {said}", hint=hints.get(status, ""))

    def words_of(self, error: Any) -> str:
        """Return what a server said was wrong, without the key and safe to print."""
        body = error.body
        said = body.get("message") if isinstance(body, dict) else None
        text = said if isinstance(said, str) else str(error.message)
        if self._key:
            text = text.replace(self._key, "***")
        return printable(" ".join(text.split()), limit=200)


def _within(chunks: Iterator[bytes], until: float) -> Iterator[bytes]:
    """Yield chunks up to a time and a size: a server that drips is as bad as one that is silent."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if time.monotonic() > until:
            raise TryLater("the answer did not end in time", counted=True)
        if size > MAX_BYTES:
            raise TryLater("the answer did not end", counted=True)
        yield chunk


def retry_after(written: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After asks for: a number or a date (RFC 9110, 10.2.3)."""
    from email.utils import parsedate_to_datetime

    if not written:
        return None
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(written).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(seconds, 0.0), _MOST_WAIT) if seconds == seconds else None  # noqa: PLR0124 - NaN


def check_url(url: str, *, has_key: bool) -> None:
    """Raise UserError where a server's address would show the key to others on the way."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UserError(
            "base_url holds a password, which everybody sees who reads storesync.yaml",
            hint=f"take it out, and set {KEY} instead",
        )
    if has_key and parts.scheme != "https" and not is_near(parts.hostname or ""):
        raise UserError(
            f"the key would go to {printable(parts.netloc, limit=80)} unencrypted",
            hint=f"write https:// in base_url, or unset {KEY} where the server needs no key",
        )


def is_near(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def line_of(record: Mapping[str, Any]) -> bytes:
    """Return a line of a batch's input file."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _package() -> Any:
    try:
        import openai
    except ImportError as error:
        raise UserError(
            "drafting needs the package openai", hint='pip install "storesync[ai]"'
        ) from error
    return openai
