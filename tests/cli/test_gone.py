"""What was deleted, once it is down, costs later runs nothing."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.proof.basis import open_basis
from tests.cli.conftest import AT

CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", ["brands/my-brand/campaigns/welcome", "brands/my-brand"])
def test_it_is_worked_out_no_more(run, small: Path, git_in, path):
    git_in(small, "rm", "-r", "--quiet", path)
    git_in(small, "commit", "--quiet", "--message", "Delete")
    moments = [datetime.fromisoformat(AT.replace("16:00", f"16:0{minute}")) for minute in range(5)]
    outcome = run("publish", "--force", "--at", moments[1].isoformat(), cwd=small)
    assert "3 withdrawn, 0 unchanged" in outcome.stdout
    assert run("publish", "--at", moments[2].isoformat(), cwd=small).code == 0
    with closing(Context(Options(small), moments[3])) as context:
        assert open_basis(context, moments[3]).stale == set()
    git_in(small, "revert", "--no-edit", "HEAD")
    assert "3 live" in run("publish", "--at", moments[4].isoformat(), cwd=small).stdout


def test_a_campaign_that_is_over_is_put_away_and_its_story_stays(run, small: Path, commit, git_in):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    ended = re.sub(r"flight: .*", "flight: {start: 2026-11-01, end: 2026-11-23}", text)
    commit(small, {CAMPAIGN: ended})
    assert "3 withdrawn" in run("publish", "--at", "2026-11-26T12:00Z", cwd=small).stdout
    git_in(small, "rm", "-r", "--quiet", str(Path(CAMPAIGN).parent))
    git_in(small, "commit", "--quiet", "--message", "Put it away")
    plan = run("plan", "--base", "HEAD~1", "--head", "HEAD", cwd=small)
    assert plan.stdout.startswith("nothing to do")
    later = run("publish", "--at", "2026-11-26T12:05Z", cwd=small)
    assert later.stdout == "nothing to do: 0 deliveries are as they should be\n"
    told = run("history", "my-brand/welcome", cwd=small).stdout
    assert "withdrawn" in told
    assert "Put it away" in told
