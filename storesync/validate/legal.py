"""Legal texts in copy: they are printed by templates, word for word, and never written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Copy
from storesync.copywriting.voice.reading import WORD
from storesync.diagnostics import Diagnostic
from storesync.model.vary import Vary
from storesync.resolve.layers import At

_RUN = 3  # words in a row are the measure
# With this share of its runs a text says the same in nearly the same words.
_NEAR = 0.5


class _Legal(NamedTuple):
    """A legal text by its id, as the runs of words that it is made of.

    A short one is a run itself, and found only in copy that says nothing else: "Ad", "18+".
    """

    name: str
    length: int
    runs: frozenset[tuple[str, ...]]


def check_legal(brand: Brand) -> Iterator[Diagnostic]:
    """Yield texts of copy files that hold a legal text of the brand, or nearly do."""
    copies = [copy for campaign in brand.campaigns.values() for copy in campaign.copies.values()]
    if not copies or brand.file is None:
        return
    legal = [
        _legal(name, text)
        for name, texts in brand.file.legal.items()
        for text in (texts.values() if isinstance(texts, Mapping) else [texts])
    ]
    for copy in copies:
        for at, text in _texts(copy):
            yield from _near(copy.path, at, text, legal)


def _legal(name: str, text: str) -> _Legal:
    words = [word.casefold() for word in WORD.findall(text)]
    length = min(_RUN, len(words)) or 1
    return _Legal(name, length, frozenset(_runs(words, length)))


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _texts(copy: Copy) -> Iterator[tuple[At, str]]:
    for name, value in copy.file.values.items():
        if isinstance(value, Vary):
            for index, text in enumerate(value.vary):
                yield ("values", name, "vary", index), text
        else:
            yield ("values", name), value


def _near(path: str, at: At, text: str, legal: list[_Legal]) -> Iterator[Diagnostic]:
    marks: list[re.Match[str]] = list(WORD.finditer(text))
    words = [mark[0].casefold() for mark in marks]
    told: set[str] = set()
    for item in legal:
        if item.length < _RUN and len(words) != item.length:
            continue
        found = [index for index, run in enumerate(_runs(words, item.length)) if run in item.runs]
        said = {tuple(words[index : index + item.length]) for index in found}
        if item.name in told or not said or len(said) < _NEAR * len(item.runs):
            continue
        told.add(item.name)
        span = (marks[found[0]].start(), marks[found[-1] + item.length - 1].end())
        message = f'this is the legal text "{item.name}", or nearly'
        hint = f"take it out: the template prints legal.{item.name}, word for word"
        yield Diagnostic("legal-in-copy", message, path, at, hint=hint, span=span)
