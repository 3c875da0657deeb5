"""The notes that hold reviews: read in this clone and at the remote, and only ever added to.

Reading writes nothing. Adding a line takes in what the remote has: of each note all lines of both
sides, sorted, as `git notes merge -s cat_sort_uniq` does it, so that nobody's line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.git import LostRace, Repository
from storesync.source.identity import signs
from storesync.source.joining import commit_tree
from storesync.source.mirror import REVIEWS, refresh, reviews_ref
from storesync.source.plumbing import RefUpdate
from storesync.source.remote import push

# A larger note is not read, and what was said about its commit counts as not said: in what is
# not read may be an objection.
LARGEST = 4_000_000
_ATTEMPTS = 20
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_EPOCH = datetime.fromtimestamp(0, UTC)


class NoteFile(NamedTuple):
    """Where a note lies in the tree of a commit of notes, the id of its text, and its size."""

    path: str
    id: str
    size: int


class Notes:
    """The reviews of one clone; with the name of a remote those of that one too."""

    def __init__(self, repository: Repository, remote: str | None) -> None:
        self.repository = repository
        self._remote = remote
        self.refs = (REVIEWS,) if remote is None else (REVIEWS, reviews_ref(remote))
        self._texts: dict[str, list[bytes]] = {}  # by blob id
        self._signed: tuple[list[str], bool] = ([], False)

    @cached_property
    def signs(self) -> bool:
        """Say whether the person signs commits."""
        return signs(self.repository)

    def refresh(self) -> None:
        """Fetch what the remote has: branches and reviews. Raises UserError."""
        if self._remote is not None:
            refresh(self.repository, self._remote)

    def tips(self, refs: Mapping[str, str]) -> list[str]:
        """Return the newest commits of notes among refs: ours, and the remote's as last fetched."""
        return list(dict.fromkeys(refs[name] for name in self.refs if name in refs))

    def lines(self, tips: Sequence[str]) -> dict[str, list[bytes]]:
        """Return commit -> the lines of its notes, each once; none where a note is huge."""
        found: dict[str, dict[bytes, None]] = {}
        huge: set[str] = set()
        for tip in tips:
            files = note_files(self.repository, tip)
            self._read(item for items in files.values() for item in items)
            for commit, items in files.items():
                huge |= {commit} if _is_huge(items) else set()
                every = (line for item in items for line in self._texts.get(item.id, ()))
                found.setdefault(commit, {}).update(dict.fromkeys(every))
        return {commit: list(lines) for commit, lines in found.items() if commit not in huge}

    def is_ever_signed(self, tips: list[str]) -> bool:
        """Say whether any commit of notes is signed at all, which few people do."""
        if self._signed[0] != tips:
            done = self.repository.git("log", "--no-merges", "--format=%G?", *tips)
            self._signed = (tips, bool(set(done.stdout.split()) - {b"N"}))
        return self._signed[1]

    def texts(self, files: Sequence[NoteFile]) -> set[bytes]:
        """Return the lines of some notes."""
        self._read(files)
        return {line for item in files for line in self._texts.get(item.id, ())}

    def append(self, commit: str, line: bytes) -> None:
        """Add a line to the note on a commit, here and at the remote.

        Raises UserError where the remote does not take it: it stays here then, and goes along
        with the next one.
        """
        for _ in range(_ATTEMPTS):
            ours = self._ours()
            files = note_files(self.repository, ours) if ours else {}
            there = files.get(commit, [])
            _refuse_huge(commit, there)
            known = self.texts(there)
            path = there[0].path if there else _path(commit)
            if line in known:
                break
            old = b"".join(self.repository.blobs([item.id for item in there[:1]]))
            text = b"".join([old, b"" if not old or old.endswith(b"\n") else b"\n", line, b"\n"])
            new = self._commit({path: text}, ours, [ours] if ours else [], "Add to the reviews")
            if self._moved(new, ours):
                break
        else:
            raise LostRace(REVIEWS)
        self.share()

    def share(self) -> None:
        """Push what is only here; what the remote has besides is taken in first."""
        if self._remote is None:
            return
        for _ in range(_ATTEMPTS):
            self._take_in()
            ours = self._ours()
            if ours is None or ours == self._theirs():
                return
            try:
                push(self.repository, self._remote, {REVIEWS: ours}, what="the reviews")
            except LostRace:
                self.refresh()
            else:
                return
        raise UserError("others write reviews all the time", hint="run the command again")

    def _take_in(self) -> None:
        """Bring our notes to hold all that the remote's hold, and to follow them."""
        for _ in range(_ATTEMPTS):
            ours, theirs = self._ours(), self._theirs()
            if theirs is None or (ours and self.repository.is_ancestor(theirs, ours)):
                return
            if ours is None or self.repository.is_ancestor(ours, theirs):
                new = theirs
            else:
                files = self._united(ours, theirs)
                new = self._commit(files, ours, [ours, theirs], "Merge reviews")
            if self._moved(new, ours):
                return
        raise LostRace(REVIEWS)

    def _united(self, ours: str, theirs: str) -> dict[str, bytes]:
        """Return the notes of ours that lack lines of theirs, whole, by path."""
        here, there = (note_files(self.repository, tip) for tip in (ours, theirs))
        changed: dict[str, bytes] = {}
        for commit, items in there.items():
            known = here.get(commit, [])
            if {item.id for item in items} <= {item.id for item in known}:
                continue
            _refuse_huge(commit, [*known, *items])
            both = self.texts(known) | self.texts(items)
            path = known[0].path if known else _path(commit)
            changed[path] = b"".join(line + b"\n" for line in sorted(both))
        return changed

    def _commit(
        self, files: Mapping[str, bytes], base: str | None, parents: Sequence[str], message: str
    ) -> str:
        """Store a commit of the person, with `files` put on the tree of `base`."""
        when, words = _EPOCH, "A tree of notes"
        made = self.repository.write_commit(files, words, parent=base, when=when)
        tree = self.repository.object_id(made, "")
        if tree is None:
            raise UserError("Git lost a tree that it has just written", hint="run git fsck")
        return commit_tree(self.repository, tree, parents, f"{message}\n", signed=self.signs)

    def _moved(self, new: str, old: str | None) -> bool:
        try:
            self.repository.update_refs([RefUpdate(REVIEWS, new, old)])
        except LostRace:
            return False
        return True

    def _ours(self) -> str | None:
        return self.repository.read_ref(REVIEWS)

    def _theirs(self) -> str | None:
        return self._remote and self.repository.read_ref(reviews_ref(self._remote))

    def _read(self, files: Iterable[NoteFile]) -> None:
        wanted = {item.id for item in files if item.size <= LARGEST} - self._texts.keys()
        missing = sorted(wanted)
        for item, raw in zip(missing, self.repository.blobs(missing), strict=True):
            self._texts[item] = [line for line in raw.split(b"\n") if line]


def _is_huge(files: Iterable[NoteFile]) -> bool:
    return any(item.size > LARGEST for item in files)


def _refuse_huge(commit: str, files: Iterable[NoteFile]) -> None:
    """Raise UserError rather than drop what somebody may have said in a note that is not read."""
    if _is_huge(files):
        message = f"the reviews of {commit[:10]} are too large to be read: somebody filled them"
        hint = f"look at them: git notes --ref={REVIEWS} show {commit[:10]}; or submit a new commit"
        raise UserError(message, hint=hint)


def note_files(
    repository: Repository, tip: str, paths: Sequence[str] = ()
) -> dict[str, list[NoteFile]]:
    """Return commit -> where its notes lie; a note may lie at several depths of folders."""
    options = ("-r", "-l", "-z", "--full-tree")
    listed = repository.ask_once([tip], "ls-tree", *options, tip, "--", *paths).stdout
    found: dict[str, list[NoteFile]] = {}
    for record in listed.split(b"\0")[:-1]:
        head, _, name = record.partition(b"\t")
        mode, kind, item, size = head.decode().split()
        path = plumbing.text(name)
        commit = path.replace("/", "")
        if kind == "blob" and mode != plumbing.LINK and _OBJECT.match(commit):
            found.setdefault(commit, []).append(NoteFile(path, item, int(size)))
    return found


def paths_of(commit: str) -> list[str]:
    """Return where Git may put the note on a commit, by how many notes there are."""
    cuts = [commit[:2], commit[2:4], commit[4:6]]
    return ["/".join([*cuts[:depth], commit[2 * depth :]]) for depth in range(4)]


def _path(commit: str) -> str:
    return paths_of(commit)[1]
