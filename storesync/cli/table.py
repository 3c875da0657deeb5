"""What all imports have in common: a table off the disk, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, progress, say, say_json
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from storesync.importing.locations import Import
    from storesync.importing.mapping import MappingFile
    from storesync.importing.table import Table

_OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option(
        "--map",
        "mapping",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A YAML file that says what the columns mean.",
    ),
    click.option("--encoding", metavar="NAME", help="Of a CSV file that is not UTF-8: cp1252, …"),
    click.option("--sheet", default="", metavar="NAME", help="Of an Excel file; else the first."),
    click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing."),
    click.option("--skip-rejected", is_flag=True, help="Import the other rows; without it none."),
    click.option(
        "--rejects",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Where rejected rows go, .csv or .xlsx; else in .storesync/.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """Which table, how it is read, and what happens to rows that cannot be trusted."""

    file: Path
    mapping: Path | None
    encoding: str | None
    sheet: str
    dry_run: bool
    skip_rejected: bool
    rejects: Path | None

    def is_stopped(self, result: Import) -> bool:
        """Say whether rejected rows keep all others out."""
        return bool(result.rejected) and not self.skip_rejected


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: files of the repository, and a file of rejected rows (empty for none)."""

    written: bool
    rejects: str


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument and options of `Request`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def refusing(context: Context, work: Callable[[], int]) -> int:
    """Return what `work` does; where no row of a table can be trusted, say so and return 1."""
    from storesync.importing.finding import UnreadableTable
    from storesync.report.importing import failure_data

    try:
        return work()
    except UnreadableTable as error:  # the fault is in a user's file: exit code 1
        if context.format == "json":
            say_json(failure_data(error.message, error.hint))
        else:
            click.echo(f"error: {error.message}", err=True)
            if error.hint:
                click.echo(f"\nhint: {error.hint}", err=True)
        return EXIT_ERRORS


def open_table(context: Context, request: Request) -> Table:
    """Read the table. Raises UserError and UnreadableTable as `read_table`."""
    from storesync.importing.read import read_table

    _check_rejects(request)
    with progress("reading the table", None, quiet=context.quiet):
        return read_table(
            request.file.name, _bytes(request.file), encoding=request.encoding, sheet=request.sheet
        )


def open_mapping(request: Request) -> MappingFile | None:
    """Read the mapping file, if one is named. Raises UserError as `read_mapping`."""
    from storesync.importing.mapping import read_mapping

    if request.mapping is None:
        return None
    return read_mapping(str(request.mapping), _bytes(request.mapping))


def settle(context: Context, request: Request) -> None:
    """Finish what an import that was killed had begun, before files are read; a dry run tells it.

    Raises UserError where it cannot be finished.
    """
    from storesync.importing.write import finish_killed, is_unfinished

    if request.dry_run:
        if is_unfinished(context.root):
            note(context, "an import was killed half-way: without --dry-run it is finished first")
        return
    count = finish_killed(context.root)
    if count:
        note(context, f"an import that was killed half-way was finished first: {count:,} files")


def carry_out(context: Context, request: Request, table: Table, result: Import) -> Done:
    """Write what an import asks for, and the rows that it rejected."""
    from storesync.importing.write import write_files

    written = bool(result.writes) and not request.dry_run and not request.is_stopped(result)
    if written:
        with progress("writing", 2 * len(result.writes), quiet=context.quiet) as advance:
            write_files(context.root, result.writes, result.before, advance)
    rejects = ""
    if result.rejected and not request.dry_run:
        rejects = _write_rejects(context, request, table, result)
    return Done(written, rejects)


def tell(context: Context, request: Request, result: Import, done: Done) -> int:
    """Say what an import did, in words. Returns the exit code."""
    from storesync.report.importing import as_text

    finished = done.written or not result.writes
    say(as_text(result, request.file.name, every=context.options.verbose, written=finished))
    if done.rejects:
        note(context, f"rejected rows, to correct and import again: {done.rejects}")
    if request.dry_run:
        note(context, "nothing was written (--dry-run)")
    elif request.is_stopped(result):
        note(context, "nothing was imported: correct the rejected rows, or add --skip-rejected")
    return EXIT_ERRORS if request.is_stopped(result) else 0


def conclude(context: Context, request: Request, table: Table, result: Import) -> int:
    """Carry out an import that closes nothing, and say what it did. Returns the exit code."""
    from storesync.report.importing import additions_data

    done = carry_out(context, request, table, result)
    if context.format != "json":
        return tell(context, request, result, done)
    say_json(additions_data(result, written=done.written, rejects=done.rejects))
    return int(request.is_stopped(result))


def _check_rejects(request: Request) -> None:
    if request.rejects is None:
        return
    if request.rejects.suffix.lower() not in {".csv", ".xlsx"}:
        raise UserError("--rejects takes a .csv or .xlsx file", hint="change its ending")
    if request.rejects.resolve() == request.file.resolve():
        raise UserError("--rejects is the table itself", hint="give another name")


def _write_rejects(context: Context, request: Request, table: Table, result: Import) -> str:
    """Write the rejected rows, and return the file as a person would type it."""
    from storesync.importing.rejects import rejected_rows

    ending = ".xlsx" if request.file.suffix.lower() == ".xlsx" else ".csv"
    path = request.rejects
    if path is None:
        path = context.root / ".storesync" / f"{request.file.stem}-rejected{ending}"
        path.parent.mkdir(exist_ok=True)
    write_table(context, path, rejected_rows(table, result.rejected), mark=True)
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _bytes(path: Path) -> bytes:
    """Read a file, and of one without an end no more than shows that it is too large."""
    from storesync.importing.read import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}") from error


def write_table(
    context: Context,
    path: Path,
    rows: list[list[str]],
    *,
    title: str = "Locations",
    numeric: frozenset[str] = frozenset(),
    mark: bool = False,
) -> None:
    """Write a table to a file as its ending says; see `as_workbook` and `as_csv` for the others.

    Raises UserError where it cannot be written.
    """
    from storesync.app.files import write_whole
    from storesync.importing.export import as_csv

    try:
        if path.suffix.lower() == ".xlsx":
            from storesync.importing.workbook_file import as_workbook

            # It needs the disk, too: openpyxl begins with a temporary file.
            write_whole(path, as_workbook(rows, context.now, numeric=numeric, title=title))
        else:
            write_whole(path, as_csv(rows, mark=mark))
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror}") from error
