"""The chains of both trees of a merge, as far as the merge can reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.chain import Chain, open_production
from storesync.app.context import Context
from storesync.app.documents import Documents
from storesync.app.prices import Prices
from storesync.source.cache import MemoryCache

if TYPE_CHECKING:
    from storesync.catalog.load import DocumentCache
    from storesync.plan.plan import Plan
    from storesync.source.tree import Tree

# With more locations to look at, more workers and what is remembered are worth their time.
_FEW = 500


@dataclass(frozen=True)
class ChainPart:
    """The chains of both trees, as far as the merge reaches.

    `beside` are the campaigns, by (brand, id), of which only some locations may have been looked
    at. `is_whole` says that it reaches everything after all.
    """

    chains: tuple[Chain, Chain]
    beside: frozenset[tuple[str, str]]
    is_whole: bool

    def knows_costs(self, plan: Plan, segments: Mapping[tuple[str, str], int]) -> bool:
        """Say whether what the plan's campaigns cost is known, or nobody asks for it.

        `segments` are billed SMS segments by campaign: those at other locations are lacking.
        """
        changed = {change.key[:2] for change in plan.changes}
        if not any(segments.get(name) for name in changed & self.beside):
            return True
        catalog = self.chains[0].catalog
        rules = [*(catalog.settings.requirements if catalog.settings else ())]
        for brand in catalog.brands.values():
            rules += brand.file.requirements if brand.file else ()
        return not any(rule.when.over_budget or rule.when.cost_over is not None for rule in rules)

    def close(self) -> None:
        """End the workers. Nothing is kept: the caches are of all files, these are some."""
        for chain in self.chains:
            chain.production.close()


def open_part(context: Context, base: Tree, head: Tree, at: datetime) -> ChainPart | None:
    """Return the chains of two trees as far as a merge reaches; see `validate.part.part_of`."""
    # Where only a part has to be looked at, templates are the same: one renders for both trees.
    # Its worker gets ready while more is imported.
    production = open_production(context, head, few=True)

    def known(count: int) -> DocumentCache | None:
        nonlocal production
        if count <= _FEW:
            return None
        production.close()
        production = open_production(context, head)
        return Documents(context.cache)

    from storesync.validate.part import part_of

    found = part_of(base, head, at, known)
    if found is None:
        production.close()
        return None
    one, other = (
        Chain(context, at, side, production, Documents(MemoryCache()), Prices(context, at))
        for side in found.sides
    )
    return ChainPart((one, other), found.beside, found.is_whole)
