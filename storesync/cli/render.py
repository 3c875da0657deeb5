"""`storesync render`: what customers would see, to a folder or the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storesync.cli.context import Context, at_option, make_context, note, parse_at, say, say_json
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece


@click.command("render")
@click.argument("campaign", required=False)
@click.option("--location", help="Only this location.")
@click.option("--channel", help="Only this channel.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write files here.")
@at_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    campaign: str | None,
    location: str | None,
    channel: str | None,
    out: Path | None,
    at: str | None,
) -> int:
    """Render CAMPAIGN (default: all) from the files on disk, after validating them.

    Without --out one artifact is shown on the terminal: name a campaign and, best, a location.
    A campaign with an error is not written; the others are. Exit code 1 where there is an error.
    """
    context = make_context(ctx)
    context.check_format()
    if channel is not None:
        from storesync.cli.find import check_channel

        check_channel(channel)
    moment = parse_at(at, context.now)
    if out is None and campaign is None:
        message = "name a campaign to show, or a folder to write to"
        raise UserError(message, hint="storesync render CAMPAIGN, or storesync render --out DIR")
    if out is not None:
        out = (context.options.directory / out).resolve()
        unchanged = _unchanged(context, out, (campaign, location, channel, at))
        if unchanged is not None:
            return _report(context, out, unchanged, 0)
    from storesync.cli.chain import open_chain
    from storesync.cli.collection import without_collection

    with without_collection():
        chain = open_chain(context, context.work_tree, moment)
        pieces = _chosen(chain, campaign, location, channel)
        if out is None:
            return _show(chain, pieces)
        return _write(chain, pieces, out, (campaign, location, channel, at))


def _chosen(
    chain: Chain, campaign: str | None, location: str | None, channel: str | None
) -> list[Piece]:
    from storesync.cli.find import find_campaign, find_location

    pieces = list(chain.assessment.pieces())
    if campaign is not None:
        wanted = find_campaign(chain.catalog, campaign)
        pieces = [item for item in pieces if item.key[:2] == (wanted.brand, wanted.id)]
        if location is not None:
            find_location(chain.catalog, wanted.brand, location)
    if location is not None:
        pieces = [item for item in pieces if item.key.location == location]
    if channel is not None:
        pieces = [item for item in pieces if item.key.channel == channel]
    if not pieces and (campaign or location or channel):
        message = "nothing to render: no such placement"
        raise UserError(message, hint="storesync plan --format json lists what is skipped and why")
    return pieces


def _show(chain: Chain, pieces: list[Piece]) -> int:
    context = chain.context
    first = [item for item in pieces if item.key.location == pieces[0].key.location]
    if len(first) < len(pieces):
        note(context, f"showing {pieces[0].key.location}; name another one with --location")
    results = list(chain.produce(first, bodies=True))
    found = chain.diagnose(results)
    errors = [item for item in found if item.severity == "error"]
    artifacts = [
        {**piece.key._asdict(), "fingerprint": item.fingerprint, "parts": dict(item.artifact.parts)}
        for piece, item in results
        if item.artifact is not None
    ]
    if context.format == "json":
        say_json({"artifacts": artifacts})
    else:
        for artifact in artifacts:
            for part, text in artifact["parts"].items():
                say(
                    f"--- {artifact['channel']} {artifact['locale']} {artifact['location']}: {part}"
                )
                say(text.rstrip("\n"))
    return _fail(errors) if any(item.failure for _, item in results) else 0


def _fail(errors: list[Diagnostic]) -> int:
    from storesync.report.diagnostics import as_text

    click.echo(as_text(errors, lambda _path: None), err=True)
    return EXIT_ERRORS


def _unchanged(context: Context, out: Path, arguments: tuple[str | None, ...]) -> int | None:
    """Return how many files a run with the same input wrote there, None if none did."""
    from storesync.cli.rendered import Rendered

    done = Rendered(out)
    return done.count if done.key == _key(context, arguments) and done.is_complete() else None


def _key(context: Context, arguments: tuple[str | None, ...]) -> str:
    from storesync.cli.tree_key import tree_key

    return tree_key(context.work_tree, *(item or "" for item in arguments))


def _write(chain: Chain, pieces: list[Piece], out: Path, arguments: tuple[str | None, ...]) -> int:
    from storesync.cli.rendered import Rendered, write

    context = chain.context
    done = Rendered(out)
    done.check()
    stopped = _stopped(chain, pieces)
    broken = write(chain, [item for item in pieces if item.key[:2] not in stopped], done)
    errors = [item for item in chain.diagnose(broken) if item.severity == "error"]
    kept = [f"{brand}/{name}" for brand, name in {*stopped, *(item.key[:2] for item, _ in broken)}]
    done.finish("" if errors else _key(context, arguments), kept)
    chain.finish()
    _report(context, out, done.count, len(errors))
    return _fail(errors) if errors else 0


def _stopped(chain: Chain, pieces: list[Piece]) -> set[tuple[str, str]]:
    """Return the campaigns, as (brand, campaign), that have an error in their files."""
    from storesync.publish.frozen import Frozen

    frozen = Frozen(chain.catalog, chain.assessment.diagnostics(chain.at))
    names = {item.key[:2] for item in pieces}
    for brand in chain.catalog.brands.values():  # also of those that could not be read
        names |= {(brand.id, name) for name in (*brand.campaigns, *brand.broken_campaigns)}
    return {name for name in names if frozen.campaign(*name)}


def _report(context: Context, out: Path, count: int, errors: int) -> int:
    if context.format == "json":
        say_json({"out": str(out), "files": count, "errors": errors})
    else:
        say(f"{count:,} files in {out}")
    return EXIT_ERRORS if errors else 0
