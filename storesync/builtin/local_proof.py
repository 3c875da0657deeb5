"""Who signed a line: the commit of notes that added it, if Git verifies that commit's signature."""

from __future__ import annotations

import subprocess

from storesync.builtin.local_notes import Notes, note_files, paths_of
from storesync.source import plumbing
from storesync.source.git import Repository

# Good, by a key that the person's configuration trusts; `U` is a key that nobody vouches for.
_GOOD = "G"
_FORM = "--format=%H%x1f%P%x1f%G?%x1f%GP%x1f%GS"
_VOUCHED = frozenset({"f", "u"})  # gpg: valid fully, or the person's own
_SECONDS = 20.0


def signers(notes: Notes, commit: str, tips: list[str]) -> dict[bytes, set[str]]:
    """Return line of the note on a commit -> the addresses, in small letters, that signed it.

    `tips` are the newest commits of notes. Of SSH keys the address is the principal of
    `gpg.ssh.allowedSignersFile`, of OpenPGP keys those of the user ids that somebody vouches for.
    What a merge added is signed by nobody.
    """
    paths = paths_of(commit)
    if not tips or not notes.is_ever_signed(tips):
        return {}
    options = ("-z", "--full-history", "--no-merges", "--encoding=UTF-8", _FORM)
    done = notes.repository.git("log", *options, *tips, "--", *paths)
    found: dict[bytes, set[str]] = {}
    owners: dict[str, set[str]] = {}
    for record in plumbing.text(done.stdout).split("\0"):
        made, parents, verdict, key, signer = (record.split("\x1f") + [""] * 5)[:5]
        if verdict != _GOOD or not signer:
            continue
        if key and key not in owners:
            owners[key] = _owners(notes.repository, key)
        before: set[bytes] = set()
        for parent in parents.split():
            before |= _lines(notes, parent, commit, paths)
        for line in _lines(notes, made, commit, paths) - before:
            found.setdefault(line, set()).update(owners[key] if key else {signer.strip().lower()})
    return found


def _lines(notes: Notes, tip: str, commit: str, paths: list[str]) -> set[bytes]:
    return notes.texts(note_files(notes.repository, tip, paths).get(commit, []))


def _owners(repository: Repository, key: str) -> set[str]:
    """Return the addresses, in small letters, that gpg takes for those of an OpenPGP key's owner.

    Whoever has a key gives it what names he likes, and Git tells the first one, though it was
    another one that somebody vouched for. None where gpg does not answer.
    """
    program = _configured(repository, "gpg.openpgp.program", "gpg.program") or "gpg"
    command = [program, "--batch", "--no-tty", "--with-colons", "--list-keys", "--", key]
    try:
        done = subprocess.run(  # noqa: S603 - a list of our own, no shell
            command, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    rows = [line.split(":") for line in plumbing.rows(done.stdout)]
    names = [row[9] for row in rows if row[0] == "uid" and len(row) > 9 and row[1] in _VOUCHED]
    return {name.rpartition("<")[2].partition(">")[0].strip().lower() for name in names}


def _configured(repository: Repository, *names: str) -> str:
    """Return the first of some settings of Git that is there, else nothing."""
    for name in names:
        done = repository.git("config", "--type=path", "--get", name, accept=(0, 1))
        if done.stdout.strip():
            return plumbing.text(done.stdout).strip()
    return ""
