"""`storesync import`: tables of locations, results and values into a repository's files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, progress, say_json
from storesync.cli.context import make_context, parse_at
from storesync.cli.import_results import results
from storesync.cli.import_values import values
from storesync.cli.table import (
    Request,
    carry_out,
    open_mapping,
    open_table,
    refusing,
    settle,
    table_options,
    tell,
)
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.importing.locations import Import
    from storesync.importing.table import Table


@dataclass(frozen=True, kw_only=True)
class LocationsRequest(Request):
    """What the options of `import locations` say."""

    brand: str
    complete: bool
    closes_on: datetime | None
    force: bool
    at: str | None


@click.group("import")
def command() -> None:
    """Bring tables in: locations, results and values from CSV or Excel."""


command.add_command(results)
command.add_command(values)


@command.command("locations")
@table_options
@click.option("--brand", required=True, metavar="BRAND", help="Whose locations they are.")
@click.option("--complete", is_flag=True, help="Close locations that are not in the table.")
@click.option(
    "--closes-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="With --complete: from this day on; else from today.",
)
@click.option("--force", is_flag=True, help="Though more than 30 % of the brand changes or closes.")
@click.option("--at", metavar="TIME", help="As of this moment (ISO 8601).")
@click.pass_context
def locations(ctx: click.Context, /, **options: Any) -> int:
    """Create and update location files from a CSV or Excel table; see docs/importing.md."""
    context = make_context(ctx)
    context.check_format()
    return refusing(context, lambda: _run(context, LocationsRequest(**options)))


def _run(context: Context, request: LocationsRequest) -> int:
    if request.closes_on and not request.complete:
        raise UserError("--closes-on goes with --complete", hint="add --complete, or leave it out")
    table = open_table(context, request)
    settle(context, request)
    result = _plan(context, request, table)
    stopped = request.is_stopped(result)
    if result.is_large and not (request.force or request.dry_run or stopped):
        _refuse(result)
    done = carry_out(context, request, table, result)
    if context.format == "json":
        from storesync.report.importing import as_data

        say_json(as_data(result, written=done.written, rejects=done.rejects))
        return int(stopped)
    code = tell(context, request, result, done)
    if request.dry_run and result.is_large:
        note(context, "without --dry-run this needs --force: more than 30 % change or close")
    return code


def _plan(context: Context, request: LocationsRequest, table: Table) -> Import:
    from storesync.importing.existing import location_count, read_existing
    from storesync.importing.locations import Order, import_locations

    mapping = open_mapping(request)
    today = parse_at(request.at, context.now).date()
    closes_on = request.closes_on.date() if request.closes_on else today
    order = Order(
        at=today,
        closes_on=closes_on if request.complete else None,
        modeline=(context.root / "schemas" / "location.json").is_file(),
    )
    count = location_count(context.work_tree, request.brand)
    with progress("reading locations", count, quiet=context.quiet) as advance:
        existing = read_existing(context.work_tree, request.brand, advance)
    with progress("comparing rows", 2 * len(table.rows), quiet=context.quiet) as advance:
        return import_locations(table, mapping, existing, order, advance)


def _refuse(result: Import) -> None:
    touched = result.updated + result.removed
    message = (
        f"{result.updated:,} of {result.existing:,} locations would change and {result.removed:,}"
        f" close ({touched / result.existing:.0%}): more than 30 %, so nothing was written"
    )
    raise UserError(message, hint="look with --dry-run -v; if it is right, repeat with --force")
