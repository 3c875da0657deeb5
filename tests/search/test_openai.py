"""The embedder openai: the package openai against servers on this machine."""

from __future__ import annotations

import importlib.util
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from storesync.builtin.openai_embedder import KEY, open_openai
from storesync.errors import UserError
from storesync.plugins.embedder import EmbedderSetting, EmbedRequest

CONTRACT = Path(__file__).parents[1] / "contracts" / "embedder.py"
spec = importlib.util.spec_from_file_location("embedder_contract", CONTRACT)
contract = importlib.util.module_from_spec(spec)
spec.loader.exec_module(contract)
SECRET = "sk-very-secret"


class Server(ThreadingHTTPServer):
    """Speaks /embeddings; `fault` is what goes wrong, `asked` what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict] = []
        self.faults: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**body, "key": self.headers.get("Authorization", "")})
        fault = self.server.faults.pop(0) if self.server.faults else ""
        rows = [
            {
                "object": "embedding",
                "index": place,
                "embedding": [1.0, float(len(text)), sum(map(ord, text)) / 9],
            }
            for place, text in enumerate(body["input"])
        ]
        if fault == "short":
            rows.pop()
        if fault == "zero":
            rows[0]["embedding"] = [0.0, 0.0, 0.0]
        if fault == "text":
            rows[0]["embedding"] = "no numbers"
        status = int(fault) if fault.isdigit() else 200
        data = {"object": "list", "data": rows[::-1], "model": "m", "usage": {}}
        raw = b"<html>" if fault == "html" else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 429:
            self.send_header("Retry-After", "0")
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def opened(url: str, environment=None, **options: str):
    options = {"model": "m", "base_url": url, **options}
    return open_openai(EmbedderSetting(options, environment or {}))


class TestContract(contract.EmbedderContract):
    knows_meaning = False

    @pytest.fixture
    def embedder(self, server):
        return opened(server.url)


def test_the_answer_is_put_in_order_and_prefixes_are_said(server):
    embedder = opened(server.url, question_prefix="query: ", passage_prefix="passage: ")
    one, two = embedder.embed(EmbedRequest(["a", "bbbb"]))
    assert one != two
    assert embedder.embed(EmbedRequest(["bbbb"])) == [two]
    embedder.embed(EmbedRequest(["a"], question=True))
    assert [asked["input"] for asked in server.asked] == [
        ["passage: a", "passage: bbbb"],
        ["passage: bbbb"],
        ["query: a"],
    ]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("400", "says 400"),
        ("302", "says 302"),
        ("short", "gave 1 embeddings for 2 texts"),
        ("zero", "gave no embeddings"),
        ("text", "gave no embeddings"),
        ("html", "gave no embeddings"),
    ],
)
def test_what_goes_wrong_is_told_without_the_key(server, fault, said):
    server.faults = [fault] * 3
    home = {"OPENAI_BASE_URL": server.url, KEY: SECRET}
    with pytest.raises(UserError) as failed:
        opened(server.url, home).embed(EmbedRequest(["a", "b"]))
    assert said in failed.value.message
    assert SECRET not in f"{failed.value.message}{failed.value.hint}{failed.value.__cause__!r}"


def test_a_busy_server_is_asked_again(server):
    server.faults = ["429"]
    assert len(opened(server.url).embed(EmbedRequest(["a"]))) == 1
    assert len(server.asked) == 2


def test_the_key_goes_only_where_the_environment_says(server):
    opened(server.url, {KEY: SECRET}).embed(EmbedRequest(["a"]))
    opened(server.url, {KEY: SECRET, "OPENAI_BASE_URL": server.url}).embed(EmbedRequest(["a"]))
    keys = [asked["key"] for asked in server.asked]
    assert keys == ["Bearer none", f"Bearer {SECRET}"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"model": "m"}, f"{KEY} is not set"),
        ({"base_url": "http://127.0.0.1:9"}, "needs a model"),
        ({"model": "m", "base_url": "http://example.com"}, "is not encrypted"),
        ({"model": "m", "base_urll": "x"}, 'has no option "base_urll"'),
        ({"model": "m", "base_url": "https://example.com", "dimensions": "many"}, "dimensions"),
    ],
)
def test_wrong_settings_are_refused(options, said):
    with pytest.raises(UserError) as refused:
        open_openai(EmbedderSetting(options, {}))
    assert said in refused.value.message


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(UserError) as failed:
        opened("http://127.0.0.1:9/v1").embed(EmbedRequest(["a"]))
    assert "127.0.0.1:9 cannot be asked" in failed.value.message


def test_a_model_is_another_one_at_another_server_or_length():
    models = {
        opened("http://127.0.0.1:9").capabilities.model,
        opened("http://127.0.0.1:8").capabilities.model,
        opened("http://127.0.0.1:9", dimensions="256").capabilities.model,
        opened("http://127.0.0.1:9", question_prefix="q: ").capabilities.model,
    }
    assert len(models) == 4


def test_it_speaks_with_llmock(llmock):
    embedder = opened(llmock.base_url(), model="text-embedding-3-small")
    [vector] = embedder.embed(EmbedRequest(["warm drinks"]))
    assert len(vector) == 1536
