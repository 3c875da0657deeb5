"""Where changes that were approved apart meet in one artifact: what an earlier one met for both.

Nobody who approved the later one could have been asked for what came to the artifact only with the
earlier one. So an approval that the later one lacks may be taken from the earlier one, as far as
its own plan asked for that at these very places, and the later one leaves it alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from storesync.approval.asked import Asked, Kind
from storesync.approval.cost import Cost
from storesync.approval.decide import Case, approving, decide, hands_of
from storesync.approval.meets import given
from storesync.approval.ownership import Ownership
from storesync.plan.change import Change, PlacementKey
from storesync.plugins.forge import People, Proposal, Review

_TAKEN = frozenset({Kind.REQUIREMENT, Kind.BRAND})


@dataclass(frozen=True, slots=True)
class Alone:
    """What one proposal changes, and what that asks for, without the other one."""

    asked: Collection[Asked]
    changes: Collection[Change]

    def asks(self, wanted: Asked) -> Asked | None:
        """Return what the same rule asks for here of the same brand, None where it does not."""
        name = _name(wanted)
        return next((item for item in self.asked if _name(item) == name), None)

    def places(self, asked: Asked) -> set[PlacementKey]:
        """Return the placements whose changes something is asked about."""
        wanted = set(asked.fingerprints)
        return {change.key for change in self.changes if change.fingerprint in wanted}


def were_apart(given: Iterable[Review], earlier: Proposal) -> bool:
    """Say whether all approvals that count were given before an earlier proposal came in.

    By the forge's clock: where the branch left, or what date a commit bears, is up to its author.
    Who approved later was told what both together ask for.
    """
    times = [review.at for review in given]
    landed = earlier.landed
    return bool(times) and landed is not None and max(times) < landed


def may_be_covered(lacking: Asked) -> bool:
    """Say whether an earlier proposal could cover it, by the later one alone: it is left alone."""
    is_untouched = bool(lacking.fingerprints) and {*lacking.fingerprints} <= {*lacking.untouched}
    return lacking.kind in _TAKEN and is_untouched


def is_covered(lacking: Asked, both: Alone, earlier: Alone, later: Alone) -> bool:
    """Say whether what the later proposal lacks is something that the earlier one brought.

    `both` is what the later one changes where the earlier one is there, `earlier` and `later` what
    each changes without the other.
    """
    if not may_be_covered(lacking) or later.asks(lacking):
        return False
    brought = earlier.asks(lacking)
    if brought is None:
        return False
    if not lacking.money_alone and not both.places(lacking) <= earlier.places(brought):
        return False
    known = dict(brought.money)
    return all(_is_no_dearer(cost, known.get(name)) for name, cost in lacking.money)


def met_by(
    lacking: Asked, earlier: Case, later: Case, ownership: Ownership, people: People
) -> tuple[str, ...]:
    """Return whose approvals of the earlier proposal meet it, none where they do not.

    Nobody's count who had a hand in either of the two.
    """
    if decide(earlier, ownership, people).objections:
        return ()
    both = hands_of(earlier) | hands_of(later)
    approvers = approving(replace(earlier, contributors=both), people)
    [found] = given([lacking], approvers, people, replace(later, contributors=both))
    return () if found.why else found.by


def _is_no_dearer(cost: Cost, approved: Cost | None) -> bool:
    """Say whether a campaign costs for sure no more than was approved, and may as much."""
    if cost.unknown:
        return False
    if approved is None or approved.unknown:
        return not cost.amount
    is_cheap = cost.amount <= approved.amount and cost.budget >= approved.budget
    return is_cheap and cost.currency == approved.currency


def _name(asked: Asked) -> tuple[object, ...]:
    return asked.kind, asked.rule, asked.brands
