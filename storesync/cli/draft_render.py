"""A draft rendered as validate would render it, at the sample locations: what would be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from storesync.catalog.catalog import Copy
from storesync.copywriting.scene import Scene
from storesync.diagnostics import Severity, printable
from storesync.model.copy import CopyFile
from storesync.resolve.placement import resolve
from storesync.validate.rendered import faults_of

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.copywriting.walk import Check
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece


def rendered_check(chain: Chain, scene: Scene) -> Check:
    """Return the check that a draft, in its place in the campaign, renders without a fault.

    Each of several variants is tried at all samples: which location shows which is not asked.
    """

    def check(texts: Mapping[str, Sequence[str]]) -> list[str]:
        found: dict[str, None] = {}
        for number in range(max(map(len, texts.values()))):
            one = {name: options[min(number, len(options) - 1)] for name, options in texts.items()}
            for diagnostic in _diagnostics(chain, scene, one):
                found.setdefault(printable(diagnostic.message))
        return list(found)

    return check


def _diagnostics(chain: Chain, scene: Scene, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the errors of texts as the campaign's copy, resolved and rendered."""
    copy = Copy(scene.channel, scene.locale, scene.path, CopyFile(values=dict(texts)))
    copies = {**scene.campaign.copies, (scene.channel, scene.locale): copy}
    campaign = scene.campaign._replace(copies=copies)
    here = {item.location for item in scene.samples}
    locations = {name: scene.brand.locations[name] for name in here}
    brand = scene.brand._replace(locations=locations, campaigns={campaign.id: campaign})
    catalog = chain.catalog._replace(brands={brand.id: brand})
    resolution = resolve(catalog, campaign)
    for diagnostic in resolution.diagnostics:
        if diagnostic.path == scene.path and diagnostic.severity is Severity.ERROR:
            yield diagnostic
    seen = {
        (item.location.id, item.channel, item.locale): item.shared for item in resolution.placements
    }
    pieces = [_as_drafted(item.piece, seen) for item in scene.samples]
    for piece, produced in chain.production.produce([item for item in pieces if item]):
        yield from faults_of(piece, produced)


def _as_drafted(
    piece: Piece, seen: Mapping[tuple[str, str, str], Mapping[str, object]]
) -> Piece | None:
    shared = seen.get((piece.key.location, piece.key.channel, piece.key.locale))
    if shared is None:
        return None
    return piece._replace(shared={**shared, "flight": piece.shared["flight"]})
