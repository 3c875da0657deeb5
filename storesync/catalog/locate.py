"""From symbolic places to lines and columns: only files that have a diagnostic are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from storesync.diagnostics import Diagnostic
from storesync.source.tree import Tree
from storesync.source.yaml import positions


def locate(diagnostics: Iterable[Diagnostic], tree: Tree) -> list[Diagnostic]:
    """Return diagnostics sorted, without repeats, each with its line and column if any."""
    todo: dict[str, list[Diagnostic]] = defaultdict(list)
    done: list[Diagnostic] = []
    for item in dict.fromkeys(diagnostics):
        if item.line or not item.path.endswith(".yaml"):
            done.append(item)
        else:
            todo[item.path].append(item)
    for path, items in todo.items():
        try:
            raw = tree.read(path)
        except KeyError:  # a diagnostic about a file that is not there
            done += items
            continue
        places = positions(path, raw, [item.at for item in items])
        for item, (line, column) in zip(items, places, strict=True):
            done.append(replace(item, line=line, column=column))
    return sorted(done, key=lambda item: item.sort_key)
