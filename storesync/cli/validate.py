"""`storesync validate`: every rule over every stage, everything that is wrong in one run."""

from __future__ import annotations

import os
from pathlib import Path

import click

from storesync.app.context import Context, say, say_json
from storesync.app.half_way import note_half_way
from storesync.app.review.ownership import owner_problems
from storesync.app.unusable import channel_problems
from storesync.app.validated import validated
from storesync.cli.context import at_option, make_context, parse_at
from storesync.diagnostics import Diagnostic, has_errors
from storesync.errors import EXIT_ERRORS


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--base", metavar="REV", help="Compare ids with this revision (default: HEAD).")
@at_option
@click.pass_context
def command(
    ctx: click.Context, *, paths: tuple[Path, ...], base: str | None, at: str | None
) -> int:
    """Check all files, references, values, times, offers, and the rendered text of every location.

    PATHS limit what is shown to files at or below them; everything is checked all the same.
    Exit code 1 where there is an error.
    """
    context = make_context(ctx)
    context.check_format("github", "sarif")
    note_half_way(context)
    if not context.options.format_given and os.environ.get("GITHUB_ACTIONS") == "true":
        context.options.format = "github"
    moment = parse_at(at, context.now)
    day = at or moment.date().isoformat()
    done = validated(context, moment, day, lambda: _base(context, base))
    found = [*done.found, *owner_problems(context)]
    found += channel_problems(context.root, context.work_tree)
    found.sort(key=lambda item: item.sort_key)
    if paths:
        from storesync.app.paths import chosen

        known = {*context.work_tree.paths(), *(item.path for item in found)}
        shown = set(chosen(context, sorted(known), paths))
        found = [item for item in found if item.path in shown]
    _report(context, found, done.checked)
    return EXIT_ERRORS if has_errors(found) else 0


def _base(context: Context, base: str | None) -> str | None:
    """Return the commit to compare ids with, None where all paths are as they were there."""
    from storesync.errors import UserError
    from storesync.source.on_disk import moved

    if base is not None:
        return context.repository.resolve(base)
    try:
        repository = context.repository
        return repository.head() if moved(repository) else None
    except UserError:
        return None


def _report(context: Context, found: list[Diagnostic], checked: dict[str, int]) -> None:
    from storesync.report import diagnostics as report

    if context.format == "json":
        say_json({"diagnostics": [report.as_data(item) for item in found], "checked": checked})
    elif context.format == "sarif":
        _report_sarif(found)
    elif context.format == "github":
        if found:
            say(report.as_github(found))
    else:
        if found:
            say(report.as_text(found, lambda path: _lines(context, path)))
        if not context.quiet:
            say(report.summary(found, checked))


def _report_sarif(found: list[Diagnostic]) -> None:
    from importlib.metadata import version

    from storesync.report.sarif import as_sarif
    from storesync.validate.rules import rules

    titles = {rule.id: rule.title for rule in rules().values()}
    say_json(as_sarif(found, titles, version("storesync")))


def _lines(context: Context, path: str) -> list[str] | None:
    try:
        text = context.work_tree.read(path).decode("utf-8", "replace")
    except KeyError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
