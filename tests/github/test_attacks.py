"""Answers that lie or are wrong: what they say is not taken, and nothing is guessed."""

from __future__ import annotations

import copy
from dataclasses import replace

import described
import fake
import pytest

from storesync.approval.codeowners import read_codeowners
from storesync.approval.decide import Case, decide
from storesync.approval.ownership import Ownership
from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
    MergeRequest,
    PeopleQuery,
    ProposalQuery,
    ProposalState,
    ReviewState,
    Submission,
    Verdict,
)


@pytest.fixture
def opened(hub):
    hub.push("winter", "ada")
    return hub.pulls[hub.open("winter", "ada")]


def changed(pull, path, value):
    """Return a pull request with another value at a dotted path; `...` takes it out."""
    other = copy.deepcopy(pull)
    *steps, last = path.split(".")
    place = other
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return other


WRONG_PULLS = {
    "another repository": ("base.repo.full_name", "mallory/campaigns", "another repository"),
    "a repository that is gone": ("base.repo", None, "another repository"),
    "another number": ("number", 2, "not as documented"),
    "a number as text": ("number", "1", "not as documented"),
    "a yes as number": ("number", True, "not as documented"),
    "an unknown state": ("state", "merging", "not as documented"),
    "no state": ("state", ..., "not as documented"),
    "no head": ("head", ..., "not as documented"),
    "a head that is null": ("head", None, "not as documented"),
    "a head that is a branch": ("head.sha", "main", "not as documented"),
    "a head in capitals": ("head.sha", "A" * 40, "not as documented"),
    "an author who is a list": ("user", [], "not as documented"),
    "an author with a space": ("user.login", "mia\n", "not as documented"),
    "an author of no kind": ("user.type", ..., "not as documented"),
    "a time without zone": ("created_at", "2026-11-28T12:00:00", "not as documented"),
    "a time in words": ("updated_at", "yesterday", "not as documented"),
    "a home with a path": ("head.repo.full_name", "acme/../x", "not as documented"),
}


@pytest.mark.parametrize("wrong", WRONG_PULLS.values(), ids=WRONG_PULLS)
def test_a_pull_request_that_is_not_as_documented_is_not_known(
    hub, forge_of, opened, odd_answers, wrong
):
    path, value, why = wrong
    hub.answer_next("pulls/1$", 200, changed(opened, path, value))
    with pytest.raises(UserError, match=why):
        forge_of("mia").proposals(ProposalQuery(id="1"))


def test_the_sound_one_is(forge_of, opened):
    [proposal] = forge_of("mia").proposals(ProposalQuery(id="1"))
    assert (proposal.author, proposal.state) == ("ada", ProposalState.OPEN)


def test_a_trial_merge_of_an_open_one_is_no_merge(forge_of, opened):
    assert opened["merge_commit_sha"]
    [proposal] = forge_of("mia").proposals(ProposalQuery(commit=opened["merge_commit_sha"]))
    assert proposal.merged is None


def test_one_into_another_branch_is_none_of_ours(hub, forge_of, opened):
    opened["base"]["ref"] = "staging"
    forge = forge_of("mia")
    for query in (ProposalQuery(id="1"), ProposalQuery(commit=opened["head"]["sha"])):
        assert forge.proposals(query) == []


@pytest.mark.parametrize("home", ["mallory/campaigns", None], ids=["fork", "fork that is gone"])
def test_a_fork_cannot_take_a_branch_s_place(hub, forge_of, home, odd_answers):
    """Its branch has the same name; asking for the branch finds ours, submitting makes our own."""
    head = hub.push("winter", "ada")
    number = hub.open("winter", "mallory", home=home, sha="f" * 40)
    forge = forge_of("ada")
    assert forge.proposals(ProposalQuery(branch="winter")) == []
    ours = forge.submit(Submission("winter", head, "Winter", "Plan", 0))
    assert (ours.author, ours.head) == ("ada", head)
    [theirs] = forge.proposals(ProposalQuery(id=str(number)))
    assert (theirs.author, theirs.head) == ("mallory", "f" * 40)
    assert theirs.pusher is None


FORKS = (
    "https://github.com/Mallory/campaigns.git",
    "git@github.com:Mallory/campaigns.git",
    "ssh://git@ghe.example.com:22/Mallory/campaigns/",
    "https://secret@github.com/Mallory/campaigns",
)


@pytest.mark.parametrize("address", FORKS)
def test_a_branch_of_a_fork_is_proposed_and_found_there_alone(hub, forge_of, address):
    hub.push("winter", "ada")
    hub.open("winter", "ada")
    head = hub.elsewhere["Mallory/campaigns", "winter"] = "f" * 40
    forge = forge_of("mallory")
    found = forge.submit(Submission("winter", head, "Winter", "Plan", 0, home=address))
    assert (found.id, found.author, found.head) == ("2", "mallory", head)
    sent = next(asked.body for asked in hub.asked if asked.method == "POST")
    assert (sent["head"], sent["head_repo"]) == ("Mallory:winter", "Mallory/campaigns")
    again = forge.submit(Submission("winter", head, "Warmer", "Plan", 0, home=address))
    assert (again.id, again.title, len(hub.pulls)) == ("2", "Warmer", 2)
    theirs = forge.proposals(ProposalQuery(branch="winter", home=address))
    assert [item.id for item in theirs] == ["2"]
    assert [item.id for item in forge.proposals(ProposalQuery(branch="winter"))] == ["1"]


def test_the_repository_itself_is_no_fork(hub, forge_of):
    head = hub.push("winter", "ada")
    address = "git@github.com:ACME/campaigns.git"
    forge_of("ada").submit(Submission("winter", head, "Winter", "Plan", 0, home=address))
    sent = next(asked.body for asked in hub.asked if asked.method == "POST")
    assert sent["head"] == "winter"


@pytest.mark.parametrize("address", ["fork", "https://secret@github.com/", "C:\\fork"])
def test_an_address_that_names_no_repository_is_not_shown(hub, forge_of, address):
    with pytest.raises(UserError, match="no address of a repository") as raised:
        forge_of("mallory").submit(Submission("winter", "f" * 40, "W", "P", 0, home=address))
    assert "secret" not in raised.value.message


def test_what_a_fork_does_not_have_is_not_proposed(hub, forge_of):
    hub.elsewhere["mallory/campaigns", "winter"] = "e" * 40
    with pytest.raises(UserError, match="mallory/campaigns does not have ffffffffff as winter"):
        forge_of("mallory").submit(
            Submission("winter", "f" * 40, "W", "P", 0, home=FORKS[1].lower())
        )


WRONG_REVIEWS = {
    "a state that is none": ("state", 7),
    "no state": ("state", ...),
    "a commit that is none": ("commit_id", "HEAD"),
    "no author at all": ("user", ...),
    "an author without login": ("user.login", ...),
    "no id": ("id", ...),
    "a time that is none": ("submitted_at", "now"),
    "no time": ("submitted_at", ...),
    "an empty time": ("submitted_at", None),
}


@pytest.mark.parametrize(("path", "value"), WRONG_REVIEWS.values(), ids=WRONG_REVIEWS)
def test_a_review_that_is_not_as_documented_is_not_known(
    hub, forge_of, opened, odd_answers, path, value
):
    given = hub.say(1, "mia", "APPROVED")
    hub.answer_next("reviews", 200, [changed(given, path, value)])
    forge = forge_of("ada")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    with pytest.raises(UserError, match="not as documented"):
        forge.reviews(proposal)


@pytest.mark.parametrize("body", [{}, {"message": "x"}, "[]", 7, None, [None], [7]], ids=repr)
def test_a_list_that_is_none_is_not_known(hub, forge_of, opened, odd_answers, body):
    forge = forge_of("ada")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    hub.answer_next("reviews", 200, body)
    with pytest.raises(UserError, match="not as documented"):
        forge.reviews(proposal)


# Who said what, in turn; and whether it is approved. Mia and Ben own, Mallory can write.
STORIES = {
    "an owner": ([("mia", "APPROVED", {})], True),
    "nobody": ([], False),
    "one who is no owner": ([("mallory", "APPROVED", {})], False),
    "the author": ([("ada", "APPROVED", {})], False),
    "an App": ([("mia[bot]", "APPROVED", {})], False),
    "an App by its kind alone": ([("mia", "APPROVED", {"kind": "Bot"})], False),
    "an account that is gone": ([(None, "APPROVED", {})], False),
    "an App named like the owner": ([("dependabot[bot]", "APPROVED", {})], False),
    "dismissed": ([("mia", "DISMISSED", {})], False),
    "dismissed after approving": ([("mia", "APPROVED", {}), ("mia", "DISMISSED", {})], False),
    "a comment after approving": ([("mia", "APPROVED", {}), ("mia", "COMMENTED", {})], True),
    "changes asked by another": (
        [("mia", "APPROVED", {}), ("ben", "CHANGES_REQUESTED", {})],
        False,
    ),
    "approved without a commit": ([("mia", "APPROVED", {"commit_id": None})], False),
    "approved before the last push": ([("mia", "APPROVED", {"commit_id": "a" * 40})], False),
    "a state nobody knows": ([("mia", "APPROVED", {}), ("ben", "ENDORSED", {})], False),
    "only a state nobody knows": ([("mia", "approved", {})], False),
    "not sent yet": ([("mia", "PENDING", {"submitted_at": ...})], False),
}


def decided(forge, path="brands/harbor/brand.yaml"):
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    reviews = tuple(forge.reviews(proposal))
    logins = frozenset(review.login for review in reviews if review.login is not None)
    people = forge.people(PeopleQuery(logins, frozenset({"acme/brand"})))
    case = Case(
        paths=frozenset({path}),
        author=proposal.author,
        pusher=proposal.pusher,
        head=proposal.head,
        reviews=reviews,
        contributors=proposal.contributors,
    )
    owners = Ownership(read_codeowners(b"/brands/ @acme/brand\n"))
    return decide(case, owners, people)


@pytest.mark.parametrize(("said", "approved"), STORIES.values(), ids=STORIES)
def test_what_reviews_at_github_are_worth(hub, forge_of, opened, said, approved):
    for login, state, how in said:
        own = dict(how)
        kind = own.pop("kind", None)
        review = hub.say(1, login, state, **own)
        if review["submitted_at"] is ...:
            del review["submitted_at"]
        if kind:
            review["user"]["type"] = kind
    assert decided(forge_of("ada")).approved is approved


PUSHES = {
    "the author alone": ([("ada", None)], "ada", True),
    "somebody else last": ([("ada", None), ("ben", None)], "ben", True),
    "the approver last": ([("ada", None), ("mia", None)], "mia", False),
    "the approver, in the author's name": ([("ada", None), ("mia", "ada")], "mia", False),
    "the approver before": ([("mia", None), ("ada", None)], "ada", False),
    "the author, in the approver's name": ([("ada", "mia")], "ada", False),
}


@pytest.mark.parametrize(("pushed", "pusher", "approved"), PUSHES.values(), ids=PUSHES)
def test_who_pushed_does_not_approve(hub, forge_of, pushed, pusher, approved):
    for login, named in pushed:
        hub.push("winter", login, named=named)
    hub.open("winter", "ada")
    hub.say(1, "mia", "APPROVED")
    forge = forge_of("ada")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    assert proposal.pusher == pusher
    assert decided(forge).approved is approved


@pytest.mark.parametrize(
    ("address", "approved"),
    [
        ("Mia@example.com", False),
        ("123+mia@users.noreply.github.com", False),
        ("456+ben@users.noreply.github.com", True),
        ("noreply@github.com", True),  # nobody
        ("robin@example.com", False),  # whoever that is: Mia, perhaps
        ("", True),
    ],
)
def test_a_co_author_does_not_approve(hub, forge_of, address, approved):
    hub.push("winter", "ada", message=f"Apply suggestion\n\nco-authored-by: M <{address}>\n")
    hub.push("winter", "ada", message="More\n\nCo-authored-by: Mia\nis no address")
    hub.open("winter", "ada")
    hub.say(1, "mia", "APPROVED")
    assert decided(forge_of("ada")).approved is approved


@pytest.mark.parametrize("part", ["author", "committer"])
@pytest.mark.parametrize("user", [None, {}])
@pytest.mark.parametrize(
    ("named", "hand"),
    [
        ({"email": "Mia@example.com"}, "mia"),
        ({"email": "laptop@example.com"}, "laptop@example.com"),
        ({"email": "laptop"}, "laptop@"),
        ({"email": "@laptop"}, "@laptop@"),
        ({"email": " "}, "nobody@"),
        ({"email": ""}, "commit"),
        ({"name": "Mia"}, "commit"),
        (None, "commit"),
    ],
)
def test_of_whom_github_knows_no_account_the_address_counts(hub, forge_of, part, user, named, hand):
    hub.push("winter", "ada")
    hub.open("winter", "ada")
    [commit] = hub.commits["winter"]
    commit[part], commit["commit"][part] = user, named
    [proposal] = forge_of("ada").proposals(ProposalQuery(id="1"))
    assert hand in {name.partition(" ")[0] for name in proposal.contributors}
    hub.say(1, "mia", "APPROVED")
    assert not decided(forge_of("ada")).approved
    hub.say(1, "ben", "APPROVED")
    assert decided(forge_of("ada")).approved


@pytest.mark.parametrize(
    ("signed", "named", "pusher"),
    [
        ([True, True], "ada", "ada"),
        ([False, True], "ada", None),
        ([True, False], "ada", None),
        ([True, True], "web-flow", None),
    ],
)
def test_where_pushes_are_hidden_signatures_of_all_commits_count(
    hub, forge_of, signed, named, pusher
):
    for sign in signed:
        hub.push("winter", "mallory", named=named, signed=sign)
    hub.open("winter", "ada")
    hub.hidden.add("/activity$")
    hub.say(1, "mia", "APPROVED")
    forge = forge_of("ada")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    assert proposal.pusher == pusher
    assert "web-flow" not in proposal.contributors
    assert decided(forge).approved is (pusher is not None)


def test_whom_commits_name_that_github_does_not_list_is_not_known(hub, forge_of):
    for _ in range(249):
        hub.push("winter", "ada", signed=True)
    hub.open("winter", "ada")
    hub.say(1, "mia", "APPROVED")
    [proposal] = forge_of("ada").proposals(ProposalQuery(id="1"))
    assert proposal.pusher == "ada"
    hub.push("winter", "ada", signed=True)
    [proposal] = forge_of("ada").proposals(ProposalQuery(id="1"))
    assert proposal.pusher is None


def test_a_push_that_is_not_the_head_tells_nothing(hub, forge_of, opened):
    opened["head"]["sha"] = "e" * 40
    [proposal] = forge_of("mia").proposals(ProposalQuery(id="1"))
    assert proposal.pusher is None


def test_a_branch_used_again_leaves_its_past_behind(hub, forge_of):
    """Mia's branch of last year makes her no contributor; nor does what comes after the end."""
    hub.push("winter", "mia")
    del hub.heads["winter"], hub.commits["winter"]
    hub.note("winter", "branch_deletion", "1" * 40, "0" * 40, "mia", hub.tick())
    head = hub.push("winter", "ada")
    number = hub.open("winter", "ada")
    hub.say(number, "mia", "APPROVED")
    merged = hub.merge(number, "ben")
    hub.note("winter", "branch_deletion", head, "0" * 40, "ben", hub.tick())
    hub.note("winter", "branch_creation", "0" * 40, "2" * 40, "mia", hub.tick())
    [proposal] = forge_of("ada").proposals(ProposalQuery(commit=merged))
    assert (proposal.pusher, proposal.contributors) == ("ada", {"ada"})
    assert proposal.merged == merged
    assert decided(forge_of("ada")).approved


@pytest.mark.parametrize(
    ("logins", "writers"),
    [
        ({"mia", "BEN", "ada"}, {"mia", "ben"}),
        ({"nobody"}, set()),
        ({"mia[bot]", "", "../x"}, set()),
    ],
)
def test_who_may_write(forge_of, logins, writers):
    assert forge_of("ada").people(PeopleQuery(frozenset(logins))).writers == writers


def test_a_right_told_of_somebody_else_is_not_known(hub, forge_of, odd_answers):
    hub.rights["mallory"] = "admin"
    told = {"permission": "admin", "role_name": "admin", "user": fake.user("mallory")}
    hub.answer_next("collaborators/ada", 200, told)
    with pytest.raises(UserError, match="not as documented"):
        forge_of("ada").people(PeopleQuery(frozenset({"ada"})))


def test_teams_not_seen_are_left_out(hub, forge_of):
    logins = frozenset({"mia", "mallory"})
    teams = frozenset({"@Acme/brand", "acme/hidden", "other/brand", "acme/../x"})
    people = forge_of("ada").people(PeopleQuery(logins, teams))
    assert people.teams == {"acme/brand": {"mia"}}
    assert people.addresses == {"mia@example.com": "mia"}
    assert not any("/orgs/other" in asked.path for asked in hub.asked)
    hub.pending = {"mia"}
    assert forge_of("ada").people(PeopleQuery(logins, teams)).teams == {"acme/brand": frozenset()}
    hub.hidden.add("/orgs/")
    assert forge_of("ada").people(PeopleQuery(logins, teams)).teams == {}


def test_one_s_own_proposal_cannot_be_approved(hub, forge_of, opened):
    forge = forge_of("ada")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    with pytest.raises(UserError, match="Can not approve your own"):
        forge.review(Verdict(proposal, ReviewState.APPROVED, "Fine", 0))
    with pytest.raises(UserError, match="no verdict"):
        forge.review(Verdict(proposal, ReviewState.DISMISSED, "Fine", 0))


def test_a_number_that_is_not_there_is_none_only_where_others_are_seen(hub, forge_of, opened):
    assert forge_of("mia").proposals(ProposalQuery(id="2")) == []
    hub.answer_next("pulls/2$", 404, {"message": "Not Found"})
    hub.answer_next("pulls$", 404, {"message": "Not Found"})
    with pytest.raises(UserError, match="Not Found"):
        forge_of("mia").proposals(ProposalQuery(id="2"))


def test_what_is_closed_takes_no_review_and_objections_have_words(hub, forge_of, opened):
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    with pytest.raises(UserError, match="without a word"):
        forge.review(Verdict(proposal, ReviewState.CHANGES_REQUESTED, " \n", 0))
    hub.merge(1, "ben")
    with pytest.raises(UserError, match="closed already"):
        forge.review(Verdict(proposal, ReviewState.APPROVED, "Fine", 0))
    assert hub.reviews == {}


def test_what_is_said_at_lines_are_words_too(hub, forge_of, opened):
    """GitHub lets somebody ask for changes without a word where lines were commented."""
    lines = [described.like("review-comment", body=text) for text in ("Too cheap", "And late")]
    first = hub.say(1, "mia", "CHANGES_REQUESTED")
    hub.say(1, "ben", "CHANGES_REQUESTED")
    hub.lines[first["id"]] = lines
    [proposal] = forge_of("ada").proposals(ProposalQuery(id="1"))
    found = forge_of("ada").reviews(proposal)
    assert [item.body for item in found] == ["Too cheap\nAnd late", ""]


@pytest.mark.parametrize("branch", ["main", "nowhere", "winter"])
def test_what_github_does_not_have_is_not_proposed(hub, forge_of, opened, branch):
    with pytest.raises(UserError, match=r"published branch|does not have 0000000000"):
        forge_of("ada").submit(Submission(branch, "0" * 40, "W", "P", 0))
    assert all(asked.method == "GET" for asked in hub.asked)


def test_reviewers_whom_github_refuses_are_told(hub, forge_of):
    head = hub.push("winter", "ada")
    asked = ["mia", "@acme/brand", "nobody", "ada", "acme/none", "mia", "other/brand"]
    forge = forge_of("ada")
    proposal = forge.submit(Submission("winter", head, "Winter", "Plan", 0, asked, urgent=True))
    assert proposal.unasked == ("nobody", "acme/none", "other/brand")
    pull = hub.pulls[1]
    assert [item["login"] for item in pull["requested_reviewers"]] == ["mia"]
    assert [item["slug"] for item in pull["requested_teams"]] == ["brand"]
    assert [item["name"] for item in pull["labels"]] == ["urgent"]


def test_a_label_that_is_refused_stops_nothing(hub, forge_of):
    head = hub.push("winter", "ada")
    hub.hidden.add("/labels$")
    assert forge_of("ada").submit(Submission("winter", head, "W", "P", 0, urgent=True)).id == "1"


def test_an_answer_lost_while_opening_makes_no_second_proposal(hub, forge_of):
    head = hub.push("winter", "ada")
    hub.answer_next("pulls$", 200, [])
    hub.open("winter", "ada")
    hub.answer_next("pulls$", 502, b"")
    assert forge_of("ada").submit(Submission("winter", head, "W", "P", 0)).id == "1"
    assert len(hub.pulls) == 1


def test_an_answer_lost_while_merging_is_looked_up(hub, forge_of, opened):
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    request = MergeRequest(proposal, proposal.head, "Merge", 0)
    hub.answer_next("merge$", 502, b"")
    with pytest.raises(UserError, match="GitHub failed"):
        forge.merge(request)
    merged = hub.merge(1, "mia")
    hub.answer_next("merge$", 502, b"")
    assert forge.merge(request) == merged


def test_an_answer_lost_while_reviewing_is_said_so(hub, forge_of, opened):
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    hub.answer_next("reviews$", 502, b"")
    with pytest.raises(UserError, match="may have been given or not"):
        forge.review(Verdict(proposal, ReviewState.APPROVED, "Fine", 0))


def test_a_comment_of_somebody_else_is_no_place_for_ours(hub, forge_of, opened):
    mark = "<!-- storesync:plan -->"
    for login in ("mallory", None, "mia[bot]"):
        own = {"id": hub.serial, "user": fake.user(login), "body": f"{mark}\nForged"}
        hub.comments.setdefault(1, []).append(fake.described.like("issue-comment", **own))
        hub.tick()
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    forge.comment(Comment(proposal, "plan", f"{mark}\nOurs", 0))
    bodies = [item["body"] for item in hub.comments[1]]
    assert bodies == [f"{mark}\nForged"] * 3 + [f"{mark}\nOurs"]
    changes = [asked for asked in hub.asked if asked.method != "GET"]
    forge.comment(Comment(proposal, "plan", "Ours", 0))
    assert [asked for asked in hub.asked if asked.method != "GET"] == changes  # nothing is new


def test_the_token_of_actions_finds_its_own_comment(hub, forge_of, opened):
    forge = forge_of("actions")
    assert forge.login() == "github-actions[bot]"
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    assert forge.comment(Comment(proposal, "plan", "One", 0)) == forge.comment(
        Comment(proposal, "plan", "Two", 0)
    )
    assert len(hub.comments[1]) == 1


def test_texts_too_long_are_refused_before_they_are_sent(hub, forge_of, opened):
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    long = "x" * 70_000
    with pytest.raises(UserError, match="65,536 characters"):
        forge.comment(Comment(proposal, "plan", long, 0))
    with pytest.raises(UserError, match="65,536 characters"):
        forge.submit(Submission("winter", proposal.head, "W", long, 0))
    assert all(asked.method == "GET" for asked in hub.asked)


@pytest.mark.parametrize("number", ["0", "1/../2", "01", "x", "1?x", "9" * 30, ""])
def test_a_number_is_a_number(hub, forge_of, opened, number):
    forge = forge_of("mia")
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    asked = len(hub.asked)
    with pytest.raises(UserError, match="no number of a pull request"):
        forge.reviews(replace(proposal, id=number))
    assert len(hub.asked) == asked


@pytest.mark.parametrize("commit", ["main", "a" * 39, "A" * 40, "../" + "a" * 40])
def test_a_commit_is_a_whole_id(forge_of, commit):
    with pytest.raises(UserError, match="is no commit"):
        forge_of("mia").proposals(ProposalQuery(commit=commit))


def test_an_error_at_any_request_is_no_answer(hub, forge_of):
    """Every single request of the whole question fails in turn: no one is skipped silently."""
    hub.push("winter", "ada")
    hub.open("winter", "ada")
    hub.say(1, "mia", "APPROVED")
    assert decided(forge_of("ada")).approved
    paths = [asked.path for asked in hub.asked]
    assert len(paths) >= 7
    for path in dict.fromkeys(paths):
        for status in (401, 500, 200):
            hub.canned.clear()
            for _ in range(3):
                hub.answer_next(f"^{path}$", status, b"<html>")
            with pytest.raises(UserError):
                decided(forge_of("ada"))
