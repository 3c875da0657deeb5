"""Who runs a command by Git's configuration, and the role that gives a say over a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storesync.cli.context import Context, note
from storesync.cli.ownership import OwnerFiles
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.identity import identity
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.approval.roles import Role, Teams
    from storesync.ledger.scope import Scope


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides (a login, else a mail address), and in which role; None: no team is named."""

    who: str
    role: Role | None

    @property
    def title(self) -> str:
        """Return the role as the ledger writes it."""
        return self.role.value if self.role else ""

    def may_lift(self, role: str) -> bool:
        """Say whether a hold that was placed in a role may be ended."""
        from storesync.approval.roles import is_as_mighty

        return self.role is None or is_as_mighty(self.role, role)


def teams_revision(context: Context) -> str:
    """Return the commit whose teams count: never the files on disk, which anybody may edit."""
    return context.head()


def authority_over(context: Context, scope: Scope, path: str) -> Authority:
    """Return who decides over a scope; `path` is its location's file. Raises UserError.

    Where nobody is named in any team, everybody may, and is told so.
    """
    from storesync.approval.roles import login_of, role_over, roles_of

    name, address = identity(context.repository)
    teams = _teams(context, scope)
    login = login_of(address, teams)
    who = login or address
    if teams.is_empty:
        note(context, "note: no team is named in this repository, so everybody may do this")
        return Authority(who, None)
    role = role_over(roles_of(login, address, teams), teams, scope.brand, scope.location, path)
    if role is None:
        person = printable(f"{name} <{address}>")
        message = f"{person} has no role that decides over {scope}"
        own = "location managers name one of their own locations with --location; "
        raise UserError(message, hint=f"{own}storesync whoami shows your roles")
    return Authority(who, role)


def _teams(context: Context, scope: Scope) -> Teams:
    """Return the teams. Raises UserError where a file that may name the person has an error."""
    files = OwnerFiles(context.root, context.repository.tree(teams_revision(context)))
    teams = files.teams
    for fault in files.faults:
        own = fault.path in {SETTINGS, f"brands/{scope.brand}/brand.yaml"}
        if fault.severity == "error" and (own or not scope.brand or teams.is_empty):
            message = f"who may decide cannot be told: {fault.path} has an error"
            raise UserError(message, hint="storesync validate says which; commit the repair")
    return teams
