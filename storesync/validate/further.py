"""What else is wrong with files that hold a fault, so that one run tells all of it.

A fault in one entry keeps a file from being used, and not from being read on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from storesync.catalog.catalog import Catalog
from storesync.catalog.remains import remains_of
from storesync.diagnostics import Diagnostic
from storesync.plan.pieces import Dated, date_pieces
from storesync.source.tree import Tree
from storesync.validate.checks import check_all
from storesync.validate.waivers import apply, waivers_of


def check_further(tree: Tree, catalog: Catalog, at: datetime) -> Iterator[list[Diagnostic]]:
    """Yield what is wrong with faulty files beside their faults, and no consequence of these."""
    for left in remains_of(catalog):
        dated: dict[str, dict[str, Dated]] = {}
        for name, brand in left.brands.items():
            for _ in date_pieces(left, brand, at, dated.setdefault(name, {})):
                pass
        every = (item for some in check_all(tree, left, dated, at, None, {}) for item in some)
        found: dict[str, list[Diagnostic]] = defaultdict(list)
        for item in apply(every, waivers_of(left), at.date()):  # those of faulty files, too
            found[item.path].append(item)
        for rest in catalog.parsed.rests if catalog.parsed else ():
            yield list(rest.told(found[rest.place.path]))
