"""What was deleted, once it is down, costs later runs nothing."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.doctor.clone import check_clone
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


def test_a_campaign_that_is_over_is_archived_and_its_story_stays(run, small: Path, commit, git_in):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    ended = re.sub(r"flight: .*", "flight: {start: 2026-11-01, end: 2026-11-23}", text)
    commit(small, {CAMPAIGN: ended})
    assert "3 withdrawn" in run("publish", "--at", "2026-11-26T12:00Z", cwd=small).stdout
    archive = small / "brands/my-brand/archive"
    archive.mkdir()
    with closing(Context(Options(small), datetime.fromisoformat("2028-01-01T12:00Z"))) as context:
        said = {item.check: item for item in check_clone(context)}["archive"]
    assert said.message == "1 of 1 campaigns have been over for more than a year"
    assert said.hint.startswith(
        f"git mv {Path(CAMPAIGN).parent.as_posix()} brands/my-brand/archive/"
    )
    git_in(small, "mv", str(Path(CAMPAIGN).parent), str(archive))
    git_in(small, "commit", "--quiet", "--message", "Archive it")
    assert run("validate", cwd=small).code == 0
    plan = run("plan", "--base", "HEAD~1", "--head", "HEAD", cwd=small)
    assert plan.stdout.startswith("nothing to do")
    later = run("publish", "--at", "2026-11-26T12:05Z", cwd=small)
    assert later.stdout == "nothing to do: 0 deliveries are as they should be\n"
    told = run("history", "my-brand/welcome", cwd=small).stdout
    assert "withdrawn" in told
    assert "Archive it" in told
    assert "my-brand/welcome" not in run("status", cwd=small).stdout
    found = run("search", "welcome", "--format", "json", cwd=small).json
    assert [hit["campaign"] for hit in found["results"]] == ["welcome"]
