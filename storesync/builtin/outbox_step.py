"""What a delivery changes in its folder of the outbox: a pure step from what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from storesync.builtin import outbox_record as records
from storesync.builtin.outbox_record import SIDECAR, Record
from storesync.diagnostics import printable
from storesync.plan.change import Action
from storesync.plugins.protocols import Delivery, DeliveryState, Receipt
from storesync.source.tree import content_id

# A folder's files by name; None for what is no file, or too large to be one of ours.
Present = Mapping[str, bytes | None]
# Of what a receipt says: five names of a path may have 100 characters each.
_LONGEST = 500


class Step(NamedTuple):
    """The edits of one delivery, and what is true after them.

    `edits` are (file name, its bytes or None to delete it) in the order in which an interruption
    does no harm; empty where all is as it should be. `fresh` says that the folder was empty or
    absent, `record` is what it holds afterwards.
    """

    receipt: Receipt
    folder: str = ""
    edits: tuple[tuple[str, bytes | None], ...] = ()
    fresh: bool = False
    record: Record | None = None


class Found(NamedTuple):
    """What a folder holds: a sidecar, its record, and whether the files are the ones it names.

    A sidecar cut off by a power cut, or replaced by a link, is one without a record.
    """

    sidecar: bool = False
    record: Record | None = None
    intact: bool = False


def plan(
    deliveries: Iterable[Delivery], read: Callable[[str], Present | str], top: str = ""
) -> list[Step]:
    """Return the steps of a batch in its order; `read` says what a folder holds before it.

    It answers in words where a folder cannot be used. `top` stands before paths that people are
    shown. Raises UserError where a folder was written by a newer StoreSync.
    """
    after: dict[str, Present] = {}
    steps = []
    for delivery in deliveries:
        folder = records.folder_of(delivery.placement)
        if folder is None:
            steps.append(_unfit(delivery))
            continue
        present = after[folder] if folder in after else read(folder)
        if isinstance(present, str):
            steps.append(failed(delivery.key, present))
            continue
        step = _take_down if delivery.action is Action.WITHDRAW else _put
        steps.append(step(delivery, folder, present, top))
        after[folder] = _changed(present, steps[-1])
    return steps


def inspect(present: Present) -> Found:
    """Return what a folder holds. Raises UserError where a newer StoreSync wrote it."""
    record = _record(present)
    if record is None or record.state != records.LIVE:
        return Found(SIDECAR in present, record)
    files = ((present.get(name), digest) for name, digest in record.parts.items())
    intact = all(data is not None and content_id(data) == digest for data, digest in files)
    return Found(sidecar=True, record=record, intact=intact)


def answer(delivery: Delivery, found: Found) -> Receipt | None:
    """Return the receipt that a folder proves for a delivery, None where it proves none."""
    record = found.record
    if delivery.action is Action.WITHDRAW:
        is_other = record is not None and record.placement != delivery.placement
        is_there = found.sidecar and not is_other
        return None if is_there else Receipt(delivery.key, DeliveryState.WITHDRAWN)
    if record is None or record.key != delivery.key or not found.intact:
        return None
    return _live(delivery, records.folder_of(delivery.placement) or "")


def failed(key: str, detail: str, *, partly: bool = False) -> Step:
    """Return the step of a delivery that could not be carried out, or only in part: in doubt."""
    state = DeliveryState.IN_DOUBT if partly else DeliveryState.FAILED
    return Step(Receipt(key, state, detail=printable(detail, limit=_LONGEST)))


def in_the_way(path: str) -> str:
    """Say that something else stands where the outbox has to write."""
    return f"{path} was not written by the outbox; move it away, then publish again"


def _put(delivery: Delivery, folder: str, present: Present, top: str) -> Step:
    artifact = delivery.artifact
    if artifact is None or not artifact.parts:
        return _refused(delivery, "there is nothing to put out")
    try:
        files = records.part_files(artifact)
        if files is None:
            return _refused(delivery, "a part has a name that no file can have")
        record = records.record_of(delivery, artifact, files)
        sidecar = record.encode()
    except UnicodeEncodeError:
        return _refused(delivery, "the text holds half a character (a lone surrogate)")
    ours = _ours(present, delivery.placement.channel)
    for name in (*files, SIDECAR):
        if name in present and name not in ours:
            return failed(delivery.key, in_the_way(f"{top}{folder}/{name}"))
    edits = tuple(_edits(present, ours, files, record, sidecar))
    return Step(_live(delivery, folder), folder, edits, fresh=not present, record=record)


def _edits(
    present: Present,
    ours: frozenset[str],
    files: Mapping[str, bytes],
    record: Record,
    sidecar: bytes,
) -> list[tuple[str, bytes | None]]:
    """Return what turns `present` into `files`; the sidecar always names every file of ours."""
    new = [(name, data) for name, data in files.items() if present.get(name) != data]
    stale = sorted((ours & present.keys()) - files.keys() - {SIDECAR})
    edits: list[tuple[str, bytes | None]] = [*new, *((name, None) for name in stale)]
    if present and any(name not in ours for name, _ in new):
        both = dict.fromkeys(stale, "") | dict(record.parts)
        between = record._replace(state=records.UPDATING, parts=both)
        return [(SIDECAR, between.encode()), *edits, (SIDECAR, sidecar)]
    return edits if present.get(SIDECAR) == sidecar else [*edits, (SIDECAR, sidecar)]


def _take_down(delivery: Delivery, folder: str, present: Present, top: str) -> Step:
    receipt = Receipt(delivery.key, DeliveryState.WITHDRAWN)
    record = _record(present)
    if SIDECAR not in present or (record and record.placement != delivery.placement):
        return Step(receipt, folder, record=record)
    ours = (_ours(present, delivery.placement.channel) & present.keys()) - {SIDECAR}
    if present[SIDECAR] is None:
        return failed(delivery.key, in_the_way(f"{top}{folder}/{SIDECAR}"))
    return Step(receipt, folder, (*((name, None) for name in sorted(ours)), (SIDECAR, None)))


def _record(present: Present) -> Record | None:
    sidecar = present.get(SIDECAR)
    return records.decode(sidecar) if sidecar else None


def _ours(present: Present, channel: str) -> frozenset[str]:
    """Return the names in a folder that the outbox wrote, those that are gone included.

    Where a power cut left a sidecar without its text, the names that such a channel has.
    """
    if present.get(SIDECAR) is None:
        return frozenset()
    record = _record(present)
    names = record.parts.keys() if record else records.known_files(channel)
    return frozenset((SIDECAR, *(name for name in names if present.get(name, b"") is not None)))


def _changed(present: Present, step: Step) -> Present:
    after = dict(present) | dict(step.edits)
    gone = {name for name, data in step.edits if data is None and after[name] is None}
    return {name: data for name, data in after.items() if name not in gone}


def _unfit(delivery: Delivery) -> Step:
    """Return the step for names that make no path: there can be nothing, and never will be."""
    if delivery.action is Action.WITHDRAW:
        return Step(Receipt(delivery.key, DeliveryState.WITHDRAWN))
    path = printable("/".join(delivery.placement[:5]))
    return _refused(delivery, f"no folder can be named {path}")


def _refused(delivery: Delivery, detail: str) -> Step:
    return Step(Receipt(delivery.key, DeliveryState.REFUSED, detail=detail))


def _live(delivery: Delivery, folder: str) -> Receipt:
    return Receipt(delivery.key, DeliveryState.LIVE, remote_id=folder)
