"""One difference between what is and what should be: create, update or withdraw a delivery."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storesync.render.artifact import fingerprint


class Action(enum.StrEnum):
    """What a change does in the world."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class Price(NamedTuple):
    """A price that customers are told: a plain decimal such as 4.50, and its ISO 4217 currency.

    `product` is the first product of the offer, empty for none.
    """

    amount: str
    currency: str
    product: str


class PlacementKey(NamedTuple):
    """Which placement: campaign x location x channel x locale, at one destination."""

    brand: str
    campaign: str
    location: str
    channel: str
    locale: str
    destination: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as a person approves it and as `publish` carries it out.

    `starts` and `ends` are UTC (`ends` None: no end). `artifact` is the fingerprint of what
    customers would see, empty for a withdrawal. `reason` is for people and in no fingerprint;
    `explained` says that a flight, an opening state or a reviewed plan asks for the change, so
    that the brake does not count it. `price` is what the artifact offers, for later "was" claims;
    it is part of what was rendered and in no fingerprint of its own. `was` are start and end of
    what a reviewed change takes the place of, where the flight moved them; in no fingerprint.
    """

    action: Action
    key: PlacementKey
    starts: datetime | None
    ends: datetime | None
    fingerprint: str
    artifact: str
    reason: str
    explained: bool
    price: Price | None = None
    was: tuple[datetime | None, datetime | None] | None = None


def change_fingerprint(
    key: PlacementKey, action: Action, flight: tuple[str, ...], if_late: str, artifact: str
) -> str:
    """Return the hash of what a change would do.

    `flight` is wall times and zone as written (start, end, zone) and what else bounds it: opening
    days, a rival's time. A longer flight, a wider selector, a later opening or another
    destination is a new fingerprint though no word changed.
    """
    return fingerprint(
        {
            "placement": list(key),
            "action": action.value,
            "flight": list(flight),
            "if_late": if_late,
            "artifact": artifact,
        }
    )
