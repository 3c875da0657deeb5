"""Plug-ins by name: found among the installed packages' entry points, loaded when asked for.

A plug-in runs with the secrets of whoever publishes, and pull requests come from anyone. So a
name in `storesync.yaml` only chooses among what is installed and allowed; no path is ever taken
from a file, and nothing that lies in the repository is imported.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Callable, Collection, Iterable
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path
from typing import Any, cast

import storesync
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.plugins.copywriter import Copywriter, CopywriterCapabilities, CopywriterSetting
from storesync.plugins.embedder import Embedder, EmbedderCapabilities, EmbedderSetting
from storesync.plugins.forge import Forge, ForgeCapabilities, ForgeSetting
from storesync.plugins.protocols import Capabilities, Channel, ChannelSetting

CHANNELS = "storesync.channels"
# Of the same names: what tells whether a channel's options are right, without opening it.
CHANNEL_CHECKS = "storesync.channel_checks"
EMBEDDERS = "storesync.embedders"
FORGES = "storesync.forges"
COPYWRITERS = "storesync.copywriters"
# Plain Git: it runs nothing and asks nobody, so no list has to allow it.
LOCAL = "local"
# A model on this machine: it asks nobody either.
MINILM = "minilm"
# Runs only when `generate` or a search is asked for, and the settings have to name it themselves.
OPENAI = "openai"


class WrongOptionsError(UserError):
    """A plug-in does not take the options that it is given."""


def check_channel(name: str, setting: ChannelSetting, allowed: Collection[str]) -> None:
    """Raise UserError where a channel's plug-in cannot be used, as far as tells without opening it.

    Nothing of the plug-in is imported but the check that its package declares for options, if any:
    a function of the setting that raises UserError, writes nothing, and asks nobody.
    """
    check_allowed(name, allowed)
    find(CHANNELS, name, setting.root)
    if any(entry.name == name for entry in installed(CHANNEL_CHECKS, setting.root)):
        check = load(find(CHANNEL_CHECKS, name, setting.root))
        try:
            check(setting)
        except UserError as error:
            raise WrongOptionsError(error.message, hint=error.hint) from error


def open_channel(name: str, setting: ChannelSetting, allowed: Collection[str]) -> Channel:
    """Return the channel that the plug-in `name` makes of a setting.

    `allowed` are the names under `plugins:` in `storesync.yaml`. Raises UserError where the
    plug-in is not allowed, not installed, installed twice, broken or incomplete, where its code
    lies in the repository, and what the plug-in itself raises.
    """
    check_channel(name, setting, allowed)
    entry = find(CHANNELS, name, setting.root)
    channel = _made(entry, setting)
    _check_members(entry, channel, Channel, Capabilities)
    return channel  # type: ignore[no-any-return]  # its members were just looked at


def open_forge(name: str, setting: ForgeSetting, allowed: Collection[str]) -> Forge:
    """Return the forge that the plug-in `name` makes of a setting; raises as `open_channel`."""
    check_allowed(name, {*allowed, LOCAL})
    entry = find(FORGES, name, setting.root)
    forge = _made(entry, setting)
    _check_members(entry, forge, Forge, ForgeCapabilities)
    return forge  # type: ignore[no-any-return]  # its members were just looked at


def open_copywriter(name: str, setting: CopywriterSetting, allowed: Collection[str]) -> Copywriter:
    """Return the copywriter that the plug-in `name` makes of a setting; as `open_channel`."""
    check_allowed(name, {*allowed, OPENAI})
    entry = find(COPYWRITERS, name, setting.root)
    copywriter: Copywriter = _made(entry, setting)
    _check_members(entry, copywriter, Copywriter, CopywriterCapabilities)
    return copywriter


def open_embedder(
    name: str, setting: EmbedderSetting, allowed: Collection[str], root: Path
) -> Embedder:
    """Return the embedder that the plug-in `name` makes of a setting; raises as `open_channel`."""
    check_allowed(name, {*allowed, MINILM, OPENAI})
    entry = find(EMBEDDERS, name, root)
    embedder = _made(entry, setting)
    _check_members(entry, embedder, Embedder, EmbedderCapabilities)
    return cast("Embedder", embedder)  # its members were just looked at


def _made(entry: EntryPoint, setting: Any) -> Any:
    """Return what a plug-in's factory makes of a setting. Raises UserError."""
    factory = load(entry)
    try:
        return factory(setting)
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # someone else's code can raise anything
        detail = printable(f"{type(error).__name__}: {error}", limit=300)
        raise UserError(
            f"{_called(entry)} cannot be opened ({detail})", hint="update or remove the package"
        ) from error


def _check_members(entry: EntryPoint, plugin: Any, protocol: type, capabilities: type) -> None:
    """Raise UserError where a plug-in is not what its protocol says."""
    missing = missing_members(plugin, protocol)
    if missing:
        raise UserError(
            f"{_called(entry)} lacks {', '.join(missing)}", hint="update or remove the package"
        )
    if not isinstance(plugin.capabilities, capabilities):
        raise UserError(
            f"{_called(entry)} has no {capabilities.__name__}", hint="update the package"
        )


def check_allowed(name: str, allowed: Collection[str]) -> None:
    """Raise UserError where a plug-in is not one of `allowed`."""
    if name not in allowed:
        shown = printable(name)
        hint = did_you_mean(name, allowed) or f'add "{shown}" under plugins: in storesync.yaml'
        raise UserError(f'the plug-in "{shown}" is not allowed here', hint=hint)


def installed(group: str, root: Path) -> list[EntryPoint]:
    """Return a group's entry points, sorted; none of packages that lie in the repository."""
    declared = _declared(group, tuple(sys.path))
    found = [entry for entry in declared if not _is_inside(_home(entry), root)]
    return sorted(found, key=lambda entry: (entry.name, entry.value))


@functools.lru_cache(maxsize=8)
def _declared(group: str, path: tuple[str, ...]) -> EntryPoints:
    """Return what all packages on a path declare in a group: to read a hundred takes 15 ms."""
    del path
    return entry_points(group=group)


def find(group: str, name: str, root: Path) -> EntryPoint:
    """Return the one entry point of a name, not yet loaded. Raises UserError."""
    known = installed(group, root)
    found = [entry for entry in known if entry.name == name]
    if not found:
        raise UserError(
            f'no installed package has the plug-in "{printable(name)}"',
            hint=did_you_mean(name, {entry.name for entry in known}) or "install its package",
        )
    if len(found) > 1:
        owners = " and ".join(_package(entry) for entry in found)
        raise UserError(f'both {owners} have a plug-in "{name}"', hint="remove one of them")
    if any(_is_inside(path, root) for path in _code(found[0])):
        raise UserError(
            f"the code of {_called(found[0])} lies in the repository,"
            " where a pull request can change it",
            hint="install the package from somewhere else",
        )
    return found[0]


def load(entry: EntryPoint) -> Callable[[Any], Any]:
    """Import an entry point's factory. Raises UserError that names the package."""
    try:
        factory = entry.load()
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # importing someone else's code can raise anything
        detail = printable(f"{type(error).__name__}: {error}")
        raise UserError(
            f"{_called(entry)} cannot be loaded ({detail})", hint="update or remove the package"
        ) from error
    if not callable(factory):
        raise UserError(f"{_called(entry)} is no factory", hint="update or remove the package")
    return factory  # type: ignore[no-any-return]  # callable is all that can be known of it


def missing_members(plugin: object, protocol: type) -> list[str]:
    """Return the members of a protocol that an object lacks: absent, or a method not callable."""
    methods = [name for name in vars(protocol) if not name.startswith("_")]
    lacking = [name for name in protocol.__annotations__ if not hasattr(plugin, name)]
    return lacking + [name for name in methods if not callable(getattr(plugin, name, None))]


def _called(entry: EntryPoint) -> str:
    return f'the plug-in "{entry.name}" of {_package(entry)}'


def _package(entry: EntryPoint) -> str:
    return printable(f"{entry.dist.name} {entry.dist.version}") if entry.dist else "a package"


def _home(entry: EntryPoint) -> Path:
    """Return the folder in which an entry point's package is installed."""
    return Path(str(entry.dist.locate_file(""))) if entry.dist else Path(sys.prefix)


def _code(entry: EntryPoint) -> Iterable[Path]:
    """Return where an entry point's code lies, without running any of it."""
    name = entry.module.partition(".")[0]
    if name == storesync.__name__:
        return []  # we run already, from wherever we are
    spec = importlib.util.find_spec(name)
    if spec is None:
        return []  # loading it will say so
    places = [*(spec.submodule_search_locations or ()), spec.origin or ""]
    return [Path(place) for place in places if os.path.isabs(place)]  # noqa: PTH117 - a text


def _is_inside(path: Path, root: Path) -> bool:
    """Say whether a path lies in the repository; our own environment may lie in it, too."""
    place, top = path.resolve(), root.resolve()
    return place.is_relative_to(top) and not place.is_relative_to(Path(sys.prefix).resolve())
