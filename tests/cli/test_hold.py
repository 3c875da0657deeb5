"""`storesync hold`, `recall`, `resume`: who may, what follows, and that nothing else does."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storesync.ledger.layout import BRANCH
from storesync.source.git import Repository
from tests.cli.conftest import PEOPLE, TEAM
from tests.cli.test_publish import CAMPAIGN, PAGE, files_of

AT = "2026-11-22T16:00:00Z"
LATER = "2026-11-23T16:00:00Z"
MUCH_LATER = "2026-11-25T16:00:00Z"
BRAND = "brands/my-brand/brand.yaml"
LOCATION = "brands/my-brand/locations/us/lakeside.yaml"


@pytest.fixture
def mine(small: Path, be) -> Path:
    """The small repository, published at AT, which names no team."""
    be(small, "mia")
    return small


def pages(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in files_of(folder).items() if path.endswith("page.html")}


def reword(folder: Path, commit) -> None:
    text = (folder / CAMPAIGN).read_text(encoding="utf-8")
    commit(folder, {CAMPAIGN: text.replace("Good to have you here", "Come on in")})


def test_a_hold_stops_what_is_not_out_until_it_ends(run, mine: Path, commit):
    before = pages(mine)
    hold = ["hold", "--location", "lakeside", "-m", "Flood", "--until", MUCH_LATER, "--at", AT]
    outcome = run(*hold, cwd=mine)
    assert outcome.code == 0
    assert outcome.stdout.startswith("held: my-brand at lakeside until 2026-11-25 16:00Z\n")
    assert outcome.stderr == "note: no team is named in this repository, so everybody may do this\n"
    reword(mine, commit)
    told = "o held     my-brand/welcome  lakeside on web: until 2026-11-25 16:00Z by mia@acme"
    for command in ("plan", "publish", "publish"):  # the last one finds nothing stale
        outcome = run(command, "--at", LATER, cwd=mine)
        assert (outcome.code, told in outcome.stdout) == (0, True), outcome
    after = pages(mine)
    assert [path for path in after if after[path] == before[path]] == [PAGE]
    status = run("status", "--at", LATER, cwd=mine).stdout
    assert "held: my-brand at lakeside, until 2026-11-25 16:00Z by mia@acme" in status
    ended = run("publish", "--at", MUCH_LATER, cwd=mine)
    assert ended.stdout == "     1 live       my-brand/welcome  web\n1 live, 2 unchanged\n"
    assert "Come on in" in (mine / PAGE).read_text(encoding="utf-8")
    assert "held" not in run("status", "--at", MUCH_LATER, cwd=mine).stdout


def test_a_hold_before_the_first_run_is_heeded_by_it(run, fresh: Path, be):
    be(fresh, "mia")
    hold = ["hold", "welcome", "--channel", "web", "-m", "Wait", "--until", LATER, "--at", AT]
    assert run(*hold, cwd=fresh).code == 0
    planned = run("status", "--at", AT, "--format", "json", cwd=fresh).json["campaigns"][0]
    assert planned["deliveries"] == {"held": 3}
    assert [item["reason"] for item in planned["holds"]] == ["Wait"]
    data = run("publish", "--at", AT, "--format", "json", cwd=fresh).json
    assert (data["summary"]["held"], data["receipts"], len(data["held"])) == (3, [], 3)
    assert pages(fresh) == {}
    assert run("publish", "--at", LATER, cwd=fresh).stdout.endswith("3 live, 0 unchanged\n")


def test_a_recall_takes_down_and_only_resume_brings_back(run, mine: Path):
    before = pages(mine)
    recall = ["recall", "--location", "lakeside", "-m", "Allergen", "--at", AT]
    assert run(*recall, cwd=mine).stdout.startswith("recalled: my-brand at lakeside\n")
    first = run("publish", "--at", AT, cwd=mine)
    assert first.stdout == "     1 withdrawn  my-brand/welcome  web\n1 withdrawn, 2 unchanged\n"
    assert pages(mine).keys() == before.keys() - {PAGE}
    for at in (AT, "2031-01-01T00:00Z"):
        again = run("publish", "--at", at, cwd=mine)
        assert "lakeside on web: recalled by mia@acme.example.com: Allergen" in again.stdout
        assert "2 unchanged" in again.stdout
    run("resume", "--all", "-m", "New beans", "--at", LATER, cwd=mine)
    assert run("publish", "--at", LATER, cwd=mine).stdout.endswith("1 live, 2 unchanged\n")
    assert pages(mine) == before
    events = run("history", "--format", "json", cwd=mine).json["events"]
    told = [(item["event"], item["location"], item["detail"]) for item in events]
    assert ("recall", "lakeside", "Allergen") in told
    assert ("resume", "", "New beans") in told
    text = run("history", "welcome", cwd=mine).stdout
    assert "recall     my-brand lakeside  mia@acme.example.com: Allergen\n" in text


def test_a_resume_of_a_part_leaves_the_rest_held(run, mine: Path):
    run("recall", "welcome", "-m", "x", "--at", AT, cwd=mine)
    resume = ["resume", "--location", "lakeside", "-m", "y", "--at", AT]
    said = run(*resume, cwd=mine).stdout
    assert "\n  no longer for this, for the rest still held: my-brand/welcome, recalled" in said
    lifted = "; lifted for my-brand at lakeside\n"
    assert lifted in run("status", "--at", AT, cwd=mine).stdout
    assert "2 withdrawn, 1 unchanged" in run("publish", "--at", AT, cwd=mine).stdout
    again = run(*resume, cwd=mine)
    assert (again.code, "nothing is held of my-brand at lakeside" in again.stderr) == (2, True)


def test_a_recall_needs_no_sound_files(run, mine: Path, commit):
    commit(mine, {CAMPAIGN: "name: [\n", LOCATION: "name: [\n"})
    assert run("recall", "--location", "lakeside", "-m", "x", "--at", AT, cwd=mine).code == 0
    outcome = run("publish", "--at", AT, cwd=mine)
    assert (outcome.code, "1 withdrawn, 2 unchanged" in outcome.stdout) == (1, True)
    assert PAGE not in pages(mine)


def test_hold_and_resume_before_anything_is_due_change_nothing(run, mine: Path, git_in):
    run("publish", "--at", LATER, cwd=mine)
    before = files_of(mine)
    run("hold", "welcome", "-m", "x", "--until", MUCH_LATER, "--at", AT, cwd=mine)
    run("publish", "--at", AT, cwd=mine)
    run("resume", "welcome", "-m", "y", "--at", AT, cwd=mine)
    for _ in range(2):
        said = run("publish", "--at", LATER, cwd=mine).stdout
        assert said == "nothing to do: 3 deliveries are as they should be\n"
    assert files_of(mine) == before
    written = git_in(mine, "ls-tree", "-r", "--name-only", BRANCH, "ledger/my-brand/")
    assert len(written.split()) == 1, "nothing but the first run"


@pytest.mark.slow
def test_holds_of_any_scope_hold_that_alone(run, fresh: Path, be, commit, git_in):
    """Random scopes: what is covered stays in, the rest is out as if there were no hold."""
    be(fresh, "mia")
    text = (fresh / CAMPAIGN).read_text(encoding="utf-8")
    other = "brands/my-brand/campaigns/second/campaign.yaml"
    commit(fresh, {other: text.replace("name: ", "name: Second ", 1)})
    assert run("publish", "--at", AT, cwd=fresh).code == 0
    whole = pages(fresh)
    assert len(whole) == 6
    chance = random.Random(20261122)
    for number in range(5):
        campaign = chance.choice(["", "welcome", "second"])
        location = chance.choice(["", "lakeside", "main-street"])
        channel = chance.choice(["", "", "web", "sms"])
        parts = [campaign] * bool(campaign)
        parts += ["--location", location] * bool(location)
        parts += ["--channel", channel] * bool(channel)
        scope = parts or ["--all"]
        run("recall", *scope, "-m", f"trial {number}", "--at", AT, cwd=fresh)
        assert run("publish", "--at", AT, cwd=fresh).code == 0
        covered = {
            path
            for path in whole
            if channel in {"", "web"}
            and campaign in {"", path.split("/")[3]}
            and location in {"", path.split("/")[4]}
        }
        kept = {path: data for path, data in whole.items() if path not in covered}
        assert pages(fresh) == kept, scope
        run("resume", "--all", "-m", "over", "--at", AT, cwd=fresh)
        assert run("publish", "--at", AT, cwd=fresh).code == 0
        assert pages(fresh) == whole, scope


def test_a_change_of_one_location_alone_is_held_too(run, ours: Path, commit, edit):
    run("hold", "--location", "lakeside", "-m", "x", "--until", MUCH_LATER, "--at", AT, cwd=ours)
    run("publish", "--at", AT, cwd=ours)
    before = pages(ours)
    edit(ours / LOCATION, "name: ", "name: New ")
    commit(ours, {})
    said = run("publish", "--at", LATER, cwd=ours).stdout
    assert "o held     my-brand/welcome  lakeside on web" in said
    assert pages(ours) == before
    assert "1 live, 2 unchanged" in run("publish", "--at", MUCH_LATER, cwd=ours).stdout


MAY = [
    ("mia", ["--brand", "my-brand"], True),
    ("mia", ["--all"], True),  # the only brand that there is
    ("uma", ["--location", "lakeside"], True),
    ("uma", ["welcome", "--location", "lakeside", "--channel", "web"], True),
    ("uma", ["--location", "main-street"], False),
    ("uma", ["welcome"], False),
    ("uma", ["--channel", "web"], False),
    ("eve", ["--location", "lakeside"], False),
]


@pytest.mark.parametrize(("who", "scope", "allowed"), MAY)
def test_a_role_decides(run, ours: Path, be, who, scope, allowed):
    be(ours, who)
    repository = Repository.find(ours)
    before = repository.read_ref(BRANCH)
    outcome = run("recall", *scope, "-m", "x", "--at", AT, "--format", "json", cwd=ours)
    assert outcome.code == (0 if allowed else 2)
    assert (repository.read_ref(BRANCH) == before) is not allowed
    if allowed:
        role = "brand_manager" if who == "mia" else "location_manager"
        assert (outcome.json["who"], outcome.json["role"]) == (who, role)
    else:
        assert "has no role that decides over" in outcome.json["error"]["message"]


def test_teams_count_as_committed(run, ours: Path, be, edit):
    edit(ours / BRAND, "brand_managers: [mia]", "brand_managers: [eve]")
    edit(ours / "storesync.yaml", "mia: [mia", "eve: [eve")
    be(ours, "eve")
    assert run("recall", "welcome", "-m", "x", "--at", AT, cwd=ours).code == 2


def test_nobody_decides_by_a_broken_team(run, ours: Path, commit, edit):
    edit(ours / BRAND, "brand_managers: [mia]", "brand_managers: mia")
    commit(ours, {})
    outcome = run("recall", "welcome", "-m", "x", "--at", AT, cwd=ours)
    assert (outcome.code, f"{BRAND} has an error" in outcome.stderr) == (2, True)


def test_a_location_manager_cannot_end_what_the_brand_decided(run, ours: Path, be):
    run("recall", "--location", "lakeside", "-m", "Allergen", "--at", AT, cwd=ours)
    be(ours, "uma")
    resume = ["resume", "--location", "lakeside", "-m", "It is fine", "--at", AT]
    outcome = run(*resume, cwd=ours)
    assert (outcome.code, "decided by mia (brand_manager)" in outcome.stderr) == (2, True)
    hold = ["hold", "--location", "lakeside", "-m", "Flood", "--until", LATER, "--at", AT]
    assert run(*hold, cwd=ours).code == 0
    data = run(*resume, "--format", "json", cwd=ours).json
    assert [item["reason"] for item in data["lifted"]] == ["Flood"]
    assert [item["reason"] for item in data["kept"]] == ["Allergen"]
    assert "1 withdrawn" in run("publish", "--at", AT, cwd=ours).stdout
    be(ours, "mia")
    assert "no longer held: my-brand at lakeside, recalled by mia" in run(*resume, cwd=ours).stdout
    assert "1 live" in run("publish", "--at", AT, cwd=ours).stdout


WRONG = [
    (["hold", "welcome", "--until", LATER], "say why: -m REASON"),
    (["hold", "welcome", "-m", "  ", "--until", LATER], "say why: -m REASON"),
    (["hold", "welcome", "-m", "x"], "say when it ends: --until TIME"),
    (["hold", "welcome", "-m", "x", "--until", AT], "--until has passed already"),
    (["hold", "welcome", "-m", "x", "--until", "soon"], "--until 'soon' is not a time"),
    (["recall", "-m", "x"], "say what: CAMPAIGN, --brand, --location, --channel"),
    (["recall", "welcome", "--all", "-m", "x"], "--all is everything"),
    (["recall", "welcom", "-m", "x"], 'there is no campaign "welcom"'),
    (["recall", "other/welcome", "-m", "x"], 'there is no campaign "welcome"'),
    (["recall", "other/welcome", "--brand", "my-brand", "-m", "x"], "is not one of my-brand"),
    (["recall", "--brand", "my\x1bbrand", "-m", "x"], r'there is no brand "my\u001bbrand"'),
    (["recall", "--location", "lake", "-m", "x"], 'there is no location "lake"'),
    (["recall", "--channel", "fax", "-m", "x"], 'there is no channel "fax"'),
    (["resume", "welcome", "-m", "x"], "nothing is held of my-brand/welcome"),
]


@pytest.mark.parametrize(("args", "message"), WRONG, ids=lambda item: str(item)[:40])
def test_what_is_wrong_is_said_and_writes_nothing(run, mine: Path, git_in, args, message):
    before = git_in(mine, "for-each-ref")
    outcome = run(*args, "--at", AT, cwd=mine)
    assert outcome.code == 2
    assert message in outcome.stderr
    assert git_in(mine, "for-each-ref") == before


def test_another_moment_is_for_the_outbox_alone(run, mine: Path, commit):
    text = (mine / "storesync.yaml").read_text(encoding="utf-8")
    commit(mine, {"storesync.yaml": text.replace("plugin: outbox", "plugin: billboard")})
    outcome = run("recall", "welcome", "-m", "x", "--at", AT, cwd=mine)
    assert (outcome.code, "--at publishes to the outbox only" in outcome.stderr) == (2, True)


def test_with_a_damaged_journal_nothing_is_published(run, mine: Path, commit):
    run("recall", "--location", "lakeside", "-m", "Allergen", "--at", AT, cwd=mine)
    repository = Repository.find(mine)
    tip = repository.read_ref(BRANCH)
    [entry] = repository.entries(tip, ["ledger/journal"])
    [data] = repository.blobs([entry.id])
    reword(mine, commit)
    changed = {entry.path: data.replace(b"Allergen", b"Nonsense")}
    when = datetime(2026, 11, 22, tzinfo=UTC)
    repository.commit_files(BRANCH, changed, "Tamper", expected=tip, when=when)
    before = pages(mine)
    for command in (["publish"], ["plan"], ["resume", "welcome", "-m", "x"]):
        outcome = run(*command, "--at", AT, cwd=mine)
        assert outcome.code == 2
        assert f"the ledger's journal is damaged: {entry.path}:1" in outcome.stderr
    assert pages(mine) == before
    status = run("status", "--at", AT, cwd=mine)
    assert (status.code, "journal is damaged" in status.stderr) == (0, True)
    assert "3 live" in status.stdout


@pytest.fixture
def behind(fresh: Path, be, commit, run, git_in) -> Path:
    """A clone of before Uma got a second location; only the ledger says where it is shared."""
    be(fresh, "mia")
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8") + PEOPLE
    settings += "ledger: {remote: origin}\nforge: {plugin: local, prove: true}\n"
    team = (fresh / BRAND).read_text(encoding="utf-8") + TEAM
    commit(fresh, {"storesync.yaml": settings, BRAND: team})
    git_in(fresh.parent, "clone", "--quiet", "--bare", "fresh", "origin.git")
    git_in(fresh, "remote", "add", "origin", "../origin.git")
    git_in(fresh.parent, "clone", "--quiet", "origin.git", "behind")
    be(fresh.parent / "behind", "uma")
    commit(fresh, {BRAND: team.replace("[lakeside]", "[lakeside, old-station]")})
    git_in(fresh, "push", "--quiet", "origin", "main")
    assert run("verify", "--adopt", cwd=fresh).code == 0
    assert run("publish", cwd=fresh).code == 0
    return fresh.parent / "behind"


@pytest.mark.parametrize(
    ("location", "code"), [("lakeside", 0), ("old-station", 0), ("main-street", 2)]
)
def test_a_clone_that_is_behind_stops_by_the_teams_of_the_shared_branch(
    run, behind: Path, location: str, code: int
):
    before = Repository.find(behind).head()
    outcome = run("recall", "--location", location, "-m", "Fire", cwd=behind)
    assert (outcome.code, "no role" in outcome.stderr) == (code, code == 2), outcome.stderr
    assert Repository.find(behind).head() == before
    assert run("publish", cwd=behind.parent / "fresh").code == 0
    out = [path for path in files_of(behind.parent / "fresh") if path.endswith("page.html")]
    assert (f"/{location}/" in str(out)) is (code == 2)


def test_what_has_to_stop_does_not_wait_for_a_remote_that_is_down(run, mine: Path, commit, git_in):
    settings = (mine / "storesync.yaml").read_text(encoding="utf-8")
    commit(mine, {"storesync.yaml": settings + "forge: {plugin: local, remote: origin}\n"})
    git_in(mine, "remote", "add", "origin", "../nowhere.git")
    assert run("publish", "--at", AT, cwd=mine).code == 2
    outcome = run("hold", "welcome", "-m", "Flood", "--until", MUCH_LATER, "--at", AT, cwd=mine)
    assert (outcome.code, outcome.stdout.startswith("held: ")) == (0, True), outcome.stderr
