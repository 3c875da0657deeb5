"""What must not go out because an unproven commit changed it, and which commit that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from storesync.diagnostics import printable
from storesync.publish.unproven import differing
from storesync.source.part import PartTree

if TYPE_CHECKING:
    from storesync.approval.proof import Standing, Unproven
    from storesync.cli.basis import Basis
    from storesync.cli.chain import Chain
    from storesync.plan.change import PlacementKey
    from storesync.plan.piece import Piece


def unproven_placements(basis: Basis, chain: Chain) -> dict[PlacementKey, str]:
    """Return the placements that an unproven commit changed, with the reason in words.

    `chain` is that of the newest commit. Of tainted files the content that was proven last is put
    in their place, and both are worked out; what comes out alike was approved.
    """
    standing = basis.proof.standing if basis.proof else None
    if standing is None or not standing.taints:
        return {}
    brands = _brands(basis, standing)
    pieces = [item for item in chain.assessment.pieces() if item.key.brand in brands]
    prints = _prints(chain, pieces)
    found: dict[PlacementKey, str] = {}
    for since, replaced in _views(standing):
        other = _chain(basis, replaced, brands)
        before = [item for item in other.assessment.pieces() if _is_seen(item, standing, since)]
        known = _prints(other, before)
        seen = [item for item in pieces if _is_seen(item, standing, since)]
        for key in differing(seen, before, {**prints, **known}, basis.at):
            found[key] = _words(standing, key)
        other.production.finish()
    return found


def _brands(basis: Basis, standing: Standing) -> set[str]:
    """Return the brands to be worked out that a tainted file may be about."""
    named = {path.split("/")[1] if path.startswith("brands/") else "" for path in standing.taints}
    return basis.stale if "" in named else basis.stale & named


def _views(standing: Standing) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield each step from which on campaigns see tainted files, with what these were before."""
    for since in sorted({0, *standing.ratified.values()}):
        replaced = {path: item.clean for path, item in standing.taints.items() if item.step > since}
        if replaced:
            yield since, replaced


def _is_seen(piece: Piece, standing: Standing, since: int) -> bool:
    return standing.ratified.get(f"{piece.key.brand}/{piece.key.campaign}", 0) == since


def _chain(basis: Basis, replaced: dict[str, str | None], brands: set[str]) -> Chain:
    from storesync.cli.chain import open_chain
    from storesync.source.overlay import OverlayTree

    repository = basis.context.repository
    tree = OverlayTree(repository.tree(basis.commit), replaced, repository)
    return open_chain(basis.context, PartTree(tree, brands), basis.at)


def _prints(chain: Chain, pieces: Iterable[Piece]) -> dict[int, str]:
    return {id(piece): produced.fingerprint for piece, produced in chain.produce(pieces)}


def _words(standing: Standing, key: PlacementKey) -> str:
    cause = _cause(standing, key)
    if cause is None:
        return "an unproven commit changed it"
    author = printable(cause.landing.author, limit=60)
    return f"{cause.commit[:12]} by {author} is not proven: {printable(cause.reason, limit=300)}"


def _cause(standing: Standing, key: PlacementKey) -> Unproven | None:
    """Return the unproven commit that a placement most probably hangs on: the nearest file's."""
    campaign = f"{key.brand}/{key.campaign}"
    places = (
        f"brands/{key.brand}/campaigns/{key.campaign}/",
        f"brands/{key.brand}/locations/",
        f"brands/{key.brand}/",
        "",
    )
    for place in places:
        paths = [path for path in standing.taints if path.startswith(place)]
        if place.endswith("/locations/"):
            own = [path for path in paths if path.endswith(f"/{key.location}.yaml")]
            paths = own or [path for path in paths if path.endswith("/_defaults.yaml")]
        found = standing.cause(campaign, paths)
        if found is not None:
            return found
    return None
