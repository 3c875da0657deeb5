"""A YAML file's bytes -> a document of dicts, lists and text, and what is wrong with the file.

Every scalar stays the text that was written; the field's type decides later what it means. What a
program and a reviewer might read differently is refused: see DESIGN.md section 5.
"""

from __future__ import annotations

from dataclasses import replace

from storesync.diagnostics import Diagnostic, Severity
from storesync.source.document import Document
from storesync.source.entries import entries
from storesync.source.prescan import MAX_DIAGNOSTICS, scan


def read(path: str, raw: bytes) -> tuple[Document | None, list[Diagnostic]]:
    """Read a file, whatever its bytes; never raises.

    With an error among the diagnostics the document is there to be checked further and not to be
    used: refused characters are replaced, refused entries left out, of two equal keys the first
    counts. It is None where nothing sound is left. At most MAX_DIAGNOSTICS are returned.
    """
    body, found = scan(path, raw)
    if body is not None and not found and (sure := entries(body)) is not None:
        return Document(path, sure[0], tuple(sure[1])), found
    if body is None:
        return None, _limited(found)
    from storesync.source.nodes import (
        walked,  # PyYAML takes long to import, and many runs need none
    )

    document = walked(path, body, found)
    return document, _limited(found) if found else found


def _limited(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return at most MAX_DIAGNOSTICS, errors first; the last one then counts the others."""
    if len(found) <= MAX_DIAGNOSTICS:
        return found
    errors_first = sorted(found, key=lambda item: item.severity is not Severity.ERROR)
    kept = errors_first[: MAX_DIAGNOSTICS - 1]
    next_one = errors_first[MAX_DIAGNOSTICS - 1]
    message = f"{len(found) - len(kept)} more problems in this file from here on"
    return [*kept, replace(next_one, message=message, hint="")]
