"""`history` tells of proposals too, and writes evidence that can be kept."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WELCOME = "brands/my-brand/campaigns/welcome/campaign.yaml"
HOSTILE = "=cmd()<script>alert(1)</script>\x1b\n\u202e"


@pytest.fixture
def told(run, edit, shop, propose, once) -> Path:
    """A proposal with a strange title, rejected in strange words, then approved and merged."""

    def change() -> None:
        edit(shop / WELCOME, "start: 2026-01-01", "start: 2026-01-02")
        propose(shop, "-m", HOSTILE)
        assert run("reject", "-m", HOSTILE, cwd=shop).code == 0
        assert run("approve", "--merge", "welcome", cwd=shop).code == 0

    return once("told", shop, change)


def test_proposals_and_words_on_them_are_told(run, told):
    events = run("history", "welcome", "--format", "json", cwd=told).json["events"]
    about = [item for item in events if item["proposal"]]
    assert [(item["event"], item["actor"]) for item in about] == [
        ("submitted", "ben"),
        ("rejected", "mia"),
        ("approved", "mia"),
        ("merged", "mia"),
    ]
    assert {(item["brand"], item["campaign"]) for item in about} == {("my-brand", "welcome")}
    assert all(len(item["commit"]) == 40 for item in about[1:])
    live = [item for item in events if item["event"] == "live"]
    assert {len(item["fingerprint"]) for item in live} == {64}
    assert len({item["hash"] for item in live}) == 3
    assert run("history", "welcome", "--offline", cwd=told).stdout.count("submitted") == 0


def test_evidence_is_the_same_for_the_same_state(run, told, tmp_path):
    made = []
    for name in ("one", "two"):
        outcome = run("history", "--evidence", tmp_path / name, cwd=told)
        assert outcome.code == 0, outcome
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {"history.json", "history.csv", "history.html"}
    data = json.loads(made[0]["history.json"])
    assert (data["scope"], data["cannot_see"]) == ("everything", [])
    assert data["events"] == run("history", "--format", "json", cwd=told).json["events"]
    assert len(data["chains"]["my-brand/welcome"]) == 64


def test_hostile_words_are_only_text_in_evidence(run, told, tmp_path):
    run("history", "welcome", "--evidence", tmp_path / "kept", cwd=told)
    page = (tmp_path / "kept/history.html").read_text()
    assert "<script" not in page
    assert "=cmd()&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert "http://" not in page.replace("http-equiv", "")
    rows = list(csv.DictReader((tmp_path / "kept/history.csv").read_text("utf-8-sig").splitlines()))
    (row,) = [row for row in rows if row["event"] == "submitted"]
    assert row["detail"].startswith("'=cmd()")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "@", "-"}]


def test_hashes_have_a_line_of_their_own_below_what_happened(run, told, tmp_path):
    """In columns each took ten lines, and the page was wider than any paper."""
    run("history", "welcome", "--evidence", tmp_path / "kept", cwd=told)
    page = (tmp_path / "kept/history.html").read_text()
    assert "<th>hash</th>" not in page
    data = json.loads((tmp_path / "kept/history.json").read_bytes())
    lines = [line for line in page.splitlines() if line.startswith("<tbody>")]
    assert len(lines) == len(data["events"])
    for line, event in zip(lines, data["events"], strict=True):
        told_row, _, ids = line.partition('<tr class="ids">')
        assert all(event[name] in ids for name in ("commit", "fingerprint", "hash"))
        assert event["actor"] in told_row


def test_a_folder_that_cannot_be_written_is_said(run, told):
    for place in (told / "storesync.yaml", told / "storesync.yaml/in", "/proc/kept"):
        outcome = run("history", "--evidence", place, cwd=told)
        assert (outcome.code, "cannot write" in outcome.stderr) == (2, True)


def test_what_is_proven_and_what_is_not_is_told(run, shop, commit):
    text = (shop / "storesync.yaml").read_text()
    commit(shop, {"storesync.yaml": f"{text}forge: {{prove: true}}\n"})
    assert run("verify", "--adopt", "-m", "From here on", cwd=shop).code == 0
    head = commit(shop, {WELCOME: (shop / WELCOME).read_text().replace("2026-01-01", "2026-01-02")})
    assert run("publish", "--at", "2026-11-22T16:05Z", cwd=shop).code == 1
    events = run("history", "welcome", "--format", "json", cwd=shop).json["events"]
    (unproven,) = [item for item in events if item["event"] == "unproven"]
    assert (unproven["commit"], unproven["campaign"]) == (head, "welcome")
    assert [item["actor"] for item in events if item["event"] == "adopted"] == ["mia"]
