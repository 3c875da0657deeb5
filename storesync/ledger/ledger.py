"""The ledger as of one commit: what was sent, what is in doubt, and what must not be published."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storesync.diagnostics import Diagnostic
from storesync.ledger.campaign import CampaignLedger, chain
from storesync.ledger.journal import Journal
from storesync.ledger.layout import CampaignFiles, CampaignId, Files
from storesync.ledger.manifest import Manifest, from_json
from storesync.ledger.segment import Line
from storesync.source.git import Repository
from storesync.source.plumbing import moment


class Genesis(NamedTuple):
    """Where a ledger begins: its line's hash, the commit adopted as approved, by whom, and when.

    `repository` is the id of the repository it was begun in; `proof` says that what goes out needs
    a proven approval.
    """

    hash: str
    commit: str
    who: str
    at: datetime
    repository: str
    proof: bool = False


@dataclass(frozen=True)
class Ledger:
    """What one commit of the ledger's branch says. `tip` and `genesis` are None before it begins.

    `problems` are warnings that belong to no campaign; those of a campaign are with it, those of
    the journal, the lines that belong to no single campaign, with that. `over` has brand ->
    campaign -> the manifests of those that are over.
    """

    repository: Repository
    tip: str | None = None
    tag: str | None = None
    genesis: Genesis | None = None
    campaigns: Mapping[CampaignId, CampaignLedger] = dataclasses.field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    files: Files = dataclasses.field(default=Files("", {}, ()))
    journal: Journal = dataclasses.field(default_factory=Journal)
    over: Mapping[str, Mapping[str, Manifest]] = dataclasses.field(default_factory=dict)

    def campaign(self, brand: str, name: str) -> CampaignLedger:
        """Return what the ledger says of a campaign, which may be nothing yet."""
        wanted = CampaignId(brand, name)
        root = self.genesis.hash if self.genesis else ""
        return self.campaigns.get(wanted) or CampaignLedger(wanted, root)

    def with_problems(self, problems: Mapping[CampaignId | None, Diagnostic]) -> Ledger:
        """Return this with what else is wrong with campaigns; None stands for the journal."""
        campaigns, journal = dict(self.campaigns), self.journal
        for name, problem in problems.items():
            if name is None:
                journal = dataclasses.replace(journal, problems=(*journal.problems, problem))
            else:
                known = self.campaign(*name)
                campaigns[name] = dataclasses.replace(known, problems=(*known.problems, problem))
        return dataclasses.replace(self, campaigns=campaigns, journal=journal)

    def lines(self, brand: str, name: str) -> list[Line]:
        """Return a campaign's lines in order, as far as they are sound: for the audit trail."""
        files = self.files.campaigns.get(CampaignId(brand, name), CampaignFiles())
        data = self.repository.blobs(list(files.segments.values()))
        root = self.genesis.hash if self.genesis else ""
        return chain(dict(zip(files.segments, data, strict=True)), root)[0]

    @functools.cached_property
    def written_at(self) -> datetime | None:
        """When it was last written to, heartbeats included; None before it begins."""
        if self.tip is None:
            return None
        said = self.repository.git("show", "--no-patch", "--format=%ct", self.tip, "--")
        return moment(said.stdout.decode().strip())

    @functools.cached_property
    def manifests(self) -> dict[CampaignId, Manifest]:
        """The manifests that can be read; one git process when first asked for."""
        campaigns = self.files.campaigns.items()
        stored = {name: item for name, files in campaigns for item in files.manifest}
        data = self.repository.blobs(list(stored.values()))
        found = zip(stored, map(from_json, data), strict=True)
        over = {
            CampaignId(brand, name): item
            for brand, known in self.over.items()
            for name, item in known.items()
        }
        return over | {name: item for name, item in found if item is not None}
