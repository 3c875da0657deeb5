"""Copies of what is there: the files of a template or a campaign, under another id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.tree import Tree

_TEMPLATE = "/template.yaml"
_CAMPAIGN = "/campaign.yaml"
# What a campaign was called, how often it was revised, and that it was cancelled.
_ITS_OWN = ("formerly", "revision", "cancelled")


def template_copy(tree: Tree, source: str, target: str) -> dict[str, str]:
    """Return the files of a copy of the template in a folder, by path. Raises UserError."""
    every = tree.paths()
    paths = [path for path in every if path.startswith(f"{source}/")]
    if source + _TEMPLATE not in paths:
        ends = [path.removesuffix(_TEMPLATE) for path in every if path.endswith(_TEMPLATE)]
        known = ", ".join(path.removeprefix("templates/") for path in ends)
        raise UserError(f"there is no {printable(source)}", hint=f"--from is one of {known}")
    return {target + path.removeprefix(source): _text(tree, path) for path in paths}


def campaign_copy(
    tree: Tree, source: str, target: str, changes: Mapping[str, Any]
) -> dict[str, str]:
    """Return the files of a copy of the campaign in a folder, with other values in its file.

    What only the old one is about stays behind. Raises UserError.
    """
    from storesync.source.edit import delete, set_value

    try:
        text = _text(tree, source + _CAMPAIGN)
    except KeyError:
        message = f"there is no {source}{_CAMPAIGN}"
        raise UserError(message, hint="--from names a campaign of the same brand") from None
    for key in _ITS_OWN:
        text = delete(text, (key,))
    for key, value in changes.items():
        text = set_value(text, (key,), value)
    files = {target + _CAMPAIGN: text}
    for path in tree.paths():
        if path.startswith(f"{source}/copy/") and path.endswith(".yaml"):
            # The words were drafted for other facts, and checked against these.
            words = delete(_text(tree, path), ("provenance",))
            files[target + path.removeprefix(source)] = words
    return files


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path).decode()
    except UnicodeDecodeError:
        message = f"{printable(path)} is no text in UTF-8"
        raise UserError(message, hint="storesync validate says what is wrong with it") from None
