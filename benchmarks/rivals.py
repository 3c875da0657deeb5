"""The tools measured against, apart from StoreSync's own packages, and what they are given."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
# An installation of a minute or more is stuck on its network.
_PATIENCE = 300


@dataclass(frozen=True)
class Tool:
    """A rival: the program and its version, or why it cannot be measured."""

    name: str
    program: str = ""
    version: str = ""
    missing: str = ""


def find_hugo() -> Tool:
    """Return the Hugo on the path."""
    program = shutil.which("hugo")
    if program is None:
        return Tool("hugo", missing="not installed (Debian: apt-get install hugo)")
    return Tool("hugo", program, _say_version([program, "version"]))


def find_python_tools(folder: Path) -> tuple[Tool, Tool]:
    """Return check-jsonschema and octodns-sync from a virtual environment of their own.

    It is made in `folder`, which is kept between runs, from requirements.txt beside this file.
    """
    names = ("check-jsonschema", "octodns-sync")
    stamp = folder / "requirements.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        trouble = _install(folder)
        if trouble:
            return Tool(names[0], missing=trouble), Tool(names[1], missing=trouble)
        stamp.write_text(wanted, encoding="utf-8")
    programs = [str(folder / "bin" / name) for name in names]
    check, sync = (
        Tool(name, *_described(path)) for name, path in zip(names, programs, strict=True)
    )
    return check, sync


def _described(program: str) -> tuple[str, str]:
    return program, _say_version([program, "--version"])


def _install(folder: Path) -> str:
    """Make the environment; return why that failed, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    python = str(folder / "bin/python")
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
    trouble = "no pip 22.3 or newer"
    # Debian's venv has no pip of its own, but a pip elsewhere can install into it.
    for pip in ([sys.executable, "-m", "pip"], ["python3", "-m", "pip"], ["pip3"]):
        trouble = _run([*pip, "--python", python, "install", "-q", "-r", str(REQUIREMENTS)])
        if not trouble:
            return ""
    return f"could not be installed: {trouble}"


def _run(command: list[str]) -> str:
    """Run a command; return its last word on failure, or nothing."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["no reason given"])[-1]


def _say_version(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    words = done.stdout.replace(",", " ").split()
    return next((word.strip("v") for word in words if word.strip("v")[:1].isdigit()), "?")


def write_zone(root: Path, records: int) -> Path:
    """Write an octoDNS configuration of one zone with equal sides; return the file's path."""
    zone = "".join(
        f"store-{number:05}:\n  type: A\n  value: 10.{number >> 16}.{number >> 8 & 255}."
        f"{number & 255}\n"
        for number in range(1, records + 1)
    )
    for side in ("source", "target"):
        (root / side).mkdir(parents=True)
        (root / side / "example.com.yaml").write_text(f"---\n{zone}", encoding="utf-8")
    config = {
        "providers": {
            side: {"class": "octodns.provider.yaml.YamlProvider", "directory": str(root / side)}
            for side in ("source", "target")
        },
        "zones": {"example.com.": {"sources": ["source"], "targets": ["target"]}},
    }
    path = root / "config.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path
