"""`storesync reject`: changes are asked for, and which."""

from __future__ import annotations

import click

from storesync.app.context import note, say, say_json
from storesync.cli.context import make_context
from storesync.errors import UserError


@click.command("reject")
@click.argument("proposal", required=False)
@click.option("-m", "--message", default="", help="What should change; it has to be said.")
@click.pass_context
def command(ctx: click.Context, *, proposal: str | None, message: str) -> int:
    """Ask for changes to PROPOSAL, by its id, branch or campaign; without one, what waits for me.

    It cannot be merged until whoever rejected it approves it.
    """
    from storesync.app.proposals.decided import check_may_reject, find_proposal, has_said, waiting
    from storesync.app.proposals.forges import open_published
    from storesync.diagnostics import printable
    from storesync.plugins.forge import ReviewState, Verdict
    from storesync.report.proposal import as_data

    context = make_context(ctx)
    context.check_format()
    if not message.strip():
        hint = "storesync reject -m 'Ten percent would do'"
        raise UserError("nothing says what should change", hint=hint)
    published = open_published(context)
    asked = find_proposal(published, proposal) if proposal else waiting(published)
    check_may_reject(published, asked)
    at = context.now.timestamp()
    words = message.strip()
    verdict = Verdict(asked, ReviewState.CHANGES_REQUESTED, words, at)
    if has_said(published, verdict):
        note(context, "note: you said just this already: nothing is added")
    else:
        published.forge.review(verdict)
    if context.format == "json":
        say_json({"proposal": as_data(asked), "reason": words})
    else:
        who = printable(asked.author or "the author")
        say(f"rejected {printable(asked.id)}: {printable(words)}")
        say(f"next: {who} changes it and runs storesync submit again")
    return 0
