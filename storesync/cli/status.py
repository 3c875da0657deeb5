"""`storesync status`: campaigns, their states and proposals, what is live, and what comes next."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from storesync.app.context import Context, note, say, say_json
from storesync.cli.context import at_option, make_context, parse_at, tell_errors
from storesync.diagnostics import Diagnostic, printable
from storesync.errors import UserError
from storesync.report import status as report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storesync.catalog.catalog import Catalog
    from storesync.ledger.holds import Holds
    from storesync.ledger.ledger import Ledger


@click.command("status")
@click.argument("campaign", required=False)
@at_option
@click.option(
    "--offline", is_flag=True, help="Ask no forge and no remote: no proposals, no approvals."
)
@click.pass_context
def command(ctx: click.Context, *, campaign: str | None, at: str | None, offline: bool) -> int:
    """Show the state of CAMPAIGN, or of all: derived from Git, the forge, flights and the ledger.

    Beside each campaign stand the proposals that are about it: their states, what they wait for,
    and what misses its start. What cannot be seen is said and stops nothing. Exit code 1 where
    files have errors.
    """
    context = make_context(ctx)
    context.check_format()
    moment = parse_at(at, context.now)
    found, wrong = _status(context, campaign, moment, offline=offline)
    if context.format == "json":
        say_json(report.as_data(found))
    else:
        say(report.as_text(found, reasons=campaign is not None or context.options.verbose))
        where = _outbox(context)
        if where and not context.quiet:
            say(f"\nopen {where}")
    return tell_errors(wrong)


def _status(
    context: Context, name: str | None, at: datetime, *, offline: bool
) -> tuple[report.Status, list[Diagnostic]]:
    """Return what there is to say, and what is wrong with the files."""
    from storesync.app.chain import open_chain
    from storesync.app.garbage import without_collection
    from storesync.app.proof.basis import shared_ledger
    from storesync.app.proof.pending import pending
    from storesync.app.proposals.proposed import Look, look_for
    from storesync.app.publishing.rows import drafts, only, rows_of, unread
    from storesync.app.unusable import as_diagnostics, unusable_in
    from storesync.catalog.locate import locate
    from storesync.publish.frozen import Frozen
    from storesync.publish.live import last_run
    from storesync.validate.identity import renamed

    head = context.repository.head()
    committed = _published(context, head, offline=offline)
    with without_collection():
        chain = open_chain(context, context.tree(committed), at)
        chain.documents.save()
        ledger = shared_ledger(context, at, offline=offline)
        holds = _holds(ledger).named(renamed(chain.catalog))
        held = pending(context, ledger, chain, committed, offline=offline)
        wrong = chain.assessment.diagnostics(at)
        frozen = Frozen(chain.catalog, wrong)
        closed = unusable_in(context.root, chain.assessment.tree)
        for kind, error in closed.items():
            frozen.close(kind, error.message)
        wrong += locate(as_diagnostics(closed), chain.assessment.tree)
        rows = rows_of(ledger, chain, frozen, holds, held, committed=committed is not None)
        if committed is not None and _has_drafts(context, head, committed):
            rows += drafts(context, chain, at)
    look = Look(at, _campaign(rows, name))
    proposals, unseen = ([], []) if committed is None else look_for(context, look, offline=offline)
    rows, others = report.beside(rows, proposals)
    if name is not None:
        rows, others = only(rows, name, chain.catalog), []
        rows = [_moved(context, row, committed) for row in rows]
        wrong = [item for item in wrong if _concerns(item.path, rows, chain.catalog)]
    genesis = ledger.genesis.at if ledger.genesis else None
    told = [held.unseen] if held.unseen else []
    told += unread(chain.catalog, frozen, rows) if name is None else []
    status = report.Status(
        at=at,
        rows=tuple(rows),
        others=tuple(others),
        unproven=tuple(held.causes()),
        unseen=(*told, *unseen),
        last_run=last_run(ledger.campaigns.values(), genesis),
        heard=ledger.written_at,
    )
    return status, wrong


def _concerns(path: str, rows: Sequence[report.Row], catalog: Catalog) -> bool:
    """Say whether a file is one that some campaigns hang on; their brand's locations are."""
    parts = path.split("/")
    if parts[0] not in {"brands", "templates"}:
        return True
    for row in rows:
        brand = catalog.brands.get(row.brand)
        campaign = brand.campaigns.get(row.campaign) if brand else None
        ref = campaign.file.template if campaign else ""
        if parts[0] == "templates":
            if "_includes" in parts or path.startswith(f"templates/{ref}/"):
                return True
        elif parts[1] == row.brand and (parts[2:3] != ["campaigns"] or row.campaign in parts[3:4]):
            return True
    return False


def _has_drafts(context: Context, head: str | None, committed: str) -> bool:
    """Say whether something here is not in what is published; in a clone that is behind it is."""
    from storesync.source.on_disk import uncommitted

    repository = context.repository
    return bool(uncommitted(repository)) or not repository.is_ancestor(head or committed, committed)


def _published(context: Context, head: str | None, *, offline: bool) -> str | None:
    """Return the commit whose campaigns are told: what only stands on a branch is not merged.

    Where the clone is behind it is the newest one of the shared branch, as for `publish`.
    """
    from storesync.app.proof.unmerged import unmerged
    from storesync.app.publishing.newest import newer_commit, note_newer
    from storesync.app.settings import settings_of

    try:
        settings = settings_of(context.repository, head) if head is not None else {}
    except UserError:
        settings = {}
    found = unmerged(context, settings)
    if found is None:
        newer = None
        if head is not None and not offline:
            with suppress(UserError):  # that the remote cannot be asked is told with the proposals
                newer = newer_commit(context, settings, head)
        if newer is not None:
            note_newer(context, newer)
        return newer or head
    branches = f"{printable(found.here)} is not merged; told is {printable(found.into)}"
    note(context, f"note: {branches} as it is known here")
    return found.tip


def _campaign(rows: list[report.Row], name: str | None) -> str:
    """Return `brand/campaign` of what was asked for, empty for all or for what is not merged."""
    known = {f"{row.brand}/{row.campaign}" for row in rows}
    if name is None or name in known:
        return name or ""
    bare = [item for item in known if item.partition("/")[2] == name]
    return bare[0] if len(bare) == 1 else name if "/" in name else ""


def _moved(context: Context, row: report.Row, commit: str | None) -> report.Row:
    """Return a row with who scheduled the campaign, and when: the last commit that changed it."""
    from storesync.publish.states import CampaignState
    from storesync.source.history import log

    if commit is None or row.state is not CampaignState.SCHEDULED:
        return row
    folder = f"brands/{row.brand}/campaigns/{row.campaign}"
    found = log(context.repository, [folder], commit, limit=1)
    return replace(row, since=found[0].at, by=found[0].author) if found else row


def _holds(ledger: Ledger) -> Holds:
    """Return what people stopped; a damaged journal does not keep the rest from being shown."""
    from storesync.ledger.holds import Holds, holds_of

    try:
        return holds_of(ledger.journal)
    except UserError as error:
        click.echo(f"error: {error.message}\n\nhint: {error.hint}", err=True)
        return Holds(())


def _outbox(context: Context) -> str:
    index = context.root / ".storesync" / "outbox" / "index.html"
    return str(index.relative_to(context.root)) if index.is_file() else ""
