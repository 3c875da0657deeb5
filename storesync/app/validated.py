"""What `validate` finds, remembered between runs: all of it, or all but a few locations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.app.prices import ledger_tip
from storesync.diagnostics import Diagnostic, Severity
from storesync.render.versions import versions
from storesync.validate.narrow import Inputs, Kept, inputs_of

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.app.production import Production
    from storesync.catalog.catalog import Catalog
    from storesync.source.cache import Cache

_NAME = "validated"


@dataclass(frozen=True, slots=True)
class Validated:
    """What is wrong, and how much was checked.

    `whole` says that what is wrong takes all locations to tell: with some of them it was tried.
    `base` is the commit that ids were compared with, `told` the ledger's where earlier prices
    were asked for; None where they were not.
    """

    inputs: Kept
    found: list[Diagnostic]
    checked: dict[str, int]
    whole: bool = False
    base: str | None = None
    told: str | None = None


def validated(
    context: Context, at: datetime, day: str, base_of: Callable[[], str | None]
) -> Validated:
    """Return what is wrong with the files on disk, working out only what changed since last time.

    `day` names the moment `at` as far as outcomes hang on it; `base_of` asks Git for the commit
    to compare ids with, if any.
    """
    from storesync.app.garbage import without_collection

    ids = context.work_tree.content_ids()
    known = load(context.cache)
    if known and known.told is not None and known.told != ledger_tip(context):
        known = None
    inputs = inputs_of(ids, versions(), day, *getattr(context.work_tree, "refused", ()))
    changed = inputs.changed_since(known.inputs) if known else None
    few = known is not None and changed is not None and not known.whole
    production = None
    if changed is None or changed:  # workers get ready while Git is asked
        from storesync.app.chain import open_production

        production = open_production(context, context.work_tree, few=few)
    base = base_of()
    if known and known.base == base and changed is not None and not changed:
        return known
    # Whether an id changed since the base is told by comparing all locations with each other.
    tried = few and base is None and known is not None and known.base is None
    with without_collection():
        done = None
        if known and tried:
            done = _again(context, at, known, (inputs, changed or frozenset(), production))
        if done is None:
            done = _all(context, at, inputs, base, None if few else production)
            rest = any(item.path not in inputs.locations for item in done.found)
            done = replace(done, whole=tried and rest, base=base)
    save(context.cache, done)
    return done


def _all(
    context: Context, at: datetime, inputs: Inputs, base: str | None, production: Production | None
) -> Validated:
    from storesync.app.chain import open_chain
    from storesync.validate.narrow import witnesses_of

    before = _before(context, base)
    chain = open_chain(context, context.work_tree, at, before, extent="all", production=production)
    found = _diagnose(chain)
    kept = inputs.kept(witnesses_of(chain.catalog))
    return Validated(kept, found, counts(chain.catalog), told=chain.prices.tip)


def _again(
    context: Context,
    at: datetime,
    known: Validated,
    now: tuple[Inputs, frozenset[str], Production | None],
) -> Validated | None:
    """Return the outcome from the last one and the locations that changed, None where unknown."""
    from storesync.app.chain import open_chain
    from storesync.source.part import PartTree
    from storesync.validate.narrow import combined, stands_alone

    inputs, changed, production = now
    part = PartTree(context.work_tree, left_out=inputs.locations.keys() - changed)
    chain = open_chain(context, part, at, extent="few", production=production)
    if not stands_alone(chain.catalog):
        return None
    found = combined(known.found, _diagnose(chain), inputs.locations, changed)
    if found is None:
        return None
    told = known.told if chain.prices.tip is None else chain.prices.tip
    kept = inputs.kept_after(known.inputs, changed)
    return Validated(kept, found, known.checked, told=told)


def _diagnose(chain: Chain) -> list[Diagnostic]:
    found = chain.diagnose(chain.produce(chain.assessment.pieces()))
    chain.finish()
    return found


def _before(context: Context, revision: str | None) -> Catalog | None:
    if revision is None:
        return None
    from storesync.app.documents import Documents
    from storesync.catalog.load import load as load_catalog
    from storesync.source.tree import MemoryTree

    tree = context.repository.tree(revision)
    paths = tree.paths()
    # Named by their bytes as files on disk are, most of them are known from the last run.
    files = MemoryTree(dict(zip(paths, tree.read_many(paths), strict=True)))
    return load_catalog(files, Documents(context.cache))


def counts(catalog: Catalog) -> dict[str, int]:
    """Return how much a catalog holds, as `validate` reports it."""
    brands = catalog.brands.values()
    return {
        "brands": len(catalog.brands),
        "locations": sum(len(brand.locations) for brand in brands),
        "templates": len(catalog.templates),
        "campaigns": sum(len(brand.campaigns) for brand in brands),
    }


def load(cache: Cache) -> Validated | None:
    """Return what the last run found, None where nothing is remembered."""
    data = cache.load(_NAME)
    if data is None:
        return None
    data["inputs"] = Kept(*data["inputs"])
    data["found"] = [_from_data(item) for item in data["found"]]
    return Validated(**data)


def save(cache: Cache, done: Validated) -> None:
    """Remember what a run found."""
    cache.save(_NAME, asdict(done) | {"inputs": list(done.inputs)})


def _from_data(data: dict[str, Any]) -> Diagnostic:
    return Diagnostic(**{**data, "at": tuple(data["at"]), "severity": Severity(data["severity"])})
