"""Merging once GitHub's own rules are met; and what is asked once for a run."""

from __future__ import annotations

import pytest

from storesync.errors import UserError
from storesync.plugins.forge import MergeRequest, PeopleQuery, ProposalQuery


@pytest.fixture
def asked(hub, forge_of):
    """A forge that squashes, and a request to merge Ada's proposal."""
    hub.push("tea", "ada")
    hub.open("tea", "ada")
    forge = forge_of("mia", **{"merge-method": "squash"})
    [proposal] = forge.proposals(ProposalQuery(id="1"))
    return forge, MergeRequest(proposal, proposal.head, 'Tea "for" two\n\nBy mia\n', 0.0)


def test_the_head_and_the_way_are_named(hub, asked):
    forge, request = asked
    forge.merge_later(request)
    given = {"pull": "PR_1", "head": request.head, "how": "SQUASH"}
    assert hub.waiting == {1: {**given, "title": 'Tea "for" two', "text": "By mia"}}
    assert not hub.pulls[1]["merged"]


def test_another_head_is_not_merged_later(hub, asked):
    forge, request = asked
    hub.push("tea", "ada")
    with pytest.raises(UserError, match="Head sha didn't match"):
        forge.merge_later(request)
    assert hub.waiting == {}


def test_why_github_does_not_is_told(hub, asked):
    forge, request = asked
    hub.settings["no merge later"] = "Auto merge is not allowed\x1b[31m"
    with pytest.raises(UserError, match=r"refused: Auto merge is not allowed\\u001b\[31m$"):
        forge.merge_later(request)


def test_an_answer_without_a_number_is_no_answer(hub, asked, odd_answers):
    forge, request = asked
    hub.answer_next("/graphql", 200, {"data": {"enablePullRequestAutoMerge": None}})
    with pytest.raises(UserError, match="not as documented"):
        forge.merge_later(request)


def test_rights_and_members_are_asked_once(hub, forge_of):
    forge = forge_of("mia")
    query = PeopleQuery(frozenset({"mia", "ada"}), frozenset({"acme/brand", "acme/none"}))
    first = forge.people(query)
    count = len(hub.asked)
    assert forge.people(query) == first
    assert len(hub.asked) == count
    more = forge.people(PeopleQuery(frozenset({"mia", "ben"})))
    assert (more.writers, len(hub.asked)) == ({"mia", "ben"}, count + 1)
