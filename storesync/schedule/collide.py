"""Offers that meet at one location and channel: who wins, or that nobody decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from storesync.model.campaign import CampaignFile
from storesync.schedule.window import Window, intersect


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


def pairs(claims: Iterable[tuple[str, CampaignFile]]) -> list[tuple[str, str]]:
    """Return the pairs of campaigns that compete wherever they meet, in order of their ids."""
    ordered = sorted(claims, key=lambda item: item[0])
    return [
        (one[0], other[0])
        for index, one in enumerate(ordered)
        for other in ordered[index + 1 :]
        if compete(one, other)
    ]
