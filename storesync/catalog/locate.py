"""From symbolic places to lines and columns: only files that have a diagnostic are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from storesync.diagnostics import Diagnostic
from storesync.source.tree import Tree


def locate(diagnostics: Iterable[Diagnostic], tree: Tree) -> list[Diagnostic]:
    """Return diagnostics sorted, without repeats, each with its line and column if any."""
    todo: dict[str, list[Diagnostic]] = defaultdict(list)
    lines: dict[str, list[Diagnostic]] = defaultdict(list)
    done: list[Diagnostic] = []
    for item in dict.fromkeys(diagnostics):
        if item.line and not item.column and item.path.endswith(".j2"):
            lines[item.path].append(item)
        elif item.line or not item.path.endswith(".yaml"):
            done.append(item)
        else:
            todo[item.path].append(item)
    if todo:
        from storesync.source.position import positions
    for path, items in todo.items():
        try:
            raw = tree.read(path)
        except KeyError:  # a diagnostic about a file that is not there
            done += items
            continue
        places = positions(path, raw, [item.at for item in items])
        found = [
            replace(item, line=line, column=column)
            for item, (line, column) in zip(items, places, strict=True)
        ]
        done += _narrowed(path, raw, found) if any(item.span for item in items) else found
    for path, items in lines.items():
        done += _pointed(items, tree, path)
    return sorted(done, key=lambda item: item.sort_key)


def _pointed(items: list[Diagnostic], tree: Tree, path: str) -> Iterator[Diagnostic]:
    """Yield diagnostics of a template's lines, each with its column as far as it can be told."""
    from storesync.source.pointed import column_in

    try:
        text = tree.read(path).decode("utf-8", "replace").split("\n")
    except KeyError:  # a diagnostic about a file that is not there
        text = []
    for item in items:
        line = text[item.line - 1] if item.line <= len(text) else ""
        yield replace(item, column=column_in(line, item.rule, item.message))


def _narrowed(path: str, raw: bytes, found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics at the characters that they are about, as far as these can be told."""
    from storesync.source.within import Texts

    texts = Texts(path, raw)
    for item in found:
        stretch = texts.stretch(item.at, *item.span) if item.span else None
        if stretch is None:
            yield replace(item, span=None, fix=None)
            continue
        fix = None if item.fix is None else texts.written(item.at, item.span, item.fix)
        (line, column), (end_line, end_column) = stretch
        yield replace(
            item,
            span=None,
            fix=fix,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
        )
