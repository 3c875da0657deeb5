"""An approval that a change needs: which rule asks whom for it, and why."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from storesync.approval.cost import Cost
from storesync.approval.decide import fold


class Kind(enum.StrEnum):
    """Where an approval that is asked for comes from, in the order they are shown."""

    FAST_LANE = "fast_lane"
    REQUIREMENT = "requirement"
    BRAND = "brand"
    WAIVER = "waiver"
    OWNERS = "owners"


_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Asked:
    """`count` approvals by some of `who`, written as in CODEOWNERS; empty: nobody can give them.

    `rule` is a requirement's id, or what asks always. `besides` are those who cannot approve
    this though they are among `who`, as written in a waiver. `campaigns` are brand/campaign,
    `fingerprints` those of the changes it is about, `paths` the files. `untouched` are the changes
    among these that leave alone what the rule looks at: it was there without them. `money` is what
    the campaigns cost whose costs the rule looks at; `money_alone`: at nothing else.
    """

    kind: Kind
    rule: str
    why: str
    who: tuple[str, ...]
    count: int = 1
    besides: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    money: tuple[tuple[tuple[str, str], Cost], ...] = ()
    money_alone: bool = False

    @property
    def called(self) -> str:
        """Return what asks: a requirement's id (it has no space), `brand acme`, `fast lane`."""
        if self.kind is Kind.REQUIREMENT:
            return self.rule
        if self.kind is Kind.BRAND:
            return f"brand {', '.join(self.brands)}"
        return self.kind.value.replace("_", " ")


def ordered(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Return what is asked in the order it is shown in, however the settings are ordered."""
    return tuple(
        sorted(set(asked), key=lambda i: (_ORDER[i.kind], i.brands, i.rule, i.paths, i.why))
    )


def unique(owners: Iterable[str]) -> tuple[str, ...]:
    """Return owners once each, in their order; case does not count."""
    found: dict[str, str] = {}
    for owner in owners:
        found.setdefault(fold(owner), owner)
    return tuple(found.values())
