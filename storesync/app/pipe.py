"""Output that nobody reads any more: `storesync history | head`."""

from __future__ import annotations

import os
import sys

import click


def open_streams() -> None:
    """Make stdout and stderr writable: where they are closed, and where they lack letters.

    A program may be started without them (`>&-`); a Windows console or PYTHONIOENCODING may not
    know every letter of a customer's text, which is then written as an escape.
    """
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(_nowhere(number), "w", encoding="utf-8"))
        elif stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _nowhere(number: int) -> int:
    """Open the null device as this file descriptor, so that no other file becomes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
    return number


def write(text: str) -> None:
    """Write a line to stdout; where its reader has gone, do as if it had been read.

    The command goes on to its own exit code: a delivery that failed has failed all the same.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        ignore_output()


def ignore_output() -> None:
    """Let what is and will be written to stdout vanish, the rest in its buffer included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
