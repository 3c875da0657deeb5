"""A folder on the disk: what happened to the names in it outlasts a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut: git syncs the file but not its folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # refs are stored in another way (reftable), which git syncs itself
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
