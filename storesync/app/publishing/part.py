"""What of the newest commit has to be worked out: stale brands, or some of their locations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storesync.errors import UserError
from storesync.publish.narrow import edited_locations, lost_match, settled_folder, vouched_for
from storesync.source.part import PartTree, is_location
from storesync.validate.narrow import MOST

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.app.proof.basis import Basis
    from storesync.plan.change import PlacementKey
    from storesync.source.git import Repository
    from storesync.source.plumbing import FileChange


@dataclass(frozen=True, slots=True)
class Part:
    """Files to work something out from.

    `locations` are, for each brand of which only some are looked at, their ids; `before` are path
    -> id of what their files were in Git.
    """

    tree: PartTree
    locations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Say whether no brand is worked out as a whole."""
        return bool(self.locations) and self.tree.brands == frozenset(self.locations)

    def leaves_out(self, key: PlacementKey) -> bool:
        """Say whether a placement stays as it is because its location is not looked at."""
        return key.brand in self.locations and key.location not in self.locations[key.brand]


def whole(basis: Basis) -> Part:
    """Return all files of the stale brands."""
    return Part(PartTree(basis.tree, basis.stale))


def part_of(basis: Basis, tool: str) -> Part | None:
    """Return the files of the locations that alone changed in stale brands, None for none."""
    repository = basis.context.repository
    locations: dict[str, frozenset[str]] = {}
    before: dict[str, str] = {}
    for brand in sorted(basis.stale & basis.inputs.keys()):
        inputs = basis.inputs[brand]
        then = settled_folder(basis.ledger, brand, inputs, tool, basis.at)
        changes = _changes(repository, then, inputs[f"brands/{brand}"])
        edited = edited_locations(brand, changes) or {}
        if edited and len(edited) <= MOST:
            before |= edited
            locations[brand] = frozenset(path.rpartition("/")[2][:-5] for path in edited)
    if not locations:
        return None
    tree = basis.context.repository.tree(basis.commit)
    left_out = [
        path
        for path in tree.paths()
        if path not in before and is_location(path) and path.split("/", 2)[1] in locations
    ]
    return Part(PartTree(tree, basis.stale, left_out), locations, before)


def _changes(repository: Repository, then: str | None, now: str) -> list[FileChange]:
    """Return what differs between two folders; nothing where the first is not in this clone."""
    if then is None:
        return []
    try:
        return repository.changes(then, now, [])
    except UserError:  # a shallow clone, as CI makes them, or a history that was rewritten
        return []


def is_enough(basis: Basis, part: Part, chain: Chain) -> bool:
    """Say whether what a part shows is all there is to know."""
    from storesync.catalog.load import load
    from storesync.diagnostics import has_errors
    from storesync.source.tree import MemoryTree
    from storesync.validate.narrow import stands_alone

    catalog = chain.catalog
    if not stands_alone(catalog) or not vouched_for(basis.ledger, catalog):
        return False
    if has_errors(chain.assessment.diagnostics(basis.at)):
        return False
    if not any(item.file.select or item.file.locales for item in catalog.campaigns()):
        return True
    paths = part.tree.paths()
    files = dict(zip(paths, part.tree.read_many(paths), strict=True))
    old = basis.context.repository.blobs(list(part.before.values()))
    files |= dict(zip(part.before, old, strict=True))
    return not lost_match(load(MemoryTree(files)), catalog)
