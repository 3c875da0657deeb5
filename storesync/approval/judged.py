"""A landing that its reviews allow by CODEOWNERS, and what else has to be known of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from storesync.approval.decide import Case, Decision
from storesync.approval.landing import Landing
from storesync.approval.ownership import Ownership
from storesync.approval.proof import Standing
from storesync.plugins.forge import Forge, Proposal


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about approval requirements beyond CODEOWNERS.

    `unmet` says what is missing, empty where nothing is. `plan` and `campaigns` are fingerprints,
    empty where no plan had to be worked out. `counted` are whose approvals met something, `missing`
    who is asked for what is not met, as CODEOWNERS names people.
    """

    met: tuple[str, ...] = ()
    unmet: str = ""
    plan: str = ""
    campaigns: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


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


# Fetches commits of a proposal that are not in this clone, by the settings in a blob.
Bring = Callable[[str, Proposal, Collection[str]], None]
# Login by mail address, both in small letters, by the settings in a blob.
Logins = Callable[[str], Mapping[str, str]]
# Those of some logins who may only read, by the files of a commit with other blobs for some.
Readers = Callable[[str, Mapping[str, str | None], Collection[str]], frozenset[str]]
# A forge and the branch that is published.
Host = tuple[Forge, str]
# Both by the settings in a blob ("" for none). Raises UserError.
Hosts = Callable[[str], Host]


def nothing_more(*_: object) -> Finding:
    """Ask for nothing beyond CODEOWNERS."""
    return Finding()
