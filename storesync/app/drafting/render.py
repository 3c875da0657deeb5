"""A draft in its place in the campaign, held against all that `validate` checks there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from storesync.catalog.catalog import Copy
from storesync.copywriting.scene import Scene, speaks
from storesync.diagnostics import Severity, printable
from storesync.model.copy import CopyFile
from storesync.validate.assess import understand
from storesync.validate.inspectors import inspections_of
from storesync.validate.rendered import faults_of

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.catalog.catalog import Catalog
    from storesync.copywriting.walk import Check
    from storesync.diagnostics import Diagnostic
    from storesync.plan.piece import Piece


def validate_check(chain: Chain, scene: Scene) -> Check:
    """Return the check that validate would find no error in a draft, rendered at the samples.

    Each of several variants is tried at all samples: which location shows which is not asked.
    What rendering finds without the draft, too, is not the draft's.
    """

    @cache
    def before() -> frozenset[str]:
        found = _rendered(chain, chain.catalog, [item.piece for item in scene.samples])
        return frozenset(item.message for item in found)

    def check(texts: Mapping[str, Sequence[str]]) -> list[str]:
        found: dict[str, None] = {}
        for one in _together(texts):
            for diagnostic in _errors(chain, scene, one):
                if diagnostic.path == scene.path or diagnostic.message not in before():
                    found.setdefault(printable(diagnostic.message))
        return list(found)

    return check


def _together(texts: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """Yield texts as they are shown together: each one once, and the longest of each variable.

    A location's choice for one variable says nothing of that for another.
    """
    count = max(map(len, texts.values()))
    for number in range(count):
        yield {name: options[min(number, len(options) - 1)] for name, options in texts.items()}
    if count > 1:
        yield {name: max(options, key=len) for name, options in texts.items()}


def _errors(chain: Chain, scene: Scene, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the errors of texts as the campaign's copy that no waiver covers."""
    catalog = _with(chain.catalog, scene, texts)
    assessment = understand(chain.assessment.tree, catalog, chain.at)
    found = [item for item in assessment.found if item.path == scene.path]
    dated = assessment.dated[scene.brand.id][scene.campaign.id]
    found += [item for item in dated.diagnostics if item.path == scene.path]
    pieces = [
        piece
        for piece in dated.pieces
        if piece.key.channel == scene.channel and speaks(piece.key.locale, scene.locale)
    ]
    found += _rendered(chain, catalog, pieces)
    for diagnostic in assessment.waived(found, chain.at):
        if diagnostic.severity is Severity.ERROR:
            yield diagnostic


def _with(catalog: Catalog, scene: Scene, texts: Mapping[str, str]) -> Catalog:
    """Return a catalog of the campaign alone, with the draft as its copy, at the samples."""
    copy = Copy(scene.channel, scene.locale, scene.path, CopyFile(values=dict(texts)))
    # Other copy of the channel could stand nearer to a sample's language than this one.
    others = {key: item for key, item in scene.campaign.copies.items() if key[0] != scene.channel}
    campaign = scene.campaign._replace(copies={**others, (scene.channel, scene.locale): copy})
    locations = {item.location: scene.brand.locations[item.location] for item in scene.samples}
    brand = scene.brand._replace(locations=locations, campaigns={campaign.id: campaign})
    templates = {scene.template.ref: scene.template}
    return catalog._replace(brands={brand.id: brand}, templates=templates, diagnostics=())


def _rendered(chain: Chain, catalog: Catalog, pieces: Sequence[Piece]) -> list[Diagnostic]:
    looked = inspections_of(catalog, chain.at.date())
    results = chain.production.produce(list(pieces), inspections=looked)
    return [diagnostic for piece, produced in results for diagnostic in faults_of(piece, produced)]
