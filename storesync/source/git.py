"""The Git port: commits, trees, blobs and refs, in and out."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess
from weakref import WeakValueDictionary

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.answers import answers_of
from storesync.source.command import run
from storesync.source.commit_tree import CommitTree
from storesync.source.folder import sync_folder
from storesync.source.objects import listed, objects_of
from storesync.source.plumbing import FileChange, RefUpdate, TreeEntry
from storesync.source.refs import Refs
from storesync.source.surroundings import DURABLE, LARGE, PACKED

# Those that somebody holds, by the folder that each was found from.
_HELD: WeakValueDictionary[Path, Repository] = WeakValueDictionary()


class LostRace(UserError):  # noqa: N818 - an answer to act on (read and plan again), not a failure
    """Someone else moved the ref first; nothing of ours is on it."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"{ref} was changed by another run at the same time", hint="run the command again"
        )


class Repository:
    """One Git repository with a work tree. A method runs one git process at most, rarely two.

    What is asked of commits and objects by their full ids never changes: it is asked once, or of
    one process that stays, by however many of these for the same clone.
    """

    def __init__(
        self, root: Path, common_dir: Path, git_dir: Path | None = None, *, shallow: bool = False
    ) -> None:
        self.root = root
        self.common_dir = common_dir
        self.git_dir = git_dir or common_dir  # of this worktree, where there are several
        self.shallow = shallow
        self.remotes: frozenset[str] = frozenset()  # names of them that were seen: see `remote`
        self._answers = answers_of(common_dir)
        self._objects = objects_of(common_dir)
        self._refs = Refs(root, common_dir, self._answers, self._objects)

    @classmethod
    def find(cls, start: Path) -> Repository:
        """Return the repository that the folder `start` lies in; the same one while it is held.

        Raises UserError where there is none, where it has no work tree, where git is missing,
        where git refuses it because the folder belongs to someone else, or where its path holds a
        line break.
        """
        held = _HELD.get(start)
        if held is not None and held.common_dir.is_dir():
            return held
        if not start.is_dir():
            raise UserError(f"there is no folder {printable(str(start))}")
        wanted = ("--show-toplevel", "--git-common-dir", "--git-dir", "--is-shallow-repository")
        done = run(start, "rev-parse", "--path-format=absolute", *wanted)
        lines = os.fsdecode(done.stdout).removesuffix("\n").split("\n")
        if len(lines) != len(wanted):
            message = f"the path of this repository holds a line break: {printable(str(start))}"
            raise UserError(message, hint="rename the folder")
        root, common_dir, git_dir, shallow = lines
        found = cls(Path(root), Path(common_dir), Path(git_dir), shallow=shallow == "true")
        if start.is_absolute():
            _HELD[start] = found
        return found

    def let_go(self) -> None:
        """Have the next `find` ask Git again, also while somebody still holds this one."""
        for start in [start for start, held in _HELD.items() if held is self]:
            del _HELD[start]

    def git(
        self,
        *arguments: str,
        data: bytes = b"",
        accept: Sequence[int] = (0,),
        lock: int | None = None,
    ) -> CompletedProcess[bytes]:
        """Run one git command at the top of the work tree. See `run`."""
        return run(self.root, *arguments, data=data, accept=accept, lock=lock)

    def ask_once(
        self,
        ids: Sequence[str],
        *arguments: str,
        data: bytes = b"",
        accept: Sequence[int] = (0,),
    ) -> CompletedProcess[bytes]:
        """Run a git command whose answer hangs on objects alone, or return what it said before.

        In a shallow clone nothing is kept: what is missing there may still come.
        """
        final = () if self.shallow else ids
        ask = functools.partial(self.git, *arguments, data=data, accept=accept)
        return self._answers.get((arguments, data), final, ask)

    def resolve(self, rev: str) -> str:
        """Return the full id of the commit that `rev` names.

        Raises UserError where there is no such commit, or where `rev` could be read as an option.
        """
        if not rev or rev.startswith("-") or not rev.isprintable():
            raise UserError(f'"{printable(rev)}" is not a revision')
        found = self._commit(rev)
        if found is None:
            raise UserError(f'unknown revision "{printable(rev)}"', hint=self._known(rev))
        if not found.isalnum():  # "^a\nb"
            message = f'"{printable(rev)}" names several commits; one is needed'
            raise UserError(message, hint="give the two ends of a range: --base main --head HEAD")
        return found

    def head(self) -> str | None:
        """Return the id of the commit checked out, None before the first one."""
        return self._refs.head(self.git_dir) or self._commit("HEAD")

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the nearest common ancestor of two commits, None where they share no history."""
        done = self.ask_once((one, other), "merge-base", one, other, accept=(0, 1))
        return done.stdout.decode().strip() or None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Say whether `old` is `new` or an ancestor of it; False where `old` is not known here."""
        if old == new and self._refs.are_commits([old]):
            return True
        options = ("merge-base", "--is-ancestor")
        done = self.ask_once((old, new), *options, old, new, accept=(0, 1, 128))
        return done.returncode == 0

    def object_id(self, commit: str, path: str) -> str | None:
        """Return the id of a folder or file in a commit ("": the top), None where absent."""
        return self.object_ids(commit, [path]).get(path)

    def object_ids(self, commit: str, paths: Sequence[str]) -> dict[str, str]:
        """Return path -> id of the folder or file, for those of `paths` that the commit has."""
        asked = [path for path in paths if "\n" not in path]
        told = self._objects.ask([f"info {commit}", *(f"info {commit}:{path}" for path in asked)])
        if told is not None:
            pairs = zip(asked, told[1:], strict=True)
            return {path: item.id for path, item in pairs if item.kind}
        lines = "".join(f"{commit}:{path}\n" for path in asked).encode(errors="surrogateescape")
        options = ("cat-file", "--batch-check=%(objectname)")
        done = self.ask_once([commit], *options, data=lines)
        answers = done.stdout.split(b"\n")[:-1]
        found = zip(asked, answers, strict=True)
        return {path: answer.decode() for path, answer in found if b" " not in answer}

    def entries(self, commit: str, paths: Sequence[str]) -> list[TreeEntry]:
        """Return every file, link and submodule of a commit that is one of `paths` or below."""
        found = listed(self._objects, commit, paths)
        if found is not None:
            return found
        options = ("ls-tree", "-r", "-z", "--full-tree")
        done = self.ask_once([commit], *options, commit, "--", *paths)
        return plumbing.tree_entries(done.stdout)

    def file(self, commit: str, path: str) -> bytes | None:
        """Return the bytes of a file of a commit, None where there is no regular file."""
        found = [item for item in self.entries(commit, [path]) if item.path == path]
        if not found or found[0].mode in {plumbing.LINK, plumbing.SUBMODULE}:
            return None
        return self.blobs([found[0].id])[0]

    def children(self, commit: str, folder: str) -> dict[str, str]:
        """Return name -> id of what lies directly in a folder of a commit ("" for the top)."""
        told = self._objects.ask([f"contents {commit}:{folder}"])
        found = told[0].entries() if told is not None else None
        if found is None:
            done = self.ask_once([commit], "ls-tree", "-z", f"{commit}:{folder}", accept=(0, 128))
            found = plumbing.tree_entries(done.stdout)
        return {item.path: item.id for item in found}

    def blobs(self, ids: Sequence[str]) -> list[bytes]:
        """Return the bytes of many blobs, in the order asked for.

        Raises UserError where an object is missing.
        """
        if not ids:
            return []
        told = self._objects.ask([f"contents {item}" for item in ids])
        if told is not None:
            return [item.data for item in told]
        lines = "".join(f"{item}\n" for item in ids).encode()
        done = self.ask_once(ids, "cat-file", "--batch", "--buffer", data=lines)
        return plumbing.objects(done.stdout, ids)

    def tree(self, rev: str) -> CommitTree:
        """Return the files of one revision; nothing is checked out. Raises UserError."""
        return CommitTree(self, self.resolve(rev))

    def changes(self, old: str, new: str, paths: Sequence[str]) -> list[FileChange]:
        """Return the files that are or lie below one of `paths` and differ between two commits."""
        options = ("diff-tree", "-r", "-z", "--raw", "--no-renames")
        done = self.ask_once((old, new), *options, old, new, "--", *paths)
        return plumbing.file_changes(done.stdout)

    def tracked(self, path: str) -> bool:
        """Say whether Git tracks a file, or anything in a folder, in whatever capitals."""
        name = path.encode().lower()
        rows = self.git("ls-files", "-z").stdout.lower().split(b"\0")
        return any(row == name or row.startswith(name + b"/") for row in rows)

    def refs(self, *names: str) -> dict[str, str]:
        """Return full ref name -> commit id, for those of `names` that exist."""
        return self._refs.commits(names)

    def refs_at(self, *places: str) -> dict[str, str]:
        """Return full ref name -> id of what it names, of all that are or lie below a place."""
        return self._refs.at(places)

    def read_ref(self, ref: str) -> str | None:
        """Return the commit that a full ref name points to, None where there is none."""
        return self.refs(ref).get(ref)

    def commit_files(
        self,
        ref: str,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        expected: str | None,
        when: datetime,
    ) -> str:
        """Add a commit to `ref` and return its id; index and work tree are not touched.

        `files` are put on top of the commit `expected` (None: a root commit on a new ref); bytes
        None delete a path. All is on the disk before this returns. Raises LostRace where the ref
        is not at `expected`, UserError where git cannot write.
        """
        commit = self.write_commit(files, message, parent=expected, when=when)
        self.update_refs([RefUpdate(ref, commit, expected)])
        return commit

    def write_commit(
        self,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        parent: str | None,
        when: datetime,
        lock: int | None = None,
    ) -> str:
        """Store a commit that no ref names yet, durably, and return its id."""
        stream = plumbing.commit_stream(files, message, parent, when)
        options = (*DURABLE, *PACKED) if len(stream) > LARGE else DURABLE
        done = self.git(*options, "fast-import", "--quiet", "--done", data=stream, lock=lock)
        return done.stdout.decode().strip()

    def update_refs(self, updates: Sequence[RefUpdate], *, lock: int | None = None) -> None:
        """Move refs, all or none, durably. Raises LostRace where one is not at its `old`."""
        stream = plumbing.ref_stream(updates)
        try:
            self.git(*DURABLE, "update-ref", "--stdin", data=stream, lock=lock)
        except UserError:
            now = self.refs(*(item.ref for item in updates))
            moved = [item.ref for item in updates if now.get(item.ref) != item.old]
            if moved:
                raise LostRace(moved[0]) from None
            raise
        for item in updates:
            sync_folder((self.common_dir / item.ref).parent)

    def _commit(self, rev: str) -> str | None:
        if self._refs.are_commits([rev]):
            return rev
        options = ("--verify", "--quiet", "--end-of-options")
        done = self.git("rev-parse", *options, f"{rev}^{{commit}}", accept=(0, 1, 128))
        found = done.stdout.decode().strip()
        if found.isalnum():  # not "^a\nb"
            self._answers.commits.add(found)
        return found or None

    def _known(self, rev: str) -> str:
        if self.shallow:
            return "this clone is shallow: run git fetch --unshallow (in Actions: fetch-depth: 0)"
        names = self.git("for-each-ref", "--format=%(refname:short)").stdout
        return did_you_mean(rev, plumbing.rows(names))
