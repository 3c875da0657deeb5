"""Many briefs at once through the Files and Batches API, and never the same ones twice.

A batch carries our key in its metadata, so that one submitted by a run that was killed right
after is found again (platform.openai.com/docs/guides/batch).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from storesync.builtin.openai_answer import draft_from, parsed
from storesync.builtin.openai_client import Client, line_of
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.copywriter import BadBatch, Batch, Brief, Draft, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA = "storesync"
_ENDPOINT = "/v1/chat/completions"
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_MOST_LOOKED_AT = 10_000
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
        for count, item in enumerate(self._client.api.batches.list(limit=100)):
            if (item.metadata or {}).get(METADATA) == key:
                # Asked by its id: a list may lag behind.
                return _batch(self._client.api.batches.retrieve(item.id), key)
            if count > _MOST_LOOKED_AT:
                break
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
            found |= self._read(body, briefs)
        if not found and item.status == "failed":
            raise BadBatch(f"the server refused the batch: {_why(item)}")
        return found

    def _told(self, ask: Any) -> Any:
        from openai import BadRequestError

        try:
            return self._client.call(ask)
        except BadRequestError as error:
            said = self._client.words_of(error)
            raise UserError(f"the server refused: {said}", hint="leave out --batch") from error

    def _read(self, body: bytes, briefs: Mapping[str, Brief]) -> dict[str, Draft]:
        return dict(self._answers(body, briefs))

    def _answers(self, body: bytes, briefs: Mapping[str, Brief]) -> Iterator[tuple[str, Draft]]:
        for line in body.splitlines():
            record = parsed(line)
            name = record.get("custom_id") if record else None
            if not record or not isinstance(name, str) or name not in briefs:
                continue
            brief = briefs[name]
            most = self._asker.most(brief)
            response = record.get("response")
            response = response if isinstance(response, dict) else {}
            answer = response.get("body")
            if isinstance(answer, dict) and response.get("status_code") in {None, 200}:
                yield name, draft_from(answer, brief, most)
            else:
                told = record.get("error") or answer
                why = told.get("message") if isinstance(told, dict) else told
                fault = f"the server failed at it: {printable(str(why), limit=120)}"
                yield name, Draft({}, Usage(0, 0), fault=fault)


def _batch(item: Any, key: str) -> Batch:
    counts = item.request_counts
    done = counts.completed + counts.failed if counts else 0
    total = counts.total if counts else 0
    return Batch(item.id, key, str(item.status), item.status in _ENDED, done, total)


def _why(item: Any) -> str:
    data = getattr(item.errors, "data", None) or ()
    said = "; ".join(str(error.message) for error in data if error.message)
    return printable(said or "it does not say why", limit=200)
