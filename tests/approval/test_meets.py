"""Whether the approvals given are those asked for: each way in which they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.asked import Asked, Kind
from storesync.approval.decide import Case, Decision, Unmet, approving
from storesync.approval.meets import given as approvals_given
from storesync.approval.meets import people_for, with_lacking
from storesync.plugins.forge import People, Proposal, ProposalState, Review
from storesync.report.proposal import missing_lines

PEOPLE = People(
    writers=frozenset({"ben", "mia", "lea", "ada", "helper[bot]"}),
    teams={"acme/legal": frozenset({"lea", "ada", "eve"})},
    addresses={"lea@acme.example.com": "lea", "mia@acme.example.com": "mia"},
)
CASE = Case(frozenset(), "dan", "dan", "h1")
LOGINS = ["ben", "mia", "lea", "ada", "eve", "stranger", "helper[bot]"]
UNKNOWN = "who is @acme/finance is not known here"


def asked(*who: str, count: int = 1, besides: tuple[str, ...] = ()) -> Asked:
    return Asked(Kind.REQUIREMENT, "legal", "facts change", who, count, besides)


def why(
    item: Asked, *approvers: str, author: str | None = "dan", pusher: str | None = "dan"
) -> str:
    """Return why it is not met, "" where it is."""
    [found] = approvals_given(
        [item], approvers, PEOPLE, replace(CASE, author=author, pusher=pusher)
    )
    return found.why


@pytest.mark.parametrize(
    ("item", "approvers", "reason"),
    [
        (asked("@lea"), ["lea"], ""),
        (asked("@Lea"), ["LEA"], ""),
        (asked("lea@acme.example.com"), ["lea"], ""),
        (asked("@acme/legal"), ["ada"], ""),
        (asked("@acme/legal", count=2), ["ada", "lea"], ""),
        (asked("@acme/finance", "@lea"), ["lea"], ""),
        (asked("@lea"), [], "no approval yet"),
        (asked("@lea"), ["ben"], "no approval yet"),
        (asked("@eve"), ["eve"], "no approval yet"),  # cannot write
        (asked("@helper[bot]"), ["helper[bot]"], "no approval yet"),
        (asked("@acme/legal", count=2), ["ada"], "1 of 2 approvals"),
        (asked("@ada", "@ADA", count=2), ["ada", "Ada"], "1 of 2 approvals"),
        (asked("@lea", "lea@acme.example.com", count=2), ["lea"], "1 of 2 approvals"),
        (asked("@acme/finance"), ["lea"], UNKNOWN),
        (asked("@acme/finance", "@lea", count=2), ["lea"], UNKNOWN),
        (
            asked("x@acme.example.com"),
            ["lea"],
            "who is x@acme.example.com is not known here (people in storesync.yaml)",
        ),
        (asked(), ["lea"], "nobody is named who could approve it"),
        (asked("@mia", "@ben", besides=("mia",)), ["ben"], ""),
        (asked("@mia", "@ben", besides=("Mia",)), ["mia"], "no approval yet"),
        (asked("@mia", "@ben", besides=("mia@acme.example.com",)), ["mia"], "no approval yet"),
        (
            asked("@mia", "@ben", besides=("Mia Meyer",)),
            ["ben"],
            'who is "Mia Meyer" is not known: write a login or an address of `people`',
        ),
    ],
)
def test_who_has_approved(item: Asked, approvers: list[str], reason: str):
    assert why(item, *approvers) == reason


def test_a_stranger_may_be_one_of_those_who_approve():
    case = replace(CASE, contributors=frozenset({"jo@laptop.example"}))
    item = asked("@acme/legal", "@mia", count=2)
    [few] = approvals_given([item], ["ada", "lea"], PEOPLE, case)
    assert few.why.startswith("2 of 3 approvals, 1 of them since nobody listed whose jo@laptop")
    [enough] = approvals_given([item], ["ada", "lea", "mia"], PEOPLE, case)
    assert not enough.why


def test_who_may_not_be_the_one_or_has_approved_is_not_named_as_who_could():
    who = ("@mia", "@ben", "mia@acme.example.com", "@lea", "@acme/legal", "@acme/finance")
    item = asked(*who, count=3, besides=("Mia",))
    case = Case(frozenset({"storesync.yaml"}), "dan", "dan", "h1")
    found = with_lacking(Decision((), ()), [item], ["lea"], PEOPLE, case)
    assert [lacking.owners for lacking in found.unmet] == [("@ben", "@acme/legal", "@acme/finance")]


def test_each_brand_that_lacks_an_approval_is_named():
    items = [Asked(Kind.BRAND, "brand", "2 changes", ("@ben",), brands=(b,)) for b in ("b", "c")]
    case = Case(frozenset({"templates/shared/all/web.html.j2"}), "dan", "dan", "h1")
    decision = with_lacking(Decision((), ()), items, [], PEOPLE, case)
    proposal = Proposal("1", "T", ProposalState.OPEN, "dan", "dan", "x", "main", "h1", 0.0, 0.0)
    assert missing_lines(decision, proposal) == [
        f"needs @ben: brand {brand} (no approval yet: 2 changes)" for brand in ("b", "c")
    ]


@pytest.mark.parametrize(
    ("pusher", "url", "told"),
    [(None, "", True), ("dan", "", False), (None, "https://github.example/pull/1", False)],
)
def test_whose_a_push_is_can_be_said_on_plain_git(pusher: str | None, url: str, told: bool):
    proposal = Proposal(
        "x", "T", ProposalState.OPEN, "dan", pusher, "x", "main", "h1", 0.0, 0.0, url=url
    )
    decision = Decision((), (), ("who pushed last is not known",))
    lines = missing_lines(decision, proposal)
    assert ("whoever pushed last says so: storesync submit, on that branch" in lines) is told


@pytest.mark.parametrize(
    ("item", "files"),
    [
        (Asked(Kind.BRAND, "brand", "2 changes", ("@ben",), brands=("acme",)), True),
        (Asked(Kind.FAST_LANE, "fast-lane", "location data", ("@ben",)), True),
        # A requirement asks for eyes of its own, though the same people own the files.
        (Asked(Kind.REQUIREMENT, "brand-legal", "facts change", ("@ben",)), False),
        (Asked(Kind.WAIVER, "waiver", "x.yaml: is waived", ("@ben",)), False),
        (Asked(Kind.BRAND, "brand", "2 changes", ("@ben",), count=2, brands=("acme",)), False),
    ],
)
def test_what_owners_of_the_files_meet_along_with_them_is_told_once(item: Asked, files: bool):
    by_path = Decision((), (Unmet("a.yaml", ("@ben",), "no approval yet"),))
    case = Case(frozenset({"a.yaml"}), "dan", "dan", "h1")
    decision = with_lacking(by_path, [item], [], PEOPLE, case)
    proposal = Proposal("1", "T", ProposalState.OPEN, "dan", "dan", "x", "main", "h1", 0.0, 0.0)
    lines = missing_lines(decision, proposal)
    assert (len(lines) == 1) is files, lines


@pytest.mark.parametrize(
    ("author", "pusher", "reason"),
    [
        ("lea", "dan", "no approval yet"),
        ("dan", "Lea", "no approval yet"),
        (None, "dan", "the author is not known"),
        ("dan", None, "who pushed last is not known"),
    ],
)
def test_author_and_pusher_never_count(author, pusher, reason):
    assert why(asked("@lea"), "lea", author=author, pusher=pusher) == reason


@given(st.sets(st.sampled_from(LOGINS)), st.sampled_from(LOGINS), st.integers(1, 4))
def test_one_more_approval_never_takes_one_away(approvers, one, count):
    items = [asked("@ben", "@acme/legal", count=count), asked("@mia", "@ben", besides=("ben",))]
    before = approvals_given(items, approvers, PEOPLE, CASE)
    after = approvals_given(items, approvers | {one}, PEOPLE, CASE)
    assert {item.asked for item in after if item.why} <= {x.asked for x in before if x.why}


@given(st.sets(st.sampled_from(LOGINS)))
def test_a_requirement_hangs_on_nobody_unknown(approvers):
    assert why(asked("@acme/finance"), *approvers) == UNKNOWN


def test_an_approval_counts_though_its_author_owns_nothing():
    reviews = (Review("lea", "APPROVED", "h1", 1), Review("ben", "APPROVED", "h0", 2))
    case = Case(frozenset({"storesync.yaml"}), "dan", "dan", "h1", reviews)
    assert approving(case, PEOPLE) == {"lea"}


def test_a_forge_is_asked_for_all_that_are_named():
    items = [
        asked(
            "@Lea", "@acme/Legal", "mia@acme.example.com", besides=("Kim", "Mia Meyer", "x@y.zz")
        ),
        asked("@lea", "@acme/finance"),
    ]
    query = people_for(items, ["Ben"])
    assert query.logins == {"lea", "ben", "kim"}
    assert query.teams == {"acme/legal", "acme/finance"}
