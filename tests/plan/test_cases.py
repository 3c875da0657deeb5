"""Plans as text: tests/cases/plan. With `published` a publish plan, else a review plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from casefile import Case, cases

from storesync.catalog.load import load
from storesync.model.channel import KINDS
from storesync.plan.change import Action, PlacementKey
from storesync.plan.due import Desired, plan_due
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan
from storesync.plan.review import plan_review
from storesync.plan.skipped import Skipped
from storesync.publish.frozen import Frozen
from storesync.render.artifact import fingerprint
from storesync.report.plan import as_text
from storesync.schedule.flight import is_over
from storesync.source.tree import Tree
from storesync.validate.assess import Assessment, assess
from storesync.validate.identity import renamed

Ledger = dict[PlacementKey, Live]


def shown(piece: Piece) -> str:
    """Stand in for rendering: what the templates of these cases show."""
    seen = {**piece.shared, **piece.own}
    names = ("headline", "discount_percentage", "price", "note", "location_name", "legal")
    return fingerprint([seen.get(name) for name in names])


def skips(assessment: Assessment, at: datetime) -> Iterator[Skipped]:
    for brand, campaigns in assessment.dated.items():
        for campaign, dated in campaigns.items():
            if not is_over(dated.campaign.file.flight, at):
                yield from (Skipped(brand, campaign, *rest) for rest in dated.skipped)


def due(tree: Tree, ledger: Ledger, at: datetime, since: datetime | None) -> Plan:
    assessment = assess(tree, at)
    catalog = assessment.catalog
    desired = Desired(
        pieces=list(assessment.pieces()),
        skipped=list(skips(assessment, at)),
        frozen=Frozen(catalog, assessment.diagnostics(at)).placement,
        renamed=renamed(catalog),
        campaigns={
            (item.brand, item.id): item.file.cancelled or "" for item in catalog.campaigns()
        },
        waiting=assessment.waiting(at),
    )
    return plan_due(desired, ledger, shown, at, since)


def carry_out(plan: Plan, ledger: Ledger) -> None:
    """Write down a plan as carried out in full."""
    assert plan.at is not None
    for changes, missed in ((plan.changes, False), (plan.missed, True), (plan.inherited, False)):
        for change in changes:
            ledger[change.key] = Live(
                out=change.action is not Action.WITHDRAW and not missed,
                final=KINDS[change.key.channel].is_message,
                missed=missed,
                refused=False,
                artifact=change.artifact,
                fingerprint=change.fingerprint,
                starts=change.starts,
                ends=change.ends,
                settled_at=plan.at,
                withdrawn=change.action is Action.WITHDRAW,
            )


def text_of(plan: Plan, case: Case) -> str:
    lines = as_text(plan, every="every" in case.options).splitlines()
    return "".join(f"{line}\n" for line in lines if not line.startswith("fingerprint "))


def review(case: Case) -> str:
    (at,) = case.moments
    before = assess(case.tree("before: "), at)
    after = assess(case.tree(), at, before=before.catalog)
    plan = plan_review(
        before.pieces(),
        after.pieces(),
        (shown, shown),
        at,
        skips(after, at),
        renamed(after.catalog),
    )
    return text_of(plan, case)


def publish(case: Case) -> str:
    ledger: Ledger = {}
    since: datetime | None = None
    runs = [(moment, case.tree("before: ")) for moment in case.times("published")]
    runs += [(moment, case.tree()) for moment in case.moments]
    text = ""
    for index, (at, tree) in enumerate(runs):
        plan = due(tree, ledger, at, since)
        again = due(tree, dict(ledger), at, since)
        assert plan.fingerprint == again.fingerprint
        carry_out(plan, ledger)
        assert not due(tree, ledger, at, at).changes, "published twice is not published once"
        since = at
        if index >= len(case.times("published")):
            text += f"## {at:%Y-%m-%d %H:%MZ}\n{text_of(plan, case)}"
    return text


@pytest.mark.parametrize("case", cases("plan"))
def test_a_plan(case: Case, *, update: bool):
    seen = publish(case) if "published" in case.options else review(case)
    case.check(seen, update=update)


@pytest.mark.parametrize("case", cases("plan"))
def test_nothing_differs_from_itself(case: Case):
    tree = case.tree()
    assessment = assess(tree, case.moments[0])
    pieces = list(assessment.pieces())
    plan = plan_review(pieces, pieces, (shown, shown), case.moments[0])
    assert plan.changes == ()
    assert load(tree).diagnostics == assess(tree, case.moments[0]).catalog.diagnostics
