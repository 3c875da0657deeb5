"""`storesync status`: campaigns and their states, what is live, and what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import click

from storesync.cli.context import Context, at_option, make_context, parse_at, say, say_json
from storesync.errors import UserError
from storesync.report import status as report

if TYPE_CHECKING:
    from storesync.catalog.catalog import Catalog
    from storesync.ledger.holds import Holds
    from storesync.ledger.ledger import Ledger
    from storesync.plan.pieces import Dated


@click.command("status")
@click.argument("campaign", required=False)
@at_option
@click.pass_context
def command(ctx: click.Context, *, campaign: str | None, at: str | None) -> int:
    """Show the state of CAMPAIGN, or of all: derived from Git, the flights and the ledger."""
    context = make_context(ctx)
    context.check_format()
    moment = parse_at(at, context.now)
    rows, where = _rows(context, campaign, moment)
    if context.format == "json":
        say_json(report.as_data(moment, rows))
    else:
        say(report.as_text(moment, rows, reasons=campaign is not None or context.options.verbose))
        if where and not context.quiet:
            say(f"\nopen {where}")
    return 0


def _rows(context: Context, name: str | None, at: datetime) -> tuple[list[report.Row], str]:
    from storesync.cli.basis import shared_ledger
    from storesync.cli.chain import open_chain
    from storesync.cli.collection import without_collection
    from storesync.cli.find import find_campaign
    from storesync.validate.identity import renamed

    committed = context.repository.head()
    with without_collection():
        tree = context.tree(committed)
        chain = open_chain(context, tree, at)
        chain.documents.save()
        ledger = shared_ledger(context, at)
        holds = _holds(ledger).named(renamed(chain.catalog))
        rows = [
            _row(ledger, dated, at, committed=committed is not None, holds=holds)
            for campaigns in chain.assessment.dated.values()
            for dated in campaigns.values()
        ]
        if committed is not None and context.repository.uncommitted():
            rows += _drafts(context, chain.catalog, at)
    if name is not None:
        known = {f"{row.brand}/{row.campaign}": row for row in rows}
        bare = [row for row in rows if row.campaign == name]
        if name in known:
            rows = [known[name]]
        elif len(bare) == 1:
            rows = bare
        else:
            find_campaign(chain.catalog, name)
    return rows, _outbox(context)


def _holds(ledger: Ledger) -> Holds:
    """Return what people stopped; a damaged journal does not keep the rest from being shown."""
    from storesync.ledger.holds import Holds, holds_of

    try:
        return holds_of(ledger.journal)
    except UserError as error:
        click.echo(f"error: {error.message}\n\nhint: {error.hint}", err=True)
        return Holds(())


def _row(
    ledger: Ledger, dated: Dated, at: datetime, *, committed: bool, holds: Holds
) -> report.Row:
    from storesync.publish.states import deliveries_of, next_of, state_of

    campaign = dated.campaign
    known = ledger.campaign(campaign.brand, campaign.id)
    records = known.state
    state = state_of(dated.pieces, records, at, committed=committed)
    reasons = Counter(reason for _, _, reason in dated.skipped)
    remark = f"cancelled: {campaign.file.cancelled}" if campaign.file.cancelled else ""
    if campaign.results is not None and campaign.results.redemptions is not None:
        remark = f"{campaign.results.redemptions:,} redeemed"
    if known.is_damaged:
        remark = f"its ledger is damaged: {known.problems[0].path}:{known.problems[0].line}"
    return report.Row(
        brand=campaign.brand,
        campaign=campaign.id,
        title=campaign.file.name,
        state=state,
        locations=len({piece.key.location for piece in dated.pieces}),
        deliveries=deliveries_of(dated.pieces, records, len(dated.skipped), at, holds.held),
        next=next_of(dated.pieces, at),
        remark=remark,
        reasons=dict(reasons.most_common()),
        holds=holds.of_campaign(campaign.brand, campaign.id, at),
    )


def _drafts(context: Context, merged: Catalog, at: datetime) -> list[report.Row]:
    """Return campaigns that are on disk and not committed."""
    from storesync.cli.chain import open_chain
    from storesync.ledger.holds import Holds
    from storesync.ledger.ledger import Ledger

    known = {item.name for item in merged.campaigns()}
    chain = open_chain(context, context.work_tree, at)
    return [
        _row(Ledger(context.repository), dated, at, committed=False, holds=Holds(()))
        for campaigns in chain.assessment.dated.values()
        for dated in campaigns.values()
        if dated.campaign.name not in known
    ]


def _outbox(context: Context) -> str:
    index = context.root / ".storesync" / "outbox" / "index.html"
    return str(index.relative_to(context.root)) if index.is_file() else ""
