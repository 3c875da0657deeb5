"""What is new for each reviewer since that reviewer's last approval.

Where it is known who approved what, each section is addressed. A plan that is worked out where
nobody may ask that has sections by commit instead, between marks, and whoever shows it addresses
them: see the workflow `comment.yaml`.
"""

from __future__ import annotations

import re

from storesync.plan.bundle import Bundle
from storesync.report.bundle import VERBS, listed, name_of
from storesync.report.escape import as_code
from storesync.report.fit import first_of, size
from storesync.report.view import Approved, View

_MOST_CHARACTERS = 12_000
_BOUNDS = (12, 5_000)  # lines and characters for each reviewer
_BEGIN, _END = "<!-- storesync:since {} -->", "<!-- storesync:end -->"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def since_lines(view: View) -> list[str]:
    """Return a section for each reviewer who approved before: what that approval did not cover."""
    lines: list[str] = []
    for at, approved in enumerate(view.since):
        section = _section(view, approved)
        if size(lines) + size(section) > _MOST_CHARACTERS:
            return [*lines, f"… and {len(view.since) - at:,} more reviewers.", ""]
        lines += section
    return lines


def _section(view: View, approved: Approved) -> list[str]:
    said = [*_news(view, approved), ""]
    if approved.login:
        of = f" of {as_code(approved.commit[:12])}" if approved.commit else ""
        return [f"### For {as_code(approved.login)}: new since your approval{of}", "", *said]
    if not _COMMIT.fullmatch(approved.commit):
        return []
    return [_BEGIN.format(approved.commit), *said, _END]


def _news(view: View, approved: Approved) -> list[str]:
    news = [
        (bundle, count)
        for bundle in view.bundles
        if (count := _fresh(bundle, approved.fingerprints))
    ]
    lines = first_of((_line(view, *item) for item in news), len(news), _BOUNDS, "below")
    gone = approved.fingerprints - {item.fingerprint for item in view.plan.changes}
    if gone:
        what = "changes that you approved are" if len(gone) > 1 else "change that you approved is"
        lines.append(f"- {len(gone):,} {what} no longer proposed")
    return lines or ["Nothing: all of this is what you approved."]


def _fresh(bundle: Bundle, approved: frozenset[str]) -> int:
    """Return at how many locations something was not approved yet."""
    places = {item.key.location for item in bundle.changes if item.fingerprint not in approved}
    return len(places)


def _line(view: View, bundle: Bundle, count: int) -> str:
    total = len(bundle.locations)
    where = f"{count:,} of {total:,} locations" if total > 1 else as_code(bundle.locations[0])
    if count == total > 1:
        where = f"all {total:,} locations below"
    channels = listed(bundle.channels)
    return f"- **{name_of(view, bundle)}** {VERBS[bundle.action]} · {channels} · {where}"
