"""What the comment workflow asks of GitHub, on loopback: `emulate` has no files and no artefacts.

State is plain attributes. What lies behind the redirect to an artefact may not be shown the token.
"""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "acme/campaigns"
BOT = "github-actions[bot]"
HERE, FORK = 1, 2  # ids of repositories
SHA = "a" * 40
RUN = 77


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive; names are taken as they are."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return memory.getvalue()


def pull(number: int = 5, **own: Any) -> dict[str, Any]:
    """Return a pull request as far as the workflow looks at it."""
    head = {"sha": own.get("sha", SHA), "ref": "change", "repo": {"id": own.get("repo", HERE)}}
    base = {"ref": own.get("base", "main"), "repo": {"full_name": REPOSITORY, "id": HERE}}
    return {"number": number, "state": own.get("state", "open"), "head": head, "base": base}


def event(**own: Any) -> dict[str, Any]:
    """Return the event that a finished run sets off."""
    run = {
        "id": RUN,
        "event": "pull_request",
        "conclusion": "success",
        "head_sha": SHA,
        "head_branch": "change",
        "head_repository": {"id": HERE, "owner": {"login": "acme"}},
        "pull_requests": [],
        **own,
    }
    repository = {"full_name": REPOSITORY, "default_branch": "main", "id": HERE}
    return {"action": "completed", "workflow_run": run, "repository": repository}


@dataclass
class Hub:
    """The state: what there is, what was asked, and what went wrong in asking."""

    pulls: list[dict[str, Any]] = field(default_factory=lambda: [pull()])
    files: list[dict[str, Any]] = field(
        default_factory=lambda: [{"filename": "brands/a/brand.yaml"}]
    )
    archive: bytes | None = field(default_factory=lambda: packed({"comment.md": b"### Plan\n"}))
    size: int | None = None  # as the list of artefacts says
    comments: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    moves_on: bool = False  # somebody pushes while the files are looked at
    url: str = ""

    def say(self, body: str, login: str | None = BOT) -> dict[str, Any]:
        user = None if login is None else {"login": login}
        self.comments.append({"id": 100 + len(self.comments), "user": user, "body": body})
        return self.comments[-1]

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Any) -> Any:
        """Return the answer to a request, None where there is no such thing."""
        page = slice(100 * (int(query.get("page", 1)) - 1), 100 * int(query.get("page", 1)))
        for pattern, find in (
            (r"/pulls", self._open),
            (r"/pulls/(\d+)", self._pull),
            (r"/pulls/\d+/files", self._files),
            (r"/pulls/\d+/reviews", self._reviews),
            (rf"/actions/runs/{RUN}/artifacts", self._artifacts),
            (r"/issues/\d+/comments", self._comments),
            (r"/issues/comments/(\d+)", self._comment),
        ):
            if match := re.fullmatch(f"/repos/{REPOSITORY}{pattern}", path):
                found = find(*match.groups(), method=method, query=query, body=body)
                return found[page] if isinstance(found, list) else found
        return None

    def _open(self, *, query: Mapping[str, str], **_: Any) -> Any:
        assert query["state"] == "open", query
        branch = query["head"].partition(":")[2]
        return [item for item in self.pulls if item["head"]["ref"] == branch]

    def _pull(self, number: str, **_: Any) -> Any:
        return next(item for item in self.pulls if item["number"] == int(number))

    def _files(self, **_: Any) -> Any:
        if self.moves_on:
            self.pulls[0]["head"]["sha"] = "b" * 40
        return self.files

    def _reviews(self, **_: Any) -> Any:
        return self.reviews

    def _artifacts(self, **_: Any) -> Any:
        size = self.size if self.size is not None else len(self.archive or b"")
        known = {"id": 9, "name": "plan", "expired": False, "size_in_bytes": size}
        return {"artifacts": [] if self.archive is None else [known]}

    def _comments(self, *, method: str, body: Any, **_: Any) -> Any:
        return self.say(body["body"]) if method == "POST" else self.comments

    def _comment(self, number: str, *, body: Any, **_: Any) -> Any:
        found = next(item for item in self.comments if item["id"] == int(number))
        found.update(body)
        return found


class Handler(BaseHTTPRequestHandler):
    hub: Hub

    def log_message(self, *_args: object) -> None:
        pass

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.hub.asked.append(f"{self.command} {self.path}")
        token = self.headers.get("Authorization")
        if parts.path == "/blob":
            if token is not None:
                self.hub.leaked.append(token)
            self.give(200, self.hub.archive or b"")
        elif token != "Bearer s3cret":
            self.give(401, b"{}")
        elif parts.path.endswith("/artifacts/9/zip"):
            self.give(302, b"", Location=f"{self.hub.url}/blob")
        else:
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = json.loads(raw) if raw else None
            found = self.hub.answer(self.command, parts.path, query, body)
            status = 404 if found is None else 201 if self.command == "POST" else 200
            self.give(status, json.dumps(found).encode())

    do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - http.server's names

    def give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve() -> Iterator[Hub]:
    """Run it on a free port of loopback."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
