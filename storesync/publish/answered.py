"""What a channel answers, made whole: strangers write channels, and nothing may be lost for it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from storesync.errors import UserError
from storesync.plan.change import Action
from storesync.plugins.protocols import (
    Batch,
    Capabilities,
    Channel,
    Delivery,
    DeliveryState,
    Receipt,
)

_NO_ANSWER = "the channel gave no answer"
_NEVER = frozenset({DeliveryState.REFUSED, DeliveryState.FAILED, DeliveryState.IN_DOUBT})
_MEANT = {
    Action.CREATE: _NEVER | {DeliveryState.LIVE, DeliveryState.HANDED_OFF},
    Action.UPDATE: _NEVER | {DeliveryState.LIVE, DeliveryState.HANDED_OFF},
    Action.WITHDRAW: _NEVER | {DeliveryState.WITHDRAWN},
}
_LONGEST_ID = 1_000


def deliver(channel: Channel, batch: Batch) -> Iterator[Receipt]:
    """Have a batch carried out; yield one receipt for each delivery, as it comes.

    In doubt is what the channel gave no answer to, or none that can be meant: a run asks about it
    later. Raises UserError where the channel does.
    """
    left = {item.key: item for item in batch.deliveries}
    why = _NO_ANSWER
    try:
        answers: Iterator[Any] = channel.deliver(batch)
        for receipt in answers:
            key = receipt.key if isinstance(receipt, Receipt) else ""
            if key in left:
                yield _meant(receipt, left.pop(key), channel.capabilities)
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code can raise anything
        why = broken_off(error)
    for key in left:
        yield Receipt(key, DeliveryState.IN_DOUBT, detail=why)


def look_up(channel: Channel, delivery: Delivery) -> Receipt | None:
    """Ask a channel that can be asked what it has of a delivery, None for nothing.

    Raises UserError where the channel does.
    """
    try:
        answer: Any = channel.look_up(delivery)
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
        return Receipt(delivery.key, DeliveryState.IN_DOUBT, detail=broken_off(error))
    if answer is None:
        return None
    if isinstance(answer, Receipt) and answer.key == delivery.key:
        return _meant(answer, delivery, channel.capabilities)
    return Receipt(delivery.key, DeliveryState.IN_DOUBT, detail=_NO_ANSWER)


def broken_off(error: BaseException) -> str:
    """Say what a plug-in raised, and where, for whoever wrote it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{PurePath(last.filename).name}, line {last.lineno}"
    return f"the plug-in broke off: {type(error).__name__}: {error} ({where})"


def _meant(receipt: Receipt, delivery: Delivery, able: Capabilities) -> Receipt:
    """Return a receipt, in doubt where it says more than its channel can know, or nonsense."""
    state: object = receipt.state
    said: object = receipt.detail
    if not (isinstance(state, DeliveryState) and state in _MEANT[delivery.action]):
        detail = f"the channel says {state} of what it was to {delivery.action}"
    elif receipt.state is DeliveryState.HANDED_OFF and not able.can_schedule:
        detail = "the channel says that a scheduler has it, and has none"
    elif not _is_id(receipt.remote_id):
        detail = "the channel gives it an id that is none"
    else:
        return receipt if isinstance(said, str) else replace(receipt, detail="")
    return Receipt(receipt.key, DeliveryState.IN_DOUBT, detail=detail)


def _is_id(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_ID and text.isprintable()
