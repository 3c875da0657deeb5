"""Runs workflows with `act`: no Docker, no GitHub, everything on this machine.

`act` skips actions/checkout and cannot fetch others, so a stand-in keeps artefacts, and StoreSync
is the one under test: setting it up is what ./start is tested for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
ACT = TOOLS / "act"
WORKFLOWS = ROOT / ".github/workflows"
UPLOAD = ROOT / "tests/workflows/actions/upload-artifact"
SET_UP = """\
name: Set StoreSync up
description: It is there
inputs:
  extras: {description: not looked at, default: ""}
runs:
  using: composite
  steps:
    - {shell: bash, run: command -v storesync}
"""
Done = subprocess.CompletedProcess[str]


def local(name: str, folder: Path) -> list[str]:
    """Return what makes act take an action, pinned as it is in the workflows, from a folder."""
    texts = [path.read_text() for path in WORKFLOWS.iterdir()]
    [reference] = {
        line.split("uses: ")[1].split(" #")[0].strip()
        for text in texts
        for line in text.splitlines()
        if f"uses: {name}@" in line
    }
    return ["--local-repository", f"{reference}={folder}"]


def run(work: Path, folder: Path, name: str, data: object, *more: str, trigger: str) -> Done:
    """Run a workflow of the checkout `work` for an event, and return what it said.

    `folder` keeps the event, the home and the artefacts.
    """
    path = folder / "event.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    (folder / "home").mkdir(exist_ok=True)
    command = [
        str(ACT), trigger, "-W", f".github/workflows/{name}.yaml", "-e", str(path),
        "-P", "ubuntu-latest=-self-hosted", "--no-cache-server", "--action-offline-mode",
        *local("actions/upload-artifact", UPLOAD), "-s", "GITHUB_TOKEN=s3cret",
        "--env", f"ARTIFACTS={folder / 'artifacts'}", "--env", "NO_PROXY=127.0.0.1", *more,
    ]  # fmt: skip
    surroundings = {
        **os.environ,
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "home/.cache"),
        "PATH": f"{TOOLS}:{os.environ['PATH']}",
        "TERM": "dumb",
    }
    return subprocess.run(
        command, cwd=work, env=surroundings, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
