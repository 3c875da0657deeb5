"""A repository whose files were adopted and published, made once for each set of files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _adopted() -> dict[frozenset[Any], Path]:
    """Return what was made so far: files -> the folder. Not to be changed."""
    return {}


@pytest.fixture
def adopted(
    _adopted, _templates, tmp_path_factory, tmp_path: Path, run, monkeypatch, packed
) -> Callable:
    """Open an office: Robin adopted its files, and published them in its first minute."""
    from tests.publish.test_proof import Office

    def adopt(files: dict[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("adopted") / "repo"
        office = Office(shutil.copytree(_templates(files), folder), run, monkeypatch)
        office.be("robin")
        assert run("-C", folder, "verify", "--adopt").code == 0
        assert office.publish().code == 0
        packed(folder)
        return folder

    def build(files: dict[str, str]) -> Office:
        key = frozenset(files.items())
        if key not in _adopted:
            _adopted[key] = adopt(files)
        folder = shutil.copytree(_adopted[key], tmp_path / "repo", symlinks=True)
        office = Office(folder, run, monkeypatch, minute=1)
        office.be("robin")
        return office

    return build
