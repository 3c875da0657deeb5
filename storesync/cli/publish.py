"""`storesync publish`: carry out what is due, once; run it as often as you like."""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, note_uncommitted
from storesync.cli.context import at_option, make_context, parse_at
from storesync.diagnostics import printable
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.due import Due
    from storesync.catalog.catalog import Catalog
    from storesync.plan.change import PlacementKey
    from storesync.publish.publisher import Sent

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
    pause = int(match[1]) * _SECONDS[match[2]]

    def work() -> None:
        now = datetime.now(UTC)
        try:
            with closing(Context(context.options, now)) as fresh:
                _once(fresh, options, now)
        except UserError as error:  # the next round may find the surroundings mended
            click.echo(f"error: {error.message}", err=True)

    from storesync.app.repeat import repeat

    repeat(work, pause)


def _once(context: Context, options: dict[str, Any], at: datetime) -> int:
    from storesync.app.collection import without_collection
    from storesync.app.proof.basis import check_moment, open_basis
    from storesync.app.publishing.due import work_out
    from storesync.publish.exclusive import exclusive
    from storesync.source.git import LostRace

    with without_collection(), exclusive(context.repository.common_dir):
        for _ in range(_PATIENCE):
            basis = open_basis(context, at)
            if options["at"] is not None and not options["dry_run"]:
                check_moment(basis)
            if options["dry_run"]:
                return _show(context, _chosen(work_out(basis), options))
            try:
                if not basis.stale and not (basis.proof and basis.proof.lines):
                    _leave_word(context, basis, options)
                    return _report(context, "", work_out(basis), [])
                return _publish(context, basis, options)
            except LostRace:  # someone else's lines came first: read them and plan again
                time.sleep(secrets.randbelow(1_000) / 1_000)
    message = "other runs were faster to write the ledger again and again"
    raise UserError(message, hint="run the command again")


def _publish(context: Context, basis: Basis, options: dict[str, Any]) -> int:
    from storesync.app.proof.basis import run_name
    from storesync.app.proof.guard import unadopted
    from storesync.app.publishing.channels import Channels
    from storesync.app.publishing.firsts import work_out_again, write_proof
    from storesync.app.publishing.remember import remember
    from storesync.publish import publisher
    from storesync.publish.live import doubtful

    channels = Channels(context, basis.settings)
    name = run_name(basis.at)
    run = publisher.Run(name, basis.at, basis.repository_id, channels.of)
    _begin(basis, options)
    write_proof(basis, f"{name}-proof")
    busy, closed = _busy(basis), channels.unavailable()
    closed = {**unadopted(basis.ledger, basis.settings), **closed}
    sound = [item for item in basis.campaigns() if not item.is_damaged]
    in_doubt = {
        key: item
        for key, item in doubtful(sound).items()
        if key not in busy and key.channel not in closed
    }
    answers = publisher.ask(run, in_doubt)
    news = publisher.news(in_doubt, answers)
    if news:
        asking = basis.store.writer(basis.ledger, f"{name}-asked")
        publisher.settle(run, asking, news)
        basis.ledger = basis.store.read(at=basis.at)
    waiting = {key: item.detail for key, item in answers.items() if item.state == "in_doubt"}
    at_once = options["only_failed"]
    due = _chosen(work_out_again(basis, name, busy | waiting, closed, at_once=at_once), options)
    _check_plan(due, options)
    in_doubt = {key: item for key, item in in_doubt.items() if key not in answers}
    planned = {change.key for change in due.plan.changes}
    run = replace(run, titles={key: piece.titles for key, piece in due.current.items()})
    waits = {key for key in in_doubt if due.holding(key, basis.at)}
    writer = basis.store.writer(basis.ledger, name)
    publisher.inherit(run, writer, basis.ledger, due.plan.inherited)
    sent = publisher.carry_out(run, basis.ledger, writer, due.plan.changes, due.bodies)
    if not _is_partial(options):
        lost = {
            key: record
            for key, record in in_doubt.items()
            if key not in planned | waits and not due.frozen.placement(key)
        }
        publisher.give_up(run, writer, lost, due.plan.missed)
    known = [key for campaign in basis.campaigns() for key in campaign.state]
    undone = channels.finish(basis.at, [*known, *(change.key for change in due.plan.changes)])
    if not undone and not _is_partial(options):
        bad = [item.change.key for item in sent if item.bad]
        unsettled = [*bad, *due.waiting, *waiting, *busy, *due.unproven, *(waits - planned)]
        remember(basis, due, writer, unsettled)
    if due.chain is not None:
        due.chain.finish()
    _leave_word(context, basis, options)
    code = _report(context, name, due, sent)
    _tell(waiting, undone)
    doubts = basis.proof is not None and basis.proof.has_new_doubts
    return EXIT_ERRORS if undone or doubts or news.keys() & waiting.keys() else code


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


def _busy(basis: Basis) -> dict[PlacementKey, str]:
    """Return what a run on another machine may still be sending: its lease has not ended.

    A ledger on this machine alone needs no lease: this run holds the right to publish, so no
    other one is alive.
    """
    from storesync.publish.live import doubtful

    if not basis.settings.get("ledger"):
        return {}
    return {
        key: "another run is sending it"
        for key, record in doubtful(basis.campaigns()).items()
        if record.lease is not None and record.lease > basis.at
    }


def _is_partial(options: dict[str, Any]) -> bool:
    return bool(options["campaign"] or options["channel"] or options["only_failed"])


def _chosen(due: Due, options: dict[str, Any]) -> Due:
    """Return a plan limited to what the options name."""
    if not _is_partial(options):
        return due
    due = due.at_once() if options["only_failed"] else due
    changes = due.plan.changes
    if options["campaign"] and due.chain is not None:
        wanted = _named(due.basis, due.chain.catalog, options["campaign"])
        changes = tuple(item for item in changes if item.key[:2] == wanted)
    if options["channel"]:
        changes = tuple(item for item in changes if item.key.channel == options["channel"])
    if options["only_failed"]:
        states = {"failed", "refused", "in_doubt"}
        before = {
            key
            for campaign in due.basis.campaigns()
            for key, record in campaign.state.items()
            if record.state in states
        }
        changes = tuple(item for item in changes if item.key in before)
    return replace(due, plan=replace(due.plan, changes=changes, missed=()))


def _begin(basis: Basis, options: dict[str, Any]) -> None:
    """Begin the ledger where there is none, but not for another plan than the expected one."""
    from storesync.app.publishing.due import work_out

    if options["expect"] is not None and basis.ledger.genesis is None:
        _check_plan(_chosen(work_out(basis), options), options)
    basis.begin()


def _named(basis: Basis, catalog: Catalog, name: str) -> tuple[str, str]:
    """Return the brand and id of a campaign, which may be of a brand in which nothing is due."""
    from storesync.app.find import find_campaign

    try:
        found = find_campaign(catalog, name)
    except UserError:
        settled = [item for item in basis.ledger.campaigns if item.brand not in basis.stale]
        named = [item for item in settled if name in {item.campaign, str(item)}]
        if len(named) != 1:
            raise
        return named[0]
    return found.brand, found.id


def _check_plan(due: Due, options: dict[str, Any]) -> None:
    from storesync.publish.publisher import check_expected

    plan = due.plan
    check_expected(options["expect"], plan.fingerprint)
    if plan.brake and not options["force"] and options["expect"] is None:
        hint = f"look at storesync plan; if it is right: publish --expect {plan.fingerprint}"
        raise UserError(f"brake: {plan.brake}; nothing was done", hint=hint)


def _show(context: Context, due: Due) -> int:
    from storesync.app.context import say, say_json
    from storesync.report import plan as report

    if context.format == "json":
        say_json(report.as_data(due.plan))
    else:
        say(report.as_text(due.plan, every=context.options.verbose))
    return EXIT_ERRORS if due.errors else 0


def _report(context: Context, run: str, due: Due, sent: list[Sent]) -> int:
    from storesync.app.context import say, say_json
    from storesync.publish.publisher import newly_bad
    from storesync.report import publish as report

    if context.format == "json":
        say_json(report.as_data(run, due.plan, sent))
    else:
        say(report.as_text(due.plan, sent))
    if due.errors:
        from storesync.report.diagnostics import as_text

        click.echo(as_text(due.errors, lambda _path: None), err=True)
    for text in due.plan.warnings:
        note(context, f"warning: {text}")
    bad = newly_bad(due.basis.ledger, sent)
    return EXIT_ERRORS if bad or due.errors or due.plan.missed else 0
