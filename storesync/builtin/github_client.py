"""GitHub's REST API: pages, limits of rate, answers that have not changed, and what is refused.

After "Best practices for using the REST API" and "Rate limits for the REST API" in GitHub's docs.
"""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from storesync.builtin.github_answer import Answer, Refused, odd
from storesync.builtin.github_transport import Transport, Unreachable
from storesync.diagnostics import printable
from storesync.errors import UserError

# The version of 2026-03-10 took merge_commit_sha out of pull requests, which proofs stand on.
VERSION = "2022-11-28"
PAGE = 100
MAX_PAGES = 30
TRIES = 3
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "Content-Type": "application/json",
    "User-Agent": "storesync",
    "X-GitHub-Api-Version": VERSION,
}
_NEXT = re.compile(r'<([^<>\s]{1,2000})>\s*;[^,<>]*\brel="?next"?')


@dataclass(slots=True)
class Pace:
    """How many seconds may be waited in all, and by which clock (seconds since 1970)."""

    patience: float = 60.0
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def wait(self, seconds: float) -> bool:
        """Wait, or say no where that takes more patience than there is."""
        if seconds > self.patience:
            return False
        self.patience -= seconds
        self.sleep(seconds)
        return True


class Client:
    """Asks one API. `cache` keeps answers by address and may outlive the client.

    A GET is tried three times where the server fails; what changes something is sent again only
    where GitHub said that it did nothing because of a limit of rate.
    """

    def __init__(
        self,
        api: str,
        transport: Transport,
        pace: Pace | None = None,
        cache: MutableMapping[str, Answer] | None = None,
    ) -> None:
        self.api = api
        self._transport = transport
        self._pace = pace or Pace()
        self._cache: MutableMapping[str, Answer] = {} if cache is None else cache
        # How many seconds our clock is ahead of GitHub's, by its last answer; None: not known.
        self.ahead: float | None = None

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the value at a path. Raises Refused, or UserError where it cannot be known."""
        return self._get(self._url(path, query or {})).json()

    def find(self, path: str, query: Mapping[str, str] | None = None) -> Any | None:
        """Return the value at a path, None where nothing is there, or nothing that we may see."""
        try:
            return self.get(path, query)
        except Refused as refused:
            if refused.status in {403, 404}:
                return None
            raise

    def pages(
        self, path: str, query: Mapping[str, str] | None = None, most: int = MAX_PAGES
    ) -> list[Any]:
        """Return all items of a list. Raises UserError where it has over `most` pages."""
        url = self._url(path, {"per_page": str(PAGE), **(query or {})})
        items: list[Any] = []
        for _ in range(most):
            answer = self._get(url)
            found = answer.json()
            if not isinstance(found, list):
                raise odd(f"no list at {path}")
            items += found
            following = self._next(answer)
            if following is None:
                return items
            url = following
        raise UserError(
            f"GitHub lists over {most * PAGE:,} items at {printable(path)}: not all are known",
            hint="close or clear away what is not needed any more",
        )

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Change something and return the answer's value, None where it has none."""
        answer = self._ask(method, self._url(path, {}), json.dumps(body).encode(), {})
        return answer.json() if answer.body else None

    def graph(self, query: str, variables: Mapping[str, str] | None = None) -> Any:
        """Return the data of a GraphQL query. Raises UserError where there is none.

        Whatever it changes is sent once, as all else.
        """
        url = f"{self.api.removesuffix('/v3')}/graphql"
        body = {"query": query, **({"variables": variables} if variables else {})}
        raw = self._ask("POST", url, json.dumps(body).encode(), {})
        answer = raw.json()
        if isinstance(answer, dict) and answer.get("errors"):
            why = _said(raw) or "without a reason"
            raise UserError(f"GitHub refused: {why}", hint="look whether the token may do this")
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
            raise odd("no data of a query")
        return answer["data"]

    def _get(self, url: str) -> Answer:
        known = self._cache.get(url)
        ask = {"If-None-Match": known.headers["etag"]} if known else {}
        answer = self._ask("GET", url, None, ask)
        if answer.status == 304:
            if known is None:
                raise odd("not modified, though nothing was known")
            return known
        if "etag" in answer.headers:
            self._cache[url] = answer
        return answer

    def _ask(self, method: str, url: str, body: bytes | None, extra: Mapping[str, str]) -> Answer:
        for left in reversed(range(TRIES)):
            try:
                answer = self._transport.send(method, url, {**_HEADERS, **extra}, body)
            except Unreachable:
                if method != "GET" or not left or not self._pace.wait(_back_off(left)):
                    raise
                continue
            self.ahead = _ahead(answer, self._pace.clock())
            wait = _limited(answer, self._pace.clock())
            if wait is None and answer.status >= 500 and method == "GET":
                wait = _back_off(left)
            if wait is None or not left or not self._pace.wait(wait):
                return _sound(answer, self._pace.clock())
        raise AssertionError  # the last try returns or raises

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        return f"{self.api}{path}" + (f"?{urlencode(query)}" if query else "")

    def _next(self, answer: Answer) -> str | None:
        link = answer.headers.get("link", "")
        match = _NEXT.search(link)
        if match is None:
            if "next" in link:
                raise odd("Link")
            return None
        if not is_below(match[1], self.api):
            raise UserError(
                "GitHub's list goes on at another address: not all of it is known",
                hint="look at `url` under forge: in storesync.yaml, and for a proxy between",
            )
        return match[1]


def is_below(url: str, api: str) -> bool:
    """Say whether an address is one of an API's, and nothing in it leads elsewhere."""
    there, here = urlsplit(url), urlsplit(api)
    is_plain = not re.search(r"[\\@\s]|/\.\.?(/|$)", url.partition("?")[0])
    same = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    return is_plain and same and there.path.startswith(f"{here.path}/")


def _ahead(answer: Answer, now: float) -> float | None:
    """Return how far `now` is ahead of the Date of an answer (RFC 9110, section 6.6.1)."""
    try:
        return now - email.utils.parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return None


def _back_off(left: int) -> float:
    return float(2 ** (TRIES - 1 - left))


def _limited(answer: Answer, now: float) -> float | None:
    """Return how many seconds a limit of rate asks to wait, None where there is none."""
    if answer.status not in {403, 429}:
        return None
    after = answer.headers.get("retry-after")
    if after is not None:
        return _seconds(after, now)
    if answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
        reset = answer.headers.get("x-ratelimit-reset", "").strip()
        return max(0.0, int(reset) - now) + 1 if re.fullmatch(r"\d{1,12}", reset) else 60.0
    return 60.0 if answer.status == 429 else None


def _seconds(after: str, now: float) -> float:
    """Return the wait of a Retry-After: seconds or a date (RFC 9110); unreadable: a minute."""
    if re.fullmatch(r"\s*\d{1,9}\s*", after):
        return float(after)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(after).timestamp() - now)
    except (ValueError, OverflowError):
        return 60.0


def _sound(answer: Answer, now: float) -> Answer:
    """Return an answer that says what was asked for; raise what another one means."""
    status = answer.status
    if status in {200, 201, 204, 304}:
        return answer
    wait = _limited(answer, now)
    if wait is not None:
        raise UserError(
            f"GitHub takes no more requests for {wait:,.0f} seconds (limit of rate)",
            hint="run it again then; nothing was done by this request",
        )
    if status == 401:
        raise UserError(
            "GitHub does not accept the token (401)", hint="it may be revoked or over: make a new"
        )
    if 300 <= status < 400:
        raise UserError(
            f"GitHub says that this is somewhere else now ({status}), and that is not followed",
            hint="write the repository's new name under forge: options: in storesync.yaml",
        )
    if status >= 500 or not 400 <= status < 500:
        raise Unreachable(f"GitHub failed ({status})", hint="try again in some minutes")
    raise Refused(status, _said(answer), _hint(answer))


def _said(answer: Answer) -> str:
    """Return GitHub's reason in one line; an answer without one is no trouble of its own."""
    try:
        value = answer.json()
    except UserError:
        return ""
    if not isinstance(value, dict):
        return ""
    errors = value.get("errors")
    details = [
        item if isinstance(item, str) else item.get("message", "")
        for item in (errors[:5] if isinstance(errors, list) else [])
        if isinstance(item, str | dict)
    ]
    parts = [part for part in [value.get("message"), *details] if isinstance(part, str) and part]
    return printable("; ".join(parts), limit=300)


def _hint(answer: Answer) -> str:
    needed = answer.headers.get("x-accepted-github-permissions")
    if answer.status in {403, 404} and needed:
        return f"the token needs: {printable(needed, limit=100)}"
    if answer.status in {403, 404}:
        return "look whether the token may do this, and whether it is there"
    return ""
