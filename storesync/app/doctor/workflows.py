"""Checks of `storesync doctor` on .github/: workflows, the version they run, secrets they name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from storesync.app.context import Context
from storesync.diagnostics import printable
from storesync.report.answers import Answer, Result

FOLDER = ".github/workflows/"
PUBLISH = "publish.yaml"
_SET_UP = ".github/actions/set-up/action.yaml"
_SECRET = re.compile(r"\$\{\{[^}]*\bsecrets\.([A-Za-z_][A-Za-z0-9_]*)")
_PINNED = re.compile(r"storesync(?:\[[^\]]*\])?==([0-9][0-9A-Za-z.+!-]*)")
_MEANT = "other times (cron) and lines with secrets of channels are no difference"
_NEW = "from a new repository: storesync init ../new"
_WRITE_ANEW = f"copy it {_NEW}"


def check_workflows(context: Context, *, wanted: bool) -> Iterator[Answer]:
    """Yield what is to be said of the workflows; `wanted`: changes are proposed on a code host."""
    from storesync.app.scaffold import scaffold

    there = _texts(context.root)
    ours = {path: data for path, data in scaffold("").items() if path.startswith(FOLDER)}
    if not there.keys() & ours.keys():
        if wanted:
            hint = f"nothing is published by itself; copy them {_NEW}"
            yield Answer("workflows", Result.FAIL, f"{FOLDER} has none of StoreSync's", hint)
        else:
            yield Answer("workflows", Result.PASS, "there are none: published from a machine")
        return
    yield from _differences(there, ours)
    yield _version(context.root)
    yield _secrets(there)


def has_schedule(context: Context) -> bool:
    """Say whether a workflow publishes by the clock; one that is in no other copy runs nowhere."""
    if not context.repository.git("remote").stdout:
        return False
    return "cron:" in _texts(context.root).get(FOLDER + PUBLISH, "")


def _texts(root: Path) -> dict[str, str]:
    return {
        FOLDER + path.name: path.read_text(encoding="utf-8", errors="replace")
        for path in sorted((root / FOLDER).glob("*.y*ml"))
        if path.is_file() and not path.is_symlink()
    }


def _differences(there: Mapping[str, str], ours: Mapping[str, bytes]) -> Iterator[Answer]:
    """Yield what is missing or other than written; what was changed may be meant so."""
    same = 0
    for path, data in sorted(ours.items()):
        if path not in there:
            yield Answer("workflows", Result.FAIL, f"{path} is missing", _WRITE_ANEW)
        elif _plain(there[path]) != _plain(data.decode()):
            message = f"{path} is not as this version writes it: what it does is not known here"
            hint = f"compare it with a new one: storesync init ../new; {_MEANT}"
            yield Answer("workflows", Result.CANNOT_SEE, message, hint)
        else:
            same += 1
    if same == len(ours):
        yield Answer("workflows", Result.PASS, f"{same} workflows are as this version writes them")


def _plain(text: str) -> list[str]:
    """Return the lines that say what is done: not when, nor with which secrets, nor remarks."""
    lines = [re.sub(r"\s+#.*", "", line).rstrip() for line in text.splitlines()]
    return [
        line
        for line in lines
        if line and not line.startswith("#") and "cron:" not in line and not _SECRET.search(line)
    ]


def _version(root: Path) -> Answer:
    check, here = "workflows-version", version("storesync")
    path = root / _SET_UP
    if not path.is_file() or path.is_symlink():
        return Answer(check, Result.FAIL, f"{_SET_UP} is missing", _WRITE_ANEW)
    found = sorted(set(_PINNED.findall(path.read_text(encoding="utf-8", errors="replace"))))
    if not found:
        message = f"{_SET_UP} pins no version of StoreSync"
        hint = "it may install it in another way; else name one: storesync==VERSION"
        return Answer(check, Result.CANNOT_SEE, message, hint)
    if found != [here]:
        message = f"the workflows run {printable(', '.join(found), limit=60)}, and this is {here}"
        return Answer(check, Result.FAIL, message, f"use one version; it stands in {_SET_UP}")
    return Answer(check, Result.PASS, f"the workflows run {here}, as here")


def _secrets(there: Mapping[str, str]) -> Answer:
    """Say which secrets are named; whether they are set, only the code host knows."""
    named = {name for text in there.values() for name in _SECRET.findall(text)}
    missing = sorted(name for name in named - {"GITHUB_TOKEN"} if not os.environ.get(name))
    if missing:
        message = f"named by workflows, not set here: {', '.join(missing)}"
        hint = "Settings, Environments, publish: those that are needed have to be there"
        return Answer("secrets", Result.CANNOT_SEE, message, hint)
    return Answer("secrets", Result.PASS, f"{len(named)} secrets are named, and set here")
