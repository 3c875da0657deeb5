"""`storesync render`: what customers would see, to a folder or the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storesync.app.context import Context, note, say, say_json
from storesync.app.publishing.render_folder import Wanted, chosen, render_folder
from storesync.app.publishing.rendered import Rendered
from storesync.cli.context import at_option, make_context, parse_at
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.render.artifact import Artifact


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
        from storesync.app.find import check_channel

        check_channel(channel)
    moment = parse_at(at, context.now)
    if out is None and campaign is None:
        message = "name a campaign to show, or a folder to write to"
        raise UserError(message, hint="storesync render CAMPAIGN, or storesync render --out DIR")
    wanted = Wanted(campaign, location, channel, at)
    if out is None:
        return _show(context, moment, wanted)
    done = Rendered((context.options.directory / out).resolve())
    try:
        errors = render_folder(context, done, moment, wanted)
    except OSError as error:
        done.abandon()
        if not _is_about(error, done.out):
            raise
        message = f"cannot write {error.filename}: {error.strerror}"
        raise UserError(message, hint="name a folder that can be written with --out") from error
    return _report(context, done, errors)


def _is_about(error: OSError, out: Path) -> bool:
    """Say whether an error is about the folder to write to, or about one on the way to it."""
    if not isinstance(error.filename, str):
        return False
    path = Path(error.filename)
    return path.is_relative_to(out) or out.is_relative_to(path)


def _show(context: Context, moment: datetime, wanted: Wanted) -> int:
    from storesync.app.chain import open_chain
    from storesync.app.garbage import without_collection

    with without_collection():
        chain = open_chain(context, context.work_tree, moment)
        return _show_some(chain, chosen(chain, wanted))


def _show_some(chain: Chain, pieces: list[Piece]) -> int:
    context = chain.context
    first = [item for item in pieces if item.key.location == pieces[0].key.location]
    if len(first) < len(pieces):
        note(context, f"showing {pieces[0].key.location}; name another one with --location")
    results = list(chain.produce(first, bodies=True))
    found = chain.diagnose(results)
    errors = [item for item in found if item.severity == "error"]
    shown = [(piece, item, item.artifact) for piece, item in results if item.artifact]
    if context.format == "json":
        rows = [
            {**piece.key._asdict(), "fingerprint": item.fingerprint, "parts": dict(artifact.parts)}
            for piece, item, artifact in shown
        ]
        say_json({"artifacts": rows})
    else:
        _say_texts((piece, artifact) for piece, _, artifact in shown)
    return _fail(errors) if any(item.failure for _, item in results) else 0


def _say_texts(shown: Iterable[tuple[Piece, Artifact]]) -> None:
    """Say what customers would see; of a placement that changes in its time, from when on."""
    seen = set()
    for piece, artifact in shown:
        key = piece.key
        later = f" from {piece.starts:%Y-%m-%d %H:%MZ}" if key in seen else ""
        seen.add(key)
        for part, text in artifact.parts.items():
            say(f"--- {key.channel} {key.locale} {key.location}{later}: {part}")
            say(text.rstrip("\n"))


def _fail(errors: list[Diagnostic]) -> int:
    from storesync.report.diagnostics import as_text

    click.echo(as_text(errors, lambda _path: None), err=True)
    return EXIT_ERRORS


def _report(context: Context, done: Rendered, errors: list[Diagnostic]) -> int:
    if context.format == "json":
        say_json({"out": str(done.out), "files": done.count, "errors": len(errors)})
    else:
        say(f"{done.count:,} files in {done.out}")
    return _fail(errors) if errors else 0
