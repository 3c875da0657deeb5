"""The whole chain over one tree: load, resolve, date, render, and every rule over each stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from storesync.catalog.catalog import Catalog
from storesync.catalog.load import load
from storesync.catalog.locate import locate
from storesync.diagnostics import Diagnostic
from storesync.plan.change import PlacementKey
from storesync.plan.kept_up import Taken
from storesync.plan.piece import Piece
from storesync.plan.pieces import Dated, date_pieces
from storesync.plan.skipped import Skipped
from storesync.schedule.flight import is_over
from storesync.source.tree import Tree
from storesync.validate.checks import check_all
from storesync.validate.identity import check_identity
from storesync.validate.memory import Memory
from storesync.validate.once import once
from storesync.validate.price_history import Ledgered
from storesync.validate.waivers import apply, waivers_of


@dataclass
class Assessment:
    """A tree understood: its catalog, its dated pieces by brand and campaign, and its faults."""

    tree: Tree
    catalog: Catalog
    dated: dict[str, dict[str, Dated]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """Yield all pieces, by brand and campaign."""
        for campaigns in self.dated.values():
            for dated in campaigns.values():
                yield from dated.pieces

    def waiting(self, at: datetime) -> set[PlacementKey]:
        """Return the placements of which nothing goes out yet, in a blackout: what is out stays."""
        return {
            key
            for campaigns in self.dated.values()
            for dated in campaigns.values()
            for key, window in dated.waits
            if window.contains(at)
        }

    def taken(self) -> Iterator[Taken]:
        """Yield the times of placements that rivals have."""
        for campaigns in self.dated.values():
            for dated in campaigns.values():
                yield from dated.taken

    def skipped(self, at: datetime) -> Iterator[Skipped]:
        """Yield what does not go out at all, and why, of the campaigns that are not over."""
        for brand, campaigns in self.dated.items():
            for campaign, dated in campaigns.items():
                if not is_over(dated.campaign.file.flight, at):
                    yield from (Skipped(brand, campaign, *rest) for rest in dated.skipped)

    def waived(self, found: Iterable[Diagnostic], at: datetime) -> Iterator[Diagnostic]:
        """Yield what waivers in force do not cover."""
        waivers = [item for item in waivers_of(self.catalog) if item.waiver.until >= at.date()]
        return apply(found, waivers, at.date())

    def diagnostics(self, at: datetime, more: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
        """Return all that is wrong, located and sorted, less what waivers in force cover."""
        every = once(self.catalog, self.found, more)
        kept = apply(every, waivers_of(self.catalog), at.date())
        return locate(kept, self.tree)


def assess(tree: Tree, at: datetime, before: Catalog | None = None) -> Assessment:
    """Return a tree loaded, resolved and dated, with everything wrong so far; nothing rendered.

    `before` is an earlier catalog, to see ids that changed. Commands take the same steps with
    caches and a bar that moves: see `app.chain`.
    """
    return understand(tree, load(tree), at, before)


def understand(
    tree: Tree,
    catalog: Catalog,
    at: datetime,
    before: Catalog | None = None,
    told: Ledgered | None = None,
    memory: Memory | None = None,
) -> Assessment:
    """Return a loaded tree resolved and dated, as `assess` does it.

    `told` is asked for earlier prices where an offer claims some; `memory` knows what texts stated
    before.
    """
    assessment = Assessment(tree, catalog)
    for _ in dating(assessment, at):
        pass
    for found in checks(assessment, at, before, told, memory):
        assessment.found += found
    return assessment


def dating(assessment: Assessment, at: datetime) -> Iterator[Piece]:
    """Resolve and date a loaded tree, yielding each piece as it is dated."""
    catalog = assessment.catalog
    for name, brand in catalog.brands.items():
        yield from date_pieces(catalog, brand, at, assessment.dated.setdefault(name, {}))


def checks(
    assessment: Assessment,
    at: datetime,
    before: Catalog | None,
    told: Ledgered | None,
    memory: Memory | None,
) -> Iterator[Iterable[Diagnostic]]:
    """Yield all that `understand` finds, after a few hundredths of a second's work each."""
    tree, catalog = assessment.tree, assessment.catalog
    yield from check_all(
        tree, catalog, assessment.dated, at, told, {} if memory is None else memory
    )
    if catalog.parsed is not None:
        from storesync.validate.further import check_further

        yield from check_further(tree, catalog, at)
    if before is not None:
        yield check_identity(before, catalog)
