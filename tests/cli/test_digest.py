"""`digest`: a letter for each person, sent through a real mail server on loopback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

pytestmark = pytest.mark.slow

SECOND = "brands/my-brand/campaigns/second/campaign.yaml"
HOSTILE = "Later\x1b[0m\r\nBcc: all@acme.example.com\r\n\r\n<script>x</script>"
WAIVER = "waive: [{rule: unspoken-locales, reason: Not yet, until: 2026-12-05, by: ben}]\n"
AT = "2026-11-22T16:00:00Z"


@dataclass
class Box:
    """A mail server's box; it refuses whom it is told to."""

    port: int = 0
    refused: set[str] = field(default_factory=set)
    farewell: str = "221 Bye"
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refused:
            return "550 no such box\x1b"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, _server, _session, _envelope):  # noqa: N802
        return self.farewell

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.got.append((list(envelope.rcpt_tos), mail))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def box() -> Iterator[Box]:
    made = Box(free_port())
    server = Controller(made, hostname="127.0.0.1", port=made.port)
    server.start()
    yield made
    server.stop()


@pytest.fixture
def waiting(run, shop, propose, commit, box) -> Path:
    """Ben proposed a campaign that should have begun already; both are admins."""
    settings = (shop / "storesync.yaml").read_text()
    digest = f'digest: {{from: storesync@acme.example.com, smtp: "127.0.0.1:{box.port}"'
    commit(shop, {"storesync.yaml": f"{settings}{digest}, starttls: false}}\n"})
    assert run("new", "campaign", "second", "--start", "2026-01-02", cwd=shop).code == 0
    propose(shop, "-m", HOSTILE)
    return shop


def letters(run, folder: Path, *args: str) -> dict[str, dict[str, Any]]:
    outcome = run("digest", "--format", "json", *args, cwd=folder)
    assert outcome.code == 0, outcome
    return {item["who"]: item for item in outcome.json["letters"]}


def test_each_sees_what_waits_for_them(run, waiting):
    found = letters(run, waiting, "--at", "2025-12-01")
    assert set(found) == {"mia"}  # it is Ben's: he does not approve it
    (proposal,) = found["mia"]["proposals"]
    assert proposal["link"] == f"storesync approve {proposal['id']}"
    assert proposal["what"] == [f"approve it ({SECOND}: no approval yet)"]
    assert (proposal["urgent"], proposal["approve_by"]) == (False, "2026-01-02T05:00:00Z")
    assert found["mia"]["subject"] == "StoreSync: 1 waits for you"


def test_each_is_told_what_to_run(run, waiting):
    def links() -> dict[str, str]:
        found = letters(run, waiting, "--at", "2025-12-01")
        return {who: item["proposals"][0]["link"] for who, item in found.items()}

    (name,) = [link.removeprefix("storesync approve ") for link in links().values()]
    assert run("reject", "-m", "Later", cwd=waiting).code == 0
    assert links() == {"ben": f"git switch {name}, then storesync submit"}
    assert run("approve", name, cwd=waiting).code == 0
    assert set(links().values()) == {f"storesync approve {name} --merge"}


def test_what_misses_its_start_is_told_to_admins_too(run, waiting):
    found = letters(run, waiting, "--at", "2026-01-01T12:00Z")
    assert found["ben"]["proposals"][0]["what"] == []
    assert found["ben"]["proposals"][0]["urgent"]
    assert found["ben"]["proposals"][0]["link"] == "storesync status"  # it is his own
    assert found["mia"]["subject"] == "StoreSync: 1 waits for you, 1 misses its start"
    text = run("digest", "--at", "2026-01-01T12:00Z", cwd=waiting).stdout
    assert "misses its start if not approved by 2026-01-02 05:00Z (in 17 hours)" in text


def test_what_was_submitted_as_urgent_is_called_so_once(run, waiting, propose, edit):
    edit(waiting / "brands/my-brand/campaigns/welcome/campaign.yaml", "2026-01-01", "2026-01-02")
    propose(waiting, "welcome", "--urgent", "-m", "Recall")
    text = run("digest", "--at", "2026-01-01T12:00Z", cwd=waiting).stdout
    assert "ben/welcome: Urgent: Recall\n" in text
    assert "Urgent: ben/welcome" not in text
    assert "Urgent: ben/second" in text


def test_waivers_that_end_soon_are_told(run, shop, commit):
    brand = shop / "brands/my-brand/brand.yaml"
    commit(shop, {"brands/my-brand/brand.yaml": brand.read_text() + WAIVER})
    found = letters(run, shop, "--at", AT)
    assert set(found) == {"mia", "ben"}  # both own the file
    assert [item["until"] for item in found["ben"]["waivers"]] == ["2026-12-05"]
    assert letters(run, shop, "--at", "2026-11-20") == {}
    assert "ends in 13 days" in run("digest", "--at", AT, cwd=shop).stdout


def test_who_is_away_gets_none_and_the_deputy_does(run, shop, propose, commit):
    brand = shop / "brands/my-brand/brand.yaml"
    away = "away: [{who: mia, from: 2025-12-01, to: 2025-12-07, deputy: zoe}]"
    text = brand.read_text().replace("[mia, ben]}", f"[mia, ben], {away}}}")
    commit(shop, {"brands/my-brand/brand.yaml": text})
    assert run("codeowners", cwd=shop).code == 0
    commit(shop, {})
    assert run("new", "campaign", "second", "--start", "2026-01-02", cwd=shop).code == 0
    propose(shop, "-m", "A second one")
    for day, who in (("2025-11-30", "mia"), ("2025-12-07", "zoe"), ("2025-12-08", "mia")):
        assert set(letters(run, shop, "--at", day)) == {who}


def test_it_goes_by_mail_and_words_are_only_text(run, waiting, box):
    outcome = run("digest", "--send", cwd=waiting)
    assert outcome.code == 0, outcome
    assert "sent: mia <mia@acme.example.com>" in outcome.stdout
    ((to, mail), *_) = [item for item in box.got if item[0] == ["mia@acme.example.com"]]
    assert (to, mail["To"], mail["From"], mail["Bcc"]) == (
        ["mia@acme.example.com"],
        "mia@acme.example.com",
        "storesync@acme.example.com",
        None,
    )
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content()
    assert "\\u001b[0m" in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line.startswith("Bcc")]


def test_one_that_fails_stops_nobody_elses(run, waiting, box):
    box.refused.add("ben@acme.example.com")
    outcome = run("digest", "--send", "--format", "json", cwd=waiting)
    found = {item["who"]: (item["result"], item["message"]) for item in outcome.json["letters"]}
    assert found == {
        "ben": ("failed", f"127.0.0.1:{box.port}: no such box\\u001b"),
        "mia": ("sent", "by mail"),
    }
    assert (outcome.code, len(box.got)) == (1, 1)


def test_what_a_server_has_taken_is_sent_whatever_it_says_then(run, waiting, box):
    box.farewell = "421 too busy"
    outcome = run("digest", "--send", cwd=waiting)
    assert (outcome.code, outcome.stdout.count("sent: "), len(box.got)) == (0, 2, 2)


def test_a_server_that_does_not_encrypt_gets_nothing(run, waiting, box, edit, git_in):
    edit(waiting / "storesync.yaml", ", starttls: false", "")
    git_in(waiting, "commit", "-qam", "Encrypt")
    outcome = run("digest", "--send", cwd=waiting)
    assert (outcome.code, box.got) == (1, [])
    assert "STARTTLS" in outcome.stdout


def test_a_password_is_only_sent_encrypted(run, waiting, box, monkeypatch):
    monkeypatch.setenv("STORESYNC_SMTP_PASSWORD", "very-secret")
    outcome = run("digest", "--send", cwd=waiting)
    assert (outcome.code, box.got) == (2, [])
    assert "unencrypted" in outcome.stderr
    assert "very-secret" not in outcome.stderr + outcome.stdout


def test_nothing_waiting_nothing_sent(run, shop):
    outcome = run("digest", "--send", cwd=shop)
    assert (outcome.code, outcome.stdout) == (0, "nothing waits for anybody\n")


def test_without_a_way_to_send_it_says_so(run, shop, propose):
    assert run("new", "campaign", "second", "--start", "2026-01-02", cwd=shop).code == 0
    propose(shop, "-m", "A second one")
    outcome = run("digest", "--send", cwd=shop)
    assert (outcome.code, "nothing says how to send it" in outcome.stderr) == (2, True)
    outcome = run("digest", "--send", "--at", AT, cwd=shop)
    assert (outcome.code, "--at is for looking only" in outcome.stderr) == (2, True)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # apprise's own
def test_a_service_is_told_through_apprise(run, shop, propose, monkeypatch):
    got: list[Any] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    assert run("new", "campaign", "second", "--start", "2026-01-02", cwd=shop).code == 0
    propose(shop, "-m", "A second one")
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("STORESYNC_DIGEST_URL", f"json://127.0.0.1:{server.server_port}")
        outcome = run("digest", "--send", cwd=shop)
        server.shutdown()
    assert outcome.code == 0, outcome
    title = "StoreSync: 1 waits for you, 1 misses its start"
    assert [item["title"] for item in got] == [f"{title} (ben)", f"{title} (mia)"]
    assert "approve it" in got[1]["message"]
    monkeypatch.setenv("STORESYNC_DIGEST_URL", "nonsense://very-secret@x")
    outcome = run("digest", "--send", cwd=shop)
    assert (outcome.code, "very-secret" in outcome.stderr) == (2, False)
