"""New files of people: checked before anything is written, and written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storesync.app.context import Context, say, say_json
from storesync.diagnostics import has_errors, printable
from storesync.errors import UserError


def write_new(context: Context, files: Mapping[str, tuple[str, Any]]) -> int:
    """Write new files and say so: path -> kind of schema and data, or "" and text.

    None of them may exist; each is read again first, so that it is valid. Raises UserError.
    """
    texts: dict[str, str] = {}
    for path, (kind, content) in files.items():
        _check_name(path)
        if (context.root / path).exists():
            message = f"{path} exists already; nothing was written"
            raise UserError(message, hint="choose another id, or edit the file")
        texts[path] = content if isinstance(content, str) else _dumped(path, kind, content)
    check_texts(texts)
    write_all(context.root, {path: text.encode() for path, text in texts.items()})
    if context.format == "json":
        say_json({"written": sorted(texts)})
    else:
        for path in texts:
            say(path)
    return 0


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that a full disk leaves no part of it.

    Raises OSError.
    """
    path = path.resolve()  # a link stays one
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe takes what comes
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.unlink(missing_ok=True)  # of a run that was killed, or a link that leads elsewhere
        with beside.open("xb") as file:
            if path.exists():
                shutil.copymode(path, beside)
            file.write(data)
        beside.replace(path)
    except BaseException as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write new files; where one fails none is left, nor a folder that was made for them."""
    made: list[Path] = []
    try:
        for path, data in files.items():
            full = root / path
            for folder in reversed(full.parents):
                if not folder.exists():
                    folder.mkdir()
                    made.append(folder)
            write_whole(full, data)
            made.append(full)
    except BaseException:
        for each in reversed(made):
            each.rmdir() if each.is_dir() else each.unlink()
        raise


def _dumped(path: str, kind: str, data: Mapping[str, Any]) -> str:
    from storesync.source.emit import dump, modeline

    return dump(data, comment=modeline(path, kind))


def _check_name(path: str) -> None:
    """Raise UserError where a file's name or a folder's cannot be an id."""
    from storesync.catalog.layout import check_path, place_of

    place = place_of(path)
    for found in check_path(path, place) if place else ():
        raise UserError(f"{printable(path)} would not be valid: {found.message}", hint=found.hint)


def check_texts(texts: Mapping[str, str]) -> None:
    """Raise UserError where a text by path is no valid file of its kind."""
    from storesync.catalog.check import check
    from storesync.catalog.layout import Kind, place_of
    from storesync.catalog.models import model_of
    from storesync.source.yaml import read

    for path, text in texts.items():
        place = place_of(path)
        if place is None or place.kind is Kind.PART:
            continue
        document, found = read(path, text.encode())
        if document is not None:
            found = [*found, *check(document, model_of(place.kind))[1]]
        if has_errors(found):
            message = f"{path} would not be valid: {found[0].message}"
            raise UserError(message, hint=found[0].hint or "give other values")
