"""`storesync similar`: past campaigns like one."""

from __future__ import annotations

from typing import Any

import click

from storesync.cli.context import make_context
from storesync.cli.searching import filter_options, filters_of, show


@click.command("similar")
@click.argument("campaign")
@filter_options
@click.pass_context
def command(ctx: click.Context, /, *, campaign: str, **chosen: Any) -> int:
    """Find campaigns of the same brand that are like CAMPAIGN, also one not committed yet."""
    from storesync.app.search_index import alike, document_named, open_session

    context = make_context(ctx)
    context.check_format()
    filters = filters_of(context, chosen)
    document = document_named(context, campaign)
    session = open_session(context)
    hits = alike(session, document, filters, chosen["limit"])
    found = (session, [document.brand], hits)
    return show(context, found, filters, "no other campaign is much like it")
