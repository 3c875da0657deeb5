"""What was damaged in the ledger, as it last was sound: the branch's own history has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from storesync.diagnostics import Diagnostic
from storesync.ledger import campaign as one
from storesync.ledger import journal
from storesync.ledger.campaign import CampaignLedger
from storesync.ledger.journal import Journal
from storesync.ledger.layout import BRANCH, INDEX, CampaignId
from storesync.ledger.ledger import Ledger
from storesync.ledger.manifest import Known, known_lines, known_of
from storesync.source.git import Repository
from storesync.source.history import first_parent_commits

_MERGED = "two ledgers were merged: what the other one says was sent would be sent again"
_NOWHERE = "no commit of the ledger's branch has it sound"
_Files = Mapping[str, bytes]
_Assemble = Callable[[_Files], CampaignLedger | Journal]


@dataclass(frozen=True, slots=True)
class Repair:
    """A folder of the ledger to be put back: path -> bytes (None: the file goes).

    `commit` is the ledger's commit in which it was sound, empty where none is known, or where it
    is derived and only has to go; `lines` how many lines it then had. Without files nothing can be
    put back, and `why` says so; `hint` what to do then.
    """

    folder: str
    commit: str
    files: Mapping[str, bytes | None]
    lines: int = 0
    why: str = ""
    hint: str = ""


def repairs(repository: Repository, ledger: Ledger) -> Iterator[Repair]:
    """Yield how each damaged folder can be put back; nothing is written."""
    root = ledger.genesis.hash if ledger.genesis else ""
    for name, item in ledger.campaigns.items():
        if item.is_damaged:
            known = _known(ledger, name)
            assemble: _Assemble = partial(one.assemble, name, root=root, known=known)
            yield _repair(repository, ledger, f"ledger/{name}", item.problems, assemble)
    if ledger.journal.is_damaged:
        named = {item.journal for item in ledger.campaigns.values()} - {""}
        assemble = partial(journal.assemble, root=root, known=named)
        yield _repair(repository, ledger, "ledger/journal", ledger.journal.problems, assemble)
    if any(problem.path == INDEX for problem in ledger.problems):
        yield Repair(INDEX, "", {INDEX: None})


def _known(ledger: Ledger, name: CampaignId) -> Known:
    files, over = ledger.files.campaigns.get(name), ledger.over.get(name.brand, {})
    for blob in files.manifest if files else ():
        return known_lines(ledger.repository.blobs([blob])[0])
    return known_of(over[name.campaign]) if name.campaign in over else Known()


def _repair(
    repository: Repository,
    ledger: Ledger,
    folder: str,
    problems: tuple[Diagnostic, ...],
    assemble: _Assemble,
) -> Repair:
    """Return how a folder is put back as it last was sound, the lines included that are named.

    What a newer StoreSync wrote is no damage: taking it out would send it all again. So would one
    side of a merge.
    """
    if any(problem.rule == "ledger-newer" for problem in problems):
        why = "a newer StoreSync wrote lines that this one does not know: nothing to put back"
        return Repair(folder, "", {}, why=why, hint="update StoreSync")
    tip = ledger.tip or ""
    now, is_merged = _files(repository, tip, folder), False
    for commit, is_merge in first_parent_commits(repository, [folder], tip):
        files = _files(repository, commit, folder)
        if files == now:  # damaged, also where it looks sound: lines at its end may be gone
            is_merged |= is_merge
            continue
        found = assemble(files)
        if found.length and not found.is_damaged:
            if is_merged:
                hint = f"set the branch back to one of the two (git update-ref {BRANCH} COMMIT)"
                return Repair(
                    folder, "", {}, why=_MERGED, hint=f"{hint}, hold what is only in the other"
                )
            changed = {path: data for path, data in files.items() if now.get(path) != data}
            gone = dict.fromkeys(now.keys() - files.keys())
            return Repair(folder, commit, {**changed, **gone}, found.length)
    return Repair(folder, "", {}, why=_NOWHERE, hint="restore the branch from another clone")


def _files(repository: Repository, commit: str, folder: str) -> dict[str, bytes]:
    # The journal's own files lie beside the folders of a brand that is called journal.
    deep = folder.count("/") + 1
    found = [item for item in repository.entries(commit, [folder]) if item.path.count("/") == deep]
    data = repository.blobs([item.id for item in found])
    return {item.path: raw for item, raw in zip(found, data, strict=True)}
