"""Checks of `storesync doctor` on this clone: Git, its history, the folder for work files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storesync.app.context import UNSHALLOW, Context
from storesync.diagnostics import printable
from storesync.report.answers import Answer, Result

# `git merge-tree --write-tree`, which proves what a merge holds, came with it.
_OLDEST = (2, 38)
_WORK = ".storesync"


def check_clone(context: Context) -> Iterator[Answer]:
    """Yield what is to be said of Git and of this clone. Raises UserError where there is none."""
    yield _version(context)
    yield _depth(context)
    yield _work_files(context)


def _version(context: Context) -> Answer:
    check = "git-version"
    said = context.repository.git("version").stdout.decode("utf-8", "replace").strip()
    found = re.search(r"(\d+)\.(\d+)", said)
    if found is None:
        return Answer(check, Result.CANNOT_SEE, f"git calls itself {printable(said, limit=80)}")
    oldest = ".".join(map(str, _OLDEST))
    if (int(found[1]), int(found[2])) < _OLDEST:
        hint = f"install {oldest} or newer: an older one cannot show what a merge has to hold"
        return Answer(check, Result.FAIL, f"git {found[0]} is older than {oldest}", hint)
    return Answer(check, Result.PASS, f"git {found[0]}")


def _depth(context: Context) -> Answer:
    if context.repository.shallow:
        message = "this clone is shallow: what was approved earlier cannot be seen"
        return Answer("clone-depth", Result.FAIL, message, UNSHALLOW)
    return Answer("clone-depth", Result.PASS, "the whole history is here")


def _work_files(context: Context) -> Answer:
    check = "work-files"
    if context.repository.tracked(_WORK):
        hint = f"git rm -r --cached {_WORK}, and commit"
        return Answer(check, Result.FAIL, f"Git tracks {_WORK}/, the folder of work files", hint)
    asked = ("ls-files", "--others", "--exclude-standard", "-z", "--", _WORK)
    if context.repository.git(*asked).stdout:
        hint = f"add a line to .gitignore: {_WORK}/"
        return Answer(check, Result.FAIL, f"Git does not ignore {_WORK}/", hint)
    return Answer(check, Result.PASS, f"Git ignores {_WORK}/")
