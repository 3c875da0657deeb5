"""What people decided: holds, recalls, resumes and deliveries settled, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from storesync.diagnostics import printable
from storesync.ledger.delivery import DeliveryRecord
from storesync.ledger.holds import Hold
from storesync.plan.change import PlacementKey
from storesync.report.plan import moment

_WIDEST = 500
_MOST_LISTED = 20
_NEXT_RUN = "in force at the next publish"


def hold_data(hold: Hold) -> dict[str, Any]:
    """Return a hold or recall for JSON."""
    return {
        "event": hold.kind.value,
        **hold.scope._asdict(),
        "who": hold.who,
        "role": hold.role,
        "reason": hold.reason,
        "at": moment(hold.at),
        "until": moment(hold.until),
    }


def hold_line(hold: Hold) -> str:
    """Return a hold or recall in one line."""
    parts = ", ".join(str(lift.scope) for lift in hold.lifts)
    lifted = f"; lifted for {parts}" if parts else ""
    return printable(f"held: {hold.scope}, {hold.told()}{lifted}", limit=_WIDEST)


def decided_text(hold: Hold) -> str:
    """Return what a new hold or recall does."""
    if hold.until is None:
        what = "what is out comes down, and nothing goes out until it is resumed"
        sent = "messages that were sent stay sent"
        return f"recalled: {hold.scope}\n{_NEXT_RUN}: {what}; {sent}"
    return f"held: {hold.scope} until {hold.until:%Y-%m-%d %H:%MZ}\n{_NEXT_RUN}; what is out stays"


class Resumed(NamedTuple):
    """What a resume ends, ends for its own part alone, and may not end."""

    lifted: Sequence[Hold]
    narrowed: Sequence[Hold]
    kept: Sequence[Hold]


def resumed_data(resume: Mapping[str, Any], found: Resumed) -> dict[str, Any]:
    """Return a resume for JSON, and what follows for the holds in force."""
    holds = {name: [hold_data(item) for item in part] for name, part in found._asdict().items()}
    return {**resume, **holds}


def resumed_text(scope: str, found: Resumed) -> str:
    """Return what a resume ends, and what goes on."""
    lines = [f"resumed: {scope}"]
    lines += [f"  no longer {hold_line(item)}" for item in found.lifted]
    lines += [
        f"  no longer for this, for the rest still {hold_line(item)}" for item in found.narrowed
    ]
    lines += [f"  still {hold_line(item)} ({item.role})" for item in found.kept]
    return "\n".join([*lines, f"{_NEXT_RUN}: what is still due goes out"])


Doubtful = Mapping[PlacementKey, DeliveryRecord]


def settled_data(state: str, at: datetime, found: Doubtful, kept: Doubtful) -> dict[str, Any]:
    """Return settled deliveries for JSON; with an empty state nothing was written."""
    rows = {"deliveries": _rows(found), "kept": _rows(kept)}
    return {"as": state, "at": moment(at), **rows}


def settled_text(state: str, found: Doubtful, kept: Doubtful) -> str:
    """Return what was in doubt and what is said of it now."""
    if not found and not kept:
        return "nothing is in doubt"
    lines = _lines(found, f"settled as {state}" if state else "in doubt")
    lines += _lines(kept, "a run is sending")
    if found and not state:
        lines.append("say what became of them: --as live, failed or withdrawn, with -m")
    return "\n".join(lines)


def _rows(found: Doubtful) -> list[dict[str, Any]]:
    return [
        {
            "key": record.key,
            "action": record.action.value,
            **key._asdict(),
            "fingerprint": record.fingerprint,
            "since": moment(record.at),
            "detail": record.detail,
        }
        for key, record in sorted(found.items())
    ]


def _lines(found: Doubtful, word: str) -> list[str]:
    lines = [
        printable(
            f"{word}: {record.action.value} {key.brand}/{key.campaign}  {key.channel} {key.locale}"
            f"  {key.location}, since {record.at:%Y-%m-%d %H:%MZ}",
            limit=_WIDEST,
        )
        for key, record in sorted(found.items())
    ]
    if len(lines) > _MOST_LISTED:
        lines[_MOST_LISTED:] = [f"…and {len(lines) - _MOST_LISTED} more, see --format json"]
    return lines
