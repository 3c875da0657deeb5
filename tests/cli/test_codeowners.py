"""`storesync codeowners` and `whoami`: from teams to CODEOWNERS, and who I am."""

from __future__ import annotations

from pathlib import Path

import pytest

FILE = ".github/CODEOWNERS"
BRAND = "brands/my-brand/brand.yaml"
TEAM = """\
team:
  brand_managers: [ben, mia]
  location_managers: [{who: [uma], locations: [lakeside]}]
  location_managers_approve: true
"""


@pytest.fixture
def team(fresh: Path) -> Path:
    """The small repository with a team, its CODEOWNERS not written yet."""
    with (fresh / "storesync.yaml").open("a", encoding="utf-8") as file:
        file.write("admins: [root, acme/admins]\npeople: {mia: [mia@acme.example]}\n")
    with (fresh / BRAND).open("a", encoding="utf-8") as file:
        file.write(TEAM)
    return fresh


def test_a_repository_without_teams_is_left_alone(run, fresh: Path):
    assert run("validate", cwd=fresh).code == 0
    for args in (["codeowners"], ["codeowners", "--check"]):
        outcome = run(*args, cwd=fresh)
        assert outcome.code == 2
        assert "no team is named" in outcome.stderr
    assert not (fresh / FILE).exists()


def test_it_is_written_once(run, team: Path):
    outcome = run("codeowners", "--check", cwd=team)
    assert outcome.code == 1
    assert "there is no CODEOWNERS file" in outcome.stdout
    assert not (team / FILE).exists()
    assert run("codeowners", cwd=team).stdout == f"{FILE}: written\n"
    written = (team / FILE).read_bytes()
    assert run("codeowners", cwd=team).stdout == f"{FILE}: current\n"
    assert (team / FILE).read_bytes() == written
    outcome = run("codeowners", "--check", cwd=team)
    assert (outcome.code, outcome.stdout) == (0, f"{FILE}: current\n")


def test_validate_says_what_check_says(run, team: Path, edit):
    assert "[codeowners-gap]" in run("validate", cwd=team).stdout
    run("codeowners", cwd=team)
    for _ in range(2):  # the second time from memory
        assert run("validate", cwd=team).code == 0
    edit(team / FILE, "/templates/shared/", "/templates/shard/")
    for _ in range(2):
        outcome = run("validate", "--format", "json", cwd=team)
        (found,) = outcome.json["diagnostics"]
        assert (found["rule"], found["path"], found["line"]) == ("codeowners-stale", FILE, 5)
        assert outcome.code == 1
    edit(team / FILE, "/templates/shard/", "/templates/shared/")
    edit(team / BRAND, "[lakeside]", "[lakesid]")
    found = run("validate", "--format", "json", cwd=team).json["diagnostics"]
    assert [item["rule"] for item in found] == ["codeowners-stale", "unknown-location"]
    assert found[1]["line"] > 1
    assert 'did you mean "lakeside"?' in found[1]["hint"]


def test_what_is_wrong_is_told_as_json(run, team: Path):
    run("codeowners", cwd=team)
    (team / "CODEOWNERS").write_text("* @mallory\n")
    outcome = run("codeowners", "--check", "--format", "json", cwd=team)
    (problem,) = outcome.json["problems"]
    assert not outcome.json["ok"]
    assert (problem["check"], problem["result"]) == ("codeowners-unused", "fail")
    assert problem["message"].startswith("CODEOWNERS: GitHub reads .github/CODEOWNERS")


def test_a_broken_team_writes_nothing(run, team: Path, edit):
    edit(team / BRAND, "[ben, mia]", '["@ben", mia]')
    outcome = run("codeowners", cwd=team)
    assert outcome.code == 1
    assert "[invalid-value]" in outcome.stdout
    assert not (team / FILE).exists()


def test_a_link_is_no_codeowners(run, team: Path):
    (team / ".github").mkdir(exist_ok=True)
    (team / "elsewhere").write_text("* @mallory\n")
    (team / FILE).symlink_to("../elsewhere")
    assert "there is no CODEOWNERS file" in run("codeowners", "--check", cwd=team).stdout


def test_a_codeowners_of_ones_own_is_checked_too(run, fresh: Path):
    (fresh / "CODEOWNERS").write_text("* @root @ben\n/brands/ @ben,\n")
    outcome = run("validate", cwd=fresh)
    assert outcome.code == 1
    assert "CODEOWNERS:2:10: error: GitHub skips this line or reads it" in outcome.stdout


@pytest.fixture
def ask(run, git_in, team: Path):
    """Ask who somebody of an address is, as JSON and as text."""

    def whoami(address: str):
        run("codeowners", cwd=team)
        git_in(team, "config", "user.name", "Somebody")
        git_in(team, "config", "user.email", address)
        outcome = run("whoami", "--format", "json", cwd=team)
        assert outcome.code == 0
        return outcome.json, run("whoami", cwd=team).stdout

    return whoami


@pytest.mark.parametrize(
    ("address", "login", "role", "owns"),
    [
        ("MIA@acme.example", "mia", "brand_manager", 5),
        ("7+uma@users.noreply.github.com", "uma", "location_manager", 1),
        ("root@users.noreply.github.com", "root", "admin", 11),
        ("mallory@acme.example", "", None, 0),
    ],
)
def test_who_somebody_is(ask, address: str, login: str, role: str | None, owns: int):
    found, text = ask(address)
    roles = [role] if role else []
    assert (found["login"], [item["role"] for item in found["roles"]]) == (login, roles)
    assert len(found["owns"]) == owns
    assert text.startswith(f"Somebody <{address}>")
    assert all(role in text for role in roles)
    assert ("; approves their data" in text) == (role == "location_manager")


def test_nobody_is_told_how_to_become_somebody(run, fresh: Path):
    outcome = run("whoami", cwd=fresh)
    assert outcome.code == 2
    assert "git config user.name" in outcome.stderr


RULES = """\
requirements:
  - {id: legal, from: [uma, MIA@acme.example], when: {facts_change: true, channels: [web, sms]}}
  - {id: anybody, approvals: 2, why: Two look at it.}
"""
OWN_RULE = "requirements: [{id: heads, roles: [admin], when: {locations_over: 5}}]\n"


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("mia@acme.example", [("", "legal"), ("my-brand", "anybody")]),
        ("root@users.noreply.github.com", [("", "anybody"), ("my-brand", "heads")]),
        ("uma@users.noreply.github.com", [("", "legal")]),
        ("mallory@acme.example", []),
    ],
)
def test_who_is_asked_is_told(ask, team: Path, address: str, asks: list[tuple[str, str]]):
    for name, text in (("storesync.yaml", RULES), (BRAND, OWN_RULE)):
        with (team / name).open("a", encoding="utf-8") as file:
            file.write(text)
    found, text = ask(address)
    assert sorted((item["brand"], item["id"]) for item in found["asks"]) == asks
    assert text.count("asked by requirement") == len(asks)
    assert ("legal (all brands): facts_change: true, channels: web sms" in text) == (
        ("", "legal") in asks
    )
    assert found["waiting"] == []
