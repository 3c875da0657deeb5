"""`status` beside proposals: two people on plain Git, and what is merged past review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

AT = "2026-11-22T16:00:00Z"
WELCOME = "brands/my-brand/campaigns/welcome/campaign.yaml"


def status(run, folder: Path, *args: str) -> dict[str, Any]:
    outcome = run("status", "--at", AT, "--format", "json", *args, cwd=folder)
    assert outcome.code == 0, outcome
    return outcome.json


def row(data: dict[str, Any], name: str = "welcome") -> dict[str, Any]:
    (found,) = [item for item in data["campaigns"] if item["campaign"] == name]
    return found


def test_a_proposal_goes_through_its_states(run, git_in, edit, shop, propose):
    edit(shop / WELCOME, "start: 2026-01-01", "start: 2026-12-01")
    propose(shop, "-m", "Later\x1b")
    found = row(status(run, shop))
    assert found["state"] == "active"
    (proposal,) = found["proposals"]
    assert (proposal["state"], proposal["by"]) == ("pending_review", "ben")
    assert proposal["waits_for"][0]["who"] == ["@mia"]
    assert proposal["approve_by"] == "2026-12-01T05:00:00Z"
    name = proposal["id"]

    assert run("reject", "-m", "A day\nlater", cwd=shop).code == 0
    (proposal,) = row(status(run, shop, "welcome"))["proposals"]
    assert (proposal["state"], proposal["by"]) == ("rejected", "mia")
    assert proposal["waits_for"] == [{"who": ["ben"], "what": "change it: A day later"}]

    git_in(shop, "switch", "--quiet", name)
    edit(shop / WELCOME, "start: 2026-12-01", "start: 2026-12-02")
    propose(shop)
    (proposal,) = row(status(run, shop))["proposals"]
    assert proposal["state"] == "pending_review"
    assert "look at it again: it was changed since" in [x["what"] for x in proposal["waits_for"]]

    assert run("approve", cwd=shop).code == 0
    (proposal,) = row(status(run, shop))["proposals"]
    assert (proposal["state"], proposal["by"]) == ("approved", "mia")
    text = run("status", "--at", AT, cwd=shop).stdout
    assert f"      approved {name}: Later\\u001b, since " in text
    assert "merge it; misses its start if not merged by 2026-12-02 05:00Z" in text

    assert run("approve", name, "--merge", cwd=shop).code == 0
    assert row(status(run, shop))["proposals"] == []


def test_what_is_only_proposed_stands_there_too(run, shop, propose):
    new = ("new", "campaign", "second", "--start", "2026-11-23")
    assert run(*new, cwd=shop).code == 0
    propose(shop, "-m", "A second one")
    found = row(status(run, shop), "second")
    assert (found["state"], found["locations"], found["by"]) == ("pending_review", 3, "ben")
    assert row(status(run, shop, "second"), "second")["proposals"][0]["planned"]
    offline = status(run, shop, "--offline")
    assert [item["campaign"] for item in offline["campaigns"]] == ["welcome"]
    assert offline["cannot_see"] == ["proposals: not asked for (--offline)"]


def test_a_template_stands_beside_each_campaign_it_alters(run, shop, propose):
    part = next((shop / "templates").rglob("web.html.j2"))
    part.write_text(f"{part.read_text()}<p>New</p>\n")
    propose(shop, "-m", "A line more")
    (proposal,) = row(status(run, shop))["proposals"]
    assert (proposal["title"], proposal["planned"]) == ("A line more", True)


def test_a_forge_that_cannot_be_asked_is_said(run, shop, commit):
    text = (shop / "storesync.yaml").read_text()
    commit(shop, {"storesync.yaml": f"{text}forge: {{remote: nowhere}}\n"})
    data = status(run, shop)
    assert row(data)["state"] == "active"
    assert data["cannot_see"][0].startswith("proposals: ")
    assert "\ncannot see proposals: " in run("status", "--at", AT, cwd=shop).stdout


def test_what_is_merged_and_not_proven_is_pending(run, shop, commit):
    text = (shop / "storesync.yaml").read_text()
    commit(shop, {"storesync.yaml": f"{text}forge: {{prove: true}}\n"})
    assert run("verify", "--adopt", "-m", "From here on", cwd=shop).code == 0
    head = commit(shop, {WELCOME: (shop / WELCOME).read_text().replace("Runs at", "Is at")})
    data = status(run, shop)
    assert row(data)["state"] == "active"  # customers see no note
    assert [item["commit"] for item in data["unproven"]] == [head]
    wet = (shop / WELCOME).read_text().replace("start: 2026-01-01", "start: 2026-01-02")
    head = commit(shop, {WELCOME: wet})
    found = row(status(run, shop))
    assert found["state"] == "pending_review"
    assert f"held: {head[:12]} by " in found["remark"]
    assert f"not proven: {head[:12]}" in run("status", "--at", AT, cwd=shop).stdout


def test_what_is_only_proposed_was_not_pushed_past_review(run, shop, commit, propose, git_in):
    text = (shop / "storesync.yaml").read_text()
    commit(shop, {"storesync.yaml": f"{text}forge: {{prove: true}}\n"})
    assert run("verify", "--adopt", "-m", "From here on", cwd=shop).code == 0
    wet = (shop / WELCOME).read_text().replace("start: 2026-01-01", "start: 2026-01-02")
    (shop / WELCOME).write_text(wet)
    propose(shop, "-m", "Later")
    before = git_in(shop, "rev-parse", "storesync/ledger")
    git_in(shop, "switch", "--quiet", "ben/welcome")
    outcome = run("publish", cwd=shop)
    assert outcome.code == 2
    assert "you are on ben/welcome, which is not merged into main" in outcome.stderr
    assert "storesync plan --base main" in outcome.stderr
    assert git_in(shop, "rev-parse", "storesync/ledger") == before
    git_in(shop, "switch", "--quiet", "--detach")
    outcome = run("publish", cwd=shop)
    assert (outcome.code, "you are on commit " in outcome.stderr) == (2, True)
    assert git_in(shop, "rev-parse", "storesync/ledger") == before
    data = status(run, shop)
    assert (data["unproven"], data["cannot_see"]) == ([], [])
    outcome = run("verify", cwd=shop)
    assert (outcome.code, "cannot see  approvals: you are on" in outcome.stdout) == (0, True)


def test_what_no_run_saw_is_late(run, shop, commit):
    assert status(run, shop)["runs"] == {"last": AT, "heard": AT, "late": 0, "late_since": None}
    lakeside = (shop / "brands/my-brand/locations/us/lakeside.yaml").read_text()
    pier = lakeside.replace("Lakeside", "Pier")
    commit(shop, {"brands/my-brand/locations/us/pier.yaml": pier})
    runs = status(run, shop)["runs"]
    assert (runs["late"], runs["late_since"][:4]) == (1, "2026")
    assert "\nlate: 1 not sent" in run("status", "--at", AT, cwd=shop).stdout


def test_what_is_merged_is_said_to_be_where_that_cannot_be_noted(run, git_in, edit, shop, propose):
    edit(shop / WELCOME, "Good to", "Lovely to")
    propose(shop, "-m", "Nicer")
    assert run("approve", cwd=shop).code == 0
    lock = shop / ".git/refs/notes/storesync/reviews.lock"  # as a full disk keeps Git from writing
    lock.touch()
    outcome = run("approve", "ben/welcome", "--merge", cwd=shop)
    assert (outcome.code, "merged into main" in outcome.stdout) == (0, True), outcome
    assert "Lovely to" in git_in(shop, "show", f"main:{WELCOME}")
    lock.unlink()
    assert "proposals" not in row(status(run, shop)) or not row(status(run, shop))["proposals"]
