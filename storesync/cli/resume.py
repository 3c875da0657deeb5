"""`storesync resume`: end holds and recalls; what is still due goes out at the next run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import say, say_json
from storesync.cli.context import at_option, make_context
from storesync.cli.decision import Asked, check_reason, decide, reason_option
from storesync.cli.scope import scope_options
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.ledger.holds import Hold
    from storesync.report.decisions import Resumed


@click.command("resume")
@scope_options
@reason_option
@at_option
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """End holds and recalls for CAMPAIGN, a brand, a location or a channel, before their time.

    A hold on more than that goes on for the rest. What was stopped in a mightier role stays: a
    location manager cannot end what the brand decided. Only what is still due goes out.
    """
    from storesync.ledger import entry
    from storesync.report.decisions import resumed_data, resumed_text
    from storesync.report.plan import moment

    context = make_context(ctx)
    context.check_format()
    reason = check_reason(options["reason"])

    def line(asked: Asked) -> entry.Fields:
        found = _sorted(asked)
        lifts = [item.hash for item in (*found.lifted, *found.narrowed)]
        if not lifts:
            raise _nothing(asked, found.kept)
        by = asked.by
        return entry.resume(
            asked.scope, lifts, who=by.who, role=by.title, reason=reason, at=asked.at
        )

    asked = decide(context, options, line)  # with the holds as they were before
    found = _sorted(asked)
    if context.format == "json":
        by = {"who": asked.by.who, "role": asked.by.title, "reason": reason}
        head = {"event": "resume", **asked.scope._asdict(), **by, "at": moment(asked.at)}
        say_json(resumed_data(head, found))
    else:
        say(resumed_text(str(asked.scope), found))
    return 0


def _sorted(asked: Asked) -> Resumed:
    """Return what is in force on the scope, by what becomes of it."""
    from storesync.report.decisions import Resumed

    found = [item for item in asked.holds.in_force(asked.at) if item.scope.meets(asked.scope)]
    found = [
        item for item in found if not any(lift.scope.covers(asked.scope) for lift in item.lifts)
    ]
    mine = [item for item in found if asked.by.may_lift(item.role)]
    return Resumed(
        lifted=[item for item in mine if asked.scope.covers(item.scope)],
        narrowed=[item for item in mine if not asked.scope.covers(item.scope)],
        kept=[item for item in found if item not in mine],
    )


def _nothing(asked: Asked, kept: Sequence[Hold]) -> UserError:
    if not kept:
        return UserError(f"nothing is held of {asked.scope}", hint="storesync status shows holds")
    who = " and ".join(sorted({f"{item.who} ({item.role})" for item in kept}))
    return UserError(f"only a mightier role can end this: it was decided by {who}", hint="ask them")
