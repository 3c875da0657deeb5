"""A plan in one sentence: how many campaigns, where, and what happens to them."""

from __future__ import annotations

from collections import defaultdict

from storesync.plan.change import Action, Change
from storesync.plan.plan import Plan
from storesync.report.view import View
from storesync.report.when import day, day_of
from storesync.schedule.zones import local_time

_VERBS = {
    "today": ("goes live today", "go live today"),
    "later": ("goes live from {day}", "go live from {day}"),
    Action.UPDATE.value: ("changes", "change"),
    Action.WITHDRAW.value: ("comes down", "come down"),
}


def verdict(view: View) -> str:
    """Return what happens, in plain words."""
    plan = view.plan
    if not plan.changes:
        return f"Nothing changes for customers{_although(plan)}"
    campaigns: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for change in plan.changes:
        campaigns[_what(view, change)].add(change.key[:2])
    campaigns["later"] -= campaigns["today"]
    every = set().union(*campaigns.values())
    places = {(change.key.brand, change.key.location) for change in plan.changes}
    number = f"{len(places):,} locations" if len(places) > 1 else "1 location"
    what = [
        f"{len(campaigns[name])} {verbs[len(campaigns[name]) > 1]}" if len(every) > 1 else verbs[0]
        for name, verbs in _VERBS.items()
        if campaigns[name]
    ]
    what = [words.format(day=_first_day(view)) for words in what]
    if len(every) == 1:
        return f"1 campaign {_and(what)} at {number}"
    return f"{len(every):,} campaigns at {number}: {_and(what)}"


def _although(plan: Plan) -> str:
    """Say what nobody should overlook though no file changes anything."""
    if plan.frozen:
        return ", some is frozen" if plan.unchanged > plan.kept else ", all is frozen"
    return " by these files: read the warnings" if plan.warnings else ""


def _what(view: View, change: Change) -> str:
    if change.action is not Action.CREATE:
        return change.action.value
    zone = view.place(change).zone
    if change.starts is None or change.starts <= view.at:
        return "today"
    return "today" if day_of(change.starts, zone) == day_of(view.at, zone) else "later"


def _first_day(view: View) -> str:
    """Return the first day on which something new goes live that is not out today."""
    days = (
        local_time(change.starts, view.place(change).zone)
        for change in view.plan.changes
        if change.starts is not None and _what(view, change) == "later"
    )
    first = min(days, default=None)
    return day(first) if first else ""


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
