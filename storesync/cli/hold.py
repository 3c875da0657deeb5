"""`storesync hold`: nothing of a scope goes out until a moment; what is out stays."""

from __future__ import annotations

from typing import Any

import click

from storesync.cli.context import at_option, make_context, parse_at
from storesync.cli.decision import Asked, check_reason, decide, reason_option
from storesync.cli.recall import show
from storesync.cli.scope import scope_options
from storesync.errors import UserError


@click.command("hold")
@scope_options
@reason_option
@click.option("--until", metavar="TIME", help="When it ends (ISO 8601; UTC without an offset).")
@at_option
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Stop what is not out of CAMPAIGN, a brand, a location or a channel, until a moment.

    What is out stays as it is and comes down when it is over. Admins, managers of the brand, and
    location managers for one of their locations may do it. It needs no commit and no approval.
    """
    from storesync.ledger import entry

    context = make_context(ctx)
    context.check_format()
    reason = check_reason(options["reason"])
    if options["until"] is None:
        raise UserError("say when it ends: --until TIME", hint="--until 2026-12-05T09:00Z")
    until = parse_at(options["until"], context.now, "--until")
    if until <= parse_at(options["at"], context.now):
        raise UserError("--until has passed already", hint="give a moment that lies ahead")

    def line(asked: Asked) -> entry.Fields:
        return entry.hold(
            asked.scope,
            who=asked.by.who,
            role=asked.by.title,
            reason=reason,
            until=until,
            at=asked.at,
        )

    show(context, decide(context, options, line), reason, until)
    return 0
