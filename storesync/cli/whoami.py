"""`storesync whoami`: who Git says I am, my roles, and what CODEOWNERS lets me approve."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context

if TYPE_CHECKING:
    from storesync.approval.roles import Grant


@click.command("whoami")
@click.pass_context
def command(ctx: click.Context) -> int:
    """Show who Git says I am, my roles, and the lines of CODEOWNERS that name me.

    Name and address are those of Git's configuration. Teams of a code host (organisation/team)
    are not looked into.
    """
    from storesync.app.review.ownership import OwnerFiles
    from storesync.approval.codeowners import is_named
    from storesync.approval.roles import login_of, roles_of
    from storesync.report.roles import as_text
    from storesync.source.identity import identity

    context = make_context(ctx)
    context.check_format()
    name, address = identity(context.repository)
    owners = OwnerFiles(context.root, context.work_tree)
    teams = owners.teams
    login = login_of(address, teams)
    roles = roles_of(login, address, teams)
    mine = [text for text, of in teams.addresses().items() if of == login]
    names = {login, address, *mine} - {""}
    owns = [rule for rule in owners.codeowners.rules if is_named(rule, names)]
    if context.format == "json":
        lines = [{"pattern": rule.text, "line": rule.line} for rule in owns]
        data = {"name": name, "email": address, "login": login, "owns": lines}
        say_json({**data, "roles": [_as_data(item) for item in roles]})
    else:
        say(as_text(name, address, login, roles, [rule.text for rule in owns]))
    return 0


def _as_data(grant: Grant) -> dict[str, Any]:
    return {**asdict(grant), "role": grant.role.value}
