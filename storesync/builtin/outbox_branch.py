"""The outbox on a Git branch: one commit a batch, index pages included; nothing is checked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from storesync.builtin import outbox_index as index
from storesync.builtin import outbox_step as steps
from storesync.builtin.outbox_folder import CAPABILITIES
from storesync.builtin.outbox_record import folder_of
from storesync.builtin.outbox_step import Found, Present, Step
from storesync.errors import UserError
from storesync.plugins.protocols import Batch, Delivery, Receipt
from storesync.source.git import Repository
from storesync.source.plumbing import LINK, SUBMODULE

# Who asks for one delivery asks for its neighbours next; a process for each would take minutes.
_AT_ONCE = 500


class BranchOutbox:
    """A channel that keeps its deliveries on `ref`, a full name such as refs/heads/outbox.

    A commit is whole or not there, so there is nothing to clean up after an interruption.
    """

    capabilities = CAPABILITIES

    def __init__(self, repository: Repository, ref: str) -> None:
        self._repository = repository
        self._ref = ref
        self._looked: _Looked | None = None

    def deliver(self, batch: Batch) -> Iterator[Receipt]:
        """Commit a batch; its receipts come when the commit is on the disk and on the branch.

        Raises UserError where git cannot write, LostRace where another run was faster.
        """
        self._looked = None
        view = BranchView(self._repository, self._tip())
        there = view.read_folders(sorted({*filter(None, map(_folder, batch.deliveries))}))
        top = f"{self._ref.removeprefix('refs/heads/')}:"  # as git names a path on a branch
        planned = steps.plan(batch.deliveries, lambda folder: there.get(folder, {}), top)
        files = {f"{step.folder}/{name}": data for step in planned for name, data in step.edits}
        if files:
            known = {step.folder: step.record for step in planned if step.edits}
            files |= dict(index.edits(view, known, known))
            self._commit(view, files, f"Publish {batch.run}\n\n{_told(planned)}\n", batch.at)
        for step in planned:
            yield step.receipt

    def look_up(self, delivery: Delivery) -> Receipt | None:
        """Return what the branch holds under this delivery's key; see `outbox_step.answer`."""
        folder = folder_of(delivery.placement)
        if folder is None:
            return steps.answer(delivery, Found())
        if self._looked is None:
            self._looked = _Looked(BranchView(self._repository, self._tip()))
        return steps.answer(delivery, self._looked.find(folder))

    def finish(self, at: datetime) -> None:
        """Write the index pages where they are missing or looked different; mostly nothing."""
        self._looked = None
        tip = self._tip()
        if tip is None:
            return
        if not index.edits(BranchView(self._repository, tip, (index.TOP, index.SUMMARY)), (), {}):
            return
        view = BranchView(self._repository, tip)
        files = dict(index.edits(view, (), {}))
        if files:
            self._commit(view, files, "Write the outbox's pages anew\n", at)

    def _tip(self) -> str | None:
        return self._repository.read_ref(self._ref)

    def _commit(
        self, view: BranchView, files: dict[str, bytes | None], message: str, when: datetime
    ) -> None:
        self._repository.commit_files(self._ref, files, message, expected=view.tip, when=when)


class BranchView:
    """The outbox in one commit, as `outbox_index` reads it; the commit None is empty.

    Only `paths` and what is below them is seen; none given, all of it.
    """

    def __init__(self, repository: Repository, tip: str | None, paths: Sequence[str] = ()) -> None:
        self.tip = tip
        self._repository = repository
        self._ids: dict[str, dict[str, str | None]] = {}  # folder -> file name -> blob id
        self._folders: dict[str, set[str]] = {}
        for entry in repository.entries(tip, paths) if tip else ():
            folder, _, name = entry.path.rpartition("/")
            plain = entry.mode not in {LINK, SUBMODULE}
            self._ids.setdefault(folder, {})[name] = entry.id if plain else None
        for folder in list(self._ids):
            self._enter(folder)

    @property
    def folders(self) -> list[str]:
        """The folders that hold files, sorted."""
        return sorted(self._ids)

    def names(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files directly in a folder, sorted."""
        return sorted(self._folders.get(folder, ())), sorted(self._ids.get(folder, ()))

    def read_many(self, paths: Iterable[str]) -> list[bytes | None]:
        """Return each file's bytes, None where there is no such file."""
        places = [path.rpartition("/") for path in paths]
        ids = [self._ids.get(folder, {}).get(name) for folder, _, name in places]
        wanted = list(dict.fromkeys(item for item in ids if item))
        read = dict(zip(wanted, self._repository.blobs(wanted), strict=True))
        return [read[item] if item else None for item in ids]

    def read_folders(self, folders: Sequence[str]) -> dict[str, Present]:
        """Return the files of each of `folders` that is there."""
        paths = [(folder, name) for folder in folders for name in self._ids.get(folder, ())]
        found: dict[str, dict[str, bytes | None]] = {}
        read = self.read_many(f"{folder}/{name}" for folder, name in paths)
        for (folder, name), data in zip(paths, read, strict=True):
            found.setdefault(folder, {})[name] = data
        return dict(found)

    def _enter(self, folder: str) -> None:
        while folder:
            parent, _, name = folder.rpartition("/")
            if name in self._folders.setdefault(parent, set()):
                return
            self._folders[parent].add(name)
            folder = parent


class _Looked:
    """What look-ups found in one commit, read some hundred folders at a time."""

    def __init__(self, view: BranchView) -> None:
        self._view = view
        self._found: dict[str, Found] = {}
        self._order = view.folders
        self._number = {folder: number for number, folder in enumerate(self._order)}

    def find(self, folder: str) -> Found:
        """Return what a folder holds."""
        number = self._number.get(folder)
        if number is None:
            return Found()
        if folder not in self._found:
            near = self._order[number : number + _AT_ONCE]
            read = self._view.read_folders([item for item in near if item not in self._found])
            self._found |= {item: steps.inspect(present) for item, present in read.items()}
        return self._found[folder]


def open_branch(root: Path, name: str) -> BranchOutbox:
    """Return the outbox on the local branch `name`.

    Raises UserError outside a Git repository, and where the branch is checked out, holds something
    else, or cannot be beside another one.
    """
    repository = Repository.find(root)
    ref = f"refs/heads/{name}"
    form = "--format=%(worktreepath)"
    elsewhere = repository.git("for-each-ref", form, ref).stdout.strip()
    here = repository.git("symbolic-ref", "--quiet", "HEAD", accept=(0, 1)).stdout.strip()
    if elsewhere or here == ref.encode():
        raise UserError(
            f"the branch {name} is checked out, so the outbox cannot write to it",
            hint="name a branch that nobody works on, such as branch: outbox",
        )
    tip = repository.read_ref(ref)
    if tip is not None and repository.object_id(tip, index.OWN) is None:
        raise UserError(
            f"the branch {name} holds other files and is no outbox",
            hint="name a branch that does not exist yet",
        )
    if tip is None:
        _check_name(repository, name)
    return BranchOutbox(repository, ref)


def _check_name(repository: Repository, name: str) -> None:
    """Refuse a branch that Git cannot have: of a and a/b it has only one."""
    parts = name.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    found = [other for other in above if repository.read_ref(f"refs/heads/{other}")]
    form = "--format=%(refname:lstrip=2)"
    below = repository.git("for-each-ref", "--count=1", form, f"refs/heads/{name}/").stdout
    found += below.decode().split()
    if found:
        raise UserError(
            f"Git cannot have the branch {name} beside {found[0]}",
            hint="name another branch, such as branch: outbox",
        )


def _folder(delivery: Delivery) -> str | None:
    return folder_of(delivery.placement)


def _told(planned: Sequence[Step]) -> str:
    put = sum(1 for step in planned if step.edits and step.record)
    down = sum(1 for step in planned if step.edits and not step.record)
    return f"{put} put out, {down} taken down"
