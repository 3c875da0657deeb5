"""`storesync schedule`: another flight in a person's campaign.yaml, and not a byte besides."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, say, say_json
from storesync.cli.context import make_context
from storesync.diagnostics import has_errors, printable
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.diagnostics import Diagnostic

_FLIGHT = "flight"


@click.command("schedule")
@click.argument("campaign")
@click.option("--start", metavar="TIME", help="2026-12-01 or 2026-12-01T07:00, local time.")
@click.option("--end", metavar="TIME", help="A date includes that whole day.")
@click.pass_context
def command(ctx: click.Context, *, campaign: str, start: str | None, end: str | None) -> int:
    """Write another start or end, or both, into CAMPAIGN's file; comments and order stay.

    Nothing is committed. It needs approval, also where the campaign was approved before.
    Exit code 1 where the campaign has errors then.
    """
    from storesync.app.find import campaign_folder

    context = make_context(ctx)
    context.check_format()
    said = {"start": _time("--start", start), "end": _time("--end", end)}
    given = {key: value for key, value in said.items() if value is not None}
    if not given:
        raise UserError("neither --start nor --end is given", hint="--start 2026-12-01T07:00")
    folder = campaign_folder(context.work_tree.paths(), campaign)
    path = f"{folder}/campaign.yaml"
    old = _text(context, path)
    new = _with_flight(old, given)
    if new != old:
        from storesync.app.files import write_whole

        write_whole(context.root / path, new.encode())
    found = [item for item in _problems(context) if item.path.startswith(f"{folder}/")]
    _report(context, path, given, found, changed=new != old)
    return EXIT_ERRORS if has_errors(found) else 0


def _time(option: str, text: str | None) -> date | datetime | None:
    from storesync.model.base import read_day_or_moment

    if text is None:
        return None
    try:
        return read_day_or_moment(text)
    except ValueError as error:
        message = f'{option} "{printable(text, limit=60)}" is no time: {error}'
        raise UserError(message, hint="2026-12-01 or 2026-12-01T07:00") from None


def _text(context: Context, path: str) -> str:
    try:
        return context.work_tree.read(path).decode()
    except KeyError:
        raise UserError(f"there is no {path}", hint="storesync status lists campaigns") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8", hint="storesync validate says where") from None


def _with_flight(text: str, given: dict[str, date | datetime]) -> str:
    """Return the text with other dates. Raises UserError where the end would come first."""
    from storesync.source.edit import set_value
    from storesync.source.yaml import read

    document, _ = read("", text.encode())
    before = document.data.get(_FLIGHT) if document is not None else None
    for key, value in given.items():
        if isinstance(before, dict) and _is_same(before.get(key), value):
            continue
        text = set_value(text, (_FLIGHT, key), value)
    document, _ = read("", text.encode())
    after = document.data.get(_FLIGHT, {}) if document is not None else {}
    _check_order(after)
    return text


def _is_same(written: Any, value: date | datetime) -> bool:
    from storesync.model.base import read_day_or_moment

    try:
        old = read_day_or_moment(str(written))
    except ValueError:
        return False
    return type(old) is type(value) and old == value


def _check_order(flight: dict[str, Any]) -> None:
    from storesync.model.base import read_day_or_moment
    from storesync.schedule.zones import ending, starting

    try:
        start, end = (read_day_or_moment(str(flight[key])) for key in ("start", "end"))
    except (KeyError, ValueError):
        return  # without an end, or what `validate` reports
    if ending(end) <= starting(start):
        message = f"the end {end.isoformat()} would be before the start {start.isoformat()}"
        raise UserError(message, hint="nothing was written; a date as the end includes that day")


def _problems(context: Context) -> list[Diagnostic]:
    from storesync.app.validated import validated

    day = context.now.date().isoformat()
    return validated(context, context.now, day, lambda: None).found


def _report(
    context: Context,
    path: str,
    given: dict[str, date | datetime],
    found: list[Diagnostic],
    *,
    changed: bool,
) -> None:
    from storesync.report import diagnostics as report
    from storesync.schedule.zones import written

    name = "/".join(path.split("/")[1:4:2])
    dates = {key: written(value) for key, value in given.items()}
    if context.format == "json":
        problems = [report.as_data(item) for item in found]
        say_json(
            {"campaign": name, "path": path, "flight": dates, "changed": changed}
            | {"diagnostics": problems}
        )
        return
    if found:
        say(report.as_text(found, lambda _path: None))
    if not changed:
        say(f"{path}: has this flight already")
        return
    say(f"{path}: {', '.join(f'{key} {value}' for key, value in dates.items())}")
    say(f"it needs approval, also where it was approved before: storesync submit {name}")
