"""`storesync status` and `storesync history`: what is, what comes next, and what happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from person import turn_into

AT = "2026-11-22T16:00:00Z"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
LOCATIONS = "brands/my-brand/locations/us"
# A file, and a slip in it.
FAULTS = [
    ("brands/my-brand/brand.yaml", "currency: ", "curency: "),
    (CAMPAIGN, "template: ", "tmplate: "),
    (CAMPAIGN, "  headline: ", "  headlin: "),
    (f"{LOCATIONS}/main-street.yaml", "name: ", "nam: "),
    (f"{LOCATIONS}/_defaults.yaml", "address: ", "adress: "),
    ("templates/shared/welcome/template.yaml", "name: ", "nam: "),
    ("storesync.yaml", "channels:", "chanels:"),
]


def state(run, folder: Path, at: str = AT) -> dict[str, object]:
    (campaign,) = run("status", "--at", at, "--format", "json", cwd=folder).json["campaigns"]
    return campaign


def test_before_the_first_run_all_is_planned(run, fresh: Path):
    campaign = state(run, fresh)
    assert (campaign["state"], campaign["deliveries"]) == ("active", {"planned": 3})


def test_after_it_all_is_live(run, small: Path):
    campaign = state(run, small)
    assert (campaign["state"], campaign["deliveries"]) == ("active", {"live": 3})
    text = run("status", "--at", AT, cwd=small).stdout
    assert text.startswith("at 2026-11-22 16:00Z\n\nactive\n  my-brand/welcome ")
    assert text.endswith("\nopen .storesync/outbox/index.html\n")


def test_before_its_start_a_campaign_is_scheduled(run, fresh: Path):
    campaign = state(run, fresh, "2025-06-01")
    assert campaign["state"] == "scheduled"
    assert campaign["next"] == {"at": "2026-01-01T05:00:00Z", "event": "starts", "count": 1}


def test_what_waits_for_the_end_of_a_blackout_is_next_and_not_late(run, fresh: Path, commit):
    text = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    blackouts = "blackouts: [{start: 2026-11-22, end: 2026-11-22, reason: Mourning}]\n"
    commit(fresh, {"storesync.yaml": f"{text}{blackouts}"})
    run("publish", "--at", AT, cwd=fresh)
    during = run("status", "--at", AT, "--format", "json", cwd=fresh).json
    (campaign,) = during["campaigns"]
    assert (during["runs"]["late"], campaign["deliveries"]) == (0, {"planned": 3})
    assert campaign["next"] == {"at": "2026-11-23T05:00:00Z", "event": "starts", "count": 1}
    after = run("status", "--at", "2026-11-23T12:00Z", "--format", "json", cwd=fresh).json
    assert after["runs"]["late"] == 3


def test_a_campaign_on_disk_alone_is_a_draft(run, small: Path):
    run("new", "campaign", "second", "--start", "2027-01-01", cwd=small)
    data = run("status", "--at", AT, "--format", "json", cwd=small).json["campaigns"]
    assert {item["campaign"]: item["state"] for item in data} == {
        "welcome": "active",
        "second": "draft",
    }


def test_one_campaign_tells_why_locations_are_skipped(run, small: Path, commit):
    path = small / "brands/my-brand/locations/us/lakeside.yaml"
    text = f"{path.read_text(encoding='utf-8')}opens_on: 2027-03-01\ncloses_on: 2027-03-01\n"
    commit(small, {"brands/my-brand/locations/us/pier.yaml": text.replace("Lakeside", "Pier")})
    outcome = run("status", "welcome", "--at", AT, cwd=small)
    assert "1 skipped: closes on 2027-03-01" in outcome.stdout


def test_a_cancelled_campaign_is_completed_with_its_reason(run, small: Path, commit):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    commit(small, {CAMPAIGN: f"{text}cancelled: The roof leaks.\n"})
    assert state(run, small)["state"] == "active"  # three pages are still out there
    run("publish", "--at", AT, "--force", cwd=small)
    campaign = state(run, small)
    assert campaign["state"] == "completed"
    assert campaign["remark"] == "cancelled: The roof leaks."


def test_what_is_out_is_told_though_its_file_is_gone(run, small: Path, git_in):
    git_in(small, "rm", "--quiet", "-r", "brands/my-brand/campaigns/welcome")
    git_in(small, "commit", "--quiet", "--message", "No welcome")
    campaign = state(run, small)
    assert (campaign["state"], campaign["deliveries"]) == ("active", {"live": 3})
    assert campaign["remark"] == "its file is gone: it comes down"
    assert "3 live" in run("status", "welcome", "--at", AT, cwd=small).stdout
    run("publish", "--at", AT, "--force", cwd=small)
    assert run("status", "--format", "json", "--at", AT, cwd=small).json["campaigns"] == []


def test_what_is_out_is_told_though_its_file_cannot_be_read(run, small: Path, commit):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    commit(small, {CAMPAIGN: f"{text}x: [\n"})
    campaign = state(run, small)
    assert (campaign["state"], campaign["deliveries"]) == ("active", {"live": 3})
    assert campaign["remark"] == f"stays as it is: error in {CAMPAIGN} [yaml-syntax]"


def test_a_renamed_campaign_is_told_once(run, small: Path, commit, git_in):
    git_in(small, "mv", "brands/my-brand/campaigns/welcome", "brands/my-brand/campaigns/hello")
    path = CAMPAIGN.replace("welcome", "hello")
    commit(small, {path: (small / path).read_text(encoding="utf-8") + "formerly: [welcome]\n"})
    assert state(run, small)["campaign"] == "hello"


def test_history_tells_of_commits_and_deliveries(run, small: Path):
    events = run("history", "--format", "json", cwd=small).json["events"]
    assert {event["event"] for event in events} == {"genesis", "changed", "create begun", "live"}
    live = [event for event in events if event["event"] == "live"]
    assert {event["location"] for event in live} == {"lakeside", "main-street", "old-station"}
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_history_counts_deliveries_of_one_moment(run, small: Path):
    lines = run("history", "welcome", cwd=small).stdout.splitlines()
    assert [line for line in lines if " live " in line and line.endswith("  3 deliveries")]
    every = run("history", "welcome", "-v", cwd=small).stdout.splitlines()
    assert len(every) == len(lines) + 4


def test_history_remembers_a_campaign_that_is_gone(run, small: Path, git_in):
    git_in(small, "rm", "-rq", "brands/my-brand/campaigns/welcome")
    git_in(small, "commit", "--quiet", "--message", "Goodbye")
    outcome = run("history", "my-brand/welcome", cwd=small)
    assert outcome.code == 0
    assert "Goodbye" in outcome.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_in_a_file_is_told_and_ends_nothing(
    run, fresh: Path, small: Path, commit, fault: tuple[str, str, str]
):
    path, before, after = fault
    for folder in (fresh, small):
        text = (folder / path).read_text("utf-8")
        commit(folder, {path: text.replace(before, after, 1)})
        found = run("-C", folder, "status", "--at", AT)
        assert found.code == 1
        assert "completed" not in found.stdout
        assert f"{path}:" in found.stderr
        assert "error: " in found.stderr
        assert "my-brand/welcome" in found.stdout


def test_a_link_in_a_brand_s_place_is_told_and_takes_nothing_down(run, small: Path, git_in):
    """What cannot be read is never absent."""
    (small / "brands/my-brand").rename(small / "elsewhere")
    (small / "brands/my-brand").symlink_to("../elsewhere")
    git_in(small, "add", "--all")
    git_in(small, "-c", "user.name=Ann", "-c", "user.email=a@acme.example", "commit", "-qm", "Link")
    found = run("status", "welcome", "--at", AT, cwd=small)
    assert (found.code, "brands/my-brand: error: a link" in found.stderr) == (1, True)
    assert "3 live  stays as it is: brands/my-brand cannot be read" in found.stdout
    outcome = run("publish", "--at", AT, cwd=small)
    assert (outcome.code, "withdrawn" in outcome.stdout) == (1, False), outcome
    assert len(list((small / ".storesync/outbox/my-brand/welcome").glob("*/web"))) == 3


def test_of_one_campaign_only_errors_are_told_that_concern_it(run, small: Path, commit):
    text = (small / CAMPAIGN).read_text("utf-8")
    other = CAMPAIGN.replace("welcome", "other")
    commit(small, {other: text.replace("name: ", "nam: ", 1)})
    assert run("status", "welcome", "--at", AT, cwd=small).code == 0
    found = run("status", "--at", AT, cwd=small)
    assert (found.code, f"{other}:1:1: error" in found.stderr) == (1, True)
    assert run("status", "other", "--at", AT, cwd=small).code == 2


def test_of_what_cannot_be_read_and_is_not_out_nothing_is_told(run, fresh: Path, commit):
    commit(fresh, {CAMPAIGN: "name: [\n"})
    found = run("status", "--at", AT, "--format", "json", cwd=fresh)
    assert found.json["campaigns"] == []
    assert found.json["cannot_see"] == [f"my-brand/welcome: error in {CAMPAIGN} [yaml-syntax]"]


def test_others_that_read_a_file_with_an_error_say_so(run, small: Path, commit):
    path, before, after = FAULTS[0]
    assert run("search", "welcome", cwd=small).code == 0
    text = (small / path).read_text("utf-8")
    commit(small, {path: text.replace(before, after, 1), CAMPAIGN: "name: [\n"})
    turn_into(small, "Ann", "ann@acme.example.com")
    person = run("whoami", cwd=small)
    assert (person.code, f"{path}:5:1: error" in person.stderr) == (1, True)
    assert f"cannot see who is named in {path}" in run("digest", cwd=small).stderr
    found = run("search", "welcome", cwd=small)
    assert "cannot be read, and is not searched: welcome" in found.stderr
    assert found.stdout == ""  # what it said before may be what is wrong


def test_explain_tells_where_a_value_may_come_from_that_it_cannot_read(run, small: Path, commit):
    path, before, after = FAULTS[0]
    text = (small / path).read_text("utf-8")
    commit(small, {path: text.replace(before, after, 1)})
    found = run("explain", "welcome", "lakeside", "headline", cwd=small)
    assert found.code == 1
    assert found.stdout.startswith("headline = ")
    assert f"{path}:5:1: error" in found.stderr
