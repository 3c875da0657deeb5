"""A plan as text and as JSON: groups first, so that 10,000 locations read like ten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storesync.diagnostics import printable
from storesync.plan.change import Action, Change
from storesync.plan.plan import Group, Plan
from storesync.plan.skipped import Skipped

SIGN = {Action.CREATE: "+", Action.UPDATE: "~", Action.WITHDRAW: "-"}
_MOST_SKIPPED = 12
_MOST_LOCALES = 3


def as_data(plan: Plan, approvals: Iterable[object] = ()) -> dict[str, Any]:
    """Return a plan for JSON."""
    return {
        "fingerprint": plan.fingerprint,
        "at": moment(plan.at),
        "summary": plan.summary,
        "whole": plan.is_whole,
        "changes": [change_data(change) for change in plan.changes],
        "groups": [
            {
                "action": group.action.value,
                "brand": group.brand,
                "campaign": group.campaign,
                "channel": group.channel,
                "locale": group.locale,
                "reason": group.reason,
                "count": len(group.changes),
                "locations": group.locations,
                "example": group.example,
                "odd": group.odd,
            }
            for group in plan.groups()
        ],
        "skipped": [
            skipped_data(item)
            for item in (*plan.skipped, *plan.waiting, *plan.sent_before, *plan.frozen)
        ],
        "frozen": [skipped_data(item) for item in plan.frozen],
        "held": [skipped_data(item) for item in plan.held],
        "missed": [change_data(change) for change in plan.missed],
        "approvals": list(approvals),
        "warnings": [*plan.warnings, *([plan.brake] if plan.brake else [])],
        "brake": plan.brake,
    }


def change_data(change: Change) -> dict[str, Any]:
    """Return a change for JSON."""
    return {
        "action": change.action.value,
        **change.key._asdict(),
        "starts": moment(change.starts),
        "ends": moment(change.ends),
        "fingerprint": change.fingerprint,
        "artifact": change.artifact,
        "reason": change.reason,
        "was": {"starts": moment(change.was[0]), "ends": moment(change.was[1])}
        if change.was
        else None,
    }


def skipped_data(item: Skipped) -> dict[str, str]:
    """Return a skipped placement for JSON."""
    return {
        "brand": item.brand,
        "campaign": item.campaign,
        "location": item.location,
        "channel": item.channel,
        "reason": item.reason,
    }


def moment(value: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def as_text(plan: Plan, *, every: bool = False) -> str:
    """Return a plan for a terminal; `every` lists single changes instead of groups."""
    lines: list[str] = []
    if every:
        lines += [_change_line(change) for change in plan.changes]
    else:
        lines += [line for group in plan.groups() for line in _group_lines(group)]
    lines += skipped_lines([*plan.skipped, *plan.sent_before])
    lines += skipped_lines(plan.waiting, "waiting")
    lines += skipped_lines(plan.held, "held")
    lines += skipped_lines(plan.frozen, "frozen")
    lines += missed_lines(plan.missed)
    lines += [f"warning: {printable(text, limit=400)}" for text in plan.warnings]
    if lines:
        lines.append("")
    lines.append(_total(plan))
    lines.append(f"fingerprint {plan.fingerprint}")
    if plan.brake:
        lines.append(f"brake: {plan.brake}")
        lines.append(f"  to go on: publish --expect {plan.fingerprint}, or --force")
    return "\n".join(lines)


def _total(plan: Plan) -> str:
    counts = plan.summary
    if not plan.changes:
        left = plan.frozen or plan.held or plan.waiting
        nothing = "nothing to do elsewhere" if left else "nothing to do"
        return f"{nothing} ({unchanged(plan)})"
    return (
        f"{counts['create']:,} to create, {counts['update']:,} to update,"
        f" {counts['withdraw']:,} to withdraw, {unchanged(plan)}"
    )


def unchanged(plan: Plan) -> str:
    """Return how many deliveries stay, and how many of them only because they are frozen.

    Where not all were looked at, only those that the change could have reached are counted.
    """
    where = "" if plan.is_whole else " within its reach"
    frozen = f", {plan.kept:,} of them frozen" if plan.kept else ""
    return f"{plan.unchanged:,} unchanged{where}{frozen}"


def _group_lines(group: Group) -> list[str]:
    if group.odd:
        return [f"{_change_line(change)}  <- differs" for change in group.changes]
    count, example = group.locations, printable(group.example, limit=80)
    locations = f"{count:,} locations, such as {example}" if count > 1 else example
    head = (
        f"{SIGN[group.action]} {group.action.value:8} {group.brand}/{group.campaign}"
        f"  {group.channel} {locales_of(group)}  {locations}"
    )
    return [head, f"    {span(group.changes)}{_told(group.reason, group.changes)}"]


def locales_of(group: Group) -> str:
    """Return the languages of a group, the first two of many."""
    found = group.locales
    if len(found) <= _MOST_LOCALES:
        return ", ".join(found)
    return f"{', '.join(found[:2])} and {len(found) - 2} more"


def span(changes: Iterable[Change]) -> str:
    """Return when changes start and end, from the first to the last, in UTC."""
    found = list(changes)
    starts = sorted({change.starts for change in found if change.starts})
    ends = sorted({change.ends for change in found if change.ends})
    text = ""
    if starts:
        text += f"from {_range(starts)}"
    if ends:
        text += f" to {_range(ends)}"
    return f"{text}: " if text else ""


def _range(moments: list[datetime]) -> str:
    first, last = moments[0], moments[-1]
    if first == last:
        return f"{first:%Y-%m-%d %H:%MZ}"
    return f"{first:%Y-%m-%d %H:%MZ}…{last:%Y-%m-%d %H:%MZ}"


def _change_line(change: Change) -> str:
    told = _told(change.reason, [change])
    return f"{SIGN[change.action]} {change.action.value:8} {_place(change)}  {told}"


def _told(reason: str, changes: Iterable[Change]) -> str:
    """Return why, and from when to when it was before, of start and end what is another one."""
    moved = [(change, change.was) for change in changes if change.was]
    starts = sorted({was[0] for change, was in moved if was[0] and was[0] != change.starts})
    ends = {was[1] for change, was in moved if was[1] != change.ends}
    dated = sorted(filter(None, ends))
    found = [f"from {_range(starts)}"] if starts else []
    found += [f"to {_range(dated)}"] if dated else []
    found += ["without an end"] if None in ends else []
    return printable(reason) + (f"; before {' '.join(found)}" if found else "")


def _place(change: Change) -> str:
    key = change.key
    return printable(f"{key.brand}/{key.campaign}  {key.channel} {key.locale}  {key.location}")


def missed_lines(missed: Iterable[Change]) -> list[str]:
    """Return a line for each campaign, channel and reason that something was missed for."""
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for change in missed:
        key = change.key
        found[key.brand, key.campaign, key.channel, change.reason].add(key.location)
    lines = []
    for (brand, campaign, channel, reason), places in sorted(found.items()):
        where = f"{len(places):,} locations, such as {min(places)}"
        shown = where if len(places) > 1 else min(places)
        lines.append(f"! missed   {brand}/{campaign}  {channel}  {shown}: {printable(reason)}")
    return lines


def skipped_lines(skipped: Iterable[Skipped], word: str = "skipped") -> list[str]:
    """Return a line for each reason that leaves placements of a campaign out.

    `word` is what became of them: skipped, waiting, held, or frozen.
    """
    places: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)  # in several languages
    for item in skipped:
        places[item.brand, item.campaign, item.channel, item.reason].add(item.location)
    counts = Counter({key: len(found) for key, found in places.items()})
    lines = []
    for key, count in counts.most_common(_MOST_SKIPPED):
        brand, campaign, channel, reason = key
        where = f"{count:,} locations" if count > 1 else printable(*places[key])
        on = f" on {channel}" if channel else ""
        lines.append(f"o {word:8} {brand}/{campaign}  {where}{on}: {printable(reason)}")
    if len(counts) > _MOST_SKIPPED:
        lines.append(f"o {word:8} {len(counts) - _MOST_SKIPPED} more groups, see --format json")
    return lines
