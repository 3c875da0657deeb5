"""What of a location a verdict on its days and times hangs on: equal for many of thousands.

A text such as *Sundays until six* is asked at each location, and most of them share their hours
with hundreds. A name covers its own words, so those that may stand in the text count as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storesync.render.frames import dumps

# What no phone, address or place of a location founds.
OF_HOURS = frozenset({"weekday", "time", "date"})
_PIECE = re.compile(r"[a-z]+|[0-9]+")
_NAMES = ("street", "street2", "city", "region", "postcode")


def bearing(own: Mapping[str, Any], low: str) -> bytes:
    """Return a key of what may decide at a location about a text, given in lower case.

    Locations of equal keys get the same verdict on days of the week, times and dates.
    """
    location: Mapping[str, Any] = own.get("location") or {}
    named = sorted({name for name in _names(own, location) if _may_stand_in(name.lower(), low)})
    return dumps([location.get("hours"), own.get("legal"), own.get("currency"), named])


def _names(own: Mapping[str, Any], location: Mapping[str, Any]) -> Iterator[str]:
    address: Mapping[str, Any] = location.get("address") or {}
    given = [own.get("location_name"), own.get("city"), location.get("name")]
    yield from (str(name) for name in (*given, *map(address.get, _NAMES)) if name)


def _may_stand_in(name: str, low: str) -> bool:
    """Say whether a name may be in a text; one with a word that is not there cannot.

    Only words of plain letters or figures tell: any other may be written in another way.
    """
    return not name.isascii() or all(
        piece in low or _is_mixed(name, piece) for piece in _PIECE.findall(name)
    )


def _is_mixed(name: str, piece: str) -> bool:
    """Say whether letters and figures stand together: what looks alike may stand for them."""
    place = name.find(piece)
    beside = name[place - 1 : place] + name[place + len(piece) : place + len(piece) + 1]
    return any(map(str.isalnum, beside))
