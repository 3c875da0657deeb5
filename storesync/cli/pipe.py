"""Output that nobody reads any more: `storesync history | head`."""

from __future__ import annotations

import os
import sys

import click


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
