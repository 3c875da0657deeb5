"""What `status` says of each campaign: by the newest commit, the files on disk and the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.diagnostics import printable
from storesync.report.status import Row

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.app.proof.pending import Pending
    from storesync.catalog.catalog import Catalog
    from storesync.ledger.holds import Holds
    from storesync.ledger.ledger import Ledger
    from storesync.plan.change import PlacementKey
    from storesync.plan.held import Held, Holding
    from storesync.plan.pieces import Dated
    from storesync.publish.frozen import Frozen


def rows_of(
    ledger: Ledger,
    chain: Chain,
    frozen: Frozen,
    holds: Holds,
    pending: Pending,
    *,
    committed: bool,
) -> list[Row]:
    """Return a row for each campaign of a chain, and for those that are out and have no file.

    It may be deleted, by an unproven commit too, or one that cannot be read.
    """
    rows = []
    for campaigns in chain.assessment.dated.values():
        for dated in campaigns.values():
            row = _row(ledger, dated, chain.at, holds, pending, committed=committed)
            if committed and ledger.genesis:
                late = _late(ledger, dated, chain.at, _holding(holds, pending), frozen)
                row = replace(row, late=tuple(late))
            rows.append(_as_it_is(row, dated, ledger, chain, frozen))
    known = {(row.brand, row.campaign) for row in rows}
    gone = {key[:2] for key in pending.placements} - known
    rows += [_gone(ledger, *name, pending) for name in sorted(gone)]
    return rows + list(_left(ledger, chain.catalog, frozen, known | gone))


def unread(catalog: Catalog, frozen: Frozen, rows: Sequence[Row]) -> list[str]:
    """Say of which campaigns nothing can be told, since their files cannot be read."""
    known = {(row.brand, row.campaign) for row in rows}
    return [
        f"{brand.id}/{name}: {frozen.campaign(brand.id, name)}"
        for brand in catalog.brands.values()
        for name in sorted(brand.broken_campaigns)
        if (brand.id, name) not in known
    ]


def _as_it_is(row: Row, dated: Dated, ledger: Ledger, chain: Chain, frozen: Frozen) -> Row:
    """Return a row that says what keeps a campaign as it is: an error in a file it hangs on.

    Where it goes cannot be told then, nor that it went everywhere and is over.
    """
    from storesync.publish.states import CampaignState, state_by_flight

    why = frozen.campaign(row.brand, row.campaign)
    lost = len(chain.catalog.brands[row.brand].broken_locations)
    if row.state in {CampaignState.DRAFT, CampaignState.PENDING_REVIEW} or not (why or lost):
        return row
    if why:
        row = replace(row, remark=f"stays as it is: {why}")
    file = dated.campaign.file
    if file.cancelled or (dated.pieces and row.state is not CampaignState.COMPLETED):
        return row
    records = ledger.campaign(row.brand, row.campaign).state
    state = state_by_flight(file.flight, records, chain.at)
    if state is row.state:
        return row
    places = len({key.location for key in records})
    remark = row.remark if why else f"{lost:,} locations of {row.brand} cannot be read"
    return replace(row, state=state, locations=row.locations or places, remark=remark, since=None)


def drafts(context: Context, merged: Chain, at: datetime) -> list[Row]:
    """Return campaigns that are on disk and not committed."""
    from storesync.app.chain import open_chain
    from storesync.app.proof.pending import Pending
    from storesync.ledger.holds import Holds
    from storesync.ledger.ledger import Ledger

    known = {item.name for item in merged.catalog.campaigns()}
    chain = open_chain(context, context.work_tree, at)
    ledger = Ledger(context.repository)
    return [
        _row(ledger, dated, at, Holds(()), Pending(), committed=False)
        for campaigns in chain.assessment.dated.values()
        for dated in campaigns.values()
        if dated.campaign.name not in known
    ]


def only(rows: Sequence[Row], name: str, catalog: Catalog) -> list[Row]:
    """Return the row of a campaign by `brand/campaign` or its bare id. Raises UserError."""
    from storesync.app.find import find_campaign

    known = {f"{row.brand}/{row.campaign}": row for row in rows}
    if name in known:
        return [known[name]]
    bare = [row for row in rows if row.campaign == name]
    if len(bare) != 1:
        find_campaign(catalog, name)
    return bare


def _row(
    ledger: Ledger,
    dated: Dated,
    at: datetime,
    holds: Holds,
    pending: Pending,
    *,
    committed: bool,
) -> Row:
    from storesync.publish.states import (
        CampaignState,
        deliveries_of,
        failing,
        next_of,
        since_of,
        state_of,
    )

    campaign = dated.campaign
    known = ledger.campaign(campaign.brand, campaign.id)
    records = known.state
    holding = _holding(holds, pending)
    state = state_of(dated.pieces, records, at, committed=committed)
    since, by = since_of(dated.pieces, state, at), ""
    remark = failing(dated.pieces, records, at) or _remark(dated)
    name = (campaign.brand, campaign.id)
    waiting = [reason for key, reason in pending.placements.items() if key[:2] == name]
    if waiting:
        state, since, by = CampaignState.PENDING_REVIEW, *_cause(pending)
        remark = f"{len(waiting):,} held: {waiting[0]}"
    if known.is_damaged:
        remark = f"its ledger is damaged: {known.problems[0].path}:{known.problems[0].line}"
    reasons = Counter(reason for _, _, reason in dated.skipped)
    return Row(
        brand=campaign.brand,
        campaign=campaign.id,
        title=campaign.file.name,
        state=state,
        locations=len({piece.key.location for piece in dated.pieces}),
        deliveries=deliveries_of(dated.pieces, records, len(dated.skipped), at, holding),
        next=next_of(dated.pieces, records, at),
        since=since,
        by=by,
        remark=remark,
        reasons=dict(reasons.most_common()),
        holds=holds.of_campaign(campaign.brand, campaign.id, at),
    )


def _late(
    ledger: Ledger, dated: Dated, at: datetime, holding: Holding, frozen: Frozen
) -> list[datetime]:
    """Return the starts that no run saw; what an error keeps as it is, a run has seen."""
    from storesync.publish.states import overdue

    records = ledger.campaign(dated.campaign.brand, dated.campaign.id).state
    found = overdue(dated.pieces, records, at, holding)
    if not found:
        return []
    pieces = [piece for piece in dated.pieces if not frozen.placement(piece.key)]
    return overdue(pieces, records, at, holding)


def _remark(dated: Dated) -> str:
    campaign = dated.campaign
    if campaign.results is not None and campaign.results.redemptions is not None:
        return f"{campaign.results.redemptions:,} redeemed"
    return f"cancelled: {campaign.file.cancelled}" if campaign.file.cancelled else ""


def _gone(ledger: Ledger, brand: str, campaign: str, pending: Pending) -> Row:
    from storesync.publish.states import CampaignState

    reasons = [text for key, text in pending.placements.items() if key[:2] == (brand, campaign)]
    since, by = _cause(pending)
    row = _recorded(ledger, brand, campaign, f"deleted, and not proven: {reasons[0]}")
    return replace(row, state=CampaignState.PENDING_REVIEW, since=since, by=by)


def _left(
    ledger: Ledger, catalog: Catalog, frozen: Frozen, shown: set[tuple[str, str]]
) -> Iterator[Row]:
    """Yield what customers still see of campaigns that no readable file tells of any more."""
    from storesync.publish.live import is_left
    from storesync.validate.identity import renamed

    found = [
        name
        for name, known in sorted(ledger.campaigns.items())
        if tuple(name) not in shown and is_left(known)
    ]
    names = renamed(catalog) if found else {}
    for brand, campaign in found:
        if (brand, f"campaign/{campaign}") in names or ("", f"brand/{brand}") in names:
            continue  # told under its new name
        why = frozen.campaign(brand, campaign)
        remark = f"stays as it is: {why}" if why else "its file is gone: it comes down"
        yield _recorded(ledger, brand, campaign, remark)


def _recorded(ledger: Ledger, brand: str, campaign: str, remark: str) -> Row:
    """Return a row by what the ledger alone says of a campaign."""
    from storesync.publish.states import CampaignState

    records = ledger.campaign(brand, campaign).state
    counts = Counter(record.state.value for record in records.values())
    return Row(
        brand=brand,
        campaign=campaign,
        title=campaign,
        state=CampaignState.ACTIVE,
        locations=len({key.location for key in records}),
        deliveries=dict(sorted(counts.items())),
        next=None,
        remark=remark,
    )


def _cause(pending: Pending) -> tuple[datetime | None, str]:
    """Return when the last unproven commit came, and from whom."""
    causes = pending.causes()
    if not causes:
        return None, ""
    last = causes[-1].landing
    return last.at, printable(last.author, limit=60)


def _holding(holds: Holds, pending: Pending) -> Holding:
    from storesync.plan.held import Held

    def holding(key: PlacementKey, at: datetime) -> Held | None:
        reason = pending.placements.get(key)
        return holds.held(key, at) if reason is None else Held(reason)

    return holding
