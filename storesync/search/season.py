"""The time of year of a flight: its months, and the season where the brand is at home."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from storesync.model.campaign import Flight

SEASONS = ("winter", "spring", "summer", "autumn")
# Countries below the equator, where Christmas is a summer campaign (ISO 3166; those with chains
# of any size: the equator itself knows no seasons).
_SOUTH = frozenset(
    {
        *("AR", "AU", "BO", "BR", "CL", "FJ", "LS", "MG", "MU", "MZ"),
        *("NA", "NZ", "PE", "PY", "SZ", "UY", "ZA", "ZM", "ZW"),
    }
)
# A flight longer than this is of no season.
_LONGEST = timedelta(days=183)


def months_of(flight: Flight) -> tuple[int, ...]:
    """Return the months in which a flight runs, in order; none where it runs for half a year."""
    first = day_of(flight.start)
    last = day_of(flight.end) if flight.end is not None else None
    if last is None or last - first > _LONGEST:
        return ()
    count = (last.year - first.year) * 12 + last.month - first.month
    return tuple((first.month - 1 + step) % 12 + 1 for step in range(max(count, 0) + 1))


def season_of(months: tuple[int, ...], country: str) -> str:
    """Return the season that most of these months belong to in a country; empty for none."""
    if not months:
        return ""
    shift = 6 if country in _SOUTH else 0
    names = [SEASONS[(month + shift) % 12 // 3] for month in months]
    return max(dict.fromkeys(names), key=names.count)


def day_of(value: date | datetime) -> date:
    """Return the day of a flight's start or end, whether it says a time or not."""
    return value.date() if isinstance(value, datetime) else value
