"""`storesync publish`: carry out what is due, once; run it as often as you like."""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, note_uncommitted
from storesync.app.half_way import note_half_way
from storesync.cli.context import at_option, make_context, parse_at
from storesync.diagnostics import printable
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.due import Due
    from storesync.app.publishing.run import Attempts, Done, Request
    from storesync.plan.change import PlacementKey

# How often a run plans anew because another machine wrote the shared ledger first.
_PATIENCE = 6
_EVERY = re.compile(r"([1-9][0-9]{0,4})([smh])\Z")
_LONGEST = 500  # characters of what a channel said
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@click.command("publish")
@click.option("--dry-run", is_flag=True, help="Show the plan and do nothing.")
@click.option("--expect", metavar="FINGERPRINT", help="Only if the plan has this fingerprint.")
@click.option("--force", is_flag=True, help="Release the brake: a person answers for this run.")
@click.option("--campaign", help="Only this campaign.")
@click.option("--channel", help="Only this channel.")
@click.option("--only-failed", is_flag=True, help="Only what failed or was left in doubt before.")
@click.option("--every", metavar="60s", help="Run again and again until interrupted.")
@at_option
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Publish what the newest commit asks for at this moment, and take down what is over.

    Exit code 1 where files have errors, or where a delivery failed, was refused, missed or is in
    doubt; the next run goes on from there.
    """
    context = make_context(ctx)
    context.check_format()
    if options["channel"] is not None:
        from storesync.app.find import check_channel

        check_channel(options["channel"])
    note_half_way(context)
    if options["every"] is None:
        if sys.stderr.isatty():  # a person
            note_uncommitted(context, "not published")
        return _once(context, options, parse_at(options["at"], context.now))
    return _again_and_again(context, options)


def _again_and_again(context: Context, options: dict[str, Any]) -> int:
    match = _EVERY.match(options["every"])
    if match is None or options["at"] is not None:
        message = "--every wants a span such as 60s or 5m, and no --at"
        raise UserError(message, hint="storesync publish --every 60s")
    if options["expect"] is not None:  # what comes after that plan is another one
        message = "--every wants no --expect: a plan is carried out once"
        raise UserError(message, hint="run it with --expect alone, then publish --every 60s")
    pause = int(match[1]) * _SECONDS[match[2]]

    from storesync.app.garbage import collect

    def work() -> None:
        now = datetime.now(UTC)
        try:
            with closing(Context(context.options, now)) as fresh:
                _once(fresh, options, now)
        except UserError as error:  # the next round may find the surroundings mended
            click.echo(f"error: {error.message}", err=True)
        collect()

    from storesync.app.repeat import repeat

    repeat(work, pause)


def _once(context: Context, options: dict[str, Any], at: datetime) -> int:
    from storesync.app.garbage import without_collection
    from storesync.app.proof.basis import check_clock, check_moment
    from storesync.app.publishing.due import work_out
    from storesync.app.publishing.newest import open_newest
    from storesync.app.publishing.run import Attempts, Request, expected, idle, publish
    from storesync.publish.exclusive import exclusive
    from storesync.publish.lapse import lapse
    from storesync.source.gathering import gather
    from storesync.source.git import LostRace

    attempts = Attempts(lapse())
    limits = {name: options[name] for name in ("campaign", "channel", "only_failed")}
    request = Request(**limits, expect=options["expect"], force=options["force"])
    with without_collection(), exclusive(context.repository.common_dir):
        for _ in range(_PATIENCE):
            basis = open_newest(context, at)
            if options["at"] is not None and not options["dry_run"]:
                check_moment(basis)
            if options["dry_run"]:
                return _show(context, expected(work_out(basis), request))
            check_clock(basis)
            try:
                if not (basis.stale or attempts.sent or (basis.proof and basis.proof.lines)):
                    done = idle(basis, request)
                    _leave_word(context, basis, options)
                    return _report(context, done)
                done = publish(basis, request, attempts)
                _leave_word(context, basis, options)
                code = _report(context, done)
                if done.name:  # it wrote to the ledger, as it does for years
                    gather(context.repository)
                return code  # noqa: TRY300 - an else would be far from it
            except LostRace:  # someone else's lines came first: read them and plan again
                _note_lost(basis, request, attempts)
                time.sleep(secrets.randbelow(1_000) / 1_000)
    message = "other runs were faster to write the ledger again and again"
    raise UserError(message, hint="run the command again")


def _note_lost(basis: Basis, request: Request, attempts: Attempts) -> None:
    """Remember what went wrong before a race was lost. Raises UserError where a plan is expected.

    What is left of that is another one.
    """
    from storesync.publish.publisher import newly_bad

    attempts.is_bad = attempts.is_bad or newly_bad(basis.ledger, attempts.sent)
    if request.expect is not None and attempts.sent:
        message = f"another run wrote meanwhile: {len(attempts.sent):,} of the expected plan's"
        hint = "look at storesync plan, which shows what is left"
        raise UserError(f"{message} deliveries were sent, the rest was not", hint=hint)


def _leave_word(context: Context, basis: Basis, options: dict[str, Any]) -> None:
    """Say that runs go on, at most hourly; one of another moment says nothing of that."""
    from storesync.source.git import LostRace

    if options["at"] is None:
        with suppress(LostRace):  # then somebody wrote, this run included
            basis.store.beat(basis.ledger, at=context.now)


def _tell(waiting: Mapping[PlacementKey, str], undone: Iterable[UserError]) -> None:
    """Say what this run could neither do nor conclude anything about."""
    groups = Counter((key[:2], key.channel, detail) for key, detail in waiting.items())
    for (campaign, channel, detail), count in groups.items():
        some = "1 delivery stays" if count == 1 else f"{count:,} deliveries stay"
        why = f"{printable(detail, limit=_LONGEST)}; look there, and say it: storesync settle"
        name = "/".join(campaign)
        click.echo(f"warning: {name} on {channel}: {some} in doubt: {why}", err=True)
    for error in undone:
        click.echo(f"error: {error.message}\n\nhint: {error.hint}", err=True)


def _tell_doubts(done: Done) -> None:
    """Say what nobody approved and holds no delivery, which says it where it does."""
    from storesync.report.status import unproven_line

    held = {item.reason.partition(" ")[0] for item in done.due.plan.held}
    for item in done.doubts:
        if item.commit[:12] not in held:
            click.echo(f"warning: {unproven_line(item)}", err=True)


def _show(context: Context, due: Due) -> int:
    from storesync.app.context import say, say_json
    from storesync.report import plan as report

    if context.format == "json":
        say_json(report.as_data(due.plan))
    else:
        say(report.as_text(due.plan, every=context.options.verbose))
    _tell_errors(due)
    return EXIT_ERRORS if due.errors else 0


def _tell_errors(due: Due) -> None:
    if due.errors:
        from storesync.report.diagnostics import as_text

        click.echo(as_text(due.errors, lambda _path: None), err=True)


def _report(context: Context, done: Done) -> int:
    from storesync.app.context import say, say_json
    from storesync.publish.publisher import newly_bad
    from storesync.report import publish as report

    due, sent = done.due, list(done.sent)
    if context.format == "json":
        say_json(report.as_data(done.name, due.plan, sent))
    else:
        say(report.as_text(due.plan, sent))
    _tell_errors(due)
    for text in due.plan.warnings:
        note(context, f"warning: {text}")
    _tell(done.waiting, done.undone)
    _tell_doubts(done)
    bad = newly_bad(due.basis.ledger, sent)
    is_fine = not (done.is_amiss or bad or due.errors or due.plan.missed)
    return 0 if is_fine else EXIT_ERRORS
