"""Who signed a line: the commit of notes that added it, if Git verifies that commit's signature."""

from __future__ import annotations

from storesync.builtin.local_notes import Notes, note_files, paths_of
from storesync.source import plumbing

# Good, by a key that the person's configuration trusts; `U` is a key that nobody vouches for.
_GOOD = "G"
_FORM = "--format=%H%x1f%P%x1f%G?%x1f%GS"


def signers(notes: Notes, commit: str, tips: list[str]) -> dict[bytes, set[str]]:
    """Return line of the note on a commit -> the addresses, in small letters, that signed it.

    `tips` are the newest commits of notes. Of SSH keys the address is the principal of
    `gpg.ssh.allowedSignersFile`, of OpenPGP keys that of the user id. What a merge added is signed
    by nobody.
    """
    paths = paths_of(commit)
    if not tips or not notes.is_ever_signed(tips):
        return {}
    options = ("-z", "--full-history", "--no-merges", "--encoding=UTF-8", _FORM)
    done = notes.repository.git("log", *options, *tips, "--", *paths)
    found: dict[bytes, set[str]] = {}
    for record in plumbing.text(done.stdout).split("\0"):
        made, parents, verdict, signer = (record.split("\x1f") + [""] * 4)[:4]
        if verdict != _GOOD or not signer:
            continue
        before: set[bytes] = set()
        for parent in parents.split():
            before |= _lines(notes, parent, commit, paths)
        for line in _lines(notes, made, commit, paths) - before:
            found.setdefault(line, set()).add(_address(signer))
    return found


def _lines(notes: Notes, tip: str, commit: str, paths: list[str]) -> set[bytes]:
    return notes.texts(note_files(notes.repository, tip, paths).get(commit, []))


def _address(signer: str) -> str:
    """Return the address in `Mia <mia@example.com>`, or what stands there alone."""
    return (signer.rpartition("<")[2].partition(">")[0] or signer).strip().lower()
