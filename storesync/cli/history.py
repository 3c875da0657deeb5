"""`storesync history`: who changed a campaign, and what went out when, from Git and the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from storesync.cli.context import UNSHALLOW, Context, make_context, say, say_json
from storesync.errors import UserError
from storesync.report import history as report
from storesync.report.history import Event

# What a line of the ledger is called in the audit trail, by its type.
_BEGUN = "intent"
# Who speaks in a receipt, until the run that it belongs to is known.
_CHANNEL = "publisher"


@click.command("history")
@click.argument("campaign", required=False)
@click.pass_context
def command(ctx: click.Context, *, campaign: str | None) -> int:
    """Show what happened to CAMPAIGN, or to all: commits that changed it, deliveries, receipts.

    A shallow clone lacks older commits and is refused: git fetch --unshallow.
    """
    from storesync.catalog.load import load
    from storesync.cli.basis import shared_ledger
    from storesync.cli.find import find_campaign

    context = make_context(ctx)
    context.check_format()
    if context.repository.shallow:
        message = "this clone is shallow: older commits are missing, so history would leave out"
        raise UserError(f"{message} who changed what", hint=UNSHALLOW)
    head = context.head()
    ledger = shared_ledger(context, context.now)
    names = {(name.brand, name.campaign) for name in ledger.campaigns}
    names |= {
        (parts[1], parts[3])
        for path in context.repository.tree(head).paths()
        if len(parts := path.split("/")) > 4 and parts[2] == "campaigns"
    }
    if campaign is not None and campaign not in {f"{brand}/{name}" for brand, name in names}:
        bare = [item for item in names if item[1] == campaign]
        if len(bare) != 1:
            found = find_campaign(load(context.work_tree), campaign)
            bare = [(found.brand, found.id)]
        campaign = "/".join(bare[0])
    events = []
    for brand, name in sorted(names):
        if campaign is None or campaign == f"{brand}/{name}":
            events += _commits(context, brand, name, head)
            events += [
                event
                for line in ledger.lines(brand, name)
                if (event := _event(brand, name, line.fields))
            ]
    events += [
        event
        for line in ledger.journal.lines
        if (event := _decision(line.fields)) and _is_about(event, campaign)
    ]
    events = _placed(sorted(events, key=lambda event: event.at))
    if context.format == "json":
        say_json(report.as_data(events))
    else:
        say(report.as_text(events, every=context.options.verbose))
    return 0


def _commits(context: Context, brand: str, campaign: str, head: str) -> list[Event]:
    from storesync.source.history import log

    found = log(context.repository, [f"brands/{brand}/campaigns/{campaign}"], head)
    return [
        Event(item.at, item.author, "changed", brand, campaign, detail=item.subject, commit=item.id)
        for item in found
    ]


def _event(brand: str, campaign: str, fields: dict[str, Any]) -> Event | None:
    """Return what a line of the ledger tells; receipts are placed by their key afterwards."""
    kind = str(fields.get("type", ""))
    placement = fields.get("placement") or ["", "", "", "", "", ""]
    return Event(
        at=datetime.fromisoformat(str(fields["at"])),
        actor=str(fields.get("who") or fields.get("run") or _CHANNEL),
        event=str(
            fields.get("state") or (f"{fields.get('action')} begun" if kind == _BEGUN else kind)
        ),
        brand=brand,
        campaign=campaign,
        location=str(placement[2]),
        channel=str(placement[3]),
        detail=str(fields.get("detail") or ""),
        commit=str(fields.get("key") or ""),
    )


def _decision(fields: dict[str, Any]) -> Event | None:
    """Return what a line of the journal tells of a hold, a recall or a resume."""
    from storesync.ledger.entry import JournalKind

    if fields["type"] not in {JournalKind.HOLD, JournalKind.RECALL, JournalKind.RESUME}:
        return None
    brand, campaign, location, channel = map(str, fields["scope"])
    until = f"until {fields['until']}: " if fields.get("until") else ""
    return Event(
        at=datetime.fromisoformat(str(fields["at"])),
        actor=str(fields["who"]),
        event=str(fields["type"]),
        brand=brand,
        campaign=campaign,
        location=location,
        channel=channel,
        detail=f"{until}{fields['detail']}",
    )


def _is_about(event: Event, campaign: str | None) -> bool:
    """Say whether a decision touches the campaign `brand/campaign`; None: any."""
    if campaign is None:
        return True
    brand, _, name = campaign.partition("/")
    return event.brand in {"", brand} and event.campaign in {"", name}


def _placed(events: list[Event]) -> list[Event]:
    """Give receipts the location and channel of the intent that has their key."""
    from dataclasses import replace

    places = {event.commit: event for event in events if event.location and event.commit}
    placed = []
    for event in events:
        begun = places.get(event.commit)
        if event.event == "changed" or begun is None:
            placed.append(event)
        elif event is not begun:
            placed.append(
                replace(
                    event,
                    location=begun.location,
                    channel=begun.channel,
                    actor=begun.actor if event.actor == _CHANNEL else event.actor,
                    commit="",
                )
            )
        else:
            placed.append(replace(event, commit=""))
    return placed
