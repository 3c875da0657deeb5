"""A bug's report: a file made to be sent to the maintainers, without secrets."""

from __future__ import annotations

import platform
import tempfile
import traceback
from importlib.metadata import version
from pathlib import Path

import click


def write_report(args: list[str], error: Exception) -> Path | None:
    """Write versions, the command line and the traceback to a new file and return its path.

    Return None where no file can be written; then the report is on standard error.

    The environment is left out: it holds secrets.
    """
    trace = "".join(traceback.format_exception(error))
    text = (
        f"storesync {version('storesync')}, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}\n"
        f"command: storesync {' '.join(args)}\n\n{trace}"
    )
    raw = text.encode(errors="backslashreplace")
    try:
        with tempfile.NamedTemporaryFile(
            prefix="storesync-bug-", suffix=".txt", delete=False
        ) as file:
            file.write(raw)
    except OSError:  # the disk that made the bug show may be full
        click.echo(raw, err=True)
        return None
    return Path(file.name)
