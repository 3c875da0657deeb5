"""Ways past review on GitHub, each carried out: nothing of it goes out, and it is said why.

The table in docs/tested.md is made of the names and reasons here: scripts/docs.py.
"""

from __future__ import annotations

import functools
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attacks import FREE, OWNERS, carry_out, collect, land
from hosted import git
from people import CAMPAIGN, END, PROMO, START, TEMPLATE, TODAY, TOKEN, Chain, edited

from storesync.app.context import Context, Options
from storesync.builtin import github_client, github_forge, github_transport
from storesync.ledger import entry
from storesync.ledger.store import LedgerStore
from storesync.source.cache import MemoryCache

pytestmark = pytest.mark.slow

MANY = {f"brands/acme/notes/{number}.md": "Nothing" for number in range(3_001)}
COPY = "brands/acme/campaigns/promo/copy/web.en-GB.yaml"
ATTACKS, attack = collect()


@attack("no merged proposal brought it: it was pushed past review")
def a_push_to_main_past_review(chain):
    chain.commit("mallory", FREE)


@attack("no approval yet")
def an_admin_merges_without_an_approval(chain):
    chain.hub.merge(chain.propose(FREE), "robin")


@attack("no approval yet")
def an_owner_approves_his_own(chain):
    number = chain.propose(FREE, "mia")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("1 of 2 approvals, 1 of them since nobody listed whose mia@home.example is")
def an_owner_commits_under_another_address_and_approves(chain):
    number = chain.propose(FREE)
    folder = chain.root / "ada"
    author = "--author=Mia <mia@home.example>"
    git(folder, "commit", "--quiet", "--amend", "--no-edit", author)
    git(folder, "push", "--quiet", "--force", "origin", "HEAD")
    chain.hub.see("ada")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_owner_approves_within_another_change_what_he_pushed_past_review(chain):
    chain.commit("mia", FREE)
    number = chain.propose(edited("Free of charge"))
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_owner_ratifies_what_he_proposed_and_an_admin_merged(chain):
    chain.hub.merge(chain.propose(FREE, "mia"), "robin")
    number = chain.propose({PROMO: FREE[PROMO] + "revision: 1\n"})
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_push_after_the_approval(chain):
    number = chain.propose(edited("Nice"))
    chain.hub.say(number, "mia", "APPROVED")
    chain.commit("ada", FREE, "change-1")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_force_push_after_the_approval(chain):
    number = chain.propose(edited("Nice"))
    chain.hub.say(number, "mia", "APPROVED")
    chain.write("ada", FREE)
    git(chain.root / "ada", "commit", "--quiet", "--all", "--amend", "--no-edit")
    git(chain.root / "ada", "push", "--quiet", "--force", "origin", "HEAD")
    chain.hub.see("ada")
    chain.hub.merge(number, "robin", "squash")


@attack("no approval yet")
def a_review_that_was_dismissed(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED")["state"] = "DISMISSED"
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_comment_in_place_of_an_approval(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "COMMENTED", body="Approved!")
    chain.hub.merge(number, "robin")


@attack("ben asked for changes")
def an_approval_while_another_owner_asks_for_changes(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "ben", "CHANGES_REQUESTED")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_app_with_an_owner_s_name_approves(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED")["user"]["type"] = "Bot"
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def somebody_approves_who_owns_nothing(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mallory", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_owner_approves_who_may_not_write_any_more(chain):
    chain.hub.rights["mia"] = "read"
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_owner_approves_what_he_pushed_to(chain):
    number = chain.propose(edited("Nice"))
    chain.commit("mia", FREE, "change-1")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def an_owner_pushes_in_the_author_s_name_and_approves(chain):
    number = chain.propose(edited("Nice"))
    git(chain.be("mia"), "config", "user.email", "ada@acme.example")
    chain.commit("mia", FREE, "change-1")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("it was pushed past review")
def the_forge_is_set_to_local_on_main(chain):
    settings = git(chain.be("mallory"), "show", "main:storesync.yaml")
    start = settings.index("forge:")
    plain = settings[:start] + "forge: {plugin: local}\n" + settings[settings.index("admins:") :]
    chain.commit("mallory", {"storesync.yaml": plain, **FREE})


@attack("it was pushed past review")
def the_ledger_is_moved_on_main(chain):
    settings = git(chain.be("mallory"), "show", "main:storesync.yaml")
    assert "ledger: {remote: origin}\n" in settings
    moved = settings.replace("ledger: {remote: origin}\n", "")
    chain.commit("mallory", {"storesync.yaml": moved, **FREE})


@attack("no approval yet")
def code_owners_changed_in_the_same_proposal(chain):
    number = chain.propose({OWNERS: "* @mallory @ben\n", **FREE})
    chain.hub.say(number, "mallory", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def code_owners_pushed_to_main_before(chain):
    chain.commit("mallory", {OWNERS: "* @mallory @ben\n"})
    number = chain.propose(FREE)
    chain.hub.say(number, "mallory", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_team_and_code_owners_changed_in_the_same_proposal(chain):
    folder = chain.be("mallory")
    team = (folder / "brands/acme/brand.yaml").read_text().replace("[mia,", "[mallory,")
    owners = (folder / OWNERS).read_text().replace("@mia", "@mallory")
    assert "mallory" in team
    number = chain.propose({"brands/acme/brand.yaml": team, OWNERS: owners, **FREE})
    chain.hub.say(number, "mallory", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("it holds more, or less, than proposal 1")
def a_merge_commit_with_more_in_it(chain):
    number = chain.propose({"brands/acme/notes.md": "Nothing"})
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "merge", **FREE)


@attack("it holds more, or less, than proposal 1")
def a_squash_with_more_in_it(chain):
    number = chain.propose({"brands/acme/notes.md": "Nothing"})
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "squash", **FREE)


@attack("it holds more, or less, than proposal 1")
def a_rebase_with_more_in_it(chain):
    number = chain.propose({"brands/acme/notes.md": "Nothing"})
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "rebase", **FREE)


@attack("it holds more, or less, than proposal 1")
def a_merge_by_hand_that_github_takes_for_its_own(chain):
    number = chain.propose({"brands/acme/notes.md": "Nothing"})
    chain.hub.say(number, "mia", "APPROVED")
    folder = chain.be("mallory")
    git(folder, "fetch", "--quiet", "origin")
    git(folder, "merge", "--quiet", "--no-ff", "-m", "Merge", "origin/change-1")
    chain.write("mallory", FREE)
    git(folder, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git(folder, "push", "--quiet", "origin", "main")
    chain.hub.see("mallory")
    pull, tip = chain.hub.pulls[number], git(folder, "rev-parse", "HEAD")
    pull |= {"state": "closed", "merged": True, "merge_commit_sha": tip}
    pull["merged_at"] = pull["closed_at"] = pull["updated_at"]


@attack("it was pushed past review")
def an_approved_proposal_into_another_branch(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")
    chain.hub.pulls[number]["base"]["ref"] = "other"


@attack("no approval yet")
def a_proposal_from_a_fork_that_nobody_approved(chain):
    chain.hub.merge(signed(chain, from_fork(chain)), "robin")


@attack("who pushed last is not known")
def an_approved_proposal_from_a_fork_whose_pushes_are_hidden(chain):
    number = from_fork(chain)
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "squash")


@attack("README.md: no approval yet")
def one_file_of_other_owners_among_3000(chain):
    number = chain.propose({**MANY, **FREE, "README.md": "Theirs"})
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "squash")


@attack("proposal 1 cannot be merged again to see what it brings")
def a_squash_of_commits_that_are_gone(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin", "squash")
    for name in ("refs/heads/change-1", "refs/pull/1/head"):
        chain.hub.git("update-ref", "-d", name)
    chain.hub.git("prune", "--expire=now")


@attack("the published branch as it is here lacks", code=2)
def the_published_branch_is_set_back(chain):
    before = chain.hub.git("rev-parse", "main")
    land(chain, edited("Nice"))
    chain.publish()
    chain.hub.git("update-ref", "refs/heads/main", before)


@attack("it was pushed past review")
def a_template_changed_after_the_approval(chain):
    land(chain, edited("Nice"))
    chain.commit("mallory", {TEMPLATE: "<p>Free {{ headline }} {{ location_name }}</p>"})


@attack("it was pushed past review")
def a_longer_flight_after_the_approval(chain):
    number = chain.propose(edited("Nice"))
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "mallory")
    longer = edited("Nice")[PROMO].replace(f"end: {END}", "end: 2040-01-01")
    assert "2040" in longer
    chain.commit("mallory", {PROMO: longer})


@attack("nothing to do: 2 deliveries are as they should be")
def another_destination_after_the_approval(chain):
    settings = (chain.be("mallory") / "storesync.yaml").read_text(encoding="utf-8")
    other = "channels: {web: {plugin: outbox, destination: everybody}}\n"
    chain.commit("mallory", {"storesync.yaml": settings + other})


@attack("it was pushed past review")
def copy_written_anew_after_the_approval(chain):
    land(chain, {COPY: "values: {headline: Nice words}\n"})
    chain.commit("mallory", {COPY: "values: {headline: Free words}\n"})


@attack("it was pushed past review")
def a_forged_record_of_an_approval(chain):
    folder = chain.be("mallory")
    base = git(folder, "rev-parse", "origin/main")
    commit = chain.commit("mallory", FREE)
    fields = {
        "commit": commit, "base": base, "proposal": "9", "head": commit, "author": "mallory",
        "codeowners": "", "reviewers": [], "requirements": [], "plan": "", "campaigns": {},
        "ratifies": [], "tool": "forged",
    }  # fmt: skip
    context = Context(Options(directory=folder), datetime.now(UTC))
    store = LedgerStore(context.repository, MemoryCache(), remote="origin")
    line = entry.approval(fields, at=context.now)
    store.writer(store.read(at=context.now), "forged").append_journal([line], at=context.now)


@attack("is broken and may be about it")
def a_line_of_code_owners_that_nobody_can_read(chain):
    owners = (chain.be("ada") / OWNERS).read_text() + "/brands/acme/campaigns/[promo]/ @ben\n"
    number = chain.propose({OWNERS: owners})
    chain.hub.say(number, "robin", "APPROVED")
    chain.hub.merge(number, "sam")
    land(chain, FREE)


@attack("of CODEOWNERS leaves it without owner")
def a_file_without_an_owner(chain):
    owners = (chain.be("ada") / OWNERS).read_text() + "/brands/acme/campaigns/promo/\n"
    number = chain.propose({OWNERS: owners})
    chain.hub.say(number, "robin", "APPROVED")
    chain.hub.merge(number, "sam")
    land(chain, FREE)


@attack("it was pushed past review")
def a_link_in_place_of_a_file(chain):
    folder = chain.commit_as("mallory")
    (folder / "brands/acme/other.yaml").write_text(FREE[PROMO], encoding="utf-8")
    (folder / PROMO).unlink()
    (folder / PROMO).symlink_to("../../other.yaml")
    chain.commit_all("mallory")


@attack("it was pushed past review")
def a_submodule_in_place_of_a_campaign(chain):
    folder = chain.commit_as("mallory")
    place = PROMO.rpartition("/")[0]
    git(folder, "rm", "-r", "--quiet", place)
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{'a' * 40},{place}")
    chain.commit_all("mallory", add=False)


@attack("it was pushed past review")
def a_campaign_under_another_name(chain):
    folder = chain.commit_as("mallory")
    git(folder, "mv", PROMO.rpartition("/")[0], "brands/acme/campaigns/other")
    other = folder / "brands/acme/campaigns/other/campaign.yaml"
    other.write_text(f"{FREE[PROMO]}formerly: [promo]\n", encoding="utf-8")
    chain.commit_all("mallory")


@attack("it was pushed past review")
def a_campaign_under_its_name_in_capitals(chain):
    folder = chain.commit_as("mallory")
    git(folder, "mv", PROMO.rpartition("/")[0], "brands/acme/campaigns/PROMO")
    chain.commit_all("mallory")


@attack("the ledger was lost", code=2)
def the_ledger_is_deleted(chain):
    chain.hub.git("update-ref", "-d", "refs/heads/storesync/ledger")


def from_fork(chain: Chain, files: Any = FREE) -> int:
    """Open a pull request of a commit that no branch of ours names."""
    folder = chain.be("eve")
    chain.write("eve", files)
    git(folder, "commit", "--quiet", "--all", "--message", "From outside")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/forks/eve")
    return chain.hub.open_from_fork("eve-change", git(folder, "rev-parse", "HEAD"), "eve")


def signed(chain: Chain, number: int) -> int:
    """Have the head of a pull request signed by its committer."""
    chain.hub.signed.add(chain.hub.pulls[number]["head"]["sha"])
    chain.hub.keep(number)
    return number


@pytest.mark.parametrize(
    ("act", "why", "code"), ATTACKS, ids=[act.__name__ for act, _, _ in ATTACKS]
)
def test_attack(office, act, why, code):
    carry_out(office, act, why, code)


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_what_was_approved_goes_out_however_the_button_merges_it(office, how):
    """The branch is deleted, as GitHub offers: its head is only to be had by `refs/pull/`."""
    number = office.propose(edited("Nice"))
    office.commit("ada", edited("Nicer"), "change-1")
    office.do("mia", "approve", str(number))
    office.commit("mallory", {"brands/acme/notes.md": "Past review, and seen by nobody"})
    office.hub.merge(number, "mallory", how)
    office.hub.git("update-ref", "-d", "refs/heads/change-1")
    office.publish(code=1)
    assert office.pages()["leith"] == "<p>Nicer Leith</p>"


def test_more_files_than_github_lists_are_no_trouble(office):
    land(office, {**MANY, **edited("Nice")}, "squash")
    office.publish()
    assert office.pages()["leith"] == "<p>Nice Leith</p>"


def test_an_approval_outlives_an_amended_message(office):
    """What was approved is no part of any ref any more: GitHub is asked for the commit."""
    number = office.propose(edited("Nice"))
    office.hub.say(number, "mia", "APPROVED")
    git(office.root / "ada", "commit", "--quiet", "--amend", "--message", "Other words")
    git(office.root / "ada", "push", "--quiet", "--force", "origin", "HEAD")
    office.hub.merge(number, "mallory", "squash")
    office.publish()
    assert office.pages()["leith"] == "<p>Nice Leith</p>"


def test_a_fork_s_signed_proposal_goes_out(office):
    signed(office, from_fork(office, edited("Nice")))
    outcome = office.do("mia", "approve", "promo", "--merge")
    assert "approved: 1, by mia" in outcome.stdout
    office.publish()
    assert office.pages()["leith"] == "<p>Nice Leith</p>"


@pytest.mark.parametrize("what", ["dismissed", "may not write any more"])
def test_what_was_recorded_and_does_not_hold_on_its_first_day_stays_in(office, what):
    later = CAMPAIGN.replace(START, f"{TODAY + timedelta(days=3):%Y-%m-%d}")
    number = land(office, {"brands/acme/campaigns/tea/campaign.yaml": later})
    office.publish()
    if what == "dismissed":
        office.hub.reviews[number][-1]["state"] = "DISMISSED"
    else:
        office.hub.rights["mia"] = "read"
    outcome = office.publish(days=4, code=1)
    assert "no approval yet" in outcome.stdout + outcome.stderr
    assert office.pages("tea") == {}


CALLS = {
    "the proposals of a commit": "/commits/",
    "who pushed": "/activity",
    "a proposal's commits": "/pulls/2/commits",
    "who merged": "/issues/2",
    "reviews": "/pulls/2/reviews",
    "rights": "/collaborators/",
}


def stall(_: Any) -> None:
    time.sleep(0.6)


FAULTS = {
    "the server fails": (502, b"", {}),
    "the token is over": (401, {"message": "Bad credentials"}, {}),
    "the line is cut": (200, lambda file: file.write(b"["), {"Content-Length": "900"}),
    "it times out": (200, stall, {"Content-Length": "900"}),
    "another page": (200, b"<html>Log in</html>", {}),
    "the limit of rate": (403, {"message": "Slow down"}, {"Retry-After": "900"}),
}


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of waiting that do not pass."""
    pace = functools.partial(github_client.Pace, sleep=lambda _: None)
    limits = github_transport.Limits(silence=0.3, total=0.4)
    transport = functools.partial(github_transport.Transport, limits=limits)
    monkeypatch.setattr(github_forge, "Pace", pace)
    monkeypatch.setattr(github_forge, "Transport", transport)


def test_an_api_that_fails_sends_nothing_new_and_stops_nothing_old(office, brief, monkeypatch):
    """At each call in turn; what was recorded and signed before begins on its day."""
    monkeypatch.setenv("STORESYNC_RECORD_KEY", "k" * 40)
    tea = "brands/acme/campaigns/tea/campaign.yaml"
    land(office, {tea: CAMPAIGN.replace(START, f"{TODAY + timedelta(days=3):%Y-%m-%d}")})
    office.publish()
    land(office, edited("Nice"), "squash")
    for (what, path), (kind, fault) in zip(CALLS.items(), FAULTS.items(), strict=True):
        status, body, headers = fault
        for _ in range(3):  # a GET is tried three times
            office.hub.answer_next(path, status, body, **headers)
        outcome = office.publish(days=4, code=1)
        office.hub.canned.clear()
        assert "acme/promo" in outcome.stdout, (what, kind)
        assert office.pages("promo") == {}, (what, kind)
        assert "SECRET" not in outcome.stdout + outcome.stderr
        if what == "the proposals of a commit":
            assert office.pages("tea").keys() == {"dean", "leith"}
    monkeypatch.delenv(TOKEN)
    outcome = office.publish(days=4, code=1)
    assert "there is no token" in outcome.stdout + outcome.stderr
    monkeypatch.setenv(TOKEN, "x")
    office.publish(days=4)
    assert office.pages("promo")["leith"] == "<p>Nice Leith</p>"
    office.publish(days=4)
    assert office.hub.asked == []
