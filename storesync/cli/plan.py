"""`storesync plan`: what would change in the world, at a moment or between two revisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from storesync.cli.context import (
    Context,
    at_option,
    make_context,
    note,
    parse_at,
    say,
    say_json,
)
from storesync.errors import EXIT_ERRORS
from storesync.report import plan as report

if TYPE_CHECKING:
    from storesync.approval.asked import Asked
    from storesync.diagnostics import Diagnostic
    from storesync.plan.plan import Plan


@click.command("plan")
@click.option("--base", metavar="REV", help="Review plan: what stands now (a Git revision).")
@click.option(
    "--head", metavar="REV", help="Review plan: what is proposed (default: files on disk)."
)
@at_option
@click.pass_context
def command(ctx: click.Context, *, base: str | None, head: str | None, at: str | None) -> int:
    """Show what publishing the newest commit would do now, or what merging HEAD into BASE changes.

    With --base and --head nothing is checked out. Exit code 1 where files have errors.
    """
    context = make_context(ctx)
    context.check_format("markdown")
    moment = parse_at(at, context.now)
    if base is None and head is None:
        plan, errors = _due(context, moment)
        _report(context, plan, errors)
    else:
        from storesync.cli.asked import review

        found = review(context, base or "HEAD", head, moment)
        errors = list(found.errors)
        _report(context, found.plan, errors, found.asked)
    return EXIT_ERRORS if errors else 0


def _due(context: Context, at: datetime) -> tuple[Plan, list[Diagnostic]]:
    from storesync.cli.basis import open_basis
    from storesync.cli.collection import without_collection
    from storesync.cli.due import work_out

    pending = context.repository.uncommitted()
    if pending:
        note(context, f"note: {len(pending)} changed files are not committed, so not in this plan")
    with without_collection():
        due = work_out(open_basis(context, at))
        if due.chain is not None:
            due.chain.finish()
    return due.plan, due.errors


def _report(
    context: Context, plan: Plan, errors: list[Diagnostic], asked: Sequence[Asked] = ()
) -> None:
    from storesync.report import approvals

    if context.format == "json":
        say_json(report.as_data(plan, approvals.as_data(asked)))
    elif context.format == "markdown":
        from storesync.report.markdown import as_markdown

        say(as_markdown(plan))
    else:
        say(report.as_text(plan, every=context.options.verbose))
        wanted = approvals.as_text(asked)
        if wanted:
            say(wanted)
    if errors:
        from storesync.report.diagnostics import as_text

        click.echo(as_text(errors, lambda _path: None), err=True)
