"""`storesync publish`: once, and again and again."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from loose import packs, seem_to_hold_thousands

from storesync.source.git import Repository

AT = "2026-11-22T16:00:00Z"
AGAIN = "2026-11-22T16:05:00Z"
LATER = "2026-11-23T16:00:00Z"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
PAGE = ".storesync/outbox/my-brand/welcome/lakeside/web/en-US/page.html"


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in (folder / ".storesync/outbox").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def greeted(small: Path, commit) -> Path:
    """The repository after another greeting was committed."""
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    commit(small, {CAMPAIGN: text.replace("Good to have you here", "Come on in")})
    return small


def test_the_first_run_puts_everything_out(run, fresh: Path):
    outcome = run("publish", "--at", AT, cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == "     3 live       my-brand/welcome  web\n3 live, 0 unchanged\n"
    assert "Good to have you here" in (fresh / PAGE).read_text(encoding="utf-8")
    assert (fresh / ".storesync/outbox/index.html").is_file()


def test_the_second_run_changes_nothing(run, small: Path, git_in):
    before = files_of(small), git_in(small, "for-each-ref")
    outcome = run("publish", "--at", LATER, cwd=small)
    assert outcome.stdout == "nothing to do: 3 deliveries are as they should be\n"
    assert (files_of(small), git_in(small, "for-each-ref")) == before


def test_a_run_that_sends_something_has_git_gather_its_loose_objects(run, greeted: Path):
    repository = Repository.find(greeted)
    seem_to_hold_thousands(repository)
    before = packs(repository)
    run("publish", "--dry-run", "--at", LATER, cwd=greeted)
    assert packs(repository) == before
    assert run("publish", "--at", LATER, cwd=greeted).code == 0
    assert packs(repository) != before
    again = run("publish", "--at", LATER, cwd=greeted)
    assert again.stdout == "nothing to do: 3 deliveries are as they should be\n"
    assert run("verify", cwd=greeted).code == 0


def test_a_dry_run_changes_nothing(run, fresh: Path, git_in):
    before = git_in(fresh, "for-each-ref")
    outcome = run("publish", "--dry-run", "--at", AT, cwd=fresh)
    assert outcome.stdout == run("plan", "--at", AT, cwd=fresh).stdout
    assert not (fresh / ".storesync/outbox").exists()
    assert git_in(fresh, "for-each-ref") == before


def test_a_change_reaches_the_page(run, greeted: Path):
    outcome = run("publish", "--at", LATER, cwd=greeted)
    assert outcome.stdout.endswith("3 live, 0 unchanged\n")
    assert "Come on in" in (greeted / PAGE).read_text(encoding="utf-8")


def test_what_is_out_stays_in_a_blackout_that_outlasts_its_flight(run, greeted: Path, commit):
    text = (greeted / CAMPAIGN).read_text(encoding="utf-8")
    flight = "flight: {start: 2026-11-22, end: 2026-11-24}"
    text = "\n".join(flight if "flight:" in line else line for line in text.splitlines()) + "\n"
    settings = (greeted / "storesync.yaml").read_text(encoding="utf-8")
    blackout = "blackouts: [{start: 2026-11-21, end: 2026-11-28, reason: Mourning}]\n"
    commit(greeted, {CAMPAIGN: text, "storesync.yaml": f"{settings}{blackout}"})
    before = (greeted / PAGE).read_bytes()
    for _ in range(2):
        outcome = run("publish", "--at", LATER, cwd=greeted)
        assert "3 deliveries are as they should be" in outcome.stdout
        assert (greeted / PAGE).read_bytes() == before
    over = run("publish", "--at", "2026-11-25T12:00Z", cwd=greeted)
    assert "3 withdrawn" in over.stdout
    assert not (greeted / PAGE).exists()


def test_of_another_plan_than_the_expected_nothing_is_left(run, fresh: Path, git_in):
    outcome = run("publish", "--at", LATER, "--expect", "0" * 64, cwd=fresh)
    assert outcome.code == 2
    assert "storesync" not in git_in(fresh, "for-each-ref")
    plan = run("plan", "--at", LATER, "--format", "json", cwd=fresh).json
    right = run("publish", "--at", LATER, "--expect", plan["fingerprint"], cwd=fresh)
    assert right.stdout.endswith("3 live, 0 unchanged\n")


def test_only_the_expected_plan_is_carried_out(run, greeted: Path):
    plan = run("plan", "--at", LATER, "--format", "json", cwd=greeted).json
    before = files_of(greeted)
    for more in ((), ("--dry-run",)):
        wrong = run("publish", "--at", LATER, "--expect", "0" * 64, *more, cwd=greeted)
        assert (wrong.code, wrong.stdout) == (2, "")
        assert "the plan is not the one expected" in wrong.stderr
    assert files_of(greeted) == before
    dry = ("publish", "--at", LATER, "--expect", plan["fingerprint"], "--dry-run")
    assert f"fingerprint {plan['fingerprint']}" in run(*dry, cwd=greeted).stdout
    right = run("publish", "--at", LATER, "--expect", plan["fingerprint"], cwd=greeted)
    assert right.code == 0
    assert files_of(greeted) != before


@pytest.mark.parametrize("more", [(), ("--campaign", "welcome"), ("--channel", "web")])
def test_nothing_to_do_is_not_what_was_expected_either(run, greeted: Path, git_in, more):
    """Who expects a plan that another run carried out is told that this one did not."""
    at = ("publish", "--at", LATER, *more)
    before = run("plan", "--at", LATER, "--format", "json", cwd=greeted).json["fingerprint"]
    assert run(*at, "--expect", before, cwd=greeted).code == 0
    refs = git_in(greeted, "for-each-ref")
    again = run(*at, "--expect", before, cwd=greeted)
    assert again.code == 2
    assert "the plan is not the one expected; nothing was done" in again.stderr
    assert "nothing is due now" in again.stderr
    assert git_in(greeted, "for-each-ref") == refs
    now = run("plan", "--at", LATER, "--format", "json", cwd=greeted).json["fingerprint"]
    right = run(*at, "--expect", now, cwd=greeted)
    assert (right.code, right.stdout) == (0, "nothing to do: 3 deliveries are as they should be\n")


def test_an_end_takes_everything_down(run, small: Path, commit):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    commit(small, {CAMPAIGN: text.replace("2026-01-01}", "2026-01-01, end: 2026-11-22}")})
    outcome = run("publish", "--at", "2026-11-24T00:00Z", cwd=small)
    assert outcome.stdout.endswith("3 withdrawn, 0 unchanged\n")
    assert not (small / PAGE).exists()


def test_a_broken_campaign_stays_as_it_is(run, greeted: Path, commit):
    text = (greeted / CAMPAIGN).read_text(encoding="utf-8")
    commit(greeted, {CAMPAIGN: text.replace("channels: [web]", "channels: [wbe]")})
    before = files_of(greeted)
    outcome = run("publish", "--at", LATER, cwd=greeted)
    assert outcome.code == 1
    assert "[unknown-channel]" in outcome.stderr
    why = f"3 locations on web: error in {CAMPAIGN} [unknown-channel]"
    assert f"o frozen   my-brand/welcome  {why}\n" in outcome.stdout
    assert outcome.stdout.endswith("nothing to do elsewhere: 3 unchanged, 3 of them frozen\n")
    assert run("plan", "--at", LATER, cwd=greeted).stdout.count(
        f"o frozen   my-brand/welcome  {why}"
    )
    assert files_of(greeted) == before


def test_one_campaign_alone(run, greeted: Path, commit):
    text = (greeted / CAMPAIGN).read_text(encoding="utf-8")
    commit(greeted, {CAMPAIGN.replace("welcome", "second"): text})
    outcome = run("publish", "--at", LATER, "--campaign", "second", cwd=greeted)
    assert outcome.stdout.startswith("     3 live       my-brand/second  web\n")
    assert "Good to have you here" in (greeted / PAGE).read_text(encoding="utf-8")
    assert "my-brand/welcome" in run("publish", "--at", LATER, cwd=greeted).stdout


def test_another_channel_has_nothing_to_do(run, greeted: Path):
    outcome = run("publish", "--at", LATER, "--channel", "sms", cwd=greeted)
    assert outcome.code == 0
    assert outcome.stdout.startswith("nothing to do")


def test_only_failed_leaves_the_rest(run, greeted: Path):
    outcome = run("publish", "--at", LATER, "--only-failed", cwd=greeted)
    assert outcome.stdout.startswith("nothing to do")


def test_another_moment_is_for_the_outbox_alone(run, fresh: Path, commit):
    text = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    commit(fresh, {"storesync.yaml": text.replace("plugin: outbox", "plugin: billboard")})
    outcome = run("publish", "--at", AT, cwd=fresh)
    assert outcome.code == 2
    assert "--at publishes to the outbox only" in outcome.stderr
    dry = run("publish", "--at", AT, "--dry-run", cwd=fresh)
    assert dry.code == 1
    assert 'the plug-in "billboard" is not allowed here' in dry.stderr


def test_a_branch_can_be_the_outbox(run, fresh: Path, commit, git_in):
    text = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    setting = "plugin: outbox, options: {branch: live}"
    commit(fresh, {"storesync.yaml": text.replace("plugin: outbox", setting)})
    assert run("publish", "--at", AT, cwd=fresh).code == 0
    listed = git_in(fresh, "ls-tree", "-r", "--name-only", "live").split()
    assert "my-brand/welcome/lakeside/web/en-US/page.html" in listed
    assert git_in(fresh, "status", "--porcelain") == ""
    assert git_in(fresh, "branch", "--show-current").strip() == "main"


def test_a_clone_with_the_tag_and_without_the_ledger_sends_nothing(
    run, small: Path, tmp_path: Path, git_in
):
    git_in(tmp_path, "clone", "--quiet", str(small), "copy")
    outcome = run("publish", "--at", AT, cwd=tmp_path / "copy")
    assert outcome.code == 2
    assert "the ledger was lost" in outcome.stderr
    git_in(tmp_path, "clone", "--quiet", "--no-tags", str(small), "other")
    assert run("publish", "--at", AT, cwd=tmp_path / "other").code == 0


def states_of(outcome) -> dict[str, str]:
    return {item["location"]: item["state"] for item in outcome.json["receipts"]}


@pytest.mark.parametrize("what", ["file", "loop", "closed"])
def test_a_location_folder_that_refuses_fails_alone_and_once(run, fresh: Path, mortal, what):
    folder = fresh / ".storesync/outbox/my-brand/welcome/lakeside"
    folder.parent.mkdir(parents=True)
    (fresh / ".storesync/outbox/.outbox").mkdir()
    if what == "file":
        folder.write_text("mine")
    elif what == "loop":
        folder.symlink_to("lakeside")
    else:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")  # an empty one would be tidied away
        folder.chmod(0o555)
    with mortal():
        first = run("publish", "--at", AT, "--format", "json", cwd=fresh)
        second = run("publish", "--at", AGAIN, cwd=fresh)
    assert first.code == 1, "it newly failed"
    assert sorted(states_of(first).values()) == ["failed", "live", "live"]
    assert states_of(first)["lakeside"] == "failed"
    [detail] = [item["detail"] for item in first.json["receipts"] if item["state"] == "failed"]
    path = ".storesync/outbox/my-brand/welcome/lakeside"
    wrong = "permission denied" if what == "closed" else "not written by the outbox"
    assert detail.startswith(path)
    assert wrong in detail
    assert detail.endswith("then publish again")
    assert '"failed"' in run("status", "--at", AT, "--format", "json", cwd=fresh).stdout
    assert second.code == 0, "it failed before"
    assert f"failed: welcome web lakeside: {path}" in second.stdout
    folder.chmod(0o755) if what == "closed" else folder.unlink()
    third = run("publish", "--at", LATER, "--format", "json", cwd=fresh)
    assert (third.code, states_of(third)) == (0, {"lakeside": "live"})
    assert run("publish", "--at", LATER, cwd=fresh).stdout.startswith("nothing to do")


def refusing(folder: Path) -> Path:
    """Put something in the place of a location's pages: each delivery there fails."""
    place = folder / ".storesync/outbox/my-brand/welcome/lakeside"
    place.parent.mkdir(parents=True)
    (folder / ".storesync/outbox/.outbox").mkdir()
    place.write_text("mine")
    return place


def test_what_fails_is_tried_ever_later_and_writes_nothing_meanwhile(run, fresh: Path, git_in):
    place = refusing(fresh)
    tried, tip = [], ""
    for minute in (0, 4, 5, 19, 20, 64, 65, 184, 185, 544, 545, 840):
        at = datetime.fromisoformat(AT) + timedelta(minutes=minute)
        outcome = run("publish", "--at", at.isoformat(), cwd=fresh)
        assert outcome.code == (1 if minute == 0 else 0)
        before, tip = tip, git_in(fresh, "rev-parse", "storesync/ledger")
        if tip != before:
            tried.append(minute)
        else:
            assert "o waiting  my-brand/welcome  lakeside on web: failed " in outcome.stdout
    assert tried == [0, 5, 20, 65, 185, 545]
    place.unlink()
    at = "2026-11-23T06:00Z"
    told = run("plan", "--at", at, cwd=fresh).stdout
    assert "failed 6 times, tried again from 2026-11-23 07:05Z on" in told
    assert "1 failed 6 times" in run("status", "--at", at, cwd=fresh).stdout
    outcome = run("publish", "--at", at, "--only-failed", cwd=fresh)
    assert "1 live" in outcome.stdout
    assert run("publish", "--at", at, cwd=fresh).stdout.startswith("nothing to do: 3 deliveries")


def test_an_update_that_waits_is_unchanged_and_one_tried_now_is_not(run, greeted: Path):
    place = greeted / ".storesync/outbox/my-brand/welcome/lakeside"
    shutil.rmtree(place)
    place.write_text("mine")
    assert run("publish", "--at", LATER, cwd=greeted).stdout.endswith(
        "1 failed, 2 live, 0 unchanged\n"
    )
    plan = run("plan", "--at", LATER, "--format", "json", cwd=greeted).json
    assert plan["summary"] == {"create": 0, "update": 0, "withdraw": 0, "unchanged": 3}
    options = ("--only-failed", "--dry-run", "--at", LATER, "--format", "json")
    plan = run("publish", *options, cwd=greeted).json
    assert plan["summary"] == {"create": 0, "update": 1, "withdraw": 0, "unchanged": 2}


def test_another_text_is_tried_at_once(run, fresh: Path, commit):
    place = refusing(fresh)
    run("publish", "--at", AT, cwd=fresh)
    place.unlink()
    assert "lakeside" in run("publish", "--at", AT, cwd=fresh).stdout
    text = (fresh / CAMPAIGN).read_text(encoding="utf-8")
    commit(fresh, {CAMPAIGN: text.replace("Good to have you here", "Come on in")})
    outcome = run("publish", "--at", AT, "--format", "json", cwd=fresh)
    assert states_of(outcome)["lakeside"] == "live"
    assert outcome.json["waiting"] == []


def test_an_outbox_without_rights_ends_the_run_with_nothing_lost(run, fresh: Path, mortal):
    top = fresh / ".storesync/outbox"
    top.mkdir(parents=True)
    top.chmod(0o555)
    with mortal():
        outcome = run("publish", "--at", AT, cwd=fresh)
    top.chmod(0o755)
    assert outcome.code == 2
    assert "cannot use the outbox .storesync/outbox: permission denied" in outcome.stderr
    again = run("publish", "--at", AT, "--format", "json", cwd=fresh)
    assert (again.code, set(states_of(again).values())) == (0, {"live"})
    assert len(states_of(again)) == 3


def test_what_cannot_be_asked_about_stays_in_doubt(run, greeted: Path, mortal, monkeypatch):
    """A run ended before its receipts, and then the folder was closed: nobody may guess."""
    from storesync.publish import publisher

    with monkeypatch.context() as patch:
        patch.setattr(publisher, "_deliver", _end)
        assert run("publish", "--at", LATER, cwd=greeted).code == 130
    folder = (greeted / PAGE).parent
    folder.chmod(0)
    with mortal():
        first = run("publish", "--at", LATER, "--format", "json", cwd=greeted)
        second = run("publish", "--at", LATER, cwd=greeted)
    folder.chmod(0o755)
    assert (first.code, len(states_of(first)), "lakeside" in states_of(first)) == (1, 2, False)
    said = "my-brand/welcome on web: 1 delivery stays in doubt: .storesync/outbox/my-brand/"
    assert said in first.stderr
    assert second.code == 0, "it was told before"
    assert said in second.stderr
    third = run("publish", "--at", LATER, "--format", "json", cwd=greeted)
    assert (third.code, states_of(third)) == (0, {"lakeside": "live"})
    assert "Come on in" in (greeted / PAGE).read_text(encoding="utf-8")


def _end(*_args):
    raise KeyboardInterrupt


def test_a_page_cut_off_halfway_is_put_right_though_its_change_was_taken_back(
    run, greeted: Path, commit, monkeypatch
):
    from storesync.publish import publisher

    with monkeypatch.context() as patch:
        patch.setattr(publisher, "_deliver", _end)
        assert run("publish", "--at", LATER, cwd=greeted).code == 130
    (greeted / PAGE).write_text("the new page, its sidecar not yet", encoding="utf-8")
    text = (greeted / CAMPAIGN).read_text(encoding="utf-8")
    commit(greeted, {CAMPAIGN: text.replace("Come on in", "Good to have you here")})
    outcome = run("publish", "--at", LATER, cwd=greeted)
    assert outcome.code == 0
    assert "Good to have you here" in (greeted / PAGE).read_text(encoding="utf-8")
    assert run("publish", "--at", LATER, cwd=greeted).stdout.startswith("nothing to do")


def test_an_overview_page_in_the_way_is_told_and_made_up_for(run, fresh: Path):
    page = fresh / ".storesync/outbox/my-brand/index.html"
    page.mkdir(parents=True)
    (fresh / ".storesync/outbox/.outbox").mkdir()
    outcome = run("publish", "--at", AT, cwd=fresh)
    assert outcome.code == 1
    assert outcome.stdout.endswith("3 live, 0 unchanged\n")
    assert ".storesync/outbox/my-brand/index.html was not written by the outbox" in outcome.stderr
    page.rmdir()
    assert run("publish", "--at", AT, cwd=fresh).code == 0
    assert page.is_file()
