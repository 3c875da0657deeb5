"""Whoever may push, or write to the ledger, gets nothing out and stops nothing that is approved."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from commits import commit_on

from storesync.app.context import Context, Options
from storesync.builtin.local_notes import REVIEWS
from storesync.ledger import entry
from storesync.ledger.entry import JournalKind, Terms
from storesync.ledger.layout import CampaignId
from storesync.ledger.store import LedgerStore
from storesync.plugins.forge import (
    MergeRequest,
    ProposalQuery,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.plugins.protocols import DeliveryState
from storesync.source.cache import MemoryCache
from tests.publish.test_proof import (
    CAMPAIGN,
    FILES,
    MAIN,
    SECOND,
    SETTINGS,
    SHOP,
    TEMPLATE,
    Office,
    edited,
)

pytestmark = pytest.mark.slow
OTHER = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Free beer") + "priority: 1\n"
LONG = "<p>{{ headline }} {{ location_name }}</p>\n" + "".join(f"<i>{n}</i>\n" for n in range(12))
RULE = "requirements:\n  - {id: legal, when: {locations_over: 1}, from: [ben], approvals: 1}\n"
KEY = "only-the-publisher-has-it"


@pytest.fixture
def office(adopted) -> Office:
    return adopted(FILES)


def forge_lines(office: Office, *lines: dict[str, Any], minute: int = 5) -> None:
    """Write lines to the ledger's journal, as somebody who may push to it would."""
    now = datetime(2026, 11, 22, 12, minute, tzinfo=UTC)
    context = Context(Options(directory=office.root), now)
    store = LedgerStore(context.repository, MemoryCache())
    writer = store.writer(store.read(at=now), f"forged-{secrets.token_hex(4)}")
    writer.append_journal(list(lines), at=now)
    office.minute = 20


def record(commit: str, base: str, minute: int = 5, **more: Any) -> dict[str, Any]:
    """Return a record that nobody proved."""
    fields = {
        "commit": commit,
        "base": base,
        "proposal": "9",
        "head": commit,
        "author": "zoe",
        "codeowners": "",
        "reviewers": [],
        "requirements": [],
        "plan": "",
        "campaigns": {},
        "ratifies": [],
        "tool": "forged",
    }
    at = datetime(2026, 11, 22, 12, minute, tzinfo=UTC)
    return entry.approval({**fields, **more}, at=at)


def proposed(office: Office, files: dict[str, str], approve: str) -> tuple[Any, str]:
    """Propose files and have them approved; they are not merged yet."""
    office.be("zoe")
    office.minute += 1
    branch = f"p-{office.minute}"
    head = commit_on(office.root, branch, files, "Change", MAIN)
    proposal = office.forge().submit(Submission(branch, head, "Change", "", 5e4))
    office.be(approve)
    office.forge().review(Verdict(proposal, ReviewState.APPROVED, "", 5e4 + 1))
    return proposal, head


def merge(office: Office, proposal: Any, head: str) -> None:
    [now] = office.forge().proposals(ProposalQuery(branch=proposal.branch))
    office.forge().merge(MergeRequest(now, head, "Merge", 6e4))


def test_what_was_pushed_into_a_file_after_its_approval_does_not_ride_along(office):
    office.land({TEMPLATE: LONG}, approve="mia")
    assert office.publish().code == 0
    change = LONG.replace("<i>11</i>", "<i>eleven</i>")
    proposal, head = proposed(office, {TEMPLATE: change}, "mia")
    office.push({TEMPLATE: LONG.replace("{{ headline }}", "Free beer")})
    office.publish()
    merge(office, proposal, head)
    assert office.publish().code == 0  # told before
    assert "Free beer" not in office.page("leith")
    office.push({TEMPLATE: change}, who="robin")
    office.publish()
    assert "eleven" in office.page("leith")  # what was approved goes out once the rest is gone


def test_what_was_pushed_after_a_revision_was_approved_is_not_ratified(office):
    raised = {CAMPAIGN: FILES[CAMPAIGN] + "revision: 1\n"}
    proposal, head = proposed(office, raised, "mia")
    office.push({TEMPLATE: "<p>Free beer {{ headline }} {{ location_name }}</p>"})
    office.publish()
    merge(office, proposal, head)
    office.publish()
    assert "Free beer" not in office.page("leith")


def test_the_plan_of_a_revision_shows_what_nobody_saw(office):
    office.push({TEMPLATE: "<p>Free beer {{ headline }} {{ location_name }}</p>"})
    office.publish()
    office.be("ben")
    (office.root / CAMPAIGN).write_text(FILES[CAMPAIGN] + "revision: 1\n")
    plan = office.run("-C", office.root, "submit", "promo", "-m", "Revision").stdout
    assert "2 to update" in plan
    office.be("mia")
    assert "2 to update" in office.run("-C", office.root, "approve", "--merge").stdout
    office.git("switch", "-q", "main")
    office.publish()
    assert "Free beer" in office.page("leith")


def test_a_proposal_shows_what_it_puts_out_and_not_what_stays_in(office):
    office.push({TEMPLATE: "<p>Free beer {{ headline }} {{ location_name }}</p>"})
    office.be("ben")
    (office.root / SHOP).write_text(FILES[SHOP].replace("Leith\n", "Leith Walk\n", 1))
    assert "1 to update" in office.run("-C", office.root, "submit").stdout
    (office.root / TEMPLATE).write_text("<p>Beer {{ headline }} {{ location_name }}</p>")
    assert "2 to update" in office.run("-C", office.root, "submit").stdout  # with what it touches


def test_submit_raises_the_revision_of_what_nobody_approved(office):
    office.push({TEMPLATE: "<p>Free beer {{ headline }} {{ location_name }}</p>"})
    office.publish()
    office.be("ben")
    outcome = office.run("-C", office.root, "submit", "promo", "-m", "As it stands")
    assert "nobody approved what is merged of acme/promo: revision 1" in outcome.stderr
    assert "2 to update" in outcome.stdout
    office.git("switch", "-q", "main")
    assert (office.root / CAMPAIGN).read_text() == FILES[CAMPAIGN]
    outcome = office.run("-C", office.root, "submit", "promo")  # once is enough
    assert "updated ben/promo: As it stands (nothing new to commit)" in outcome.stdout
    office.be("mia")
    assert office.run("-C", office.root, "approve", "ben/promo", "--merge").code == 0
    office.git("switch", "-q", "main")
    assert office.publish().code == 0
    assert "Free beer" in office.page("leith")
    assert (office.root / CAMPAIGN).read_text() == FILES[CAMPAIGN] + "revision: 1\n"
    outcome = office.run("-C", office.root, "submit", "promo")
    assert "nothing is changed in brands/acme/campaigns/promo" in outcome.stderr


def test_what_nobody_approved_waits_for_who_decides_for_the_brand(office):
    assert office.run("-C", office.root, "digest").stdout == "nothing waits for anybody\n"
    commit = office.push({TEMPLATE: "<p>Free beer {{ headline }} {{ location_name }}</p>"})
    told = json.loads(office.run("-C", office.root, "digest", "--format", "json").stdout)
    assert [item["who"] for item in told["letters"]] == ["ben", "mia"]
    [held] = told["letters"][0]["unapproved"]
    assert (held["brand"], held["campaign"], held["deliveries"]) == ("acme", "promo", 2)
    assert held["reason"].startswith(commit[:12])
    text = office.run("-C", office.root, "digest").stdout
    assert "acme/promo: merged, and nobody approved it: 2 deliveries are held" in text


def test_submit_raises_no_revision_of_what_others_see_alike(office):
    office.push({"brands/acme/notes.md": "Nobody sees this"})
    office.publish()
    office.be("ben")
    outcome = office.run("-C", office.root, "submit", "promo")
    assert (outcome.code, "nothing is changed" in outcome.stderr) == (2, True)


def test_submit_leaves_no_revision_behind_where_the_commit_is_refused(office):
    office.push(edited("Free beer"))
    office.publish()
    office.be("ben")
    hook = office.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert office.run("-C", office.root, "submit", "promo").code == 2
    assert office.git("status", "--porcelain", "--branch") == "## main"


def test_owners_pushed_past_review_approve_nothing(office):
    office.push({".github/CODEOWNERS": "* @zoe @robin\n"})
    office.publish()
    office.be("ben")
    (office.root / CAMPAIGN).write_text(edited("Bonjour")[CAMPAIGN])
    office.run("-C", office.root, "submit", "promo", "-m", "New words")
    office.be("zoe")
    assert office.run("-C", office.root, "approve", "--merge").code != 0
    office.be("mia")
    assert office.run("-C", office.root, "approve", "--merge").code == 0
    office.git("switch", "-q", "main")
    office.publish()
    assert "Bonjour Leith" in office.page("leith")


@pytest.mark.parametrize(
    ("pushed", "more"),
    [
        pytest.param([{SECOND: OTHER}, {"README.md": "x"}], {}, id="spans two commits"),
        pytest.param([{SECOND: OTHER}], {"minute": 21}, id="bears the time of the run"),
        pytest.param([{SHOP: FILES[SHOP].replace("Leith", "Evil", 1)}], {}, id="of a location"),
    ],
)
def test_a_forged_record_is_read_again_before_a_first_send(office, pushed, more):
    base = office.git("rev-parse", "HEAD")
    for files in pushed:
        last = office.push(files)
    forge_lines(office, record(last, base, **more), minute=more.get("minute", 5))
    if SECOND not in pushed[0]:
        office.land({SECOND: OTHER.replace("Free beer", "Welcome")}, approve="ben")
    office.publish("--campaign", "other") if SECOND not in pushed[0] else office.publish()
    shown = office.page("leith", "other")
    assert "Evil" not in shown
    assert "Free beer" not in shown


def forge_sent(office: Office, fingerprints: Iterable[str]) -> None:
    """Write to a campaign's ledger that something was sent once, and failed."""
    now = datetime(2026, 11, 22, 12, office.minute, tzinfo=UTC)
    context = Context(Options(directory=office.root), now)
    store = LedgerStore(context.repository, MemoryCache())
    ledger = store.read(at=now)
    old = next(x.fields for x in ledger.lines("acme", "promo") if x.fields["type"] == "intent")
    lines = []
    for key in fingerprints:
        lines.append({**old, "key": key, "fingerprint": key})
        failed = DeliveryState.FAILED
        lines.append(entry.settled(key, failed, who="zoe", reason="x", at=now))
    writer = store.writer(ledger, f"forged-{secrets.token_hex(4)}")
    writer.append({CampaignId("acme", "promo"): lines}, at=now)


@pytest.mark.parametrize("back", [False, True])
def test_a_forged_line_of_what_was_sent_approves_nothing_that_never_was(office, back):
    """Only what was proven once is gone back to, whatever a line says was sent."""
    legal = "requirements:\n  - {id: legal, when: {facts_change: true}, from: [ben]}\n"
    office.land({"storesync.yaml": SETTINGS + legal}, approve="mia")
    office.land(edited("Open till 6"), approve="ben")  # approved, and never sent
    office.land(edited("Hello"), approve="ben")
    assert office.publish().code == 0
    wanted = edited("Open till 6" if back else "Open till 7")
    office.be("zoe")
    office.git("switch", "-q", "-c", "trial")
    office.write(wanted)
    office.git("switch", "-q", "main")
    plan = office.run(
        *("-C", office.root, "plan", "--base", "main", "--head", "trial", "--format", "json")
    ).json
    forge_sent(office, [change["fingerprint"] for change in plan["changes"]])
    office.land(wanted, approve="mia")
    outcome = office.publish()
    assert (outcome.code == 0) is back, outcome.stdout
    assert ("Hello Leith" in office.page("leith")) is not back


def test_a_forged_ratification_by_a_commit_elsewhere_is_read_again(office):
    office.push({SECOND: OTHER})
    base = office.git("rev-parse", "HEAD")
    last = office.push({"README.md": "harmless"})
    forge_lines(office, record(last, base, ratifies=["acme/other"]))
    office.publish()
    assert office.page("leith", "other") == ""


@pytest.mark.parametrize("key", ["", KEY])
def test_a_forged_record_updates_nothing_that_is_live(office, monkeypatch, key):
    if key:
        monkeypatch.setenv("STORESYNC_RECORD_KEY", key)
    base = office.git("rev-parse", "HEAD")
    forge_lines(office, record(office.push(edited("Free beer")), base))
    office.publish()
    assert "Hello Leith" in office.page("leith")


@pytest.mark.parametrize("options", [["--only-failed"], []])
def test_reviews_that_are_gone_stop_another_try_at_what_failed(office, options):
    place = office.root / ".storesync/outbox/acme/promo/leith"
    shutil.rmtree(place)
    place.write_text("mine")
    office.land(edited("Bonjour"), approve="mia")
    assert office.publish().code == 1
    place.unlink()
    office.git("update-ref", "-d", REVIEWS)
    office.minute += 0 if options else 10  # then its time has come
    office.publish(*options)
    assert office.page("leith") == ""


@pytest.mark.parametrize("proof", [True, False])
def test_a_forged_baseline_counts_for_nothing_where_there_is_a_key(office, monkeypatch, proof):
    monkeypatch.setenv("STORESYNC_RECORD_KEY", KEY)
    last = office.push({**edited("Free beer"), "storesync.yaml": SETTINGS.replace("true", "false")})
    at = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
    terms = Terms(proof, "")
    forge_lines(office, entry.adopted(commit=last, who="x", reason="x", at=at, terms=terms))
    office.publish()
    assert "Hello Leith" in office.page("leith")


def test_proof_once_asked_for_is_never_taken_back_by_a_line(office):
    base = office.git("rev-parse", "HEAD")
    at = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
    forge_lines(office, entry.adopted(commit=base, who="x", reason="x", at=at, terms=Terms()))
    office.push({"storesync.yaml": SETTINGS.replace(", prove: true", ""), **edited("Free beer")})
    office.publish()
    assert "Hello Leith" in office.page("leith")


def test_the_date_of_a_merge_sets_no_requirement_aside(office, monkeypatch):
    office.land({"storesync.yaml": SETTINGS + RULE}, approve="robin")
    office.publish()
    proposal, _ = proposed(office, edited("Now 5 % off"), "mia")
    office.be("zoe")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2040-01-01T00:00:00Z")
    office.git("merge", "-q", "--no-ff", "-m", "Merge", proposal.branch)
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    assert "legal: no approval yet" in office.publish().stdout
    assert "Hello Leith" in office.page("leith")


def test_a_waiver_written_with_an_escape_is_asked_about(office):
    waiver = "waive:\n  - {rule: yaml-folded, reason: x, until: 2027-01-01, by: mia}\n"
    hidden = waiver.replace("waive", '"w\\x61ive"')
    office.land({CAMPAIGN: FILES[CAMPAIGN] + hidden}, approve="mia")
    assert office.publish().code == 1
    [problem] = office.verify()
    assert "waiver: " in problem["message"]


def goes_on(office: Office) -> None:
    """An approved change goes out all the same."""
    office.land(edited("Bonjour"), approve="mia")
    outcome = office.publish()
    assert outcome.code in {0, 1}, outcome.stderr
    assert "Bonjour Leith" in office.page("leith")


def test_a_file_directly_in_brands_stops_nothing(office):
    office.land({"brands/README.md": "About"}, approve="mia")
    goes_on(office)


@pytest.mark.parametrize("name", ["Zo\u2028e", "Zo\x0ce", "Zo\x1fe"])
def test_names_of_authors_stop_nothing(office, monkeypatch, name):
    office.be("zoe")
    monkeypatch.setenv("GIT_AUTHOR_NAME", name)
    office.write({"README.md": "x"})
    goes_on(office)


@pytest.mark.parametrize("stamp", [b"zzz", b"-1 +0000", b"99999999999999999999999 +0000", b""])
def test_dates_of_commits_stop_nothing(office, stamp):
    office.be("zoe")
    tree, head = office.git("rev-parse", "HEAD^{tree}", "HEAD").split()
    raw = f"tree {tree}\nparent {head}\nauthor a <a@b> 1 +0000\n".encode()
    made = subprocess.run(
        ["git", "-C", office.root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=raw + b"committer a <a@b> " + stamp + b"\n\nx\n",
        capture_output=True,
        check=True,
    )
    office.git("reset", "-q", "--hard", made.stdout.decode().strip())
    goes_on(office)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "forge: {plugin: [1]}\n",
        SETTINGS.replace("r0123456789abcdef", "r0123456789abcdee"),
        SETTINGS + "channels: [x]\n",
        SETTINGS.replace("format: 1", "format: 99"),
        None,
    ],
)
def test_settings_pushed_past_review_stop_nothing(office, text):
    office.push({"storesync.yaml": text})
    for _ in range(2):
        outcome = office.publish()
        assert outcome.code in {0, 1}, outcome.stderr
    outcome = office.run("-C", office.root, "publish", "--at", "2026-12-30T12:00Z")
    assert (outcome.code in {0, 1}, office.page("leith")) == (True, "")  # what is over comes down


@pytest.mark.parametrize("path", [".github/CODEOWNERS", "storesync.yaml", CAMPAIGN, TEMPLATE])
def test_a_link_in_place_of_a_file_is_a_change(office, path):
    blob = office.git("rev-parse", f"HEAD:{path}")
    office.be("zoe")
    office.git("update-index", "--cacheinfo", f"120000,{blob},{path}")
    office.git("commit", "-q", "-m", "Link")
    office.git("reset", "-q", "--hard")
    if path == "storesync.yaml":
        (office.root / path).unlink()
        (office.root / path).write_text(SETTINGS)
    outcome = office.publish()
    assert (outcome.code in {0, 1}, "Hello Leith" in office.page("leith")) == (True, True)


def test_a_typo_of_somebody_else_is_no_reason_against_a_proposal(office):
    office.push({SECOND: "name: [Typo\n"})
    office.land({TEMPLATE: "<p>{{ headline }}! {{ location_name }}</p>"}, approve="mia")
    office.publish()
    office.push({SECOND: None}, who="robin")
    office.publish()
    assert "Hello! Leith" in office.page("leith")


def test_a_reason_that_became_another_one_is_told_again(office, monkeypatch):
    from storesync.app.proof import hosts
    from storesync.errors import UserError

    office.land(edited("Free beer"))
    real = hosts.forge_of

    def down(*_: object) -> None:
        raise UserError("down")

    monkeypatch.setattr(hosts, "forge_of", down)
    assert office.publish().code == 1
    monkeypatch.setattr(hosts, "forge_of", real)
    assert office.publish().code == 1
    assert office.publish().code == 0


def test_an_empty_commit_is_asked_about_once(office, monkeypatch):
    office.be("zoe")
    office.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    office.publish()
    monkeypatch.setattr("storesync.app.proof.hosts.forge_of", None)
    assert office.publish().code == 0


def test_verify_is_not_fooled_by_the_name_of_a_file(office):
    office.land({"brands/acme/x cannot be y.txt": "x", **edited("Free beer")})
    office.publish()
    assert office.run("-C", office.root, "verify").code == 1


def test_a_ledger_that_was_deleted_with_its_tag_does_not_begin_by_itself(office, monkeypatch):
    """A push says that nothing has to be proven; a fresh clone knows of nothing else."""
    nothing = SETTINGS.replace(", prove: true", "")
    monkeypatch.setenv("STORESYNC_RECORD_KEY", "only-the-publisher-has-it")
    office.push({"storesync.yaml": nothing, **edited("Free beer")})
    office.git("update-ref", "-d", "refs/heads/storesync/ledger")
    office.git("update-ref", "-d", "refs/tags/storesync/genesis")
    (office.root / ".git/storesync-ledger-tip").unlink()
    outcome = office.run("-C", office.root, "publish")
    assert (outcome.code, "verify --adopt" in outcome.stderr) == (2, True), outcome
    assert "Hello Leith" in office.page("leith")


def test_where_the_key_is_all_is_proven_whatever_the_ledger_says(repo, run, monkeypatch):
    settings = SETTINGS.replace(", prove: true", "")
    office = Office(repo({**FILES, "storesync.yaml": settings}), run, monkeypatch)
    office.be("robin")
    assert office.publish().code == 0  # it began by itself, and asks for no proof
    monkeypatch.setenv("STORESYNC_RECORD_KEY", "only-the-publisher-has-it")
    office.push(edited("Free beer"))
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


@pytest.mark.parametrize("kind", [JournalKind.ADOPTED, JournalKind.APPROVAL, JournalKind.UNPROVEN])
def test_a_line_that_says_nothing_stops_nothing(office, kind):
    forge_lines(office, {"type": kind.value, "at": "2026-11-22T12:05:00Z"})
    office.land(edited("Bonjour"), approve="mia")
    assert office.publish().code == 0
    assert "Bonjour Leith" in office.page("leith")
    assert office.run("-C", office.root, "verify").code == 0
    assert office.run("-C", office.root, "status").code == 0
    assert office.run("-C", office.root, "history").code == 0
