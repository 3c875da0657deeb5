"""`storesync import values`: a campaign's values by location, from a table into their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, progress
from storesync.cli.context import make_context
from storesync.cli.table import (
    Request,
    conclude,
    open_mapping,
    open_table,
    refusing,
    settle,
    table_options,
)

if TYPE_CHECKING:
    from storesync.importing.locations import Import
    from storesync.importing.table import Table


@dataclass(frozen=True, kw_only=True)
class ValuesRequest(Request):
    """What the options of `import values` say."""

    campaign: str
    reason: str


@click.command("values")
@table_options
@click.option("--campaign", required=True, metavar="CAMPAIGN", help="Whose values they are.")
@click.option("--reason", default="", metavar="TEXT", help="Why, where a row does not say so.")
@click.pass_context
def values(ctx: click.Context, /, **options: Any) -> int:
    """Write what locations have otherwise in a campaign from a table; see docs/importing.md."""
    context = make_context(ctx)
    context.check_format()
    return refusing(context, lambda: _run(context, ValuesRequest(**options)))


def _run(context: Context, request: ValuesRequest) -> int:
    table = open_table(context, request)
    settle(context, request)
    return conclude(context, request, table, _plan(context, request, table))


def _plan(context: Context, request: ValuesRequest, table: Table) -> Import:
    from storesync.app.find import find_campaign
    from storesync.catalog.load import load
    from storesync.importing.campaign_values import campaign_values
    from storesync.importing.values import ValuesOrder, import_values

    mapping = open_mapping(request)
    modeline = (context.root / "schemas" / "override.json").is_file()
    tree = context.work_tree
    with progress("reading", len(tree.paths()), quiet=context.quiet) as advance:
        catalog = load(tree, advance=advance)
        campaign = find_campaign(catalog, request.campaign)
        known = campaign_values(catalog, campaign, tree)
    order = ValuesOrder(request.reason, modeline=modeline)
    with progress("comparing rows", len(table.rows), quiet=context.quiet) as advance:
        return import_values(table, mapping, known, order, advance)
