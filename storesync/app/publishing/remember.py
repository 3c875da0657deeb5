"""What a run leaves for the next one: manifests of all campaigns that are as they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from storesync.ledger.holds import holds_of
from storesync.ledger.layout import CampaignId
from storesync.publish.live import is_left
from storesync.publish.manifests import Hashes, Origin, manifest_of
from storesync.publish.narrow import merged
from storesync.render.versions import versions
from storesync.schedule.flight import over_at
from storesync.validate.waivers import waivers_of

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.due import Due
    from storesync.ledger.manifest import Manifest
    from storesync.ledger.store import LedgerWriter
    from storesync.plan.change import PlacementKey
    from storesync.plan.skipped import Skipped


def remember(
    basis: Basis, due: Due, writer: LedgerWriter, unsettled: Iterable[PlacementKey]
) -> None:
    """Write manifests of campaigns that are as they should be: nothing failed or is frozen.

    One that was deleted gets one too, once all of it is down.

    `unsettled` are placements of which something is still to be done.
    """
    if due.chain is None:
        return
    # What waits under an id that it had before may be known under another brand by now.
    open_ones = {key[:2] for key in unsettled}
    open_ones |= {(item.brand, item.campaign) for item in due.plan.frozen}
    broken = {item.id.brand for item in basis.campaigns() if item.is_damaged}
    skipped: dict[tuple[str, str], list[Skipped]] = {}
    for item in due.plan.skipped:
        skipped.setdefault((item.brand, item.campaign), []).append(item)
    held: dict[tuple[str, str], list[Skipped]] = {}
    for item in (*due.plan.held, *_recalled(due)):
        held.setdefault((item.brand, item.campaign), []).append(item)
    holds = holds_of(basis.ledger.journal)
    daily = bool(waivers_of(due.chain.catalog))
    manifests = {}
    for brand, campaigns in due.chain.assessment.dated.items():
        lapses = [item.until for item in holds.of_brand(brand, basis.inputs, basis.at)]
        for name, dated in campaigns.items():
            key = (brand, name)
            if key in open_ones or brand in broken or due.frozen.campaign(*key) or due.errors:
                continue
            ends = [wait.end for _, wait in dated.waits] + [item.window.end for item in dated.taken]
            found = manifest_of(
                dated.pieces,
                skipped.get(key, ()),
                held.get(key, ()),
                lambda piece: due.hashes.get(id(piece), Hashes()),
                Origin(
                    basis.inputs[brand],
                    versions(),
                    basis.at,
                    daily,
                    over_at(dated.campaign.file.flight),
                    tuple(filter(None, [*lapses, *ends])),
                ),
            )
            old = basis.ledger.manifests.get(CampaignId(*key))
            if old is not None and due.part is not None and brand in due.part.locations:
                found = merged(old, found, due.part.leaves_out)
            manifests[CampaignId(*key)] = found
    new = {CampaignId(*key) for key in open_ones} - basis.ledger.campaigns.keys()
    manifests |= dict.fromkeys(new, _of_no_files(basis))
    if not due.errors:
        settled = (item for item in _gone(due) if item[:2] not in open_ones)
        manifests |= {name: _of_nothing(basis, name.brand) for name in settled}
    writer.write_manifests(manifests, at=basis.at)


def _gone(due: Due) -> Iterator[CampaignId]:
    """Yield campaigns that are in no file any more, and of which nothing is left to take down."""
    for item in due.basis.campaigns():
        name = item.id
        is_here = due.chain is not None and name.campaign in due.chain.assessment.dated.get(
            name.brand, ()
        )
        if is_here or item.is_damaged or due.frozen.campaign(*name):
            continue
        if not is_left(item):
            yield name


def _of_nothing(basis: Basis, brand: str) -> Manifest:
    """Return the manifest of a campaign that is gone: without one its brand were stale for ever."""
    origin = Origin(basis.inputs.get(brand, {}), versions(), basis.at, daily=False)
    return manifest_of((), (), (), lambda _piece: Hashes(), origin)


def _of_no_files(basis: Basis) -> Manifest:
    """Return a manifest that is never current, of a campaign that the ledger knows nothing of.

    Nothing of it was sent, since nobody approved it yet: without one its brand would need nothing,
    and whoever approves it later, or adopts it, would wait in vain.
    """
    origin = Origin({}, "", basis.at, daily=False)
    return manifest_of((), (), (), lambda _piece: Hashes(), origin)


def _recalled(due: Due) -> Iterator[Skipped]:
    """Yield what this run took down and would be out, were it not held."""
    from storesync.plan.skipped import Skipped

    for change in due.plan.changes:
        held = due.holding(change.key, due.basis.at)
        if held is not None and change.key in due.current:
            yield Skipped(*change.key[:4], held.reason)
