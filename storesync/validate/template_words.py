"""The words that templates say by themselves: a template's source -> what is literal in it.

What a brand's rules of style find there has a place in the source, so whatever is no wording is
blotted out and not taken out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from storesync.copywriting.voice.hit import Hit, Passage
from storesync.diagnostics import Diagnostic
from storesync.render.marks import SAID, pieces
from storesync.render.naming import INCLUDES, SHARED, FileName, folders_of, parse_path
from storesync.source.lines import place
from storesync.source.tree import Tree

_RAW = re.compile(r"<(?:style|script)\b[^<>]*>", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:style|script)", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|em|i|mark|small|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>|&#?\w{1,32};")
_ATTRIBUTE = re.compile(r"\blocation\.attributes(?:\.|\[['\"])([a-z_][a-z0-9_]*)")
_BLOT = "\ufffc"  # belongs to no word, and is no blank
_HARMFUL = frozenset("<>&{}")


class Source(NamedTuple):
    """A file of a template, as text."""

    path: str
    name: FileName
    text: str


def template_sources(tree: Tree, refs: Collection[str]) -> list[Source]:
    """Return the parts of templates, and the files that they may include, by path."""
    folders = {f"templates/{SHARED}/{INCLUDES}"}.union(*map(folders_of, refs))
    named = ((path, parse_path(path)) for path in tree.paths())
    return [
        Source(path, name, tree.read(path).decode("utf-8", "replace"))
        for path, name in named
        if name is not None and name.folder in folders
    ]


def attributes_in(sources: Iterable[Source]) -> frozenset[str]:
    """Return the attributes of locations that templates print."""
    return frozenset(name for source in sources for name in _ATTRIBUTE.findall(source.text))


def passage_of(source: Source, locale: str) -> Passage:
    """Return what a template says by itself, each word at its place in the source.

    `locale` is the language of a file that has none in its name. What is included may be seen on
    any channel.
    """
    name = source.name
    told = pieces(source.text)
    text = "".join(part if kind == SAID else _BLOT * len(part) for kind, part in told)
    if name.form == "html":
        text = _without_markup(text)
    channels = [] if name.folder.endswith(f"/{INCLUDES}") else [name.stem]
    return Passage(text, name.locale or locale, channels=frozenset(channels), is_whole=False)


def diagnostic_of(source: Source, hit: Hit) -> Diagnostic:
    """Return what is said of words that a rule found in a template."""
    (line, column), (end_line, end_column) = (
        place(source.text, index) for index in (hit.start, hit.end)
    )
    return Diagnostic(
        f"voice.{hit.rule}",
        hit.message,
        source.path,
        line=line,
        column=column,
        hint=hit.hint,
        severity=hit.severity,
        end_line=end_line,
        end_column=end_column,
        fix=hit.fix if hit.fix is None or _HARMFUL.isdisjoint(hit.fix) else None,
    )


def _without_markup(text: str) -> str:
    """Return a page as long as before, with nothing but its words."""
    start = 0
    kept: list[str] = []
    while found := _RAW.search(text, start):
        closing = _RAW_END.search(text, found.end())
        end = closing.start() if closing else len(text)
        kept += [text[start : found.start()], _BLOT * (end - found.start())]
        start = end
    page = "".join(kept) + text[start:]
    page = _INLINE.sub(lambda tag: " " * len(tag[0]), page)
    return _TAG.sub(lambda tag: _BLOT * len(tag[0]), page)
