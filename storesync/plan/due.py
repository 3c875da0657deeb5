"""A publish plan: what should be live at a moment against what the ledger says is live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from storesync.plan.bent import down, is_foreseen, kept_out, kept_up_for, shown
from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.plan.heirs import inherited, moved, present, settled, told_before, told_now
from storesync.plan.held import Holding, ended, final, keep_in, recalled
from storesync.plan.late import begins, in_time, never_arrived, passed, too_late, was_missed
from storesync.plan.live import Live
from storesync.plan.piece import Piece, by_key, change_to
from storesync.plan.plan import Plan, brake, ordered
from storesync.plan.price import price_of
from storesync.plan.retry import is_another_try
from storesync.plan.skipped import Skipped

_REFUSED = "refused by the channel, and the content has not changed"

Fingerprint = Callable[[Piece], str]


@dataclass(frozen=True, slots=True)
class Desired:
    """What one tree asks for, whatever the moment.

    `frozen` says whether nothing may be concluded about a placement, because a file of its is
    unreadable or invalid: it is neither changed nor withdrawn. `left_out` placements were not
    looked at, because they are known to be as they should be. `holding` says what a person
    stopped, `was_held` whether it was stopped at a past moment; `bound` why something may not even
    be taken down. `over` are frozen placements that come down all the same, and why. At `waiting`
    nothing goes out yet, in a blackout: what is out stays.
    """

    pieces: list[Piece]
    skipped: list[Skipped]
    frozen: Callable[[PlacementKey], str]
    renamed: Mapping[tuple[str, str], str]  # (brand, "location/old") -> new id, from `formerly`
    campaigns: Mapping[tuple[str, str], str]  # (brand, campaign) -> why cancelled, or empty
    left_out: Callable[[PlacementKey], bool] = lambda _key: False
    holding: Holding = lambda _key, _at: None
    was_held: Callable[[PlacementKey, datetime], bool] = lambda _key, _at: False
    bound: Callable[[PlacementKey], str] = lambda _key: ""
    over: Mapping[PlacementKey, str] = field(default_factory=dict)
    waiting: Collection[PlacementKey] = frozenset()


@dataclass
class _Work:
    """One planning: what it asks, and what it has found so far."""

    artifact: Fingerprint
    at: datetime
    since: datetime | None
    live: Mapping[PlacementKey, Live]
    was: Mapping[PlacementKey, PlacementKey]  # new key -> old key, of ids that changed
    waiting: Collection[PlacementKey]
    changes: list[Change] = field(default_factory=list)
    missed: list[Change] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    frozen: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unchanged: int = 0


def plan_due(
    desired: Desired,
    live: Mapping[PlacementKey, Live],
    artifact: Fingerprint,
    at: datetime,
    since: datetime | None,
) -> Plan:
    """Return what a run at `at` has to do. `since` is when the last run was, None for never.

    `artifact` gives a piece's artifact fingerprint; it is asked only for what is due.
    """
    by_state = sorted(live, key=lambda key: live[key].out) if desired.renamed else ()
    was = moved(desired.renamed, by_state)  # of several names it bore, the one that is out
    work = _Work(artifact, at, since, live, was, desired.waiting, skipped=list(desired.skipped))
    wanted = by_key(desired.pieces)
    sent = [key for key, record in live.items() if record.out and record.final]
    heirs = inherited(desired.renamed, sent, live, wanted)
    back = ended(live, desired.over, desired.bound)
    back |= recalled(live, desired.holding, desired.bound, at)
    work.changes += [_withdraw(key, live[key], why, explained=True) for key, why in back.items()]
    work.warnings += final(live, desired.holding, at)
    for key, pieces in wanted.items():
        reason = desired.frozen(key)
        if key in back:
            continue
        if reason:
            _freeze(work, key, reason, out=key in live and live[key].out)
        else:
            _one(work, key, pieces, live.get(heirs.get(key, key)))
    reasons = _reasons(desired.skipped)
    for key, record in live.items():
        if not record.out or key in wanted or key in back:
            continue
        if desired.left_out(key):
            work.unchanged += 1
        else:
            _gone(work, desired, wanted, key, reasons)
    # What is final cannot be taken down: it would only dilute the brake.
    counts = Counter(key.brand for key, item in live.items() if item.out and not item.final)
    kept = keep_in(work.changes, work.missed, desired.holding, desired.was_held, at)
    changes = ordered(kept.changes)
    # What failed has passed the brake before: an outage must not make it hold all the rest.
    new = [item for item in changes if not is_another_try(item, live.get(item.key), work.at)]
    return Plan(
        at=at,
        changes=changes,
        unchanged=work.unchanged + sum(item.stays for item in kept.held),
        skipped=tuple(work.skipped),
        frozen=tuple(work.frozen),
        warnings=tuple(dict.fromkeys(work.warnings)),
        brake=brake(new, counts),
        missed=tuple(kept.missed),
        held=tuple(kept.held),
        inherited=settled(heirs, live, desired.frozen),
    )


def _one(work: _Work, key: PlacementKey, pieces: list[Piece], record: Live | None) -> None:
    current = next((piece for piece in pieces if piece.runs_at(work.at)), None)
    if record is not None and record.out and record.final:
        _sent_before(work, key, pieces[0], record)
    elif record is not None and record.out and (current or key not in work.waiting):
        _standing(work, pieces, current, record)
    elif current is not None:
        _starting(work, current, record)
    else:
        is_out = record is not None and record.out
        work.unchanged += is_out
        _note_missed(work, pieces, record)
        reason = kept_out(pieces, work.at)
        if is_out:
            reason = kept_up_for(reason)
        if reason:
            work.skipped.append(Skipped(*key[:4], reason, stays=is_out))


def _sent_before(work: _Work, key: PlacementKey, first: Piece, record: Live) -> None:
    work.unchanged += 1
    if first.runs_at(work.at) and work.artifact(first) != record.artifact:
        work.warnings.append(
            f"{key.brand}/{key.campaign}: {key.channel} was sent already and stays as it was;"
            " a correction is a campaign of its own"
        )


def _standing(work: _Work, pieces: list[Piece], current: Piece | None, record: Live) -> None:
    key, at = pieces[0].key, work.at
    if current is None:
        work.changes.append(_withdraw(key, record, down(pieces, at), explained=True))
        return
    new = work.artifact(current)
    same = new == record.artifact
    if same and not record.doubtful:
        work.unchanged += 1
        return
    wait = current.rules.first_allowed(at)
    if wait.until > at:
        work.unchanged += 1
        reason = f"the update waits until {shown(wait.until)}: {wait.reason}"
        work.skipped.append(Skipped(*key[:4], reason))
        return
    scheduled = current is not pieces[0] and begins(current, record, work.since, at)
    reason = f"next stretch of the flight: {current.reason}" if scheduled else "content changed"
    if same:
        reason = "put out anew: a change of it was cut off"
    change = _change(Action.UPDATE, current, new, reason, explained=scheduled or same)
    if record.refused and record.tried == change.fingerprint:
        work.unchanged += 1
        work.skipped.append(Skipped(*key[:4], _REFUSED, stays=True))
        return
    work.changes.append(change)


def _starting(work: _Work, current: Piece, record: Live | None) -> None:
    key, at = current.key, work.at
    wait = current.rules.first_allowed(at)
    waits = f"waits until {shown(wait.until)}: {wait.reason}" if wait.until > at else ""
    if why := _not_again(work, current, record) or waits:
        work.skipped.append(Skipped(*key[:4], why))
        return
    before = _before(work, current)
    if not before and (reason := too_late(current, record, at)):
        work.missed.append(_change(Action.CREATE, current, "", reason, explained=True))
        return
    reason = "; ".join(filter(None, (before, current.reason))) or "flight started"
    if record is not None and record.withdrawn and current.reason:
        reason = f"back: {current.reason}"
    work.changes.append(
        _change(Action.CREATE, current, work.artifact(current), reason, explained=True)
    )


def _before(work: _Work, current: Piece) -> str:
    """Say what a page was called that moves to another id in mid-flight: it is not late."""
    old = work.was.get(current.key)
    return told_before(current.key, old) if old and in_time(work.live[old], current) else ""


def _not_again(work: _Work, current: Piece, record: Live | None) -> str:
    """Return why what was tried before is not tried again, be it under an earlier id."""
    old = work.was.get(current.key)
    known = record or (work.live[old] if old else None)
    if known is not None and was_missed(current, known, work.at):
        return "missed its start"  # until another stretch of the flight begins
    if record is not None and record.refused and record.artifact == work.artifact(current):
        return _REFUSED
    return ""


def _note_missed(work: _Work, pieces: list[Piece], record: Live | None) -> None:
    """Report a window that passed without anything going out: no run, or none that got it there."""
    if record is not None and not never_arrived(record):
        return
    if pieces[-1].message and pieces[-1].starts > work.at:  # it is sent then
        return
    over = passed(pieces, work.since, work.at)
    if over is not None:
        reason = f"no run between {shown(over.starts)} and {shown(over.ends)}"
        if record is not None:
            reason = f"it did not arrive before {shown(over.ends)}"
        work.missed.append(_change(Action.CREATE, over, "", reason, explained=True))


def _freeze(work: _Work, key: PlacementKey, reason: str, *, out: bool) -> None:
    work.unchanged += out
    work.frozen.append(Skipped(*key[:4], reason, stays=out))


def _gone(
    work: _Work,
    desired: Desired,
    wanted: Mapping[PlacementKey, list[Piece]],
    key: PlacementKey,
    reasons: Mapping[tuple[str, str, str, str], str],
) -> None:
    record, new = work.live[key], present(desired.renamed, key) or key
    frozen = desired.frozen(key) or (new is not key and desired.frozen(new))
    if frozen:
        _freeze(work, key, frozen, out=True)
        return
    current = next((piece for piece in wanted.get(new, ()) if piece.runs_at(work.at)), None)
    waits = new in work.waiting or (
        current is not None
        and (
            current.rules.first_allowed(work.at).until > work.at
            or desired.holding(current.key, work.at) is not None
        )
    )
    if record.final or waits:
        work.unchanged += 1
        return
    if new in wanted:
        reason = told_now(key, new) if current else down(wanted[new], work.at)
        work.changes.append(_withdraw(key, record, reason, explained=True))
        return
    place = (new.brand, new.campaign, new.location)
    reason = reasons.get((*place, key.channel)) or reasons.get((*place, ""), "")
    foreseen = is_foreseen(reason)
    is_over = record.ends is not None and record.ends <= work.at
    if not reason:
        known = (new.brand, new.campaign) in desired.campaigns
        reason = "no longer selected or gone" if known else "the campaign is gone"
    if is_over:
        reason = f"flight ended {shown(record.ends)}"
    work.changes.append(_withdraw(key, record, reason, explained=foreseen or is_over))


def _reasons(skipped: Iterable[Skipped]) -> dict[tuple[str, str, str, str], str]:
    return {
        (item.brand, item.campaign, item.location, item.channel): item.reason for item in skipped
    }


def _change(action: Action, piece: Piece, artifact: str, reason: str, *, explained: bool) -> Change:
    change = change_to(piece, action, artifact, reason, explained=explained)
    return replace(change, price=price_of(piece.shared, piece.own))


def _withdraw(key: PlacementKey, record: Live, reason: str, *, explained: bool) -> Change:
    return Change(
        action=Action.WITHDRAW,
        key=key,
        starts=record.starts,
        ends=record.ends,
        fingerprint=change_fingerprint(key, Action.WITHDRAW, ("", "", ""), "", record.artifact),
        artifact="",
        reason=reason,
        explained=explained,
    )
