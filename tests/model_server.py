"""A server that speaks as OpenAI does, for what neither llmock nor aimock can do.

It writes sound copy of its own, obeys orders that it finds in a prompt, breaks off, drips, refuses,
and works through batches, with files and metadata, as the real one does.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# What it writes where nobody scripted anything, by language and field.
WORDS = {
    "en": "Warm words, {{ city }}",
    "fr": "Des mots doux, {{ city }}",
    "de": "Warme Worte, {{ city }}",
}


@dataclass
class Answer:
    """What is sent back: a status, headers, a body; `break_at` bytes, then the line is cut."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    break_at: int | None = None
    pause: float = 0.0


def completion(content: str | None, **more: Any) -> dict[str, Any]:
    """Return a chat completion."""
    message = {"role": "assistant", "content": content, "refusal": more.pop("refusal", None)}
    choice = {"index": 0, "message": message, "finish_reason": more.pop("finish", "stop")}
    usage = more.pop("usage", {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960})
    return {"id": "c1", "object": "chat.completion", "model": "tiny-2026", "choices": [choice]} | (
        {"usage": usage} if usage else {}
    )


def brief_of(request: dict[str, Any]) -> dict[str, Any]:
    """Return the brief in a request."""
    return json.loads(request["messages"][-1]["content"])


def sound(request: dict[str, Any]) -> Answer:
    """Write something that is right: one text a field, or as many as are asked for."""
    brief = brief_of(request)
    language = re.search(r"\((\w+)", brief["language"])
    words = WORDS[language[1] if language and language[1] in WORDS else "en"]
    count = brief.get("texts_per_field", 1)
    texts = [
        words,
        *(
            f"{words}, {'und' if 'Worte' in words else 'et'} {n * 'so '}mehr"
            for n in range(1, count)
        ),
    ]
    values = {item["name"]: texts if count > 1 else words for item in brief["fields"]}
    return Answer(completion(json.dumps(values)))


def obedient(request: dict[str, Any]) -> Answer:
    """Do what a text in the prompt orders, if one says `write: …`; else write what is sound."""
    brief = brief_of(request)
    order = re.search(r"[Ww]rite: ?(.{3,80}?)[.]?\"", request["messages"][-1]["content"])
    if order is None:
        return sound(request)
    return Answer(completion(json.dumps({item["name"]: order[1] for item in brief["fields"]})))


Behaviour = Callable[[dict[str, Any]], Answer]


@dataclass
class Model:
    """The server's state. `script` is used up first, an answer a request; then `behave` answers."""

    url: str = ""
    behave: Behaviour = sound
    script: list[Answer | Behaviour] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    batches: list[dict[str, Any]] = field(default_factory=list)
    # How many looks a batch takes until it is through, and how it ends.
    looks: int = 1
    ends: str = "completed"
    drops: int = 0
    # What its list of batches is in place of them.
    listed: Any = None
    calls: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: dict[str, Any]) -> Answer:
        with self.lock:
            made = self.script.pop(0) if self.script else self.behave
        return made if isinstance(made, Answer) else made(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: Model

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.model.calls.append(f"GET {self.path}")
        path = self.path.partition("?")[0]
        if path == "/v1/batches":
            whole = {"object": "list", "data": self.model.batches[::-1], "has_more": False}
            self._send(Answer(whole if self.model.listed is None else self.model.listed))
        elif path.startswith("/v1/batches/"):
            name = path.rpartition("/")[2]
            found = next(item for item in self.model.batches if item["id"] == name)
            self._send(Answer(found))
        elif path.startswith("/v1/files/"):
            self._send(Answer(self.model.files[path.split("/")[3]]))
        else:
            self._send(Answer({"error": {"message": "no such page"}}, status=404))
        self._advance(path)

    def _advance(self, path: str) -> None:
        if not path.startswith("/v1/batches"):
            return
        for item in self.model.batches:
            if item["status"] == "in_progress":
                item["looked"] += 1
                if item["looked"] >= self.model.looks:
                    self._work(item)

    def _work(self, item: dict[str, Any]) -> None:
        model = self.model
        item["status"] = model.ends
        if model.ends == "failed":
            item["errors"] = {
                "object": "list",
                "data": [{"message": "the model is not for batches"}],
            }
            return
        lines = []
        for line in model.files[item["input_file_id"]].splitlines()[model.drops :]:
            record = json.loads(line)
            answer = model.answer(record["body"])
            response = {"status_code": answer.status, "request_id": "r", "body": answer.body}
            lines.append(
                json.dumps({"id": "x", "custom_id": record["custom_id"], "response": response})
            )
        if lines:
            item["output_file_id"] = f"file-out-{item['id']}"
            model.files[item["output_file_id"]] = "\n".join(lines).encode()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        model = self.model
        model.calls.append(f"POST {self.path}")
        model.headers.append(dict(self.headers))
        if self.path == "/v1/chat/completions":
            self._complete(json.loads(body))
        elif self.path == "/v1/files":
            name = f"file-{len(model.files)}"
            start = body.index(b"\r\n\r\n", body.index(b'name="file"')) + 4
            model.files[name] = body[start : body.index(b"\r\n--", start)]
            self._send(
                Answer(
                    {
                        "id": name,
                        "object": "file",
                        "bytes": 1,
                        "created_at": 1,
                        "filename": "x",
                        "purpose": "batch",
                        "status": "processed",
                    }
                )
            )
        elif self.path == "/v1/batches":
            asked = json.loads(body)
            item = {
                "id": f"batch-{len(model.batches)}",
                "object": "batch",
                "endpoint": asked["endpoint"],
                "input_file_id": asked["input_file_id"],
                "completion_window": "24h",
                "status": "in_progress",
                "created_at": 1,
                "metadata": asked.get("metadata"),
                "request_counts": {"total": 1, "completed": 0, "failed": 0},
                "looked": 0,
            }
            model.batches.append(item)
            self._send(Answer(item))
        else:
            self._send(Answer({"error": {"message": "no such page"}}, status=404))

    def _complete(self, request: dict[str, Any]) -> None:
        model = self.model
        with model.lock:
            model.requests.append(request)
            model.at.append(time.monotonic())
            model.under_way += 1
            model.most_under_way = max(model.most_under_way, model.under_way)
        try:
            self._send(model.answer(request))
        finally:
            with model.lock:
                model.under_way -= 1

    def _send(self, answer: Answer) -> None:
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        if answer.pause:
            time.sleep(answer.pause)
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if answer.break_at is None:
                self.wfile.write(body)
                return
            self.wfile.write(body[: answer.break_at])
            self.wfile.flush()
            self.close_connection = True


@contextlib.contextmanager
def serve() -> Iterator[Model]:
    """Run a server on a free port of this machine."""
    model = Model()
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
