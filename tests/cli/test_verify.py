"""`verify` tells what is wrong with the ledger and with what is live, and puts the ledger back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

import pytest

from storesync.ledger.campaign import to_summary
from storesync.ledger.index import FORMAT, digest_of
from storesync.ledger.layout import BRANCH, INDEX
from storesync.ledger.segment import encode
from storesync.ledger.store import LedgerStore
from storesync.render.artifact import canonical_json
from storesync.source.cache import MemoryCache
from storesync.source.git import Repository

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 22, 17, tzinfo=UTC)


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(["git", "-C", folder, *args], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def tamper(folder: Path, old: str, new: str, where: str = "ledger/*/*/*.jsonl") -> None:
    """Change a text in the ledger, as somebody who may push would."""
    spare = folder.parent / "spare"
    git(folder, "worktree", "add", "-q", str(spare), "storesync/ledger")
    path = next(spare.glob(where))
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    git(spare, "commit", "-qam", "Tamper")
    git(folder, "worktree", "remove", str(spare))


def _path(folder: Path, where: str) -> str:
    """Return the path of the ledger's one file that a pattern matches."""
    paths = git(folder, "ls-tree", "-r", "--name-only", "storesync/ledger").split()
    [found] = [path for path in paths if PurePath(path).match(where) and "/journal/" not in path]
    return found


def test_all_is_well(run, small):
    outcome = run("verify", "--live", cwd=small)
    assert (outcome.code, "FAIL" in outcome.stdout) == (0, False)
    assert "deliveries are as the ledger says" in outcome.stdout
    assert run("verify", "--format", "json", cwd=small).json == {"ok": True, "problems": []}


def test_before_anything_was_published(run, fresh):
    assert "nothing was published yet" in run("verify", cwd=fresh).stdout


def test_before_anything_was_adopted_nothing_is_proven(run, fresh, commit):
    text = (fresh / "storesync.yaml").read_text()
    commit(fresh, {"storesync.yaml": f"{text}forge: {{prove: true}}\n"})
    outcome = run("verify", cwd=fresh)
    assert (outcome.code, "FAIL        approvals: nothing was adopted" in outcome.stdout) == (
        1,
        True,
    )


def test_a_damaged_ledger_is_told_and_put_back(run, small):
    before = git(small, "ls-tree", "-r", "storesync/ledger", "ledger")
    tamper(small, '"live"', '"lost"')
    outcome = run("verify", "--format", "json", cwd=small)
    assert outcome.code == 1
    problem, *_ = outcome.json["problems"]
    assert (problem["check"], problem["result"]) == ("ledger", "fail")
    assert problem["message"].startswith("ledger/")
    assert "--repair" in problem["hint"]
    outcome = run("verify", "--repair", cwd=small)
    assert (outcome.code, "put back as of" in outcome.stdout) == (0, True)
    assert git(small, "ls-tree", "-r", "storesync/ledger", "ledger") == before
    outcome = run("publish", "--at", "2026-11-22T16:05:00Z", cwd=small)
    assert (outcome.code, "nothing to do" in outcome.stdout) == (0, True)


def test_a_damaged_journal_is_put_back_too(run, small):
    git(small, "config", "user.name", "Somebody")
    git(small, "config", "user.email", "somebody@example.com")
    args = ("hold", "--all", "-m", "Flood", "--until", "2026-11-23", "--at", "2026-11-22T16:01Z")
    assert run(*args, cwd=small).code == 0
    tamper(small, "Flood", "Blood", "ledger/journal/*.jsonl")
    assert run("publish", "--at", "2026-11-22T16:05:00Z", cwd=small).code == 2
    assert run("verify", cwd=small).code == 1
    assert run("verify", "--repair", cwd=small).code == 0
    assert run("publish", "--at", "2026-11-22T16:05:00Z", cwd=small).code == 0


def test_a_campaign_whose_last_line_was_taken_off_is_put_back_too(run, small):
    before = git(small, "ls-tree", "-r", "storesync/ledger", "ledger")
    where = "ledger/*/*/*.jsonl"
    for _ in range(2):  # each by a commit of its own: the newest with a sound chain is too short
        last = git(small, "show", f"storesync/ledger:{_path(small, where)}").splitlines()[-1]
        tamper(small, f"{last}\n", "", where)
    (small / ".git/storesync-ledger-tip").unlink()  # as in a new clone
    assert "lines at the end of this campaign are gone" in run("verify", cwd=small).stdout
    outcome = run("verify", "--repair", cwd=small)
    assert (outcome.code, "put back as of" in outcome.stdout) == (0, True), outcome
    assert git(small, "ls-tree", "-r", "storesync/ledger", "ledger") == before


def test_what_a_newer_version_wrote_is_not_taken_out(run, small):
    repository = Repository.find(small)
    ledger = LedgerStore(repository, MemoryCache()).read(at=AT)
    [campaign] = ledger.campaigns.values()
    path = _path(small, "ledger/*/*/*.jsonl")
    raw = git(small, "show", f"storesync/ledger:{path}").encode() + b"\n"
    line, _ = encode({"type": "sealed"}, campaign.length + 1, campaign.last_hash)
    repository.commit_files(BRANCH, {path: raw + line}, "New", expected=ledger.tip, when=AT)
    before = git(small, "rev-parse", "storesync/ledger")
    outcome = run("verify", "--repair", cwd=small)
    assert (outcome.code, "a newer StoreSync wrote lines" in outcome.stdout) == (1, True), outcome
    assert git(small, "rev-parse", "storesync/ledger") == before


def test_of_two_ledgers_that_were_merged_neither_is_taken_out(run, small, tmp_path):
    """Each was written alone; both say what was sent, and a run would send what one forgot."""
    other = shutil.copytree(small, tmp_path / "other")
    for folder in (small, other):
        campaign = folder / "brands/my-brand/campaigns/welcome/campaign.yaml"
        campaign.write_text(campaign.read_text().replace("Good to", "Lovely to"))
        git(folder, "commit", "--quiet", "--all", "--message", "Say it nicer")
        assert run("publish", "--force", "--at", "2026-11-22T16:05Z", cwd=folder).code == 0
    git(small, "worktree", "add", "--quiet", str(tmp_path / "ledger"), "storesync/ledger")
    git(tmp_path / "ledger", "fetch", "--quiet", str(other), "storesync/ledger")
    options = ("-c", "user.name=X", "-c", "user.email=x@y.example")
    merge = ("merge", "--quiet", "--strategy-option=ours", "--message", "By hand", "FETCH_HEAD")
    git(tmp_path / "ledger", *options, *merge)
    assert run("publish", "--at", "2026-11-22T16:10Z", cwd=small).code == 1
    before = git(small, "rev-parse", "storesync/ledger")
    outcome = run("verify", "--repair", cwd=small)
    assert (outcome.code, "two ledgers were merged" in outcome.stdout) == (1, True), outcome
    assert git(small, "rev-parse", "storesync/ledger") == before


def test_an_index_of_the_ledger_that_is_false_is_told_and_deleted(run, small):
    repository = Repository.find(small)
    now = LedgerStore(repository, MemoryCache()).read(at=AT)
    [(name, campaign)] = now.campaigns.items()
    said = to_summary(campaign) | {"length": 99}
    said["digest"] = digest_of(now.genesis.hash, now.files.campaigns[name])
    data = canonical_json({"v": FORMAT, "campaigns": {str(name): said}})
    repository.commit_files(BRANCH, {INDEX: data}, "Forge", expected=now.tip, when=AT)
    assert run("status", "--offline", cwd=small).code == 0
    outcome = run("verify", cwd=small)
    assert (outcome.code, f"{INDEX}: it says of {name}" in outcome.stdout) == (1, True), outcome
    outcome = run("verify", "--repair", cwd=small)
    assert (outcome.code, f"{INDEX}: deleted" in outcome.stdout) == (0, True), outcome
    assert run("verify", cwd=small).code == 0


def test_what_is_missing_at_its_channel_is_told(run, small):
    page = next((small / ".storesync/outbox").rglob("page.html"))
    for path in [*page.parent.iterdir()]:
        path.unlink()
    outcome = run("verify", "--live", cwd=small)
    assert outcome.code == 1
    assert f"{page.parts[-4]} web" in outcome.stdout
    assert run("verify", cwd=small).code == 0
    # What the hint says helps: publishing again, or what failed, would not.
    assert (
        "hint: put it out anew: storesync recall my-brand/welcome --location ID" in outcome.stdout
    )
    git(small, "config", "user.name", "Somebody")
    git(small, "config", "user.email", "somebody@example.com")
    for word, minute in (("recall", 5), ("resume", 6)):
        at = f"2026-11-22T16:0{minute}:00Z"
        args = ("welcome", "--location", page.parts[-4], "-m", "Page is gone", "--at", at)
        assert run(word, *args, cwd=small).code == 0
        assert run("publish", "--at", at, cwd=small).code == 0
    assert run("verify", "--live", cwd=small).code == 0


def test_a_second_baseline_needs_a_reason(run, small):
    git(small, "config", "user.name", "Somebody")
    git(small, "config", "user.email", "somebody@example.com")
    outcome = run("verify", "--adopt", cwd=small)
    assert (outcome.code, "reason" in outcome.stderr) == (2, True)
    assert run("verify", "--adopt", "-m", "Moved to another host", cwd=small).code == 0
    assert run("publish", "--at", "2026-11-22T16:05:00Z", cwd=small).code == 0


@pytest.mark.parametrize(("hours", "code"), [(0, 0), (1, 2)])
def test_a_clock_behind_what_it_adopts_adopts_nothing(run, small, monkeypatch, hours, code):
    git(small, "config", "user.name", "Somebody")
    git(small, "config", "user.email", "somebody@example.com")
    later = datetime.now(UTC) + timedelta(hours=hours, minutes=5)
    monkeypatch.setenv("GIT_COMMITTER_DATE", later.isoformat())
    git(small, "commit", "--quiet", "--allow-empty", "--message", "Later")
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    outcome = run("verify", "--adopt", "-m", "Looked at", cwd=small)
    assert (outcome.code, "is dated" in outcome.stderr) == (code, code == 2), outcome.stderr


def test_what_nobody_has_merged_is_no_baseline(run, small):
    """Nothing could be published after it: the published branch does not go on from there."""
    git(small, "config", "user.name", "Somebody")
    git(small, "config", "user.email", "somebody@example.com")
    git(small, "switch", "--quiet", "--create", "mine")
    assert run("verify", "--adopt", "-m", "The same commit", cwd=small).code == 0
    git(small, "commit", "--quiet", "--allow-empty", "--message", "Mine")
    outcome = run("verify", "--adopt", "-m", "Mine", cwd=small)
    assert (outcome.code, "you are on mine, which is not merged" in outcome.stderr) == (2, True)
    git(small, "switch", "--quiet", "main")
    assert run("publish", "--at", "2026-11-22T16:05:00Z", cwd=small).code == 0


def test_only_who_has_a_role_adopts(run, copy_of, published):
    folder = copy_of(published)
    git(folder, "config", "user.name", "Uma")
    git(folder, "config", "user.email", "uma@harbor-coffee.example.com")
    outcome = run("verify", "--adopt", "-m", "Mine", cwd=folder)
    assert (outcome.code, "no role" in outcome.stderr) == (2, True)
    git(folder, "config", "user.email", "robin@harbor-coffee.example.com")
    assert run("verify", "--adopt", "-m", "Ours", cwd=folder).code == 0
