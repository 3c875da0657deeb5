"""`storesync digest`: what waits for whom, and what misses its start; with --send, by mail."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, note, say, say_json
from storesync.cli.context import at_option, make_context, parse_at
from storesync.diagnostics import Severity
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.report.digest import Letter, Outcome, Unapproved

_MOST_PLANNED = 50


@click.command("digest")
@click.option("--send", is_flag=True, help="Send it: by SMTP, or through apprise.")
@at_option
@click.pass_context
def command(ctx: click.Context, *, send: bool, at: str | None) -> int:
    """Show what waits for whom: a letter for each approver, as --send sends it.

    Proposals and how long they have waited, what misses its start (within 24 hours: admins are
    told, too), what is merged and not approved, waivers that end within 14 days. Who is away gets
    none; the deputy does. Where nothing waits nothing is sent. Exit code 1 where a letter could not
    be sent.
    """
    from storesync.report import digest as report

    context = make_context(ctx)
    context.check_format()
    moment = parse_at(at, context.now)
    if send and at is not None:
        raise UserError("--at is for looking only", hint="leave out --at, or --send")
    found = _found(context, moment)
    outcomes = _sent(found, moment) if send else [report.Outcome(it) for it in found.letters]
    if context.format == "json":
        say_json(report.as_data(outcomes, moment, found.unseen))
    else:
        say(report.as_text(outcomes, moment))
        for text in found.unseen:
            note(context, f"cannot see {text}")
    return EXIT_ERRORS if any(item.result == "failed" for item in outcomes) else 0


@dataclass(frozen=True)
class _Found:
    """The letters, what cannot be seen, and the settings that count for sending."""

    letters: Sequence[Letter]
    unseen: Sequence[str]
    settings: Mapping[str, Any]


def _found(context: Context, at: datetime) -> _Found:
    """Return what waits for whom, by the teams, owners and settings that were proven last."""
    from storesync.app.chain import open_chain
    from storesync.app.proof.basis import open_plainly
    from storesync.app.proof.pending import pending
    from storesync.app.proposals.forges import open_published
    from storesync.app.proposals.letters import Office, endings, letters, people_of, unapproved_of
    from storesync.app.proposals.proposed import Look, proposed
    from storesync.app.review.ownership import OwnerFiles
    from storesync.app.settings import settings_of
    from storesync.approval.always import Deciders

    published = open_published(context)
    chain = open_chain(context, published.base.tree, at)
    chain.documents.save()
    ledger = open_plainly(context, at).ledger
    held = pending(context, ledger, chain, published.tip, offline=False)
    if held.unseen:
        raise UserError(held.unseen, hint="nobody knows which teams and settings count: try again")
    replaced = held.standing.replaced() if held.standing else {}
    found, unseen = proposed(published, Look(at, most=_MOST_PLANNED))
    ending = endings(chain.catalog, at)
    own = published.base.ownership
    files = OwnerFiles(context.root, published.base.tree)
    teams = files.teams
    merged: list[Unapproved] = []
    if held.standing and held.standing.taints:  # what is merged is then worked out as it stands
        newest = open_chain(context, context.repository.tree(published.tip), at)
        seen = pending(context, ledger, newest, published.tip, offline=False)
        merged = unapproved_of(seen.placements)
    paths = [item.path for item in ending]
    deciders = Deciders(teams, own)
    names = {name for item in merged for name in deciders.of_brand(item.brand)}
    names |= {name for item in own.of_all(paths) for name in item.owners}
    office = Office(teams, own, people_of(published, found, names, teams), at)
    made, strangers = letters(office, found, ending, merged)
    settings = settings_of(context.repository, published.tip, replaced)
    faulty = sorted({item.path for item in files.faults if item.severity is Severity.ERROR})
    lost = [f"who is named in {path}: it has an error" for path in faulty]
    return _Found(made, [*unseen, *strangers, *lost], settings)


def _sent(found: _Found, at: datetime) -> list[Outcome]:
    """Send the letters by all ways that are set up. Raises UserError where there is none."""
    from storesync.app.proposals.sending import URLS, mail, post_of, service_of, tell

    if not found.letters:
        return []
    post, service = post_of(found.settings, os.environ), service_of(os.environ)
    if post is None and service is None:
        hint = f"digest: {{from: …, smtp: host:587}} in storesync.yaml, or {URLS} for apprise"
        raise UserError("nothing says how to send it", hint=hint)
    outcomes: list[Outcome] = []
    if post is not None:
        outcomes += mail(post, found.letters, at)
    if service is not None:
        outcomes += tell(service, found.letters, at)
    return outcomes
