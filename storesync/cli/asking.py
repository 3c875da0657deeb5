"""What proving a landing asks for beyond CODEOWNERS: the plan of the merge, once more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.approval.prover import Finding, Judged
from storesync.approval.ratify import ratified
from storesync.cli.context import Context
from storesync.errors import UserError
from storesync.source.overlay import OverlayTree
from storesync.source.part import is_location
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.approval.roles import Teams
    from storesync.plan.plan import Plan
    from storesync.source.plumbing import FileChange
    from storesync.source.tree import Tree

_CAMPAIGNS = re.compile(r"brands/[^/]+/campaigns/.")
_RULES = b"requirements"
_WAIVERS = b"waive"
# By which YAML can write a word in other letters.
_ESCAPE = b"\\"


class Asking:
    """Works out requirements of landings, as `prover.Require`; the plan only where it matters."""

    def __init__(self, context: Context, at: datetime) -> None:
        self._context = context
        self._at = at

    def __call__(self, judged: Judged) -> Finding:
        """Return what was met, or what is not. Raises UserError where nobody can tell."""
        base = self._base(judged)
        if self._is_plain(judged, base):
            return Finding()
        from storesync.approval.decide import approving
        from storesync.approval.meets import beside_owners, meets, people_for
        from storesync.cli.asked import Base, Head, review_trees

        landing, context = judged.landing, self._context
        head = Head(self._head(judged), landing.paths, landing.commit)
        # As of now, never of a date that a commit bears: anybody may write one.
        found = review_trees(context, Base(base, judged.ownership), head, self._at)
        if found.errors:
            first = found.errors[0]
            return Finding(unmet=f"what it needs cannot be told: {first.path}: {first.message}")
        asked = beside_owners(found.asked)
        logins = [item.login for item in judged.case.reviews if item.login]
        people = judged.forge.people(people_for(asked, logins))
        given = approving(judged.case, people)
        lacking = meets(asked, given, people, judged.case.author, judged.case.pusher)
        unmet = (
            f"{lacking[0].asked.rule}: {lacking[0].why}: {lacking[0].asked.why}" if lacking else ""
        )
        met = tuple(dict.fromkeys(item.rule for item in asked))
        return Finding(met, unmet, found.plan.fingerprint, _by_campaign(found.plan))

    def _base(self, judged: Judged) -> Tree:
        """Return what was published before, what nobody approved left out."""
        return self._view(judged.landing.base, judged.standing.replaced())

    def _head(self, judged: Judged) -> Tree:
        """Return what is published afterwards: what is unproven elsewhere is not asked about."""
        ratifies = set(ratified(self._context.repository, self._changes(judged)))
        if ratifies:
            return self._view(judged.landing.commit, {})
        replaced = judged.standing.replaced()
        rest = {path: blob for path, blob in replaced.items() if path not in judged.landing.paths}
        return self._view(judged.landing.commit, rest)

    def _changes(self, judged: Judged) -> list[FileChange]:
        landing = judged.landing
        return self._context.repository.changes(landing.base, landing.commit, [])

    def _view(self, commit: str, replaced: dict[str, str | None]) -> Tree:
        repository = self._context.repository
        tree = repository.tree(commit)
        return OverlayTree(tree, replaced, repository) if replaced else tree

    def _is_plain(self, judged: Judged, base: Tree) -> bool:
        """Say whether nothing beyond CODEOWNERS can be asked for, without working out a plan.

        So it is where only campaigns and locations of brands changed, neither they nor the
        settings speak of requirements or waivers, and somebody who decides for each brand approved.
        """
        paths = [
            path for path in judged.landing.paths if path.startswith(("brands/", "templates/"))
        ]
        if SETTINGS in judged.landing.paths or not all(map(_is_own, paths)):
            return False
        brands = sorted({path.split("/")[1] for path in paths})
        files = [SETTINGS, *(f"brands/{brand}/brand.yaml" for brand in brands)]
        if any(_RULES in raw or _ESCAPE in raw for raw in _read(base, files)):
            return False
        head = self._context.repository.tree(judged.landing.commit)
        if any(_WAIVERS in raw or _ESCAPE in raw for raw in _read(head, paths)):
            return False
        return all(self._decides(judged, base, brand) for brand in brands)

    def _decides(self, judged: Judged, base: Tree, brand: str) -> bool:
        from storesync.approval.always import Deciders

        teams = self._teams(base)
        deciders = Deciders(teams, judged.ownership).of_brand(brand)
        names = {name.removeprefix("@").lower() for name in deciders}
        return not names.isdisjoint(judged.decision.approvers)

    def _teams(self, base: Tree) -> Teams:
        from storesync.cli.ownership import OwnerFiles
        from storesync.diagnostics import has_errors

        files = OwnerFiles(self._context.root, base)
        teams = files.teams
        if has_errors(files.faults):
            raise UserError("the teams before it cannot be read")
        return teams


def _is_own(path: str) -> bool:
    """Say whether what stands in a file is about its own brand, and no more than that."""
    return is_location(path) or _CAMPAIGNS.match(path) is not None


def _read(tree: Tree, paths: Iterable[str]) -> list[bytes]:
    there = tree.content_ids()
    return tree.read_many([path for path in paths if path in there])


def _by_campaign(plan: Plan) -> dict[str, str]:
    """Return a fingerprint of each campaign's changes."""
    from storesync.render.artifact import fingerprint

    found: dict[str, list[str]] = defaultdict(list)
    for change in plan.changes:
        found[f"{change.key.brand}/{change.key.campaign}"].append(change.fingerprint)
    return {name: fingerprint(sorted(prints)) for name, prints in sorted(found.items())}
