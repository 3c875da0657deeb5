"""`submit`, `approve`, `reject`, `schedule` on plain Git: two people, two clones, one remote."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.proof.hosts import forge_of
from storesync.app.settings import settings_of
from storesync.plugins.forge import ProposalQuery, ReviewState, Submission, Verdict

pytestmark = pytest.mark.slow

CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
SETTINGS = """\
admins: [ben, mia]
people: {ben: [ben@example.com], mia: [mia@example.com]}
forge: {remote: origin}
"""


def git(folder: Path, *args: str) -> str:
    command = ["git", "-C", str(folder), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def _office(_made, tmp_path_factory) -> Path:
    """A folder with `server`, and the clones `mia` and `ben`."""
    from storesync.cli import main

    folder = tmp_path_factory.mktemp("office")
    begun = folder / "begun"
    shutil.copytree(_made["fresh"], begun)
    with (begun / "storesync.yaml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    assert main.run(["-C", str(begun), "-q", "codeowners"]) == 0
    git(begun, "add", "--all")
    git(begun, "commit", "--quiet", "--message", "Name a team")
    git(folder, "clone", "--quiet", "--bare", "begun", "server")
    for name in ("mia", "ben"):
        git(folder, "clone", "--quiet", "server", name)
        git(folder / name, "remote", "set-url", "origin", "../server")
        git(folder / name, "config", "user.name", name.capitalize())
        git(folder / name, "config", "user.email", f"{name}@example.com")
    return folder


@pytest.fixture
def office(_office, tmp_path) -> Path:
    return Path(shutil.copytree(_office, tmp_path / "office"))


@pytest.fixture
def mia(office) -> Path:
    return office / "mia"


@pytest.fixture
def ben(office) -> Path:
    return office / "ben"


def rename(folder: Path, name: str) -> None:
    path = folder / CAMPAIGN
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [f"name: {name}\n" if line.startswith("name:") else line for line in lines]
    assert changed != lines
    path.write_text("".join(changed), encoding="utf-8")


def heads(office: Path) -> list[str]:
    return git(office / "server", "for-each-ref", "--format=%(refname)", "refs/heads").split()


def test_the_whole_story(run, office, mia, ben):
    outcome = run("schedule", "welcome", "--end", "2030-12-24", cwd=mia)
    assert outcome.code == 0, outcome
    assert "needs approval" in outcome.stdout
    (mia / "notes.txt").write_text("unrelated\n")
    outcome = run("submit", "welcome", "-m", "Ends some day", cwd=mia)
    assert outcome.code == 0, outcome
    assert "proposed mia/welcome: Ends some day (1 file committed)" in outcome.stdout
    assert "needs @ben: brands/my-brand/campaigns/welcome/campaign.yaml" in outcome.stdout
    assert git(mia, "status", "--porcelain", "--branch").splitlines() == [
        "## mia/welcome",
        "?? notes.txt",
    ]

    waits = "waits for you: Ends some day (storesync approve mia/welcome)"
    assert waits in run("whoami", cwd=ben).stdout
    assert waits not in run("whoami", "--offline", cwd=ben).stdout
    assert "nothing waits for you" in run("whoami", cwd=mia).stdout
    outcome = run("approve", cwd=mia)
    assert (outcome.code, "no proposal waits for you" in outcome.stderr) == (2, True)
    outcome = run("approve", "welcome", cwd=mia)
    assert outcome.code == 2
    assert "nobody approves his own" in outcome.stderr
    assert "who could: @ben" in outcome.stderr
    outcome = run("approve", "welcome", "--merge", cwd=mia)
    assert outcome.code == 1
    assert "needs @ben" in outcome.stdout

    outcome = run("reject", "-m", "A year later", cwd=ben)
    assert outcome.code == 0, outcome
    assert "next: mia changes it" in outcome.stdout
    assert run("schedule", "welcome", "--end", "2031-12-24", cwd=mia).code == 0
    outcome = run("submit", cwd=mia)
    assert "updated mia/welcome: Ends some day (1 file committed)" in outcome.stdout
    assert "needs @ben" in outcome.stdout

    outcome = run("approve", "--format", "json", cwd=ben)
    assert outcome.code == 0, outcome
    data = outcome.json
    assert (data["approved"], data["approvers"], data["recorded"]) == (True, ["ben"], ["ben"])
    assert data["merged"] is None
    tip = git(office / "server", "rev-parse", "main")
    outcome = run("approve", "mia/welcome", "--merge", cwd=mia)
    assert outcome.code == 0, outcome
    assert "approved: mia/welcome, by ben" in outcome.stdout
    assert "merged into main" in outcome.stdout
    assert git(office / "server", "rev-parse", "main^1") == tip
    assert git(mia, "rev-parse", "main") == git(office / "server", "rev-parse", "main")
    assert "2031-12-24" in git(office / "server", "show", f"main:{CAMPAIGN}")
    outcome = run("approve", "mia/welcome", cwd=ben)
    assert (outcome.code, "is merged, not open" in outcome.stderr) == (2, True)

    # On the same branch goes on what is proposed next, under another name.
    rename(mia, "Hello again")
    outcome = run("submit", cwd=mia)
    assert "proposed mia/welcome-2" in outcome.stdout, outcome


def test_what_was_looked_at_is_what_is_approved(run, mia, ben):
    rename(mia, "Hello")
    plan = run("submit", "--format", "json", cwd=mia).json["plan"]
    outcome = run("approve", "--expect", "0" * 64, cwd=ben)
    assert (outcome.code, plan in outcome.stderr) == (2, True)
    outcome = run("approve", "--expect", plan, "--merge", cwd=ben)
    assert outcome.code == 0, outcome
    assert f"fingerprint {plan}" in outcome.stdout


def test_said_twice_it_is_recorded_once(run, mia, ben):
    def approved(*args: str) -> int:
        outcome = run("approve", "mia/welcome", *args, cwd=ben)
        assert (outcome.code, "approved: mia/welcome, by ben" in outcome.stdout) == (0, True)
        told = run("history", "--format", "json", cwd=ben).json["events"]
        return [item["event"] for item in told].count("approved")

    rename(mia, "Hello")
    run("submit", cwd=mia)
    nice = ("-m", "Nice")
    assert [approved(), approved(), approved(*nice), approved(*nice), approved()] == [1, 1, 2, 2, 2]
    for _ in range(2):
        assert run("reject", "mia/welcome", "-m", "Wait", cwd=ben).code == 0
    assert approved() == 3
    told = run("history", "--format", "json", cwd=ben).json["events"]
    assert [item["event"] for item in told].count("rejected") == 1


def test_an_approval_does_not_outlive_another_push(run, mia, ben):
    rename(mia, "Hello")
    run("submit", cwd=mia)
    assert run("approve", cwd=ben).code == 0
    rename(mia, "Goodbye")
    run("submit", cwd=mia)
    outcome = run("approve", "welcome", "--merge", cwd=mia)
    assert (outcome.code, "not approved yet" in outcome.stdout) == (1, True)


def test_who_owns_nothing_of_it_approves_nothing(run, mia, ben):
    rename(mia, "Hello")
    run("submit", cwd=mia)
    git(ben, "config", "user.email", "eve@example.com")
    assert run("approve", cwd=ben).code == 2
    outcome = run("approve", "welcome", "--merge", cwd=ben)
    assert (outcome.code, "needs @ben" in outcome.stdout) == (1, True)


def test_a_team_changed_in_the_proposal_does_not_approve_it(run, office, mia, ben):
    """The address of the author's second account becomes Ben's, and CODEOWNERS everybody's."""
    path = mia / "storesync.yaml"
    path.write_text(path.read_text().replace("[ben@example.com]", "[eve@example.com]"))
    (mia / ".github/CODEOWNERS").write_text("* @eve@example.com @mia @ben\n")
    run("submit", cwd=mia)
    git(mia, "add", "--all")
    git(mia, "commit", "--quiet", "--message", "Sneak")
    git(mia, "push", "--quiet", "origin", "HEAD")
    git(ben, "config", "user.email", "eve@example.com")
    git(ben, "fetch", "--quiet")
    branch = heads(office)[-1].removeprefix("refs/heads/")
    git(ben, "switch", "--quiet", "--detach", f"origin/{branch}")
    outcome = run("approve", branch, "--merge", cwd=ben)
    assert outcome.code != 0
    assert "merged" not in outcome.stdout


def ask_lee_too(office: Path) -> None:
    """Give the published branch a viewer, and a requirement that asks Lee, who owns nothing."""
    begun = office / "begun"
    with (begun / "brands/my-brand/brand.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "team:\n"
            "  viewers: [vic, lee]\n"
            "  location_managers: [{who: [uma], locations: [lakeside]}]\n"
        )
    settings = begun / "storesync.yaml"
    named = (f"{name}: [{name}@example.com]" for name in ("lee", "vic", "uma"))
    people = f"people: {{{', '.join(named)}, "
    text = settings.read_text(encoding="utf-8").replace("people: {", people)
    asks = "requirements: [{id: legal, from: [lee]}]\n"
    settings.write_text(f"{text}{asks}", encoding="utf-8")
    git(begun, "commit", "--quiet", "--all", "--message", "Ask Lee")
    git(begun, "push", "--quiet", "../server", "main")
    for name in ("mia", "ben"):
        git(office / name, "pull", "--quiet")


def greet(folder: Path, words: str, before: str = "Good to have you here") -> None:
    path = folder / CAMPAIGN
    text = path.read_text(encoding="utf-8")
    assert f"headline: {before}" in text
    path.write_text(text.replace(f"headline: {before}", f"headline: {words}"), encoding="utf-8")


def turn_into(folder: Path, name: str) -> None:
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", f"{name}@example.com")


def test_whoever_a_requirement_asks_is_waited_for_and_named(run, office, mia, ben):
    ask_lee_too(office)
    greet(mia, "10 kinds of tea")
    outcome = run("submit", "-m", "Hello", cwd=mia)
    assert "needs @lee: legal (no approval yet: " in outcome.stdout, outcome
    warned = ': warning: headline: "10" is no declared fact'
    assert outcome.stdout.count(warned) == 1
    turn_into(ben, "lee")
    outcome = run("approve", cwd=ben)
    assert outcome.code == 0, outcome
    assert "counts for nothing" not in outcome.stderr
    assert "not approved yet: mia/welcome, so far by lee\n" in outcome.stdout
    assert outcome.stdout.count(warned) == 1
    outcome = run("approve", cwd=ben)
    assert (outcome.code, "no proposal waits for you" in outcome.stderr) == (2, True)
    turn_into(ben, "ben")
    outcome = run("approve", "--merge", cwd=ben)
    assert "approved: mia/welcome, by ben, lee" in outcome.stdout, outcome
    assert "Approved by ben, lee" in git(office / "server", "log", "-1", "--format=%B", "main")


def test_only_what_a_proposal_reaches_is_worked_out(run, mia, ben):
    path = mia / "brands/my-brand/locations/us/main-street.yaml"
    path.write_text(path.read_text().replace("name: ", "name: New "), encoding="utf-8")
    git(mia, "rm", "--quiet", "--cached", "README.md")  # staged, and none of its business
    for who, args in ((mia, ["submit", "-m", "Renamed"]), (ben, ["approve", "mia/changes"])):
        outcome = run(*args, cwd=who)
        assert outcome.code == 0, outcome
        assert "1 to update, 0 to withdraw, 0 unchanged within its reach" in outcome.stdout


def test_who_asked_for_changes_is_waited_for_once_they_are_made(run, office, mia, ben):
    ask_lee_too(office)
    greet(mia, "10 kinds of tea")
    assert run("submit", "-m", "Hello", cwd=mia).code == 0
    turn_into(ben, "lee")
    assert run("reject", "-m", "Hello there", cwd=ben).code == 0
    greet(mia, "12 kinds of tea", "10 kinds of tea")
    assert run("submit", cwd=mia).code == 0
    outcome = run("approve", cwd=ben)
    assert outcome.code == 0, outcome


def test_a_location_managers_own_campaign_stays_at_own_locations(run, office, mia, ben):
    ask_lee_too(office)
    turn_into(ben, "uma")
    assert run("new", "campaign", "pier", "--start", "2031-01-01", cwd=ben).code == 0
    outcome = run("submit", "pier", "-m", "Pier", cwd=ben)
    assert outcome.code == 2
    why = "pier is for 2 locations, such as main-street, which uma does not look after"
    assert why in outcome.stderr
    assert git(ben, "branch", "--show-current") == "main\n"
    path = ben / "brands/my-brand/campaigns/pier/campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}select: [{{ids: [lakeside]}}]\n", encoding="utf-8")
    assert run("submit", "pier", "-m", "Pier", cwd=ben).code == 0
    git(ben, "switch", "--quiet", "main")
    greet(ben, "Ahoy")  # a campaign that is there already is for its owners to decide
    assert run("submit", "welcome", "-m", "Ahoy", cwd=ben).code == 0


def test_a_location_managers_campaign_proposed_by_hand_is_told_to_whoever_decides(
    run, office, mia, ben
):
    ask_lee_too(office)
    turn_into(mia, "uma")
    assert run("new", "campaign", "pier", "--start", "2031-01-01", cwd=mia).code == 0
    git(mia, "switch", "--quiet", "-c", "pier")
    git(mia, "add", "--all")
    git(mia, "commit", "--quiet", "--message", "Pier")
    git(mia, "push", "--quiet", "origin", "pier")
    context = Context(Options(directory=mia), datetime.now(UTC))
    forge = forge_of(context, settings_of(context.repository, "origin/main"))
    forge.submit(Submission("pier", context.head(), "Pier", "", context.now.timestamp()))
    why = "pier is for 2 locations, such as main-street, which uma does not look after"
    for author, told in (("uma", True), ("mia", False), ("", False)):
        plan = run("plan", "--base", "main", "--head", "pier", "--author", author, cwd=mia).stdout
        # And two more, whose addresses Git has here: nobody listed them.
        assert (f"requirement own-locations (my-brand) asks 3 of @ben, @mia: {why}" in plan) == told
    outcome = run("approve", "pier", "--merge", cwd=ben)
    assert f"(my-brand) asks 3 of @ben, @mia: {why}" in outcome.stdout
    assert "warning: 2 approvals more are needed of each kind since nobody" in outcome.stdout
    assert (outcome.code, "lee: legal" in outcome.stdout) == (1, True)  # that is for Lee to say


def test_viewers_read(run, office, mia, ben):
    ask_lee_too(office)
    rename(mia, "Hello")
    assert run("submit", "-m", "Hello", cwd=mia).code == 0
    turn_into(ben, "vic")
    outcome = run("reject", "mia/welcome", "-m", "No", cwd=ben)
    assert (outcome.code, "vic is a viewer: viewers read" in outcome.stderr) == (2, True)
    outcome = run("approve", "mia/welcome", cwd=ben)
    assert "vic: nothing asks for your approval here, so it counts for nothing" in outcome.stderr
    rename(ben, "Good day")
    outcome = run("submit", cwd=ben)
    assert (outcome.code, "vic is a viewer: viewers read" in outcome.stderr) == (2, True)


def object_by_hand(folder: Path, branch: str, words: str) -> None:
    """Ask for changes past `storesync reject`, as whoever may push to the notes can."""
    context = Context(Options(directory=folder), datetime.now(UTC))
    forge = forge_of(context, settings_of(context.repository, "origin/main"))
    [proposal] = forge.proposals(ProposalQuery(branch=branch))
    at = datetime.now(UTC).timestamp()
    forge.review(Verdict(proposal, ReviewState.CHANGES_REQUESTED, words, at))


@pytest.mark.parametrize(("who", "stops"), [("vic", False), ("lee", True), ("uma", True)])
def test_what_a_viewer_writes_into_the_notes_is_told_and_stops_nothing(
    run, office, mia, ben, who, stops
):
    """Lee is a viewer too, and whom a requirement names has a say."""
    ask_lee_too(office)
    rename(mia, "Hello")
    assert run("submit", "-m", "Hello", cwd=mia).code == 0
    turn_into(ben, who)
    object_by_hand(ben, "mia/welcome", "Not that name")
    turn_into(ben, "ben")
    outcome = run("approve", "mia/welcome", "--merge", cwd=ben)
    assert (outcome.code, "merged into main" in outcome.stdout) == (int(stops), not stops)
    told = f"in no one's way: {who}, a viewer, asks for changes: Not that name"
    assert (told in outcome.stdout) == (not stops)


@pytest.mark.parametrize("words", [[], ["-m", ""], ["-m", " \n"]])
def test_a_rejection_says_why(run, mia, ben, words):
    rename(mia, "Hello")
    run("submit", cwd=mia)
    outcome = run("reject", *words, cwd=ben)
    assert (outcome.code, "nothing says what should change" in outcome.stderr) == (2, True)


def test_urgent_says_why(run, mia):
    rename(mia, "Hello")
    assert run("submit", "--urgent", cwd=mia).code == 2
    outcome = run("submit", "--urgent", "-m", "Recall", "--format", "json", cwd=mia)
    assert outcome.json["proposal"]["title"] == "Urgent: Recall"


def test_with_errors_nothing_is_done(run, office, mia):
    rename(mia, "Hello")
    path = mia / CAMPAIGN
    path.write_text(path.read_text().replace("template:", "template: shared/nowhere #"))
    before = git(mia, "status", "--porcelain", "--branch"), git(mia, "for-each-ref", "refs/heads")
    for args in (["submit"], ["submit", "welcome", "--format", "json"]):
        outcome = run(*args, cwd=mia)
        assert outcome.code == 1, outcome
        assert CAMPAIGN in outcome.stdout
    after = git(mia, "status", "--porcelain", "--branch"), git(mia, "for-each-ref", "refs/heads")
    assert after == before
    assert heads(office) == ["refs/heads/main"]


def test_without_changes_nothing_is_proposed(run, mia):
    (mia / "notes.txt").write_text("unrelated\n")
    outcome = run("submit", cwd=mia)
    assert (outcome.code, "nothing is changed" in outcome.stderr) == (2, True)


def test_a_campaign_that_the_branch_does_not_propose_renames_no_proposal(run, mia):
    other = "brands/my-brand/campaigns/spring"
    shutil.copytree((mia / CAMPAIGN).parent, mia / other)
    git(mia, "add", other)
    git(mia, "commit", "--quiet", "--message", "Spring")
    git(mia, "push", "--quiet", "origin", "HEAD:main")
    rename(mia, "Hello")
    assert run("submit", "welcome", "-m", "Hello", cwd=mia).code == 0
    outcome = run("submit", "spring", "-m", "As it stands", cwd=mia)
    assert (outcome.code, f"nothing is changed in {other}" in outcome.stderr) == (2, True)
    assert "mia/welcome proposes something else: git switch main" in outcome.stderr
    assert "mia/welcome: Hello" in run("submit", "welcome", cwd=mia).stdout


def test_only_what_belongs_to_it_is_taken(run, mia):
    """Another campaign, a staged file, a half-staged one and a new one beside."""
    rename(mia, "Hello")
    (mia / "brands/my-brand/campaigns/welcome/locations").mkdir()
    (mia / "brands/my-brand/campaigns/welcome/locations/lakeside.yaml").write_text(
        "participation: in\nreason: Opening week\n"
    )
    (mia / "staged.txt").write_text("staged\n")
    brand = mia / "brands/my-brand/brand.yaml"
    brand.write_text(brand.read_text() + "# half\n")
    git(mia, "add", "staged.txt", str(brand))
    brand.write_text(brand.read_text() + "# way\n")
    outcome = run("submit", "welcome", "--format", "json", cwd=mia)
    assert outcome.code == 0, outcome
    assert [Path(path).name for path in outcome.json["files"]] == ["campaign.yaml", "lakeside.yaml"]
    assert git(mia, "status", "--porcelain").splitlines() == [
        "MM brands/my-brand/brand.yaml",
        "A  staged.txt",
    ]
    shown = git(mia, "show", "--format=%an <%ae>", "--name-only", "HEAD").split("\n")
    assert shown[0] == "Mia <mia@example.com>"
    assert sorted(filter(None, shown[1:])) == sorted(outcome.json["files"])


def test_what_the_branch_holds_already_is_asked_about_too(run, mia):
    """Committed by hand before; warnings of it are shown as well."""
    git(mia, "switch", "--quiet", "--create", "mine")
    text = (mia / CAMPAIGN).read_text(encoding="utf-8")
    for words in ("Good tea", "10 kinds of tea"):
        (mia / CAMPAIGN).write_text(text.replace("Good to have you here", words), encoding="utf-8")
        git(mia, "commit", "--quiet", "--all", "--message", "By hand")
        outcome = run("submit", cwd=mia)
        assert (outcome.code, "(nothing new to commit)" in outcome.stdout) == (0, True), outcome
        assert "nobody is named" not in outcome.stdout
    assert ': warning: headline: "10" is no declared fact' in outcome.stdout


def test_the_plan_that_goes_with_a_proposal_asks_about_all_that_is_proposed(run, mia):
    """CODEOWNERS too, which no campaign is made of; and it is told as that of the branch."""
    path = mia / "storesync.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("admins: [ben, mia]", "admins: [ben, mia, zoe]"), encoding="utf-8")
    assert run("codeowners", cwd=mia).code == 0
    outcome = run("submit", "-m", "Zoe too", cwd=mia)
    assert outcome.code == 0, outcome
    context = Context(Options(directory=mia), datetime.now(UTC))
    forge = forge_of(context, settings_of(context.repository, "origin/main"))
    [proposal] = forge.proposals(ProposalQuery())
    assert "2 files, such as .github/CODEOWNERS" in proposal.body
    assert f" of {proposal.branch}<" in proposal.body


def test_what_only_stands_on_a_branch_is_not_scheduled(run, mia, git_in):
    """Whoever submits is on the branch then; told is what is published, the proposal beside it."""
    new = ("new", "campaign", "spring", "--template", "shared/welcome", "--start", "2099-03-01")
    assert run(*new, cwd=mia).code == 0

    def state() -> str:
        rows = run("status", "--format", "json", cwd=mia).json["campaigns"]
        return str({row["campaign"]: row["state"] for row in rows}["spring"])

    assert state() == "draft"
    git_in(mia, "switch", "--quiet", "--create", "mine")
    git_in(mia, "add", "--all")
    git_in(mia, "commit", "--quiet", "--message", "Spring")
    assert state() == "draft"
    assert run("submit", "-m", "Spring", cwd=mia).code == 0
    assert state() == "pending_review"
    assert "mine is not merged; told is main" in run("status", cwd=mia).stderr


def test_files_moved_and_deleted_are_taken_so(run, mia):
    """One deleted in the index, too, one moved by Git, one only deleted on disk."""
    folder = mia / "brands/my-brand/locations"
    one, two, three = sorted(path for path in folder.rglob("*.yaml") if path.name[0] != "_")[:3]
    git(mia, "rm", "--quiet", str(one))
    for path in (two, three):
        (path.parent / "elsewhere").mkdir(exist_ok=True)
    git(mia, "mv", str(two), str(two.parent / "elsewhere" / two.name))
    three.rename(three.parent / "elsewhere" / three.name)
    outcome = run("submit", "--format", "json", cwd=mia)
    assert outcome.code == 0, outcome
    assert len(outcome.json["files"]) == 5
    assert git(mia, "status", "--porcelain") == ""


def hook(folder: Path, name: str, text: str) -> None:
    path = folder / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_persons_hooks_are_heard(run, office, mia):
    rename(mia, "Hello")
    new = mia / "brands/my-brand/campaigns/welcome/locations/lakeside.yaml"
    new.parent.mkdir()
    new.write_text("participation: in\nreason: Opening week\n")
    before = git(mia, "status", "--porcelain", "--branch"), git(mia, "for-each-ref", "refs/heads")
    hook(mia, "pre-commit", "echo 'ticket number missing' >&2; exit 1")
    outcome = run("submit", cwd=mia)
    assert (outcome.code, "ticket number missing" in outcome.stderr) == (2, True)
    after = git(mia, "status", "--porcelain", "--branch"), git(mia, "for-each-ref", "refs/heads")
    assert after == before
    hook(mia, "pre-commit", "exit 0")
    hook(mia, "pre-push", "echo 'not on Fridays' >&2; exit 1")
    outcome = run("submit", cwd=mia)
    assert (outcome.code, "not on Fridays" in outcome.stderr) == (2, True)
    assert heads(office) == ["refs/heads/main"]
    (mia / ".git/hooks/pre-push").unlink()
    outcome = run("submit", cwd=mia)
    assert "(nothing new to commit)" in outcome.stdout, outcome
    assert heads(office) == ["refs/heads/main", "refs/heads/mia/welcome"]


def test_a_conflict_is_told_before_anybody_looks(run, mia, ben):
    rename(ben, "Theirs")
    run("submit", cwd=ben)
    run("approve", "--merge", cwd=mia)
    git(mia, "reset", "--quiet", "--hard", "HEAD~1")
    rename(mia, "Ours")
    outcome = run("submit", cwd=mia)
    assert outcome.code == 2, outcome
    assert "conflict" in outcome.stderr
    assert CAMPAIGN in outcome.stderr


def test_on_top_of_what_was_merged_meanwhile(run, mia, ben):
    rename(ben, "Theirs")
    run("submit", cwd=ben)
    run("approve", "--merge", cwd=mia)
    git(mia, "reset", "--quiet", "--hard", "HEAD~1")
    brand = mia / "brands/my-brand/brand.yaml"
    brand.write_text(brand.read_text() + "notes: More to come.\n")
    outcome = run("submit", "--format", "json", cwd=mia)
    assert outcome.code == 0, outcome
    assert outcome.json["summary"]["update"] == 0
    assert run("approve", "--merge", cwd=ben).code == 0


WRAPPER = """\
#!/bin/sh
case " $* " in *" $KILL_AT "*)
    echo x >> "$KILL_LOG"
    if [ "$(wc -l < "$KILL_LOG")" -eq "$KILL_NUMBER" ]; then
        [ "$KILL_WHEN" = after ] && {real} "$@" > /dev/null 2>&1
        kill -9 $PPID
        exit 1
    fi
esac
exec {real} "$@"
"""


@pytest.mark.sweep
@pytest.mark.parametrize(
    "point",
    [
        ("switch", 1, "after"),
        ("commit", 1, "after"),
        ("push", 1, "after"),
        ("update-ref", 1, "after"),
    ],
    ids=str,
)
def test_killed_it_can_be_submitted_again(run, office, mia, ben, point):
    rename(mia, "Hello")
    new = mia / "brands/my-brand/campaigns/welcome/locations/lakeside.yaml"
    new.parent.mkdir()
    new.write_text("participation: in\nreason: Opening week\n")
    killed(mia, ["submit"], point)
    outcome = run("submit", cwd=mia)
    assert outcome.code == 0, outcome
    outcome = run("approve", "--format", "json", cwd=ben)
    assert (outcome.json["approved"], outcome.json["proposal"]["id"]) == (True, "mia/welcome")
    assert heads(office) == ["refs/heads/main", "refs/heads/mia/welcome"]
    assert git(mia, "log", "--format=%s", "origin/main..HEAD").count("\n") == 1
    assert git(mia, "status", "--porcelain") == ""


@pytest.mark.sweep
@pytest.mark.parametrize("point", [("push", 2, "before"), ("push", 2, "after")], ids=str)
def test_killed_it_can_be_merged_again(run, office, mia, ben, point):
    """The first push is of the approval, the second one of the merge."""
    rename(mia, "Hello")
    run("submit", cwd=mia)
    killed(ben, ["approve", "mia/welcome", "--merge"], point)
    outcome = run("approve", "mia/welcome", "--merge", cwd=ben)
    is_merged = "is merged, not open" in outcome.stderr
    assert is_merged or "merged into main" in outcome.stdout, outcome
    assert git(office / "server", "log", "--merges", "--format=%s", "main").count("\n") == 1


def killed(folder: Path, args: list[str], point: tuple[str, int, str]) -> None:
    """Run a command that ends when it runs Git for the n-th time in some way."""
    place = folder.parent / "bin"
    place.mkdir()
    real = shutil.which("git")
    (place / "git").write_text(WRAPPER.replace("{real}", str(real)))
    (place / "git").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{place}:{os.environ['PATH']}",
        "KILL_LOG": str(place / "log"),
        "KILL_AT": point[0],
        "KILL_NUMBER": str(point[1]),
        "KILL_WHEN": point[2],
    }
    command = [sys.executable, "-m", "storesync", "-C", str(folder), *args]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == -9, done


FLIGHT = """\
# a heading
name: 'Welcome'   # quoted
flight:
    start:   2026-01-01   # a Thursday
    end: "2027-01-01"
channels: [web]
template: "shared/page"
"""


@pytest.mark.parametrize(
    ("text", "args", "expected"),
    [
        (
            FLIGHT,
            ["--start", "2026-02-01T07:30"],
            FLIGHT.replace("  2026-01-01", "  2026-02-01T07:30"),
        ),
        (FLIGHT, ["--end", "2027-03-01"], FLIGHT.replace("2027-01-01", "2027-03-01")),
        (FLIGHT, ["--start", "2026-01-01"], FLIGHT),
        (
            FLIGHT.replace("\n", "\r\n"),
            ["--start", "2026-02-01"],
            FLIGHT.replace("\n", "\r\n").replace("2026-01-01", "2026-02-01"),
        ),
        (
            "flight: {start: 2026-01-01}  # runs on\nname: W\n",
            ["--end", "2026-05-01"],
            "flight: {start: 2026-01-01, end: 2026-05-01}  # runs on\nname: W\n",
        ),
    ],
)
def test_only_the_dates_change(run, fresh: Path, text, args, expected):
    path = fresh / CAMPAIGN
    path.write_bytes(text.encode())
    outcome = run("schedule", "welcome", *args, cwd=fresh)
    assert outcome.code in {0, 1}, outcome
    changed = path.read_bytes().decode()
    assert changed.replace('"2027-03-01"', "2027-03-01") == expected.replace(
        '"2027-03-01"', "2027-03-01"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "neither --start nor --end"),
        (["--start", "tomorrow"], "is no time"),
        (["--start", "2026-12-01T07:00Z"], "is no time"),
        (["--start", "2031-01-01", "--end", "2030-01-01"], "before the start"),
        (["--end", "1999-01-01"], "before the start"),
    ],
)
def test_what_is_no_flight_is_not_written(run, fresh: Path, args, message):
    before = (fresh / CAMPAIGN).read_bytes()
    outcome = run("schedule", "welcome", *args, cwd=fresh)
    assert (outcome.code, message in outcome.stderr) == (2, True), outcome
    assert (fresh / CAMPAIGN).read_bytes() == before


def test_without_a_host_and_without_a_remote(run, office, mia):
    """One clone, in which people work one after the other."""
    path = mia / "storesync.yaml"
    path.write_text(path.read_text().replace("forge: {remote: origin}\n", ""))
    git(mia, "commit", "--quiet", "--all", "--message", "Without a remote")
    rename(mia, "Hello")
    assert run("submit", cwd=mia).code == 0
    git(mia, "switch", "--quiet", "main")
    git(mia, "config", "user.email", "ben@example.com")
    outcome = run("approve", "--merge", cwd=mia)
    assert outcome.code == 0, outcome
    assert "name: Hello\n" in (mia / CAMPAIGN).read_text()
    assert git(mia, "status", "--porcelain") == ""
    assert heads(office) == ["refs/heads/main"]


def test_a_hold_goes_by_the_published_branch_wherever_one_stands(run, office, mia, ben):
    """Ben's clone is behind, on a branch of his own, and his files hold an error."""
    rename(mia, "Adieu")
    assert run("submit", "welcome", cwd=mia).code == 0
    assert run("approve", "mia/welcome", "--merge", cwd=ben).code == 0
    brand = ben / "brands/my-brand/brand.yaml"
    git(ben, "switch", "--quiet", "-c", "something-else")
    with brand.open("a", encoding="utf-8") as file:
        file.write("team: {viewers: [ben]}\nblackouts: [\n")
    git(ben, "commit", "--quiet", "--all", "--message", "Half done")
    hold = ("hold", "welcome", "--until", "2031-01-01T00:00Z", "-m", "Flood")
    outcome = run(*hold, cwd=ben)
    assert outcome.code == 0, outcome
    assert "held: my-brand/welcome until 2031-01-01 00:00Z" in outcome.stdout


def test_what_was_wrong_before_elsewhere_stops_no_proposal(run, office, mia, ben):
    other = mia / "brands/my-brand/campaigns/broken/campaign.yaml"
    other.parent.mkdir()
    other.write_text("name: [\n", encoding="utf-8")
    git(mia, "add", "--all")
    git(mia, "commit", "--quiet", "--message", "Half done")
    git(mia, "push", "--quiet", "origin", "HEAD")
    rename(mia, "Adieu")
    outcome = run("submit", "welcome", cwd=mia)
    assert outcome.code == 0, outcome
    assert run("approve", "mia/welcome", "--merge", cwd=ben).code == 0
    other.write_text("name: {\n", encoding="utf-8")
    outcome = run("submit", "broken", cwd=mia)  # it is what is proposed: that has to be sound
    assert (outcome.code, "broken/campaign.yaml" in outcome.stdout) == (1, True), outcome
