from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for the modules beside this file; there are no packages in tests

import described  # noqa: E402 - see above
import fake as fakes  # noqa: E402 - see above

from storesync.builtin.github_answer import Answer  # noqa: E402 - see above
from storesync.builtin.github_auth import Token  # noqa: E402 - see above
from storesync.builtin.github_client import Client, Pace  # noqa: E402 - see above
from storesync.builtin.github_forge import GitHubForge  # noqa: E402 - see above
from storesync.builtin.github_options import read_options  # noqa: E402 - see above
from storesync.builtin.github_transport import Limits, Transport  # noqa: E402 - see above
from storesync.plugins.forge import ForgeSetting  # noqa: E402 - see above

SECRETS = {name: f"ghp_{name}SECRETSECRET" for name in ("ada", "mia", "ben", "mallory")}
PEOPLE = ("ada", "mia", "ben", "mallory")


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked without the proxy that the other tests are shut off with."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


# Where `emulate` 0.12.2 answers otherwise than GitHub describes it.
EMULATED_OTHERWISE = re.compile(
    r"(\.(user|owner): …'\w+_(url|id|name)'|commit\.tree: …'url') is a required property$"
    r"|/reviews never answers with 201$"
    r"|^POST /app/installations/88/access_tokens .* is a required property$"
    r"|^GET /app \$\.owner: "
    r"|^GET \S+/branches/\S+ \$(\.commit)?: …'\w+' is a required property$"
)


@dataclass
class Faults:
    """What requests and answers broke of GitHub's own description."""

    requests: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def note(self, method: str, url: str, body: bytes | None, answer: Answer) -> None:
        parts = urlsplit(url)
        path = parts.path.removeprefix("/api/v3")
        # GraphQL is described elsewhere; links to following pages name repositories by number.
        if path in {"/graphql", "/api/graphql"} or path.startswith("/repositories/"):
            return
        asked = None if body is None else json.loads(body)
        query = dict(parse_qsl(parts.query))
        self.requests += described.faults_of_request(method, path, query, asked)
        with contextlib.suppress(ValueError, RecursionError):
            answered = json.loads(answer.body) if answer.body else None
            self.answers += described.faults_of_answer(method, path, answer.status, answered)


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Faults]:
    """Hold every request and sound answer of a test against GitHub's own description."""
    found = Faults()
    real = Transport.send

    def send(self: Transport, method: str, url: str, headers: Any, body: bytes | None) -> Answer:
        answer = real(self, method, url, headers, body)
        found.note(method, url, body, answer)
        return answer

    monkeypatch.setattr(Transport, "send", send)
    yield found
    if "emulated" in request.fixturenames or "emulate" in request.node.name:
        found.answers = [text for text in found.answers if not EMULATED_OTHERWISE.search(text)]
    assert found.requests + found.answers == []


@pytest.fixture
def odd_answers(checked: Faults) -> Iterator[None]:
    """For tests that have answered what GitHub does not describe."""
    yield
    checked.answers.clear()


@pytest.fixture
def hub() -> Iterator[fakes.GitHub]:
    """The fake with its people: Ada proposes, Mia and Ben manage, Mallory can write, too."""
    with fakes.serve() as made:
        made.tokens = {secret: name for name, secret in SECRETS.items()}
        made.tokens["ghs_actionsSECRETSECRET"] = "github-actions[bot]"
        made.rights = {"ada": "read", "mia": "maintain", "ben": "admin", "mallory": "write"}
        made.teams = {"brand": {"mia", "ben"}}
        yield made


@dataclass
class Waits:
    """A clock that only sleeping moves."""

    now: float = 1_795_000_000.0
    slept: float = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client_of(waits: Waits) -> Callable[..., Client]:
    def build(
        url: str, token: str, *, patience: float = 60, limits: Limits | None = None
    ) -> Client:
        pace = Pace(patience, waits.clock, waits.sleep)
        transport = Transport(Token(token), limits or Limits(silence=2, total=3))
        return Client(url, transport, pace)

    return build


@pytest.fixture
def forge_of(
    hub: fakes.GitHub, client_of: Callable[..., Client], tmp_path: Path
) -> Callable[..., GitHubForge]:
    """Return the forge as one of the people has it."""

    def build(name: str, **options: str) -> GitHubForge:
        api = f"{hub.url}/api/v3"
        written = {"repository": fakes.REPOSITORY, "url": hub.url, **options}
        setting = ForgeSetting(tmp_path, "main", "origin", written, {"mia@example.com": "mia"})
        token = SECRETS.get(name, f"ghs_{name}SECRETSECRET")
        return GitHubForge(read_options(written, {}), setting, client_of(api, token))

    return build


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Emulated:
    url: str
    people: dict[str, str]


@pytest.fixture(scope="session")
def app_pem() -> bytes:
    """The private key of an App."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


@pytest.fixture(scope="session")
def emulated(app_pem: bytes) -> Iterator[Emulated]:
    """npm's `emulate` as GitHub, one for all tests: each takes branches of its own."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (HERE / "node_modules" / "emulate").is_dir():
        pytest.skip("emulate is not installed: npm ci --prefix tests/github")
    port = free_port()
    seed = {
        "tokens": {SECRETS[name]: {"login": name, "scopes": ["repo"]} for name in PEOPLE},
        "github": {
            "users": [{"login": name} for name in PEOPLE],
            "orgs": [
                {"login": "acme", "members": [{"login": name, "role": "admin"} for name in PEOPLE]}
            ],
            "repos": [{"owner": "acme", "name": "campaigns", "auto_init": True}],
            "apps": [
                {
                    "app_id": 77,
                    "slug": "storesync-demo",
                    "name": "StoreSync demo",
                    "private_key": app_pem.decode(),
                    "permissions": {"pull_requests": "write", "contents": "read"},
                    "installations": [{"installation_id": 88, "account": "acme"}],
                }
            ],
        },
    }
    command = [node, str(HERE / "emulated.mjs"), str(port), json.dumps(seed)]
    surroundings = {"PATH": os.environ["PATH"], "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("http://127.0.0.1"), line
        yield Emulated(line.strip(), SECRETS)
        server.terminate()
