"""A copy file on disk: whose words it holds, and writing it anew without losing anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storesync.app.files import check_texts, write_whole
from storesync.copywriting.filing import is_ours
from storesync.copywriting.journal import exclusive
from storesync.errors import UserError
from storesync.source.cache import FOLDER
from storesync.source.yaml import read

# What people add beside generated words stays when these are written anew.
_KEPT = ("waive", "notes")


@dataclass(frozen=True)
class CopyOnDisk:
    """What stood there. `raw` None: nothing. `kept` are people's own parts beside the words."""

    path: str
    raw: bytes | None
    is_edited: bool = False
    brief: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)


def look_at(root: Path, path: str) -> CopyOnDisk:
    """Return what stands at a path now. Raises UserError where a link leads elsewhere."""
    full = root / path
    if full.resolve() != root.resolve() / path:
        raise UserError(f"{path} leads out of its folder", hint="take the link away")
    try:
        raw = full.read_bytes()
    except FileNotFoundError:
        return CopyOnDisk(path, None)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    document, found = read(path, raw)
    if document is None or any(item.severity == "error" for item in found):
        return CopyOnDisk(path, raw, is_edited=True)
    data = document.data
    provenance = data.get("provenance")
    said: Mapping[str, Any] = provenance if isinstance(provenance, Mapping) else {}
    parameters = said.get("parameters")
    return CopyOnDisk(
        path,
        raw,
        is_edited=not is_ours(data),
        brief=str(said.get("brief", "")),
        parameters=dict(parameters) if isinstance(parameters, Mapping) else {},
        texts=_texts(data.get("values")),
        kept={name: data[name] for name in _KEPT if name in data},
    )


def _texts(values: object) -> dict[str, list[str]]:
    if not isinstance(values, Mapping):
        return {}
    return {
        str(name): [str(item) for item in text["vary"]]
        if isinstance(text, Mapping)
        else [str(text)]
        for name, text in values.items()
    }


def write_copy(root: Path, before: CopyOnDisk, text: str) -> bool:
    """Write a copy file whole; False where it is no longer as it was looked at.

    Raises UserError where the text would be no valid file.
    """
    check_texts({before.path: text})
    with exclusive(root / FOLDER, "copy"):  # two runs would write the same file beside it
        if look_at(root, before.path).raw != before.raw:
            return False
        full = root / before.path
        full.parent.mkdir(parents=True, exist_ok=True)
        write_whole(full, text.encode())
        return True
