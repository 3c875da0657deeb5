"""What the forge keeps at any GitHub: over the fake, and over npm's `emulate`."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fake
import pytest

from storesync.builtin.github_client import Client
from storesync.builtin.github_forge import GitHubForge
from storesync.builtin.github_options import read_options
from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
    Forge,
    ForgeSetting,
    MergeRequest,
    PeopleQuery,
    Proposal,
    ProposalQuery,
    ProposalState,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.plugins.registry import missing_members

ADA, MIA = "ada", "mia"


@dataclass(frozen=True)
class Side:
    """A GitHub: the forge as somebody has it, and a way to push as somebody."""

    forge: Callable[[str], GitHubForge]
    push: Callable[[str, str], str]
    knows_pushers: bool
    follows_pushes: bool


@pytest.fixture(params=["fake", pytest.param("emulate", marks=pytest.mark.slow)])
def side(request: pytest.FixtureRequest) -> Side:
    if request.param == "fake":
        hub = request.getfixturevalue("hub")
        forge_of = request.getfixturevalue("forge_of")
        return Side(forge_of, hub.push, True, True)
    emulated = request.getfixturevalue("emulated")
    client_of = request.getfixturevalue("client_of")
    return Side(
        lambda name: forge_at(emulated.url, client_of(emulated.url, emulated.people[name])),
        lambda branch, login: push(emulated.url, emulated.people[login], branch),
        knows_pushers=False,
        follows_pushes=False,  # its pull requests stay at the head they were opened with
    )


def forge_at(url: str, client: Client) -> GitHubForge:
    options = {"repository": fake.REPOSITORY, "url": url}
    setting = ForgeSetting(Path(), "main", "origin", options, {})
    return GitHubForge(read_options(options, {}), setting, client)


def call(url: str, token: str, method: str, path: str, body: Any = None) -> Any:
    raw = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url + path, data=raw, headers=headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=5) as answer:
        return json.load(answer)


def push(url: str, token: str, branch: str) -> str:
    """Push a commit to a branch of `emulate`'s repository, new ones from main."""
    place = f"/repos/{fake.REPOSITORY}"
    refs = call(url, token, "GET", f"{place}/git/matching-refs/heads/{branch}")
    if not refs:
        [main] = call(url, token, "GET", f"{place}/git/matching-refs/heads/main")
        new = {"ref": f"refs/heads/{branch}", "sha": main["object"]["sha"]}
        call(url, token, "POST", f"{place}/git/refs", new)
    name = f"{branch}-{len(call(url, token, 'GET', f'{place}/commits?sha={branch}'))}.txt"
    content = base64.b64encode(name.encode()).decode()
    body = {"message": f"Add {name}", "content": content, "branch": branch}
    return str(call(url, token, "PUT", f"{place}/contents/{name}", body)["commit"]["sha"])


def propose(side: Side, branch: str, **changes: Any) -> Proposal:
    head = side.push(branch, ADA)
    told = {"title": f"Campaign {branch}", "body": "The plan", "at": 0.0, **changes}
    return side.forge(ADA).submit(Submission(branch, head, **told))


def test_a_forge_has_all_that_is_asked_of_one(side: Side):
    forge = side.forge(ADA)
    assert missing_members(forge, Forge) == []
    assert forge.capabilities.proves_identity
    assert forge.capabilities.can_comment


def test_the_login_is_whose_token_it_is(side: Side):
    assert (side.forge(ADA).login(), side.forge(MIA).login()) == (ADA, MIA)


def test_a_branch_is_proposed_once_and_then_brought_up_to_date(side: Side):
    first = propose(side, "twice")
    assert (first.branch, first.base, first.author) == ("twice", "main", ADA)
    assert (first.state, first.title, first.body) == (
        ProposalState.OPEN,
        "Campaign twice",
        "The plan",
    )
    second = propose(side, "twice", title="Better words", body="Another plan")
    assert (second.id, second.title, second.body) == (first.id, "Better words", "Another plan")
    assert second.head != first.head or not side.follows_pushes
    assert [item.id for item in side.forge(MIA).proposals(ProposalQuery(branch="twice"))] == [
        first.id
    ]


def test_a_proposal_is_found_by_number_and_among_the_open(side: Side):
    made = propose(side, "found")
    forge = side.forge(MIA)
    assert forge.proposals(ProposalQuery(id=made.id)) == [made]
    assert made.id in {item.id for item in forge.proposals(ProposalQuery())}
    for nothing in (ProposalQuery(branch="never"), ProposalQuery(id="9999"), ProposalQuery(id="x")):
        assert forge.proposals(nothing) == []


def test_reviews_come_in_their_order_with_the_commit_and_the_plan(side: Side):
    made = propose(side, "reviewed")
    forge = side.forge(MIA)
    forge.review(Verdict(made, ReviewState.CHANGES_REQUESTED, "Too long", 0, "a1b2c3d4e5"))
    head = side.push("reviewed", ADA)
    [again] = forge.proposals(ProposalQuery(id=made.id))
    forge.review(Verdict(again, ReviewState.APPROVED, "Fine", 0))
    reviews = side.forge(ADA).reviews(made)
    assert [(item.login, item.state) for item in reviews] == [
        (MIA, ReviewState.CHANGES_REQUESTED),
        (MIA, ReviewState.APPROVED),
    ]
    assert [item.commit for item in reviews] == [made.head, again.head]
    assert again.head == head or not side.follows_pushes
    assert [(item.body, item.plan) for item in reviews] == [
        ("Too long", "a1b2c3d4e5"),
        ("Fine", ""),
    ]
    assert reviews[0].at <= reviews[1].at


def test_what_is_merged_says_where_and_by_whom(side: Side):
    made = propose(side, "merged")
    forge = side.forge(MIA)
    merge = forge.merge(MergeRequest(made, made.head, "Merge merged\n\nApproved by mia", 0))
    [after] = forge.proposals(ProposalQuery(id=made.id))
    assert (after.state, after.merged, after.closed_by) == (ProposalState.MERGED, merge, MIA)
    assert after.head == made.head


def test_a_head_that_has_moved_is_not_merged(side: Side):
    made = propose(side, "moved")
    seen = made.head[:-1] + ("0" if made.head[-1] != "0" else "1")
    with pytest.raises(UserError, match=r"GitHub did not merge|out of date"):
        side.forge(MIA).merge(MergeRequest(made, seen, "Merge", 0))
    [after] = side.forge(MIA).proposals(ProposalQuery(id=made.id))
    assert after.state is ProposalState.OPEN


def test_there_is_one_comment_for_a_marker(side: Side):
    made = propose(side, "commented")
    forge = side.forge(MIA)
    first = forge.comment(Comment(made, "plan", "One change", 0))
    assert forge.comment(Comment(made, "plan", "Two changes", 0)) == first
    assert forge.comment(Comment(made, "digest", "Something else", 0)) != first
    # Somebody else cannot take its place, and ours is not written over by another's.
    other = side.forge("mallory").comment(Comment(made, "plan", "Forged", 0))
    assert other != first
    assert forge.comment(Comment(made, "plan", "Two changes", 0)) == first


def test_people_who_are_not_known_are_left_out(side: Side):
    people = side.forge(ADA).people(PeopleQuery(frozenset({"Mia", "nobody", "x/../y"})))
    assert people.writers == {MIA}
    assert people.teams == {}


def test_who_pushed_is_told_or_not_known(side: Side):
    made = propose(side, "pushed")
    assert made.pusher == (ADA if side.knows_pushers else None)
    assert ADA in made.contributors or not side.knows_pushers
