"""What a comment is made of beside the plan: names, places, example texts, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from storesync.plan.bundle import Bundle, bundled
from storesync.plan.change import Change
from storesync.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Place:
    """A location for people: its name, the area that it is counted in, its time zone."""

    name: str
    area: str
    zone: str


@dataclass(frozen=True, slots=True)
class Example:
    """The rendered parts of one change before and after; None where there are none, or unknown."""

    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved before: fingerprints of changes, the commit looked at, and by whom.

    `login` is written without @; empty, it is for whoever approved that commit.
    """

    fingerprints: frozenset[str]
    commit: str = ""
    login: str = ""


@dataclass(frozen=True)
class View:
    """A plan for its readers. `at` is now; `head` the commit that the plan is of.

    `since` is what reviewers approved before, each of them for a section of its own. `approvals`
    says who must approve and why: `rule`, `why`, `who`, `count`, `brands`, `campaigns`.
    """

    plan: Plan
    at: datetime
    bundles: Sequence[Bundle]
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    examples: Mapping[Change, Example] = field(default_factory=dict)
    approvals: Sequence[Mapping[str, object]] = ()
    since: Sequence[Approved] = ()
    cost: str = ""
    preview_url: str = ""
    head: str = ""

    def place(self, change: Change) -> Place:
        """Return a change's location for people, as far as it is known."""
        key = change.key
        return self.places.get((key.brand, key.location)) or Place("", "", "UTC")

    def title(self, brand: str, campaign: str) -> str:
        """Return a campaign's name for people, or its id."""
        return self.titles.get((brand, campaign)) or campaign


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def view_of(plan: Plan) -> View:
    """Return a plan with nothing known beside it."""
    return View(plan, plan.at or _LONG_AGO, bundled(plan.changes))
