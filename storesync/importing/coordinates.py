"""Latitude and longitude of a table: numbers of degrees, and whether they can be where they say."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache

from storesync.schedule.countries import cities_of

_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?")
_DECIMALS = 9  # what a location file may have; more come from a spreadsheet's arithmetic
# From the nearest city a time zone of the country is named for, in degrees of a great circle; of
# a real chain's 25,600 places the farthest is 19.5 degrees off.
_FAR = 40.0
_NEAR = 25.0


@lru_cache(maxsize=65_536)
def degrees(text: str) -> Decimal | None:
    """Return a number of degrees, None for anything else. A decimal comma is understood."""
    if not _DEGREES.fullmatch(text):
        return None
    value = Decimal(text.replace(",", "."))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        return round(value, _DECIMALS).normalize()
    return value


def doubt(latitude: Decimal, longitude: Decimal, country: str) -> tuple[bool, str]:
    """Return whether a position is impossible, and what is doubtful about it ("" for nothing)."""
    swapped = f"latitude {latitude} and longitude {longitude} look swapped"
    if abs(latitude) > 90 or abs(longitude) > 180:
        if abs(latitude) <= 180 and abs(longitude) <= 90:
            return True, f"{swapped}: left out"
        return True, f"latitude {latitude}, longitude {longitude} is nowhere on earth: left out"
    if latitude == 0 and longitude == 0:
        return True, "latitude 0, longitude 0 is in the Atlantic: left out"
    here = _nearest(float(latitude), float(longitude), country)
    if here > _NEAR and _nearest(float(longitude), float(latitude), country) < _NEAR:
        return False, swapped
    if here > _FAR:
        return False, f"latitude {latitude}, longitude {longitude} is far from {country}"
    return False, ""


@lru_cache(maxsize=65_536)
def _nearest(latitude: float, longitude: float, country: str) -> float:
    """Return the degrees to the nearest of a country's zone cities; 0 for an unknown country."""
    if abs(latitude) > 90:
        return math.inf
    cities = cities_of(country)
    return min((_arc(latitude, longitude, *city) for city in cities), default=0.0)


def _arc(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in degrees (haversine)."""
    north, east = math.radians(lat2 - lat1), math.radians(lon2 - lon1)
    half = math.sin(north / 2) ** 2
    half += math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(east / 2) ** 2
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(half))))
