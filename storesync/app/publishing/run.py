"""One run of `publish`: what is due is carried out, and what the next run needs is written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storesync.errors import UserError
from storesync.ledger.layout import BRANCH
from storesync.plan.change import Action
from storesync.source.git import LostRace

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.due import Due
    from storesync.approval.proof import Unproven
    from storesync.catalog.catalog import Catalog
    from storesync.ledger.delivery import DeliveryRecord
    from storesync.plan.change import PlacementKey
    from storesync.publish.lapse import Lapse
    from storesync.publish.publisher import Sent

_FAILED = frozenset({"failed", "refused", "in_doubt"})


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks of a run. Empty: all that is due.

    `campaign` is `brand/campaign` or a bare id. `only_failed`: what failed or was left in doubt
    before, at once. `expect` is the fingerprint that the plan has to have; `force` releases the
    brake.
    """

    campaign: str | None = None
    channel: str | None = None
    only_failed: bool = False
    expect: str | None = None
    force: bool = False

    @property
    def is_partial(self) -> bool:
        """Say whether the run is about less than all that is due."""
        return bool(self.campaign or self.channel or self.only_failed)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a run: its name, "" where nothing was to do; its plan, what was sent.

    `waiting` is what channels said of deliveries that stay in doubt, `undone` what channels could
    not finish, `doubts` what is unproven and was told by no run yet. `is_amiss` says that something
    beside deliveries went wrong for the first time.
    """

    name: str
    due: Due
    sent: Sequence[Sent] = ()
    waiting: Mapping[PlacementKey, str] = field(default_factory=dict)
    undone: Sequence[UserError] = ()
    doubts: Sequence[Unproven] = ()
    is_amiss: bool = False


@dataclass
class Attempts:
    """What the attempts of one command share: each but the last lost a race against other runs.

    `lapse` tells how long ago the command's moment was. `sent` is what they all sent; `is_bad`:
    something of that went wrong for the first time.
    """

    lapse: Lapse
    sent: list[Sent] = field(default_factory=list)
    is_bad: bool = False


def limited(due: Due, request: Request) -> Due:
    """Return a plan limited to what is asked for. Raises UserError for an unknown campaign."""
    if not request.is_partial:
        return due
    due = due.at_once() if request.only_failed else due
    changes = due.plan.changes
    if request.campaign and due.chain is not None:
        wanted = _named(due.basis, due.chain.catalog, request.campaign)
        changes = tuple(item for item in changes if item.key[:2] == wanted)
    if request.channel:
        changes = tuple(item for item in changes if item.key.channel == request.channel)
    if request.only_failed:
        before = {
            key
            for campaign in due.basis.campaigns()
            for key, record in campaign.state.items()
            if record.state in _FAILED
        }
        changes = tuple(item for item in changes if item.key in before)
    return replace(due, plan=replace(due.plan, changes=changes, missed=()))


def expected(due: Due, request: Request) -> Due:
    """Return what is asked for of a plan. Raises UserError where it is not the expected one."""
    from storesync.publish.publisher import check_expected

    due = limited(due, request)
    check_expected(request.expect, due.plan.fingerprint, is_empty=not due.plan.changes)
    return due


def idle(basis: Basis, request: Request) -> Done:
    """Return a run in which nothing is to do. Raises UserError where something is expected of it.

    Another run may have done that; whoever waits for its outcome has to know it was not this one.
    """
    from storesync.app.publishing.due import work_out

    due = work_out(basis)
    expected(due, request)
    return Done("", due)


def publish(basis: Basis, request: Request, attempts: Attempts) -> Done:
    """Carry out what is due, beside what earlier attempts of this command sent already.

    Raises LostRace where another machine wrote the ledger first: plan again. UserError where the
    plan is not the expected one, or the brake holds it.
    """
    from storesync.app.proof.basis import run_name
    from storesync.app.proof.guard import unadopted
    from storesync.app.publishing.asking import work_out_asking
    from storesync.app.publishing.channels import Channels
    from storesync.app.publishing.firsts import write_proof
    from storesync.app.publishing.remember import remember
    from storesync.app.publishing.turns import carry_out_in_turns
    from storesync.publish import doubtful, publisher

    channels = Channels(basis.context, basis.settings)
    name = run_name(basis.at)
    earlier, lapse = len(attempts.sent), attempts.lapse if basis.settings.get("ledger") else None
    run = publisher.Run(name, basis.at, basis.repository_id, channels.of, lapse, attempts.sent)
    _begin(basis, request)
    write_proof(basis, f"{name}-proof")
    closed = {**unadopted(basis.ledger, basis.settings), **channels.unavailable()}
    due, in_doubt, waiting, busy, news = work_out_asking(
        basis, run, closed, at_once=request.only_failed
    )
    _check_brake(due := expected(due, request), request)
    planned = {change.key for change in due.plan.changes}
    run = replace(run, titles={key: piece.titles for key, piece in due.current.items()})
    waits = {key for key in in_doubt if due.holding(key, basis.at)}
    writer = basis.store.writer(basis.ledger, name)
    publisher.inherit(run, writer, basis.ledger, due.plan.inherited)
    due, sent = carry_out_in_turns(run, due, writer)
    if not request.is_partial:
        lost = _lost(in_doubt, due, planned | waits)
        missed = doubtful.give_up(run, writer, lost, due.plan.missed)
        due = replace(due, plan=replace(due.plan, missed=missed))
    known = [key for campaign in basis.campaigns() for key in campaign.state]
    undone = channels.finish(basis.at, [*known, *(change.key for change in due.plan.changes)])
    if not undone and not request.is_partial:
        bad = [item.change.key for item in sent if item.bad]
        left = planned - {change.key for change in due.plan.changes}
        unsettled = [*bad, *left, *due.waiting, *waiting, *busy, *due.unproven, *(waits - planned)]
        remember(basis, due, writer, unsettled)
    if due.chain is not None:
        due.chain.finish()
    doubts = basis.proof.new_doubts if basis.proof else []
    is_amiss = bool(undone or doubts or attempts.is_bad or news.keys() & waiting.keys())
    due = _without(due, attempts.sent[:earlier])
    return Done(name, due, attempts.sent, waiting, undone, doubts, is_amiss)


def _lost(
    in_doubt: Mapping[PlacementKey, DeliveryRecord], due: Due, kept: Collection[PlacementKey]
) -> dict[PlacementKey, DeliveryRecord]:
    """Return the deliveries in doubt that no channel has and nothing plans or keeps."""
    return {
        key: record
        for key, record in in_doubt.items()
        if key not in kept and not due.frozen.placement(key)
    }


def _without(due: Due, sent: Sequence[Sent]) -> Due:
    """Return a plan that does not call unchanged what this very command put out before it."""
    live = sum(not item.bad and item.change.action is not Action.WITHDRAW for item in sent)
    return replace(due, plan=replace(due.plan, unchanged=due.plan.unchanged - live))


def _begin(basis: Basis, request: Request) -> None:
    """Begin the ledger where there is none, but not for another plan than the expected one."""
    from storesync.app.publishing.due import work_out

    if request.expect is not None and basis.ledger.genesis is None:
        expected(work_out(basis), request)
    tip = basis.ledger.tip
    basis.begin()
    if tip not in {None, basis.ledger.tip}:  # what is proven was found out by older lines
        raise LostRace(BRANCH)


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


def _check_brake(due: Due, request: Request) -> None:
    plan = due.plan
    if plan.brake and not request.force and request.expect is None:
        hint = f"look at storesync plan; if it is right: publish --expect {plan.fingerprint}"
        raise UserError(f"brake: {plan.brake}; nothing was done", hint=hint)
