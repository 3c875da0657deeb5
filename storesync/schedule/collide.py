"""Offers that meet at one location and channel: who wins, or that nobody decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from storesync.model.campaign import CampaignFile
from storesync.schedule.window import Window, intersect

# In days. Local times are up to 26 hours apart, and a date as the end means the end of that day.
_MARGIN = 3


class Claim(NamedTuple):
    """What a campaign claims at one location and channel."""

    campaign: str
    file: CampaignFile
    windows: tuple[Window, ...]


class Collision(NamedTuple):
    """Two claims that overlap in time; `winner` is empty where nothing decides."""

    one: str
    other: str
    winner: str
    overlap: Window


def compete(one: tuple[str, CampaignFile], other: tuple[str, CampaignFile]) -> bool:
    """Say whether two campaigns' offers may not run at once: same product, or unrestricted."""
    first, second = one[1].offer, other[1].offer
    if first is None or second is None:
        return False
    if other[0] in one[1].stacks_with or one[0] in other[1].stacks_with:
        return False
    products, others = _products(first.product), _products(second.product)
    return not products or not others or not products.isdisjoint(others)


def _products(product: str | Sequence[str] | None) -> set[str]:
    if product is None:
        return set()
    return {product} if isinstance(product, str) else set(product)


def collide(one: Claim, other: Claim, at: datetime) -> Collision | None:
    """Return the first overlap of two competing claims, or None where they never meet.

    Overlaps that are over at `at` count only where there is a winner: the times it took from the
    loser stay taken, or the loser would seem to have been late ever since.
    """
    winner = _winner(one, other)
    overlaps = [
        shared
        for window in one.windows
        for against in other.windows
        if (shared := intersect(window, against)) is not None
        and (winner or shared.end is None or shared.end > at)
    ]
    if not overlaps:
        return None
    first = min(overlaps, key=lambda item: item.start)
    return Collision(one.campaign, other.campaign, winner, first)


def _winner(one: Claim, other: Claim) -> str:
    mine, theirs = priority(one.file), priority(other.file)
    if mine == theirs:
        return ""
    return one.campaign if mine > theirs else other.campaign


def priority(file: CampaignFile) -> int:
    """Return a campaign's rank where offers meet; 0 where it names none."""
    return file.priority or 0


def pairs(claims: Iterable[tuple[str, CampaignFile]], at: datetime) -> list[tuple[str, str]]:
    """Return the pairs of campaigns that compete wherever they meet, in order of their ids.

    Those whose flights are over or apart, by a margin wider than any time zone, are left out.
    """
    latest, today = date.max.toordinal(), at.toordinal() - _MARGIN
    spans = [
        _Span(_day(file.flight.start, 0), _day(file.flight.end, latest), name, file)
        for name, file in claims
        if file.offer is not None
    ]
    running: list[tuple[_Span, set[str]]] = []
    found: list[tuple[str, str]] = []
    for one in sorted(spans, key=lambda item: item[:3]):
        products = _products(one.file.offer.product) if one.file.offer else set()
        # By their starts: who is over by now meets none of those that follow.
        running = [item for item in running if item[0].end >= one.start - _MARGIN]
        for other, others in running:
            if products and others and products.isdisjoint(others):
                continue  # as `compete` says, asked first because it is so for most
            if _last(one, other) >= today and compete(one[2:], other[2:]):
                found.append((min(one.name, other.name), max(one.name, other.name)))
        running.append((one, products))
    return sorted(found)


class _Span(NamedTuple):
    """A campaign with the days of its flight."""

    start: int
    end: int
    name: str
    file: CampaignFile


def _last(one: _Span, other: _Span) -> int:
    """Return the day up to which a collision matters.

    A loser goes on when the winner is over, and its times are those that are left.
    """
    is_open = priority(one.file) == priority(other.file)
    return min(one.end, other.end) if is_open else max(one.end, other.end)


def _day(moment: date | None, missing: int) -> int:
    """Return a day of the calendar as a number; of no moment `missing`."""
    return moment.toordinal() if moment is not None else missing
