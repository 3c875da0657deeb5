"""What hold, recall and resume share: who asks, over what, and one line of the journal."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context
from storesync.cli.context import parse_at
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proof.authority import Authority
    from storesync.ledger.entry import Fields
    from storesync.ledger.holds import Holds
    from storesync.ledger.scope import Scope

# How often another run may be faster to write the ledger.
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Who decides over what, when, and what was decided before."""

    scope: Scope
    by: Authority
    at: datetime
    holds: Holds


def reason_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-m REASON` to a command."""
    option = click.option("-m", "reason", metavar="REASON", help="Why; everybody can read it.")
    return option(command)


def check_reason(reason: str | None) -> str:
    """Return a reason as it is kept. Raises UserError where there is none."""
    if reason is None or not reason.strip():
        raise UserError("say why: -m REASON", hint='for example -m "Supplier recalled the beans"')
    return reason.strip()


def decide(context: Context, options: dict[str, Any], line: Callable[[Asked], Fields]) -> Asked:
    """Write the line that `line` makes of what was asked into the journal; return what was asked.

    Raises UserError where a scope or a role is missing; then nothing was written.
    """
    from storesync.app.proof.authority import authority_over
    from storesync.app.proof.basis import check_moment, run_name
    from storesync.app.proposals.forges import newest_published
    from storesync.app.publishing.newest import open_newest
    from storesync.cli.scope import check_named, find_scope, places_of
    from storesync.ledger.holds import holds_of
    from storesync.source.git import LostRace

    check_named(options)
    at = parse_at(options["at"], context.now)
    by: Authority | None = None
    commit = newest_published(context)
    for _ in range(_PATIENCE):
        basis = open_newest(context, at, commit, is_urgent=True)
        if options["at"] is not None:
            check_moment(basis)
        places = places_of(basis)
        scope = find_scope(basis, places, options)
        by = by or authority_over(basis, scope)
        basis.begin()
        asked = Asked(scope, by, at, holds_of(basis.ledger.journal))
        writer = basis.store.writer(basis.ledger, run_name(at))
        try:
            writer.append_journal([line(asked)], at=at)
        except LostRace:  # a run wrote meanwhile: what is held may be another now
            time.sleep(secrets.randbelow(200) / 1_000)
        else:
            return asked
    message = "other runs were faster to write the ledger again and again"
    raise UserError(message, hint="run the command again")
