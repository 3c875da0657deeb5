"""What a run of `publish` did, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from storesync.diagnostics import printable
from storesync.plan.plan import Plan
from storesync.plugins.protocols import DeliveryState
from storesync.publish.publisher import Sent
from storesync.report.plan import missed_lines, moment, skipped_data, skipped_lines, unchanged

_MOST_LISTED = 20


def as_data(run: str, plan: Plan, sent: Iterable[Sent]) -> dict[str, Any]:
    """Return a run for JSON. `run` is empty where there was nothing to do."""
    found = list(sent)
    counts = Counter(item.receipt.state.value for item in found)
    counts["missed"] += len(plan.missed)
    counts["held"] += len(plan.held)
    states = {state.value: counts[state.value] for state in DeliveryState}
    return {
        "run": run,
        "at": moment(plan.at),
        "summary": states | {"unchanged": plan.unchanged},
        "receipts": [
            {
                "key": item.receipt.key,
                "action": item.change.action.value,
                **item.change.key._asdict(),
                "state": item.receipt.state.value,
                "fingerprint": item.change.fingerprint,
                "remote_id": item.receipt.remote_id,
                "detail": item.receipt.detail,
            }
            for item in found
        ],
        "frozen": [skipped_data(item) for item in plan.frozen],
        "held": [skipped_data(item) for item in plan.held],
        "waiting": [skipped_data(item) for item in plan.waiting],
    }


def as_text(plan: Plan, sent: Sequence[Sent]) -> str:
    """Return a run for a terminal: counts by campaign and channel, then what went wrong."""
    if not (sent or plan.missed or plan.frozen or plan.held or plan.waiting):
        return f"nothing to do: {plan.unchanged:,} deliveries are as they should be"
    groups = Counter(
        (
            item.change.key.brand,
            item.change.key.campaign,
            item.change.key.channel,
            item.receipt.state,
        )
        for item in sent
    )
    lines = [
        f"{count:6,} {state.value:10} {brand}/{campaign}  {channel}"
        for (brand, campaign, channel, state), count in sorted(groups.items())
    ]
    bad = [item for item in sent if item.bad]
    for item in bad[:_MOST_LISTED]:
        key = item.change.key
        detail = printable(item.receipt.detail, limit=500)
        lines.append(
            f"{item.receipt.state.value}: {key.campaign} {key.channel} {key.location}: {detail}"
        )
    if len(bad) > _MOST_LISTED:
        lines.append(f"…and {len(bad) - _MOST_LISTED} more, see --format json")
    lines += skipped_lines(plan.waiting, "waiting")
    lines += skipped_lines(plan.held, "held")
    lines += skipped_lines(plan.frozen, "frozen")
    lines += missed_lines(plan.missed)
    if not sent and not plan.missed:
        return "\n".join([*lines, f"nothing to do elsewhere: {unchanged(plan)}"])
    states = Counter(item.receipt.state.value for item in sent)
    states += Counter(missed=len(plan.missed))
    total = ", ".join(f"{count:,} {state}" for state, count in sorted(states.items()))
    lines.append(f"{total or 'nothing sent'}, {unchanged(plan)}")
    return "\n".join(lines)
