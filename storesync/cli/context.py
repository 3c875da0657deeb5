"""What the commands share: their context with the moment at which they run, and `--at`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import click

from storesync.app.context import Context, Options
from storesync.diagnostics import Diagnostic, Severity
from storesync.errors import EXIT_ERRORS, UserError


def make_context(ctx: click.Context) -> Context:
    """Return the context of a running command; its moment is read here, once. Raises UserError."""
    context = Context(ctx.ensure_object(Options), datetime.now(UTC))
    try:
        context.options.directory.resolve()
    except FileNotFoundError:
        raise UserError("this folder is gone", hint="cd to one that is there") from None
    ctx.call_on_close(context.close)
    return context


def parse_at(text: str | None, now: datetime, option: str = "--at") -> datetime:
    """Read `--at` or its like: ISO 8601; without an offset it is UTC. Raises UserError."""
    if text is None:
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"{option} {text[:60]!r} is not a time"
        hint = "write ISO 8601: 2026-12-01, 2026-12-01T07:00Z or 2026-12-01T07:00-06:00"
        raise UserError(message, hint=hint) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if not date(2000, 1, 1) <= moment.date() <= date(2200, 1, 1):
        message = f"{option} lies outside the years 2000 to 2200"
        raise UserError(message, hint="check the year")
    return moment.astimezone(UTC)


def tell_errors(found: Iterable[Diagnostic]) -> int:
    """Write the errors among what is wrong with files to stderr, and return the exit code."""
    from storesync.report.diagnostics import as_text

    errors = [item for item in found if item.severity is Severity.ERROR]
    if not errors:
        return 0
    click.echo(as_text(errors, lambda _path: None), err=True)
    return EXIT_ERRORS


def at_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--at TIME` to a command."""
    return click.option(
        "--at", metavar="TIME", help="As of this moment (ISO 8601; UTC without an offset)."
    )(command)
