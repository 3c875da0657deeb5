"""`storesync doctor`: a sound repository passes, and each fault is found, named and mended."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from host import Host
from installed import install

from storesync.approval.ruleset import rulesets
from storesync.errors import UserError
from storesync.plugins.guards import Finding, Inspection, Sight

WORKFLOWS = ".github/workflows"
SET_UP = ".github/actions/set-up/action.yaml"


def results(outcome) -> dict[str, str]:
    """Return what did not pass: check -> result, the worst of each."""
    problems = outcome.json["problems"]
    worst = {item["check"]: item["result"] for item in problems}
    return worst | {item["check"]: "fail" for item in problems if item["result"] == "fail"}


@pytest.fixture(autouse=True)
def _known(request: pytest.FixtureRequest, git_in) -> None:
    """Let Git know who works in the repositories of these tests."""
    for name in {"fresh", "small"} & set(request.fixturenames):
        folder = request.getfixturevalue(name)
        git_in(folder, "config", "user.name", "Ada Author")
        git_in(folder, "config", "user.email", "ada@example.com")


@pytest.mark.slow
def test_a_new_repository_is_well(run, fresh: Path):
    outcome = run("doctor", "--format", "json", cwd=fresh)
    assert outcome.code == 0
    assert outcome.json["ok"] is True
    assert results(outcome) == {"secrets": "cannot_see"}
    assert run("doctor", "--strict", cwd=fresh).code == 1
    text = run("doctor", cwd=fresh).stdout
    assert "ok          workflows: 5 workflows are as this version writes them" in text
    quiet = run("doctor", "-q", cwd=fresh).stdout
    assert quiet.startswith("cannot see  secrets")


def _track_work_files(folder: Path, git_in) -> None:
    (folder / ".storesync").mkdir(exist_ok=True)
    (folder / ".storesync/cache.json").write_text("{}")
    git_in(folder, "add", "-f", ".storesync/cache.json")


def _show_work_files(folder: Path, _git) -> None:
    (folder / ".gitignore").unlink()
    shutil.rmtree(folder / ".storesync", ignore_errors=True)
    (folder / ".storesync").mkdir()
    (folder / ".storesync/cache.json").write_text("{}")


def _name(text: str) -> Callable[[Path, object], None]:
    """Return what commits a setting."""

    def change(folder: Path, git_in) -> None:
        path = folder / "storesync.yaml"
        path.write_text(path.read_text() + text)
        git_in(folder, "commit", "-qam", "Set")

    return change


def _rewrite(path: str, old: str, new: str) -> Callable[[Path, object], None]:
    def change(folder: Path, _git) -> None:
        text = (folder / path).read_text()
        assert old in text
        (folder / path).write_text(text.replace(old, new))

    return change


def _remove(path: str) -> Callable[[Path, object], None]:
    return lambda folder, _git: (folder / path).unlink()


def _close(folder: Path, git_in) -> None:
    """Let a channel go where no outbox may be."""
    _rewrite("storesync.yaml", "{plugin: outbox}", "{options: {folder: brands}}")(folder, git_in)
    git_in(folder, "commit", "-qam", "Set")


def _share(folder: Path, git_in) -> None:
    git_in(folder.parent, "clone", "-q", "--bare", str(folder), "shared.git")
    git_in(folder, "remote", "add", "origin", "../shared.git")


def _owners(folder: Path, git_in) -> None:
    _name("admins: [robin]\n")(folder, git_in)
    (folder / ".github/CODEOWNERS").write_text("* @somebody-else\n")


def _lose(folder: Path, git_in) -> None:
    git_in(folder, "branch", "-D", "storesync/ledger")


def _tear(folder: Path, git_in) -> None:
    """Rewrite the ledger's lines: something was published there that nobody knows of now."""
    tree = git_in(folder, "rev-parse", "HEAD^{tree}").strip()
    commit = git_in(folder, "commit-tree", tree, "-m", "Other files").strip()
    git_in(folder, "update-ref", "refs/heads/storesync/ledger", commit)


FAULTS = [
    ("tracked", _track_work_files, {"work-files": "fail", "ledger": "fail"}),
    ("not ignored", _show_work_files, {"work-files": "fail"}),
    ("owners", _owners, {"codeowners": "fail"}),
    ("lost", _lose, {"ledger": "fail"}),
    ("torn", _tear, {"ledger": "fail"}),
    ("no remote", _name("ledger: {remote: nowhere}\n"), {"ledger": "fail"}),
    ("not shared", _share, {"ledger-shared": "fail", "schedule-alive": "cannot_see"}),
    ("missing", _remove(f"{WORKFLOWS}/comment.yaml"), {"workflows": "fail"}),
    ("set-up", _remove(SET_UP), {"workflows-version": "fail"}),
    ("old", _rewrite(SET_UP, "==0", "==9"), {"workflows-version": "fail"}),
    (
        "rights",
        _rewrite(f"{WORKFLOWS}/validate.yaml", "s: read", "s: write"),
        {"workflows": "cannot_see"},
    ),
    ("cron", _rewrite(f"{WORKFLOWS}/publish.yaml", "3-58/5", "7"), {}),
    (
        "secret",
        _rewrite(
            f"{WORKFLOWS}/publish.yaml",
            "          # Secrets of",
            "          SMS: ${{ secrets.SMS }}\n          # Secrets of",
        ),
        {},
    ),
    (
        "no plug-in",
        _name("plugins: [outbox, acme]\nforge: {plugin: acme}\n"),
        {"baseline": "fail", "forge": "fail"},
    ),
    ("channels", _close, {"channels": "fail"}),
    ("settings", _name("format: 1\n"), {"settings": "fail", "codeowners": "fail"}),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "expected"), [row[1:] for row in FAULTS], ids=[r[0] for r in FAULTS]
)
def test_a_fault_is_found(run, small: Path, git_in, damage, expected):
    damage(small, git_in)
    outcome = run("doctor", "--format", "json", cwd=small)
    found = results(outcome)
    found.pop("secrets", None)
    assert found == expected, outcome.json
    assert outcome.code == ("fail" in expected.values())
    for item in outcome.json["problems"]:
        assert item["message"]
        assert item["hint"], item


@pytest.mark.slow
def test_a_shallow_clone_is_found(run, shallow: Path):
    found = results(run("doctor", "--format", "json", cwd=shallow))
    assert found["clone-depth"] == "fail"


@pytest.mark.slow
def test_a_clock_that_is_wrong_is_found(run, fresh: Path):
    assert run("publish", "--at", "2150-01-01", cwd=fresh).code == 0
    outcome = run("doctor", "--format", "json", cwd=fresh)
    assert results(outcome)["clock"] == "fail"
    [said] = [item["message"] for item in outcome.json["problems"] if item["check"] == "clock"]
    assert "days ahead of this clock" in said


@pytest.mark.slow
def test_a_run_a_moment_ago_is_a_sign_of_life(run, fresh: Path, git_in):
    git_in(fresh, "remote", "add", "origin", "../nowhere")
    assert run("publish", cwd=fresh).code == 0
    outcome = run("doctor", cwd=fresh)
    assert (
        "ok          schedule-alive: the last run that was heard of was 0 min ago" in outcome.stdout
    )


@pytest.mark.slow
def test_a_silent_schedule_is_found_and_the_next_run_leaves_word(
    run, fresh: Path, commit, git_in, tmp_path: Path
):
    text = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    commit(fresh, {"storesync.yaml": f"{text}ledger: {{remote: origin}}\n"})
    git_in(fresh, "clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    git_in(fresh, "remote", "add", "origin", str(tmp_path / "hub.git"))
    before = datetime.now(UTC) - timedelta(days=3)
    assert run("publish", "--at", before.isoformat(), cwd=fresh).code == 0
    assert results(run("doctor", "--format", "json", cwd=fresh))["schedule-alive"] == "fail"
    assert "nothing to do" in run("publish", cwd=fresh).stdout
    told = run("status", "--format", "json", cwd=fresh).json["runs"]
    assert datetime.fromisoformat(told["heard"]) > datetime.now(UTC) - timedelta(minutes=5)
    assert datetime.fromisoformat(told["last"]) < before + timedelta(minutes=5)
    assert "schedule-alive" not in results(run("doctor", "--format", "json", cwd=fresh))
    tip = git_in(tmp_path / "hub.git", "rev-parse", "storesync/ledger")
    assert run("publish", cwd=fresh).code == 0  # not again within the hour
    assert git_in(tmp_path / "hub.git", "rev-parse", "storesync/ledger") == tip


@pytest.fixture
def old_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Git that says to be an older one, and is a real one in all else."""
    from storesync.source import command

    program = tmp_path / "bin/git"
    program.parent.mkdir()
    real = shutil.which("git")
    old = 'for word; do [ "$word" = version ] && echo "git version 2.37.9" && exit; done'
    program.write_text(f'#!/bin/sh\n{old}\nexec {real} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    command._program.cache_clear()
    yield
    command._program.cache_clear()


@pytest.mark.slow
def test_an_old_git_is_found(run, fresh: Path, old_git):
    outcome = run("doctor", "--format", "json", cwd=fresh)
    assert results(outcome)["git-version"] == "fail"


@pytest.mark.slow
def test_outside_of_a_repository_it_says_so(run, tmp_path: Path):
    assert run("doctor", cwd=tmp_path).code == 2


@pytest.mark.slow
def test_no_secret_is_shown(run, fresh: Path, monkeypatch: pytest.MonkeyPatch):
    mine = ("RECORD_KEY", "DIGEST_URL", "SMTP_USER", "SMTP_PASSWORD")
    for name in ("GITHUB_TOKEN", "GH_TOKEN", *(f"STORESYNC_{part}" for part in mine)):
        monkeypatch.setenv(name, "ghp_S3CRET")
    outcome = run("doctor", cwd=fresh)
    assert "ok          secrets: " in outcome.stdout
    assert "S3CRET" not in outcome.stdout + outcome.stderr


@pytest.mark.slow
def test_fix_prints_rule_sets_and_nothing_else(run, fresh: Path, git_in):
    _name("forge: {branch: live}\n")(fresh, git_in)
    outcome = run("doctor", "--fix", cwd=fresh)
    assert outcome.code == 0
    assert "git-version" in outcome.stderr
    refs = [rule["conditions"]["ref_name"]["include"] for rule in outcome.json]
    assert refs == [
        ["refs/heads/live"], ["refs/heads/storesync/ledger"], ["refs/tags/storesync/genesis"]
    ]  # fmt: skip


def test_the_rule_sets_close_what_is_known_to_be_open():
    rules = rulesets("main", "storesync/ledger", "storesync/genesis")
    for item in rules:
        kinds = {rule["type"] for rule in item["rules"]}
        assert {"deletion", "non_fast_forward"} <= kinds
        assert item["bypass_actors"] == []
        assert item["enforcement"] == "active"
    of_main = {rule["type"]: rule.get("parameters") for rule in rules[0]["rules"]}
    review = of_main["pull_request"]
    assert review["required_approving_review_count"] >= 1
    assert review["require_code_owner_review"]
    assert review["require_last_push_approval"]
    [check] = of_main["required_status_checks"]["required_status_checks"]
    assert check == {"context": "validate", "integration_id": 15368}
    json.dumps(rules)


class Telling(Host):
    """A host that tells what guards its branches; the ledger's may be deleted."""

    def inspect(self, inspection: Inspection) -> list[Finding]:
        self._called()
        kept = Sight.PASS if inspection.branch == "main" else Sight.FAIL
        seen = inspection.workflow == "publish.yaml" and inspection.environment == "publish"
        return [
            Finding("branch-history", kept, f"{inspection.branch} is kept", "add a rule"),
            Finding("branch-bypass", Sight.CANNOT_SEE, "hidden", "the token needs: x"),
            Finding("schedule", Sight.PASS if seen else Sight.FAIL, "on"),
        ]


PLUG_IN = """
made = None

def open_acme(setting):
    return made(setting)
"""


@pytest.fixture
def asked(run, fresh: Path, git_in, tmp_path: Path, monkeypatch) -> Callable[..., dict[str, str]]:
    """Install a forge, let the command ask it, and return check -> result of what it was asked."""
    install(tmp_path / "site", monkeypatch, "forges", "acme = acme_forge:open_acme", PLUG_IN)
    _name("plugins: [outbox, acme]\nforge: {plugin: acme}\n")(fresh, git_in)
    (fresh / ".github/CODEOWNERS").write_text("* @mia @ben @acme/brand mia@example.com\n")

    def ask(make: Callable[..., Host]) -> dict[str, str]:
        module = importlib.import_module("acme_forge")
        module.made = make
        outcome = run("doctor", "--format", "json", cwd=fresh)
        text = run("doctor", cwd=fresh).stdout
        others = {"codeowners", "baseline", "secrets"}
        passed = dict.fromkeys(re.findall(r"^ok +([a-z-]+):", text, re.MULTILINE), "pass")
        found = {**passed, **results(outcome)}
        return {name: result for name, result in found.items() if name not in others | LOCAL}

    yield ask
    sys.modules.pop("acme_forge", None)


LOCAL = {
    *(
        "channels",
        "git-version",
        "clone-depth",
        "work-files",
        "archive",
        "ledger",
        "ledger-shared",
        "clock",
    ),
    *("schedule-alive", "workflows", "workflows-version"),
}
ALL_WELL = {"forge": "pass", "forge-login": "pass", "owners-write": "pass"}


@pytest.mark.slow
def test_a_host_is_asked_what_guards_its_branches(asked, fresh: Path):
    assert asked(lambda _: Telling(fresh)) == {
        **ALL_WELL,
        "branch-history": "pass",
        "branch-bypass": "cannot_see",
        "schedule": "pass",
        "ledger-branch": "fail",
    }
    assert asked(lambda _: Telling(fresh, writers={"mia"}))["owners-write"] == "fail"


@pytest.mark.slow
def test_a_host_that_tells_nothing_is_no_good_sign(asked, fresh: Path):
    assert asked(lambda _: Host(fresh)) == {**ALL_WELL, "branch": "cannot_see"}


@pytest.mark.slow
@pytest.mark.parametrize("call", range(4))
def test_whatever_a_host_does_not_answer_cannot_be_seen(asked, fresh: Path, call):
    found = asked(lambda _: Telling(fresh, down=call))
    lost = ["forge-login", "owners-write", "branch", "ledger-branch"][call]
    assert found[lost] == "cannot_see"
    assert found["forge"] == "pass"


@pytest.mark.slow
def test_a_host_that_does_not_open_has_failed(asked):
    def refuse(_setting: object) -> Host:
        raise UserError("no token", hint="set GITHUB_TOKEN")

    assert asked(refuse) == {"forge": "fail"}
