"""What nobody approved does not go out, through the whole of `publish`; everything else does."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from commits import commit_on
from person import turn_into

from storesync.app.proof.hosts import forge_of
from storesync.app.settings import settings_of
from storesync.builtin.local_line import Event, Line, encode
from storesync.errors import UserError
from storesync.plugins.forge import (
    MergeRequest,
    ProposalQuery,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.source.git import Repository

pytestmark = pytest.mark.slow

MAIN = "refs/heads/main"
CAMPAIGN = "brands/acme/campaigns/promo/campaign.yaml"
SECOND = "brands/acme/campaigns/other/campaign.yaml"
SHOP = "brands/acme/locations/gb/leith.yaml"
TEMPLATE = "templates/shared/all/web.html.j2"
SETTINGS = (
    "format: 1\nrepository: r0123456789abcdef\nforge: {plugin: local, prove: true}\n"
    "people:\n  mia: [mia@acme.example]\n  ben: [ben@acme.example]\n"
    "  zoe: [zoe@acme.example]\n  robin: [robin@acme.example]\n"
)
FILES = {
    ".github/CODEOWNERS": "* @robin @mia\n/brands/acme/ @mia @ben\n",
    "storesync.yaml": SETTINGS,
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    "brands/acme/locations/gb/_defaults.yaml": (
        "address: {country: GB}\ntimezone: Europe/London\n"
    ),
    SHOP: "name: Leith\naddress: {street: 1 Shore, city: Leith}\n",
    "brands/acme/locations/gb/dean.yaml": "name: Dean\naddress: {street: 9 Mill, city: Dean}\n",
    CAMPAIGN: (
        "name: Promo\ntemplate: shared/all\nflight: {start: 2026-11-01, end: 2026-12-24}\n"
        "channels: [web]\nvalues: {headline: Hello}\n"
    ),
    "templates/shared/all/template.yaml": "name: All\nvariables:\n  headline: {maxLength: 60}\n",
    TEMPLATE: "<p>{{ headline }} {{ location_name }}</p>",
}


@dataclass
class Office:
    """A repository of which the brand's files were adopted, and people who work on it."""

    root: Path
    run: Callable[..., Any]
    monkeypatch: pytest.MonkeyPatch
    minute: int = 0

    def git(self, *args: str) -> str:
        command = ["git", "-C", self.root, *args]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def be(self, name: str) -> None:
        """Go on as somebody."""
        turn_into(self.root, name, f"{name}@acme.example")
        for role in ("AUTHOR", "COMMITTER"):
            self.monkeypatch.setenv(f"GIT_{role}_NAME", name)
            self.monkeypatch.setenv(f"GIT_{role}_EMAIL", f"{name}@acme.example")

    def forge(self) -> Any:
        from storesync.app.context import Context, Options

        context = Context(Options(directory=self.root), datetime.now(UTC))
        repository = Repository.find(self.root)
        return forge_of(context, settings_of(repository, repository.refs(MAIN)[MAIN]))

    def write(self, files: Mapping[str, str | None], message: str = "Change") -> str:
        for path, text in files.items():
            target = self.root / path
            if text is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def push(self, files: Mapping[str, str | None], who: str = "zoe") -> str:
        """Commit to the published branch past review."""
        self.be(who)
        return self.write(files)

    def land(
        self,
        files: Mapping[str, str | None],
        *,
        by: str = "zoe",
        approve: str = "",
        objects: str = "",
        merge: str = "",
        message: str = "Change",
    ) -> str:
        """Propose files, have them approved by somebody, and merge, as the last one or another."""
        self.be(by)
        self.minute += 1
        branch, at = f"change-{self.minute}", 1_000.0 * self.minute
        head = commit_on(self.root, branch, files, message, MAIN)
        proposal = self.forge().submit(Submission(branch, head, "Change", "", at))
        if approve:
            self.be(approve)
            self.forge().review(Verdict(proposal, ReviewState.APPROVED, "", at + 1))
        if objects:
            self.be(objects)
            verdict = Verdict(proposal, ReviewState.CHANGES_REQUESTED, "No", at + 1)
            self.forge().review(verdict)
        if merge:
            self.be(merge)
        forge = self.forge()
        [proposal] = forge.proposals(ProposalQuery(branch=branch))
        return forge.merge(MergeRequest(proposal, head, "Merge", at + 2))

    def publish(self, *args: str) -> Any:
        self.minute += 1
        at = f"2026-11-22T12:{self.minute:02d}Z"
        return self.run("-C", self.root, "publish", "--at", at, *args)

    def page(self, location: str, campaign: str = "promo") -> str:
        """Return what customers of a location see of a campaign, empty for nothing."""
        found = list(self.root.glob(f".storesync/outbox/acme/{campaign}/{location}/web/*/*.html"))
        return found[0].read_text() if found else ""

    def verify(self, *args: str) -> list[dict[str, str]]:
        found = self.run("-C", self.root, "verify", "--format", "json", *args)
        return json.loads(found.stdout)["problems"]


@pytest.fixture
def office(adopted) -> Office:
    made = adopted(FILES)
    assert "Hello Leith" in made.page("leith")
    return made


def edited(headline: str) -> dict[str, str]:
    return {CAMPAIGN: FILES[CAMPAIGN].replace("Hello", headline)}


def test_nothing_is_published_before_somebody_says_from_where_on(repo, run):
    root = repo(FILES)
    outcome = run("-C", root, "publish", "--at", "2026-11-22T12:00Z")
    assert (outcome.code, "verify --adopt" in outcome.stderr) == (2, True)
    assert not (root / ".storesync/outbox").exists()


def test_an_approved_change_goes_out(office):
    office.land(edited("Bonjour"), approve="mia")
    assert office.publish().code == 0
    assert "Bonjour Leith" in office.page("leith")
    assert office.verify() == []


def test_a_new_campaign_that_nobody_approved_goes_out_once_it_is_adopted(office):
    """Nothing in the files changes then, and the ledger has no line of it yet."""
    office.push({SECOND: FILES[CAMPAIGN].replace("Promo", "Other")})
    assert office.publish().code == 1
    tip = office.git("rev-parse", "storesync/ledger")
    for _ in range(2):
        outcome = office.publish()
        assert (outcome.code, "held     acme/other" in outcome.stdout) == (0, True)
    assert office.git("rev-parse", "storesync/ledger") == tip, "and nothing is written of it"
    office.be("robin")
    assert office.run("-C", office.root, "verify", "--adopt", "-m", "Fine").code == 0
    assert office.publish().code == 0
    assert "Hello Leith" in office.page("leith", "other")
    assert "nothing to do" in office.publish().stdout


def test_a_new_campaign_is_asked_about_until_somebody_approves_it(office):
    other = FILES[CAMPAIGN].replace("Promo", "Other")
    office.land({SECOND: other})
    assert office.publish().code == 1
    assert office.publish().code == 0
    [proposal] = [x for x in office.forge().proposals(ProposalQuery(over=9)) if x.merged]
    office.be("mia")
    at = datetime(2026, 11, 22, 12, 30, tzinfo=UTC).timestamp()
    head = proposal.head
    line = Line(Event.APPROVED, proposal.branch, "main", head, "mia@acme.example", at)
    office.forge()._notes.append(head, encode(line))  # `approve` takes none that is merged
    office.minute = 40
    assert office.publish().code == 0
    assert "Hello Leith" in office.page("leith", "other")


def test_explain_says_who_approved_a_value(office):
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    asked = ("-C", office.root, "explain", "promo", "leith")
    values = json.loads(office.run(*asked, "--format", "json").stdout)["values"]
    approved = {item["name"]: item["approved_by"] for item in values}
    assert approved["headline"] == ["mia"]
    assert approved["location.name"] == [], "it was there at the baseline"
    (origin,) = office.run(*asked, "headline").stdout.splitlines()[1:]
    assert origin.rstrip(")").endswith(", approved by mia")


def test_explain_names_nobody_for_what_was_pushed_past_review(office):
    office.push(edited("Bonjour"))
    office.publish()
    asked = ("-C", office.root, "explain", "promo", "leith", "headline", "--format", "json")
    (value,) = json.loads(office.run(*asked).stdout)["values"]
    assert (value["value"], value["approved_by"]) == ("Bonjour", [])


@pytest.mark.parametrize(("who", "code"), [("vic", 0), ("ben", 1)])
def test_what_a_viewer_objects_to_goes_out(adopted, who, code):
    brand = "brands/acme/brand.yaml"
    team = "team: {brand_managers: [mia], viewers: [vic]}\n"
    settings = SETTINGS + "  vic: [vic@acme.example]\nadmins: [robin]\n"
    office = adopted({**FILES, brand: FILES[brand] + team, "storesync.yaml": settings})
    office.land(edited("Bonjour"), approve="mia", objects=who)
    outcome = office.publish()
    assert (outcome.code, "Bonjour Leith" in office.page("leith")) == (code, not code), outcome


def test_an_unapproved_change_stays_in_and_is_told_once(office):
    commit = office.push(edited("Free beer"))
    outcome = office.publish()
    assert (outcome.code, "Hello Leith" in office.page("leith")) == (1, True)
    assert f"{commit[:12]} by zoe is not proven: no merged proposal brought it" in outcome.stdout
    assert office.publish().code == 0
    [problem] = office.verify()
    assert (problem["check"], problem["result"]) == ("approvals", "fail")
    assert commit[:12] in problem["message"]


def test_everything_else_goes_on(office):
    office.push(edited("Free beer"))
    other = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Welcome")
    office.land({SECOND: other + "priority: 1\nstacks_with: [promo]\n"}, approve="ben")
    office.publish()
    assert "Hello Leith" in office.page("leith")
    assert "Welcome Dean" in office.page("dean", "other")


def test_an_unproven_change_that_customers_do_not_see_holds_nothing(office):
    office.push({SHOP: FILES[SHOP] + "notes: Key is under the mat\n"})
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    assert "Bonjour Leith" in office.page("leith")


def test_only_the_location_that_was_changed_is_held(office):
    office.push({SHOP: FILES[SHOP].replace("Leith", "Free beer at Leith")})
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    assert "Hello Leith" in office.page("leith")
    assert "Bonjour Dean" in office.page("dean")


def test_an_unproven_deletion_takes_nothing_down(office):
    office.push({CAMPAIGN: None})
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


def test_a_typo_on_main_takes_nothing_down(office):
    office.push({CAMPAIGN: "name: [Promo\n", "storesync.yaml": "forge: [\n"})
    office.publish()
    assert "Hello Leith" in office.page("leith")


def test_settings_pushed_past_review_decide_nothing(office):
    office.push({"storesync.yaml": SETTINGS.replace(", prove: true", ""), **edited("Free beer")})
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


def test_what_was_pushed_past_review_and_holds_nothing_is_told_once(office):
    commit = office.push({"storesync.yaml": SETTINGS.replace(", prove: true", "")})
    told = f"not proven: {commit[:12]} by zoe: no merged proposal brought it"
    for code in (1, 0):
        outcome = office.publish()
        assert (outcome.code, told in outcome.stderr) == (code, bool(code)), outcome


def test_another_ledger_pushed_past_review_is_not_begun(office):
    office.push({"storesync.yaml": SETTINGS + "ledger: {remote: origin}\n", **edited("Free")})
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


def test_a_longer_flight_is_a_change_that_somebody_approves(office):
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("2026-12-24", "2027-12-24")})
    outcome = office.publish()
    assert (outcome.code, "is not proven" in outcome.stdout) == (1, True)


def test_a_template_changed_after_approval_is_held(office):
    office.land(edited("Bonjour"), approve="mia")
    office.push({TEMPLATE: "<p>Free beer {{ location_name }}</p>"})
    office.publish()
    assert "Hello Leith" in office.page("leith")


def test_a_review_that_is_gone_stops_what_was_never_sent(office):
    later = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Welcome")
    later = later.replace("start: 2026-11-01", "start: 2026-11-22T13:00") + "priority: 1\n"
    office.land({SECOND: later}, approve="ben")
    assert office.publish().code == 0  # recorded, not started
    office.git("update-ref", "-d", "refs/notes/storesync/reviews")
    outcome = office.run("-C", office.root, "publish", "--at", "2026-11-22T14:00Z")
    assert (outcome.code, office.page("leith", "other")) == (1, "")
    assert "Hello Leith" in office.page("leith")


def test_what_is_recorded_and_signed_needs_no_forge(office, monkeypatch):
    monkeypatch.setenv("STORESYNC_RECORD_KEY", "only-the-publisher-has-it")
    later = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Welcome")
    later = later.replace("start: 2026-11-01", "start: 2026-11-22T13:00") + "priority: 1\n"
    office.land({SECOND: later}, approve="ben")
    office.publish()
    office.git("update-ref", "-d", "refs/notes/storesync/reviews")
    office.run("-C", office.root, "publish", "--at", "2026-11-22T14:00Z")
    assert "Welcome Leith" in office.page("leith", "other")


def test_a_requirement_that_the_plan_meets_is_asked_for_again(office):
    rule = "requirements:\n  - {id: legal, when: {locations_over: 1}, from: [ben], approvals: 1}\n"
    office.land({"storesync.yaml": SETTINGS + rule}, approve="robin")
    office.land(edited("Now 5 % off"), approve="mia")
    outcome = office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True)
    assert "Hello Leith" in office.page("leith")


def test_going_back_to_what_was_approved_before_takes_one_owner(office):
    rule = "requirements:\n  - {id: legal, when: {facts_change: true}, from: [ben]}\n"
    office.land({"storesync.yaml": SETTINGS + rule}, approve="mia")
    office.land(edited("Open till 5"), approve="ben")
    assert office.publish().code == 0
    office.land(edited("Hello again"), approve="ben")
    assert office.publish().code == 0
    office.land(edited("Open till 5"), approve="mia")
    outcome = office.publish()
    assert (outcome.code, "Open till 5" in office.page("leith")) == (0, True), outcome.stdout
    office.land(edited("Open till 6"), approve="mia")  # never sent: legal has not seen it
    assert office.publish().code == 1
    assert "Open till 5" in office.page("leith")


def test_what_was_sent_by_a_merge_does_not_approve_it_later(office):
    rule = "requirements:\n  - {id: legal, when: {facts_change: true}, from: [ben]}\n"
    office.land({"storesync.yaml": SETTINGS + rule}, approve="mia")
    office.land(edited("Open till 5"), approve="ben")
    assert office.publish().code == 0
    told = office.run("-C", office.root, "verify", "promo").stdout
    assert "legal by ben (recorded)" in told
    assert (
        "legal by ben (recorded)"
        in office.run("-C", office.root, "verify", "promo", "--again").stdout
    )


@pytest.mark.parametrize(
    ("rules", "path", "text"),
    [
        ("", SHOP, FILES[SHOP] + 'phone: "+441315550144"\n'),
        ("{locations_over: 5}", SHOP, FILES[SHOP].replace("Leith", "Leith Shore")),
        ("", TEMPLATE, FILES[TEMPLATE] + "<p>Bye</p>"),
    ],
)
def test_what_a_campaign_puts_out_was_approved_with_its_template_and_locations(
    office, rules, path, text
):
    if rules:
        rule = f"requirements: [{{id: far, when: {rules}, from: [ben]}}]\n"
        office.land({"storesync.yaml": SETTINGS + rule}, approve="mia")
    commit = office.land({path: text}, approve="mia")
    other = office.land({SECOND: FILES[CAMPAIGN].replace("Promo", "Other")}, approve="mia")
    assert office.publish().code == 0
    told = office.run("-C", office.root, "verify", "promo").stdout
    assert f"{commit[:12]} is proposal" in told
    assert f"{other[:12]} is proposal" not in told


def test_a_revision_ratifies_what_was_pushed(office):
    office.push(edited("Free tea"))
    office.publish()
    office.land({CAMPAIGN: edited("Free tea")[CAMPAIGN] + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 0
    assert "Free tea Leith" in office.page("leith")


def test_who_is_named_as_co_author_does_not_approve_it(office):
    message = "Change\n\nCo-Authored-By: Ben <Ben@acme.example>"
    with pytest.raises(UserError, match="your own proposal"):
        office.land(edited("Salut"), approve="ben", message=message)
    office.land(edited("Bonjour"), approve="mia", message=message)
    assert office.publish().code == 0
    assert "Bonjour" in office.page("leith")


def test_an_address_of_nobody_may_be_the_approver_s_until_it_is_listed(office):
    message = "Change\n\nCo-Authored-By: Ben <ben@home.example>"
    office.land(edited("Salut"), approve="ben", message=message)
    outcome = office.publish()
    assert (outcome.code, "Hello" in office.page("leith")) == (1, True)
    [why] = [item["message"] for item in office.verify() if item["result"] == "fail"]
    assert "1 of 2 approvals" in why
    assert "whose ben@home.example is" in why
    listed = SETTINGS.replace("ben@acme.example", "ben@acme.example, ben@home.example")
    office.land({"storesync.yaml": listed}, approve="robin")
    raised = edited("Salut")[CAMPAIGN]
    office.land({CAMPAIGN: raised + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 1
    office.land({CAMPAIGN: raised + "revision: 2\n"}, approve="mia")
    assert (office.publish().code, "Salut" in office.page("leith")) == (0, True)


def test_who_is_named_as_co_author_of_what_was_pushed_past_review_does_not_ratify_it(office):
    office.be("zoe")
    office.write(edited("Free tea"), "Change\n\nco-authored-by: Ben <ben@acme.example>")
    office.publish()
    raised = edited("Free tea")[CAMPAIGN]
    office.land({CAMPAIGN: raised + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 1
    office.land({CAMPAIGN: raised + "revision: 2\n"}, approve="mia")
    assert office.publish().code == 0


def test_who_pushed_past_review_does_not_ratify_that(office):
    office.push(edited("Free tea"), who="ben")
    office.publish()
    office.land({CAMPAIGN: edited("Free tea")[CAMPAIGN] + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")
    office.land({CAMPAIGN: edited("Free tea")[CAMPAIGN] + "revision: 2\n"}, approve="mia")
    assert office.publish().code == 0
    assert "Free tea Leith" in office.page("leith")


def test_who_pushed_past_review_does_not_approve_that_within_another_change(office):
    office.push(edited("Free tea"), who="ben")
    office.publish()
    office.land(edited("Free teas"), approve="ben")
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")
    office.land(edited("Free tea!"), approve="mia")
    assert office.publish().code == 0
    assert "Free tea! Leith" in office.page("leith")


def test_what_somebody_else_pushed_upon_it_makes_nobody_approve_his_own(office):
    office.push(edited("Free tea"), who="ben")
    office.push({CAMPAIGN: edited("Free tea")[CAMPAIGN] + "notes: Why not\n"}, who="zoe")
    office.publish()
    raised = {CAMPAIGN: edited("Free tea")[CAMPAIGN] + "revision: 1\n"}
    office.land(raised, by="robin", approve="ben")
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


def test_who_approves_what_he_pushed_past_review_is_told_that_it_does_not_count(office):
    office.push(edited("Free tea"), who="ben")
    office.be("zoe")
    office.git("switch", "-q", "-c", "teas")
    head = office.write(edited("Free teas"))
    office.git("switch", "-q", "main")
    office.forge().submit(Submission("teas", head, "Change", "", 1.0))
    office.be("ben")
    outcome = office.run("-C", office.root, "approve", "teas")
    assert (outcome.code, "came in past review" in outcome.stderr) == (2, True), outcome
    assert "ben" not in outcome.stderr.partition("who could:")[2]
    for command in (("approve", "teas", "--merge"), ("status",)):
        outcome = office.run("-C", office.root, *command)
        asked = [line for line in outcome.stdout.splitlines() if "no approval yet" in line]
        assert asked, outcome
        assert not any("@ben" in line for line in asked), asked
    assert office.git("log", "-1", "--format=%s", "main") == "Change"


def test_who_made_what_was_merged_unapproved_does_not_ratify_it_and_who_merged_it_may(office):
    office.land(edited("Free tea"), by="ben")  # by a merge that the rules should have refused
    assert office.publish().code == 1
    office.land({CAMPAIGN: edited("Free tea")[CAMPAIGN] + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")
    office.land(edited("Free cake"), by="ben", merge="mia")
    assert office.publish().code == 1
    text = edited("Free cake")[CAMPAIGN]
    office.land({CAMPAIGN: text + "revision: 2\n"}, approve="mia")
    assert office.publish().code == 0
    assert "Free cake Leith" in office.page("leith")


def test_taking_back_what_was_ratified_is_a_change_that_somebody_approves(office):
    office.push({TEMPLATE: "<p>Free tea {{ headline }} {{ location_name }}</p>"})
    office.publish()
    office.land({CAMPAIGN: FILES[CAMPAIGN] + "revision: 1\n"}, approve="ben")
    assert office.publish().code == 0
    assert "Free tea" in office.page("leith")
    office.push({TEMPLATE: FILES[TEMPLATE]})
    outcome = office.publish()
    assert (outcome.code, "is not proven" in outcome.stdout) == (1, True), outcome.stdout
    assert "Free tea" in office.page("leith")
    office.land({CAMPAIGN: FILES[CAMPAIGN] + "revision: 2\n"}, approve="ben")
    assert office.publish().code == 0
    assert "Free tea" not in office.page("leith")


def test_what_was_pushed_onto_what_was_ratified_leaves_that_as_it_is(office):
    tea = "<p>Free tea {{ headline }} {{ location_name }}</p>"
    office.push({TEMPLATE: tea})
    office.publish()
    office.land({CAMPAIGN: FILES[CAMPAIGN] + "revision: 1\n"}, approve="ben")
    office.publish()
    office.push({TEMPLATE: tea.replace("tea", "beer")})
    assert office.publish().code == 1
    office.push({TEMPLATE: tea})  # what was ratified is back
    office.publish()
    phone = {SHOP: FILES[SHOP].replace("name: Leith", "name: Leith Walk")}
    office.land(phone, approve="ben")
    office.publish()
    assert "Free tea Hello Leith Walk" in office.page("leith")


def test_a_forged_record_is_seen_before_a_first_send(office):
    from storesync.app.context import Context, Options
    from storesync.ledger import entry
    from storesync.ledger.store import LedgerStore
    from storesync.source.cache import MemoryCache

    base = office.git("rev-parse", "HEAD")
    other = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Free beer")
    commit = office.push({SECOND: other + "priority: 1\n"})
    context = Context(Options(directory=office.root), datetime(2026, 11, 22, 12, 5, tzinfo=UTC))
    store = LedgerStore(context.repository, MemoryCache())
    fields = {
        "commit": commit, "base": base, "proposal": "9", "head": commit, "author": "zoe",
        "codeowners": "", "reviewers": [], "requirements": [], "plan": "", "campaigns": {},
        "ratifies": [], "tool": "forged",
    }  # fmt: skip
    ledger = store.read(at=context.now)
    line = entry.approval(fields, at=context.now)
    store.writer(ledger, "forged").append_journal([line], at=context.now)
    office.minute = 20
    office.publish()
    assert office.page("leith", "other") == ""


def test_what_lacks_a_proof_can_be_recalled(office):
    office.push(edited("Free beer"))
    assert "o held" in office.publish().stdout
    office.minute += 1
    at = f"2026-11-22T12:{office.minute:02d}Z"
    assert office.run("-C", office.root, "recall", "promo", "-m", "Wrong", "--at", at).code == 0
    office.publish()
    assert office.page("leith") == ""


def test_a_set_back_branch_sends_nothing(office):
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    office.git("reset", "-q", "--hard", "HEAD~1")
    assert office.publish().code == 2
    assert "Bonjour Leith" in office.page("leith")


def test_nothing_to_do_asks_nobody(office, monkeypatch):
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    tip = office.git("rev-parse", "storesync/ledger")
    monkeypatch.setattr("storesync.app.proof.hosts.forge_of", None)  # asking would fail
    assert office.publish().code == 0
    assert office.git("rev-parse", "storesync/ledger") == tip


def test_a_shallow_clone_proves_nothing(office, tmp_path):
    office.land(edited("Bonjour"), approve="mia")
    office.git("branch", "-f", "storesync/x", "main")
    where = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--no-single-branch", office.root.as_uri(), where],
        check=True, env=os.environ,
    )  # fmt: skip
    subprocess.run(
        ["git", "fetch", "-q", "origin", "storesync/ledger:storesync/ledger", "--tags"],
        check=True, cwd=where,
    )  # fmt: skip
    outcome = office.run("-C", where, "publish", "--at", "2026-11-22T12:30Z")
    assert (outcome.code, "shallow" in outcome.stderr) == (2, True)


def test_copy_written_anew_after_its_approval_is_held(office):
    path = "brands/acme/campaigns/promo/copy/web.en.yaml"
    office.land({path: 'values: {headline: "Welcome to {{ city }},"}\n'}, approve="mia")
    assert office.publish().code == 0
    assert "Welcome to Dean, Dean" in office.page("dean")
    commit = office.push({path: 'values: {headline: "Free beer in {{ city }},"}\n'})
    outcome = office.publish()
    assert (outcome.code, f"{commit[:12]} by zoe is not proven" in outcome.stdout) == (1, True)
    assert "Welcome to Dean, Dean" in office.page("dean")
    office.land({path: 'values: {headline: "Good to see you in {{ city }},"}\n'}, approve="mia")
    assert office.publish().code == 0
    assert "Good to see you in Dean, Dean" in office.page("dean")
