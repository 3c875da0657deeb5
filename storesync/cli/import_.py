"""`storesync import`: tables of locations into a brand's files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storesync.cli.context import Context, make_context, note, parse_at, progress, say, say_json
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.importing.locations import Import
    from storesync.importing.table import Table


@dataclass(frozen=True)
class Request:
    """What the options of `import locations` say."""

    file: Path
    brand: str
    mapping: Path | None
    encoding: str | None
    sheet: str
    dry_run: bool
    skip_rejected: bool
    rejects: Path | None
    complete: bool
    closes_on: datetime | None
    force: bool
    at: str | None


@click.group("import")
def command() -> None:
    """Bring tables in: locations from CSV or Excel."""


@command.command("locations")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--brand", required=True, metavar="BRAND", help="Whose locations they are.")
@click.option(
    "--map",
    "mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A YAML file that says what the columns mean.",
)
@click.option("--encoding", metavar="NAME", help="Of a CSV file that is not UTF-8: cp1252, …")
@click.option("--sheet", default="", metavar="NAME", help="Of an Excel file; else the first.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing.")
@click.option("--skip-rejected", is_flag=True, help="Import the other rows; without it none.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where rejected rows go, .csv or .xlsx; else in .storesync/.",
)
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
    from storesync.importing.finding import UnreadableTable
    from storesync.report.importing import failure_data

    context = make_context(ctx)
    context.check_format()
    try:
        return _run(context, Request(**options))
    except UnreadableTable as error:  # the fault is in a user's file: exit code 1
        if context.format == "json":
            say_json(failure_data(error.message, error.hint))
        else:
            click.echo(f"error: {error.message}", err=True)
            if error.hint:
                click.echo(f"\nhint: {error.hint}", err=True)
        return EXIT_ERRORS


def _run(context: Context, request: Request) -> int:
    from storesync.importing.read import read_table
    from storesync.importing.staging import clear_abandoned
    from storesync.importing.write import write_files

    if request.closes_on and not request.complete:
        raise UserError("--closes-on goes with --complete", hint="add --complete, or leave it out")
    _check_rejects(request)
    with progress("reading the table", None, quiet=context.quiet):
        table = read_table(
            request.file.name, _bytes(request.file), encoding=request.encoding, sheet=request.sheet
        )
    result = _plan(context, request, table)
    stopped = bool(result.rejected) and not request.skip_rejected
    if result.is_large and not (request.force or request.dry_run or stopped):
        _refuse(result)
    written = bool(result.writes) and not request.dry_run and not stopped
    if not request.dry_run:
        clear_abandoned(context.root)
    if written:
        with progress("writing", 2 * len(result.writes), quiet=context.quiet) as advance:
            write_files(context.root, result.writes, result.before, advance)
    rejects = ""
    if result.rejected and not request.dry_run:
        rejects = _write_rejects(context, request, table, result)
    _show(context, request, result, written=written, rejects=rejects)
    return EXIT_ERRORS if stopped else 0


def _plan(context: Context, request: Request, table: Table) -> Import:
    from storesync.importing.existing import read_existing
    from storesync.importing.locations import Order, import_locations
    from storesync.importing.mapping import read_mapping

    mapping = None
    if request.mapping is not None:
        mapping = read_mapping(str(request.mapping), _bytes(request.mapping))
    today = parse_at(request.at, context.now).date()
    closes_on = request.closes_on.date() if request.closes_on else today
    order = Order(
        at=today,
        closes_on=closes_on if request.complete else None,
        modeline=(context.root / "schemas" / "location.json").is_file(),
    )
    with progress("reading locations", None, quiet=context.quiet) as advance:
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


def _check_rejects(request: Request) -> None:
    if request.rejects is None:
        return
    if request.rejects.suffix.lower() not in {".csv", ".xlsx"}:
        raise UserError("--rejects takes a .csv or .xlsx file", hint="change its ending")
    if request.rejects.resolve() == request.file.resolve():
        raise UserError("--rejects is the table itself", hint="give another name")


def _write_rejects(context: Context, request: Request, table: Table, result: Import) -> str:
    """Write the rejected rows, and return the file as a person would type it."""
    from storesync.importing.export import as_csv
    from storesync.importing.rejects import rejected_rows

    ending = ".xlsx" if request.file.suffix.lower() == ".xlsx" else ".csv"
    path = request.rejects
    if path is None:
        path = context.root / ".storesync" / f"{request.file.stem}-rejected{ending}"
        path.parent.mkdir(exist_ok=True)
    rows = rejected_rows(table, result.rejected)
    if path.suffix.lower() == ".xlsx":
        from storesync.importing.workbook_file import as_workbook

        raw = as_workbook(rows, context.now)
    else:
        raw = as_csv(rows, mark=True)
    _write(path, raw)
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _show(
    context: Context, request: Request, result: Import, *, written: bool, rejects: str
) -> None:
    from storesync.report.importing import as_data, as_text

    if context.format == "json":
        say_json(as_data(result, written=written, rejects=rejects))
        return
    done = written or not result.writes
    say(as_text(result, request.file.name, every=context.options.verbose, written=done))
    if rejects:
        note(context, f"rejected rows, to correct and import again: {rejects}")
    if request.dry_run:
        note(context, "nothing was written (--dry-run)")
        if result.is_large:
            note(context, "without --dry-run this needs --force: more than 30 % change or close")
    elif result.rejected and not request.skip_rejected:
        note(context, "nothing was imported: correct the rejected rows, or add --skip-rejected")


def _bytes(path: Path) -> bytes:
    """Read a file, and of one without an end no more than shows that it is too large."""
    from storesync.importing.read import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}") from error


def _write(path: Path, raw: bytes) -> None:
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror}") from error
