"""Values with several texts that say the same: which of them a location shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from storesync.model.template import Variable, VariableType
from storesync.resolve.layers import At, Entry

VARY = "vary"
_MOST = 50


class Varied(NamedTuple):
    """The options of a value, typed; each is a text, or one text in several languages."""

    options: tuple[Any, ...]


def options_of(value: object) -> list[Any] | None:
    """Return the raw options of `{vary: [A, B]}`, None for a value that is no such thing."""
    if not isinstance(value, Mapping) or VARY not in value:
        return None
    options = value[VARY]
    return options if isinstance(options, list) else [options]


def texts_of(variable: Variable, entry: Entry) -> Iterator[tuple[Any, At]]:
    """Yield the raw values of an entry with their places: one, or all that a location may show.

    Raises ValueError for options where there may be none.
    """
    options = options_of(entry.value)
    if options is None:
        yield entry
        return
    if variable.type is not VariableType.STRING:
        message = f"write one {variable.type.value} here: only texts may differ by chance"
        raise ValueError(message)
    if len(entry.value) > 1 or not 2 <= len(options) <= _MOST:
        message = f"write a list of 2 to {_MOST} texts below vary, and nothing beside it"
        raise ValueError(message)
    for index, option in enumerate(options):
        yield option, (*entry.at, VARY, index)


def choose(ids: tuple[str, str, str], variable: str, count: int) -> int:
    """Return the index of the option that a location shows; `ids` are brand, campaign, location.

    The highest hash wins (Thaler and Ravishankar 1998, "rendezvous hashing"): one option more
    takes its share from all others evenly, and moves no location between these. Texts have no
    part in it, so that mending one or translating it changes no choice.
    """
    seed = "\0".join((*ids, variable)).encode()
    return max(range(count), key=lambda index: _weight(seed, index))


def _weight(seed: bytes, index: int) -> bytes:
    return hashlib.blake2b(b"%b\0%d" % (seed, index), digest_size=8).digest()
