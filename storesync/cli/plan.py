"""`storesync plan`: what would change in the world, at a moment or between two revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from storesync.cli.comment import Sides, check_address, view_plan
from storesync.cli.context import (
    UNSHALLOW,
    Context,
    at_option,
    make_context,
    note,
    parse_at,
    say,
    say_json,
)
from storesync.errors import EXIT_ERRORS, UserError
from storesync.report import plan as report

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.plan.plan import Plan, Skipped
    from storesync.render.produce import Produced
    from storesync.report.view import View


@click.command("plan")
@click.option("--base", metavar="REV", help="Review plan: what stands now (a Git revision).")
@click.option(
    "--head", metavar="REV", help="Review plan: what is proposed (default: files on disk)."
)
@at_option
@click.option("--preview-url", metavar="URL", help="With --format markdown: the full preview.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    base: str | None,
    head: str | None,
    at: str | None,
    preview_url: str | None,
) -> int:
    """Show what publishing the newest commit would do now, or what merging HEAD into BASE changes.

    With --base and --head nothing is checked out. Exit code 1 where files have errors.
    """
    context = make_context(ctx)
    context.check_format("markdown")
    moment = parse_at(at, context.now)
    address = check_address(preview_url)
    if base is None and head is None:
        found = _due(context, moment)
    else:
        found = _review(context, base or "HEAD", head, moment)
    view = replace(found.view, preview_url=address) if found.view else None
    _report(context, replace(found, view=view))
    return EXIT_ERRORS if found.errors else 0


@dataclass(frozen=True)
class Planned:
    """A plan, the errors in its files and, where a comment is wanted, what that shows."""

    plan: Plan
    errors: list[Diagnostic]
    view: View | None


def _due(context: Context, at: datetime) -> Planned:
    from storesync.cli.basis import open_basis
    from storesync.cli.collection import without_collection
    from storesync.cli.due import work_out

    pending = context.repository.uncommitted()
    if pending:
        note(context, f"note: {len(pending)} changed files are not committed, so not in this plan")
    with without_collection():
        due = work_out(open_basis(context, at))
        sides = Sides(None, due.chain, due.current.values())
        view = _view(context, due.plan, sides, context.head(), at)
        if due.chain is not None:
            due.chain.finish()
    return Planned(due.plan, due.errors, view)


def _view(
    context: Context, plan: Plan, sides: Sides, head: str | None, at: datetime
) -> View | None:
    if context.format != "markdown":
        return None
    commit = context.repository.resolve(head) if head else "the files on disk"
    return replace(view_plan(plan, sides, at), head=commit)


def _review(context: Context, base: str, head: str | None, at: datetime) -> Planned:
    from storesync.cli.chain import open_chain
    from storesync.cli.collection import without_collection
    from storesync.plan.review import plan_review
    from storesync.validate.identity import renamed

    with without_collection():
        before = open_chain(context, base, at)
        after = open_chain(context, head, at, before.catalog)
        old, _ = _fingerprints(before, at)
        new, broken_after = _fingerprints(after, at)
        found = after.diagnose(broken_after)
        known = set(_skipped(before, at))
        skipped = [item for item in _skipped(after, at) if item not in known]
        plan = plan_review(
            before.assessment.pieces(),
            after.assessment.pieces(),
            (lambda piece: old[id(piece)], lambda piece: new[id(piece)]),
            at,
            skipped,
            renamed(after.catalog),
        )
        view = _view(context, plan, Sides(before, after), head, at)
        before.production.finish()
        after.finish()
    return Planned(plan, [item for item in found if item.severity == "error"], view)


def _skipped(chain: Chain, at: datetime) -> Iterator[Skipped]:
    """Yield what does not go out at all, and why, of the campaigns that are not over."""
    from storesync.plan.plan import Skipped
    from storesync.schedule.flight import is_over

    for brand, campaigns in chain.assessment.dated.items():
        for campaign, dated in campaigns.items():
            if not is_over(dated.campaign.file.flight, at):
                yield from (Skipped(brand, campaign, *rest) for rest in dated.skipped)


def _fingerprints(
    chain: Chain, at: datetime
) -> tuple[dict[int, str], list[tuple[Piece, Produced]]]:
    """Return artifact fingerprints of what lies ahead, by piece, and what cannot be rendered."""
    ahead = [item for item in chain.assessment.pieces() if item.ends is None or item.ends > at]
    prints: dict[int, str] = {}
    broken: list[tuple[Piece, Produced]] = []
    for piece, produced in chain.produce(ahead):
        prints[id(piece)] = produced.fingerprint
        if produced.failure is not None or produced.violations:
            broken.append((piece, produced))
    return prints, broken


def _report(context: Context, planned: Planned) -> None:
    if context.format == "json":
        say_json(report.as_data(planned.plan))
    elif context.format == "markdown":
        from storesync.report.markdown import as_markdown

        say(as_markdown(planned.plan, planned.view))
    else:
        say(report.as_text(planned.plan, every=context.options.verbose))
    if planned.errors:
        from storesync.report.diagnostics import as_text

        click.echo(as_text(planned.errors, lambda _path: None), err=True)
