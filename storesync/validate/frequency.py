"""How many campaigns may start at one location in one week, by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from storesync.catalog.catalog import Brand, Catalog
from storesync.diagnostics import Diagnostic
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
        message = (
            f"{count} campaigns start on {channel} in week {year}-W{number:02d} at"
            f" {len({week[0] for week, _ in weeks})} locations (such as {location}),"
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
    for name, found in dated.items():
        for piece in found.pieces:
            key = piece.key
            if key.channel not in limits or (piece.ends is not None and piece.ends <= at):
                continue
            zone = piece.rules.zone
            if (piece.starts, zone) not in weeks:
                calendar = local_time(piece.starts, zone).isocalendar()
                weeks[piece.starts, zone] = (calendar.year, calendar.week)
            year, number = weeks[piece.starts, zone]
            today = local_time(at, zone).isocalendar()
            if (year, number) >= (today.year, today.week):
                starts[key.location, key.channel, year, number][name] = piece.starts
    return starts
