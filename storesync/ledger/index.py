"""What campaigns come to, kept on the ledger's branch: a new clone need not read what is over.

It is derived, and says by the ids of files in Git what it was derived from: of a campaign that has
grown since, it says nothing. One that is absent, unreadable, or of another format costs time only.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from storesync.ledger import campaign as one
from storesync.ledger.layout import INDEX, CampaignFiles, CampaignId
from storesync.ledger.ledger import Ledger
from storesync.ledger.manifest import Known
from storesync.render.artifact import canonical_json, fingerprint

FORMAT = 2
# It is written anew where a new clone would have to read so many lines: half a second.
_WORTH = 20_000
_TEXTS = ("digest", "last", "seen")


def digest_of(root: str, files: CampaignFiles) -> str:
    """Return a hash of all lines of a campaign, by the ids of their files.

    `root` is the hash of the genesis line. Its manifest is not among them: that is written anew
    with every change of the brand, and the lines of years would be read again each time.
    """
    return fingerprint([root, files.segments])


def from_json(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    """Return by name what an index says of campaigns, in the form of `campaign.to_summary`."""
    try:
        value = json.loads(data)
        found = value["campaigns"] if value["v"] == FORMAT else {}
        for name, summary in found.items():
            one.from_summary(name, summary, Known(), dict)
            _check(summary)
    except (ArithmeticError, LookupError, AttributeError, TypeError, ValueError, OSError):
        return {}
    except RecursionError:
        return {}
    return dict(found)


def _check(summary: Mapping[str, Any]) -> None:
    """Raise TypeError where a part of a summary is of another type than it has to be."""
    numbers = [summary["length"], *summary["counts"].values()]
    texts = [summary[name] for name in _TEXTS]
    if not all(type(item) is int for item in numbers) or not all(type(x) is str for x in texts):
        message = "a summary holds what is no number, or no text"
        raise TypeError(message)


def index_files(ledger: Ledger, written: Collection[CampaignId] = ()) -> dict[str, bytes]:
    """Return the index to be written as path -> bytes, nothing where that is not worth it.

    What is damaged, or was warned of, is always read. Of campaigns whose lines this run has
    `written` it would say nothing that still holds.
    """
    root = ledger.genesis.hash if ledger.genesis else ""
    found = {
        str(name): {"digest": digest_of(root, ledger.files.campaigns[name]), **one.to_summary(item)}
        for name, item in ledger.campaigns.items()
        if not item.problems and name in ledger.files.campaigns and name not in written
    }
    known: Mapping[str, Mapping[str, Any]] = {}
    if ledger.files.index:
        known = from_json(ledger.repository.blobs([ledger.files.index])[0])
    unread = sum(
        summary["length"]
        for name, summary in found.items()
        if known.get(name, {}).get("digest") != summary["digest"]
    )
    if unread < _WORTH:
        return {}
    return {INDEX: canonical_json({"v": FORMAT, "campaigns": found}) + b"\n"}
