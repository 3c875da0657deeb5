"""The chain as commands run it: a tree assessed and rendered, with the caches of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from storesync.app.context import Context, progress
from storesync.app.documents import Documents, ReadBefore
from storesync.app.garbage import keep
from storesync.app.memory import StoredMemory
from storesync.app.prices import Prices
from storesync.app.production import Production, sources_of
from storesync.diagnostics import has_errors
from storesync.source.cache import MemoryCache
from storesync.source.work_tree import WorkTree

if TYPE_CHECKING:
    from storesync.catalog.catalog import Catalog
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.render.produce import Produced
    from storesync.source.ahead import Ahead
    from storesync.source.tree import Tree
    from storesync.validate.assess import Assessment
    from storesync.validate.inspections import Inspections


# "few": the tree holds so little that looking into large caches would take longer; "all": every
# placement will be rendered, so workers begin while the tree is checked.
Extent = Literal["few", "some", "all"]


@dataclass
class Chain:
    """One tree, understood, and what renders it."""

    context: Context
    at: datetime
    assessment: Assessment
    production: Production
    documents: Documents
    prices: Prices
    memory: StoredMemory = field(default_factory=StoredMemory)

    @property
    def catalog(self) -> Catalog:
        """Return the tree's catalog."""
        return self.assessment.catalog

    @cached_property
    def inspections(self) -> Inspections:
        """Return what looks at rendered artifacts."""
        return _inspections(self.catalog, self.at, self.memory, self.production)

    def produce(
        self, pieces: Iterable[Piece], *, bodies: bool = False
    ) -> Iterator[tuple[Piece, Produced]]:
        """Yield pieces with what became of them, under a progress bar."""
        wanted = list(pieces)
        with progress("rendering", len(wanted), quiet=self.context.quiet) as advance:
            yield from self.production.produce(
                wanted, bodies=bodies, inspections=self.inspections, advance=advance
            )

    def diagnose(self, results: Iterable[tuple[Piece, Produced]]) -> list[Diagnostic]:
        """Return everything wrong, what rendering showed and the templates themselves included."""
        from storesync.validate.rendered import check_rendered, without_repeats

        found = without_repeats(check_rendered(results), self.production.check())
        return self.assessment.diagnostics(self.at, found)

    def blocks(self, piece: Piece, produced: Produced) -> bool:
        """Say whether something keeps a rendered piece from going out that no waiver covers."""
        from storesync.validate.rendered import faults_of

        return has_errors(self.assessment.waived(faults_of(piece, produced), self.at))

    def finish(self) -> None:
        """End what was started, and keep what was worked out for the next run."""
        self.documents.save()
        self.memory.save()
        self.production.finish()


def open_production(context: Context, tree: Tree, *, few: bool = False) -> Production:
    """Return what renders from a tree's templates; where nothing is remembered, workers start."""
    paths = tree.paths()
    parts = [path for path in paths if path.startswith("templates/") and path.endswith(".j2")]
    production = Production(sources_of(tree, parts), context.cache, few=few)
    context.on_close(production.close)
    return production


def open_chain(
    context: Context,
    tree: Tree,
    at: datetime,
    before: Catalog | None = None,
    *,
    extent: Extent = "some",
    production: Production | None = None,
) -> Chain:
    """Load, resolve and date a tree.

    `extent` says how much of it there is to do. `production` is the tree's, where it was begun
    before.
    """
    few = extent == "few"
    production = production or open_production(context, tree, few=few)
    # The caches are read late, and more is imported late: the workers get ready meanwhile.
    documents = Documents(MemoryCache() if few else context.cache)
    with (
        progress("reading", len(tree.paths()), quiet=context.quiet) as advance,
        ExitStack() as stack,
    ):
        helper = ReadBefore(context.cache) if few else _ahead(tree, documents)
        ahead = stack.enter_context(closing(helper))
        from storesync.catalog.load import load
        from storesync.validate.assess import Assessment, checks, dating

        prices, memory = Prices(context, at), StoredMemory(context.cache, few=few)
        if extent == "all" and ahead.is_reading and not memory.is_filled:
            from storesync.validate.inspectors import prepare

            prepare()  # now, since the other reader gains what time it takes
        catalog = load(tree, documents, advance, ahead)
        assessment = Assessment(tree, catalog)
        pieces = dating(assessment, at)
        if extent == "all":
            inspections = _inspections(catalog, at, memory, production)
            pieces = production.begin(pieces, inspections)
        for _ in pieces:
            pass
        for found in checks(assessment, at, before, prices, memory):
            assessment.found += found
            production.attend()
    chain = Chain(context, at, assessment, production, documents, prices, memory)
    keep(chain)
    return chain


def _inspections(
    catalog: Catalog, at: datetime, memory: StoredMemory, production: Production
) -> Inspections:
    from storesync.validate.inspectors import inspections_of

    producer = production.producer
    return inspections_of(catalog, at.date(), memory, producer.seed, producer.sources)


def _ahead(tree: Tree, documents: Documents) -> Ahead:
    """Return a second reader; where all bytes are at hand it begins now."""
    from storesync.source.ahead import Ahead

    ahead = Ahead()
    if isinstance(tree, WorkTree):
        unread = documents.unread(tree.content_ids())
        ahead.start(unread, tree.read_many(unread))
    return ahead
