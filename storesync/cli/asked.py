"""A review plan with the approvals that it needs: for `plan`, and for the proof of merges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.cli.context import UNSHALLOW, Context
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.approval.always import PlacedWaiver
    from storesync.approval.asked import Asked
    from storesync.approval.ownership import Ownership
    from storesync.catalog.catalog import Catalog
    from storesync.cli.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.plan.plan import Plan, Skipped
    from storesync.render.produce import Produced
    from storesync.report.view import View
    from storesync.source.tree import Tree


@dataclass(frozen=True)
class Reviewed:
    """What a merge would change, who has to approve it, and the errors in the files proposed.

    `view` is what a comment shows, None where none was asked for.
    """

    plan: Plan
    asked: tuple[Asked, ...]
    errors: tuple[Diagnostic, ...]
    view: View | None = None


@dataclass(frozen=True)
class Base:
    """What is published: its files, and who owns what by its CODEOWNERS."""

    tree: Tree
    ownership: Ownership


@dataclass(frozen=True)
class Head:
    """What is proposed: its files, the paths that differ from the base, what people call it."""

    tree: Tree
    paths: frozenset[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Rendered:
    """Of what lies ahead in one tree: fingerprints and SMS segments by piece, what is broken."""

    prints: dict[int, str]
    segments: dict[int, int]
    broken: list[tuple[Piece, Produced]]


def review(
    context: Context,
    base: str,
    head: str | None,
    at: datetime,
    *,
    approved: AbstractSet[str] = frozenset(),
    comment: bool = False,
) -> Reviewed:
    """Return what merging `head` (None: the files on disk) into `base` changes from `at` on.

    `approved` are the fingerprints of changes that were approved before. With `comment` also what
    a comment shows of it. Raises UserError.
    """
    from storesync.cli.proven import proven_base

    if context.repository.shallow:
        message = "this clone is shallow, so the base may be missing"
        raise UserError(message, hint=UNSHALLOW)
    commit = context.repository.resolve(base)
    name = context.repository.resolve(head) if head else "the files on disk"
    proposed = Head(context.tree(head), changed_paths(context, commit, head), name)
    return review_trees(
        context, proven_base(context, commit, at), proposed, at, approved=approved, comment=comment
    )


def review_trees(
    context: Context,
    base: Base,
    head: Head,
    at: datetime,
    *,
    approved: AbstractSet[str] = frozenset(),
    comment: bool = False,
) -> Reviewed:
    """Return what the files proposed change against those that are published.

    `approved` are the fingerprints of changes that were approved before.
    """
    from storesync.cli.chain import open_chain
    from storesync.cli.collection import without_collection
    from storesync.plan.review import plan_review
    from storesync.validate.identity import renamed

    with without_collection():
        before = open_chain(context, base.tree, at)
        after = open_chain(context, head.tree, at, before.catalog)
        old, new = _render(before, at), _render(after, at)
        found = after.diagnose(new.broken)
        known = set(_skipped(before, at))
        skipped = [item for item in _skipped(after, at) if item not in known]
        plan = plan_review(
            before.assessment.pieces(),
            after.assessment.pieces(),
            (lambda piece: old.prints[id(piece)], lambda piece: new.prints[id(piece)]),
            at,
            skipped,
            renamed(after.catalog),
        )
        asked = _ask(
            plan,
            (before, after),
            new.segments,
            (head.paths, base.ownership),
            approved,
        )
        view = _view(plan, (before, after), asked, at, head.name) if comment else None
        before.production.finish()
        after.finish()
    return Reviewed(plan, asked, tuple(item for item in found if item.severity == "error"), view)


def _view(
    plan: Plan, chains: tuple[Chain, Chain], asked: tuple[Asked, ...], at: datetime, name: str
) -> View:
    from storesync.cli.comment import Sides, view_plan
    from storesync.report import approvals

    seen = view_plan(plan, Sides(*chains), at)
    return replace(seen, approvals=approvals.as_data(asked), head=name)


def changed_paths(context: Context, base: str, head: str | None) -> frozenset[str]:
    """Return the paths that differ between a commit and another one, or the files on disk."""
    repository = context.repository
    if head is None:
        return frozenset(repository.changed_since(base))
    changes = repository.changes(base, repository.resolve(head), [])
    return frozenset(change.path for change in changes)


def base_of(context: Context, commit: str) -> Base:
    """Return a commit as what is published."""
    return Base(context.repository.tree(commit), ownership(context, commit))


def ownership(context: Context, commit: str) -> Ownership:
    """Return who owns what by the CODEOWNERS of a commit."""
    from storesync.approval.codeowners import PLACES, read_codeowners
    from storesync.approval.ownership import Ownership

    for path in PLACES:
        raw = context.repository.file(commit, path)
        if raw is not None:
            return Ownership(read_codeowners(raw, path))
    return Ownership(read_codeowners(None))


def _ask(
    plan: Plan,
    chains: tuple[Chain, Chain],
    segments: dict[int, int],
    files: tuple[frozenset[str], Ownership],
    approved: AbstractSet[str],
) -> tuple[Asked, ...]:
    from storesync.approval.cost import costs
    from storesync.approval.effect import Sides, effects
    from storesync.approval.requirements import Proposed, ask, rules_of

    (base, head), (paths, owned) = (chain.assessment for chain in chains), files
    catalogs = (base.catalog, head.catalog)
    sides = Sides(catalogs, (base.pieces(), head.pieces()), paths)
    found = effects(plan.changes, sides, approved)
    billed: Counter[tuple[str, str]] = Counter()
    for piece in head.pieces() if segments else ():
        billed[piece.key[:2]] += segments.get(id(piece), 0)
    touched = {effect.change.key[:2] for effect in found}
    waivers = (_waivers(base.catalog), _waivers(head.catalog))
    proposed = Proposed(found, costs(*catalogs, billed, sorted(touched)), waivers, paths)
    return ask(rules_of(base.catalog, owned), proposed)


def _waivers(catalog: Catalog) -> list[PlacedWaiver]:
    from storesync.approval.always import PlacedWaiver
    from storesync.validate.waivers import waivers_of

    return [PlacedWaiver(item.path, item.waiver) for item in waivers_of(catalog)]


def _skipped(chain: Chain, at: datetime) -> Iterator[Skipped]:
    """Yield what does not go out at all, and why, of the campaigns that are not over."""
    from storesync.plan.plan import Skipped
    from storesync.schedule.flight import is_over

    for brand, campaigns in chain.assessment.dated.items():
        for campaign, dated in campaigns.items():
            if not is_over(dated.campaign.file.flight, at):
                yield from (Skipped(brand, campaign, *rest) for rest in dated.skipped)


def _render(chain: Chain, at: datetime) -> _Rendered:
    """Return artifact fingerprints of what lies ahead, by piece, and what cannot be rendered."""
    ahead = [item for item in chain.assessment.pieces() if item.ends is None or item.ends > at]
    rendered = _Rendered({}, {}, [])
    for piece, produced in chain.produce(ahead):
        rendered.prints[id(piece)] = produced.fingerprint
        if produced.segments:
            rendered.segments[id(piece)] = produced.segments
        if produced.failure is not None or produced.violations:
            rendered.broken.append((piece, produced))
    return rendered
