"""A plan: changes in order, grouped for people, with a fingerprint and a brake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storesync.plan.change import Action, Change
from storesync.plan.skipped import Skipped
from storesync.render.artifact import fingerprint

# octoDNS's thresholds: more than this share of what is live, from this many live deliveries up.
BRAKE_SHARE = 0.30
BRAKE_FROM = 10
# A group this much smaller than its campaign's largest is odd: shown first, one by one.
_ODD_SHARE = 0.1
_MOST_ODD = 5
_ORDER = {Action.WITHDRAW: 0, Action.UPDATE: 1, Action.CREATE: 2}


class Group(NamedTuple):
    """Changes that are the same for a reader. `odd` ones differ from their campaign's crowd."""

    action: Action
    brand: str
    campaign: str
    channel: str
    reason: str
    changes: tuple[Change, ...]
    odd: bool

    @property
    def locale(self) -> str:
        """Return the languages of the group's deliveries."""
        return ", ".join(self.locales)

    @property
    def locales(self) -> list[str]:
        """Return the languages of the group's deliveries, one by one."""
        return sorted({change.key.locale for change in self.changes})

    @property
    def locations(self) -> int:
        """Return at how many locations something changes."""
        return len({change.key.location for change in self.changes})

    @property
    def example(self) -> str:
        """Return the first location of the group."""
        return self.changes[0].key.location


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change in the world. `at` is None for a review plan over all that lies ahead.

    Of `frozen` placements nothing may be concluded: what is out is counted as unchanged, but
    nobody can say that it is as it should be. `held` is due, and a person stopped it; `waiting` is
    due and failed before: it is tried again later.
    Where not `is_whole`, only what changed files reach was looked at: nothing else changes, and
    `unchanged` counts no more than that.
    """

    at: datetime | None
    changes: tuple[Change, ...]
    unchanged: int
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    brake: str = ""
    missed: tuple[Change, ...] = ()
    inherited: tuple[Change, ...] = ()
    frozen: tuple[Skipped, ...] = ()
    held: tuple[Skipped, ...] = ()
    waiting: tuple[Skipped, ...] = ()
    is_whole: bool = True

    @property
    def fingerprint(self) -> str:
        """Return the hash of the changes: never of the moment, the order or the words around."""
        return fingerprint(sorted(change.fingerprint for change in self.changes))

    @property
    def summary(self) -> dict[str, int]:
        """Return counts by action, and of what stays."""
        counts = Counter(change.action.value for change in self.changes)
        return {action.value: counts[action.value] for action in Action} | {
            "unchanged": self.unchanged
        }

    @property
    def sent_before(self) -> tuple[Skipped, ...]:
        """Return the messages that do not go out again, because they did under another key."""
        return tuple(Skipped(*change.key[:4], change.reason) for change in self.inherited)

    @property
    def kept(self) -> int:
        """Return how many of the unchanged deliveries are frozen."""
        return sum(item.stays for item in self.frozen)

    def groups(self) -> list[Group]:
        """Return the changes grouped, odd groups first."""
        return group(self.changes)


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes as they are carried out: withdrawals first, then updates, then the new."""
    return tuple(sorted(changes, key=lambda change: (_ORDER[change.action], change.key)))


def group(changes: Iterable[Change]) -> list[Group]:
    """Return changes that read the same as groups: odd ones first, then by size."""
    members: dict[tuple[Action, str, str, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        key = change.key
        members[change.action, key.brand, key.campaign, key.channel, change.reason].append(change)
    largest: dict[tuple[Action, str, str, str], int] = defaultdict(int)
    for (action, brand, campaign, channel, _), found in members.items():
        crowd = (action, brand, campaign, channel)
        largest[crowd] = max(largest[crowd], len(found))
    groups = [
        Group(*name, tuple(found), odd=is_odd(len(found), largest[name[:4]]))
        for name, found in members.items()
    ]
    return sorted(
        groups, key=lambda item: (not item.odd, -len(item.changes), item.brand, item.campaign)
    )


def is_odd(size: int, crowd: int) -> bool:
    """Say whether a group is odd beside the largest of its kind, by their sizes."""
    return size <= _MOST_ODD and size <= crowd * _ODD_SHARE


def brake(changes: Iterable[Change], live: Mapping[str, int]) -> str:
    """Return why a plan is too large to carry out unasked, or an empty string.

    `live` counts live deliveries by brand. Only updates and withdrawals that no flight, opening
    state or reviewed plan explains are counted, by brand and over the whole repository.
    """
    sudden = Counter(
        change.key.brand
        for change in changes
        if change.action is not Action.CREATE and not change.explained
    )
    scopes = [(f"of {brand}", count, live.get(brand, 0)) for brand, count in sorted(sudden.items())]
    scopes.append(("", sum(sudden.values()), sum(live.values())))
    for scope, count, total in scopes:
        if total >= BRAKE_FROM and count > BRAKE_SHARE * total:
            return (
                f"{count} of {total} live deliveries {scope + ' ' if scope else ''}would be changed"
                f" or withdrawn for no reason of flight or opening"
                f" ({count * 100 // total} %, more than {BRAKE_SHARE:.0%})"
            )
    return ""
