"""Paths on the command line -> paths of the repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from storesync.app.context import Context
from storesync.errors import UserError


def chosen(context: Context, known: Iterable[str], paths: Iterable[Path]) -> list[str]:
    """Return the known paths that lie at or below those named; all where none is named.

    Raises UserError for a path outside the repository or one that names nothing.
    """
    every = list(known)
    wanted = [_relative(context, path) for path in paths]
    if not wanted or "." in wanted:
        return every
    for name in wanted:
        if not any(path == name or path.startswith(f"{name}/") for path in every):
            message = f"{name}: no file that StoreSync reads"
            raise UserError(message, hint="name a file or folder below brands/ or templates/")
    return [
        path
        for path in every
        if any(path == name or path.startswith(f"{name}/") for name in wanted)
    ]


def _relative(context: Context, path: Path) -> str:
    full = (context.options.directory / path).resolve()
    try:
        return full.relative_to(context.root).as_posix()
    except ValueError:
        message = f"{path} lies outside the repository"
        raise UserError(message, hint=f"the repository is {context.root}") from None
