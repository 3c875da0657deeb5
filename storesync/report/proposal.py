"""Proposals and what they wait for, as text and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from storesync.approval.decide import Decision, Unmet, fold
from storesync.diagnostics import printable
from storesync.plugins.forge import Proposal, Review
from storesync.report.plan import moment

_MOST_OWNERS = 8


def as_data(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal for JSON."""
    return {
        "id": proposal.id,
        "title": proposal.title,
        "state": proposal.state.value,
        "author": proposal.author,
        "branch": proposal.branch,
        "base": proposal.base,
        "head": proposal.head,
        "opened": moment(datetime.fromtimestamp(proposal.opened, UTC)),
        "url": proposal.url,
    }


def decision_data(decision: Decision) -> dict[str, Any]:
    """Return a decision for JSON."""
    return {
        "approved": decision.approved,
        "approvers": list(decision.approvers),
        "missing": [
            {
                "path": item.path,
                "rule": item.rule,
                "owners": list(item.owners),
                "why": item.why,
            }
            for item in decision.unmet
        ],
        "objections": list(decision.objections),
        "aside": [_aside(item) for item in decision.aside],
    }


def missing_lines(decision: Decision, proposal: Proposal) -> list[str]:
    """Return what is in the way of a proposal, paths that want the same people together.

    Those who cannot approve it, since it is theirs, are not named.
    """
    theirs = {fold(name) for name in proposal.hands}
    groups: dict[tuple[tuple[str, ...], str, str], list[Unmet]] = defaultdict(list)
    owners_of_paths = {frozenset(item.owners) for item in decision.unmet if item.path}
    for item in decision.unmet:
        if item.goes_along and frozenset(item.owners) in owners_of_paths:
            continue  # whoever approves the files is asked for already
        others = tuple(owner for owner in item.owners if fold(owner) not in theirs)
        groups[others, item.rule, item.why].append(item)
    lines = [f"in the way: {printable(text)}" for text in decision.objections]
    if proposal.pusher is None and not proposal.url:  # plain Git: nobody else tells
        lines.append("whoever pushed last says so: storesync submit, on that branch")
    for (owners, _, why), items in groups.items():
        first = printable(items[0].path or items[0].rule, limit=120)
        where = first if len(items) == 1 else f"{first} and {len(items) - 1:,} more"
        who = f"one of {owners_shown(owners)}" if len(owners) > 1 else owners_shown(owners)
        lines.append(f"needs {who or 'another owner'}: {where} ({printable(why)})")
    return [*lines, *(f"in no one's way: {_aside(item)}" for item in decision.aside)]


def _aside(review: Review) -> str:
    """Tell what somebody asks for who may only read."""
    who, words = printable(review.login or "", limit=60), " ".join(review.body.split())
    return f"{who}, a viewer, asks for changes: {printable(words, limit=200)}"


def owners_shown(owners: Iterable[str]) -> str:
    """Return some owners of CODEOWNERS as people read them, the first of many."""
    names = [printable(owner, limit=80) for owner in owners]
    more = f" and {len(names) - _MOST_OWNERS} more" if len(names) > _MOST_OWNERS else ""
    return f"{' '.join(names[:_MOST_OWNERS])}{more}"


def recorded_line(decision: Decision, reviews: Iterable[Review]) -> str:
    """Return a word on approvals that counted and that nothing but their record proves."""
    named = {item.login for item in reviews if item.recorded and item.login in decision.approvers}
    if not named:
        return ""
    who = ", ".join(printable(name, limit=80) for name in sorted(filter(None, named)))
    return f"recorded, not proven: {who} (no signature of theirs that Git trusts here)"
