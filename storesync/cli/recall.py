"""`storesync recall`: what is out of a scope comes down, and stays in until it is resumed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from storesync.app.context import Context, say, say_json
from storesync.cli.context import at_option, make_context
from storesync.cli.decision import Asked, check_reason, decide, reason_option
from storesync.cli.scope import scope_options


@click.command("recall")
@scope_options
@reason_option
@at_option
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Take down what is out of CAMPAIGN, a brand, a location or a channel, until it is resumed.

    Nothing of it goes out meanwhile. Messages that were sent stay sent. The same people may do it
    as may `hold`; there is no end but `resume`, so that nothing comes back by itself.
    """
    from storesync.ledger import entry

    context = make_context(ctx)
    context.check_format()
    reason = check_reason(options["reason"])

    def line(asked: Asked) -> entry.Fields:
        by = asked.by
        return entry.recall(asked.scope, who=by.who, role=by.title, reason=reason, at=asked.at)

    show(context, decide(context, options, line), reason, None)
    return 0


def show(context: Context, asked: Asked, reason: str, until: datetime | None) -> None:
    """Say what was decided: a hold that has an end, or else a recall."""
    from storesync.ledger.entry import JournalKind
    from storesync.ledger.holds import Hold
    from storesync.report.decisions import decided_text, hold_data

    kind = JournalKind.HOLD if until else JournalKind.RECALL
    by = asked.by
    made = Hold(kind, asked.scope, by.who, by.title, reason, asked.at, until, "")
    if context.format == "json":
        say_json(hold_data(made))
    else:
        say(decided_text(made))
