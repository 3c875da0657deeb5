"""What the lines of the ledger say: from values to fields, one function for each type of line.

Logins, hashes and the prices that were offered, never customers' names or addresses.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from storesync.diagnostics import printable
from storesync.ledger.scope import Scope
from storesync.plan.change import Change, PlacementKey
from storesync.plugins.protocols import DeliveryState, Receipt

Fields = dict[str, object]
_LONGEST_TEXT = 500


class Kind(enum.StrEnum):
    """The types of line. One that is not here was written by a newer StoreSync."""

    GENESIS = "genesis"  # where this ledger begins
    INTENT = "intent"  # about to be sent: durable before the channel is called
    RECEIPT = "receipt"  # what the channel answered
    SETTLED = "settled"  # what became of a delivery in doubt, as a person or a look-up says
    MISSED = "missed"  # its window passed
    SKIPPED = "skipped"  # not for this location now
    NOTE = "note"  # for people, without effect


class JournalKind(enum.StrEnum):
    """The types of line in the journal; this list is all that a new one needs to be read."""

    HOLD = "hold"  # nothing of a scope goes out until a moment
    RESUME = "resume"  # holds and recalls are lifted for a scope
    RECALL = "recall"  # what is out of a scope is taken down, and stays in until resumed
    ADOPTED = "adopted"  # a commit is the baseline from now on, as genesis says of the first one
    APPROVAL = "approval"  # what came to the published branch was an approved proposal
    UNPROVEN = "unproven"  # it was not, as far as could be seen; told once


class Terms(NamedTuple):
    """What holds from a baseline on, whatever newer settings say.

    `proof`: what goes out needs a proven approval. `remote`: where the ledger is kept, empty for
    this clone alone.
    """

    proof: bool = False
    remote: str = ""


NO_TERMS = Terms()


def genesis(
    *, commit: str, who: str, repository: str, at: datetime, terms: Terms = NO_TERMS
) -> Fields:
    """The baseline: `commit` is adopted as approved by the login `who`; `repository` is its id."""
    who = printable(who, limit=_LONGEST_TEXT)
    parts = {"commit": commit, "who": who, "repository": repository}
    return _line(Kind.GENESIS, at, **parts, **terms._asdict())


def intent(
    change: Change, *, key: str, sequence: int, run: str, lease: datetime, at: datetime
) -> Fields:
    """About to carry out `change` under the idempotency key `key`.

    `run` has it to itself until `lease`; `sequence` is `DeliveryRecord.sequence` as of now. The
    price stands there where one is offered: what later campaigns call the price before.
    """
    offered = {} if change.price is None else {"price": list(change.price)}
    return _line(
        Kind.INTENT,
        at,
        run=run,
        lease=stamp(lease),
        key=key,
        action=change.action.value,
        placement=list(change.key),
        fingerprint=change.fingerprint,
        artifact=change.artifact,
        starts=change.starts and stamp(change.starts),
        ends=change.ends and stamp(change.ends),
        sequence=sequence,
        **offered,
    )


def receipt(given: Receipt, *, at: datetime) -> Fields:
    """What a channel says became of a delivery; a long `detail` is cut, as it is for people."""
    detail = printable(given.detail, limit=_LONGEST_TEXT)
    parts = {"key": given.key, "state": given.state.value, "remote_id": given.remote_id}
    return _line(Kind.RECEIPT, at, **parts, detail=detail)


def settled(key: str, state: DeliveryState, *, who: str, reason: str, at: datetime) -> Fields:
    """What became of the delivery in doubt, as the login `who` says."""
    texts = {"who": who, "detail": reason}
    shown = {name: printable(text, limit=_LONGEST_TEXT) for name, text in texts.items()}
    return _line(Kind.SETTLED, at, key=key, state=state.value, **shown)


def missed(placement: PlacementKey, fingerprint: str, *, reason: str, at: datetime) -> Fields:
    """The window of the change with this fingerprint passed before it was sent."""
    return _unsent(Kind.MISSED, placement, fingerprint, reason, at)


def skipped(placement: PlacementKey, fingerprint: str, *, reason: str, at: datetime) -> Fields:
    """The change with this fingerprint is not for this location now."""
    return _unsent(Kind.SKIPPED, placement, fingerprint, reason, at)


def note(text: str, *, who: str, at: datetime) -> Fields:
    """A remark for people."""
    return _line(Kind.NOTE, at, who=who, detail=printable(text, limit=_LONGEST_TEXT))


def hold(
    scope: Scope, *, who: str, role: str, reason: str, until: datetime, at: datetime
) -> Fields:
    """Nothing of `scope` goes out until a moment, as the login `who` says in the role `role`.

    An empty role: the repository named no team.
    """
    return _decision(JournalKind.HOLD, scope, who, role, reason, at) | {"until": stamp(until)}


def recall(scope: Scope, *, who: str, role: str, reason: str, at: datetime) -> Fields:
    """What is out of `scope` is taken down, and nothing of it goes out until it is resumed."""
    return _decision(JournalKind.RECALL, scope, who, role, reason, at)


def resume(
    scope: Scope, lifts: Sequence[str], *, who: str, role: str, reason: str, at: datetime
) -> Fields:
    """The holds and recalls whose lines have the hashes `lifts` end, for what lies in `scope`."""
    return _decision(JournalKind.RESUME, scope, who, role, reason, at) | {"lifts": list(lifts)}


def adopted(*, commit: str, who: str, reason: str, at: datetime, terms: Terms) -> Fields:
    """A newer baseline: `commit` is adopted as approved by the login `who`."""
    texts = {"who": who, "detail": reason}
    shown = {name: printable(text, limit=_LONGEST_TEXT) for name, text in texts.items()}
    return _line(JournalKind.ADOPTED, at, commit=commit, **shown, **terms._asdict())


def approval(fields: Fields, *, at: datetime) -> Fields:
    """The approval record of a landing, as `approval.record` writes it."""
    return _line(JournalKind.APPROVAL, at, **fields)


def unproven(
    commit: str, proposal: str, reason: str, *, at: datetime, base: str = "", said: str = ""
) -> Fields:
    """Why `commit` cannot be proven; what it changed since `base` stays in.

    `said` is a hash of what that hangs on, "" where it has to be found out again each time.
    """
    detail = printable(reason, limit=_LONGEST_TEXT)
    known = {"base": base, "said": said} if base else {}
    line = _line(JournalKind.UNPROVEN, at, commit=commit, proposal=proposal, detail=detail)
    return line | known


def stamp(when: datetime) -> str:
    """Return an aware time in UTC as the ledger writes it: 2026-12-01T07:00:00Z."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def unstamped(text: str | None) -> datetime | None:
    """Return the time that `stamp` wrote, None for none. Raises ValueError."""
    return None if text is None else datetime.fromisoformat(text)


def _unsent(
    kind: Kind, placement: PlacementKey, fingerprint: str, reason: str, at: datetime
) -> Fields:
    detail = printable(reason, limit=_LONGEST_TEXT)
    return _line(kind, at, placement=list(placement), fingerprint=fingerprint, detail=detail)


def _decision(
    kind: JournalKind, scope: Scope, who: str, role: str, reason: str, at: datetime
) -> Fields:
    texts = {"who": who, "role": role, "detail": reason}
    shown = {name: printable(text, limit=_LONGEST_TEXT) for name, text in texts.items()}
    return _line(kind, at, scope=list(scope), **shown)


def _line(kind: Kind | JournalKind, at: datetime, **parts: object) -> Fields:
    return {"type": kind.value, "at": stamp(at), **parts}
