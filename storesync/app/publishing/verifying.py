"""The checks of `storesync verify`: approvals, the ledger, and what channels really have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from storesync.app.proof.basis import Basis
from storesync.app.proof.guard import is_guarded, real_channels, unadopted
from storesync.app.proof.proving import Proof, prove, records_of
from storesync.app.proof.unmerged import check_merged
from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.errors import UserError
from storesync.report.answers import Answer, Result

if TYPE_CHECKING:
    from storesync.approval.record import ApprovalRecord
    from storesync.ledger.delivery import DeliveryRecord
    from storesync.plan.change import PlacementKey

_MOST = 20  # deliveries of a campaign that are told one by one
_LIVE = frozenset({"live", "handed_off"})


def check_ledger(basis: Basis) -> Iterator[Answer]:
    """Yield whether the ledger is whole, campaign by campaign where it is not."""
    ledger = basis.ledger
    found = [*ledger.problems, *ledger.journal.problems]
    found += [problem for item in ledger.campaigns.values() for problem in item.problems]
    for problem in found:
        if problem.severity is Severity.ERROR:
            hint = "storesync verify --repair puts it back as it last was sound"
            yield Answer("ledger", Result.FAIL, _told(problem), hint)
        else:
            yield Answer("ledger", Result.PASS, f"warning: {_told(problem)}")
    if ledger.genesis is None:
        yield Answer("ledger", Result.PASS, "nothing was published yet")
    elif not any(problem.severity is Severity.ERROR for problem in found):
        count = sum(item.length for item in ledger.campaigns.values()) + ledger.journal.length
        many = f"{len(ledger.campaigns):,} campaign{'' if len(ledger.campaigns) == 1 else 's'}"
        text = f"{count:,} lines of {many} follow one on another"
        yield Answer("ledger", Result.PASS, text)


def check_approvals(basis: Basis, campaign: str, *, again: bool) -> Iterator[Answer]:
    """Yield whether all that was merged was approved; `again` asks the forge of all of it."""
    try:
        guarded = is_guarded(basis.ledger, basis.settings)
    except UserError as error:
        yield Answer("approvals", Result.FAIL, error.message, error.hint)
        return
    if not guarded:
        yield from _unguarded(basis)
        return
    known = {item.commit for item in records_of(basis.ledger)} if again else set()
    proof = prove(basis.context, basis.ledger, basis.commit, basis.at, reread=known, afresh=again)
    try:
        check_merged(basis.context, proof, basis.commit)
    except UserError as error:
        yield Answer("approvals", Result.CANNOT_SEE, error.message, error.hint)
        return
    yield from _unproven(proof)
    for record in proof.standing.records:
        if campaign and not _is_about(basis, campaign, record):
            continue
        who = ", ".join(
            f"{item.login} for {' '.join(item.owners)}{' (recorded)' if item.recorded else ''}"
            for item in record.reviewers
        )
        text = f"{record.commit[:12]} is proposal {record.proposal}, approved by {who or 'nobody'}"
        text += "".join(f"; {met}" for met in record.requirements)
        yield Answer("approvals", Result.PASS, printable(text, limit=500))


def _is_about(basis: Basis, campaign: str, record: ApprovalRecord) -> bool:
    """Say whether a merge changed a campaign's files, or what it puts out.

    That says the plan that was worked out for the record. Where none had to be, nothing but
    campaigns and locations changed: then it is about those where the campaign was sent.
    """
    from storesync.app.find import campaigns_in
    from storesync.catalog.layout import Kind, place_of

    if campaign in (record.campaigns or {}):
        return True
    paths = [i.path for i in basis.context.repository.changes(record.base, record.commit, [])]
    if campaign in campaigns_in(paths):
        return True
    brand, _, name = campaign.partition("/")
    sent = {key.location for key in basis.ledger.campaign(brand, name).state}
    places = [place for path in paths if (place := place_of(path)) and place.owner == brand]
    return not record.plan and any(
        place.kind is Kind.DEFAULTS or (place.kind is Kind.LOCATION and place.id in sent)
        for place in places
    )


def _unguarded(basis: Basis) -> Iterator[Answer]:
    missing = unadopted(basis.ledger, basis.settings)
    for channel, error in missing.items():
        yield Answer("approvals", Result.FAIL, f"{channel}: {error.message}", error.hint)
    if not missing:
        text = "none has to be proven here: the forge is plain Git, and all goes to the outbox"
        if real_channels(basis.settings):
            text = "nothing was published yet that had to be proven"
        yield Answer("approvals", Result.PASS, text)


def _unproven(proof: Proof) -> Iterator[Answer]:
    from storesync.approval.proof import open_causes

    found = open_causes(proof.standing)
    for item in found:
        where = f"{item.commit[:12]} by {printable(item.landing.author, limit=60)}"
        # Where the forge did not answer it may well be approved.
        result = Result.CANNOT_SEE if item.unseen else Result.FAIL
        hint = "propose it: storesync submit CAMPAIGN raises its revision; or revert the commit"
        yield Answer("approvals", result, f"{where}: {item.reason}", hint)
    if not found:
        count = len(proof.standing.records)
        merges = "1 merge" if count == 1 else f"{count:,} merges"
        text = f"{merges} since the baseline: approved proposals and nothing else"
        yield Answer("approvals", Result.PASS, text)


def check_live(basis: Basis) -> Iterator[Answer]:
    """Yield whether what the ledger says is live really is, as the channels say."""
    from storesync.app.publishing.channels import Channels
    from storesync.publish.doubtful import look_up

    channels = Channels(basis.context, basis.settings)
    closed = channels.unavailable()
    blind: Counter[str] = Counter()
    for name, item in sorted(basis.ledger.campaigns.items()):
        live = {key: record for key, record in item.state.items() if record.state in _LIVE}
        wrong: list[str] = []
        asked = 0
        for key, record in live.items():
            if key.channel in closed or not channels.of(key).capabilities.can_verify:
                blind[key.channel] += 1
                continue
            asked += 1
            found = look_up(channels.of(key), key, record)
            if found is None or found.state not in _LIVE:
                wrong.append(_place(key, record))
        if asked:
            yield from _of_campaign(str(name), asked, wrong)
    for channel, count in blind.items():
        text = f"{count:,} deliveries on {channel}: the channel cannot be asked"
        yield Answer("live", Result.CANNOT_SEE, text)


def _of_campaign(name: str, count: int, wrong: list[str]) -> Iterator[Answer]:
    hint = f"put it out anew: storesync recall {name} --location ID, publish, resume, publish"
    for place in wrong[:_MOST]:
        yield Answer("live", Result.FAIL, f"{name}: {place} is not there", hint)
    if len(wrong) > _MOST:
        yield Answer("live", Result.FAIL, f"{name}: {len(wrong) - _MOST:,} more are not there")
    if not wrong:
        yield Answer("live", Result.PASS, f"{name}: {count:,} deliveries are as the ledger says")


def _place(key: PlacementKey, record: DeliveryRecord) -> str:
    return printable(f"{key.location} {key.channel} {key.locale} ({record.remote_id or 'no id'})")


def _told(problem: Diagnostic) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem.message}"
