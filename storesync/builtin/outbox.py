"""The channel `outbox`: deliveries as files, in a folder or on a Git branch. No account needed."""

from __future__ import annotations

import re
from pathlib import Path

from storesync.builtin.outbox_folder import FolderOutbox
from storesync.builtin.outbox_index import OWN
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.plugins.protocols import Channel, ChannelSetting
from storesync.source.cache import FOLDER as LOCAL
from storesync.source.tree import ROOTS

DEFAULT_FOLDER = f"{LOCAL}/outbox"
OPTIONS = ("folder", "branch")

_NAME = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._ +-]*\Z")
_LONGEST = 200
# A part of a branch's name that git check-ref-format takes, and a shell, too.
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*\Z")
_OTHERS = (".git", ".github", *(root.rstrip("/") for root in ROOTS))


def open_outbox(setting: ChannelSetting) -> Channel:
    """Return the outbox that a channel's options name: `folder` or `branch`, not both.

    `folder` is relative to the repository and defaults to `.storesync/outbox`; `branch` is a
    local branch that holds nothing else. Raises UserError where an option is unknown or names a
    place that is not the outbox's to write in.
    """
    for name in setting.options:
        if name not in OPTIONS:
            hint = did_you_mean(name, OPTIONS) or "it has folder and branch"
            raise UserError(f'the outbox has no option "{printable(name)}"', hint=hint)
    branch = setting.options.get("branch")
    if branch is None:
        return _open_folder(setting.root, setting.options.get("folder", DEFAULT_FOLDER))
    if "folder" in setting.options:
        raise UserError("the outbox has both a folder and a branch", hint="take one of them out")
    return _open_branch(setting.root, branch)


def check_outbox(setting: ChannelSetting) -> None:
    """Raise UserError as `open_outbox` does: to open it reads this repository and nothing else."""
    open_outbox(setting)


def _open_folder(root: Path, written: str) -> FolderOutbox:
    names = [name for name in written.split("/") if name not in {"", "."}]
    folder = "/".join(names)
    is_inside = not written.startswith("/") and all(map(_NAME.match, names)) and ".." not in names
    if not names or not is_inside or len(written) > _LONGEST:
        raise UserError(
            f'the outbox cannot be in "{printable(written, limit=_LONGEST)}"',
            hint=f"name a folder of its own inside the repository, such as {DEFAULT_FOLDER}",
        )
    if names[0].lower() in _OTHERS or folder.lower() in {LOCAL, f"{LOCAL}/cache"}:
        raise UserError(
            f"the outbox cannot be in {folder}, which is for other files",
            hint=f"take {DEFAULT_FOLDER}, or another folder of its own",
        )
    _check_links(root, names)
    _check_content(root / folder, folder)
    return FolderOutbox(root, folder)


def _check_links(root: Path, names: list[str]) -> None:
    path = root
    for name in names:
        path /= name
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise UserError(
                f"the outbox cannot be in {'/'.join(names)}: {name} is a link or a file",
                hint="the outbox follows no links: name another folder",
            )


def _check_content(path: Path, folder: str) -> None:
    """Refuse a folder that holds something and is no outbox: its pages would be written over."""
    try:
        names = [entry.name for entry in path.iterdir()] if path.exists() else []
    except OSError as error:
        raise UserError(f"cannot read the outbox {folder}: {error.strerror}") from error
    if OWN not in names and any(not name.startswith(".") for name in names):
        raise UserError(
            f"the folder {folder} holds other files and is no outbox",
            hint="name an empty folder, or one that does not exist yet",
        )


def _open_branch(root: Path, name: str) -> Channel:
    is_name = _BRANCH.match(name) and ".." not in name and "/." not in name
    if not is_name or name.endswith((".lock", ".")) or ".lock/" in name or len(name) > _LONGEST:
        raise UserError(f'"{printable(name)}" is no name for a branch', hint="write branch: outbox")
    if name.startswith("storesync/") or name == "HEAD":
        raise UserError(f"the branch {name} is for StoreSync's own records", hint="take outbox")
    # Only here: a folder needs neither git nor subprocess.
    from storesync.builtin.outbox_branch import open_branch

    return open_branch(root, name)
