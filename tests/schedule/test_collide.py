"""Which campaigns compete: found by their flights, and never fewer than by looking at all pairs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from storesync.model.campaign import CampaignFile
from storesync.schedule.collide import compete, pairs

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def day(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


def campaign(start: int, days: int | None, product: str | None, priority: int) -> CampaignFile:
    flight = {"start": day(start)} | ({} if days is None else {"end": day(start + days)})
    offer = {} if product is None else {"offer": {"product": product, "discount_percentage": "5"}}
    fields = {"name": "x", "template": "shared/t", "flight": flight, "channels": ["web"]}
    return CampaignFile.model_validate({**fields, **offer, "priority": str(priority)})


FILES = st.builds(
    campaign,
    st.integers(-40, 40),
    st.none() | st.integers(0, 30),
    st.none() | st.sampled_from(["tea", "coffee"]),
    st.integers(0, 1),
)


@given(st.lists(FILES, max_size=8))
def test_whoever_may_meet_is_found_and_nobody_who_does_not_compete(files):
    claims = {f"c{number}": file for number, file in enumerate(files)}
    found = pairs(claims.items(), AT)
    assert found == sorted(set(found))
    for pair in combinations(claims, 2):
        one, other = (claims[name] for name in pair)
        ends = [item.flight.end or date.max for item in (one, other)]
        meet = max(one.flight.start, other.flight.start) <= min(ends)
        last = min(ends) if one.priority == other.priority else max(ends)
        if compete(*((name, claims[name]) for name in pair)):
            if meet and last >= TODAY:
                assert pair in found
        else:
            assert pair not in found


def test_flights_that_are_apart_or_over_are_no_pair():
    files = {
        "gone": campaign(-60, 5, "tea", 0),
        "before": campaign(-58, 5, "tea", 0),
        "now": campaign(-2, 9, "tea", 0),
        "next": campaign(8, 9, "tea", 0),
        "later": campaign(30, 9, "tea", 0),
        "always": campaign(-90, None, "tea", 1),
    }
    found = pairs(files.items(), AT)
    assert ("now", "next") not in found  # sorted by id
    assert ("next", "now") in found
    assert ("before", "gone") not in found  # nobody decided, and both are over
    assert ("always", "gone") in found  # the times that it took are taken
    assert not {("later", "now"), ("later", "next")} & set(found)
