"""`storesync whoami`: who Git says I am, what I may do, and what waits for me."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from storesync.app.context import Context, note, say, say_json
from storesync.cli.context import make_context, tell_errors
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.plugins.forge import Proposal


@click.command("whoami")
@click.option("--offline", is_flag=True, help="Ask no forge and no remote: nothing that waits.")
@click.pass_context
def command(ctx: click.Context, *, offline: bool) -> int:
    """Show who Git says I am, my roles, the requirements that ask me, and what waits for me.

    Also the lines of CODEOWNERS that name me. Name and address are those of Git's configuration.
    Teams of a code host (organisation/team) are not looked into, but for what waits. Exit code 1
    where a file that names people has an error.
    """
    from storesync.app.review.ownership import OwnerFiles
    from storesync.approval.asks import asking
    from storesync.approval.codeowners import is_named
    from storesync.approval.roles import login_of, names_of, roles_of
    from storesync.report import roles as report
    from storesync.source.identity import identity

    context = make_context(ctx)
    context.check_format()
    name, address = identity(context.repository)
    files = OwnerFiles(context.root, context.work_tree)
    teams = files.teams
    login = login_of(address, teams)
    mine, names = roles_of(login, address, teams), names_of(login, address, teams)
    person = report.Person(
        name,
        address,
        login,
        mine,
        list(asking(files.requirements, names, mine)),
        [rule for rule in files.codeowners.rules if is_named(rule, names)],
        None if offline else _waiting(context),
    )
    if context.format == "json":
        say_json(report.as_data(person))
    else:
        say(report.as_text(person))
    if not files.faults:
        return 0
    from storesync.catalog.locate import locate

    return tell_errors(locate(files.faults, files.tree))


def _waiting(context: Context) -> list[Proposal] | None:
    """Return the proposals that wait for me, None where that cannot be told; it is said why."""
    from storesync.app.proposals.decided import waits_for_me
    from storesync.app.proposals.forges import open_published
    from storesync.app.proposals.proposed import names_forge

    try:
        return list(waits_for_me(open_published(context), every=True))
    except UserError as error:
        if names_forge(context):
            note(context, f"note: what waits for you cannot be told: {error.message}")
        return None
