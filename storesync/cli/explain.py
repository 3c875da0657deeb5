"""`storesync explain`: which file and line set a value, and what it overrode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import UNSHALLOW, Context, note, say, say_json
from storesync.cli.context import make_context, tell_errors
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.catalog.catalog import Campaign, Catalog, Location
    from storesync.diagnostics import Diagnostic
    from storesync.resolve.explain import Explained
    from storesync.source.history import Commit

Place = tuple[str, int]


@click.command("explain")
@click.argument("campaign")
@click.argument("location")
@click.argument("variable", required=False)
@click.option("--channel", help="With the copy for this channel as one of the layers.")
@click.option("--locale", help="In this language; without it the location's main one.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    campaign: str,
    location: str,
    variable: str | None,
    channel: str | None,
    locale: str | None,
) -> int:
    """Say for each value of CAMPAIGN at LOCATION which file and line set it, and who wrote that.

    VARIABLE limits the answer to one name, or to all below it: location.address. Where copy says
    something else on some channels, it is told for each of them. A shallow clone cannot tell who
    wrote a line. Exit code 1 where a file that may say something has an error.
    """
    from storesync.app.find import find_campaign, find_location
    from storesync.app.proof.approvers import approvers_of
    from storesync.catalog.load import load
    from storesync.report.explain import Authors, as_data, as_text
    from storesync.resolve.explain import explain
    from storesync.resolve.placement import template_of

    context = make_context(ctx)
    context.check_format()
    catalog = load(context.work_tree)
    wanted = find_campaign(catalog, campaign)
    place = find_location(catalog, wanted.brand, location)
    template = template_of(catalog, wanted)
    if template is None:
        message = f"the template {wanted.file.template} cannot be used"
        raise UserError(message, hint="storesync validate says why")
    side = _side(wanted, place, channel, locale)
    found = explain(catalog.brands[wanted.brand], wanted, template, place, side)
    if variable is not None:
        found = _named(found, variable)
    lines = _lines(context, found)
    commits, unknown = _commits(context, set(lines.values()))
    written = {commit.id for commit in commits.values()}
    authors = Authors(lines, commits, unknown, approvers_of(context, written) if written else {})
    if context.format == "json":
        data = [as_data(item, authors) for item in found]
        say_json(
            {"brand": wanted.brand, "campaign": wanted.id, "location": place.id, "values": data}
        )
    else:
        for item in found:
            say(as_text(item, authors))
    return tell_errors(_unread(context, catalog, wanted, place))


def _unread(
    context: Context, catalog: Catalog, campaign: Campaign, location: Location
) -> list[Diagnostic]:
    """Return what is wrong with the files that a value may come from: what they say is not told."""
    from storesync.catalog.catalog import folders_above
    from storesync.catalog.layout import Kind, place_of
    from storesync.catalog.locate import locate

    def is_source(path: str) -> bool:
        found = place_of(path)
        if found is None or found.owner != campaign.brand:
            return False
        return (
            found.kind is Kind.BRAND
            or (found.kind is Kind.DEFAULTS and found.folder in folders_above(location.folder))
            or (found.kind is Kind.OVERRIDE and found[3:] == (location.id, campaign.id))
            or (found.kind is Kind.COPY and found.id == campaign.id)
        )

    wrong = [item for item in catalog.diagnostics if is_source(item.path)]
    return locate(wrong, context.work_tree) if wrong else []


def _side(
    campaign: Campaign, location: Location, channel: str | None, locale: str | None
) -> tuple[str, str] | None:
    """Return the channel and language that were asked for. Raises UserError."""
    from storesync.diagnostics import printable
    from storesync.resolve.explain import spoken

    if channel is None and locale is None:
        return None
    channels, locales = campaign.file.channels, spoken(campaign, location)
    if channel not in channels:
        message = (
            "which channel?" if channel is None else f"no {printable(channel)} in {campaign.name}"
        )
        raise UserError(message, hint=f"--channel is one of {', '.join(channels)}")
    if not locales or (locale is not None and locale not in locales):
        message = f"{campaign.name} does not go out at {location.id}" + (
            f" in {printable(locale)}" if locale else ""
        )
        raise UserError(message, hint=f"it does in {', '.join(locales) or 'no language'}")
    return channel, locale or locales[0]


def _named(found: list[Explained], variable: str) -> list[Explained]:
    below = f"{variable.rstrip('.')}."
    chosen = [item for item in found if item.name == variable or item.name.startswith(below)]
    if chosen:
        return chosen
    from storesync.diagnostics import did_you_mean

    names = [item.name for item in found]
    message = f'nothing sets "{variable}" here'
    raise UserError(message, hint=did_you_mean(variable, names) or f"there are {', '.join(names)}")


def _lines(context: Context, found: list[Explained]) -> dict[tuple[str, Any], Place]:
    """Return (path, at) -> path and line; each file is read again once."""
    from storesync.source.position import positions

    places: dict[str, set[Any]] = {}
    for item in found:
        for source in (*item.layers, *(copy.source for copy in item.copies)):
            places.setdefault(source.path, set()).add(source.at)
    lines: dict[tuple[str, Any], Place] = {}
    for path, ats in places.items():
        ordered = sorted(ats, key=str)
        found_at = positions(path, context.work_tree.read(path), ordered)
        for at, (line, _) in zip(ordered, found_at, strict=True):
            lines[path, at] = (path, line)
    return lines


def _commits(context: Context, places: set[Place]) -> tuple[dict[Place, Commit], str]:
    """Return place -> the commit that wrote the line, and what to say of the others."""
    from storesync.source.history import blame

    try:
        repository = context.repository
    except UserError:
        return {}, "no Git repository"
    if repository.shallow:
        missing = "note: this clone is shallow: older commits are missing, so it cannot tell"
        note(context, f"{missing} who wrote a line\n  hint: {UNSHALLOW}")
        return {}, "not known: this clone is shallow"
    commits: dict[Place, Commit] = {}
    for path in {path for path, _ in places}:
        lines = [line for name, line in places if name == path]
        for line, commit in blame(repository, path, lines, None).items():
            commits[path, line] = commit
    return commits, "not committed yet"
