"""An upgrade alone sends nothing: what is live stays until something about it changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from storesync.render.produce import Producer

AT = "2026-11-22T16:00:00Z"
LOCATIONS = {"lakeside", "main-street", "old-station"}
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
TEMPLATE = "templates/shared/welcome/web.html.j2"
LOCATION = "brands/my-brand/locations/us/main-street.yaml"
NOTHING = "nothing to do: 3 deliveries are as they should be\n"

pytestmark = pytest.mark.slow

Publish = Callable[..., list[str]]


def pages_of(root: Path) -> dict[str, str]:
    """Return location -> which version rendered its page, empty for the first."""
    found = {}
    for path in sorted((root / ".storesync/outbox/my-brand/welcome").rglob("page.html")):
        said = re.search(r"<!-- (.+) -->", path.read_text(encoding="utf-8"))
        name = next(part for part in path.parts if part in LOCATIONS)
        found[name] = said[1] if said else ""
    return found


@pytest.fixture
def publish(run, small: Path) -> Publish:
    """Publish, with exit code 0, and return its words and its warnings."""

    def publish_now() -> list[str]:
        outcome = run("publish", "--at", AT, cwd=small)
        assert outcome.code == 0, outcome.stderr
        return [outcome.stdout, outcome.stderr]

    return publish_now


def change(root: Path, git_in, path: str, old: str, new: str) -> None:
    """Commit another text in place of one that is there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    git_in(root, "commit", "--quiet", "--all", "--message", "Change")


def rewrite_manifest(root: Path, git_in, alter: Callable[[dict[str, object]], None]) -> None:
    """Put another manifest into the ledger."""
    work = root.with_name("ledger")
    git_in(root, "worktree", "add", "--quiet", str(work), "storesync/ledger")
    path = work / "manifests/my-brand/welcome.json"
    value = json.loads(path.read_bytes())
    alter(value)
    path.write_text(json.dumps(value), encoding="utf-8")
    git_in(work, "commit", "--quiet", "--all", "--message", "Alter")
    git_in(root, "worktree", "remove", str(work))


def test_an_upgrade_alone_sends_nothing(small: Path, publish: Publish, git_in, upgrade):
    before = pages_of(small)
    assert list(before.values()) == ["", "", ""]
    upgrade("2")
    said, warned = publish()
    assert said == NOTHING
    assert warned == (
        "warning: 3 live artifacts (such as my-brand/welcome, lakeside, web) would read otherwise"
        " by this version; they stay until something about them changes\n"
    )
    tip = git_in(small, "rev-parse", "storesync/ledger")
    assert publish() == [NOTHING, ""]  # nothing is even worked out
    assert git_in(small, "rev-parse", "storesync/ledger") == tip
    assert pages_of(small) == before


@pytest.mark.parametrize("also", ["", CAMPAIGN, "templates/shared/other/template.yaml"])
def test_an_edit_of_one_location_then_sends_that_one(
    small: Path, publish: Publish, commit, git_in, upgrade, also: str
):
    upgrade("2")
    publish()
    if also == CAMPAIGN:  # so all of the brand has to be worked out
        change(small, git_in, CAMPAIGN, "name: ", "# A remark\nname: ")
    elif also:
        commit(small, {also: "name: Other\n", also.replace("template.yaml", "web.html.j2"): "x"})
    change(small, git_in, LOCATION, "name: ", "name: New ")
    said, warned = publish()
    assert said.endswith("1 live, 2 unchanged\n")
    assert ("2 live artifacts" in warned) == bool(also)
    expected = {"lakeside": "", "main-street": "2", "old-station": ""}
    assert pages_of(small) == expected
    upgrade("3")
    said, warned = publish()
    assert (said, "3 live artifacts" in warned) == (NOTHING, True)
    assert pages_of(small) == expected


@pytest.mark.parametrize(
    "edit", [(TEMPLATE, "<main>", "<main >"), (CAMPAIGN, "Good to", "Nice to")]
)
def test_an_edit_of_what_all_hang_on_sends_all(
    small: Path, publish: Publish, git_in, upgrade, edit: tuple[str, str, str]
):
    upgrade("2")
    publish()
    change(small, git_in, *edit)
    said, warned = publish()
    assert (said.endswith("3 live, 0 unchanged\n"), warned) == (True, "")
    assert set(pages_of(small).values()) == {"2"}


def test_what_was_taken_down_comes_back_as_it_reads_now(
    small: Path, publish: Publish, git_in, upgrade
):
    change(small, git_in, LOCATION, "name: ", "closed_until: 2026-12-24\nname: ")
    publish()
    upgrade("2")
    publish()
    change(small, git_in, LOCATION, "closed_until: 2026-12-24\nname: ", "name: ")
    publish()
    assert pages_of(small) == {"lakeside": "", "main-street": "2", "old-station": ""}


@pytest.mark.parametrize(
    "alter",
    [
        pytest.param(lambda value: value.pop("entry_inputs"), id="of an earlier version"),
        pytest.param(lambda value: value.update(entry_inputs=7), id="damaged"),
        pytest.param(lambda value: value.update(v=9), id="of a later format"),
    ],
)
def test_where_nothing_is_known_of_inputs_all_is_sent(
    small: Path, publish: Publish, git_in, upgrade, alter
):
    rewrite_manifest(small, git_in, alter)
    upgrade("2")
    said, warned = publish()
    assert (said.endswith("3 live, 0 unchanged\n"), warned) == (True, "")
    assert publish() == [NOTHING, ""]


def test_a_version_that_shows_templates_more_sends_nothing_either(
    small: Path, publish: Publish, git_in, upgrade, monkeypatch
):
    written = Producer._written
    upgrade("2")
    monkeypatch.setattr(Producer, "_written", lambda *args: written(*args)[::-1])
    said, warned = publish()
    assert (said, "3 live artifacts" in warned) == (NOTHING, True)
    change(small, git_in, CAMPAIGN, "name: ", "# A remark\nname: ")
    assert publish()[0] == NOTHING
    change(small, git_in, LOCATION, "name: ", "name: New ")
    assert publish()[0].endswith("1 live, 2 unchanged\n")


REVIEW = ("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", AT)


def test_a_review_says_what_an_upgrade_alone_alters(
    run, small: Path, publish: Publish, git_in, upgrade
):
    change(small, git_in, LOCATION, "name: ", "name: New ")
    plain = run(*REVIEW, "--format", "json", cwd=small).json
    assert plain["warnings"] == []
    upgrade("2")
    found = run(*REVIEW, "--format", "json", cwd=small).json
    [warning] = found["warnings"]
    assert warning.startswith("2 deliveries would read otherwise by this version (storesync 0")
    assert " to 2, babel " in warning
    assert ": my-brand/welcome. What is live stays until something about it changes." in warning
    assert re.search(r"Of what stands at lakeside, web, only the hash [0-9a-f]{12} is", warning)
    assert [item["location"] for item in found["changes"]] == ["main-street"]
    shown = run(*REVIEW, "--format", "markdown", cwd=small).stdout
    assert "2 deliveries would read otherwise" in shown.split("### Warnings")[1]
    publish()
    assert run(*REVIEW, "--format", "json", cwd=small).json["warnings"] == []


def test_a_review_without_a_ledger_says_nothing_of_an_upgrade(run, fresh: Path, git_in, upgrade):
    change(fresh, git_in, LOCATION, "name: ", "name: New ")
    upgrade("2")
    assert run(*REVIEW, "--format", "json", cwd=fresh).json["warnings"] == []
