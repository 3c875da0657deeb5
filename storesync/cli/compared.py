"""Two trees of a merge rendered and compared: what would change, what it bills, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece
    from storesync.plan.plan import Plan
    from storesync.render.produce import Produced


@dataclass(frozen=True)
class Compared:
    """The chains of base and head, and what differs.

    `billed` are SMS segments of what lies ahead in head, by (brand, campaign); `found` is what is
    wrong in head.
    """

    chains: tuple[Chain, Chain]
    plan: Plan
    billed: Mapping[tuple[str, str], int]
    found: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class _Rendered:
    """Of what lies ahead in one tree: fingerprints and SMS segments by piece, what is broken."""

    prints: dict[int, str]
    segments: dict[int, int]
    broken: list[tuple[Piece, Produced]]


def compare(chains: tuple[Chain, Chain], at: datetime) -> Compared:
    """Return what lies ahead in both trees, compared."""
    from storesync.plan.review import plan_review
    from storesync.validate.identity import renamed

    before, after = chains
    old, new = _render(before, at), _render(after, at)
    found = after.diagnose(new.broken)
    known = set(before.assessment.skipped(at))
    skipped = [item for item in after.assessment.skipped(at) if item not in known]
    plan = plan_review(
        before.assessment.pieces(),
        after.assessment.pieces(),
        (lambda piece: old.prints[id(piece)], lambda piece: new.prints[id(piece)]),
        at,
        skipped,
        renamed(after.catalog),
    )
    billed: Counter[tuple[str, str]] = Counter()
    for piece in after.assessment.pieces() if new.segments else ():
        billed[piece.key[:2]] += new.segments.get(id(piece), 0)
    return Compared(chains, plan, billed, found)


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
