"""The line to one server: what of a request's head is sent, and how much of an answer is read.

The `openai` package adds its version, the operating system and whatever `OPENAI_ORG_ID` and the
like hold to each request, and reads errors and files for as long as a server sends them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import openai

from storesync.builtin.openai_url import HOME, is_near
from storesync.plugins.copywriter import TryLater

# No real answer comes near; a wrong server could send without end.
_MAX_BYTES = 4_194_304
_MAX_FILE = 268_435_456
_SENT = frozenset(
    {
        *("host", "accept", "accept-encoding", "authorization", "connection"),
        *("content-length", "content-type", "transfer-encoding"),
    }
)
_SENT_HOME = frozenset({"openai-organization", "openai-project"})
# Of the body as it came; we have read it.
_OF_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class Line(openai.DefaultHttpxClient):
    """Reads an answer whole before anybody sees it, within `seconds`, and takes the key out of it.

    `send` raises TryLater where an answer does not end, and what the package expects of a client.
    """

    def __init__(self, url: str, key: str, seconds: float) -> None:
        super().__init__(
            # A redirect could lead what is sent to another server, a proxy away from this machine.
            follow_redirects=False,
            trust_env=not is_near(url),
            # Without TLS there are no certificates to load, which takes longer than asking.
            verify=not url.startswith("http:"),
        )
        self._sent = _SENT | (_SENT_HOME if url.rstrip("/") == HOME else frozenset())
        self._secret = key.encode()
        self._seconds = seconds

    def send(self, request: Any, **options: Any) -> Any:
        """Send a request and return its answer, read already."""
        until = time.monotonic() + self._seconds
        head = [pair for pair in request.headers.items() if pair[0] in self._sent]
        # Another one, since the package reads its own marks in the head of the first.
        sent = type(request)(
            request.method,
            request.url,
            headers=[*head, ("user-agent", "storesync")],
            stream=request.stream,
            extensions=request.extensions,
        )
        answer = super().send(sent, **{**options, "stream": True})
        most = _MAX_FILE if request.url.path.endswith("/content") else _MAX_BYTES
        try:
            body = b"".join(_within(answer.iter_bytes(), until, most))
        finally:
            answer.close()
        if self._secret:
            body = body.replace(self._secret, b"***")
        head = [pair for pair in answer.headers.items() if pair[0] not in _OF_TRANSFER]
        return type(answer)(answer.status_code, headers=head, content=body, request=request)


def _within(chunks: Iterable[bytes], until: float, most: int) -> Iterator[bytes]:
    """Yield chunks up to a time and a size: a server that drips is as bad as one that is silent."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if time.monotonic() > until:
            raise TryLater("the answer did not end in time", counted=True)
        if size > most:
            raise TryLater("the answer did not end", counted=True)
        yield chunk
