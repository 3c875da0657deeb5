"""Whether reviews suffice: each way in which they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.codeowners import read_codeowners
from storesync.approval.decide import Case, Decision, decide
from storesync.approval.ownership import Ownership
from storesync.plugins.forge import People, Review

FILE = """\
* @root @acme/admins
/brands/acme/ @Ben @mia
/brands/acme/locations/us/ @uma @ben uma@acme.example.com
/brands/acme/legal/ lea@acme.example.com
/free/
/brands/doubt/[x] @ben
/brands/acme/campaigns/ @Ben @mia
"""
OWNERS = Ownership(read_codeowners(FILE.encode()))
PEOPLE = People(
    writers=frozenset({"ben", "mia", "uma", "lea", "ada", "root", "dan", "helper[bot]"}),
    teams={"acme/admins": frozenset({"ada"})},
    addresses={"lea@acme.example.com": "lea"},
)
CAMPAIGN = "brands/acme/campaigns/winter/campaign.yaml"
BASE = Case(frozenset({CAMPAIGN}), "dan", "dan", "h1")


def approved(login: str | None = "ben", commit: str | None = "h1", at: float = 1) -> Review:
    return Review(login, "APPROVED", commit, at)


def decided(*reviews: Review, people: People = PEOPLE, **changes: object) -> Decision:
    return decide(replace(BASE, reviews=reviews, **changes), OWNERS, people)


def test_one_owner_is_enough():
    found = decided(approved())
    assert found.approved
    assert (found.approvers, found.missing) == (("ben",), ())


@pytest.mark.parametrize(
    "reviews",
    [
        [],
        [approved("uma")],  # owns another folder
        [approved("stranger")],
        [approved(None)],
        [approved(commit="h0")],  # before the last push
        [approved(commit=None)],
        [approved("dan")],  # the author, and no owner
        [approved(), Review("Ben", "DISMISSED", "h1", 2)],
        [Review("ben", "COMMENTED", "h1", 1)],
        [Review("ben", "PENDING", "h1", 1)],
        [approved("helper[bot]")],
    ],
)
def test_what_is_no_approval(reviews: list[Review]):
    found = decided(*reviews)
    assert not found.approved
    assert found.missing == ("@Ben", "@mia")
    assert not found.approvers


@pytest.mark.parametrize("who", [{"author": "Ben"}, {"pusher": "BEN"}])
def test_who_wrote_or_pushed_it_does_not_count(who: dict[str, str]):
    assert not decided(approved(), **who).approved
    assert decided(approved("mia"), **who).approved


def test_whoever_had_a_hand_in_it_does_not_count():
    hands = {"contributors": frozenset({"Ben", "zoe"})}
    assert not decided(approved(), **hands).approved
    assert decided(approved(), approved("mia"), **hands).approvers == ("mia",)


def test_for_whoever_cannot_be_told_from_an_approver_it_takes_one_more():
    hands = {"contributors": frozenset({"jo@laptop.example", "dan", "noreply@github.com"})}
    found = decided(approved(), **hands)
    [unmet] = found.unmet
    assert not found.approvers
    assert unmet.why == (
        "1 of 2 approvals, 1 of them since nobody listed whose jo@laptop.example is"
        " (people in storesync.yaml)"
    )
    assert decided(approved(), approved("mia"), **hands).approved


def test_whoever_approved_already_is_not_asked_again():
    hands = {"contributors": frozenset({"jo@laptop.example"})}
    assert decided(approved(), **hands).missing == ("@mia",)
    found = decided(approved(), paths=frozenset({"storesync.yaml"}), **hands)
    assert found.missing == ("@acme/admins", "@root")


def test_a_crowd_of_strangers_is_counted():
    crowd = frozenset(f"{number}@laptop.example" for number in range(5))
    found = decided(approved(), approved("mia"), contributors=crowd)
    [unmet] = found.unmet
    assert unmet.why.startswith("2 of 6 approvals, 5 of them since nobody listed whose 0@")
    assert "2@laptop.example and 2 more is (" in unmet.why


@pytest.mark.parametrize("who", ["author", "pusher"])
def test_a_stranger_who_proposes_or_pushes_is_one_too(who: str):
    assert not decided(approved(), **{who: "jo@laptop.example"}).approved


@pytest.mark.parametrize(
    "name", ["helper[bot]", "zoe", "1+zoe@users.noreply.github.com", "noreply@github.com"]
)
def test_whoever_has_a_login_is_no_stranger(name: str):
    assert decided(approved(), contributors=frozenset({name})).approved


def test_a_hidden_address_is_its_login():
    hands = frozenset({"1+Ben@users.noreply.github.com"})
    assert not decided(approved(), contributors=hands).approved
    assert decided(approved("mia"), contributors=hands).approved


@pytest.mark.parametrize("who", ["author", "pusher"])
def test_an_unknown_author_is_anybody(who: str):
    assert decided(approved(), **{who: None}).objections


def test_a_comment_takes_no_approval_back():
    assert decided(approved(), Review("ben", "COMMENTED", "h1", 2)).approved


def test_a_dismissed_objection_revives_no_approval():
    """The objection replaced the approval; dismissing it leaves nothing."""
    assert not decided(approved(), Review("ben", "DISMISSED", "h1", 2)).approved


def test_the_order_is_that_of_the_moments():
    objection = Review("ben", "CHANGES_REQUESTED", "h1", 1)
    assert decided(approved(at=2), objection).approved
    assert not decided(approved(at=0), objection).approved


@pytest.mark.parametrize("commit", ["h1", "h0", None])
def test_an_objection_stops_all_whatever_it_was_about(commit: str | None):
    found = decided(approved(), Review("uma", "CHANGES_REQUESTED", commit, 1, "Too cheap"))
    assert found.objections == ("uma asked for changes",)
    assert not found.unmet
    assert not found.approved


def test_an_objection_without_a_word_stops_all_too():
    found = decided(approved(), Review("uma", "CHANGES_REQUESTED", "h1", 1, " "))
    assert found.objections == ("uma asked for changes and did not say which",)
    assert not found.approved


def test_an_objection_of_somebody_without_rights_stops_nothing():
    assert decided(approved(), Review("stranger", "CHANGES_REQUESTED", "h1", 1)).approved


def test_a_state_nobody_knows_stops_all():
    assert decided(approved(), Review("x\u202e", "SHRUGGED", "h1", 1)).objections == (
        "x\\u202e left a review in an unknown state: SHRUGGED",
    )


def test_a_push_that_changed_nothing_keeps_approvals():
    assert decided(approved(commit="h0"), same=frozenset({"h0"})).approved


def test_rights_that_were_lost():
    assert not decided(approved(), people=replace(PEOPLE, writers=frozenset({"mia"}))).approved


def paths(*names: str) -> dict[str, frozenset[str]]:
    return {"paths": frozenset(names)}


def test_each_path_needs_one_of_its_owners():
    both = paths(CAMPAIGN, "brands/acme/locations/us/austin.yaml", "storesync.yaml")
    assert decided(approved("mia"), approved("uma"), approved("ada"), **both).approved
    found = decided(approved("mia"), approved("uma"), **both)
    assert [item.path for item in found.unmet] == ["storesync.yaml"]
    assert found.missing == ("@acme/admins", "@root")


def test_an_address_is_a_person_where_it_is_known():
    legal = paths("brands/acme/legal/x.yaml")
    assert decided(approved("lea"), **legal).approved
    (unmet,) = decided(approved("lea"), people=replace(PEOPLE, addresses={}), **legal).unmet
    assert unmet.why == "who is lea@acme.example.com is not known here (people in storesync.yaml)"


def test_a_team_nobody_could_look_into_approves_nothing():
    found = decided(approved("ada"), people=replace(PEOPLE, teams={}), **paths("storesync.yaml"))
    assert [item.why for item in found.unmet] == ["who is @acme/admins is not known here"]
    assert decided(
        approved("root"), people=replace(PEOPLE, teams={}), **paths("storesync.yaml")
    ).approved


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("free/x", "line 5 of CODEOWNERS leaves it without owner"),
        ("brands/doubt/brand.yaml", ".github/CODEOWNERS:6 is broken and may be about it"),
    ],
)
def test_what_nobody_can_approve(path: str, why: str):
    every = [approved(login) for login in sorted(PEOPLE.writers)]
    (unmet,) = decided(*every, **paths(path)).unmet
    assert unmet.why == why


def test_nothing_changed_is_nothing_known():
    assert decided(approved(), **paths()).objections == ("no changed path is known",)


@pytest.mark.parametrize("raw", [None, b""])
def test_without_lines_nothing_is_approved(raw: bytes | None):
    proposal = replace(BASE, reviews=(approved("root"),))
    assert not decide(proposal, Ownership(read_codeowners(raw)), PEOPLE).approved


logins = st.sampled_from(["ben", "mia", "uma", "ada", "root", "dan", "helper[bot]", "stranger"])
reviews = st.builds(
    Review,
    logins,
    st.sampled_from(["APPROVED", "CHANGES_REQUESTED", "DISMISSED", "COMMENTED", "?"]),
    st.sampled_from(["h0", "h1", None]),
    st.integers(0, 9),
)


@given(
    st.lists(reviews, max_size=8),
    st.frozensets(st.sampled_from([CAMPAIGN, "storesync.yaml", "free/x", "brands/x"]), max_size=3),
    logins,
    logins,
)
def test_whoever_counted_had_the_right_to(
    given_reviews: list[Review], changed: frozenset[str], author: str, pusher: str
):
    found = decided(*given_reviews, paths=changed, author=author, pusher=pusher)
    assert set(found.approvers) <= PEOPLE.writers - {author, pusher, "helper[bot]"}
    if found.approved:
        assert found.approvers
        assert "free/x" not in changed
        sound = {item.login for item in given_reviews if item.commit == "h1"}
        assert set(found.approvers) <= sound
