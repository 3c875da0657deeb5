"""What was read of a YAML file: dicts, lists and text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from storesync.diagnostics import Diagnostic
from storesync.source.scalar import Plain

At = tuple[str | int, ...]


class Document(NamedTuple):
    """One file's content: `data` is made of dict, list and text (`Plain` where YAML 1.2 sees none).

    An entry without a value (`key:`) is absent; an empty list item is None, and an error.
    `plains` are the places of every `Plain`, None where nobody has looked for them.
    """

    path: str
    data: Any
    plains: tuple[At, ...] | None = None


def restored(path: str, data: Any, places: Iterable[Sequence[str | int]]) -> Document:
    """Return a document whose data were JSON meanwhile; `places` are those of every `Plain`."""
    plains: tuple[At, ...] = tuple(map(tuple, places))
    for at in plains:
        holder = data
        for part in at[:-1]:
            holder = holder[part]
        holder[at[-1]] = Plain(holder[at[-1]])
    return Document(path, data, plains)


def was_cut(found: Iterable[Diagnostic]) -> bool:
    """Say whether a file was too large, so that what is missing may stand in what was not read."""
    return any(item.rule == "yaml-size" for item in found)
