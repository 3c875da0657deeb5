"""What proving a landing asks for beyond CODEOWNERS: the plan of the merge, once more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.app.proof.guard import written_at
from storesync.app.review.ownership import OwnerFiles
from storesync.approval.decide import strangers_of
from storesync.approval.duty import stand_ins
from storesync.approval.judged import Finding, Judged
from storesync.approval.ratify import ratified
from storesync.approval.record import named
from storesync.diagnostics import has_errors
from storesync.errors import UserError
from storesync.ledger.entry import JournalKind
from storesync.source.overlay import overlaid
from storesync.source.part import is_location
from storesync.source.tree import SETTINGS, MemoryTree

if TYPE_CHECKING:
    from storesync.approval.roles import Teams
    from storesync.ledger.ledger import Ledger
    from storesync.plan.plan import Plan
    from storesync.source.plumbing import FileChange
    from storesync.source.tree import Tree

_CAMPAIGNS = re.compile(r"brands/[^/]+/campaigns/.")
_OWNED = re.compile(r"(?:brands|templates)/(?!shared/)([^/]+)/")
_RULES = b"requirements"
_WAIVERS = b"waive"
# By which YAML can write a word in other letters.
_ESCAPE = b"\\"
_BEGINNING = datetime.min.replace(tzinfo=UTC)

# Of which commit, which paths and what in place of them, files were read.
_Before = tuple[str, list[str], dict[str, str | None], dict[str, bytes]]


class Asking:
    """Works out requirements of landings, as `prover.Require`; the plan only where it matters."""

    def __init__(self, context: Context, at: datetime, ledger: Ledger) -> None:
        self._context = context
        self._at = at
        self._ledger = ledger
        self._blobs: dict[str, bytes] = {}
        self._last: _Before = ("", [], {}, {})
        self._known: dict[tuple[tuple[str, bytes], ...], Teams] = {}

    def __call__(self, judged: Judged) -> Finding:
        """Return what was met, or what is not. Raises UserError where nobody can tell."""
        plain = self._plain(judged)
        if plain is not None:
            return Finding(stand_ins=stand_ins(plain, _about(judged)))
        from storesync.app.proof.apart import Meeting
        from storesync.app.review.asked import Head, review_trees
        from storesync.app.review.outgoing import outgoing
        from storesync.app.review.published import Base
        from storesync.approval.decide import approving
        from storesync.approval.meets import beside_owners, given, people_for

        landing, context = judged.landing, self._context
        author = judged.case.author or ""
        repository, changes = context.repository, self._changes(judged)
        out = outgoing(repository, judged.standing, landing.commit, changes, landing.paths)
        head = Head(out.tree, landing.paths, landing.commit, author, *out[1:])
        # As of now, never of a date that a commit bears: anybody may write one.
        until = self._recorded.get(landing.commit)  # what it sent itself approves it of nothing
        tree, standing = self._base(judged), judged.standing
        base = Base(tree, judged.ownership, self._ledger, standing, until=until)
        found = review_trees(context, base, head, self._at)
        if found.errors:
            first = found.errors[0]
            return Finding(unmet=f"what it needs cannot be told: {first.path}: {first.message}")
        asked = beside_owners(found.asked)
        logins = [item.login for item in judged.case.reviews if item.login]
        people = judged.forge.people(people_for(asked, logins))
        approvers = approving(judged.case, people)
        answers = given(asked, approvers, people, judged.case)
        lacking = [item for item in answers if item.why]
        meeting = Meeting(context, self._at, judged, found, self._recorded)
        before = meeting.met([item.asked for item in lacking])
        left = [item for item in lacking if item.asked not in before]
        unmet = [f"{item.asked.called}: {item.why}: {item.asked.why}" for item in left]
        said = judged.case.reviews
        own = {item.asked: f"{item.asked.called} by {named(item.by, said)}" for item in answers}
        met = tuple(dict.fromkeys(before.get(item, own[item]) for item in asked))
        counted = frozenset(login for item in answers for login in item.by)
        plan = found.plan
        missing = frozenset(name for item in left for name in item.asked.who)
        return Finding(
            met,
            "".join(unmet[:1]),
            plan.fingerprint,
            _by_campaign(plan),
            counted,
            missing,
            stand_ins(OwnerFiles(context.root, tree).teams, _about(judged)),
        )

    @cached_property
    def _recorded(self) -> dict[str, datetime]:
        """Return when each landing was recorded first."""
        found: dict[str, datetime] = {}
        for line in self._ledger.journal.of(JournalKind.APPROVAL):
            commit, said = str(line.fields.get("commit")), written_at(line) or _BEGINNING
            found[commit] = min(said, found.get(commit, said))
        return found

    def _base(self, judged: Judged) -> Tree:
        """Return what was published before, what nobody approved left out."""
        repository = self._context.repository
        tree = repository.tree(judged.landing.base)
        return overlaid(tree, judged.standing.replaced(), repository)

    def _changes(self, judged: Judged) -> list[FileChange]:
        landing = judged.landing
        return self._context.repository.changes(landing.base, landing.commit, [])

    def _plain(self, judged: Judged) -> Teams | None:
        """Return the teams where nothing beyond CODEOWNERS can be asked for, else None.

        That takes no plan. So it is where only campaigns and locations of brands changed, neither
        they nor the settings speak of requirements or waivers, and somebody who decides for each
        brand approved. A raised `revision` may put out more than the files that changed.
        """
        landing = judged.landing
        if strangers_of(judged.case):
            return None  # a brand asks for more of its own then
        if judged.standing.taints and any(
            ratified(self._context.repository, self._changes(judged))
        ):
            return None
        paths = [path for path in landing.paths if path.startswith(("brands/", "templates/"))]
        if SETTINGS in landing.paths or not all(map(_is_own, paths)):
            return None
        brands = sorted({path.split("/")[1] for path in paths})
        deciding = [SETTINGS, *(f"brands/{brand}/brand.yaml" for brand in brands)]
        before = self._before(judged, deciding)
        if any(_RULES in raw or _ESCAPE in raw for raw in before.values()):
            return None
        after = [landing.blobs[path] for path in paths if path in landing.blobs]
        if not all(after) or any(_WAIVERS in raw or _ESCAPE in raw for raw in self._bytes(after)):
            return None
        teams = self._teams(before)
        return teams if all(_decides(judged, teams, brand) for brand in brands) else None

    def _before(self, judged: Judged, deciding: list[str]) -> dict[str, bytes]:
        """Return files that decide, as they were proven last; mostly those of the last landing."""
        landing, replaced = judged.landing, judged.standing.replaced()
        if self._last[:3] != (landing.base, deciding, replaced):
            found = self._read(landing.base, deciding, replaced)
            self._last = (landing.base, deciding, replaced, found)
        found = self._last[3]
        if landing.paths.isdisjoint(deciding):  # then they are the same after it
            self._last = (landing.commit, deciding, replaced, found)
        return found

    def _read(
        self, commit: str, paths: Sequence[str], replaced: Mapping[str, str | None]
    ) -> dict[str, bytes]:
        """Return the bytes of those of some files that a commit has; other blobs in place of some.

        Nothing else of the tree is looked at: proving many landings must not cost what each holds.
        """
        repository = self._context.repository
        ids = repository.object_ids(commit, [path for path in paths if path not in replaced])
        ids |= {path: blob for path in paths if (blob := replaced.get(path)) is not None}
        return dict(zip(ids, self._bytes(list(ids.values())), strict=True))

    def _bytes(self, ids: Sequence[str]) -> list[bytes]:
        """Return the bytes of some files by their ids, each read once."""
        missing = sorted(set(ids) - self._blobs.keys())
        self._blobs.update(zip(missing, self._context.repository.blobs(missing), strict=True))
        return [self._blobs[item] for item in ids]

    def _teams(self, files: Mapping[str, bytes]) -> Teams:
        """Return the teams of some brands, by their files and the settings."""
        known = tuple(sorted(files.items()))
        if known not in self._known:
            found = OwnerFiles(self._context.root, MemoryTree(files))
            teams = found.teams
            if has_errors(found.faults):
                raise UserError("the teams before it cannot be read")
            self._known[known] = teams
        return self._known[known]


def _decides(judged: Judged, teams: Teams, brand: str) -> bool:
    """Say whether somebody who decides for a brand is among those who approved."""
    from storesync.approval.always import Deciders

    deciders = Deciders(teams, judged.ownership).of_brand(brand)
    names = {name.removeprefix("@").lower() for name in deciders}
    return not names.isdisjoint(judged.decision.approvers)


def _is_own(path: str) -> bool:
    """Say whether what stands in a file is about its own brand, and no more than that."""
    return is_location(path) or _CAMPAIGNS.match(path) is not None


def _about(judged: Judged) -> set[str]:
    """Return the brands whose files a landing changed, "" for what they share."""
    found = (_OWNED.match(path) for path in judged.landing.paths)
    return {match[1] if match else "" for match in found}


def _by_campaign(plan: Plan) -> dict[str, str]:
    """Return a fingerprint of each campaign's changes."""
    from storesync.render.artifact import fingerprint

    found: dict[str, list[str]] = defaultdict(list)
    for change in plan.changes:
        found[f"{change.key.brand}/{change.key.campaign}"].append(change.fingerprint)
    return {name: fingerprint(sorted(prints)) for name, prints in sorted(found.items())}
