"""Many briefs at once through the Files and Batches API, and never the same ones twice.

A batch carries our key in its metadata, so that one submitted by a run that was killed right
after is found again (platform.openai.com/docs/guides/batch).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from storesync.builtin.openai_answer import draft_from, parsed
from storesync.builtin.openai_client import LATER, Client, line_of
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.copywriter import BadBatch, Batch, Brief, Draft, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA = "storesync"
_ENDPOINT = "/v1/chat/completions"
_UNDONE = frozenset({"batch_expired", "batch_cancelled"})
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_MOST_PAGES = 100
# Largest input file a batch takes, in bytes and requests (guides/batch, "Batch API limits").
_MAX_BYTES, _MAX_REQUESTS = 200_000_000, 50_000


class Asker(Protocol):
    """What makes requests of briefs: see `openai_copywriter.OpenAICopywriter`."""

    def request(self, brief: Brief) -> dict[str, Any]:
        """Return the body of a request."""

    def most(self, brief: Brief) -> Usage:
        """Return the most tokens of it."""


class Batches:
    """Batches on one server."""

    def __init__(self, client: Client, asker: Asker) -> None:
        self._client = client
        self._asker = asker

    def find(self, key: str) -> Batch | None:
        """Return the newest batch with our key that was not given up; see `BatchCopywriter`."""
        return self._client.call(lambda: self._find(key))

    def _find(self, key: str) -> Batch | None:
        page = self._client.api.batches.list(limit=100)
        seen: set[str] = set()
        for _ in range(_MOST_PAGES):
            if not isinstance(page.data, list):
                message = "no list"
                raise TypeError(message)
            for item in page.data:
                if (item.metadata or {}).get(METADATA) == key:
                    # Asked by its id: a list may lag behind.
                    return _batch(self._client.api.batches.retrieve(item.id), key)
            ids = {item.id for item in page.data}
            # Some servers know no pages, and give the first one again.
            if ids <= seen or not page.has_next_page():
                break
            seen |= ids
            page = page.get_next_page()
        return None

    def submit(self, key: str, briefs: Mapping[str, Brief]) -> Batch:
        """Upload the requests and have them worked on."""
        lines = [
            line_of(
                {
                    "custom_id": name,
                    "method": "POST",
                    "url": _ENDPOINT,
                    "body": self._asker.request(brief),
                }
            )
            for name, brief in briefs.items()
        ]
        content = b"".join(lines)
        if len(content) > _MAX_BYTES or len(lines) > _MAX_REQUESTS:
            raise UserError(
                f"{len(lines):,} requests are more than one batch takes",
                hint="draft fewer campaigns at a time",
            )
        api = self._client.api

        def ask() -> Any:
            file = api.files.create(file=(f"storesync-{key}.jsonl", content), purpose="batch")
            return api.batches.create(
                input_file_id=file.id,
                endpoint=_ENDPOINT,
                completion_window="24h",
                metadata={METADATA: key},
            )

        return _batch(self._told(ask), key)

    def collect(self, batch: Batch, briefs: Mapping[str, Brief]) -> dict[str, Draft]:
        """Return the answers in the output file, and as faults those in the error file."""
        api = self._client.api
        item = self._told(lambda: api.batches.retrieve(batch.id))
        found: dict[str, Draft] = {}
        for file in filter(None, (item.output_file_id, item.error_file_id)):
            body = self._told(lambda file=file: api.files.content(file).read())
            for name, draft in self._answers(body, briefs):
                found.setdefault(name, draft)
        if not found and item.status == "failed":
            raise BadBatch(f"the server refused the batch: {_why(item)}")
        return found

    def _told(self, ask: Any) -> Any:
        from openai import BadRequestError, UnprocessableEntityError

        try:
            return self._client.call(ask)
        except (BadRequestError, UnprocessableEntityError) as error:
            said = self._client.words_of(error)
            raise UserError(f"the server refused: {said}", hint="leave out --batch") from error

    def _answers(self, body: bytes, briefs: Mapping[str, Brief]) -> Iterator[tuple[str, Draft]]:
        """Yield answers by name; what the server did not come to is in another batch's hands."""
        for line in body.splitlines():
            record = parsed(line) or {}
            name = record.get("custom_id")
            if not isinstance(name, str) or name not in briefs or _was_left(record):
                continue
            response = _object(record.get("response"))
            answer = response.get("body")
            if isinstance(answer, dict) and response.get("status_code") in {None, 200}:
                yield name, draft_from(answer, briefs[name], self._asker.most(briefs[name]))
            else:
                told = _object(answer).get("error") or record.get("error") or answer
                why = _object(told).get("message") or told
                fault = f"the server failed at it: {printable(str(why), limit=120)}"
                yield name, Draft({}, Usage(), fault=fault)


def _was_left(record: Mapping[str, Any]) -> bool:
    """Say whether a server left a request undone, for want of time or of room."""
    status = _object(record.get("response")).get("status_code")
    code = _object(record.get("error")).get("code")
    is_busy = isinstance(status, int) and (status in LATER or status >= 500)
    return is_busy or code in _UNDONE


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _batch(item: Any, key: str) -> Batch:
    counts = item.request_counts
    done = counts.completed + counts.failed if counts else 0
    total = counts.total if counts else 0
    return Batch(item.id, key, str(item.status), item.status in _ENDED, done, total)


def _why(item: Any) -> str:
    data = getattr(item.errors, "data", None) or ()
    said = "; ".join(str(error.message) for error in data if error.message)
    return printable(said or "it does not say why", limit=200)
