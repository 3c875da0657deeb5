"""Checks of `storesync doctor` on the ledger: whole, begun, shared, and whether runs go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.errors import UserError
from storesync.plan.clock import is_ahead
from storesync.report.answers import Answer, Result

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis

# A shared ledger hears of every hour in which runs went on, and GitHub starts them late at times.
_SILENT = timedelta(hours=2)
_DEAD = timedelta(hours=25)  # so long that not even a daily run can be the reason


def check_pulse(context: Context, *, scheduled: bool) -> Iterator[Answer]:
    """Yield what is to be said of the ledger; `scheduled`: a workflow publishes by the clock."""
    from storesync.app.proof.basis import open_plainly
    from storesync.app.publishing.verifying import check_ledger

    try:
        basis = open_plainly(context, context.now)
    except UserError as error:
        yield Answer("ledger", Result.FAIL, error.message, error.hint)
        return
    yield from check_ledger(basis)
    yield _shared(basis, scheduled=scheduled)
    yield _baseline(basis)
    latest = basis.ledger.written_at
    yield _clock(latest, context.now)
    yield _schedule(basis, context.now, scheduled=scheduled)


def _shared(basis: Basis, *, scheduled: bool) -> Answer:
    from storesync.app.proof.guard import remote_of

    check, remote = "ledger-shared", remote_of(basis.settings)
    if remote:
        return Answer(check, Result.PASS, f"kept at the Git remote {remote}, which answers")
    if scheduled:
        message = "a workflow publishes, and the ledger stays behind in each of its clones"
        hint = "every run would begin anew; commit in storesync.yaml: ledger: {remote: origin}"
        return Answer(check, Result.FAIL, message, hint)
    return Answer(check, Result.PASS, "kept in this clone alone: publish from here only")


def _baseline(basis: Basis) -> Answer:
    from storesync.app.proof.guard import is_guarded, unadopted
    from storesync.app.proof.proving import baseline_of

    check = "baseline"
    try:
        guarded = is_guarded(basis.ledger, basis.settings)
        refused = list(unadopted(basis.ledger, basis.settings).values())
    except UserError as error:
        return Answer(check, Result.FAIL, error.message, error.hint)
    if refused:
        return Answer(check, Result.FAIL, refused[0].message, refused[0].hint)
    if basis.ledger.journal.is_damaged:
        return Answer(check, Result.CANNOT_SEE, "the ledger's journal cannot be read")
    commit = baseline_of(basis.ledger)
    if commit is None:
        return Answer(check, Result.PASS, "the first run of publish takes its commit for approved")
    since = "has to be a proven approval" if guarded else "counts as approved, too"
    return Answer(check, Result.PASS, f"{commit[:12]} was adopted; what came since {since}")


def _clock(latest: datetime | None, now: datetime) -> Answer:
    if latest is not None and is_ahead(latest, now):
        message = f"the ledger's newest line is {_span(latest - now)} ahead of this clock"
        hint = "set this machine's clock; or the one was wrong that wrote it"
        return Answer("clock", Result.FAIL, message, hint)
    return Answer("clock", Result.PASS, "nothing in the ledger is ahead of this clock")


def _schedule(basis: Basis, now: datetime, *, scheduled: bool) -> Answer:
    from storesync.app.proof.guard import remote_of

    check, latest = "schedule-alive", basis.ledger.written_at
    if not scheduled:
        return Answer(check, Result.PASS, "no workflow publishes by the clock")
    if latest is None:
        hint = "Actions, Publish, Run workflow; the first run begins the ledger"
        return Answer(check, Result.CANNOT_SEE, "no run has written anything yet", hint)
    age = _span(now - latest)
    if now - latest <= _SILENT:
        return Answer(check, Result.PASS, f"the last run that was heard of was {age} ago")
    message = f"no run has left word for {age}: it runs more rarely than hourly, or not at all"
    hint = "look at Actions, Publish; GitHub drops runs, and ends schedules nobody has touched"
    dead = now - latest > _DEAD and remote_of(basis.settings)  # elsewhere nobody leaves word
    result = Result.FAIL if dead else Result.CANNOT_SEE
    return Answer(check, result, message, hint)


def _span(time: timedelta) -> str:
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2_880 else f"{minutes // 1_440} days"
