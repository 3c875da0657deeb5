"""What a brand's campaigns achieved -> how successful each was among them, and in words.

A rate of few events is mostly luck. So each is shrunk towards the brand's mean by as much as the
brand's own campaigns differ from each other beyond chance: empirical Bayes, with a gamma prior for
Poisson events (Robbins 1956; the prior by moments as Bühlmann and Straub 1970 weigh portfolios).
What is not known stands at the mean: it is neither praise nor blame.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storesync.model.results import ResultsFile

# A prior counts for at least this many events, however few campaigns it was estimated from, and
# however much they differ: two lucky redemptions then move a rate by a tenth at most.
_LEAST_EVENTS = 20.0
# Where nobody counted sales, a brand's mean campaign is taken to have had this many.
_SUPPOSED_SALES = 100.0
# Less money than this is none: nothing is told by what came back for it.
_LEAST_AMOUNT = 0.01


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one campaign achieved; None is not known.

    `revenue` and `cost` are in `currency`, the same for all campaigns of a brand; `locations` took
    part for `days`.
    """

    impressions: int | None = None
    clicks: int | None = None
    redemptions: int | None = None
    revenue: float | None = None
    cost: float | None = None
    locations: int | None = None
    days: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Success:
    """How successful a campaign was among those of its brand.

    `score` is in 0..1: 0.5 is the brand's mean, 0.67 twice its rates, 0.33 half of them. `words`
    tell people what it rests on; they are empty, and the score is 0.5, where nothing is known.
    """

    score: float
    words: str


@dataclass(frozen=True, slots=True)
class _Rate:
    """Events for each unit of exposure, and how much it counts beside the others."""

    weight: float
    events: Callable[[Outcome], float | None]
    exposure: Callable[[Outcome], float | None]


def outcome_of(file: ResultsFile, *, days: float | None = None, currency: str = "") -> Outcome:
    """Return what a results file says, channels added up where it names no total."""

    def count(name: str) -> int | None:
        value = file.total(name)
        return None if value is None else int(value)

    revenue, cost = file.total("revenue"), file.total("cost")
    return Outcome(
        impressions=count("impressions"),
        clicks=count("clicks"),
        redemptions=count("redemptions"),
        revenue=None if revenue is None else float(revenue),
        cost=None if cost is None else float(cost),
        locations=file.locations,
        days=days,
        currency=currency,
    )


def success(results: Mapping[str, Outcome]) -> dict[str, Success]:
    """Return how successful each of one brand's campaigns was; never mix brands.

    With equal exposure more events never score less. Where all are equal, all stand at 0.5.
    """
    outcomes = list(results.values())
    sums = [0.0] * len(outcomes)
    weights = 0.0
    for rate in _rates(outcomes):
        ratios = _shrunk(
            [rate.events(each) for each in outcomes], [rate.exposure(each) for each in outcomes]
        )
        if ratios is not None:
            weights += rate.weight
            sums = [
                sofar + rate.weight * math.log(ratio)
                for sofar, ratio in zip(sums, ratios, strict=True)
            ]
    return {
        name: Success(_logistic(total / weights) if weights else 0.5, words_of(outcome))
        for (name, outcome), total in zip(results.items(), sums, strict=True)
    }


def words_of(outcome: Outcome) -> str:
    """Return what was achieved in few words: 21,840 redemptions, 9.1 € back for each spent."""
    parts = []
    if outcome.redemptions is not None:
        noun = "redemption" if outcome.redemptions == 1 else "redemptions"
        parts.append(f"{outcome.redemptions:,} {noun}")
    if outcome.revenue is not None and outcome.cost:
        back = outcome.revenue / outcome.cost
        parts.append(f"{back:,.1f}{_symbol(outcome)} back for each spent")
    elif outcome.revenue is not None:
        parts.append(f"{outcome.revenue:,.0f}{_symbol(outcome)} revenue")
    if _clicks(outcome) is not None and outcome.clicks is not None and outcome.impressions:
        parts.append(f"{outcome.clicks / outcome.impressions:.1%} of those who saw it clicked")
    elif outcome.clicks is not None:
        parts.append(f"{outcome.clicks:,} clicks")
    return ", ".join(parts[:2])


def _rates(outcomes: list[Outcome]) -> tuple[_Rate, ...]:
    """Return what is compared. Sales and what they return say most, clicks least."""
    basket = _basket(outcomes)
    return (
        _Rate(1.0, _clicks, lambda each: each.impressions),
        _Rate(2.0, lambda each: each.redemptions, lambda each: each.impressions),
        # Money comes in sales, so it is no surer than their number: it is reckoned in sales.
        _Rate(2.0, lambda each: _sales(each, basket), _location_days),
        _Rate(2.0, lambda each: _in(each.revenue, basket), lambda each: _in(each.cost, basket)),
    )


def _clicks(outcome: Outcome) -> int | None:
    """Return how often somebody clicked; more clicks than views cannot be and are not believed."""
    if outcome.clicks is None or outcome.clicks > (outcome.impressions or 0):
        return None
    return outcome.clicks


def _sales(outcome: Outcome, basket: float) -> float | None:
    """Return how much was sold: what was counted, else what the revenue comes to."""
    if outcome.redemptions is not None:
        return outcome.redemptions
    return _in(outcome.revenue, basket)


def _location_days(outcome: Outcome) -> float | None:
    if outcome.locations is None or outcome.days is None:
        return None
    return outcome.locations * outcome.days


def _basket(outcomes: list[Outcome]) -> float:
    """Return what one sale of the brand brings."""
    both = [each for each in outcomes if each.revenue is not None and each.redemptions]
    sales = sum(each.redemptions or 0 for each in both)
    revenue = sum(each.revenue or 0.0 for each in both)
    if sales and revenue >= _LEAST_AMOUNT:
        return revenue / sales
    known = [each.revenue for each in outcomes if each.revenue is not None]
    return max(sum(known) / len(known) / _SUPPOSED_SALES, 0.0) if known else 0.0


def _in(amount: float | None, unit: float) -> float | None:
    if amount is None or unit <= 0:
        return None
    return amount / unit if amount >= _LEAST_AMOUNT else 0.0


def _shrunk(events: list[float | None], exposures: list[float | None]) -> list[float] | None:
    """Return each shrunk rate over the mean; 1 where it is not known, None where nothing is."""
    known = [
        (count, exposure)
        for count, exposure in zip(events, exposures, strict=True)
        if count is not None and exposure
    ]
    whole = sum(exposure for _, exposure in known)
    total = sum(count for count, _ in known)
    if not known or total <= 0:
        return None
    mean = total / whole
    strength = _prior_events(known, mean)
    return [
        1.0 if count is None or not exposure else _toward(mean, count, exposure, strength)
        for count, exposure in zip(events, exposures, strict=True)
    ]


def _toward(mean: float, count: float, exposure: float, strength: float) -> float:
    """Return a rate over the mean when `strength` events at the mean are added to it."""
    return 1.0 if math.isinf(strength) else (strength + count) / (strength + exposure * mean)


def _prior_events(known: list[tuple[float, float]], mean: float) -> float:
    """Return how many events at the mean the prior counts for: infinite where all is chance."""
    whole = sum(exposure for _, exposure in known)
    spread = sum(exposure * (count / exposure - mean) ** 2 for count, exposure in known)
    # Exposures in shares of the largest: their squares neither overflow nor vanish.
    largest = max(exposure for _, exposure in known)
    squares = largest * sum((each / largest) ** 2 for _, each in known) * (largest / whole)
    freedom = whole - squares
    variance = (spread - (len(known) - 1) * mean) / freedom if freedom > 0 else 0.0
    if variance <= 0:
        return math.inf
    return max(mean * mean / variance, _LEAST_EVENTS)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))


def _symbol(outcome: Outcome) -> str:
    """Return a currency as people write it behind a number, with a blank before it."""
    if not outcome.currency:
        return ""
    from babel.numbers import get_currency_symbol

    return f" {get_currency_symbol(outcome.currency, locale='en')}"
