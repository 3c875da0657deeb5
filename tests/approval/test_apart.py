"""What a proposal may take from an earlier one that it met, and what it may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from storesync.approval.apart import Alone, is_covered, may_be_covered, met_by, were_apart
from storesync.approval.asked import Asked, Kind
from storesync.approval.codeowners import read_codeowners
from storesync.approval.cost import Cost
from storesync.approval.decide import Case
from storesync.approval.effect import DATA, Effect
from storesync.approval.ownership import Ownership
from storesync.approval.risk import leaves_alone
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plugins.forge import People, Proposal, ProposalState, Review

LEITH, DEAN = (
    PlacementKey("acme", "promo", place, "web", "en-GB", "outbox") for place in ("leith", "dean")
)
RULE = Asked(Kind.REQUIREMENT, "legal", "discount is 40", ("@lena",), brands=("acme",))


def change(key: PlacementKey, fingerprint: str) -> Change:
    return Change(Action.UPDATE, key, None, None, fingerprint, "a", "", explained=False)


def asked(*prints: str, untouched: tuple[str, ...] | None = None, rule: Asked = RULE) -> Asked:
    return replace(rule, fingerprints=prints, untouched=prints if untouched is None else untouched)


BOTH = Alone((), (change(LEITH, "both"), change(DEAN, "dean")))
EARLIER = Alone((asked("first"),), (change(LEITH, "first"),))
NOTHING = Alone((), ())


def test_what_the_later_one_touches_needs_no_look_at_earlier_ones():
    assert may_be_covered(asked("both"))
    assert not may_be_covered(asked("both", untouched=()))
    assert not may_be_covered(asked())
    assert not may_be_covered(asked("both", rule=replace(RULE, kind=Kind.WAIVER)))


def test_what_the_earlier_one_brought_is_covered():
    assert is_covered(asked("both"), BOTH, EARLIER, NOTHING)


@pytest.mark.parametrize(
    ("lacking", "earlier", "later"),
    [
        (asked("both", untouched=()), EARLIER, NOTHING),  # what it looks at changes
        (asked("both", "dean", untouched=("both",)), EARLIER, NOTHING),
        (asked(), EARLIER, NOTHING),  # about money alone, of which nobody can tell
        (asked("both", "dean"), EARLIER, NOTHING),  # a place that the earlier one left alone
        (asked("both"), NOTHING, NOTHING),  # the earlier one was not asked
        (asked("both"), EARLIER, EARLIER),  # the later one brings it, too
        (asked("both", rule=replace(RULE, rule="tax")), EARLIER, NOTHING),
        (asked("both", rule=replace(RULE, brands=("zeta",))), EARLIER, NOTHING),
        (asked("both", rule=replace(RULE, kind=Kind.WAIVER)), EARLIER, NOTHING),
    ],
)
def test_nothing_else_is(lacking, earlier, later):
    assert not is_covered(lacking, BOTH, earlier, later)


@pytest.mark.parametrize("kind", [Kind.WAIVER, Kind.OWNERS, Kind.FAST_LANE])
def test_only_rules_and_brands_are_taken_over(kind):
    rule = replace(RULE, kind=kind)
    earlier = Alone((asked("first", rule=rule),), EARLIER.changes)
    assert not is_covered(asked("both", rule=rule), BOTH, earlier, NOTHING)


@pytest.mark.parametrize(
    ("landed", "times", "apart"),
    [(10.0, [5, 9], True), (10.0, [5, 10], False), (10.0, [], False), (None, [5], False)],
)
def test_apart_is_what_was_approved_before_the_other_one_came(landed, times, apart):
    proposal = Proposal(
        *("1", "One", ProposalState.MERGED, "zoe", "zoe", "one", "main", "h1", 0.0, 99.0),
        landed=landed,
    )
    reviews = [Review("mia", "APPROVED", "h2", float(at)) for at in times]
    assert were_apart(reviews, proposal) is apart


EVERYBODY = People(frozenset({"lena", "mia", "zoe"}))
OWNERSHIP = Ownership(read_codeowners(b"* @mia\n"))
APPROVED = (Review("lena", "APPROVED", "h1", 1.0), Review("mia", "APPROVED", "h1", 2.0))
FIRST = Case(frozenset({"x"}), "zoe", "zoe", "h1", APPROVED)
SECOND = Case(frozenset({"y"}), "zoe", "zoe", "h2")
AGAINST = Review("mia", "CHANGES_REQUESTED", "h1", 3.0, "No")


@pytest.mark.parametrize(
    ("earlier", "later", "who"),
    [
        (FIRST, SECOND, ("lena",)),
        (replace(FIRST, reviews=APPROVED[1:]), SECOND, ()),
        (replace(FIRST, reviews=(*APPROVED, AGAINST)), SECOND, ()),
        (replace(FIRST, author="lena"), SECOND, ()),
        (FIRST, replace(SECOND, author="lena"), ()),
        (FIRST, replace(SECOND, pusher="Lena"), ()),
        (FIRST, replace(SECOND, pusher=None), ()),
        (FIRST, replace(SECOND, contributors=frozenset({"Lena"})), ()),
        (FIRST, replace(SECOND, contributors=frozenset({"jo@laptop.example"})), ()),
        (replace(FIRST, contributors=frozenset({"jo@laptop.example"})), SECOND, ()),
    ],
)
def test_whose_approval_of_the_earlier_one_counts(earlier, later, who):
    assert met_by(RULE, earlier, later, OWNERSHIP, EVERYBODY) == who


VALUES = {"discount": 40, "headline": "Tea"}
BESIDE = Effect(change(LEITH, "both"), VALUES, VALUES, frozenset({"headline"}))
GONE = replace(change(LEITH, "gone"), action=Action.WITHDRAW)


@pytest.mark.parametrize(
    ("found", "alone"),
    [
        (replace(BESIDE, light=DATA), True),
        (BESIDE, False),  # 40 off something else, or another picture
        (replace(BESIDE, facts=frozenset({"headline"})), False),
        (replace(BESIDE, change=replace(GONE, action=Action.CREATE)), False),
        (Effect(GONE, {}, {}), True),  # what comes down states nothing
    ],
)
def test_what_a_rule_looks_at_may_have_been_there_before(found, alone):
    assert leaves_alone(found) is alone


PROMO, BUDGET = ("acme", "promo"), Decimal(1_000)
SPENT = Cost("GBP", Decimal(1_200), budget=BUDGET)


def costing(print_: str, *costs: tuple[tuple[str, str], Cost]) -> Asked:
    return replace(asked(print_), money=costs)


@pytest.mark.parametrize(
    ("cost", "covered"),
    [
        (SPENT, True),
        (replace(SPENT, amount=Decimal(1_100)), True),
        (replace(SPENT, restated=True, segments=3), True),
        (replace(SPENT, amount=Decimal(1_201)), False),
        (replace(SPENT, budget=Decimal(999)), False),
        (replace(SPENT, currency="JPY"), False),
        (replace(SPENT, unknown="no costs: recipients"), False),
    ],
)
def test_money_was_approved_up_to_what_it_was(cost, covered):
    earlier = replace(EARLIER, asked=(costing("first", (PROMO, SPENT)),))
    assert is_covered(costing("both", (PROMO, cost)), BOTH, earlier, NOTHING) is covered


def test_money_of_another_campaign_or_unknown_was_not_approved():
    earlier = replace(EARLIER, asked=(costing("first", (PROMO, SPENT)),))
    for amount, covered in ((0, True), (1, False)):
        tea = (("acme", "tea"), replace(SPENT, amount=Decimal(amount)))
        assert is_covered(costing("both", (PROMO, SPENT), tea), BOTH, earlier, NOTHING) is covered
    unknown = replace(SPENT, unknown="no costs: recipients")
    earlier = replace(EARLIER, asked=(costing("first", (PROMO, unknown)),))
    assert not is_covered(costing("both", (PROMO, SPENT)), BOTH, earlier, NOTHING)


def test_what_looks_at_money_alone_looks_at_no_place():
    earlier = replace(EARLIER, asked=(costing("first", (PROMO, SPENT)),))
    lacking = replace(asked("both", "dean"), money=((PROMO, SPENT),))
    assert not is_covered(lacking, BOTH, earlier, NOTHING)
    assert is_covered(replace(lacking, money_alone=True), BOTH, earlier, NOTHING)
