"""What is asked for at a moment: pieces of files, what people stopped, and what rivals leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.part import Part
    from storesync.plan.change import PlacementKey
    from storesync.plan.due import Desired
    from storesync.plan.live import Live
    from storesync.plan.piece import Piece
    from storesync.publish.frozen import Frozen


def desired_of(chain: Chain, pieces: list[Piece], frozen: Frozen, part: Part) -> Desired:
    """Return what is asked for: all that runs, and why the rest does not."""
    from storesync.plan.due import Desired
    from storesync.plan.skipped import Skipped
    from storesync.schedule.flight import is_over
    from storesync.validate.identity import renamed

    campaigns = chain.catalog.campaigns()
    return Desired(
        pieces=pieces,
        skipped=[
            Skipped(brand, campaign, location, channel, reason)
            for brand, known in chain.assessment.dated.items()
            for campaign, dated in known.items()
            if not is_over(dated.campaign.file.flight, chain.at)
            for location, channel, reason in dated.skipped
        ],
        frozen=frozen.placement,
        campaigns={(item.brand, item.id): item.file.cancelled or "" for item in campaigns},
        renamed=renamed(chain.catalog),
        left_out=part.leaves_out,
        bound=frozen.bound,
        waiting=chain.assessment.waiting(chain.at),
    )


def with_holds(desired: Desired, basis: Basis) -> Desired:
    """Return what is asked for with what people stopped of it, as the ledger now says."""
    from storesync.ledger.holds import holds_of

    holds = holds_of(basis.ledger.journal).named(desired.renamed)
    return replace(desired, holding=holds.held, was_held=holds.was_on)


def with_rivals(
    chain: Chain,
    live: Mapping[PlacementKey, Live],
    desired: Desired,
    is_put_off: Callable[[PlacementKey], bool],
) -> Desired:
    """Return what is asked for, in which a rival that does not come out takes nobody's place.

    `is_put_off` says that it was refused, or that it failed and waits.
    """
    from storesync.plan.bent import kept_up_for
    from storesync.plan.heirs import named_now
    from storesync.plan.kept_up import kept_up

    live = named_now(desired.renamed, live)

    def is_stopped(key: PlacementKey) -> object:
        return desired.frozen(key) or desired.holding(key, chain.at) or is_put_off(key)

    stays = kept_up(chain.assessment.taken(), desired.pieces, live, is_stopped, chain.at)
    if not stays:
        return desired
    places = {key[:4] for key in stays}
    skipped = [
        item._replace(reason=kept_up_for(item.reason), stays=True) if item[:4] in places else item
        for item in desired.skipped
    ]
    return replace(desired, waiting={*desired.waiting, *stays}, skipped=skipped)
