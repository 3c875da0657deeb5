"""What the package has ready for a new repository."""

from __future__ import annotations

from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

_REPOSITORY = "{{repository}}"
_VERSION = "{{version}}"
# Named so in the package that tools do not take them for its own.
_RENAMED = {"gitignore": ".gitignore", "github": ".github"}


def scaffold(repository_id: str) -> dict[str, bytes]:
    """Return what the package has ready for a new repository: path -> content."""
    files: dict[str, bytes] = {}
    _collect(resources.files("storesync.scaffold"), "", files)
    filled = {_REPOSITORY: repository_id, _VERSION: version("storesync")}
    for mark, text in filled.items():
        files = {path: data.replace(mark.encode(), text.encode()) for path, data in files.items()}
    return files


def _collect(folder: Traversable, prefix: str, files: dict[str, bytes]) -> None:
    for entry in folder.iterdir():
        name = _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            if name != "__pycache__":
                _collect(entry, f"{prefix}{name}/", files)
        elif not name.endswith((".py", ".pyc")):
            files[prefix + name] = entry.read_bytes()
