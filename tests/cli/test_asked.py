"""The approvals that `storesync plan --base` asks for, from real commits."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.proposals.reviewing import review
from storesync.app.review.asked import Question

AT = "2026-11-22T16:00:00Z"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
TEAM = """
team: {brand_managers: [mia, ben]}
"""
SETTINGS = """
admins: [root, rita]
people: {ada: [ada@example.com], cleo: [cleo@example.com]}
sms_price: {USD: 0.01, EUR: 0.01, GBP: 0.01}
requirements:
  - {id: legal, when: {variable: headline}, from: [acme/legal]}
  - {id: money, when: {cost_over: 10}, from: [acme/finance]}
"""


@pytest.fixture
def owned(fresh: Path, commit, run, once) -> Path:
    """The repository that `init` makes, with teams, CODEOWNERS and requirements."""

    def change() -> None:
        settings, brand = fresh / "storesync.yaml", fresh / "brands/my-brand/brand.yaml"
        text = brand.read_text(encoding="utf-8").partition("\nteam:")[0]
        brand.write_text(f"{text}{TEAM}", encoding="utf-8")
        settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
        assert run("codeowners", cwd=fresh).code == 0
        assert run("validate", "--at", AT, cwd=fresh).code == 0
        commit(fresh, {"notes.txt": "with teams"})

    return once("owned", fresh, change)


def approvals(run, folder: Path, *args: str) -> dict[str, dict]:
    outcome = run("plan", "--base", *args, "--at", AT, "--format", "json", cwd=folder)
    return {item["rule"]: item for item in outcome.json["approvals"]}


def change(folder: Path, old: str = "Good to have", new: str = "Great to have 2") -> str:
    text = (folder / CAMPAIGN).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def test_a_review_says_who_is_asked_and_why(run, owned: Path, commit):
    commit(owned, {CAMPAIGN: change(owned)})
    found = approvals(run, owned, "HEAD~1", "--head", "HEAD")
    assert sorted(found) == ["brand", "codeowners", "legal"]
    assert (found["legal"]["who"], found["legal"]["count"]) == (["@acme/legal"], 1)
    assert found["legal"]["campaigns"] == ["my-brand/welcome"]
    assert len(found["legal"]["changes"]) == 3
    assert found["brand"]["who"] == ["@mia", "@ben", "@root", "@rita"]
    assert found["codeowners"]["paths"] == [CAMPAIGN]
    text = run("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", AT, cwd=owned).stdout
    assert "approvals (not the author's, not the last pusher's):\n" in text
    assert "  requirement legal (my-brand) asks @acme/legal: headline changes from" in text


@pytest.mark.parametrize(("forge", "more"), [("local", 1), ("github", 0)])
def test_who_commits_under_an_address_of_nobody_takes_one_approval_more(
    run, owned: Path, commit, monkeypatch, forge: str, more: int
):
    """Once, however often it is named; a code host may know its login, and tells it later."""
    settings = (owned / "storesync.yaml").read_text(encoding="utf-8")
    host = "plugins: [outbox, github]\nforge: {plugin: github, remote: origin}\n"
    begun = settings + (host if forge == "github" else "")
    commit(owned, {"storesync.yaml": begun, "notes.txt": forge})
    for text in ("Great to have 2", "Great to have 3"):
        monkeypatch.setenv("GIT_AUTHOR_EMAIL", "Ada@Laptop.example")
        commit(owned, {CAMPAIGN: change(owned, new=text)})
        monkeypatch.setenv("GIT_AUTHOR_EMAIL", "7+ada@users.noreply.github.com")
        commit(owned, {CAMPAIGN: change(owned, text, "Good to have")})
    commit(owned, {CAMPAIGN: change(owned)})
    args = ("plan", "--base", "HEAD~5", "--head", "HEAD", "--at", AT)
    found = run(*args, "--format", "json", cwd=owned).json
    assert {item["count"] for item in found["approvals"]} == {1 + more}
    why = "1 approval more is needed of each kind since nobody listed whose ada@laptop.example is"
    assert [why in text for text in found["warnings"]] == [True] * more
    text = run(*args, cwd=owned).stdout
    assert (f"warning: {why} (people in storesync.yaml)\n" in text) is bool(more)
    assert f"  brand my-brand asks {1 + more} of @mia, @ben, " in text
    comment = run(*args, "--format", "markdown", cwd=owned).stdout
    assert f"- **{1 + more} of " in comment
    assert ("whose ada" in comment) is bool(more)


@pytest.mark.parametrize("left", ["[punch]", "[]"], ids=["stays", "taken out at once"])
def test_no_proposal_takes_its_product_out_of_a_category(run, owned: Path, commit, left):
    brand = (owned / "brands/my-brand/brand.yaml").read_text(encoding="utf-8")
    known = f"{brand}products: {{punch: Punch}}\ncategories: {{alcohol: [punch]}}\n"
    rule = "  - {id: alcohol, when: {categories: [alcohol]}, from: [acme/law]}\n"
    settings = (owned / "storesync.yaml").read_text(encoding="utf-8")
    commit(owned, {"brands/my-brand/brand.yaml": known, "storesync.yaml": settings + rule})
    offer = change(owned, "channels:", "offer: {product: punch}\nchannels:")
    files = {CAMPAIGN: offer.replace("Good to have", "Punch to have")}
    commit(owned, {**files, "brands/my-brand/brand.yaml": known.replace("[punch]", left)})
    assert "alcohol" in approvals(run, owned, "HEAD~1", "--head", "HEAD")


def test_files_on_disk_are_asked_about_as_commits_are(run, owned: Path, commit):
    (owned / CAMPAIGN).write_text(change(owned), encoding="utf-8")
    (owned / "templates/new.txt").write_text("not tracked yet", encoding="utf-8")
    on_disk = approvals(run, owned, "HEAD")
    assert "templates/new.txt" in str(on_disk)
    commit(owned, {"notes.txt": "with teams"})
    assert approvals(run, owned, "HEAD~1", "--head", "HEAD")["legal"] == on_disk["legal"]


def test_owners_and_requirements_are_those_of_the_base(run, owned: Path, commit):
    settings = (owned / "storesync.yaml").read_text(encoding="utf-8")
    files = {CAMPAIGN: change(owned), ".github/CODEOWNERS": "* @eve\n"}
    files["storesync.yaml"] = settings.partition("requirements:")[0]
    commit(owned, files)
    found = approvals(run, owned, "HEAD~1", "--head", "HEAD")
    assert "legal" in found
    assert "@eve" not in str(found)


def test_a_fast_lane(run, owned: Path, commit):
    [place] = (owned / "brands/my-brand/locations").rglob("lakeside.yaml")
    path = place.relative_to(owned).as_posix()
    commit(owned, {path: place.read_text(encoding="utf-8") + 'email: "lakeside@example.com"\n'})
    found = approvals(run, owned, "HEAD~1", "--head", "HEAD")
    assert set(found) <= {"fast-lane", "codeowners"}


def test_a_repository_that_names_nobody_is_left_alone(run, fresh: Path, commit):
    commit(fresh, {CAMPAIGN: change(fresh)})
    assert "approvals" not in run("plan", "--base", "HEAD~1", "--at", AT, cwd=fresh).stdout
    found = approvals(run, fresh, "HEAD~1")
    assert found["brand"]["who"] == found["codeowners"]["who"] == []


def test_a_publish_plan_asks_nobody(run, owned: Path):
    assert run("plan", "--at", AT, "--format", "json", cwd=owned).json["approvals"] == []


@pytest.mark.slow
def test_sms_cost_what_was_rendered_also_from_the_cache(run, owned: Path, commit):
    headline = "A" * 161
    template = "templates/shared/welcome/"
    text = change(owned).replace("channels: [web]", "channels: [web, sms]")
    files = {CAMPAIGN: f"{text}\ncosts: {{recipients: 200}}\n"}
    commit(owned, files | {f"{template}sms.txt.j2": headline})
    why = "costs about 12.00 USD (1,200 SMS segments 12.00), over 10"
    for _ in range(2):
        found = approvals(run, owned, "HEAD~1", "--head", "HEAD")
        assert found["money"]["why"] == why


def test_merges_are_asked_about_one_by_one(owned: Path, commit, git_in):
    commit(owned, {CAMPAIGN: change(owned)})
    commit(owned, {CAMPAIGN: change(owned, "have 2", "have 3")})
    commits = git_in(owned, "rev-list", "--first-parent", "HEAD").split()[:3]
    context = Context(Options(directory=owned, quiet=True), datetime.now(UTC))
    at = datetime.fromisoformat(AT)
    for merge, parent in pairwise(commits):
        found = review(context, parent, merge, Question(at))
        assert found.errors == ()
        assert {item.rule for item in found.asked} == {"legal", "brand", "codeowners"}
        approved = frozenset(item.fingerprint for item in found.plan.changes)
        again = review(context, parent, merge, Question(at, approved))
        assert {item.rule for item in again.asked} == {"fast-lane", "codeowners"}
    context.close()
