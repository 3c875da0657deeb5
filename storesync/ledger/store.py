"""Writing the ledger: one commit at a time, durable before anything is sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from storesync.diagnostics import Severity
from storesync.errors import UserError
from storesync.ledger import entry, layout, manifest, over, read, segment, shared
from storesync.ledger.campaign import CampaignLedger
from storesync.ledger.grown import rewritten
from storesync.ledger.index import index_files
from storesync.ledger.layout import BRANCH, TAG, CampaignId
from storesync.ledger.ledger import Ledger
from storesync.ledger.lock import locked
from storesync.ledger.manifest import Manifest
from storesync.source.cache import Cache
from storesync.source.git import LostRace, Repository
from storesync.source.plumbing import RefUpdate

_SEEN = "storesync-ledger-tip"
_HEARTBEAT = timedelta(hours=1)
_PATIENCE = 20  # times that another run may be faster


class LedgerStore:
    """The ledger of a repository, to read and to append to.

    `remote` names the Git remote that it is shared through; None keeps it on a local branch.
    """

    def __init__(self, repository: Repository, cache: Cache, *, remote: str | None = None) -> None:
        self._repository = repository
        self._cache = cache
        self._remote = remote

    def read(self, *, at: datetime, whole: bool = False) -> Ledger:
        """Return the ledger as it is now, fetched first where it is shared; `whole`: see `read`.

        Raises UserError where it was lost, set back, or cannot be read; then nothing may be sent.
        """
        if self._remote:
            with self._locked() as lock:
                shared.follow(self._repository, self._remote, lock=lock)
        seen = self._seen()  # first: another run may write between the two
        ledger = read.read(self._repository, at=at, cache=self._cache, whole=whole)
        return self._checked(ledger, seen)

    def begin(
        self,
        *,
        at: datetime,
        who: str,
        commit: str,
        repository_id: str,
        terms: entry.Terms = entry.NO_TERMS,
    ) -> Ledger:
        """Return the ledger; where there is none yet, begin it.

        The genesis line adopts `commit` as approved by the login `who`. Raises as `read`.
        """
        ledger = self.read(at=at)
        if ledger.tip is None:
            fields = entry.genesis(
                commit=commit, who=who, repository=repository_id, at=at, terms=terms
            )
            line, _ = segment.encode(fields, 1, "")
            with suppress(LostRace):  # then someone else has begun it
                self.commit({layout.GENESIS: line}, "Begin the ledger", ledger, at=at)
            ledger = self.read(at=at)
        return ledger

    def writer(self, ledger: Ledger, run: str) -> LedgerWriter:
        """Return what appends the lines of one run to `ledger`, which must have been begun.

        `run` names the run: letters, digits and hyphens, used once. Raises UserError.
        """
        if ledger.genesis is None:
            raise UserError("there is no ledger yet", hint="run storesync verify --adopt")
        return LedgerWriter(self, ledger, run)

    def commit(
        self, files: Mapping[str, bytes | None], message: str, ledger: Ledger, *, at: datetime
    ) -> str:
        """Put files on top of the ledger's tip, durably, and push; return the new tip.

        None takes a file away, which is for repairs alone.
        Raises LostRace where the tip is no longer that of `ledger`: nothing was written.
        """
        with self._locked() as lock:
            parent = ledger.tip
            commit = self._repository.write_commit(
                files, message, parent=parent, when=at, lock=lock
            )
            updates = [RefUpdate(BRANCH, commit, parent)]
            tag = commit if ledger.tag is None else None
            if tag:
                updates.append(RefUpdate(TAG, tag, None))
            if self._remote:
                shared.publish_tip(self._repository, self._remote, commit, tag=tag, lock=lock)
            with suppress(LostRace) if self._remote else nullcontext():  # ours only follows theirs
                self._repository.update_refs(updates, lock=lock)
            damaged = any(item.is_damaged for item in ledger.campaigns.values())
            if not damaged and not ledger.journal.is_damaged:
                self._remember(commit)
        return commit

    def beat(self, ledger: Ledger, *, at: datetime) -> bool:
        """Leave word that runs go on, where nothing was written for an hour; return whether.

        Only where the ledger is shared: elsewhere nobody else would look. A heartbeat is a commit
        without a line, so years of them cost readers nothing. Raises LostRace as `commit`.
        """
        last = ledger.written_at
        if self._remote is None or last is None or at - last < _HEARTBEAT:
            return False
        self.commit({}, "Heartbeat", ledger, at=at)
        return True

    @contextmanager
    def _locked(self) -> Iterator[int]:
        with locked(self._repository.common_dir, (BRANCH, TAG)) as lock:
            yield lock

    def _checked(self, ledger: Ledger, seen: str | None) -> Ledger:
        """Compare with the tip that this clone last wrote: what was there must be there still."""
        if seen is None or seen == ledger.tip:
            return ledger
        if ledger.tip is None or not self._repository.is_ancestor(seen, ledger.tip):
            raise UserError(
                f"the ledger was set back: it was at {seen[:12]}, which is no longer part of it",
                hint=f"if nothing else was written: git update-ref {BRANCH} {seen}",
            )
        return ledger.with_problems(rewritten(self._repository, seen, ledger.tip))

    def _seen(self) -> str | None:
        try:
            return (self._repository.common_dir / _SEEN).read_text(encoding="ascii").strip() or None
        except (OSError, ValueError):
            return None

    def _remember(self, tip: str) -> None:
        path = self._repository.common_dir / _SEEN
        beside = path.with_name(f"{_SEEN}.new")
        with suppress(OSError):  # the next run then checks against an older tip
            beside.write_text(f"{tip}\n", encoding="ascii")
            beside.replace(path)


class LedgerWriter:
    """Appends the lines of one run. After LostRace it is of no more use: read and plan again."""

    def __init__(self, store: LedgerStore, ledger: Ledger, run: str) -> None:
        self._store = store
        self._ledger = ledger
        self._run = run
        self._segments: dict[CampaignId, _Segment] = {}
        self._manifests: dict[CampaignId, Manifest] = {}
        self._foreign: set[CampaignId] = set()
        self._is_overtaken = False  # others wrote since this run planned
        self._planned = ledger.journal.last_hash  # what it knew of then, and its own
        self._journal: _Segment | None = None

    def append(self, lines: Mapping[CampaignId, Sequence[entry.Fields]], *, at: datetime) -> None:
        """Append lines (from `entry`) to several campaigns in one commit; durable on return.

        Nothing to append writes nothing. Raises LostRace where the ledger has moved on, though this
        run confirmed behind that, and UserError where a campaign is damaged or git cannot write.
        """
        if self._is_overtaken and any(lines.values()):
            raise LostRace(layout.BRANCH)
        self._append(lines, at)

    def _append(self, lines: Mapping[CampaignId, Sequence[entry.Fields]], at: datetime) -> None:
        grown = {
            campaign: self._segment(campaign).grown(fields)
            for campaign, fields in lines.items()
            if fields
        }
        files = {layout.segment_path(name, self._run): item.data for name, item in grown.items()}
        self._commit(files, f"Record {sum(map(len, lines.values()))} lines of run {self._run}", at)
        self._segments |= grown

    def append_journal(self, lines: Sequence[entry.Fields], *, at: datetime) -> None:
        """Append lines that belong to no single campaign. Durable on return; raises as `append`."""
        if not lines:
            return
        grown = self._journal_segment().grown(lines)
        files = {layout.journal_path(self._run): grown.data}
        self._commit(files, f"Record {len(lines)} lines of run {self._run}", at)
        self._journal = grown
        self._planned = self._planned if self._is_overtaken else grown.last

    def confirm(self, lines: Mapping[CampaignId, Sequence[entry.Fields]], *, at: datetime) -> None:
        """Append lines that are true whatever else was written meanwhile: receipts of this run.

        Unlike `append` it goes on behind what other runs have written. Raises LostRace only
        where they are faster many times over, and UserError as `append` and `LedgerStore.read`.
        """
        for _ in range(_PATIENCE):
            try:
                return self._append(lines, at)
            except LostRace:
                self._catch_up(self._store.read(at=at))
        return self._append(lines, at)

    def _catch_up(self, ledger: Ledger) -> None:
        journal, seen = ledger.journal, self._planned
        for name, now in ledger.campaigns.items():
            own = self._segments.get(name)
            last = own.last if own else self._ledger.campaign(*name).last_hash
            if now.last_hash != last:
                self._foreign.add(name)
            if own:
                _refuse_damage(now)
                self._segments[name] = own._replace(last=now.last_hash, length=now.length)
        self._is_overtaken |= bool(self._foreign or journal.last_hash != seen or journal.is_damaged)
        if self._journal:
            self._journal = self._journal._replace(last=journal.last_hash, length=journal.length)
        self._ledger = ledger

    def write_manifests(self, manifests: Mapping[CampaignId, Manifest], *, at: datetime) -> None:
        """Store what campaigns should be, as of their last line now and the journal as planned by.

        A manifest that differs from the stored one in `computed_at` alone is not written, and
        neither is one that was worked out before another run wrote about its campaign. Raises as
        `append`.
        """
        dated = {
            name: dataclasses.replace(
                given, ledger_tip_line=self._segment(name).last, journal_tip_line=self._planned
            )
            for name, given in manifests.items()
            if name not in self._foreign
        }
        self._ledger.journal.check()
        files, rest = over.files_of(self._ledger, dated)
        for name, new in rest.items():
            old = self._manifests.get(name) or self._ledger.manifests.get(name)
            if old is None or not manifest.is_same(old, new):
                files[layout.manifest_path(name)] = manifest.to_json(new)
                self._manifests[name] = new
        count = len(files)
        files |= index_files(self._ledger, self._segments) if files else {}
        self._commit(files, f"Work out {count} campaigns in run {self._run}", at)

    def _segment(self, campaign: CampaignId) -> _Segment:
        if campaign in self._segments:
            return self._segments[campaign]
        known = self._ledger.campaign(*campaign)
        _refuse_damage(known)
        stored = self._ledger.files.campaigns.get(campaign)
        if stored and layout.segment_path(campaign, self._run) in stored.segments:
            message = f"the name of a run was used twice: {self._run}"
            raise ValueError(message)
        return _Segment(b"", known.last_hash, known.length)

    def _journal_segment(self) -> _Segment:
        if self._journal:
            return self._journal
        known = self._ledger.journal
        known.check()
        if layout.journal_path(self._run) in self._ledger.files.journal:
            message = f"the name of a run was used twice: {self._run}"
            raise ValueError(message)
        return _Segment(b"", known.last_hash, known.length)

    def _commit(self, files: Mapping[str, bytes | None], message: str, at: datetime) -> None:
        if not files:
            return
        tip = self._store.commit(files, message, self._ledger, at=at)
        self._ledger = dataclasses.replace(self._ledger, tip=tip, tag=self._ledger.tag or tip)


class _Segment(NamedTuple):
    """What this run wrote for one campaign, the hash of the campaign's last line, their number."""

    data: bytes
    last: str
    length: int

    def grown(self, lines: Sequence[entry.Fields]) -> _Segment:
        """Return this with lines appended."""
        parts, last, length = [self.data], self.last, self.length
        for fields in lines:
            length += 1
            line, last = segment.encode(fields, length, last)
            parts.append(line)
        return _Segment(b"".join(parts), last, length)


def _refuse_damage(campaign: CampaignLedger) -> None:
    for problem in campaign.problems:
        if problem.severity is Severity.ERROR:
            where = f"{problem.path}:{problem.line}"
            raise UserError(f"the ledger of {campaign.id} is damaged: {where}", hint=problem.hint)
