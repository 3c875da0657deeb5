"""Holds and recalls: the journal's lines, folded into what of them is in force at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from storesync.errors import UserError
from storesync.ledger.entry import JournalKind
from storesync.ledger.journal import Journal
from storesync.ledger.scope import Scope
from storesync.ledger.segment import RESTORE, Line
from storesync.plan.change import PlacementKey
from storesync.plan.heirs import Renamed, present
from storesync.plan.held import Held
from storesync.render.artifact import fingerprint

_DAMAGE = (KeyError, TypeError, ValueError)


class Lift(NamedTuple):
    """That a hold ended before its time, for one scope, from a moment on (UTC)."""

    scope: Scope
    at: datetime


class Hold(NamedTuple):
    """One hold or recall: of what, by whom and in which role ("" where no team is named), why.

    `until` is None for a recall, which stays until it is resumed; `hash` is that of its line.
    Times are UTC.
    """

    kind: JournalKind
    scope: Scope
    who: str
    role: str
    reason: str
    at: datetime
    until: datetime | None
    hash: str
    lifts: tuple[Lift, ...] = ()

    @property
    def recalls(self) -> bool:
        """Say whether what is out is taken down, too."""
        return self.kind is JournalKind.RECALL

    def is_in_force(self, at: datetime) -> bool:
        """Say whether anything of it still counts at a moment.

        Its own time does not matter: clocks differ, and in doubt it counts.
        """
        if self.until is not None and self.until <= at:
            return False
        return not any(lift.scope.covers(self.scope) for lift in self.lifts)

    def told(self) -> str:
        """Say until when, by whom and why, for people."""
        if self.until is None:
            return f"recalled by {self.who}: {self.reason}"
        return f"until {self.until:%Y-%m-%d %H:%MZ} by {self.who}: {self.reason}"


class Holds:
    """All holds and recalls of a repository. `renamed` are the ids that changed since."""

    def __init__(self, holds: Iterable[Hold], renamed: Renamed | None = None) -> None:
        self._holds = tuple(holds)
        self._renamed = renamed or {}

    def named(self, renamed: Renamed) -> Holds:
        """Return these for a tree in which some ids changed: a hold follows its location."""
        return Holds(self._holds, renamed)

    def in_force(self, at: datetime) -> list[Hold]:
        """Return what counts at a moment, oldest first."""
        return [item for item in self._holds if item.is_in_force(at)]

    def on(self, key: PlacementKey, at: datetime) -> Hold | None:
        """Return what holds a placement at a moment: a recall, else the hold that ends last."""
        found = [item for item in self._holds if self._counts(item, key, at)]
        return max(found, key=lambda item: (item.recalls, item.until or item.at), default=None)

    def held(self, key: PlacementKey, at: datetime) -> Held | None:
        """Return what holds a placement at a moment in the planner's terms."""
        hold = self.on(key, at) if self._holds else None
        return Held(hold.told(), hold.recalls, hold.at) if hold else None

    def was_on(self, key: PlacementKey, moment: datetime) -> bool:
        """Say whether a placement was held at a past moment, whatever was decided after it."""
        return any(
            item.at <= moment
            and (item.until is None or item.until > moment)
            and self._is_about(item.scope, key)
            and not any(
                lift.at <= moment and self._is_about(lift.scope, key) for lift in item.lifts
            )
            for item in self._holds
        )

    def of_campaign(self, brand: str, campaign: str, at: datetime) -> list[Hold]:
        """Return what counts for a campaign, or for a part of it."""
        wanted = Scope(brand, campaign)
        return [
            item
            for item in self.in_force(at)
            if item.scope.now(self._renamed).meets(wanted)
            and not any(lift.scope.now(self._renamed).covers(wanted) for lift in item.lifts)
        ]

    def of_brand(self, brand: str, brands: Iterable[str], at: datetime) -> list[Hold]:
        """Return what counts for a brand; one for a brand that is not there may be any's."""
        known = set(brands)
        return [
            item
            for item in self.in_force(at)
            if item.scope.brand in {"", brand} or item.scope.brand not in known
        ]

    def _counts(self, hold: Hold, key: PlacementKey, at: datetime) -> bool:
        return (
            hold.is_in_force(at)
            and self._is_about(hold.scope, key)
            and not any(self._is_about(lift.scope, key) for lift in hold.lifts)
        )

    def _is_about(self, scope: Scope, key: PlacementKey) -> bool:
        if scope.covers(key):
            return True
        if not self._renamed:
            return False
        return scope.now(self._renamed).covers(present(self._renamed, key) or key)


def digest(holds: Iterable[Hold]) -> str:
    """Return a hash of what holds ask for: another one where a hold began, ended or was lifted."""
    return fingerprint([[item.hash, [list(lift.scope) for lift in item.lifts]] for item in holds])


def holds_of(journal: Journal) -> Holds:
    """Return the holds of a journal. Raises UserError where it is damaged: nothing is known."""
    found: dict[str, Hold] = {}
    for line in journal.of(JournalKind.HOLD, JournalKind.RECALL, JournalKind.RESUME):
        try:
            _step(line, found)
        except _DAMAGE as error:
            message = "the ledger's journal cannot be understood"
            hint = RESTORE
            raise UserError(f"{message}: {line.path}:{line.number}", hint=hint) from error
    return Holds(found.values())


def _step(line: Line, found: dict[str, Hold]) -> None:
    fields: Mapping[str, object] = line.fields
    kind = JournalKind(str(fields["type"]))
    scope = Scope(*line.fields["scope"])
    if not all(isinstance(part, str) for part in scope):
        raise TypeError
    at = datetime.fromisoformat(line.fields["at"])
    if kind is JournalKind.RESUME:
        for name in line.fields["lifts"]:
            hold = found[name]
            found[name] = hold._replace(lifts=(*hold.lifts, Lift(scope, at)))
        return
    found[line.hash] = Hold(
        kind=kind,
        scope=scope,
        who=str(fields["who"]),
        role=str(fields["role"]),
        reason=str(fields["detail"]),
        at=at,
        until=datetime.fromisoformat(line.fields["until"]) if kind is JournalKind.HOLD else None,
        hash=line.hash,
    )
