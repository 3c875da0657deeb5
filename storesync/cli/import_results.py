"""`storesync import results`: what campaigns achieved, from a table into their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, progress
from storesync.cli.context import make_context, parse_at
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
class ResultsRequest(Request):
    """What the options of `import results` say."""

    brand: str
    source: str
    at: str | None


@click.command("results")
@table_options
@click.option("--brand", default="", metavar="BRAND", help="Only campaigns of this brand.")
@click.option("--source", default="", metavar="TEXT", help="Where the numbers are from.")
@click.option("--at", metavar="TIME", help="As of this moment (ISO 8601).")
@click.pass_context
def results(ctx: click.Context, /, **options: Any) -> int:
    """Write what campaigns achieved from a CSV or Excel table; see docs/importing.md."""
    context = make_context(ctx)
    context.check_format()
    return refusing(context, lambda: _run(context, ResultsRequest(**options)))


def _run(context: Context, request: ResultsRequest) -> int:
    table = open_table(context, request)
    settle(context, request)
    return conclude(context, request, table, _plan(context, request, table))


def _plan(context: Context, request: ResultsRequest, table: Table) -> Import:
    from storesync.importing.campaigns import read_campaigns
    from storesync.importing.results import import_results
    from storesync.importing.results_file import ResultsOrder

    mapping = open_mapping(request)
    order = ResultsOrder(
        at=parse_at(request.at, context.now).date(),
        table=table.name,
        source=request.source,
        modeline=(context.root / "schemas" / "results.json").is_file(),
    )
    with progress("reading campaigns", None, quiet=context.quiet):
        campaigns = read_campaigns(context.work_tree, request.brand)
    with progress("comparing rows", None, quiet=context.quiet):
        return import_results(table, mapping, campaigns, order)
