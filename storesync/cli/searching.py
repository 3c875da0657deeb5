"""What `search` and `similar` share: filters as options, and answers shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, say, say_json
from storesync.cli.context import at_option, parse_at
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime

    from storesync.search.hit import Hit
    from storesync.search.search import Filters
    from storesync.search.session import Session

STATES = ("scheduled", "active", "completed")
SEASONS = ("winter", "spring", "summer", "autumn")
# The options that `filters_of` reads.
Chosen = dict[str, Any]


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which campaigns may answer."""
    for option in (
        at_option,
        click.option("--state", type=click.Choice(STATES), help="Only in this state."),
        click.option("--product", metavar="ID", help="Only offers on this product."),
        click.option("--language", metavar="CODE", help="Only with words in it: en, de."),
        click.option("--season", type=click.Choice(SEASONS), help="Only of this season."),
        click.option("--channel", metavar="NAME", help="Only on this channel: email, sms."),
        click.option(
            "--limit",
            type=click.IntRange(1, 100),
            default=10,
            show_default=True,
            help="At most so many of each brand.",
        ),
    ):
        command = option(command)
    return command


def filters_of(context: Context, chosen: Chosen) -> Filters:
    """Return the filters that the options say. Raises UserError for a channel there is not."""
    from storesync.app.find import check_channel
    from storesync.search.search import Filters

    if chosen["channel"]:
        check_channel(chosen["channel"])
    at = parse_at(chosen["at"], context.now)
    return Filters(
        channel=chosen["channel"] or "",
        season=chosen["season"] or "",
        language=chosen["language"] or "",
        product=chosen["product"] or "",
        states=frozenset({chosen["state"]} if chosen["state"] else ()),
        at=at,
        known=_states(context, at) if chosen["state"] else {},
    )


def _states(context: Context, at: datetime) -> dict[tuple[str, str], str]:
    """Return what `status --offline` says of each campaign of the newest commit, if there is one.

    Without those of which that cannot be told, as where a file has an error: flights say it then.
    """
    from storesync.app.chain import open_chain
    from storesync.app.garbage import without_collection
    from storesync.app.proof.basis import shared_ledger
    from storesync.publish.frozen import Frozen
    from storesync.publish.states import state_of

    try:
        commit = context.repository.head()
        if commit is None:
            return {}
        with without_collection():
            ledger = shared_ledger(context, at, offline=True)
            chain = open_chain(context, context.tree(commit), at)
            chain.documents.save()
    except UserError as error:
        note(context, f"states by the flights alone: {error.message}")
        return {}
    frozen = Frozen(chain.catalog, chain.assessment.diagnostics(at))
    return {
        (brand, name): state_of(
            dated.pieces, ledger.campaign(brand, name).state, at, committed=True
        ).value
        for brand, campaigns in chain.assessment.dated.items()
        for name, dated in campaigns.items()
        if dated.pieces or not frozen.campaign(brand, name)
    }


def show(
    context: Context,
    found: tuple[Session, Sequence[str], Sequence[Hit]],
    filters: Filters,
    hint: str,
) -> int:
    """Write what was found in which brands; where nothing was a remark says so, with the hint."""
    from storesync.report import search as report

    session, brands, hits = found
    at = filters.at or context.now
    rows = []
    for hit in hits:
        documents = session.search(hit.brand).documents.values()
        document = next(item for item in documents if item.campaign == hit.campaign)
        rows.append((hit, document, filters.state(document, at)))
    if context.format == "json":
        say_json(report.as_data(rows))
    elif rows:
        say(report.as_text(rows))
    else:
        note(context, f"nothing found: {_unheard_of(session, brands, filters) or hint}")
    return 0


def _unheard_of(session: Session, brands: Sequence[str], filters: Filters) -> str:
    """Say which filter no campaign of the brands meets, whatever is asked; "" for none."""
    documents = [each for name in brands for each in session.search(name).documents.values()]
    products = {product for each in documents for product in each.products}
    languages = {language for each in documents for language in each.languages}
    wanted = filters.language.partition("-")[0]
    if filters.product and filters.product not in products:
        near = did_you_mean(filters.product, products)
        said = f'no campaign offers the product "{printable(filters.product, limit=60)}"'
        return f"{said}; {near}" if near else said
    if wanted and wanted not in languages:
        spoken = ", ".join(sorted(languages)) or "none"
        return f'no campaign has words in "{printable(wanted, limit=60)}"; there are {spoken}'
    return ""
