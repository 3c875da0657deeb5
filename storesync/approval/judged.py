"""A landing that its reviews allow by CODEOWNERS, and what else has to be known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storesync.approval.decide import Case, Decision
from storesync.approval.landing import Landing
from storesync.approval.ownership import Ownership
from storesync.approval.proof import Standing
from storesync.plugins.forge import Forge


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about approval requirements beyond CODEOWNERS.

    `unmet` says what is missing, empty where nothing is. `plan` and `campaigns` are fingerprints,
    empty where no plan had to be worked out. `counted` are whose approvals met something, `missing`
    who is asked for what is not met, as CODEOWNERS names people. `stand_ins` are deputies (logins)
    and whom they stand in for.
    """

    met: tuple[str, ...] = ()
    unmet: str = ""
    plan: str = ""
    campaigns: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    stand_ins: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A landing whose reviews suffice by CODEOWNERS, with all that is known of it."""

    landing: Landing
    case: Case
    decision: Decision
    standing: Standing
    ownership: Ownership
    forge: Forge


# What is asked beyond CODEOWNERS. Raises UserError where that cannot be told.
Require = Callable[[Judged], Finding]
# A forge and the branch that is published.
Host = tuple[Forge, str]


def nothing_more(*_: object) -> Finding:
    """Ask for nothing beyond CODEOWNERS."""
    return Finding()
