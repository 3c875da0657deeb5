"""A review plan with the approvals that it needs: for `plan`, and for the proof of merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.app.review.published import Base
from storesync.app.review.sent import sent_before
from storesync.app.review.upgraded import is_upgraded, with_upgrade

if TYPE_CHECKING:
    from storesync.app.review.compared import Compared
    from storesync.approval.always import PlacedWaiver
    from storesync.approval.asked import Asked
    from storesync.approval.cost import Cost
    from storesync.catalog.catalog import Catalog
    from storesync.diagnostics import Diagnostic
    from storesync.plan.change import Change, PlacementKey
    from storesync.plan.plan import Plan
    from storesync.report.view import View
    from storesync.source.tree import Tree


@dataclass(frozen=True)
class Reviewed:
    """What a merge would change, who has to approve it, and the errors that it brings.

    What was wrong before, in files that it leaves alone, is no reason against it. `warnings` are
    those of the files that it changes. `view` is what a comment shows, None where none was asked
    for. Each of `strangers`, as `decide` has them, takes one approval more than is asked for.
    """

    plan: Plan
    asked: tuple[Asked, ...]
    errors: tuple[Diagnostic, ...]
    view: View | None = None
    warnings: tuple[Diagnostic, ...] = ()
    strangers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """At which moment a review plan is asked for, and what of it.

    `approved` are the fingerprints of changes that were approved before. `comment`: also what a
    comment shows. `narrow`: only as far as the merge reaches, where that can be told from files.
    """

    at: datetime
    approved: AbstractSet[str] = frozenset()
    comment: bool = False
    narrow: bool = False


@dataclass(frozen=True)
class Head:
    """What is proposed: its files, the paths that differ from the base, what people call it.

    `author` is the login of who proposes it, "" where nobody knows. What it `ratifies` goes out by
    `tree`, `unseen` files included, and all else by `beside`, where that is another one: see
    `Outgoing`.
    """

    tree: Tree
    paths: frozenset[str]
    name: str = ""
    author: str = ""
    ratifies: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    beside: Tree | None = None


def review_trees(context: Context, base: Base, head: Head, at: datetime) -> Reviewed:
    """Return what the files proposed change against those that are published; all is looked at."""
    return answer(context, base, head, Question(at))


def answer(context: Context, base: Base, head: Head, question: Question) -> Reviewed:
    """Return what the files proposed change against those that are published."""
    from storesync.app.chain import open_chain
    from storesync.app.garbage import without_collection
    from storesync.app.review.compared import compare

    head = _alone(context, base, head, question)
    with without_collection():
        upgraded = base.sent is not None and is_upgraded(base.sent.ledger)
        narrow = question.narrow and not upgraded
        found = _answer_narrowly(context, base, head, question) if narrow else None
        if found is not None:
            return found
        before = open_chain(context, base.tree, question.at)
        after = open_chain(context, head.tree, question.at, before.catalog)
        compared = compare((before, after), question.at)
        if base.sent is not None and upgraded:
            compared = with_upgrade(compared, base.sent, question.at)
        found = _conclude(context, compared, base, head, question)
        before.production.finish()
        after.finish()
    return found


def _alone(context: Context, base: Base, head: Head, question: Question) -> Head:
    """Return a head of which only what it ratifies is asked, if nothing else goes out by it.

    Else all that its files change is asked: more than goes out, and not less.
    """
    if head.beside is None:
        return head
    rest = Head(head.beside, head.paths, head.name, head.author)
    found = answer(context, base, rest, replace(question, comment=False))
    goes_alone = all(_campaign(change) in head.ratifies for change in found.plan.changes)
    only = head.ratifies if goes_alone and not found.errors else frozenset()
    return replace(head, ratifies=only, beside=None)


def _campaign(change: Change) -> str:
    return f"{change.key.brand}/{change.key.campaign}"


def _answer_narrowly(
    context: Context, base: Base, head: Head, question: Question
) -> Reviewed | None:
    """Look only at what the merge reaches; None where that is not enough to tell."""
    from storesync.app.review.compared import compare
    from storesync.app.review.part import open_part
    from storesync.diagnostics import has_errors

    part = open_part(context, base.tree, head.tree, question.at)
    if part is None:
        return None
    compared = compare(part.chains, question.at)
    plan, billed = compared.plan, compared.billed
    found = None
    if not has_errors(compared.found) and part.knows_costs(plan, billed):
        compared = replace(compared, plan=replace(plan, is_whole=part.is_whole))
        found = _conclude(context, compared, base, head, question)
    part.close()
    return found


def _conclude(
    context: Context, compared: Compared, base: Base, head: Head, question: Question
) -> Reviewed:
    """Return a comparison with the approvals that it needs, and as a comment shows it."""
    plan = compared.plan
    if head.ratifies:
        own = tuple(item for item in plan.changes if _campaign(item) in head.ratifies)
        plan = replace(plan, changes=own)
        compared = replace(compared, plan=plan)
    approved = question.approved | _approved(context, plan, base, head)
    asked, prices = _ask(compared, base, head, approved)
    # An error of before may keep what is changed from sight: a campaign whose template is broken.
    known = [] if any(map(compared.why, _touched(head.paths))) else compared.known
    errors = tuple(
        item
        for item in compared.found
        if item.severity == "error" and (item.path in head.paths or item not in known)
    )
    warnings = tuple(
        item for item in compared.found if item.severity == "warning" and item.path in head.paths
    )
    view = None
    if question.comment:
        from storesync.app.review.comment import Sides, view_plan
        from storesync.report import approvals
        from storesync.report.cost import cost_words

        view = view_plan(plan, Sides(*compared.chains), question.at)
        words = cost_words(prices, view.titles)
        view = replace(view, approvals=approvals.as_data(asked), head=head.name, cost=words)
    return Reviewed(plan, asked, errors, view, warnings)


def _approved(context: Context, plan: Plan, base: Base, head: Head) -> frozenset[str]:
    """Return what of a plan was approved before: it was sent, of files that were proven as such.

    Both is looked at, for a line of the ledger is no proof, and no file says what was sent.
    """
    from storesync.app.review.restored import is_restored

    if base.standing is None:
        return frozenset()
    sent = sent_before(base.ledger, plan.changes, base.until)
    found = sent.intersection(change.fingerprint for change in plan.changes)
    paths = head.paths | head.unseen
    is_proven = found and is_restored(context.repository, base.standing, paths, head.tree)
    return found if is_proven else frozenset()


def _touched(paths: Iterable[str]) -> Iterator[PlacementKey]:
    """Yield the campaigns and locations that files are about, as placements of all that they do."""
    from storesync.catalog.layout import Kind, place_of
    from storesync.plan.change import PlacementKey

    for place in filter(None, map(place_of, sorted(paths))):
        if place.kind in {Kind.CAMPAIGN, Kind.COPY}:
            yield PlacementKey(place.owner, place.id, "", "", "", "")
        elif place.kind is Kind.OVERRIDE:
            yield PlacementKey(place.owner, place.folder, place.id, "", "", "")
        elif place.kind is Kind.LOCATION:
            yield PlacementKey(place.owner, "", place.id, "", "", "")


def _ask(
    compared: Compared, published: Base, proposal: Head, approved: AbstractSet[str]
) -> tuple[tuple[Asked, ...], Mapping[tuple[str, str], Cost]]:
    """Return who is asked, and what the campaigns cost by (brand, campaign)."""
    from storesync.approval.cost import costs
    from storesync.approval.effect import Sides, effects
    from storesync.approval.own_locations import Author, new_campaigns
    from storesync.approval.requirements import Proposed, ask, rules_of
    from storesync.approval.teams import location_paths
    from storesync.copywriting.facts.reading.read import states

    base, head = (chain.assessment for chain in compared.chains)
    catalogs = (base.catalog, head.catalog)
    # What an error kept back is as new as its change says.
    old = (item for item in base.pieces() if id(item) not in compared.revived)
    sides = Sides(catalogs, (old, head.pieces()), states, proposal.paths | proposal.unseen)
    found = effects(compared.plan.changes, sides, approved)
    touched = {effect.change.key[:2] for effect in found}
    waivers = (_waivers(base.catalog), _waivers(head.catalog))
    prices = costs(*catalogs, compared.billed, sorted(touched))
    there = published.tree.paths()
    new = new_campaigns(proposal.paths, there)
    author = Author(proposal.author, location_paths(there) if new else {}, new)
    proposed = Proposed(found, prices, waivers, proposal.paths, author, proposal.unseen)
    return ask(rules_of(base.catalog, published.ownership), proposed), prices


def _waivers(catalog: Catalog) -> list[PlacedWaiver]:
    from storesync.approval.always import PlacedWaiver
    from storesync.validate.waivers import waivers_of

    return [PlacedWaiver(item.path, item.waiver) for item in waivers_of(catalog)]
