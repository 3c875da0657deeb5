"""`storesync search`: past campaigns by words and meaning."""

from __future__ import annotations

from typing import Any

import click

from storesync.cli.context import make_context
from storesync.cli.searching import filter_options, filters_of, show
from storesync.errors import UserError


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option("--brand", metavar="BRAND", help="Only this brand; else brand by brand.")
@filter_options
@click.pass_context
def command(
    ctx: click.Context, /, *, query: tuple[str, ...], brand: str | None, **chosen: Any
) -> int:
    """Find past campaigns by words and by meaning, in any language of the brand.

    Each answer says why: the words or the passage that matched, and what the campaign achieved.
    Scores compare within a brand only. Where nothing answers, nothing is shown.
    """
    from storesync.app.search_index import brands_of, open_session
    from storesync.search.answer import hits_of
    from storesync.search.gloss import reads_as
    from storesync.search.search import Question

    context = make_context(ctx)
    context.check_format()
    # What the terminal sent and is no UTF-8 says nothing.
    text = " ".join(query).encode(errors="replace").decode().strip()
    if not text or len(text) > 2_000:
        raise UserError("the question is empty or too long", hint="ask in a sentence")
    filters = filters_of(context, chosen)
    session = open_session(context)
    hits, brands = [], brands_of(session, brand)
    for name in brands:
        ranked = session.ask(name, Question(text, chosen["limit"], filters))
        known = session.known_to(name)
        # English first: it is what is taken where nothing tells.
        spoken = sorted(known.spoken, key=lambda language: language != "en")
        language = reads_as(text, known, spoken)
        hits += hits_of(session.search(name), ranked, language, known)
    hint = "say it in other words, or with fewer filters"
    return show(context, (session, brands, hits), filters, hint)
