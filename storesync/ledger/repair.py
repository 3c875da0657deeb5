"""What was damaged in the ledger, as it last was sound: the branch's own history has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storesync.diagnostics import has_errors
from storesync.ledger.campaign import chain
from storesync.ledger.layout import INDEX
from storesync.ledger.ledger import Ledger
from storesync.source.git import Repository
from storesync.source.history import first_parent_commits


@dataclass(frozen=True, slots=True)
class Repair:
    """A folder of the ledger to be put back: path -> bytes (None: the file goes).

    `commit` is the ledger's commit in which it was sound, empty where none is known, or where it
    is derived and only has to go; `lines` how many lines it then had.
    """

    folder: str
    commit: str
    files: Mapping[str, bytes | None]
    lines: int = 0


def repairs(repository: Repository, ledger: Ledger) -> Iterator[Repair]:
    """Yield how each damaged folder can be put back; nothing is written."""
    folders = [f"ledger/{item.id}" for item in ledger.campaigns.values() if item.is_damaged]
    if ledger.journal.is_damaged:
        folders.append("ledger/journal")
    for folder in folders:
        yield _last_sound(repository, ledger, folder)
    if any(problem.path == INDEX for problem in ledger.problems):
        yield Repair(INDEX, "", {INDEX: None})


def _last_sound(repository: Repository, ledger: Ledger, folder: str) -> Repair:
    tip = ledger.tip or ""
    root = ledger.genesis.hash if ledger.genesis else ""
    now = _files(repository, tip, folder)
    for commit in first_parent_commits(repository, [folder], tip):
        files = _files(repository, commit, folder)
        lines, _, problems = chain(files, root)
        if lines and not has_errors(problems):
            changed = {path: data for path, data in files.items() if now.get(path) != data}
            gone = dict.fromkeys(now.keys() - files.keys())
            return Repair(folder, commit, {**changed, **gone}, len(lines))
    return Repair(folder, "", {})


def _files(repository: Repository, commit: str, folder: str) -> dict[str, bytes]:
    # The journal's own files lie beside the folders of a brand that is called journal.
    deep = folder.count("/") + 1
    found = [item for item in repository.entries(commit, [folder]) if item.path.count("/") == deep]
    data = repository.blobs([item.id for item in found])
    return {item.path: raw for item, raw in zip(found, data, strict=True)}
