"""`storesync export`: a brand's locations as a table."""

from __future__ import annotations

from pathlib import Path

import click

from storesync.app.context import note, progress, say_json
from storesync.app.files import write_whole
from storesync.cli.context import make_context
from storesync.diagnostics import printable
from storesync.errors import EXIT_ERRORS, UserError


@click.group("export")
def command() -> None:
    """Write locations as a CSV or Excel table."""


@command.command("locations")
@click.option("--brand", required=True, metavar="BRAND", help="Whose locations.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A .csv or .xlsx file; without it CSV goes to the terminal.",
)
@click.pass_context
def locations(ctx: click.Context, *, brand: str, out: Path | None) -> int:
    """Write a table that `import locations` takes back without a difference."""
    from storesync.importing.existing import read_existing
    from storesync.importing.export import NUMERIC, as_csv, location_rows

    context = make_context(ctx)
    context.check_format()
    if out is not None and out.suffix.lower() not in {".csv", ".xlsx"}:
        raise UserError("--out takes a .csv or .xlsx file", hint="change its ending")
    if out is None and context.format == "json":
        raise UserError("with --format json the table needs a file", hint="add --out FILE.csv")
    with progress("reading locations", None, quiet=context.quiet) as advance:
        existing = read_existing(context.work_tree, brand, advance)
    rows = location_rows(existing)
    if out is None:
        click.echo(as_csv(rows), nl=False)
    else:
        try:
            if out.suffix.lower() == ".xlsx":
                from storesync.importing.workbook_file import as_workbook

                raw = as_workbook(rows, context.now, numeric=NUMERIC)
            else:
                raw = as_csv(rows)
            write_whole(out, raw)
        except OSError as error:
            raise UserError(f"cannot write {out}: {error.strerror}") from error
        if context.format == "json":
            broken = [{"id": key, "message": why} for key, why in sorted(existing.broken.items())]
            say_json({"locations": len(rows) - 1, "file": str(out), "left_out": broken})
        else:
            note(context, f"{len(rows) - 1:,} locations in {out}")
    for why in existing.broken.values():
        click.echo(f"error: left out: {printable(why)}", err=True)
    return EXIT_ERRORS if existing.broken else 0
