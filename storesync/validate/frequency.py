"""How many campaigns may start at one location in one week, by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from storesync.catalog.catalog import Brand, Catalog
from storesync.diagnostics import Diagnostic
from storesync.plan.piece import Piece
from storesync.plan.pieces import Dated
from storesync.schedule.zones import local_time

# (location, channel, ISO year, ISO week)
_Week = tuple[str, str, int, int]


def check_frequency(
    catalog: Catalog, brand: Brand, dated: Mapping[str, Dated], at: datetime
) -> Iterator[Diagnostic]:
    """Yield weeks, not over at `at`, in which more campaigns start than `max_per_week` allows.

    Weeks are ISO 8601 weeks of the location's own time; the later campaign is the one too many.
    """
    limits = {
        **(catalog.settings.max_per_week if catalog.settings else {}),
        **(brand.file.max_per_week if brand.file else {}),
    }
    if not limits:
        return
    too_many: dict[str, list[tuple[_Week, int]]] = defaultdict(list)
    for week, campaigns in _starts(dated, limits, at).items():
        if len(campaigns) > limits[week[1]]:
            last = max(campaigns, key=lambda name: (campaigns[name], name))
            too_many[last].append((week, len(campaigns)))
    for campaign, weeks in sorted(too_many.items()):
        (location, channel, year, number), count = min(weeks)
        start = "campaign starts" if count == 1 else "campaigns start"
        places = len({week[0] for week, _ in weeks})
        where = f"{places} locations (such as {location})" if places > 1 else location
        message = (
            f"{count} {start} on {channel} in week {year}-W{number:02d} at {where},"
            f" at most {limits[channel]} may"
        )
        hint = "move the start, or raise max_per_week in brand.yaml"
        path = brand.campaigns[campaign].path
        yield Diagnostic("too-many-per-week", message, path, ("flight", "start"), hint=hint)


def _starts(
    dated: Mapping[str, Dated], limits: Mapping[str, int], at: datetime
) -> dict[_Week, dict[str, datetime]]:
    starts: dict[_Week, dict[str, datetime]] = defaultdict(dict)
    weeks: dict[tuple[datetime, str], tuple[int, int]] = {}

    def week(moment: datetime, zone: str) -> tuple[int, int]:
        if (moment, zone) not in weeks:
            calendar = local_time(moment, zone).isocalendar()
            weeks[moment, zone] = (calendar.year, calendar.week)
        return weeks[moment, zone]

    for name, found in dated.items():
        for (location, channel), piece in _firsts(found, limits).items():
            zone = piece.rules.zone
            if week(piece.starts, zone) >= week(at, zone):
                starts[location, channel, *week(piece.starts, zone)][name] = piece.starts
    return starts


def _firsts(found: Dated, limits: Mapping[str, int]) -> dict[tuple[str, str], Piece]:
    """Return the piece that a campaign starts with, by location and channel: others go on."""
    firsts: dict[tuple[str, str], Piece] = {}
    for piece in found.pieces:
        place = (piece.key.location, piece.key.channel)
        if piece.key.channel in limits and (
            place not in firsts or piece.starts < firsts[place].starts
        ):
            firsts[place] = piece
    return firsts
