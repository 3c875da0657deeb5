"""Checks of `storesync doctor` on this clone: Git, its history, the folder for work files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import timedelta

from storesync.app.context import UNSHALLOW, Context
from storesync.diagnostics import printable
from storesync.report.answers import Answer, Result

# `git merge-tree --write-tree`, which proves what a merge holds, came with it.
_OLDEST = (2, 38)
_WORK = ".storesync"
# A season's campaign is looked at again when its season comes again.
_LOOKED_AT = timedelta(days=400)


def check_clone(context: Context) -> Iterator[Answer]:
    """Yield what is to be said of Git and of this clone. Raises UserError where there is none."""
    yield _version(context)
    yield _depth(context)
    yield _work_files(context)
    yield _archive(context)


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


def _archive(context: Context) -> Answer:
    """Tell of what is long over, which a change of its brand has worked out all the same."""
    from storesync.catalog.layout import Kind, place_of
    from storesync.catalog.load import load
    from storesync.schedule.flight import is_over
    from storesync.source.part import ChosenTree

    check, tree = "archive", context.work_tree
    places = [place for path in tree.paths() if (place := place_of(path))]
    paths = [place.path for place in places if place.kind is Kind.CAMPAIGN]
    campaigns = list(load(ChosenTree(tree, paths)).campaigns())
    old = [item for item in campaigns if is_over(item.file.flight, context.now - _LOOKED_AT)]
    if not old:
        return Answer(check, Result.PASS, "no campaign has been over for more than a year")
    first = min(old, key=lambda item: (item.file.flight.start.isoformat(), item.name))
    message = f"{len(old):,} of {len(campaigns):,} campaigns have been over for more than a year"
    hint = f"git mv {posixpath.dirname(first.path)} brands/{first.brand}/archive/, and so on"
    return Answer(check, Result.PASS, message, hint)
