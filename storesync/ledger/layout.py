"""Where things lie on the ledger's branch: names of refs and files, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.source.plumbing import LINK, SUBMODULE, TreeEntry

BRANCH = "refs/heads/storesync/ledger"
TAG = "refs/tags/storesync/genesis"
FOLDERS = ("ledger", "manifests")
GENESIS = "ledger/genesis.jsonl"
INDEX = "manifests/index.json"

_NAME = r"[^/.][^/]*"
_SEGMENT = re.compile(rf"ledger/({_NAME})/({_NAME})/{_NAME}\.jsonl")
_JOURNAL = re.compile(rf"ledger/journal/{_NAME}\.jsonl")
_MANIFEST = re.compile(rf"manifests/({_NAME})/({_NAME})\.json")
_OVER = re.compile(rf"manifests/({_NAME})/\.over\.json")
_RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


class CampaignId(NamedTuple):
    """A campaign of a brand."""

    brand: str
    campaign: str

    def __str__(self) -> str:
        return f"{self.brand}/{self.campaign}"


@dataclass(frozen=True, slots=True)
class CampaignFiles:
    """What the branch holds of one campaign: path -> blob id of its segments, its manifest's id."""

    segments: dict[str, str] = field(default_factory=dict)
    manifest: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Files:
    """What the branch holds: the genesis line's blob id ("" where absent) and the campaigns.

    `journal` is path -> blob id of the segments of the lines that belong to no single campaign,
    `index` the blob id of what campaigns come to ("" where absent), `over` brand -> that of the
    manifests of its campaigns that are over.
    """

    genesis: str
    campaigns: dict[CampaignId, CampaignFiles]
    problems: tuple[Diagnostic, ...]
    journal: dict[str, str] = field(default_factory=dict)
    index: str = ""
    over: dict[str, str] = field(default_factory=dict)


def run_stamp(at: datetime) -> str:
    """Return what the names of runs at a moment (UTC) begin with; they sort by time."""
    return f"{at:%Y%m%dT%H%M%SZ}"


def segment_path(campaign: CampaignId, run: str) -> str:
    """Return where the lines of one run lie. Raises ValueError where `run` is no name of a run."""
    return f"ledger/{campaign}/{_checked(run)}.jsonl"


def journal_path(run: str) -> str:
    """Return where the lines of one run lie that belong to no single campaign.

    A brand may be called journal: its campaigns lie one folder deeper. Raises as `segment_path`.
    """
    return f"ledger/journal/{_checked(run)}.jsonl"


def manifest_path(campaign: CampaignId) -> str:
    """Return where a campaign's manifest lies."""
    return f"manifests/{campaign}.json"


def over_path(brand: str) -> str:
    """Return where the manifests of a brand's campaigns lie that are over.

    No campaign is called so: a name does not begin with a dot.
    """
    return f"manifests/{brand}/.over.json"


def campaign_of(path: str) -> CampaignId | None:
    """Return the campaign whose segment `path` is, None where it is none."""
    found = _SEGMENT.fullmatch(path)
    return CampaignId(*found.groups()) if found else None


def is_journal(path: str) -> bool:
    """Say whether `path` is a segment of the journal."""
    return _JOURNAL.fullmatch(path) is not None


def is_segment(path: str) -> bool:
    """Say whether `path` is a segment, of a campaign or of the journal."""
    return is_journal(path) or campaign_of(path) is not None


def arrange(entries: Iterable[TreeEntry]) -> Files:
    """Sort the files of one commit. What does not belong there is ignored with a warning."""
    genesis = index = ""
    campaigns: dict[CampaignId, CampaignFiles] = {}
    journal: dict[str, str] = {}
    over: dict[str, str] = {}
    problems = []
    for entry in entries:
        segment, manifest = campaign_of(entry.path), _MANIFEST.fullmatch(entry.path)
        if entry.mode in {LINK, SUBMODULE}:
            problems.append(_strange(entry.path))
        elif entry.path == GENESIS:
            genesis = entry.id
        elif entry.path == INDEX:
            index = entry.id
        elif segment:
            campaigns.setdefault(segment, CampaignFiles()).segments[entry.path] = entry.id
        elif is_journal(entry.path):
            journal[entry.path] = entry.id
        elif manifest:
            campaign = CampaignId(*manifest.groups())
            campaigns.setdefault(campaign, CampaignFiles()).manifest.append(entry.id)
        elif found := _OVER.fullmatch(entry.path):
            over[found[1]] = entry.id
        else:
            problems.append(_strange(entry.path))
    return Files(genesis, campaigns, tuple(problems), journal, index, over)


def _checked(run: str) -> str:
    if not _RUN.fullmatch(run):
        message = f"not the name of a run: {run!r}"
        raise ValueError(message)
    return run


def _strange(path: str) -> Diagnostic:
    message = "the file is not part of a ledger and was not read"
    return Diagnostic("ledger-strange", message, printable(path), severity=Severity.WARNING)
