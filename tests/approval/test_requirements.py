"""Which approvals a change asks for: tests/cases/requirements, and what holds of all changes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal

import pytest
from casefile import CASES, Case, base, cases, read_case
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.always import PlacedWaiver
from storesync.approval.asked import Asked, Kind
from storesync.approval.codeowners import read_codeowners
from storesync.approval.cost import Cost, costs
from storesync.approval.effect import Effect, Sides, effects
from storesync.approval.ownership import Ownership
from storesync.approval.requirements import Proposed, Rules, ask, rules_of
from storesync.approval.risk import assess_risk
from storesync.approval.roles import Teams, teams_of
from storesync.approval.teams import location_paths
from storesync.approval.write import codeowners_text
from storesync.catalog.catalog import Catalog
from storesync.copywriting.facts.reading.read import states
from storesync.model.requirement import Requirement, Risk
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan
from storesync.plan.review import plan_review
from storesync.render.artifact import fingerprint
from storesync.render.limits import segments
from storesync.report.approvals import lines
from storesync.source.tree import MemoryTree, Tree
from storesync.validate.assess import Assessment, assess
from storesync.validate.identity import renamed
from storesync.validate.waivers import waivers_of

COMMON = read_case(CASES / "requirements-base.txt").sections
NOON = datetime.fromisoformat("2026-11-10T12:00Z")
TEMPLATE = "templates/shared/offer/web.html.j2"
Files = dict[str, str]


def shown(tree: Tree):
    """Stand in for rendering: what the templates of these cases show, and their text."""
    parts = tree.read_many([path for path in tree.paths() if path.endswith(".j2")])

    def artifact(piece: Piece) -> str:
        seen = {**piece.shared, **piece.own}
        names = ("headline", "discount_percentage", "price", "note", "legal", "t", "brand")
        place = seen["location"]
        data = [seen["location_name"], place["phone"], place["attributes"]]
        return fingerprint([*(seen.get(name) for name in names), *data, *map(str, parts)])

    return artifact


def ownership_of(catalog: Catalog, files: Files) -> Ownership:
    if ".github/CODEOWNERS" in files:
        return Ownership(read_codeowners(files[".github/CODEOWNERS"].encode()))
    brands = {name: item.file.team for name, item in catalog.brands.items() if item.file}
    text = codeowners_text(teams_of(catalog.settings, brands), location_paths(files))
    return Ownership(read_codeowners(text.encode()))


def billed(assessment: Assessment) -> Counter[tuple[str, str]]:
    """Count what the SMS template of the base takes: `{{ headline }} {{ location_name }}`."""
    found: Counter[tuple[str, str]] = Counter()
    for piece in assessment.pieces():
        if piece.key.channel == "sms":
            text = f"{piece.shared['headline']} {piece.own['location_name']}"
            found[piece.key[:2]] += segments(text).segments
    return found


def placed(catalog: Catalog) -> list[PlacedWaiver]:
    return [PlacedWaiver(item.path, item.waiver) for item in waivers_of(catalog)]


def asked_of(
    before: Files, after: Files, at: datetime = NOON, approved: frozenset[str] = frozenset()
) -> tuple[tuple[Asked, ...], Plan]:
    """Return what a change of files asks for, by all the stages but real rendering."""
    trees = MemoryTree(before), MemoryTree(after)
    one = assess(trees[0], at)
    two = assess(trees[1], at, before=one.catalog)
    artifacts = shown(trees[0]), shown(trees[1])
    plan = plan_review(one.pieces(), two.pieces(), artifacts, at, (), renamed(two.catalog))
    paths = frozenset(p for p in {**before, **after} if before.get(p) != after.get(p))
    sides = Sides((one.catalog, two.catalog), (one.pieces(), two.pieces()), states, paths)
    found = effects(plan.changes, sides, approved)
    touched = {effect.change.key[:2] for effect in found}
    money = costs(one.catalog, two.catalog, billed(two), sorted(touched))
    waivers = (placed(one.catalog), placed(two.catalog))
    rules = rules_of(one.catalog, ownership_of(one.catalog, before))
    return ask(rules, Proposed(found, money, waivers, paths)), plan


def sides_of(case: Case) -> tuple[Files, Files]:
    before = base() | COMMON
    before |= {
        name.removeprefix("before: "): text
        for name, text in case.sections.items()
        if name.startswith("before: ")
    }
    after = dict(before)
    for name, text in case.sections.items():
        if name.startswith("without "):
            del after[name.removeprefix("without ")]
        elif name != "expected" and ": " not in name:
            after[name] = text
    return before, after


@pytest.mark.parametrize("case", cases("requirements"))
def test_what_is_asked(case: Case, *, update: bool):
    before, after = sides_of(case)
    approved: frozenset[str] = frozenset()
    if "approved" in case.options:  # what went the other way was approved, once
        _, back = asked_of({}, after, case.moments[0])
        approved = frozenset(change.fingerprint for change in back.changes)
    found, _ = asked_of(before, after, case.moments[0], approved)
    case.check("".join(f"{line}\n" for line in lines(found)), update=update)


def test_nothing_changes_nothing_is_asked():
    files = base() | COMMON
    assert asked_of(files, files)[0] == ()


@pytest.mark.parametrize(
    ("value", "holds"), [(26, True), ("26.5", True), (25, False), ("Friday", True), (None, False)]
)
def test_a_value_of_which_nobody_can_say_is_over_its_bound(value, holds):
    key = PlacementKey("one", "a", "b", "web", "en", "outbox")
    change = Change(Action.UPDATE, key, NOON, None, "f" * 64, "", "", explained=False)
    risk = Risk.model_validate({"variable": "discount", "over": "25"})
    assert bool(assess_risk(risk, [Effect(change, {}, {"discount": value})], {})) is holds


@pytest.mark.parametrize(
    ("amount", "budget", "unknown", "over"),
    [(50, 50, "", False), (51, 50, "", True), (0, 0, "", False), (0, 50, "no price", True)],
)
def test_over_budget(amount, budget, unknown, over):
    cost = Cost("GBP", Decimal(amount), 0, Decimal(budget), (), unknown)
    assert cost.is_over_budget is over


# What holds of every change.

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
NUMBERS = st.none() | st.integers(0, 40)
RISKS = st.builds(
    Risk,
    variable=st.none() | st.just("discount"),
    facts_change=st.booleans(),
    categories=st.lists(st.sampled_from(["x", "y"]), max_size=2),
    channels=st.lists(st.sampled_from(["web", "sms"]), max_size=2),
    locations_over=st.none() | st.integers(0, 4),
    cost_over=st.none() | st.integers(0, 100).map(Decimal),
    over_budget=st.booleans(),
) | st.builds(Risk, variable=st.just("discount"), over=st.integers(0, 40).map(Decimal))


@st.composite
def made(draw: st.DrawFn, light: str = "") -> Effect:
    place = (draw(st.sampled_from(["one", "two"])), draw(NAMES), draw(NAMES))
    channel = draw(st.sampled_from(["web", "sms"]))
    key = PlacementKey(*place, channel, "en", "outbox")
    print_ = fingerprint([*key])
    change = Change(draw(st.sampled_from(Action)), key, NOON, None, print_, "", "", explained=False)
    value = draw(NUMBERS)
    facts = frozenset({"discount"} if draw(st.booleans()) else ())
    categories = frozenset(draw(st.lists(st.sampled_from(["x", "y"]), max_size=2)))
    values = {} if value is None else {"discount": value}
    return Effect(change, {}, values, facts, facts, light, categories)


EFFECTS = st.lists(made(), max_size=6)
COSTS = st.dictionaries(
    st.tuples(st.just("one"), NAMES),
    st.builds(
        Cost, st.just("GBP"), st.integers(0, 100).map(Decimal), st.just(0), st.just(Decimal(50))
    ),
)


@given(RISKS, EFFECTS, EFFECTS, COSTS)
def test_more_changes_never_ask_for_less(risk, some, more, money):
    if assess_risk(risk, some, money):
        assert assess_risk(risk, [*some, *more], money)


@given(RISKS, EFFECTS, COSTS, st.integers(1, 100))
def test_more_cost_never_asks_for_less(risk, found, money, more):
    dearer = {name: Cost("GBP", cost.amount + more, 0, cost.budget) for name, cost in money.items()}
    unknown = {
        name: Cost("GBP", cost.amount, 0, cost.budget, (), "?") for name, cost in money.items()
    }
    if assess_risk(risk, found, money):
        assert assess_risk(risk, found, dearer)
        assert assess_risk(risk, found, unknown)


@given(RISKS, EFFECTS, st.integers(1, 100))
def test_a_wider_bound_never_asks_for_more(risk, found, more):
    if risk.over is not None:
        wider = risk.model_copy(update={"over": risk.over + more})
        assert assess_risk(risk, found, {}) or not assess_risk(wider, found, {})


def rules_with(requirements: list[Requirement]) -> Rules:
    owners = Ownership(read_codeowners(b"* @mia @ben\n"))
    return Rules(requirements, {"two": requirements[:1]}, Teams(), owners)


def proposed(found: list[Effect]) -> Proposed:
    paths = frozenset({f"brands/{i.change.key.brand}/campaigns/c/campaign.yaml" for i in found})
    return Proposed(found, {}, ([], []), paths)


@given(st.lists(RISKS, max_size=4), EFFECTS, st.randoms())
def test_the_order_of_settings_and_changes_does_not_matter(risks, found, random):
    wanted = [
        Requirement.model_validate({"id": f"r{n}", "when": risk, "from": ["lea"]})
        for n, risk in enumerate(risks)
    ]
    rules = rules_with(wanted)
    shuffled = random.sample(wanted, len(wanted))
    turned = Rules(shuffled, rules.own, rules.teams, rules.ownership)
    kinds = [
        (item.kind, item.rule, item.brands, item.fingerprints)
        for item in ask(rules, proposed(found))
    ]
    again = ask(turned, proposed(random.sample(found, len(found))))
    assert [(item.kind, item.rule, item.brands, item.fingerprints) for item in again] == kinds


@given(
    st.lists(RISKS, max_size=3),
    st.lists(made() | made(light="location data"), max_size=4),
    st.lists(made() | made(light="location data"), max_size=3),
)
def test_a_larger_change_is_asked_about_at_least_as_much(risks, some, more):
    wanted = [
        Requirement.model_validate({"id": f"r{n}", "when": risk}) for n, risk in enumerate(risks)
    ]

    def needs(found: list[Effect]) -> set[tuple[str, tuple[str, ...]]]:
        asked = ask(rules_with(wanted), proposed(found))
        return {(item.rule, item.brands) for item in asked if item.kind is not Kind.FAST_LANE}

    assert needs(some) <= needs([*some, *more])


@given(st.lists(made(light="location data"), min_size=1, max_size=4), made())
def test_one_change_that_is_not_light_closes_the_fast_lane(light, heavy):
    rules = rules_with([Requirement.model_validate({"id": "two", "approvals": 2})])
    open_, shut = ask(rules, proposed(light)), ask(rules, proposed([*light, heavy]))
    assert {item.kind for item in open_} == {Kind.FAST_LANE, Kind.OWNERS}
    assert {Kind.REQUIREMENT, Kind.BRAND} <= {item.kind for item in shut} - {Kind.FAST_LANE}


@given(st.sampled_from(["phone", "headline", "both"]), st.sampled_from(["offer", "digit", "claim"]))
def test_a_fast_lane_change_with_one_fact_changed_is_none(light, fact):
    before = base() | COMMON
    campaign, leith = (
        "brands/acme/campaigns/winter/campaign.yaml",
        "brands/acme/locations/gb/leith.yaml",
    )
    after = dict(before)
    if light != "headline":
        after[leith] += 'phone: "+441315550100"\n'
    if light != "phone":
        after[campaign] = after[campaign].replace("Warm hands", "Warmer hands")
    assert {item.kind for item in asked_of(before, after)[0]} == {Kind.FAST_LANE, Kind.OWNERS}
    old, new = {
        "offer": ("discount_percentage: 20", "discount_percentage: 21"),
        "digit": ("Mains", "2 mains"),
        "claim": ("Mains", "GRATIS mains"),
    }[fact]
    after[campaign] = after[campaign].replace(old, new)
    kinds = {(item.kind, item.rule) for item in asked_of(before, after)[0]}
    assert kinds == {
        (Kind.REQUIREMENT, "legal"),
        (Kind.BRAND, "brand"),
        (Kind.OWNERS, "codeowners"),
    }


def test_a_change_cannot_take_out_what_it_has_to_meet():
    before = base() | COMMON
    campaign = "brands/acme/campaigns/winter/campaign.yaml"
    after = dict(before)
    after[campaign] = after[campaign].replace("discount_percentage: 20", "discount_percentage: 30")
    after["storesync.yaml"] = before["storesync.yaml"].partition("requirements:")[0]
    after["brands/acme/brand.yaml"] = before["brands/acme/brand.yaml"].replace("mia, ben", "eve")
    found, _ = asked_of(before, after)
    assert {"deep", "legal"} <= {item.rule for item in found}
    assert not any("@eve" in item.who for item in found)


def test_a_base_that_cannot_be_read_asks_the_owners_of_the_file():
    before = base() | COMMON
    after = dict(before)
    before["storesync.yaml"] += "nonsense: 1\n"
    after["brands/acme/locations/gb/leith.yaml"] = "name: Leith Walk\naddress: {city: Edinburgh}\n"
    before[".github/CODEOWNERS"] = "* @root\n/brands/ @mia\n"
    campaign = "brands/acme/campaigns/winter/campaign.yaml"
    after[campaign] = after[campaign].replace("discount_percentage: 20", "discount_percentage: 30")
    found, _ = asked_of(before, after)
    [item] = [item for item in found if item.kind is Kind.REQUIREMENT]
    assert (item.rule, item.who) == ("unreadable", ("@root",))
