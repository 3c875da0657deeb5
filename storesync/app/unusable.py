"""Channels that `publish` could not open: told by `validate` and `plan`, which open none.

Both look at proposals of anybody. So a plug-in is only looked up by its name, and its options are
shown to the check that its package declares, if any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from storesync.app.settings import section
from storesync.diagnostics import Diagnostic
from storesync.errors import UserError
from storesync.source.tree import SETTINGS, Tree

DEFAULT = "outbox"


def unusable(root: Path, settings: Mapping[str, Any]) -> dict[str, UserError]:
    """Return the kinds that settings name a plug-in for that cannot be used, and why.

    What has not the form that settings have is passed over: its file is told of that.
    """
    named = {kind: item for kind, item in section(settings, "channels").items() if _says(item)}
    if not named:
        return {}
    from storesync.plugins.protocols import ChannelSetting
    from storesync.plugins.registry import check_channel

    found = {}
    for kind, item in named.items():
        given = ChannelSetting(root, section(item, "options"))
        try:
            check_channel(str(item.get("plugin", DEFAULT)), given, allowed_plugins(settings))
        except UserError as error:
            found[kind] = error
    return found


def allowed_plugins(settings: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the plug-ins that settings let run."""
    named = settings.get("plugins")
    names = [item for item in named if isinstance(item, str)] if isinstance(named, list) else []
    return frozenset(names or [DEFAULT])


def _says(item: object) -> bool:
    """Say whether a channel's setting is one, and more than what needs no setting."""
    if not isinstance(item, dict) or not isinstance(item.get("plugin", ""), str):
        return False
    options = item.get("options", {})
    is_sound = isinstance(options, dict) and all(
        isinstance(one, str) and one.strip() for one in options.values()
    )
    return is_sound and bool(options or item.get("plugin", DEFAULT) != DEFAULT)


def as_diagnostics(closed: Mapping[str, UserError]) -> Iterator[Diagnostic]:
    """Yield what is wrong with channels, at their settings."""
    from storesync.plugins.registry import WrongOptionsError

    for kind, error in closed.items():
        at = ("channels", kind, "options" if isinstance(error, WrongOptionsError) else "plugin")
        yield Diagnostic("unknown-plugin", error.message, SETTINGS, at, hint=error.hint)


def unusable_in(root: Path, tree: Tree) -> dict[str, UserError]:
    """Return what `unusable` does, by the storesync.yaml of a tree; nothing where it has none."""
    from storesync.source.yaml import read

    if SETTINGS not in tree.paths():
        return {}
    document, _ = read(SETTINGS, tree.read(SETTINGS))
    return {} if document is None else unusable(root, document.data)


def channel_problems(root: Path, tree: Tree) -> list[Diagnostic]:
    """Return what is wrong with the channels that a tree's storesync.yaml names, located.

    It is never remembered: what is installed may be another thing the next time.
    """
    closed = unusable_in(root, tree)
    if not closed:
        return []
    from storesync.catalog.locate import locate

    return locate(as_diagnostics(closed), tree)
