"""A bug's report: a file made to be sent to the maintainers, without secrets."""

from __future__ import annotations

import platform
import tempfile
import traceback
from importlib.metadata import version
from pathlib import Path


def write_report(args: list[str], error: Exception) -> Path:
    """Write versions, the command line and the traceback to a new file and return its path.

    The environment is left out: it holds secrets.
    """
    trace = "".join(traceback.format_exception(error))
    text = (
        f"storesync {version('storesync')}, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}\n"
        f"command: storesync {' '.join(args)}\n\n{trace}"
    )
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="storesync-bug-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(text)
    return Path(file.name)
