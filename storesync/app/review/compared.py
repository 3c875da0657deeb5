"""Two trees of a merge rendered and compared: what would change, what it bills, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.diagnostics import has_errors

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.change import PlacementKey
    from storesync.plan.piece import Piece
    from storesync.plan.plan import Plan
    from storesync.plan.skipped import Skipped
    from storesync.publish.manifests import Hashes
    from storesync.render.produce import Produced


@dataclass(frozen=True)
class Compared:
    """The chains of base and head, and what differs.

    `billed` are SMS segments of what lies ahead in head, by (brand, campaign); `found` is what is
    wrong in head, `known` what was in base already: none where what hangs on it is not the same in
    both, since nobody can tell then what that will change. `hashes` are of what lies ahead in base,
    by the identity of a piece; `revived` are the pieces of base, by identity, that an error in base
    alone kept back, and that are the same in head. `why` tells why nothing may be concluded about a
    placement of head, also where an error leaves nothing of it to compare.
    """

    chains: tuple[Chain, Chain]
    plan: Plan
    billed: Mapping[tuple[str, str], int]
    found: list[Diagnostic]
    known: list[Diagnostic]
    hashes: Mapping[int, Hashes]
    revived: AbstractSet[int] = frozenset()
    why: Callable[[PlacementKey], str] = lambda _key: ""


@dataclass(frozen=True, slots=True)
class _Rendered:
    """Of what lies ahead in one tree: hashes and SMS segments by piece, what is broken."""

    hashes: dict[int, Hashes]
    segments: dict[int, int]
    broken: list[tuple[Piece, Produced]]

    def artifact(self, piece: Piece) -> str:
        """Return the fingerprint of a piece's artifact, empty for what is over."""
        known = self.hashes.get(id(piece))
        return known.artifact if known else ""

    def told(self, piece: Piece) -> tuple[object, ...]:
        """Return what tells a piece from another one, also where both cannot be rendered."""
        known = self.hashes.get(id(piece))
        text = known.artifact or f"made of {known.inputs}" if known else ""
        return (piece.key, piece.starts, piece.ends, piece.flight, piece.if_late, text)


def compare(chains: tuple[Chain, Chain], at: datetime) -> Compared:
    """Return what lies ahead in both trees, compared.

    What hangs on a file with an error is neither new nor gone: publishing leaves it as it is. What
    hung on one in base alone goes out by the merge: it is new where it is what it was.
    """
    from storesync.plan.review import plan_review
    from storesync.validate.identity import renamed

    before, after = chains
    old, new = _render(before, at), _render(after, at)
    found = _diagnose(after, new)
    had: list[Diagnostic] = []
    if old.broken or has_errors(found) or has_errors(before.assessment.found):
        had = _diagnose(before, old)
    pieces = [list(chain.assessment.pieces()) for chain in chains]
    why = _why(after, new, found)
    stays = _frozen(pieces, why, at) if has_errors(found) else {}
    revived: list[Piece] = []
    if has_errors(had):
        kept = _frozen(pieces[:1], _why(before, old, had), at).keys() - stays.keys()
        revived = _same(pieces, (old, new), kept)
    if stays:
        said = [_told(*side, stays) for side in zip(chains, (old, new), strict=True)]
        # What is the same on both sides hangs on an error that was there before.
        stays = {key: item for key, item in stays.items() if said[0].get(key) != said[1].get(key)}
        pieces = [[item for item in side if item.key not in stays] for side in pieces]
    known = set(before.assessment.skipped(at))
    skipped = [item for item in after.assessment.skipped(at) if item not in known]
    alive = set(map(id, revived))
    plan = plan_review(
        [item for item in pieces[0] if id(item) not in alive],
        pieces[1],
        (old.artifact, new.artifact),
        at,
        skipped,
        renamed(after.catalog),
    )
    plan = _with_words(plan, stays, {item.key for item in revived})
    most: dict[PlacementKey, int] = {}  # a message is sent in one of its stretches
    for piece in after.assessment.pieces() if new.segments else ():
        most[piece.key] = max(most.get(piece.key, 0), new.segments.get(id(piece), 0))
    billed: Counter[tuple[str, str]] = Counter()
    for key, segments in most.items():
        billed[key[:2]] += segments
    known_errors = [] if stays else had
    return Compared(chains, plan, billed, found, known_errors, old.hashes, alive, why)


def _diagnose(chain: Chain, rendered: _Rendered) -> list[Diagnostic]:
    from storesync.app.unusable import channel_problems

    problems = channel_problems(chain.context.root, chain.assessment.tree)
    return [*chain.diagnose(rendered.broken), *problems]


def _why(
    chain: Chain, rendered: _Rendered, found: Iterable[Diagnostic]
) -> Callable[[PlacementKey], str]:
    """Return what tells why nothing may be concluded about a placement of a tree; see `publish`."""
    from storesync.app.unusable import unusable_in
    from storesync.publish.frozen import Frozen

    # What rendering showed stops its campaign and no other one that the template is used by, and
    # an unusable channel stops what is on it.
    known = chain.diagnose(()) if rendered.broken else found
    frozen = Frozen(chain.catalog, [item for item in known if item.rule != "unknown-plugin"])
    for kind, error in unusable_in(chain.context.root, chain.assessment.tree).items():
        frozen.close(kind, error.message)
    for piece, produced in rendered.broken:
        if chain.blocks(piece, produced):
            frozen.stop(*piece.key[:2], f"{piece.key.location} cannot be rendered")
    return frozen.placement


def _same(
    pieces: Sequence[Iterable[Piece]],
    rendered: tuple[_Rendered, _Rendered],
    keys: Container[PlacementKey],
) -> list[Piece]:
    """Return the pieces of base, of some placements, that are in head as they were."""
    there = {rendered[1].told(item) for item in pieces[1] if item.key in keys}
    return [item for item in pieces[0] if item.key in keys and rendered[0].told(item) in there]


def _with_words(
    plan: Plan, stays: Mapping[PlacementKey, Skipped], revived: Container[PlacementKey]
) -> Plan:
    """Return a plan that says what stays because of errors, and what goes out without them."""
    changes = tuple(
        replace(item, reason="an error kept it back until now") if item.key in revived else item
        for item in plan.changes
    )
    if not stays:
        return replace(plan, changes=changes)
    told = f"files have errors: {len(stays):,} deliveries that hang on them stay as they are"
    kept = tuple(stays[key] for key in sorted(stays))
    return replace(plan, changes=changes, frozen=kept, warnings=(told, *plan.warnings))


def _frozen(
    pieces: Iterable[Iterable[Piece]], why: Callable[[PlacementKey], str], at: datetime
) -> dict[PlacementKey, Skipped]:
    """Return the placements ahead of which nothing may be concluded, and why."""
    from storesync.plan.skipped import Skipped

    found: dict[PlacementKey, Skipped] = {}
    for piece in (item for side in pieces for item in side):
        if piece.key not in found and (piece.ends is None or piece.ends > at):
            reason = why(piece.key)
            if reason:
                found[piece.key] = Skipped(*piece.key[:4], reason, stays=piece.runs_at(at))
    return found


def _told(
    chain: Chain, rendered: _Rendered, keys: Container[PlacementKey]
) -> dict[PlacementKey, list[object]]:
    """Return what a tree says of some placements, to be held against another one's."""
    found: dict[PlacementKey, list[object]] = {}
    for item in sorted(chain.assessment.pieces(), key=lambda item: (item.key, item.starts)):
        if item.key in keys:
            found.setdefault(item.key, []).append(rendered.told(item))
    return found


def _render(chain: Chain, at: datetime) -> _Rendered:
    """Return the hashes of what lies ahead, by piece, and what cannot be rendered."""
    from storesync.publish.manifests import Hashes

    ahead = [item for item in chain.assessment.pieces() if item.ends is None or item.ends > at]
    rendered = _Rendered({}, {}, [])
    for piece, produced in chain.produce(ahead):
        rendered.hashes[id(piece)] = Hashes(produced.fingerprint, produced.inputs)
        if produced.segments:
            rendered.segments[id(piece)] = produced.segments
        if produced.failure is not None or produced.violations:
            rendered.broken.append((piece, produced))
    return rendered
