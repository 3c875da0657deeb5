"""Older file formats -> the present one, step by step, over the texts of all files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from storesync.source.edit import set_value
from storesync.source.tree import SETTINGS

# A step takes the texts of all YAML files by path and returns those it changes.
Step = Callable[[Mapping[str, str]], dict[str, str]]
_VERSION = re.compile(r"^format:[ ]*([0-9]{1,4})[ ]*(?:#.*)?$", re.MULTILINE)


def version_of(texts: Mapping[str, str]) -> int:
    """Return the format that storesync.yaml names, 0 where it names none."""
    found = _VERSION.search(texts.get(SETTINGS, ""))
    return int(found[1]) if found else 0


def _name_the_format(texts: Mapping[str, str]) -> dict[str, str]:
    """Format 0 -> 1: storesync.yaml says which format the files have."""
    text = texts.get(SETTINGS)
    return {} if text is None else {SETTINGS: set_value(text, ("format",), 1)}


# STEPS[n] leads from format n to n + 1.
STEPS: Sequence[Step] = (_name_the_format,)


def migrate(texts: Mapping[str, str], found: int, steps: Sequence[Step]) -> dict[str, str]:
    """Return the files that change on the way from format `found` to the newest."""
    changed: dict[str, str] = {}
    for step in steps[found:]:
        changed |= step({**texts, **changed})
    return {path: text for path, text in changed.items() if text != texts.get(path)}
