"""Checks of `storesync doctor` on channels and forge: they open, who may write, what is guarded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.app.doctor.workflows import PUBLISH
from storesync.app.settings import forge_section, section
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.report.answers import Answer, Result

if TYPE_CHECKING:
    from storesync.plugins.forge import Forge

_LEDGER = "storesync/ledger"
_MOST = 5  # names that a message tells


def check_owners(context: Context) -> Iterator[Answer]:
    """Yield whether CODEOWNERS is sound, as `storesync codeowners --check` tells at length."""
    from storesync.app.review.ownership import OwnerFiles
    from storesync.report.problems import as_problems

    owners = OwnerFiles(context.root, context.work_tree)
    problems = as_problems([*owners.problems(), *owners.faults])
    if not problems:
        said = "no team is named" if owners.teams.is_empty else "current, and owns every file"
        yield Answer("codeowners", Result.PASS, said)
        return
    more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
    hint = "storesync codeowners --check shows all; storesync codeowners writes it anew"
    yield Answer("codeowners", Result.FAIL, problems[0]["message"] + more, hint)


def check_channels(context: Context, settings: Mapping[str, Any]) -> Iterator[Answer]:
    """Yield which channels that settings name cannot be opened, as `publish` would find."""
    from storesync.app.publishing.channels import Channels

    named = section(settings, "channels")
    closed = Channels(context, {**settings, "channels": named}).unavailable()
    for kind, error in closed.items():
        message = f"{printable(kind, limit=60)}: {error.message}"
        yield Answer("channels", Result.FAIL, message, error.hint)
    if not closed:
        yield Answer("channels", Result.PASS, "all open")


def check_forge(context: Context, settings: Mapping[str, Any]) -> Iterator[Answer]:
    """Yield what is to be said of the forge that settings name."""
    from storesync.app.proof.hosts import forge_of

    named = forge_section(settings)
    try:
        forge = forge_of(context, settings)
    except UserError as error:
        yield Answer("forge", Result.FAIL, error.message, error.hint)
        return
    yield Answer("forge", Result.PASS, f"{printable(named.plugin, limit=60)} opens")
    try:
        yield Answer("forge-login", Result.PASS, f"known there as {printable(forge.login())}")
    except UserError as error:
        yield Answer("forge-login", Result.CANNOT_SEE, error.message, error.hint)
    if named.is_hosted:
        yield _writers(context, forge)
        yield from _guards(forge, named.branch)


def _writers(context: Context, forge: Forge) -> Answer:
    """Say whether all whom CODEOWNERS names may write: others' approvals count for nothing."""
    from storesync.app.review.ownership import OwnerFiles
    from storesync.plugins.forge import PeopleQuery

    check = "owners-write"
    rules = OwnerFiles(context.root, context.work_tree).codeowners.rules
    named = {owner.removeprefix("@").lower() for rule in rules for owner in rule.owners}
    people = frozenset(name for name in named if "/" not in name and "@" not in name)
    try:
        known = forge.people(PeopleQuery(people))
    except UserError as error:
        return Answer(check, Result.CANNOT_SEE, error.message, error.hint)
    without = sorted(people - known.writers)
    if without:
        more = f" and {len(without) - _MOST} more" if len(without) > _MOST else ""
        names = printable(", ".join(without[:_MOST]), limit=400)
        hint = "give them write access, or name others in the team"
        message = f"owners without write access, or not to be seen: {names}{more}"
        return Answer(check, Result.FAIL, message, hint)
    return Answer(check, Result.PASS, f"{len(people):,} owners may write")


def _guards(forge: Forge, branch: str) -> Iterator[Answer]:
    """Yield what the forge says of its own settings, and of the ledger's branch."""
    from storesync.plugins.guards import Inspection

    inspect = getattr(forge, "inspect", None)  # a forge may do without `guards.Guarded`
    if inspect is None:
        message = "this forge does not tell what guards its branches"
        yield Answer("branch", Result.CANNOT_SEE, message, "look into its settings yourself")
        return
    for check, where in (("branch", branch), ("ledger-branch", _LEDGER)):
        try:
            found = inspect(Inspection(where, workflow=PUBLISH))
        except UserError as error:
            yield Answer(check, Result.CANNOT_SEE, error.message, error.hint)
            continue
        for item in found:
            # Nobody approves what is in the ledger: it only may not be deleted or rewritten.
            if where == branch or item.check == "branch-history":
                name = item.check if where == branch else check
                yield Answer(name, Result(item.result.value), item.message, item.hint)
