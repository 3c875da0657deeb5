"""A copy of the demonstration to run the documentation's commands in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("brands", "templates", "schemas", "docs/examples", "storesync.yaml", ".gitignore")
# What is live in the demonstration when a page's first command runs.
PUBLISHED_AT = "2026-11-22T16:00:00Z"


def git(folder: Path, *args: str) -> None:
    subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of one commit that holds this repository's own brands."""
    folder = tmp_path_factory.mktemp("demonstration")
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin the demonstration")
    return folder


@pytest.fixture(scope="session")
def published(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the demonstration with everything published once."""
    from storesync.cli import main

    folder = tmp_path_factory.mktemp("published") / "demo"
    shutil.copytree(demonstration, folder)
    assert main.run(["-C", str(folder), "-q", "publish", "--at", PUBLISHED_AT]) == 0
    return folder


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a folder to where a test may change it."""
    return lambda folder: Path(shutil.copytree(folder, tmp_path / "copy"))
