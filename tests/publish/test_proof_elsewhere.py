"""A clone where nobody pulls goes on by what was merged and proven elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.test_proof import FILES, SETTINGS, Office, edited

pytestmark = pytest.mark.slow

SHARED = {**FILES, "storesync.yaml": f"{SETTINGS}ledger: {{remote: origin}}\n"}


@pytest.fixture
def offices(repo, run, git_in, monkeypatch, tmp_path: Path) -> tuple[Office, Office]:
    """Two clones of a repository that was adopted, and published by the first."""
    first = Office(repo(SHARED, "first"), run, monkeypatch)
    git_in(tmp_path, "clone", "--quiet", "--bare", "first", "origin.git")
    first.git("remote", "add", "origin", "../origin.git")
    first.be("robin")
    assert run("-C", first.root, "verify", "--adopt").code == 0
    assert first.publish().code == 0
    git_in(tmp_path, "clone", "--quiet", "origin.git", "second")
    return first, Office(tmp_path / "second", run, monkeypatch, minute=20)


def test_what_was_proven_elsewhere_stops_no_clone_that_is_behind(offices):
    first, second = offices
    first.land(edited("So happy"), approve="mia")
    first.git("push", "--quiet", "origin", "main")
    assert first.publish().code == 0
    for _ in range(2):
        outcome = second.publish()
        assert (outcome.code, "nothing to do" in outcome.stdout) == (0, True)


def test_unapproved_settings_that_name_no_remote_stop_nothing(offices):
    first, _ = offices
    settings = SHARED["storesync.yaml"].replace("origin", "nowhere")
    first.push({"storesync.yaml": settings, **edited("Free beer")})
    outcome = first.publish()
    assert (outcome.code, "Git remote" in outcome.stderr) == (1, False)
    assert "Hello" in first.page("leith")
