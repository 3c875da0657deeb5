"""docs/commands.md: every command with its arguments and options, from the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from storesync.cli.main import cli
from storesync.cli.options import OPTIONS


def global_options() -> str:
    """Return the table of options that every command takes."""
    return _table([make() for make in OPTIONS])


def every_command() -> str:
    """Return a section for each command, in the order people meet them."""
    top = click.Context(cli, info_name="storesync")
    return "".join(_sections(cli, top))


def _sections(group: click.Group, above: click.Context) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=above)
        if isinstance(command, click.Group):
            yield from _sections(command, context)
        else:
            yield _section(command, context)


def _section(command: click.Command, context: click.Context) -> str:
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    usage = " ".join([context.command_path, *pieces])
    own = [
        param
        for param in command.params
        if isinstance(param, click.Option) and param.name not in _GLOBAL and not param.hidden
    ]
    help_text = inspect.cleandoc(command.help or "")
    text = f"\n## {context.command_path.removeprefix('storesync ')}\n\n    {usage}\n\n{help_text}\n"
    return f"{text}\n{_table(own)}" if own else text


_GLOBAL = {make().name for make in OPTIONS}


def _table(options: list[click.Option]) -> str:
    rows = [f"| {_shown(option)} | {_help(option)} |" for option in options]
    return "\n".join(["| option | |", "|---|---|", *rows, ""])


def _shown(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {', '.join(map(str, option.type.choices))}"
    return f"{names} {option.metavar or option.type.name.upper()}"


def _help(option: click.Option) -> str:
    text = (option.help or "").replace("|", "\\|")
    default = f" Default: {option.default}." if option.show_default and option.default else ""
    return text + default


PARTS = {"global-options": global_options, "commands": every_command}
