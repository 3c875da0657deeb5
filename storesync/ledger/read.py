"""From the ledger's branch to a `Ledger`; what did not change since the last time is remembered."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.errors import UserError
from storesync.ledger import campaign as one
from storesync.ledger import index, layout, manifest, over, segment
from storesync.ledger import journal as lines_of_all
from storesync.ledger.campaign import CampaignLedger
from storesync.ledger.delivery import State
from storesync.ledger.entry import Kind
from storesync.ledger.journal import Journal
from storesync.ledger.layout import CampaignFiles, CampaignId, Files
from storesync.ledger.ledger import Genesis, Ledger
from storesync.ledger.manifest import Known, Manifest
from storesync.ledger.rows import from_rows, to_rows
from storesync.ledger.segment import Line
from storesync.plan.clock import is_ahead
from storesync.render.artifact import fingerprint
from storesync.source.cache import Cache
from storesync.source.git import Repository

_SUMMARIES = "ledger"
_JOURNAL = "ledger-journal"
_Part = TypeVar("_Part", CampaignLedger, Journal)
_RESTORE = "fetch the branch storesync/ledger from where it is kept, or restore it from the reflog"


def read(repository: Repository, *, at: datetime, cache: Cache, whole: bool = False) -> Ledger:
    """Read the ledger's local branch as it is now.

    `whole`: what its own index says of campaigns is not believed but compared with them; all that
    this clone has not read before is read.

    Raises UserError where the ledger was lost, is not the one that the tag belongs to, cannot be
    read at its first line, or was written by a newer StoreSync.
    """
    refs = repository.refs(layout.BRANCH, layout.TAG)
    tip, tag = refs.get(layout.BRANCH), refs.get(layout.TAG)
    if tip is None:
        if tag is not None:
            raise UserError(
                "the ledger was lost: its tag is here, its branch is not", hint=_RESTORE
            )
        return Ledger(repository)
    files = layout.arrange(repository.entries(tip, layout.FOLDERS))
    reader = _Reader(repository, cache, files, whole=whole)
    genesis = reader.genesis(tag)
    found = reader.campaigns(genesis)
    journal = reader.journal(genesis, {item.journal for item in found.values()} - {""})
    reader.remember(genesis, tag)
    campaigns = {name: _dated(item, f"ledger/{name}", at) for name, item in found.items()}
    journal = _dated(journal, "ledger/journal", at)
    problems = (*files.problems, *(reader.false(found, genesis) if whole else ()))
    parts = (genesis, campaigns, problems, files, journal)
    return Ledger(repository, tip, tag, *parts, over=reader.over)


class _Reader:
    """Takes from the cache what it knows, and reads the rest from Git in one go."""

    def __init__(self, repository: Repository, cache: Cache, files: Files, *, whole: bool) -> None:
        self._repository = repository
        self._cache = cache
        self._files = files
        self._whole = whole
        self._known = cache.load(_SUMMARIES) or {"genesis": None, "campaigns": {}}
        self._new: dict[str, Any] = {}
        self._heads: dict[str, Known] = {}
        self._journal: dict[str, Any] | None = None

    def genesis(self, tag: str | None) -> Genesis:
        """Return the first line. Raises UserError where it is not what the tag vouches for."""
        if self._known["genesis"] and self._known["genesis"][:2] == [self._files.genesis, tag]:
            hashed, commit, who, at, *rest = self._known["genesis"][2:]
            return Genesis(hashed, commit, who, datetime.fromisoformat(at), *rest)
        tagged = self._repository.object_id(tag, layout.GENESIS) if tag else self._files.genesis
        if not self._files.genesis or tagged != self._files.genesis:
            raise UserError(
                "the branch storesync/ledger is not the one that the tag storesync/genesis marks",
                hint=_RESTORE,
            )
        [data] = self._repository.blobs([self._files.genesis])
        return _genesis(data)

    def campaigns(self, genesis: Genesis) -> dict[CampaignId, CampaignLedger]:
        """Return every campaign; only those that changed are read from Git."""
        found = {}
        stale = []
        self._heads = self._read_heads()
        for brand, ended in self.over.items():  # also those whose lines are gone, all of them
            for campaign in ended:
                self._files.campaigns.setdefault(CampaignId(brand, campaign), CampaignFiles())
        for name, files in self._files.campaigns.items():
            digest = index.digest_of(genesis.hash, files)
            summary = self._summary(str(name), digest)
            known = self._head(name)
            if summary and one.agrees(summary, known, genesis.hash):
                load = functools.partial(self._state, name, genesis, digest, summary["last"])
                found[name] = one.from_summary(name, summary, known, load)
            else:
                stale.append(name)
        for item in self._assemble(stale, genesis):
            found[item.id] = item
            if item.is_damaged:  # what mends it need not be a line of its own
                self._new.pop(str(item.id), None)
                continue
            digest = index.digest_of(genesis.hash, self._files.campaigns[item.id])
            self._new[str(item.id)] = {"digest": digest, **one.to_summary(item)}
            rows = {"digest": digest, **to_rows(item.state)}
            self._cache.save(f"{_SUMMARIES}/{item.id}", rows)
        return dict(sorted(found.items()))

    def _read_heads(self) -> dict[str, Known]:
        """Return manifest id -> what its head says; only new ones are read from Git."""
        here = [item for files in self._files.campaigns.values() for item in files.manifest]
        known = {item: Known(*row) for item, row in self._known.get("heads", {}).items()}
        new = [item for item in here if item not in known]
        known |= zip(new, map(manifest.known_lines, self._repository.blobs(new)), strict=True)
        return {item: known[item] for item in here}

    def _head(self, name: CampaignId) -> Known:
        for item in self._files.campaigns[name].manifest:
            return self._heads[item]
        found = self.over.get(name.brand, {}).get(name.campaign)
        return manifest.known_of(found) if found else Known()

    @functools.cached_property
    def over(self) -> Mapping[str, Mapping[str, Manifest]]:
        """Return brand -> campaign -> the manifests of those that are over."""
        stored = self._files.over
        data = self._repository.blobs(list(stored.values()))
        return {brand: over.from_json(raw) for brand, raw in zip(stored, data, strict=True)}

    def _summary(self, name: str, digest: str) -> Mapping[str, Any] | None:
        """Return what is known of a campaign with this digest: here, else by the ledger's index."""
        here: Mapping[str, Any] | None = self._known["campaigns"].get(name)
        if here and here["digest"] == digest:
            self._new[name] = here
            return here
        # What it says is not kept here, where it would be believed once it is mended.
        told = None if self._whole else self._index.get(name)
        return told if told and told["digest"] == digest else None

    @functools.cached_property
    def _index(self) -> Mapping[str, Mapping[str, Any]]:
        ids = [self._files.index] if self._files.index else []
        return index.from_json(self._repository.blobs(ids)[0]) if ids else {}

    def false(
        self, found: Mapping[CampaignId, CampaignLedger], genesis: Genesis
    ) -> Iterator[Diagnostic]:
        """Yield that the index says of a campaign's files what is not in them."""
        for name, item in found.items():
            files, told = self._files.campaigns[name], self._index.get(str(name))
            known = self._head(name)
            if not told or told["digest"] != index.digest_of(genesis.hash, files):
                continue
            if not one.agrees(told, known, genesis.hash):
                continue  # nobody believes it
            if one.from_summary(name, told, known, item.load) != item:
                message = f"it says of {name} what is not in its files"
                hint = "delete it: it is derived"
                yield Diagnostic("ledger-damaged", printable(message), layout.INDEX, hint=hint)

    def journal(self, genesis: Genesis, known: Collection[str]) -> Journal:
        """Return the journal; only one that changed is read from Git.

        `known` are lines of it that manifests name.
        """
        if not self._files.journal and not known:
            return Journal(genesis.hash)
        digest = fingerprint([genesis.hash, self._files.journal, sorted(known)])
        self._journal = self._known.get("journal")
        if self._journal is None or self._journal["digest"] != digest:
            found = self._assemble_journal(genesis, known)
            self._journal = {"digest": digest, **lines_of_all.to_summary(found)}
            self._cache.save(_JOURNAL, {"digest": digest, "lines": found.lines})
        load = functools.partial(self._journal_lines, genesis, known, digest)
        return lines_of_all.from_summary(self._journal, load)

    def _journal_lines(
        self, genesis: Genesis, known: Collection[str], digest: str
    ) -> tuple[Line, ...]:
        """Return the journal's lines from the cache, or else from Git."""
        kept = self._cache.load(_JOURNAL)
        if kept and kept["digest"] == digest:
            return tuple(Line(*row) for row in kept["lines"])
        return self._assemble_journal(genesis, known).lines

    def _assemble_journal(self, genesis: Genesis, known: Collection[str]) -> Journal:
        data = self._repository.blobs(list(self._files.journal.values()))
        files = dict(zip(self._files.journal, data, strict=True))
        return lines_of_all.assemble(files, genesis.hash, known)

    def remember(self, genesis: Genesis, tag: str | None) -> None:
        """Keep the summaries, where one of them is new."""
        start = [self._files.genesis, tag, *genesis[:3], genesis.at.isoformat(), *genesis[4:]]
        heads = {item: list(known) for item, known in self._heads.items()}
        now = {
            "genesis": start,
            "campaigns": self._new,
            "heads": heads,
            "journal": self._journal,
        }
        if now != self._known:
            self._cache.save(_SUMMARIES, now)

    def _state(self, name: CampaignId, genesis: Genesis, digest: str, last: str) -> State:
        """Return a campaign's records from the cache, or else from Git.

        Raises UserError where what was told of the campaign hides that it is damaged.
        """
        kept = self._cache.load(f"{_SUMMARIES}/{name}")
        if kept and kept["digest"] == digest:
            return from_rows(kept)
        [item] = self._assemble([name], genesis)
        if item.last_hash != last:
            message = f"{layout.INDEX} of the ledger says of {printable(str(name))} what is not so"
            raise UserError(message, hint="storesync verify --repair deletes it: it is derived")
        return item.state

    def _assemble(self, names: Sequence[CampaignId], genesis: Genesis) -> list[CampaignLedger]:
        wanted = [self._files.campaigns[name] for name in names]
        ids = [item for files in wanted for item in files.segments.values()]
        data = dict(zip(ids, self._repository.blobs(ids), strict=True))
        return [
            one.assemble(
                name,
                {path: data[item] for path, item in files.segments.items()},
                genesis.hash,
                self._head(name),
            )
            for name, files in zip(names, wanted, strict=True)
        ]


def _genesis(data: bytes) -> Genesis:
    lines, problems = segment.parse(layout.GENESIS, data)
    if problems:
        [problem] = problems
        where = f"{problem.path}:{problem.line}"
        raise UserError(f"{where}: {problem.message}", hint=problem.hint)
    fields = lines[0].fields
    if fields.get("type") != Kind.GENESIS or len({line.hash for line in lines}) != 1:
        raise UserError(f"{layout.GENESIS} does not hold one genesis line", hint=_RESTORE)
    at = datetime.fromisoformat(fields["at"])
    proof = fields.get("proof") is True  # lines of the first version do not say
    commit, who, repository = fields["commit"], fields["who"], fields["repository"]
    return Genesis(lines[0].hash, commit, who, at, repository, proof)


def _dated(part: _Part, path: str, at: datetime) -> _Part:
    """Add a warning where the last line is later than `at`, which no clock explains."""
    if part.latest is None or not is_ahead(part.latest, at):
        return part
    warning = Diagnostic(
        "ledger-future",
        f"a line is dated {part.latest:%Y-%m-%d %H:%M} UTC, later than now",
        path,
        hint="set the clock of this machine, or find out which one was wrong; order is unaffected",
        severity=Severity.WARNING,
    )
    return dataclasses.replace(part, problems=(*part.problems, warning))
