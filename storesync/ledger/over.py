"""Manifests of campaigns that are over: one file a brand in place of a file each.

Every change of a brand gives all of its manifests new inputs. Of campaigns with nothing ahead
these are alike, and with a file each every merge would leave as many objects on the branch, for
ever, as there were campaigns in all years. Derived, as every manifest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from storesync.ledger import manifest as each
from storesync.ledger.layout import CampaignId, manifest_path, over_path
from storesync.ledger.ledger import Ledger
from storesync.ledger.manifest import Manifest
from storesync.render.artifact import canonical_json

FORMAT = 1


def to_json(manifests: Mapping[str, Manifest]) -> bytes:
    """Return manifests that are `alike` by campaign, as they are stored: the last lines a line."""
    [*_, some] = manifests.values()
    head = each.head_of(some)
    del head["ledger_tip_line"]
    lines = b",\n".join(
        canonical_json([name, item.ledger_tip_line]) for name, item in sorted(manifests.items())
    )
    return canonical_json({**head, "v": FORMAT})[:-1] + b',\n"over":[\n%s\n]}\n' % lines


def from_json(data: bytes) -> dict[str, Manifest]:
    """Return by campaign the manifests that `to_json` wrote, none where it is not this format."""
    try:
        value = json.loads(data)
        if value["v"] != FORMAT:
            return {}
        rows = [(str(name), str(last)) for name, last in value["over"]]
        return {name: each.from_head({**value, "ledger_tip_line": last}) for name, last in rows}
    except each.DAMAGE:
        return {}


def files_of(
    ledger: Ledger, new: Mapping[CampaignId, Manifest]
) -> tuple[dict[str, bytes | None], dict[CampaignId, Manifest]]:
    """Return the files that hold those of `new` that are over, and the others.

    The files are path -> bytes, None for one that goes; none where they are so already.
    """
    files: dict[str, bytes | None] = {}
    rest = dict(new)
    for brand in sorted({name.brand for name in new}):
        given = {name.campaign: item for name, item in new.items() if name.brand == brand}
        over = _alike(
            {name: item for name, item in given.items() if _has_lines(ledger, brand, name)}
        )
        before = ledger.over.get(brand, {})
        if over.keys() != before.keys() or not all(
            each.is_same(before[name], item) for name, item in over.items()
        ):
            files[over_path(brand)] = to_json(over) if over else None
        for name in before.keys() - given.keys():  # nothing is concluded about it now
            files[manifest_path(CampaignId(brand, name))] = each.to_json(
                ledger.manifests[CampaignId(brand, name)]
            )
        for name in over:
            here = CampaignId(brand, name)
            del rest[here]
            if ledger.files.campaigns[here].manifest:
                files[manifest_path(here)] = None
    return files, rest


def _has_lines(ledger: Ledger, brand: str, name: str) -> bool:
    """Say whether a campaign has files of its own: one without is known by its manifest alone."""
    known = ledger.files.campaigns.get(CampaignId(brand, name))
    return known is not None and bool(known.segments)


def _alike(manifests: Mapping[str, Manifest]) -> dict[str, Manifest]:
    """Return those that have nothing ahead and differ in nothing but their last lines."""
    over = {
        name: item
        for name, item in manifests.items()
        if not (item.entries or item.skipped or item.held)
    }
    heads = {name: _shared(item) for name, item in over.items()}
    some = next(iter(heads.values()), None)
    return {name: item for name, item in over.items() if heads[name] == some}


def _shared(item: Manifest) -> dict[str, object]:
    return {key: value for key, value in each.head_of(item).items() if key != "ledger_tip_line"}
