"""What must not go out because an unproven commit changed it, and which commit that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from storesync.diagnostics import printable
from storesync.plan.kept_up import kept_up
from storesync.publish.frozen import Frozen
from storesync.publish.unproven import View, differing, gone, known_otherwise, over
from storesync.source.part import PartTree

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.app.proof.basis import Basis
    from storesync.approval.proof import Standing, Unproven
    from storesync.plan.change import PlacementKey
    from storesync.plan.live import Live
    from storesync.plan.piece import Piece


class Doubts(NamedTuple):
    """Placements that an unproven commit changed, with the reason in words.

    `over` are those of them that are not out now by what was approved, and why: they come down.
    """

    reasons: Mapping[PlacementKey, str]
    over: Mapping[PlacementKey, str]


def unproven_placements(basis: Basis, chain: Chain, live: Mapping[PlacementKey, Live]) -> Doubts:
    """Return the placements that an unproven commit changed, `live` ones among them.

    `chain` is that of the newest commit. Of tainted files the content that was proven last is put
    in their place, and both are worked out; what comes out alike was approved.
    """
    standing = basis.proof.standing if basis.proof else None
    if standing is None or not standing.taints:
        return Doubts({}, {})
    brands = _brands(basis, standing)
    now = _view(chain, brands)
    prints = _prints(chain, now.pieces)
    found: dict[PlacementKey, str] = {}
    ended: dict[PlacementKey, str] = {}
    for since, replaced in _views(standing):
        other = _chain(basis, replaced, brands)
        proven = _view(other, brands)
        before = [item for item in proven.pieces if _is_seen(item.key, standing, since)]
        known = _prints(other, before)
        seen = [item for item in now.pieces if _is_seen(item.key, standing, since)]
        changed = differing(seen, before, {**prints, **known}, basis.at)
        past = known_otherwise(now, proven, live)
        changed |= {key for key in past if _is_seen(key, standing, since)}
        found |= {key: _words(standing, key) for key in changed}
        stays = other.assessment.waiting(basis.at)
        taken = other.assessment.taken()
        stays |= kept_up(taken, before, live, changed.__contains__, basis.at)
        ended |= over(before, changed - stays, basis.at)
        frozen = Frozen(other.catalog, other.assessment.diagnostics(basis.at))
        sound = {key for key in changed if not frozen.placement(key)}
        ended |= gone(proven, sound, live)
        other.production.finish()
    return Doubts(found, ended)


def _view(chain: Chain, brands: Collection[str]) -> View:
    """Return what a tree asks for of some brands."""
    from storesync.validate.identity import renamed

    names = renamed(chain.catalog).items()
    return View(
        [item for item in chain.assessment.pieces() if item.key.brand in brands],
        {past: new for past, new in names if (past[0] or new) in brands},
    )


def _brands(basis: Basis, standing: Standing) -> set[str]:
    """Return the brands to be worked out that a tainted file may be about."""
    named = {path.split("/")[1] if path.startswith("brands/") else "" for path in standing.taints}
    return basis.stale if "" in named else basis.stale & named


def _views(standing: Standing) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield each step from which on campaigns see tainted files, with what these were before."""
    for since in sorted({0, *standing.ratified.values()}):
        replaced = standing.replaced_since(since)
        if replaced:
            yield since, replaced


def _is_seen(key: PlacementKey, standing: Standing, since: int) -> bool:
    return standing.ratified.get(f"{key.brand}/{key.campaign}", 0) == since


def _chain(basis: Basis, replaced: dict[str, str | None], brands: set[str]) -> Chain:
    from storesync.app.chain import open_chain
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
