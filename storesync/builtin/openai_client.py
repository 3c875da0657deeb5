"""The `openai` package as transport: each request made once, and its errors in our words.

It would ask again by itself; that is off, since each request is to be held against the caps.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from storesync.builtin.openai_url import HOME, KEY, check_url, host_of
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.copywriter import TryLater

LATER = frozenset({408, 409, 429})
# Somebody between us and the server gave up; the server may have gone on.
_UNSURE = frozenset({408, 502, 504})
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_MOST_WAIT = 3_600.0

T = TypeVar("T")


class Client:
    """Requests to one server. `seconds` bounds each of them as a whole, and each silence in it."""

    def __init__(self, base_url: str, key: str, seconds: float) -> None:
        self.url = base_url or HOME
        self._host = host_of(self.url)
        self._seconds = seconds
        check_url(self.url, has_key=bool(key))
        openai = _package()
        from storesync.builtin.openai_line import Line

        self._openai = openai
        line = Line(self.url, key, seconds)
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

        Raises TryLater, UserError, and BadRequestError or UnprocessableEntityError of the package
        where the server does not take the request as it is.
        """
        with self._told():
            answer = self.api.chat.completions.with_raw_response.create(**request)
            return bytes(answer.content)

    def call(self, ask: Callable[[], T]) -> T:
        """Return what a short request answers. Raises UserError, also for what may pass."""
        hint = "run the command again later: it picks up where it stopped"
        try:
            with self._told():
                return ask()
        except TryLater as error:
            raise UserError(error.message, hint=hint) from error
        except (AttributeError, TypeError) as error:  # the package checks no answer's shape
            raise UserError(f"{self._host} answered with something else", hint=hint) from error

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
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            raise
        except openai.APIStatusError as error:
            raise self._refused(error) from error
        except openai.OpenAIError as error:
            raise TryLater(f"{self._host} answered with something else", counted=True) from error
        except (OSError, ValueError) as error:
            raise TryLater(f"{self._host} answered with something else", counted=True) from error

    def _unreachable(self, error: Exception) -> TryLater:
        """Tell a server that is not there, which counts nothing, from one that hung up."""
        cause = error.__cause__
        if isinstance(cause, TryLater):
            return cause
        if cause is not None and type(cause).__name__ in {"ConnectError", "ConnectTimeout"}:
            return TryLater(f"{self._host} cannot be reached", away=True)
        return TryLater(f"{self._host} broke the connection off", counted=True)

    def _refused(self, error: Any) -> Exception:
        status = error.status_code
        said = self.words_of(error)
        if status == 429 and getattr(error, "code", None) in _NO_MONEY:
            return UserError(f"{self._host}: {said}", hint="raise the limit there, or wait")
        if status in LATER or status >= 500:
            after = retry_after(error.response.headers.get("retry-after"), time.time())
            said = f"{self._host} answered {status}: {said}"
            return TryLater(said, after=after, counted=status in _UNSURE)
        hints = {
            401: f"check {KEY}",
            403: f"check what {KEY} may do",
            404: "check base_url and model under copywriter: in storesync.yaml",
        }
        if status < 400:
            return UserError(
                f"{self._host} answered {status}: it sends on to another address",
                hint="write that address as base_url: redirects are not followed",
            )
        return UserError(f"{self._host} answered {status}: {said}", hint=hints.get(status, ""))

    def words_of(self, error: Any) -> str:
        """Return what a server said was wrong, safe to print."""
        body = error.body
        said = body.get("message") or body.get("detail") if isinstance(body, dict) else body
        if said and isinstance(said, dict | list):  # as FastAPI does, and what is built on it
            said = json.dumps(said, ensure_ascii=False)
        if not isinstance(said, str) or not said or said.startswith("<"):  # a page says nothing
            said = str(error.message)
        return printable(" ".join(said.split()), limit=200)


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
