"""From an idea to customers and back with GitHub as forge, by the commands and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hosted import git, served
from people import CAMPAIGN, PROMO, TODAY, Chain, edited

from storesync.app.context import Context, Options
from storesync.app.proposals.forges import open_published
from storesync.plugins.forge import Comment, ProposalQuery

pytestmark = pytest.mark.slow

NEW = "brands/acme/campaigns/tea/campaign.yaml"
TEA = CAMPAIGN.replace("Promo", "Tea").replace("Hello", "Black tea")
GREEN = TEA.replace("Black", "Green")


@pytest.fixture
def web(chain: Chain) -> Iterator[Chain]:
    """The chain before anything was published, its repository reached over HTTP."""
    with served(chain.hub) as address:
        chain.origin = f"{address}/{{login}}/campaigns.git"
        yield chain


def comment(chain: Chain, number: int) -> str:
    """Show the plan of a proposal in a comment, as CI does; return its address."""
    folder = chain.clone(f"comment-{len(chain.hub.asked)}", "ci")
    git(folder, "fetch", "--quiet", "origin", f"refs/pull/{number}/head")
    chain.be("mia")  # the token of Actions is that of an App
    told = chain.run(
        *("-C", folder, "plan", "--base", "origin/main", "--head", "FETCH_HEAD"),
        *("--format", "markdown"),
    )
    assert told.code == 0, told.stderr
    forge = open_published(Context(Options(directory=folder), datetime.now(UTC))).forge
    [proposal] = forge.proposals(ProposalQuery(id=str(number)))
    return forge.comment(Comment(proposal, "plan", told.stdout, 0.0))


def test_the_whole_story(web):
    outcome = web.publish(code=2)
    assert "storesync verify --adopt" in outcome.stderr
    web.do("robin", "verify", "--adopt")
    web.publish()
    assert web.pages()["leith"] == "<p>Hello Leith</p>"
    propose_and_discuss(web)
    approve_and_publish(web)
    end(web)


def propose_and_discuss(web: Chain) -> None:
    """A new campaign is proposed, its plan shown, owners asked; one of them wants it otherwise."""
    hub = web.hub
    web.write("ada", {NEW: TEA})
    outcome = web.do("ada", "submit", "tea", "-m", "Tea for *two*")
    assert "proposed 1: Tea for *two* (1 file committed)" in outcome.stdout
    assert f"see {hub.url}/acme/campaigns/pull/1" in outcome.stdout
    assert "you are on the branch ada/tea now" in outcome.stderr
    pull = hub.pulls[1]
    assert (pull["title"], pull["user"]["login"]) == ("Tea for *two*", "ada")
    assert "2 locations" in pull["body"]
    asked = {item["login"] for item in pull["requested_reviewers"]}
    assert asked == {"mia", "ben", "robin", "sam"}
    first = comment(web, 1)
    assert "Black tea" in hub.comments[1][0]["body"]

    outcome = web.do("mia", "reject", "-m", "Green tea")
    assert "rejected 1: Green tea" in outcome.stdout
    head = pull["head"]["sha"]
    web.write("ada", {NEW: GREEN})
    outcome = web.do("ada", "submit")
    assert "updated 1: Tea for *two*" in outcome.stdout
    assert "in the way: mia asked for changes" in outcome.stdout
    assert (len(hub.pulls), pull["head"]["sha"] != head) == (1, True)
    assert comment(web, 1) == first
    assert comment(web, 1) == first
    assert [("Green tea" in item["body"]) for item in hub.comments[1]] == [True]
    outcome = web.do("ada", "approve", "1", code=2)
    assert "nobody approves his own" in outcome.stderr
    outcome = web.do("ben", "approve", "tea")
    assert "in the way: mia asked for changes" in outcome.stdout


def approve_and_publish(web: Chain) -> None:
    """Approved and merged it is live, from a clone made anew; then there is nothing to do."""
    hub = web.hub
    outcome = web.do("mia", "approve", "1", "--merge")
    assert "approved: 1, by ben, mia" in outcome.stdout
    assert hub.pulls[1]["merged"]
    web.publish()
    assert web.pages("tea")["leith"] == "<p>Green tea Leith</p>"
    assert len(hub.asked) <= 7  # five, and one for each reviewer's rights
    before = web.ledger
    web.publish()
    assert (hub.asked, web.ledger) == ([], before)
    git(web.be("robin"), "pull", "--quiet")
    outcome = web.do("robin", "verify")
    assert "1 merge since the baseline" in outcome.stdout
    assert "is proposal 1, approved by ben" in outcome.stdout


def end(web: Chain) -> None:
    """Over, it is taken down; everybody sees what happened, whose clone knows nothing of it."""
    outcome = web.publish(days=40)
    assert "2 withdrawn  acme/tea  web" in outcome.stdout
    said = json.loads(web.do("robin", "history", "tea", "--format", "json").stdout)["events"]
    kinds = [item["event"] for item in said]
    assert {"changed", "live", "withdrawn"} <= {*kinds}
    later = f"{TODAY + timedelta(days=40):%Y-%m-%dT%H:%MZ}"
    assert "2 withdrawn" in web.do("robin", "status", "tea", "--at", later).stdout
    before = web.ledger
    web.publish(days=40)
    assert (web.hub.asked, web.ledger) == ([], before)


def test_behind_the_published_branch_what_is_merged_is_verified_all_the_same(office):
    number = office.propose(edited("Nice"))
    office.hub.say(number, "mia", "APPROVED")
    office.hub.merge(number, "ben", "squash")
    office.publish()
    outcome = office.do("robin", "verify")
    assert "1 merge since the baseline: approved proposals and nothing else" in outcome.stdout
    assert "newer than what is checked out here" in outcome.stderr


def test_a_rule_of_github_s_own_leaves_the_approval_and_merges_later(office):
    number = office.propose(edited("Nice"))
    office.hub.settings[f"refuses {number}"] = "1 of 2 required status checks are expected."
    outcome = office.do("mia", "approve", "--merge", code=1)
    assert "approved: 1, by mia" in outcome.stdout
    assert "error: not merged: GitHub refused: 1 of 2 required status checks" in outcome.stderr
    assert "hint: it is merged by itself once that is met" in outcome.stderr
    later = office.hub.waiting[number]
    assert (later["head"], later["how"]) == (office.hub.pulls[number]["head"]["sha"], "MERGE")
    office.hub.settings["no merge later"] = "Auto merge is not allowed for this repository"
    outcome = office.do("ben", "approve", "1", "--merge", "--format", "json", code=1)
    assert (outcome.json["approved"], outcome.json["merged"]) == (True, None)
    assert "nor later: GitHub refused: Auto merge is not allowed" in outcome.stderr


def test_whom_github_does_not_ask_is_told(office):
    del office.hub.rights["sam"]
    office.write("ada", edited("Nice"))
    outcome = office.do("ada", "submit", "promo")
    assert "note: asked for no review, as the forge does not let it: @sam" in outcome.stderr
    office.write("ada", edited("Nicer"))
    assert office.do("ada", "submit", "promo", "--format", "json").json["unasked"] == ["sam"]


def test_a_fork_s_proposal_keeps_nobody_from_his_own(office):
    """Its commit is in no branch of ours; one that is gone altogether is left out."""
    folder = office.be("eve")
    office.write("eve", {"brands/acme/notes.md": "From outside"})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "From outside")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/forks/eve")
    office.hub.open_from_fork("eve-change", git(folder, "rev-parse", "HEAD"), "eve")
    office.hub.open_from_fork("eve-more", git(folder, "rev-parse", "HEAD"), "eve")
    office.hub.pulls[2]["head"]["sha"] = "c" * 40
    number = office.propose(edited("Nice"))
    outcome = office.do("mia", "approve", "promo")
    assert f"approved: {number}, by mia" in outcome.stdout
    outcome = office.do("mia", "approve", "2", code=2)
    assert "the commit of 2 is not here and cannot be fetched" in outcome.stderr


def test_a_fork_s_proposal_is_seen_by_status_in_a_new_clone(office):
    folder = office.be("eve")
    office.write("eve", edited("Nice"))
    git(folder, "commit", "--quiet", "--all", "--message", "From outside")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/forks/eve")
    office.hub.open_from_fork("eve-change", git(folder, "rev-parse", "HEAD"), "eve")
    told = office.do("sam", "status", "promo").stdout
    assert "in the way: who pushed last is not known; waits for one of @mia" in told
    assert "promo" in told
    assert "unknown revision" not in told


def test_history_in_a_clone_that_is_behind_tells_of_all_that_is_published(office, tmp_path):
    office.be("sam")
    number = office.propose(edited("Nice"))
    office.hub.say(number, "mia", "APPROVED")
    office.hub.merge(number, "mia")
    assert "changed    acme/promo  Ada " in office.do("sam", "history", "promo").stdout
    office.do("sam", "history", "--evidence", str(tmp_path / "evidence"))
    page = (tmp_path / "evidence/history.html").read_text()
    assert office.hub.git("rev-parse", "main") in page


def test_whoever_may_not_push_proposes_from_a_fork(office):
    """Git's own setting names it; approvals count once its commits are signed, as of any fork."""
    folder = office.be("eve")
    git(office.root, "clone", "--quiet", "--bare", "--no-local", "server", "hub/eve/campaigns")
    office.hub.forked["eve/campaigns"] = office.root / "hub/eve/campaigns"
    git(folder, "remote", "add", "mine", "../hub/eve/campaigns")
    git(folder, "config", "remote.pushDefault", "mine")
    office.write("eve", edited("Nice"))
    assert "proposed 1: " in office.do("eve", "submit", "promo").stdout
    office.write("eve", edited("Nicer"))
    assert "updated 1: " in office.do("eve", "submit", "promo").stdout
    [pull] = office.hub.pulls.values()
    assert (pull["head"]["repo"]["full_name"], pull["head"]["ref"]) == (
        "eve/campaigns",
        "eve/promo",
    )
    assert "eve/promo" not in office.hub.git("branch", "--format", "%(refname:short)").split()
    outcome = office.do("mia", "approve", "promo")
    assert "in the way: who pushed last is not known" in outcome.stdout
    office.hub.signed |= {*git(folder, "rev-list", "origin/main..HEAD").split()}
    office.hub.keep(1)
    assert "approved: 1, by mia" in office.do("mia", "approve", "promo").stdout


def test_whoever_submits_from_a_clone_of_a_fork_is_told_what_to_do(office):
    folder = office.be("eve")
    git(office.root, "clone", "--quiet", "--bare", "--no-local", "server", "fork")
    git(folder, "remote", "set-url", "origin", "../fork")
    office.write("eve", edited("Nice"))
    outcome = office.do("eve", "submit", "promo", code=2)
    assert "acme/campaigns does not have" in outcome.stderr
    assert (
        "remote has to lead to acme/campaigns, and remote.pushDefault to the fork" in outcome.stderr
    )
    assert office.hub.pulls == {}


def test_a_proposal_is_found_by_its_number_without_reading_all_others(office):
    for name in ("One", "Two", "Three"):
        number = office.propose({PROMO: edited(name)[PROMO]})
    office.hub.asked.clear()
    office.do("mia", "approve", str(number))
    listed = [item.path for item in office.hub.asked if item.path.endswith("/activity")]
    assert len(listed) == 1
    office.hub.merge(number, "ben")
    outcome = office.do("mia", "approve", f"change-{number}", code=2)
    assert f"{number} is merged, not open\n\nhint: what was merged and app" in outcome.stderr


def test_whom_a_requirement_asks_is_asked_for_a_review(office):
    hub = office.hub
    rule = "\nrequirements:\n  - {id: legal, why: All of it., from: [eve]}\n"
    number = office.propose({"storesync.yaml": hub.git("show", "main:storesync.yaml") + rule})
    hub.say(number, "sam", "APPROVED")
    hub.merge(number, "robin")
    office.commit_as("ada")
    office.write("ada", {NEW: TEA})
    outcome = office.do("ada", "submit", "tea", "-m", "Tea")
    assert "needs @eve: legal" in outcome.stdout
    pull = hub.pulls[max(hub.pulls)]
    assert {"mia", "eve"} <= {item["login"] for item in pull["requested_reviewers"]}


def test_of_branches_that_are_merged_submit_asks_nothing(office):
    hub = office.hub
    for words in ("One", "Two"):
        office.commit_as("ada")
        office.write("ada", edited(words))
        hub.asked.clear()
        assert "proposed" in office.do("ada", "submit", "promo").stdout
        hub.say(max(hub.pulls), "mia", "APPROVED")
        hub.merge(max(hub.pulls), "robin")
    named = {item.query.get("head", "") for item in hub.asked}
    assert "acme:ada/promo-2" in named
    assert "acme:ada/promo" not in named
