"""What came to the published branch is proven or not: every way around an approval ends here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from host import Host

from storesync.approval.doubt import Doubt, doubts_of, said_of, turn_of
from storesync.approval.inquiry import Inquiry
from storesync.approval.judged import Finding, nothing_more
from storesync.approval.proof import Standing, begin, open_causes
from storesync.approval.prover import Prover
from storesync.errors import UserError
from storesync.ledger import entry
from storesync.plugins.forge import ProposalState
from storesync.source.git import Repository

pytestmark = pytest.mark.slow
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CAMPAIGN = "brands/cafe/campaigns/winter/campaign.yaml"
COPY = "brands/cafe/campaigns/winter/copy.txt"
TEMPLATE = "templates/shared/page/web.html.j2"
OWNERS = """\
* @robin
/brands/cafe/ @mia @ben
/templates/shared/ @mia @robin
/.github/ @robin
"""
START = {
    ".github/CODEOWNERS": OWNERS,
    "storesync.yaml": "format: 1\nrepository: abcdefgh12345678\n",
    CAMPAIGN: "name: Winter\nvalues: {headline: Warm}\n",
    "brands/cafe/brand.yaml": "name: Cafe\n",
    TEMPLATE: "<p>{{ headline }}</p>\n",
}
EDIT = {CAMPAIGN: "name: Winter\nvalues: {headline: Warmer}\n"}


@pytest.fixture
def host(repo: Callable[..., Path]) -> Host:
    return Host(repo(START))


@dataclass
class OneHost:
    """The same host whatever settings say; all is in this clone."""

    one: Host
    people: Mapping[str, str]

    def host(self, _):
        return self.one, "main"

    def bring(self, *_):
        pass

    def logins(self, _):
        return self.people

    def readers(self, *_):
        return frozenset()


PEOPLE = {"mallory@example.com": "mallory", "cleo@example.com": "cleo", "zoe@example.com": "zoe"}


def prove(
    host: Host, baseline: str, records=None, *, require=nothing_more, people=PEOPLE, **parts
) -> Standing:
    repository = Repository.find(host.root)
    tip = host.git("rev-parse", "main")
    records = {item.commit: item for item in records or ()}
    inquiry = Inquiry(repository, OneHost(host, people), parts.pop("at", NOW), require)
    return Prover(inquiry, records, **parts).walk(baseline, tip)


def reasons(standing: Standing) -> list[str]:
    return [item.reason for item in standing.unproven]


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_an_approved_proposal_is_proven_however_it_is_merged(host, how):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT, {COPY: "One"}, {COPY: "Two"})
    host.say(proposal, "mia")
    commit = host.land(proposal, how)
    standing = prove(host, base)
    assert reasons(standing) == []
    [record] = standing.records
    assert (record.commit, record.base, record.proposal) == (commit, base, "1")
    assert [(item.login, item.owners) for item in record.reviewers] == [("mia", ("@mia",))]
    assert standing.whole == commit
    assert not standing.taints


def test_what_came_after_another_merge_is_proven_too(host):
    base = host.git("rev-parse", "main")
    first, second = host.propose(EDIT), host.propose({COPY: "One"})
    for proposal in (first, second):
        host.say(proposal, "ben")
        host.land(proposal)
    assert reasons(prove(host, base)) == []


# What is done to a proposal by zoe that edits a campaign, and what is said of the result.
def direct_push(host, proposal):
    host.write(EDIT, "Pushed past review")


def admin_bypass(host, proposal):
    host.land(proposal)


def self_approval(host, proposal):
    host.say(proposal, "zoe")
    host.land(proposal)


def approval_by_the_last_pusher(host, proposal):
    proposal = host.push(proposal, {COPY: "More"}, "mia")
    host.say(proposal, "mia")
    host.land(proposal)


def approval_before_the_last_push(host, proposal):
    host.say(proposal, "mia")
    host.land(host.push(proposal, {COPY: "Unseen"}, "zoe"))


def approval_by_a_non_owner(host, proposal):
    host.say(proposal, "robin")
    host.land(proposal)


def approval_by_a_bot(host, proposal):
    host.writers.add("mia[bot]")
    host.say(proposal, "mia[bot]")
    host.land(proposal)


def approval_by_somebody_who_cannot_write(host, proposal):
    host.writers.discard("mia")
    host.say(proposal, "mia")
    host.land(proposal)


def approval_by_a_ghost(host, proposal):
    host.say(proposal, None)
    host.land(proposal)


def approval_of_no_commit(host, proposal):
    host.say(proposal, "mia", commit=None)
    host.land(proposal)


def dismissed(host, proposal):
    host.say(proposal, "mia")
    host.say(proposal, "mia", "DISMISSED")
    host.land(proposal)


def changes_requested(host, proposal):
    host.say(proposal, "mia")
    host.say(proposal, "ben", "CHANGES_REQUESTED", body="Not that headline")
    host.land(proposal)


def an_unknown_state(host, proposal):
    host.say(proposal, "mia", "APPROVED_WITH_COMMENTS")
    host.land(proposal)


def squash_that_adds_a_file(host, proposal):
    host.say(proposal, "mia")
    host.land(proposal, "squash", **{COPY: "Slipped in"})


def evil_merge(host, proposal):
    host.say(proposal, "mia")
    host.land(proposal, "merge", **{CAMPAIGN: "name: Winter\nvalues: {headline: Evil}\n"})


def rebase_with_a_commit_more(host, proposal):
    host.say(proposal, "mia")
    host.land(proposal, "rebase", **{COPY: "Slipped in"})


def merge_of_another_head(host, proposal):
    host.say(proposal, "mia")
    host.git("switch", "-q", proposal.branch)
    host.write({COPY: "Unseen"}, "Unseen")
    host.git("switch", "-q", "main")
    host.land(proposal)


def merge_into_another_branch(host, proposal):

    host.say(proposal, "mia")
    host.land(proposal)
    host.known["1"] = replace(host.known["1"], base="release")


def two_proposals_for_one_commit(host, proposal):
    host.say(proposal, "mia")
    host.land(proposal)
    host.known["9"] = replace(host.known["1"], id="9", head="f" * 40)


def an_objection_to_a_second_proposal_of_the_commit(host, proposal):
    host.say(proposal, "mia")
    host.land(proposal)
    host.known["9"] = replace(host.known["1"], id="9", author="mallory")
    host.say(host.known["9"], "ben", "CHANGES_REQUESTED", body="Not that headline")


def closed_unmerged(host, proposal):

    host.say(proposal, "mia")
    host.land(proposal)
    host.known["1"] = replace(host.known["1"], state=ProposalState.CLOSED)


ATTACKS = {
    direct_push: "no merged proposal brought it",
    admin_bypass: f"proposal 1: {CAMPAIGN}: no approval yet",
    self_approval: f"proposal 1: {CAMPAIGN}: no approval yet",
    approval_by_the_last_pusher: "no approval yet",
    approval_before_the_last_push: "no approval yet",
    approval_by_a_non_owner: "no approval yet",
    approval_by_a_bot: "no approval yet",
    approval_by_somebody_who_cannot_write: "no approval yet",
    approval_by_a_ghost: "no approval yet",
    approval_of_no_commit: "no approval yet",
    dismissed: "no approval yet",
    changes_requested: "ben asked for changes",
    an_unknown_state: "unknown state",
    squash_that_adds_a_file: "it holds more, or less, than proposal 1",
    evil_merge: "it holds more, or less, than proposal 1",
    rebase_with_a_commit_more: "it holds more, or less, than proposal 1",
    merge_of_another_head: "it merges another commit than proposal 1 had at its end",
    merge_into_another_branch: "no merged proposal brought it",
    an_objection_to_a_second_proposal_of_the_commit: "ben asked for changes",
    two_proposals_for_one_commit: "the forge names several proposals for it",
    closed_unmerged: "no merged proposal brought it",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_what_was_not_approved_is_not_proven(host, attack):
    base = host.git("rev-parse", "main")
    attack(host, host.propose(EDIT))
    standing = prove(host, base)
    assert ATTACKS[attack] in reasons(standing)[0]
    assert standing.records == ()
    assert standing.whole == base
    assert standing.replaced()[CAMPAIGN] == host.git("rev-parse", f"{base}:{CAMPAIGN}")


def test_a_second_proposal_of_the_same_commit_takes_nothing_away(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    host.known["9"] = replace(host.known["1"], id="9", branch="mallory", author="mallory")
    [record] = prove(host, base).records
    assert record.proposal == "1"


def test_an_edit_of_codeowners_has_no_say_in_its_own_proposal(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose({".github/CODEOWNERS": "* @zoe @mallory\n", **EDIT}, author="mallory")
    host.say(proposal, "zoe")
    host.land(proposal)
    assert ".github/CODEOWNERS and 1 more: no approval yet" in reasons(prove(host, base))[0]


def test_codeowners_pushed_past_review_decide_nothing_later(host):
    base = host.git("rev-parse", "main")
    host.write({".github/CODEOWNERS": "* @zoe @mallory\n"}, "Mine now", "mallory")
    proposal = host.propose(EDIT, author="mallory")
    host.say(proposal, "zoe")
    host.land(proposal)
    assert len(reasons(prove(host, base))) == 2


@pytest.mark.parametrize("line", ["/brands/cafe/ @mia @@@", "/brands/[c]afe/ @ben", "!x @ben"])
def test_a_broken_line_of_codeowners_puts_what_it_may_be_about_in_doubt(host, line):
    first = host.write({".github/CODEOWNERS": f"{OWNERS}{line}\n"}, "Break it")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    assert ".github/CODEOWNERS:5 is broken" in reasons(prove(host, first))[0]


def test_a_path_without_owner_is_not_proven(host):
    first = host.write({".github/CODEOWNERS": f"{OWNERS}{COPY}\n"}, "Free it")
    proposal = host.propose({COPY: "Free"})
    host.say(proposal, "mia")
    host.land(proposal)
    assert "leaves it without owner" in reasons(prove(host, first))[0]


def test_without_codeowners_nothing_is_proven(host):
    first = host.write({".github/CODEOWNERS": None}, "Away with it")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    assert len(reasons(prove(host, first))) == 1


def test_a_rename_needs_the_owners_of_both_places(host):
    base = host.git("rev-parse", "main")
    text = START[CAMPAIGN]
    moved = {CAMPAIGN: None, "other/campaign.yaml": text}
    proposal = host.propose(moved)
    host.say(proposal, "mia")
    host.land(proposal)
    assert "other/campaign.yaml: no approval yet" in reasons(prove(host, base))[0]


def test_an_amended_message_or_a_base_merged_in_leaves_an_approval_alone(host):
    base = host.git("rev-parse", "main")
    other = host.propose({COPY: "Other"})
    host.say(other, "ben")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(other)
    host.git("switch", "-q", proposal.branch)
    host.git("merge", "-q", "--no-edit", "main")
    host.git("switch", "-q", "main")

    proposal = replace(proposal, head=host.git("rev-parse", proposal.branch))
    host.land(proposal)
    assert reasons(prove(host, base)) == []


def test_an_unproven_file_counts_as_it_was_until_somebody_approves_it(host):
    base = host.git("rev-parse", "main")
    host.write({TEMPLATE: "<p>Free beer</p>\n"}, "Pushed", "mallory")
    other = host.propose(EDIT)
    host.say(other, "mia")
    host.land(other)
    standing = prove(host, base)
    assert set(standing.replaced()) == {TEMPLATE}
    assert len(standing.records) == 1
    assert standing.whole == base
    mend = host.propose({TEMPLATE: "<p>{{ headline }}!</p>\n"})
    host.say(mend, "robin")
    tip = host.land(mend)
    standing = prove(host, base)
    assert (standing.replaced(), standing.whole) == ({}, tip)
    assert len(standing.unproven) == 1
    assert open_causes(standing) == []


def test_whoever_pushed_under_an_address_of_nobody_may_be_the_approver(host):
    """So it takes one more; who is listed in what was proven before counts as told apart."""
    base = host.git("rev-parse", "main")
    host.write({TEMPLATE: "<p>Free beer</p>\n"}, "Pushed", "mallory")
    mend = host.propose({TEMPLATE: "<p>{{ headline }}!</p>\n"})
    host.say(mend, "robin")
    host.land(mend)
    people = {name: login for name, login in PEOPLE.items() if login != "mallory"}
    reason = reasons(prove(host, base, people=people))[-1]
    assert "1 of 2 approvals" in reason
    assert "whose mallory@example.com is (people in storesync.yaml)" in reason
    host.say(mend, "mia")
    assert prove(host, base, people=people).replaced() == {}


def test_a_revert_of_what_nobody_approved_needs_nobody(host):
    base = host.git("rev-parse", "main")
    host.write({TEMPLATE: "<p>Free beer</p>\n"}, "Pushed", "mallory")
    host.write({TEMPLATE: START[TEMPLATE]}, "Back again", "robin")
    standing = prove(host, base)
    assert standing.replaced() == {}
    assert standing.whole == host.git("rev-parse", "main")


def test_a_raised_revision_ratifies_its_campaign_alone(host):
    base = host.git("rev-parse", "main")
    host.write({TEMPLATE: "<p>Free beer</p>\n"}, "Pushed", "mallory")
    proposal = host.propose({CAMPAIGN: START[CAMPAIGN] + "revision: 1\n"})
    host.say(proposal, "ben")
    host.land(proposal)
    standing = prove(host, base)
    assert standing.replaced("cafe/winter") == {}
    assert set(standing.replaced("cafe/summer")) == {TEMPLATE}
    host.write({TEMPLATE: "<p>More free beer</p>\n"}, "Pushed again", "mallory")
    assert set(prove(host, base).replaced("cafe/winter")) == {TEMPLATE}


def test_records_spare_the_forge(host):
    base = host.git("rev-parse", "main")
    for number in range(3):
        proposal = host.propose({COPY: f"Number {number}"})
        host.say(proposal, "mia")
        host.land(proposal, ["merge", "squash", "rebase"][number])
    records = prove(host, base).records
    host.calls = 0
    standing = prove(host, base, records)
    assert (host.calls, standing.records) == (0, records)
    assert prove(host, base, records, reread={records[1].commit}).records == records
    assert host.calls == 3


def test_a_record_does_not_outlive_a_dismissed_review_once_it_is_read_again(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    records = prove(host, base).records
    host.say(proposal, "mia", "DISMISSED")
    assert reasons(prove(host, base, records)) == []
    assert "no approval yet" in reasons(prove(host, base, records, reread={records[0].commit}))[0]


def test_a_branch_that_was_set_back_is_refused(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    records = prove(host, base).records
    host.git("reset", "-q", "--hard", base)
    with pytest.raises(UserError, match="lacks"):
        prove(host, base, records)
    host.git("commit", "-q", "--amend", "--allow-empty", "-m", "Rewritten")
    with pytest.raises(UserError, match="does not go on"):
        prove(host, base)


def test_an_error_of_the_forge_at_any_call_approves_nothing(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    host.calls = 0
    assert reasons(prove(host, base)) == []
    for number in range(host.calls):
        host.calls, host.down = 0, number
        [reason] = reasons(prove(host, base))
        assert "the host does not answer" in reason


def test_links_and_submodules_count_as_changed_paths(host):
    base = host.git("rev-parse", "main")
    (host.root / "brands/cafe/link.yaml").symlink_to("/etc/passwd")
    host.git("add", "--all")
    entry = f"160000,{base},templates/shared/sub"
    host.git("update-index", "--add", "--cacheinfo", entry)
    host.git("commit", "-q", "-m", "Links")
    assert {"brands/cafe/link.yaml", "templates/shared/sub"} <= set(prove(host, base).replaced())


def test_owners_of_yesterday_prove_nothing_while_a_call_fails(host):
    base = host.git("rev-parse", "main")
    first = host.propose({".github/CODEOWNERS": OWNERS.replace("@mia @ben", "@mia")})
    host.say(first, "robin")
    host.land(first)
    second = host.propose(EDIT)
    host.say(second, "ben")  # no owner any more
    host.land(second)
    for number in range(9):
        host.calls, host.down = 0, number
        assert CAMPAIGN in prove(host, base).replaced(), number


@pytest.mark.parametrize("text", ["brands/** -merge\n", "* merge=union\n"])
def test_attributes_pushed_past_review_change_no_merge(host, text):
    long = "name: Winter\n" + "".join(f"k{number}: v\n" for number in range(30))
    base = host.write({CAMPAIGN: long}, "Long")
    for old in ("k0: v", "k29: v"):
        proposal = host.propose({CAMPAIGN: long.replace(old, f"{old}w")})
        host.say(proposal, "mia")
        host.known[proposal.id] = proposal
    for proposal in list(host.known.values()):
        host.land(proposal)
    assert reasons(prove(host, base)) == []
    host.write({".gitattributes": text}, "Pushed")
    assert len(reasons(prove(host, base))) == 1


def test_a_review_of_a_commit_that_was_forced_away_crashes_nothing(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "zoe", "COMMENTED", commit="f" * 40)
    host.say(proposal, "ben", commit="e" * 40)
    host.say(proposal, "mia")
    host.land(proposal)
    assert reasons(prove(host, base)) == []


def doubts(standing: Standing) -> dict[str, Doubt]:
    """Return what the journal would say of what is not proven."""
    return doubts_of(
        entry.unproven(
            item.commit, item.proposal, item.reason, at=NOW, base=item.landing.base, said=item.said
        )
        for item in standing.unproven
    )


def test_of_what_waits_it_is_asked_whether_anything_was_said_since(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT, {COPY: "One"})
    host.land(proposal, "rebase")
    first = prove(host, base)
    host.calls = 0
    again = prove(host, base, doubts=doubts(first))
    assert (host.calls, reasons(again), again.taints.keys()) == (
        2, reasons(first), first.taints.keys(),
    )  # fmt: skip
    assert doubts(again) == doubts(first)
    host.say(proposal, "mia")
    assert reasons(prove(host, base, doubts=doubts(first))) == []


def test_an_approval_that_counts_for_nothing_may_count_once_a_right_is_given(host):
    base = host.git("rev-parse", "main")
    host.writers.discard("mia")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    first = prove(host, base)
    assert (len(first.unproven), doubts(first)) == (1, {})
    host.writers.add("mia")
    assert reasons(prove(host, base, doubts=doubts(first))) == []


def test_of_what_is_no_longer_in_the_files_nothing_is_asked(host):
    base = host.git("rev-parse", "main")
    for files in (EDIT, {CAMPAIGN: START[CAMPAIGN]}, {COPY: "One"}):
        host.land(host.propose(files))
    known = doubts(prove(host, base))
    host.calls = 0
    assert len(reasons(prove(host, base, doubts=known))) == 3
    assert host.calls == 2
    host.say(host.known["3"], "mia")
    for minute in range(0, 60, 5):  # whichever would be drawn
        at = NOW + timedelta(minutes=minute)
        assert len(reasons(prove(host, base, doubts=known, at=at))) == 2


def test_who_objected_may_lose_the_right_to(host):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.say(proposal, "zoe", "CHANGES_REQUESTED", body="No")
    host.land(proposal)
    first = prove(host, base)
    assert "asked for changes" in reasons(first)[0]
    host.writers.discard("zoe")
    assert reasons(prove(host, base, doubts=doubts(first))) == []


def test_who_approved_for_one_owner_may_turn_out_to_be_another_one_too(host):
    owners = f"{OWNERS}/{COPY} @cafe/words\n"
    host.write({".github/CODEOWNERS": owners}, "A team")
    base = host.git("rev-parse", "main")
    proposal = host.propose({**EDIT, COPY: "One"})
    host.say(proposal, "mia")
    host.land(proposal)
    first = prove(host, base)
    assert "who is @cafe/words is not known" in reasons(first)[0]
    host.teams["cafe/words"] = frozenset({"mia"})
    assert reasons(prove(host, base, doubts=doubts(first))) == []


@pytest.mark.parametrize(
    ("finding", "waits"),
    [
        (Finding(unmet="an error"), False),  # of a waiver that had ended, or of an earlier price
        (Finding(unmet="legal", missing=frozenset({"@ben"})), True),
        (Finding(unmet="legal", missing=frozenset({"@cafe/legal"})), False),
        (Finding(unmet="legal", missing=frozenset({"ben@example.com"})), False),
    ],
)
def test_only_where_nothing_else_can_help_an_approval_is_waited_for(host, finding, waits):
    base = host.git("rev-parse", "main")
    proposal = host.propose(EDIT)
    host.say(proposal, "mia")
    host.land(proposal)
    assert bool(doubts(prove(host, base, require=lambda _: finding))) == waits


@pytest.mark.parametrize("path", [".github/CODEOWNERS", "storesync.yaml"])
def test_a_forged_doubt_about_who_decides_brings_no_older_rules_back(host, path):
    """Ben is no owner any more; whoever writes to the ledger says that nobody approved that."""
    base = host.git("rev-parse", "main")
    text = START[path].replace(" @ben", "") + "# Only Mia\n"
    proposal = host.propose({path: text})
    host.say(proposal, "robin")
    commit = host.land(proposal)
    said = said_of(begin(base), [host.known["1"]], host.given["1"])
    later = host.propose(EDIT)
    host.say(later, "ben")
    host.land(later)
    forged = Doubt(commit, base, "1", "no approval yet", said)
    honest = reasons(prove(host, base))
    assert reasons(prove(host, base, doubts={base: forged})) == honest


def test_what_waits_is_asked_about_in_turn_and_all_after_it_where_that_changed(host):
    base = host.git("rev-parse", "main")
    one, two = host.propose(EDIT), host.propose({COPY: "One"})
    for proposal in (one, two):
        host.land(proposal)
    known = doubts(prove(host, base))
    for proposal in (one, two):
        host.say(proposal, "mia")
    found = {
        turn_of([*known.values()], at): at
        for at in (NOW + timedelta(minutes=5 * step) for step in range(12))
    }
    assert found.keys() == {*known.values()}
    assert turn_of((), NOW) is None
    standings = [prove(host, base, doubts=known, at=at) for at in found.values()]
    assert sorted(len(reasons(standing)) for standing in standings) == [0, 1]


@pytest.mark.parametrize("minutes", [5, 10, 15, 30, 60, 24 * 60, 7 * 24 * 60])
@pytest.mark.parametrize("count", [2, 3, 4, 6, 12])
def test_everything_that_waits_has_its_turn_however_often_one_looks(minutes, count):
    waiting = [Doubt(str(n), str(n), "1", "no approval yet", "s") for n in range(count)]
    moments = [NOW + timedelta(minutes=minutes * step) for step in range(12 * count)]
    assert {turn_of(waiting, at) for at in moments} == {*waiting}


def test_what_waited_once_and_was_approved_is_read_again_and_not_recalled(host):
    base = host.git("rev-parse", "main")
    first = host.propose(EDIT)
    commit = host.land(first)
    for number in range(3):
        host.land(host.propose({f"{COPY}.{number}": "One"}))
    known = doubts(prove(host, base))
    host.say(first, "mia")
    [record] = prove(host, base).records
    for minute in range(0, 20, 5):
        at = NOW + timedelta(minutes=minute)
        standing = prove(host, base, [record], at=at, doubts=known, reread={commit})
        assert [item.commit for item in standing.records] == [commit]
        assert len(standing.unproven) == 3


def test_who_made_what_is_remembered_as_waiting_is_asked_when_it_matters(host):
    base = host.git("rev-parse", "main")
    host.land(host.propose(EDIT, author="ben"))
    known = doubts(prove(host, base))
    assert len(known) == 1
    raised = {CAMPAIGN: EDIT[CAMPAIGN] + "revision: 1\n"}
    proposal = host.propose(raised)
    host.say(proposal, "ben")
    host.land(proposal)
    assert "no approval yet" in reasons(prove(host, base, doubts=known))[1]
    host.say(proposal, "mia")
    assert len(reasons(prove(host, base, doubts=known))) == 1


def test_a_doubt_that_a_later_line_takes_back_is_none():
    line = entry.unproven("c1", "1", "no approval yet", at=NOW, base="b0", said="s")
    assert doubts_of([line])["b0"].reason == "no approval yet"
    down = entry.unproven("c1", "1", "the forge is down", at=NOW, base="b0")
    assert doubts_of([line, down]) == {}
