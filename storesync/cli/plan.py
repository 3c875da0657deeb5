"""`storesync plan`: what would change in the world, at a moment or between two revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note_uncommitted, say, say_json
from storesync.app.half_way import note_half_way
from storesync.app.proposals.reviewing import review
from storesync.app.proposals.since import approved_before, read_since
from storesync.app.review.asked import Question, Reviewed
from storesync.app.review.comment import Sides, check_address, view_plan
from storesync.cli.context import at_option, make_context, parse_at
from storesync.errors import EXIT_ERRORS
from storesync.report import plan as report

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.plan.plan import Plan


@click.command("plan")
@click.option("--base", metavar="REV", help="Review plan: what stands now (a Git revision).")
@click.option(
    "--head", metavar="REV", help="Review plan: what is proposed (default: files on disk)."
)
@at_option
@click.option(
    "--since",
    multiple=True,
    metavar="[LOGIN=]REV",
    help="With --format markdown: what is new since REV was approved; may be repeated.",
)
@click.option("--author", metavar="LOGIN", default="", help="Review plan: who proposes it.")
@click.option("--preview-url", metavar="URL", help="With --format markdown: the full preview.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Show what publishing the newest commit would do now, or what merging HEAD into BASE changes.

    With --base and --head nothing is checked out. Exit code 1 where files have errors.
    """
    context = make_context(ctx)
    context.check_format("markdown")
    note_half_way(context)
    base, head = options["base"], options["head"]
    moment = parse_at(options["at"], context.now)
    address = check_address(options["preview_url"])
    comment = context.format == "markdown"
    approvals = read_since(options["since"]) if comment and head is not None else []
    if base is None and head is None:
        found = _due(context, moment, comment=comment)
    else:
        question = Question(moment, comment=comment)
        found = review(context, base or "HEAD", head, question, author=options["author"])
    view = found.view
    if view is not None:
        before = approved_before(context, base or "HEAD", approvals, moment)
        view = replace(view, preview_url=address, since=before)
    _report(context, replace(found, view=view))
    return EXIT_ERRORS if found.errors else 0


def _due(context: Context, at: datetime, *, comment: bool) -> Reviewed:
    from storesync.app.garbage import without_collection
    from storesync.app.publishing.due import work_out
    from storesync.app.publishing.newest import open_newest

    note_uncommitted(context, "not in this plan")
    view = None
    with without_collection():
        basis = open_newest(context, at)
        due = work_out(basis)
        if comment:
            sides = Sides(None, due.chain, due.current.values())
            view = replace(view_plan(due.plan, sides, at), head=basis.commit)
        if due.chain is not None:
            due.chain.finish()
    plan = replace(due.plan, warnings=(*due.plan.warnings, *_doubts(basis, due.plan)))
    return Reviewed(plan, (), tuple(due.errors), view)


def _doubts(basis: Basis, plan: Plan) -> Iterator[str]:
    """Yield a word on changes that may have been made already: planning asks no channel."""
    from storesync.publish.doubtful import deliveries

    found = deliveries(basis.campaigns())
    count = sum(change.key in found for change in plan.changes)
    if count:
        what = "1 of these changes is" if count == 1 else f"{count:,} of these changes are"
        yield f"{what} in doubt: publish asks the channel first; storesync settle shows them"


def _report(context: Context, found: Reviewed) -> None:
    from storesync.report import approvals

    more = len(found.strangers)
    if context.format == "json":
        say_json(report.as_data(found.plan, approvals.as_data(found.asked, more)))
    elif context.format == "markdown":
        from storesync.report.markdown import as_markdown

        say(as_markdown(found.plan, found.view))
    else:
        say(report.as_text(found.plan, every=context.options.verbose))
        wanted = approvals.as_text(found.asked, more)
        if wanted:
            say(wanted)
    if found.errors:
        from storesync.report.diagnostics import as_text

        click.echo(as_text(found.errors, lambda _path: None), err=True)
