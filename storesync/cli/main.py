"""The command line: global options, commands loaded late, and the one error boundary."""

from __future__ import annotations

import errno
import importlib
import itertools
import json
import os
import sys
from collections.abc import Mapping

import click

from storesync.app.context import Options
from storesync.app.garbage import leave
from storesync.app.pipe import ignore_output, open_streams
from storesync.cli.options import OPTIONS
from storesync.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_USAGE, UserError

# Command -> (module, one line of help). The module is imported when the command runs, so that
# `storesync --help` imports nothing but click.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("init", "Make a new campaign repository that works at once."),
    "new": ("new", "Write a valid brand, location, template or campaign."),
    "import": ("import_", "Bring tables in: locations and results from CSV or Excel."),
    "export": ("export", "Write locations as a CSV or Excel table."),
    "validate": ("validate", "Check everything and report all that is wrong."),
    "generate": ("generate", "Draft copy for a campaign, checked against its facts."),
    "fmt": ("fmt", "Write YAML files in their canonical form."),
    "render": ("render", "Show what customers would see."),
    "explain": ("explain", "Say where each value of a campaign at a location comes from."),
    "plan": ("plan", "Show what would change in the world."),
    "publish": ("publish", "Carry out what is due."),
    "status": ("status", "Show campaigns: what is live, and what comes next."),
    "hold": ("hold", "Stop what is not out, until a moment."),
    "recall": ("recall", "Take down what is out, until it is resumed."),
    "resume": ("resume", "End a hold or a recall."),
    "settle": ("settle", "Say what became of deliveries in doubt."),
    "submit": ("submit", "Propose what I changed, with its plan."),
    "approve": ("approve", "Approve a proposal, and merge it."),
    "reject": ("reject", "Ask for changes to a proposal, and say which."),
    "schedule": ("schedule", "Give a campaign another start or end."),
    "digest": ("digest", "Show, or send, what waits for whom and what misses its start."),
    "verify": ("verify", "Check that approvals were given, and what was sent."),
    "index": ("index", "Build the search index of past campaigns."),
    "search": ("search", "Find past campaigns by words and meaning."),
    "similar": ("similar", "Find past campaigns like one."),
    "codeowners": ("codeowners", "Write CODEOWNERS from the teams, or check it."),
    "whoami": ("whoami", "Show my roles and what I may approve."),
    "history": ("history", "Show who changed and what went out, from Git and the ledger."),
    "doctor": ("doctor", "Check the surroundings: Git, ledger, workflows, code host."),
    "schema": ("schema", "Write the JSON Schemas of all file kinds."),
    "migrate": ("migrate", "Bring older file formats up to date."),
}

# A disk, a quota or a file that takes no more: surroundings, not a bug.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# A place that is closed to this person, or none to write to.
_CLOSED = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP),
        *(errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.EROFS),
    }
)
_OTHER_PLACE = "see to it that you may use this place, or name another one"
_LOOP = "Symlink loop from "  # what pathlib says of a link to itself, before Python 3.13


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command and give it the global options."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"storesync.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        _add_global_options(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a mistyped one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from storesync.diagnostics import did_you_mean

            message = f'there is no command "{name}"'
            raise UserError(message, hint=did_you_mean(name, COMMANDS) or "see storesync --help")
        return super().resolve_command(ctx, args)


def _add_global_options(command: click.Command) -> None:
    """Let the global options stand behind the command as well as before it."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _add_global_options(inner)
        return
    taken = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    for make in OPTIONS:
        option = make()
        if not taken.intersection(option.opts):
            command.params.append(option)


@click.group(
    cls=LazyGroup,
    params=[make() for make in OPTIONS],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="storesync", message="storesync %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Campaigns-as-code for retail chains: check, preview and publish what Git approved."""
    ctx.ensure_object(Options)


def main(args: list[str] | None = None) -> None:
    """Run a command line and exit with its code."""
    open_streams()
    # What else is installed has no say in how files are read; pydantic would ask every package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    leave(run(sys.argv[1:] if args is None else args))


def run(args: list[str]) -> int:
    """Run a command line and return its exit code; every error ends here."""
    try:
        return _run(args)
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__cause__, EOFError):  # click takes any for a person's Ctrl-D
            return _bug(args, error.__cause__)
        click.echo("interrupted", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        ignore_output()
        return 0
    except Exception as error:  # noqa: BLE001 - a bug: say so, and write the report for the person
        if isinstance(error, OSError) and error.errno in _FULL:
            return _no_room(error)
        closed = _closed_place(error)
        return _fail(args, closed, _OTHER_PLACE) if closed else _bug(args, error)


def _run(args: list[str]) -> int:
    try:
        result = cli.main(args=args, prog_name="storesync", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.UsageError as error:
        # Of an option without its value click does not say which command's it is.
        named = [item for item in args if item in COMMANDS][:1]
        where = error.ctx.command_path if error.ctx else " ".join(["storesync", *named])
        return _fail(args, error.format_message(), f"see {where} --help")
    except click.ClickException as error:
        return _fail(args, error.format_message(), "")
    except UserError as error:
        return _fail(args, error.message, error.hint)
    except SystemExit:  # what click makes of a broken pipe
        ignore_output()
        return 0
    return result if isinstance(result, int) else 0


def _no_room(error: OSError) -> int:
    ignore_output()  # it may be what has no room: storesync status > report.txt
    where = f" {error.filename}" if error.filename else ""
    message = f"cannot write{where}: {os.strerror(error.errno or 0)}"
    return _fail([], message, "make room there, or name another place, and run the command again")


def _closed_place(error: Exception) -> str:
    """Say which place is closed to this person, empty where that is not what the error is about."""
    from storesync.diagnostics import printable

    if isinstance(error, OSError) and error.errno in _CLOSED and error.filename:
        return f"cannot use {printable(str(error.filename))}: {os.strerror(error.errno or 0)}"
    is_loop = isinstance(error, RuntimeError) and str(error).startswith(_LOOP)
    return printable(str(error)) if is_loop else ""


def _fail(args: list[str], message: str, hint: str) -> int:
    if _wants_json(args):
        click.echo(json.dumps({"error": {"message": message, "hint": hint}}))
    else:
        click.echo(f"error: {message}", err=True)
        if hint:
            click.echo(f"\nhint: {hint}", err=True)
    return EXIT_USAGE


def _bug(args: list[str], error: Exception) -> int:
    from storesync.app.bug import report, write_report

    try:
        where = f"the file {write_report(args, error)}"
    except OSError:  # the disk may be full, which made the bug show
        click.echo(report(args, error), err=True)
        where = "what stands above"
    message = f"a bug in StoreSync: {type(error).__name__}"
    hint = f"please report it with {where}"
    if _wants_json(args):
        click.echo(json.dumps({"error": {"message": message, "hint": hint}}))
    else:
        click.echo(f"{message}\n\nhint: {hint}", err=True)
    return EXIT_BUG


def _wants_json(args: list[str]) -> bool:
    return "--format=json" in args or ("--format", "json") in itertools.pairwise(args)
