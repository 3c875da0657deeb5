"""Every command says what it does, in the terminal and in the documentation."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from storesync.cli import main

ROOT = Path(__file__).parents[1]
MAX_COLUMNS = 100


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Yield the path of words and the command, for groups too, from the top."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        yield inner.command_path, command
        if isinstance(command, click.Group):
            yield from commands(command, inner)


TOP = click.Context(main.cli, info_name="storesync")
COMMANDS = dict(commands(main.cli, TOP))


@functools.cache
def documentation() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_and_its_options_have_help(path: str):
    command = COMMANDS[path]
    assert command.help
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help and not option.hidden] == []


@pytest.mark.parametrize("path", COMMANDS)
def test_help_is_shown_and_fits(run, path: str):
    outcome = run(*path.split()[1:], "--help")
    assert outcome.code == 0
    assert outcome.stdout.startswith("Usage: ")
    assert [line for line in outcome.stdout.splitlines() if len(line) > MAX_COLUMNS] == []


@pytest.mark.parametrize("path", [path for path, command in COMMANDS.items() if not command.hidden])
def test_a_command_is_documented(path: str):
    assert path in documentation()
