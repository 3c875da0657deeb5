"""A plug-in as pip would leave it: a module, and a package that names its entry point."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


def install(site: Path, monkeypatch: pytest.MonkeyPatch, kind: str, entry: str, code: str) -> None:
    """Install a plug-in where this process finds it; `entry` is `post = acme_post:Post`."""
    module = entry.partition("=")[2].partition(":")[0].strip()
    info = site / f"{module}-1.0.dist-info"
    info.mkdir(parents=True)
    name = module.replace("_", "-")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[storesync.{kind}]\n{entry}\n")
    (site / f"{module}.py").write_text(code)
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, module, raising=False)
