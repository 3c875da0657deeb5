"""Was/now claims against prices of the ledger and of the plan, by the law of each country."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.load import load
from storesync.model.base import known_countries
from storesync.plan.price import Claim, Told, claim_of, now_of
from storesync.source.tree import MemoryTree
from storesync.validate.assess import understand
from storesync.validate.price_history import Span, covers
from storesync.validate.price_law import law_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
START = datetime(2026, 11, 30, 23, tzinfo=UTC)  # midnight in Berlin
DAY = timedelta(days=1)
OFFER = "{product: tea, price: 4, regular_price: 5}"
CAMPAIGN = "brands/acme/campaigns/{}/campaign.yaml"


def files(offer: str = OFFER, flight: str = "{start: 2026-12-01, end: 2026-12-24}") -> dict:
    return {
        "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
        "brands/acme/brand.yaml": (
            "name: A\nlocales: [de-DE]\ncurrency: EUR\nproducts: {tea: Tee}\n"
        ),
        "brands/acme/locations/koeln.yaml": (
            "name: K\naddress: {street: A 1, city: K, country: DE}\ntimezone: Europe/Berlin\n"
        ),
        "templates/shared/offer/template.yaml": "name: O\nvariables: {}\n",
        "templates/shared/offer/web.html.j2": "{{ price }}",
        CAMPAIGN.format("winter"): (
            f"name: W\ntemplate: shared/offer\nflight: {flight}\nchannels: [web]\noffer: {offer}\n"
        ),
    }


def found(tree: dict, told: Iterable[Told] | None = None) -> list[tuple[str, str]]:
    asked = []

    def ledgered(brand: str, since: datetime, _without: object) -> Iterable[Told] | None:
        asked.append((brand, since))
        return told

    memory = MemoryTree(tree)
    assessment = understand(memory, load(memory), AT, None, ledgered)
    located = assessment.diagnostics(AT)
    assert len(asked) <= 1
    return [(item.rule, item.message) for item in located if item.rule.startswith("prior")]


def price(amount: str, first: int, last: int | None, campaign: str = "autumn", **parts) -> Told:
    """Return a price told from `first` to `last` days before the reduction starts."""
    ends = None if last is None else START - last * DAY
    told = Told(campaign, "koeln", "tea", "EUR", Decimal(amount), START - first * DAY, ends)
    return told._replace(**parts)


@pytest.mark.parametrize(
    ("told", "rules"),
    [
        (None, ["prior-price-missing"]),
        ([], ["prior-price-missing"]),
        ([price("5", 60, None)], []),
        ([price("6", 60, 10), price("5", 10, 0)], []),
        ([price("5", 60, 10), price("5", 9, 0)], ["prior-price-missing"]),  # a day is not covered
        ([price("5", 29, 0)], ["prior-price-missing"]),
        ([price("5", 60, None), price("4.99", 3, 2)], ["prior-price"]),
        ([price("5", 60, None), price("4.99", 50, 30)], []),  # before the thirty days
        ([price("5", 60, None), price("4.99", 50, 29)], ["prior-price"]),
        ([price("5", 60, None), price("4.99", 0, None)], []),  # not before the start
        ([price("5", 60, None), price("1", 3, None, "winter")], []),  # its own, going on
        ([price("5", 60, None), price("1", 9, 4, "winter"), price("2", 4, 0, "winter")], []),
        ([price("5", 60, None), price("1", 3, 2, "winter")], ["prior-price"]),  # an earlier one
        ([price("5", 60, None), price("1", 3, 2, location="bonn")], []),
        ([price("5", 60, None), price("1", 3, 2, product="scone")], []),
        ([price("5", 60, None), price("1", 3, 2, currency="CHF")], []),
    ],
)
def test_what_the_ledger_says_counts(told: list[Told] | None, rules: list[str]):
    assert [rule for rule, _ in found(files(), told)] == rules


@pytest.mark.parametrize(
    ("start", "last", "first", "counts"),
    [
        # Clocks go forward in between: thirty days of 719 hours.
        ("2027-04-10", datetime(2027, 4, 9, 22, tzinfo=UTC), "2027-03-11", False),
        ("2027-04-10", datetime(2027, 4, 9, 22, tzinfo=UTC), "2027-03-12", True),
        # And back: 721 hours.
        ("2027-11-10", datetime(2027, 11, 9, 23, tzinfo=UTC), "2027-10-11", False),
        ("2027-11-10", datetime(2027, 11, 9, 23, tzinfo=UTC), "2027-10-11T00:30", True),
    ],
)
def test_thirty_days_are_those_of_the_location(
    start: str, last: datetime, first: str, *, counts: bool
):
    lower = datetime.fromisoformat(first).replace(tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))
    told = [
        price("5", 60, None)._replace(starts=last - 90 * DAY),
        price("4", 60, None)._replace(starts=last - 90 * DAY, ends=lower.astimezone(UTC)),
    ]
    tree = files(flight=f"{{start: {start}, end: 2027-12-24}}")
    assert [rule for rule, _ in found(tree, told)] == ["prior-price"] * counts


def test_what_is_planned_counts_too():
    tree = files()
    tree[CAMPAIGN.format("sale")] = (
        tree[CAMPAIGN.format("winter")]
        .replace("{start: 2026-12-01, end: 2026-12-24}", "{start: 2026-11-22, end: 2026-11-23}")
        .replace(OFFER, "{product: tea, price: 3.50}")
    )
    [(rule, message)] = found(tree, [price("5", 60, None)])
    assert (rule, "3.50 EUR was the price in sale until 2026-11-23" in message) == (
        "prior-price",
        True,
    )
    # What should be out by now and is not goes out with the next run.
    late = {**tree}
    late[CAMPAIGN.format("sale")] = late[CAMPAIGN.format("sale")].replace("11-22", "11-18")
    [(_, message)] = found(late, [price("5", 60, None)])
    assert "3.50 EUR was the price in sale until 2026-11-23" in message
    taken_down = price("5", 60, None), price("5", 40, 36, "sale")
    assert found(late, taken_down) == []
    # What should have gone out before today the ledger knows better, where there is one.
    tree[CAMPAIGN.format("sale")] = tree[CAMPAIGN.format("sale")].replace("11-2", "11-0")
    assert found(tree, [price("5", 60, None)]) == []
    assert [rule for rule, _ in found(tree)] == ["prior-price"]


def test_a_declared_price_needs_no_ledger_and_does_not_outweigh_it():
    declared = OFFER.replace("}", ", prior_price: {EUR: 5}, prior_price_source: Tills}")
    assert found(files(declared)) == []
    assert [rule for rule, _ in found(files(declared), [price("4", 9, 8)])] == ["prior-price"]
    without = OFFER.replace("}", ", prior_price: {EUR: 5}}")
    assert [rule for rule, _ in found(files(without))] == ["prior-price-missing"]
    other = OFFER.replace("}", ", prior_price: {CHF: 5}, prior_price_source: Tills}")
    assert [rule for rule, _ in found(files(other))] == ["prior-price-missing"]


def test_a_second_cut_counts_from_the_price_before_the_first_where_the_law_says_so():
    more = ", prior_price: 5, prior_price_source: Tills, prior_price_basis: progressive}"
    assert found(files(OFFER.replace("}", more)), [price("4.50", 9, 0)]) == []


def test_what_is_over_or_claims_nothing_costs_nothing():
    for tree in (
        files(flight="{start: 2026-10-01, end: 2026-10-02}"),
        files("{product: tea, price: 4}"),
        files("{product: tea, discount_percentage: 20}"),
    ):
        memory = MemoryTree(tree)

        def never(*asked: object) -> None:
            raise AssertionError(asked)

        assert not understand(memory, load(memory), AT, None, never).diagnostics(AT)


@pytest.mark.parametrize(
    ("shared", "now", "claim"),
    [
        ({}, None, None),
        ({"price": "4"}, "4", None),
        ({"price": "4", "discount_percentage": 0}, "4", None),
        ({"price": "4", "discount_percentage": 20}, "4", ("5.00", "discount_percentage")),
        ({"regular_price": "5"}, None, ("5", "regular_price")),
        (
            {"regular_price": "5", "discount_percentage": 15},
            "4.25",
            ("5", "regular_price"),
        ),
        ({"regular_price": "5", "discount_amount": "1.5"}, "3.5", ("5", "regular_price")),
        ({"price": "4", "discount_amount": "1.5"}, "4", ("5.5", "discount_amount")),
        ({"price": "4", "discount_amount": "0"}, "4", None),
        ({"price": "5", "regular_price": "5"}, "5", None),  # nothing is reduced
        (
            {"price": "4", "regular_price": "5", "discount_percentage": 20},
            "4",
            ("5", "regular_price"),
        ),
        (
            {"price": "4", "regular_price": "5", "discount_percentage": 50},
            "4",
            ("8.00", "discount_percentage"),
        ),
        ({"price": True, "regular_price": "many"}, None, None),  # a template's own meaning
    ],
)
def test_what_an_offer_claims(shared: dict, now: str | None, claim: tuple[str, str] | None):
    assert now_of(shared) == (None if now is None else Decimal(now))
    made = claim_of(shared)
    assert (made and (made.was, made.field)) == (claim and (Decimal(claim[0]), claim[1]))


@given(st.integers(1, 99), st.integers(1, 10**6))
def test_a_true_percentage_is_never_refused(percentage: int, cents: int):
    prior = Decimal(cents) / 100
    now = now_of({"regular_price": str(prior), "discount_percentage": percentage})
    assert now is not None
    claim = claim_of({"price": str(now), "discount_percentage": percentage})
    assert claim is None or not claim.exceeds(prior)
    assert not Claim(prior, None, "regular_price").exceeds(prior)
    assert Claim(prior, None, "regular_price").exceeds(prior - Decimal("0.01"))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_a_span_is_covered_where_no_day_is_free(stretches: list[tuple[int, int]]):
    span = Span(START - 30 * DAY, START)
    told = [price("5", max(pair), min(pair)) for pair in stretches]
    days = {day for pair in stretches for day in range(min(pair) + 1, max(pair) + 1)}
    assert covers(told, span) is days.issuperset(range(1, 31))


@pytest.mark.parametrize(("hours", "is_covered"), [(0.1, True), (23, True), (24, False)])
def test_a_campaign_that_goes_out_a_little_late_leaves_no_gap(hours: float, is_covered: bool):
    span, late = Span(START - 30 * DAY, START), timedelta(hours=hours)
    first, second = price("6", 60, 10), price("5", 10, 0)
    assert covers([first, second._replace(starts=second.starts + late)], span) is is_covered
    assert covers([first, second._replace(ends=START - late)], span) is is_covered
    assert covers([second._replace(starts=span.starts + late)], span) is is_covered


def test_the_table_of_laws():
    laws = {country: law_of(country) for country in known_countries()}
    strict = sorted(name for name, law in laws.items() if law.severity == "error")
    overseas = {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"}  # EU law is theirs, and a code of theirs
    assert len(strict) == 27 + len({"NO", "CH"} | overseas)
    assert law_of("RE") is law_of("FR")
    assert "progressive" not in law_of("PL").bases
    assert law_of("IE").bases == law_of("BE").bases == {"progressive"}
    assert all(law.days == 30 and law.name for law in laws.values())
    assert all(a <= b for a, b in pairwise(strict))
    assert law_of("JP") is law_of("KE")
