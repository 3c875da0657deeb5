"""`storesync settle`: a person says what became of deliveries in doubt."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, say, say_json
from storesync.cli.context import at_option, make_context, parse_at
from storesync.cli.decision import check_reason, reason_option
from storesync.cli.scope import check_named, scope_options
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.ledger import entry
    from storesync.ledger.layout import CampaignId
    from storesync.ledger.scope import Scope
    from storesync.report.decisions import Doubtful

STATES = ("live", "failed", "withdrawn")


@click.command("settle")
@scope_options
@click.option("--as", "state", type=click.Choice(STATES), help="What became of them.")
@reason_option
@at_option
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Show the deliveries in doubt of CAMPAIGN, a brand, a location or a channel, or decide them.

    With --as: `live`, customers see what was sent (after a withdrawal: still see what was out);
    `failed`, it never arrived; `withdrawn`, nothing of it is out. What failed or was withdrawn is
    made again by the next run if it is due.
    """
    from storesync.report.decisions import settled_data, settled_text

    context = make_context(ctx)
    context.check_format()
    at, state = parse_at(options["at"], context.now), options["state"] or ""
    reason = ""
    if state:
        reason = check_reason(options["reason"])
        check_named(options)
    found, kept = _settle(context, options, at, reason)
    if context.format == "json":
        say_json(settled_data(state, at, found, kept))
    else:
        say(settled_text(state, found, kept))
    return 0


def _settle(
    context: Context, options: dict[str, Any], at: datetime, reason: str
) -> tuple[Doubtful, Doubtful]:
    """Return what is in doubt and what may still be under way; write what is said of the first.

    While this holds the right to publish, no run of this machine is sending anything.
    """
    from storesync.app.proof.authority import authority_over
    from storesync.app.proof.basis import check_moment, run_name
    from storesync.app.proposals.forges import newest_published
    from storesync.app.publishing.newest import open_newest
    from storesync.cli.scope import find_scope, places_of
    from storesync.publish.exclusive import exclusive
    from storesync.source.git import LostRace

    with exclusive(context.repository.common_dir):
        basis = open_newest(context, at, newest_published(context), is_urgent=True)
        places = places_of(basis)
        scope = find_scope(basis, places, options)
        found, kept = _doubtful(basis, scope)
        if not options["state"]:
            return found, kept
        if options["at"] is not None:
            check_moment(basis)
        by = authority_over(basis, scope)
        if found:
            lines = _lines(found, options["state"], by.who, reason, at)
            try:
                basis.store.writer(basis.ledger, run_name(at)).append(lines, at=at)
            except LostRace as error:
                message = "another machine wrote the ledger meanwhile; nothing was settled"
                raise UserError(message, hint="run the command again") from error
        return found, kept


def _doubtful(basis: Basis, scope: Scope) -> tuple[Doubtful, Doubtful]:
    """Return what is in doubt in a scope, and what a run on another machine may be sending."""
    from storesync.publish.doubtful import deliveries

    sound = [item for item in basis.ledger.campaigns.values() if not item.is_damaged]
    every = {key: item for key, item in deliveries(sound).items() if scope.covers(key)}
    shared = bool(basis.settings.get("ledger"))
    kept = {
        key: item
        for key, item in every.items()
        if shared and item.lease is not None and item.lease > basis.at
    }
    return {key: item for key, item in every.items() if key not in kept}, kept


def _lines(
    found: Doubtful, state: str, who: str, reason: str, at: datetime
) -> dict[CampaignId, list[entry.Fields]]:
    from storesync.ledger import entry
    from storesync.ledger.layout import CampaignId
    from storesync.plugins.protocols import DeliveryState

    lines: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
    for key, record in found.items():
        line = entry.settled(record.key, DeliveryState(state), who=who, reason=reason, at=at)
        lines[CampaignId(key.brand, key.campaign)].append(line)
    return lines
