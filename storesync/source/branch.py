"""A person's branch: where it is, begun without touching a file, committed to, pushed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing, refs
from storesync.source.command import run
from storesync.source.git import LostRace, Repository
from storesync.source.identity import CONFIGURED, with_hooks

_HEADS = "refs/heads/"
_SECONDS = 300.0


def current(repository: Repository) -> str | None:
    """Return the branch that is checked out, None where none is."""
    # Not by `refs.head`: a branch's name may stand for another one, which is what is checked out.
    done = repository.git("symbolic-ref", "--quiet", "HEAD", accept=(0, 1))
    return plumbing.text(done.stdout).strip().removeprefix(_HEADS) or None


def changed(repository: Repository, paths: Sequence[str]) -> list[str]:
    """Return files on disk at or below `paths` that differ from the newest commit, or are new."""
    options = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    records = repository.git("status", *options, "--", *paths).stdout.split(b"\0")[:-1]
    if any(b"U" in record[:2] or record[:2] in {b"AA", b"DD"} for record in records):
        message = "a merge is not finished: some files have conflicts"
        raise UserError(message, hint="git status names them, and says how to finish or give it up")
    return sorted(plumbing.text(record[3:]) for record in records)


def begin(repository: Repository, branch: str) -> None:
    """Go on a new branch at the newest commit; files and index stay as they are."""
    check_name(repository, branch)
    repository.git("switch", "--quiet", "--no-track", "--create", branch)


def go_back(repository: Repository, branch: str | None, new: str) -> None:
    """Undo `begin`: on `branch` again (None: on no branch), and `new` is gone."""
    if branch is None:
        repository.git("switch", "--quiet", "--detach")
    else:
        repository.git("symbolic-ref", "HEAD", f"{_HEADS}{branch}")
    repository.git("branch", "--quiet", "-D", new)


def go_on(repository: Repository, branch: str) -> None:
    """Go on an existing branch and take what is not committed along. Raises UserError."""
    done = repository.git("switch", "--quiet", "--no-guess", branch, accept=(0, 1, 128))
    if done.returncode:
        raise UserError(
            f"your changes do not fit on the branch {printable(branch)}, which is proposed already",
            hint=f"git stash, git switch {branch}, git stash pop; then submit again",
        )


def check_name(repository: Repository, branch: str) -> None:
    """Raise UserError where a branch cannot be called so."""
    ours, ref = branch.startswith(("storesync/", "-")), f"{_HEADS}{branch}"
    if not ours and refs.is_plain(ref):
        return
    done = repository.git("check-ref-format", ref, accept=(0, 1, 128))
    if ours or done.returncode or not branch.isprintable():
        raise UserError(f'"{printable(branch)}" is no name for a branch', hint="git branch -m")


def commit(repository: Repository, paths: Sequence[str], message: str) -> str:
    """Commit these files as they are on disk, as the person, and return the commit's id.

    The person's hooks run. What else is staged stays staged. Raises UserError where a hook or
    Git refuses; nothing is staged then that was not before.
    """
    listed = b"".join(path.encode(errors="surrogateescape") + b"\0" for path in paths)
    given = ("--pathspec-from-file=-", "--pathspec-file-nul")
    cached = {*repository.git("ls-files", "-z", "--cached").stdout.split(b"\0")}
    new = b"".join(
        name + b"\0"
        for name, path in zip(listed.split(b"\0"), paths, strict=False)
        if name not in cached and os.path.lexists(repository.root / path)
    )
    if new:
        repository.git("add", "--intent-to-add", *given, data=new)
    options = (*with_hooks(repository), *CONFIGURED)
    words = ("--quiet", "--only", "--message", message, "--cleanup=whitespace")
    done = repository.git(*options, "commit", *words, *given, data=listed, accept=(0, 1, 128))
    if done.returncode:
        if new:
            repository.git("reset", "--quiet", *given, data=new)
        said = printable(_last_lines(done.stderr or done.stdout), limit=400)
        raise UserError(f"Git did not commit: {said}", hint="nothing was proposed")
    return repository.resolve("HEAD")


def push(repository: Repository, name: str, branch: str, head: str) -> None:
    """Push a commit to a branch of a remote, without force; the person's hooks run.

    Raises UserError where the branch there holds what is not here, or where it is not taken.
    """
    words = ("push", "--quiet", "--porcelain", name, f"{head}:{_HEADS}{branch}")
    options = with_hooks(repository)
    done = run(repository.root, *options, *words, accept=(0, 1, 128), seconds=_SECONDS)
    if done.returncode == 0:
        return
    if b"[rejected]" in done.stdout:
        raise UserError(
            f"the branch {printable(branch)} at {name} holds commits that are not here",
            hint=f"git pull --rebase {name} {branch}, then submit again",
        )
    said = [row for row in plumbing.rows(done.stdout) if row.startswith("!\t")]
    reason = said[0].split("\t")[2] if said else _last_lines(done.stderr)
    raise UserError(
        f"{name} does not take the branch: {printable(reason, limit=400)}",
        hint="it takes the right to push there; at a code host a fork of yours will do: name it by"
        " git config remote.pushDefault FORK, then submit again",
    )


def follow(repository: Repository, branch: str, old: str, new: str) -> None:
    """Move a branch of this clone from `old` to `new`, and its files where it is checked out.

    Raises LostRace where it is not at `old`, UserError where files of a person are in the way.
    """
    ref = f"{_HEADS}{branch}"
    places = _checked_out(repository, ref)
    if not places:
        repository.update_refs([plumbing.RefUpdate(ref, new, old)])
        return
    if current(repository) != branch or len(places) > 1:
        raise UserError(
            f"{branch} is checked out in another folder: {printable(places[0])}",
            hint="run the command there",
        )
    if repository.git("status", "--porcelain", "--untracked-files=no").stdout:
        raise UserError(
            f"{branch} is checked out here with changes that are not committed",
            hint="commit or stash them (git stash), then run the command again",
        )
    # One command does both, files first: killed in between it can be run again.
    done = repository.git("merge", "--quiet", "--ff-only", new, accept=(0, 1, 128))
    if done.returncode:
        if repository.read_ref(ref) != old:
            raise LostRace(ref)
        said = printable(_last_lines(done.stderr), limit=400)
        raise UserError(f"the files here cannot follow: {said}", hint="git status; then again")


def _checked_out(repository: Repository, ref: str) -> list[str]:
    """Return the folders in which a branch is checked out."""
    listed = plumbing.text(repository.git("worktree", "list", "--porcelain", "-z").stdout)
    records = [record.split("\0") for record in listed.split("\0\0")]
    return [lines[0].removeprefix("worktree ") for lines in records if f"branch {ref}" in lines]


def _last_lines(raw: bytes) -> str:
    lines = [line for line in raw.decode(errors="replace").splitlines() if line.strip()]
    return "; ".join(lines[-3:])
