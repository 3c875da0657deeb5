"""`storesync export`: a brand's locations, or a campaign's values, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from storesync.app.context import Context, note, progress, say_json
from storesync.cli.context import make_context
from storesync.cli.table import write_table
from storesync.diagnostics import printable
from storesync.errors import EXIT_ERRORS, UserError

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("export")
def command() -> None:
    """Write locations, or values of a campaign, as a CSV or Excel table."""


def _to_file(decorated: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument FILE, which `--out` may say as well."""
    out = click.option(
        "--out", type=_FILE, metavar="FILE", help="The same as FILE: a .csv or .xlsx file."
    )
    return click.argument("file", required=False, type=_FILE)(out(decorated))


@command.command("locations")
@_to_file
@click.option("--brand", required=True, metavar="BRAND", help="Whose locations.")
@click.pass_context
def locations(ctx: click.Context, *, brand: str, file: Path | None, out: Path | None) -> int:
    """Write a table that `import locations` takes back without a difference.

    FILE ends with .csv or .xlsx; without it CSV goes to the terminal.
    """
    from storesync.importing.existing import location_count, read_existing
    from storesync.importing.export import NUMERIC, location_rows

    context = make_context(ctx)
    target = _target(context, file, out)
    count = location_count(context.work_tree, brand)
    with progress("reading locations", count, quiet=context.quiet) as advance:
        existing = read_existing(context.work_tree, brand, advance)
    rows = location_rows(existing)
    _put(context, target, rows, NUMERIC, "Locations")
    _tell(context, {"locations": len(rows) - 1}, target, existing.broken)
    if target is not None:
        note(context, f"{len(rows) - 1:,} locations in {target}")
    return EXIT_ERRORS if existing.broken else 0


@command.command("values")
@_to_file
@click.option("--campaign", required=True, metavar="CAMPAIGN", help="Whose values.")
@click.pass_context
def values(ctx: click.Context, *, campaign: str, file: Path | None, out: Path | None) -> int:
    """Write what locations may set in a campaign, for `import values` to take back.

    There is a row for each location of the campaign, with the values that hold there. FILE ends
    with .csv or .xlsx; without it CSV goes to the terminal.
    """
    from storesync.app.find import find_campaign
    from storesync.catalog.load import load
    from storesync.importing.campaign_values import campaign_values
    from storesync.importing.values_table import numeric_columns, values_rows

    context = make_context(ctx)
    target = _target(context, file, out)
    tree = context.work_tree
    with progress("reading", len(tree.paths()), quiet=context.quiet) as advance:
        catalog = load(tree, advance=advance)
        wanted = find_campaign(catalog, campaign)
        known = campaign_values(catalog, wanted, tree)
    rows = values_rows(known)
    _put(context, target, rows, numeric_columns(known), "Values")
    said = {"brand": wanted.brand, "campaign": wanted.id, "locations": len(rows) - 1}
    _tell(context, said, target, known.broken)
    if target is not None:
        note(context, f"{wanted.name} at {len(rows) - 1:,} locations in {target}")
    return EXIT_ERRORS if known.broken else 0


def _target(context: Context, file: Path | None, out: Path | None) -> Path | None:
    """Return the file to write, None for the terminal. Raises UserError for one that is none."""
    context.check_format()
    if file is not None and out is not None:
        raise UserError("FILE and --out say the same", hint="give one of them")
    target = file or out
    if target is not None and target.suffix.lower() not in {".csv", ".xlsx"}:
        raise UserError("a table is a .csv or .xlsx file", hint="change its ending")
    if target is None and context.format == "json":
        raise UserError("with --format json the table needs a file", hint="add FILE.csv")
    return target


def _put(
    context: Context,
    target: Path | None,
    rows: list[list[str]],
    numeric: frozenset[str],
    title: str,
) -> None:
    """Write a table to a file, or as CSV to the terminal."""
    if target is not None:
        write_table(context, target, rows, title=title, numeric=numeric)
        return
    from storesync.importing.export import as_csv

    click.echo(as_csv(rows), nl=False)


def _tell(
    context: Context, said: dict[str, Any], target: Path | None, broken: Mapping[str, str]
) -> None:
    """Say as JSON what was written to a file, and in both forms what was left out, by its id."""
    if context.format == "json":
        left_out = [{"id": key, "message": why} for key, why in sorted(broken.items())]
        say_json({**said, "file": str(target), "left_out": left_out})
    for why in broken.values():
        click.echo(f"error: left out: {printable(why)}", err=True)
