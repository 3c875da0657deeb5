"""Who runs a command by Git's configuration, and the role that gives a say over a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storesync.app.context import note
from storesync.app.proof.guard import is_guarded
from storesync.app.proof.proving import baseline_of, prove
from storesync.app.review.ownership import OwnerFiles
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.identity import identity
from storesync.source.overlay import OverlayTree
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.approval.roles import Role, Teams
    from storesync.ledger.scope import Scope
    from storesync.source.tree import Tree


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


def authority_over(basis: Basis, scope: Scope) -> Authority:
    """Return who decides over a scope. Raises UserError.

    Where nobody is named in any team, everybody may, and is told so.
    """
    from storesync.approval.roles import login_of, role_over, roles_of
    from storesync.approval.teams import location_paths

    context = basis.context
    name, address = identity(context.repository)
    tree = _tree(basis)
    teams = _teams(basis, tree, scope)
    login = login_of(address, teams)
    who = login or address
    if teams.is_empty:
        note(context, "note: no team is named in this repository, so everybody may do this")
        return Authority(who, None)
    path = location_paths(tree.paths()).get((scope.brand, scope.location), "")
    role = role_over(roles_of(login, address, teams), teams, scope.brand, scope.location, path)
    if role is None:
        person = printable(f"{name} <{address}>")
        message = f"{person} has no role that decides over {scope}"
        own = "location managers name one of their own locations with --location; "
        hint = "storesync whoami shows your roles"
        raise UserError(message, hint=f"{own}{hint}" if scope.brand else hint)
    return Authority(who, role)


def _teams(basis: Basis, tree: Tree, scope: Scope) -> Teams:
    """Return the teams. Raises UserError where a file that may name the person has an error."""
    files = OwnerFiles(basis.context.root, tree)
    teams = files.teams
    for fault in files.faults:
        own = fault.path in {SETTINGS, f"brands/{scope.brand}/brand.yaml"}
        if fault.severity == "error" and (own or not scope.brand or teams.is_empty):
            message = f"who may decide cannot be told: {fault.path} has an error"
            raise UserError(message, hint="storesync validate says which; commit the repair")
    return teams


def _tree(basis: Basis) -> Tree:
    """Return the files by which people have a say: never those on disk, which anybody may edit.

    Where approvals are proven, they are as they were proven last: who names himself an admin past
    review decides nothing. Where the branch was rewritten, only what was adopted is sure.
    """
    repository = basis.context.repository
    newest = repository.tree(basis.commit)
    if not _is_proven(basis):
        return newest
    try:
        proof = basis.proof or prove(basis.context, basis.ledger, basis.commit, basis.at)
    except UserError:
        if repository.shallow:
            raise
        return repository.tree(baseline_of(basis.ledger) or basis.commit)
    return OverlayTree(newest, proof.standing.replaced(), repository)


def _is_proven(basis: Basis) -> bool:
    try:
        return is_guarded(basis.ledger, basis.settings)
    except UserError:  # nothing was adopted under these settings, so there is nothing proven yet
        return False
