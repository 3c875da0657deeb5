"""A bug's report: a file made to be sent to the maintainers, without secrets."""

from __future__ import annotations

import platform
import tempfile
import traceback
from importlib.metadata import version
from pathlib import Path


def report(args: list[str], error: Exception) -> str:
    """Return versions, the command line and the traceback; no environment: it holds secrets."""
    trace = "".join(traceback.format_exception(error))
    return (
        f"storesync {version('storesync')}, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}\n"
        f"command: storesync {' '.join(args)}\n\n{trace}"
    )


def write_report(args: list[str], error: Exception) -> Path:
    """Write a report to a new file and return its path. Raises OSError."""
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="storesync-bug-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(report(args, error))
    return Path(file.name)
