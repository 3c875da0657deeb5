"""`storesync render --out`: all of it, or only the locations that changed since the last time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from storesync.app.context import Context
from storesync.app.garbage import without_collection
from storesync.app.publishing.rendered import Rendered, write
from storesync.diagnostics import Diagnostic, has_errors
from storesync.errors import UserError
from storesync.render.versions import versions
from storesync.validate.narrow import Inputs, Kept, inputs_of

if TYPE_CHECKING:
    from storesync.app.chain import Chain, Extent
    from storesync.app.production import Production
    from storesync.plan.piece import Piece
    from storesync.source.tree import Tree

_NAME = "rendered"


class Wanted(NamedTuple):
    """What is to be rendered: names as given, None for all; `at` as given."""

    campaign: str | None
    location: str | None
    channel: str | None
    at: str | None


def render_folder(
    context: Context, done: Rendered, moment: datetime, wanted: Wanted
) -> list[Diagnostic]:
    """Bring a folder up to date with the files on disk; return the errors that left some out."""
    day = wanted.at or moment.date().isoformat()
    named = (name or "" for name in wanted)
    tree = context.work_tree
    # Into a new folder all of it goes: workers get ready while files are read and compared.
    production = None if done.key else _begun(context, tree)
    inputs = inputs_of(tree.content_ids(), versions(), day, *named, *getattr(tree, "refused", ()))
    if done.key == inputs.key and done.is_complete():
        return []
    done.check()
    with without_collection():
        known = _known(context, done, wanted)
        changed = inputs.changed_since(known) if known else None
        if known and changed:
            few = _begun(context, tree, few=True)
            if done.is_complete() and _again(context, done, moment, wanted, (inputs, changed, few)):
                _save(context, inputs.key, inputs.kept_after(known, changed))
                return []
        return _all(context, done, moment, wanted, (inputs, production))


def _begun(context: Context, tree: Tree, *, few: bool = False) -> Production:
    from storesync.app.chain import open_production

    return open_production(context, tree, few=few)


def _known(context: Context, done: Rendered, wanted: Wanted) -> Kept | None:
    """Return what is kept of what the folder was written from, None where that is not known."""
    data = context.cache.load(_NAME)
    if data is None or data["key"] != done.key or wanted.location:
        return None
    return Kept(*data["kept"])


def _save(context: Context, key: str, kept: Kept) -> None:
    context.cache.save(_NAME, {"key": key, "kept": list(kept)})


def _again(
    context: Context,
    done: Rendered,
    moment: datetime,
    wanted: Wanted,
    now: tuple[Inputs, Collection[str], Production],
) -> bool:
    """Render the locations that changed; say False where that is not all there is to do."""
    from storesync.app.chain import open_chain
    from storesync.source.part import PartTree
    from storesync.validate.narrow import stands_alone

    inputs, changed, production = now
    part = PartTree(context.work_tree, left_out=inputs.locations.keys() - changed)
    chain = open_chain(context, part, moment, extent="few", production=production)
    if not stands_alone(chain.catalog) or has_errors(chain.diagnose(())):
        return False
    broken = write(chain, pieces_of(chain, wanted), done)
    if broken:
        done.now.clear()
        return False
    done.keep_others({(path.split("/")[1], PurePosixPath(path).stem) for path in changed})
    if not done.now and any(wanted[:3]):
        return False  # nothing is left of what is asked for
    done.finish(inputs.key, ())
    chain.finish()
    return True


def _all(
    context: Context,
    done: Rendered,
    moment: datetime,
    wanted: Wanted,
    begun: tuple[Inputs, Production | None],
) -> list[Diagnostic]:
    from storesync.app.chain import open_chain
    from storesync.validate.narrow import witnesses_of

    inputs, production = begun
    extent: Extent = "some" if any(wanted[:3]) else "all"
    chain = open_chain(context, context.work_tree, moment, extent=extent, production=production)
    pieces = chosen(chain, wanted)
    stopped = _stopped(chain, pieces)
    broken = write(chain, [item for item in pieces if item.key[:2] not in stopped], done)
    errors = [item for item in chain.diagnose(broken) if item.severity == "error"]
    kept = [f"{brand}/{name}" for brand, name in {*stopped, *(item.key[:2] for item, _ in broken)}]
    done.finish("" if errors else inputs.key, kept)
    chain.finish()
    if not errors:
        _save(context, inputs.key, inputs.kept(witnesses_of(chain.catalog)))
    return errors


def _stopped(chain: Chain, pieces: list[Piece]) -> set[tuple[str, str]]:
    """Return the campaigns, as (brand, campaign), that have an error in their files."""
    from storesync.publish.frozen import Frozen

    frozen = Frozen(chain.catalog, chain.assessment.diagnostics(chain.at))
    names = {item.key[:2] for item in pieces}
    for brand in chain.catalog.brands.values():  # also of those that could not be read
        names |= {(brand.id, name) for name in (*brand.campaigns, *brand.broken_campaigns)}
    return {name for name in names if frozen.campaign(*name)}


def chosen(chain: Chain, wanted: Wanted) -> list[Piece]:
    """Return the pieces that are wanted. Raises UserError where what is named is not there."""
    from storesync.app.find import find_campaign, find_location

    if wanted.campaign is not None and wanted.location is not None:
        brand = find_campaign(chain.catalog, wanted.campaign).brand
        find_location(chain.catalog, brand, wanted.location)
    pieces = pieces_of(chain, wanted)
    if not pieces and any(wanted[:3]):
        message = "nothing to render: no such placement"
        raise UserError(message, hint="storesync plan --format json lists what is skipped and why")
    return pieces


def pieces_of(chain: Chain, wanted: Wanted) -> list[Piece]:
    """Return the pieces that are wanted, which may be none."""
    from storesync.app.find import find_campaign

    pieces = list(chain.assessment.pieces())
    if wanted.campaign is not None:
        campaign = find_campaign(chain.catalog, wanted.campaign)
        pieces = [item for item in pieces if item.key[:2] == (campaign.brand, campaign.id)]
    if wanted.location is not None:
        pieces = [item for item in pieces if item.key.location == wanted.location]
    if wanted.channel is not None:
        pieces = [item for item in pieces if item.key.channel == wanted.channel]
    return pieces
