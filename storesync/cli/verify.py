"""`storesync verify`: were approvals really given, is the ledger whole, is live what should be?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.report.answers import Answer


@click.command("verify")
@click.argument("campaign", required=False)
@click.option(
    "--again", is_flag=True, help="Ask the forge of every merge, whatever the records say."
)
@click.option("--live", is_flag=True, help="Ask the channels whether what is live is there.")
@click.option("--adopt", is_flag=True, help="Take the newest commit as approved: the baseline.")
@click.option("--repair", is_flag=True, help="Put damaged parts of the ledger back.")
@click.option("-m", "--message", help="With --adopt: why.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:
    """Check that what was merged was approved, CAMPAIGN or all, and that the ledger is whole.

    Where the clone is behind, that is what is merged at the remote, as far as it can be asked.
    Exit code 1 where something failed. What cannot be seen is said, and is no failure.
    """
    context = make_context(ctx)
    context.check_format()
    if options["adopt"]:
        return _adopt(context, options["message"] or "")
    return _check(context, options["campaign"] or "", options)


def _check(context: Context, campaign: str, options: dict[str, Any]) -> int:
    from storesync.app.find import known_campaign
    from storesync.app.publishing.verifying import check_approvals, check_ledger, check_live
    from storesync.report import answers as report
    from storesync.report.answers import Result

    basis = _open(context)
    name = known_campaign(context, basis.ledger, campaign) if campaign else ""
    found: list[Answer] = []
    if options["repair"]:
        found += _repaired(basis)
        basis = _open(context)
    found += check_ledger(basis)
    if not basis.ledger.journal.is_damaged:
        found += check_approvals(basis, name, again=options["again"])
    if options["live"]:
        found += check_live(basis)
    if context.format == "json":
        say_json(report.as_data(found))
    else:
        say(report.as_text(found))
    return EXIT_ERRORS if any(item.result is Result.FAIL for item in found) else 0


def _open(context: Context) -> Basis:
    """Open what is to be looked through, by the newest commit: what was proven elsewhere is in it.

    Where the remote cannot be asked it is the newest one here, and what that lacks is said.
    """
    from storesync.app.proof.basis import open_plainly
    from storesync.app.publishing.newest import by_newest

    basis = open_plainly(context, context.now, whole=True)
    return by_newest(basis, is_urgent=True, whole=True)


def _repaired(basis: Basis) -> Iterable[Answer]:
    from storesync.ledger.repair import repairs
    from storesync.report.answers import Answer, Result

    for item in repairs(basis.context.repository, basis.ledger):
        if not item.files:
            yield Answer("repair", Result.FAIL, f"{item.folder}: {item.why}", item.hint)
            continue
        done = f"put back as of {item.commit[:12]}" if item.commit else "deleted"
        basis.store.commit(item.files, f"{item.folder}: {done}", basis.ledger, at=basis.at)
        basis.ledger = basis.store.read(at=basis.at)
        text = f"{item.folder}: {done}" + (f", {item.lines:,} lines" if item.commit else "")
        yield Answer("repair", Result.PASS, text)


def _adopt(context: Context, message: str) -> int:
    from storesync.app.proof.authority import authority_over
    from storesync.app.proof.basis import check_adopting, open_plainly
    from storesync.app.proof.guard import ADOPTION, record_key, terms_of
    from storesync.app.proof.unmerged import refuse_unmerged
    from storesync.app.publishing.newest import check_newest
    from storesync.approval.record import signature
    from storesync.ledger import entry
    from storesync.ledger.scope import Scope

    basis = open_plainly(context, context.now)
    refuse_unmerged(context, basis.settings)  # else nothing could be published any more
    basis.ledger.journal.check()
    check_newest(basis)
    check_adopting(basis)
    who = authority_over(basis, Scope()).who
    terms = terms_of(basis.settings)
    if basis.ledger.genesis is None:
        basis.store.begin(
            at=basis.at,
            who=who,
            commit=basis.commit,
            repository_id=basis.repository_id,
            terms=terms,
        )
    elif not message.strip():
        hint = "say why everything up to this commit is to count as approved: --adopt -m REASON"
        raise UserError(
            "the ledger has a baseline already, and a new one needs a reason", hint=hint
        )
    else:
        line = entry.adopted(
            commit=basis.commit, who=who, reason=message.strip(), at=basis.at, terms=terms
        )
        key = record_key()
        if key is not None:
            line["signature"] = signature(line, ADOPTION, key)
        name = f"{basis.at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        basis.store.writer(basis.ledger, name).append_journal([line], at=basis.at)
    if context.format == "json":
        say_json({"ok": True, "problems": [], "adopted": basis.commit})
    else:
        say(f"{basis.commit[:12]} is the baseline: all that is in it counts as approved by {who}")
    return 0
