"""`storesync history`: who proposed, approved and changed what, and what went out when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storesync.app.context import UNSHALLOW, Context, note, say, say_json
from storesync.cli.context import make_context
from storesync.errors import UserError
from storesync.report import history as report

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.proposals.trail import Trail
    from storesync.report.evidence import Evidence
    from storesync.report.history import Event

# What a folder that cannot be written to raises.
_NO_FOLDER = (FileExistsError, FileNotFoundError, NotADirectoryError, PermissionError)


@click.command("history")
@click.argument("campaign", required=False)
@click.option(
    "--evidence",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write it to DIR: history.json, .csv and .html.",
)
@click.option("--offline", is_flag=True, help="Ask no forge and no remote: no proposals.")
@click.pass_context
def command(
    ctx: click.Context, *, campaign: str | None, evidence: Path | None, offline: bool
) -> int:
    """Show what happened to CAMPAIGN, or to all, oldest first.

    Proposals and what was said of them, commits, approvals found proven or not, holds, deliveries:
    from the forge, Git and the ledger. A shallow clone lacks older commits and is refused: git
    fetch --unshallow.
    """
    from storesync.app.find import known_campaign
    from storesync.app.proof.basis import shared_ledger
    from storesync.app.proposals.told import told
    from storesync.app.proposals.trail import Trail

    context = make_context(ctx)
    context.check_format()
    if context.repository.shallow:
        message = "this clone is shallow: older commits are missing, so history would leave out"
        raise UserError(f"{message} who changed what", hint=UNSHALLOW)
    context.head()
    ledger = shared_ledger(context, context.now, offline=offline)
    name = known_campaign(context, ledger, campaign) if campaign else ""
    published, unseen = _published(context, offline=offline)
    tip = published.tip if published else context.head()
    trail = Trail(context, ledger, name, tip)
    events = _events(trail)
    if published is not None:
        try:
            events += list(told(published, trail))
        except UserError as error:
            unseen.append(f"proposals: {error.message}")
    events.sort(key=lambda event: event.at)
    unknown = (f"what {it[:12]} changed: Git cannot compare it" for it in sorted(trail.unknown))
    unseen += unknown
    unseen += [f"all of the ledger: {it.path}: {it.message}" for it in ledger.journal.problems]
    if evidence is not None:
        _write(context, evidence, _evidence(trail, events, unseen))
        return 0
    if context.format == "json":
        say_json(report.as_data(events))
    else:
        say(report.as_text(events, every=context.options.verbose))
    for text in unseen:
        note(context, f"cannot see {text}")
    return 0


def _published(context: Context, *, offline: bool) -> tuple[Published | None, list[str]]:
    """Return the branch that is published and its forge, or why it cannot be seen."""
    from storesync.app.proposals.forges import open_published

    if offline:
        return None, ["proposals: not asked for (--offline)"]
    try:
        return open_published(context), []
    except UserError as error:
        return None, [f"proposals: {error.message}"]


def _events(trail: Trail) -> list[Event]:
    """Return what Git and the ledger tell."""
    from storesync.app.find import known_campaigns

    events = [event for event in trail.of_journal() if _is_about(event, trail.campaign)]
    names = [trail.campaign] if trail.campaign else known_campaigns(trail.context, trail.ledger)
    for brand, campaign in sorted(name.split("/") for name in names):
        events += trail.of_campaign(brand, campaign)
    return events


def _is_about(event: Event, campaign: str) -> bool:
    """Say whether a line of the journal touches the campaign `brand/campaign`; empty: any."""
    brand, _, name = campaign.partition("/")
    return not campaign or (event.brand in {"", brand} and event.campaign in {"", name})


def _evidence(trail: Trail, events: list[Event], unseen: list[str]) -> Evidence:
    from storesync.report.evidence import Evidence

    ledger, name = trail.ledger, trail.campaign
    chains = {
        str(item): known.last_hash
        for item, known in sorted(ledger.campaigns.items())
        if not name or name == f"{item.brand}/{item.campaign}"
    }
    return Evidence(
        scope=name or "everything",
        repository=ledger.genesis.repository if ledger.genesis else "",
        published=trail.tip,
        ledger=ledger.tip or "",
        genesis=ledger.genesis.hash if ledger.genesis else "",
        chains={"the journal": ledger.journal.last_hash, **chains},
        cannot_see=unseen,
        events=events,
    )


def _write(context: Context, folder: Path, evidence: Evidence) -> None:
    from storesync.app.files import write_whole
    from storesync.report.evidence import files

    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = files(evidence)
        for name, raw in made.items():
            write_whole(folder / name, raw)
    except _NO_FOLDER as error:  # a disk that refuses has a hint of its own
        message = f"cannot write {error.filename}: {error.strerror}"
        raise UserError(message, hint="name another folder: --evidence DIR") from None
    if context.format == "json":
        paths = [str(folder / name) for name in made]
        data = {"events": len(evidence.events), "written": paths}
        say_json({**data, "cannot_see": list(evidence.cannot_see)})
    else:
        say(f"{folder}: {', '.join(made)} ({len(evidence.events):,} events)")
    for text in evidence.cannot_see:
        note(context, f"cannot see {text}")
