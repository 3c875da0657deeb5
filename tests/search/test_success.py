"""Success among a brand's campaigns: shrunk, monotone, and silent where nothing is known."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.results import ResultsFile
from storesync.search.success import Outcome, outcome_of, success, words_of

COUNTS = st.one_of(st.none(), st.integers(0, 10**9))
AMOUNTS = st.one_of(st.none(), st.floats(0, 10**12))
OUTCOMES = st.builds(
    Outcome,
    impressions=COUNTS,
    clicks=COUNTS,
    redemptions=COUNTS,
    revenue=AMOUNTS,
    cost=AMOUNTS,
    locations=st.one_of(st.none(), st.integers(1, 10_000)),
    days=st.one_of(st.none(), st.floats(0.5, 400)),
)
BRANDS = st.dictionaries(st.text("abc-", min_size=1, max_size=6), OUTCOMES, max_size=12)


@given(BRANDS)
def test_every_campaign_gets_a_score(results: dict[str, Outcome]) -> None:
    found = success(results)
    assert found.keys() == results.keys()
    assert all(0 <= each.score <= 1 for each in found.values())


@given(OUTCOMES, st.integers(1, 8))
def test_all_equal_is_all_the_mean(outcome: Outcome, count: int) -> None:
    found = success({str(n): outcome for n in range(count)})
    assert all(each.score == pytest.approx(0.5, abs=1e-6) for each in found.values())


@given(BRANDS, st.lists(st.integers(0, 10_000), min_size=2, max_size=5), st.integers(1, 10_000))
def test_more_redemptions_never_score_less(
    others: dict[str, Outcome], redemptions: list[int], impressions: int
) -> None:
    equal = {
        f"equal {n}": Outcome(impressions=impressions, redemptions=count)
        for n, count in enumerate(sorted(redemptions))
    }
    found = success(others | equal)
    assert all(found[a].score <= found[b].score + 1e-12 for a, b in pairwise(equal))


@given(BRANDS)
def test_two_lucky_redemptions_never_beat_a_thousand_by_much(others: dict[str, Outcome]) -> None:
    lucky = Outcome(impressions=2, redemptions=2)
    proven = Outcome(impressions=1000, redemptions=500)
    found = success({**others, "lucky": lucky, "proven": proven})
    assert found["lucky"].score <= found["proven"].score + 0.05 or (
        # Where the rest of the brand does far better still, both stand below the mean.
        found["lucky"].score <= 0.53
    )


@given(BRANDS, st.sampled_from(["impressions", "clicks", "redemptions", "revenue", "cost"]))
def test_what_is_unknown_is_the_mean(others: dict[str, Outcome], name: str) -> None:
    found = success({**others, "unknown": Outcome(), "half": Outcome(**{name: 3})})
    assert found["unknown"].score == pytest.approx(0.5)
    assert found["half"].score == pytest.approx(0.5)
    assert found["unknown"].words == ""


@given(BRANDS, st.randoms())
def test_order_does_not_matter(results: dict[str, Outcome], shuffler: random.Random) -> None:
    names = sorted(results)
    shuffler.shuffle(names)
    found, again = success(results), success({name: results[name] for name in names})
    assert all(found[name].score == pytest.approx(again[name].score) for name in names)


def test_zero_redemptions_are_worse_than_unknown_ones() -> None:
    found = success(
        {
            "none": Outcome(impressions=5_000, redemptions=0),
            "unknown": Outcome(impressions=5_000),
            "some": Outcome(impressions=5_000, redemptions=400),
        }
    )
    assert found["none"].score < 0.2 < found["unknown"].score < found["some"].score


def test_a_large_campaign_that_did_better_stands_above_a_small_one_that_did_as_well() -> None:
    results = {f"usual {n}": Outcome(impressions=10_000, redemptions=200 + n) for n in range(8)}
    results["large"] = Outcome(impressions=10_000, redemptions=600)
    results["small"] = Outcome(impressions=50, redemptions=3)
    found = success(results)
    assert found["large"].score > 0.65
    assert 0.5 < found["small"].score < 0.55


def test_words_tell_what_it_rests_on() -> None:
    full = Outcome(
        redemptions=21_840, revenue=361_420.5, cost=39_870, clicks=1, impressions=2, currency="EUR"
    )
    assert words_of(full) == "21,840 redemptions, 9.1 € back for each spent"
    assert words_of(Outcome(clicks=30, impressions=400)) == "7.5% of those who saw it clicked"
    assert words_of(Outcome(redemptions=1, revenue=12)) == "1 redemption, 12 revenue"
    assert words_of(Outcome(cost=3, revenue=0)) == "0.0 back for each spent"


def test_a_file_without_totals_adds_its_channels_up() -> None:
    file = ResultsFile.model_validate(
        {
            "measured_on": "2026-01-09",
            "source": "Tills",
            "redemptions": "10",
            "locations": "3",
            "channels": {
                "web": {"impressions": "5", "redemptions": "4"},
                "email": {"impressions": "7", "revenue": "1.50"},
            },
        }
    )
    assert file.total("revenue") == Decimal("1.50")
    assert outcome_of(file, days=2, currency="USD") == Outcome(
        impressions=12, redemptions=10, revenue=1.5, locations=3, days=2, currency="USD"
    )


def test_sales_count_by_location_and_day_where_nobody_counted_views() -> None:
    chain = Outcome(redemptions=3_000, locations=30, days=20)
    scores = success(
        {
            "chain": chain,
            "two shops": Outcome(redemptions=400, locations=2, days=20),
            "two shops, longer": Outcome(redemptions=400, locations=2, days=80),
            "in money": Outcome(revenue=4_000, locations=2, days=20),
            "priced": Outcome(redemptions=3_000, revenue=30_000, locations=30, days=20),
            "unknown": Outcome(redemptions=9_000),
        }
    )
    assert scores["two shops"].score > 0.6
    assert scores["two shops"].score == pytest.approx(scores["in money"].score, abs=0.01)
    assert scores["two shops, longer"].score < scores["chain"].score < scores["two shops"].score
    assert scores["unknown"].score == pytest.approx(0.5)


def test_more_clicks_than_views_are_not_believed() -> None:
    usual = Outcome(impressions=1000, clicks=50)
    scores = success({"swapped": Outcome(impressions=3, clicks=500), "usual": usual})
    assert scores["swapped"].score == scores["usual"].score == pytest.approx(0.5)
    assert scores["swapped"].words == "500 clicks"
