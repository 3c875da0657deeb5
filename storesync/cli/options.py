"""The global options: they may stand before or behind the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from storesync.app.context import Options

FORMATS = ("text", "json", "markdown", "github", "sarif")


def _store(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def callback(ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
        options = ctx.ensure_object(Options)
        if value is not None and value is not False:
            setattr(options, name, value)
            if name == "format":
                options.format_given = True
        return value

    return callback


def _no_color(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click calls it so
    if value:
        ctx.ensure_object(Options).color = False
        ctx.color = False
    return value


def _directory() -> click.Option:
    return click.Option(
        ["-C", "directory"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Work in this folder's repository.",
        expose_value=False,
        callback=_store("directory"),
    )


def _format() -> click.Option:
    return click.Option(
        ["--format"],
        type=click.Choice(FORMATS),
        help="text or json; validate also github and sarif, plan also markdown.",
        expose_value=False,
        callback=_store("format"),
    )


def _quiet() -> click.Option:
    return click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        help="Only results and errors.",
        expose_value=False,
        callback=_store("quiet"),
    )


def _verbose() -> click.Option:
    return click.Option(
        ["-v", "--verbose"],
        is_flag=True,
        help="Every single change, not groups.",
        expose_value=False,
        callback=_store("verbose"),
    )


def _plain() -> click.Option:
    return click.Option(
        ["--no-color"],
        is_flag=True,
        help="No colour (NO_COLOR is respected too).",
        expose_value=False,
        callback=_no_color,
    )


OPTIONS: tuple[Callable[[], click.Option], ...] = (_directory, _format, _quiet, _verbose, _plain)
