"""The outbox in a folder: a delivery is a folder of files, put whole or edited file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from storesync.builtin import outbox_index as index
from storesync.builtin import outbox_step as steps
from storesync.builtin.outbox_disk import (
    BlockedError,
    Disk,
    FolderView,
    locked,
    one_place,
    read_folder,
    surroundings,
)
from storesync.builtin.outbox_record import Record, folder_of, is_folder
from storesync.builtin.outbox_step import Found, Step
from storesync.plan.change import Action
from storesync.plugins.protocols import (
    Batch,
    Capabilities,
    Delivery,
    DeliveryClass,
    DeliveryState,
    Receipt,
    Unfinished,
)
from storesync.source.cache import FOLDER

CAPABILITIES = Capabilities(
    DeliveryClass.CONVERGENT, can_update=True, can_withdraw=True, can_verify=True
)
_STAGED = f"{index.OWN}/staged"
# The folders changed since the index was last written: a line each, written before the change.
_TOUCHED = f"{index.OWN}/touched"


class _PartlyError(Exception):
    """A delivery was begun, and the rest of its files was refused."""

    def __init__(self, blocked: BlockedError) -> None:
        super().__init__(blocked.path)
        self.blocked = blocked


class FolderOutbox:
    """A channel that keeps its deliveries in the folder `folder` (with `/`) below `root`.

    New deliveries are made beside their place and moved there; in one that is there, each file
    is replaced by a move, its sidecar last. One run works at a time; others wait.
    """

    capabilities = CAPABILITIES

    def __init__(self, root: Path, folder: str, disk: Disk | None = None) -> None:
        self._root = root
        self._name = folder
        self._top = f"{root}/{folder}"
        self._disk = disk or Disk()
        self._known: dict[str, Record | None] = {}
        self._made: set[str] = set()  # folders, within one batch, until one is deleted
        self._count = 0

    def deliver(self, batch: Batch) -> Iterator[Receipt]:
        """Carry out a batch; its receipts come when all of it is on the disk.

        Raises UserError where the disk is full or cannot be written to.
        """
        with surroundings(self._name):
            done = self._carry_out(batch.deliveries)
        for step in done:
            yield step.receipt

    def look_up(self, delivery: Delivery) -> Receipt | None:
        """Return what the folder holds under this delivery's key; see `outbox_step.answer`."""
        folder = folder_of(delivery.placement)
        if folder is None:
            return steps.answer(delivery, Found())
        with surroundings(self._name):
            try:
                return steps.answer(delivery, steps.inspect(read_folder(self._top, folder)))
            except BlockedError as error:
                if not error.reason:  # a link or a file: no delivery of ours can be behind it
                    return steps.answer(delivery, Found(sidecar=True))
                return Receipt(delivery.key, DeliveryState.IN_DOUBT, detail=self._why(error))

    def finish(self, at: datetime) -> None:  # noqa: ARG002 - pages tell nothing of the clock
        """Write the index pages of what changed since they were last written.

        Raises Unfinished, after all others, for pages that could not be written in their place.
        """
        if not Path(self._top).is_dir():
            return
        with surroundings(self._name), locked(self._top):
            touched = self._touched()
            edits = index.edits(FolderView(self._top), touched, self._known)
            refused = self._write_index(edits) if edits else None
            if touched:
                self._tidy(touched)
            self._known.clear()
            if refused is not None:  # what was touched stays noted, so that the next run tries
                message = f"cannot write a page of the outbox: {self._why(refused)}"
                raise Unfinished(message, hint="all deliveries are as they should be")
            if touched:
                self._disk.delete(f"{self._top}/{_TOUCHED}")

    def _carry_out(self, deliveries: Sequence[Delivery]) -> list[Step]:
        if any(item.action is not Action.WITHDRAW for item in deliveries):
            self._make_top()
        elif not Path(self._top).is_dir():
            return steps.plan(deliveries, lambda _: {})
        with locked(self._top):
            planned = steps.plan(deliveries, self._read, f"{self._name}/")
            changing = [step.folder for step in planned if step.edits]
            if not changing:
                return planned
            self._disk.make_folder(f"{self._top}/{index.OWN}")
            self._disk.append(f"{self._top}/{_TOUCHED}", "\n".join(["", *changing, ""]).encode())
            with self._staging():
                done = [self._apply(step) for step in planned]
            self._disk.sync(self._top)
        return done

    def _apply(self, step: Step) -> Step:
        if not step.edits:
            return step
        self._known.pop(step.folder, None)
        try:
            if step.fresh:
                self._place(step)
            else:
                self._edit(step.folder, step.edits)
        except _PartlyError as error:
            return steps.failed(step.receipt.key, self._why(error.blocked), partly=True)
        except BlockedError as error:
            return steps.failed(step.receipt.key, self._why(error))
        if step.record is None:
            self._prune(step.folder)
        self._known[step.folder] = step.record
        return step

    def _place(self, step: Step) -> None:
        """Make a delivery's folder beside its place, and move it there whole."""
        staged = self._stage()
        self._disk.make_folder(staged)
        for name, data in step.edits:
            self._disk.write(f"{staged}/{name}", data or b"")
        with one_place(self._top, step.folder):
            self._make_folders(self._top, step.folder.rpartition("/")[0])
            self._disk.move(staged, f"{self._top}/{step.folder}")

    def _edit(self, folder: str, edits: Iterable[tuple[str, bytes | None]]) -> None:
        """Replace and delete files one by one, after everything new is on the same disk."""
        staged = [(name, data is not None and self._write_beside(data)) for name, data in edits]
        for number, (name, beside) in enumerate(staged):
            path = f"{self._top}/{folder}/{name}"
            try:
                with one_place(self._top, folder):
                    if beside:
                        self._disk.move(beside, path)
                    else:
                        self._disk.delete(path)
            except BlockedError as error:
                if number:
                    raise _PartlyError(error) from error
                raise

    def _write_index(self, edits: Sequence[tuple[str, bytes | None]]) -> BlockedError | None:
        """Write index files one by one; return what refused one, the summary left as it was."""
        refused = None
        with self._staging():
            for path, data in edits:
                folder, _, name = path.rpartition("/")
                if refused is not None and path == index.SUMMARY:
                    continue
                try:
                    if folder and data is not None:
                        with one_place(self._top, folder):
                            self._make_folders(self._top, folder)
                    self._edit(folder or ".", [(name, data)])
                except BlockedError as error:
                    refused = error
        self._disk.sync(self._top)
        return refused

    def _read(self, folder: str) -> steps.Present | str:
        try:
            return read_folder(self._top, folder)
        except BlockedError as error:
            return self._why(error)

    def _why(self, error: BlockedError) -> str:
        """Say which path cannot be used, as seen from the repository, and what to do."""
        path = f"{self._name}/{error.path.removeprefix(f'{self._top}/')}"
        if not error.reason:
            return steps.in_the_way(path)
        return f"{path}: {error.reason}; make it writable for this user, then publish again"

    def _tidy(self, touched: Sequence[str]) -> None:
        """Delete what an interrupted run left: files beside their place, and empty folders."""
        self._disk.clear(f"{self._top}/{_STAGED}")
        gone = [folder for folder in touched if not self._known.get(folder)]
        campaigns = {tuple(folder.split("/")[:2]) for folder in gone}
        lists = [f"{index.LISTS}/{brand}" for brand, _ in sorted(campaigns)]
        for folder in [*gone, *("/".join(names) for names in sorted(campaigns)), *lists]:
            self._prune(folder)

    def _prune(self, folder: str) -> None:
        self._made.clear()
        with suppress(BlockedError), one_place(self._top, folder):
            self._prune_up(folder)

    def _prune_up(self, folder: str) -> None:
        while folder and self._disk.delete_folder(f"{self._top}/{folder}"):
            folder = folder.rpartition("/")[0]

    def _touched(self) -> list[str]:
        """Return what was changed since the last index; a line cut off was never acted upon."""
        [data] = FolderView(self._top).read_many([_TOUCHED])
        lines = (data or b"").decode(errors="replace").split("\n")
        return sorted({line for line in lines if is_folder(line)})

    @contextmanager
    def _staging(self) -> Iterator[None]:
        staged = f"{self._top}/{_STAGED}"
        self._disk.clear(staged)
        self._made.clear()
        self._disk.make_folder(staged)
        try:
            yield
        finally:
            self._disk.clear(staged)

    def _stage(self) -> str:
        self._count += 1
        return f"{self._top}/{_STAGED}/{self._count}"

    def _write_beside(self, data: bytes) -> str:
        staged = self._stage()
        self._disk.write(staged, data)
        return staged

    def _make_top(self) -> None:
        """Make the outbox; StoreSync's own folder is kept out of Git wherever it is made."""
        self._made.clear()
        self._make_folders(str(self._root), self._name)
        if self._name.startswith(f"{FOLDER}/"):
            with suppress(FileExistsError):
                self._disk.write(f"{self._root}/{FOLDER}/.gitignore", b"*\n")

    def _make_folders(self, top: str, folder: str) -> None:
        path = f"{top}/{folder}"
        if path not in self._made:
            parent = folder.rpartition("/")[0]
            if parent:
                self._make_folders(top, parent)
            self._disk.make_folder(path)
            self._made.add(path)
