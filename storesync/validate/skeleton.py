"""A template's text and a location's values -> the words it will say, without those of the place.

What two locations say differs by their names, cities and phones and is the same text all the
same. So nothing is rendered: values that are shared are put in, those of a place left out, and
both arms of a condition stand. That is close enough to compare texts, and to nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storesync.render.marks import SAID, VALUE, pieces

_NAME = re.compile(r"-?\s*([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)")
_TAG = re.compile(r"<[^<>]*>")
# Letters of Thai and its neighbours, of Chinese and Japanese: there each stands for a word.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_ATTRIBUTES = "location.attributes."
_RUN = 3


def words_of(source: str, shared: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words of a part, folded, in order; `source` is its template."""
    text = " ".join(_texts(source, shared, own))
    return tuple(_WORD.findall(_TAG.sub(" ", text).casefold()))


def runs_of(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a text; one that is shorter is a run itself."""
    if len(words) <= _RUN:
        return frozenset([words])
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _texts(source: str, shared: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    for kind, text in pieces(source):
        if kind == SAID:
            yield text
        elif kind == VALUE and (found := _NAME.match(text)):
            # A value of copy may hold slots itself; whose they are does not matter here.
            value = _value(found[1], shared, own)
            yield " ".join(part for inner, part in pieces(value) if inner == SAID)


def _value(name: str, shared: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    holder: Any = own if name.startswith(_ATTRIBUTES) else shared
    for part in name.split("."):
        holder = holder.get(part) if isinstance(holder, Mapping) else None
    return str(holder) if isinstance(holder, str | int) else ""


def says_own_things(source: str) -> bool:
    """Say whether a part shows more of a location than where it is and what it is called."""
    return _ATTRIBUTES in source
