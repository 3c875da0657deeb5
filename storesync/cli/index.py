"""`storesync index`: the search index of every brand, built or brought up to date."""

from __future__ import annotations

from dataclasses import asdict

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context


@click.command("index")
@click.option("--brand", metavar="BRAND", help="Only this brand.")
@click.pass_context
def command(ctx: click.Context, *, brand: str | None) -> int:
    """Build the search index, or bring it up to date: only what changed is read and embedded.

    It lies in .storesync/ and can be deleted; `search` and `similar` build what is missing.
    """
    from storesync.app.search_index import brands_of, open_session
    from storesync.report import search as report

    context = make_context(ctx)
    context.check_format()
    session = open_session(context)
    rows = {name: asdict(session.refresh(name)) for name in brands_of(session, brand)}
    model = session.embedder.capabilities.model if session.embedder is not None else ""
    if context.format == "json":
        say_json(report.index_as_data(model, rows))
    else:
        say(report.index_as_text(model, rows))
    return 0
