"""`storesync init`: a new campaign repository in which every command works at once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from storesync.app.context import say, say_json
from storesync.app.scaffold import scaffold
from storesync.cli.context import make_context
from storesync.diagnostics import printable
from storesync.errors import UserError


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, *, folder: Path | None) -> int:
    """Make a Git repository in DIR (default: here): one brand, a campaign, a first commit."""
    from storesync.app.files import write_all
    from storesync.source.begin import begin

    context = make_context(ctx)
    context.check_format()
    target = (context.options.directory / (folder or Path())).resolve()
    files = _files(f"r{secrets.token_hex(16)}")
    _check(target, files)
    try:
        write_all(target, files)
    except FileNotFoundError as error:  # a file system without new folders, such as /proc
        message = f"cannot make {printable(str(error.filename))}"
        raise UserError(message, hint="name another place") from error
    commit = begin(target, sorted(files), "Start with StoreSync")
    if context.format == "json":
        say_json({"directory": str(target), "files": sorted(files), "commit": commit})
    else:
        say(f"{len(files)} files in {os.path.relpath(target)}, committed as {commit[:10]}")
        say(
            "next: storesync validate, then storesync publish and open .storesync/outbox/index.html"
        )
    return 0


def _files(repository_id: str) -> dict[str, bytes]:
    from storesync.catalog.schema import schemas

    files = {f"schemas/{name}": text.encode() for name, text in schemas().items()}
    return files | scaffold(repository_id)


def _check(target: Path, files: dict[str, bytes]) -> None:
    taken = sorted(path for path in files if (target / path).exists())
    if taken:
        message = f"{taken[0]} exists already in {target}"
        raise UserError(
            message, hint="init writes into a folder without such files; nothing was written"
        )
    for parent in (target, *target.parents):
        if parent != target and (parent / "storesync.yaml").exists():
            message = f"{parent} is a campaign repository already"
            raise UserError(message, hint="choose a folder outside of it")
