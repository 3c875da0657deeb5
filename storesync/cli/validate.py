"""`storesync validate`: every rule over every stage, everything that is wrong in one run."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storesync.cli.context import Context, at_option, make_context, parse_at, say, say_json
from storesync.diagnostics import Diagnostic, Severity, has_errors
from storesync.errors import EXIT_ERRORS

if TYPE_CHECKING:
    from storesync.catalog.catalog import Catalog

_NAME = "validated"


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
    if not context.options.format_given and os.environ.get("GITHUB_ACTIONS") == "true":
        context.options.format = "github"
    moment = parse_at(at, context.now)
    found, checked = _validated(context, moment, base, at or moment.date().isoformat())
    if paths:
        from storesync.cli.paths import chosen

        known = {*context.work_tree.paths(), *(item.path for item in found)}
        shown = set(chosen(context, sorted(known), paths))
        found = [item for item in found if item.path in shown]
    _report(context, found, checked)
    return EXIT_ERRORS if has_errors(found) else 0


def _validated(
    context: Context, at: datetime, base: str | None, moment: str
) -> tuple[list[Diagnostic], dict[str, int]]:
    """Return diagnostics and counts; those of the last run where nothing changed since."""
    from storesync.cli.tree_key import tree_key

    revision = _base(context, base)
    key = tree_key(context.work_tree, moment, revision or "")
    known = context.cache.load(_NAME)
    if known is not None and known["key"] == key:
        return [_from_data(item) for item in known["diagnostics"]], known["checked"]
    found, checked = _validate(context, at, revision)
    data = {"key": key, "diagnostics": [asdict(item) for item in found], "checked": checked}
    context.cache.save(_NAME, data)
    return found, checked


def _validate(
    context: Context, at: datetime, revision: str | None
) -> tuple[list[Diagnostic], dict[str, int]]:
    from storesync.cli.chain import open_chain
    from storesync.cli.collection import without_collection

    with without_collection():
        chain = open_chain(context, context.work_tree, at, _before(context, revision))
        found = chain.diagnose(chain.produce(chain.assessment.pieces()))
        chain.finish()
    return found, counts(chain.catalog)


def _base(context: Context, base: str | None) -> str | None:
    """Return the commit to compare ids with, None where files are as they were there."""
    from storesync.errors import UserError

    if base is not None:
        return context.repository.resolve(base)
    try:
        repository = context.repository
        head = repository.head()
        return head if head and repository.uncommitted() else None
    except UserError:
        return None


def _before(context: Context, revision: str | None) -> Catalog | None:
    if revision is None:
        return None
    from storesync.catalog.load import load
    from storesync.cli.documents import Documents
    from storesync.source.tree import MemoryTree

    tree = context.repository.tree(revision)
    paths = tree.paths()
    # Named by their bytes as files on disk are, most of them are known from the last run.
    files = MemoryTree(dict(zip(paths, tree.read_many(paths), strict=True)))
    return load(files, Documents(context.cache))


def counts(catalog: Catalog) -> dict[str, int]:
    """Return how much a catalog holds, as `validate` reports it."""
    brands = catalog.brands.values()
    return {
        "brands": len(catalog.brands),
        "locations": sum(len(brand.locations) for brand in brands),
        "templates": len(catalog.templates),
        "campaigns": sum(len(brand.campaigns) for brand in brands),
    }


def _from_data(data: dict[str, Any]) -> Diagnostic:
    return Diagnostic(**{**data, "at": tuple(data["at"]), "severity": Severity(data["severity"])})


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
