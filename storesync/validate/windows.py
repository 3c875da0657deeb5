"""Blackouts, quiet hours and frequencies: windows that end first, scopes that name no channel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from storesync.catalog.catalog import Brand, Catalog
from storesync.diagnostics import Diagnostic, did_you_mean
from storesync.model.brand import BrandFile
from storesync.model.channel import KINDS
from storesync.model.settings import SettingsFile
from storesync.resolve.layers import At
from storesync.schedule.quiet import holds, leave_no_moment
from storesync.schedule.quiet import written as written_hours
from storesync.schedule.zones import ending, starting, written
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.model.window import QuietHours


def check_windows(path: str, source: SettingsFile | BrandFile) -> Iterator[Diagnostic]:
    """Yield what is wrong with the windows and limits of the settings or of a brand."""
    for index, blackout in enumerate(source.blackouts):
        at: At = ("blackouts", index)
        if ending(blackout.end) <= starting(blackout.start):
            message = f"the blackout ends ({written(blackout.end)}) before it starts"
            yield Diagnostic("flight-ends-first", message, path, (*at, "end"))
        yield from _channels(path, (*at, "channels"), blackout.channels)
    for index, hours in enumerate(source.quiet_hours):
        at = ("quiet_hours", index)
        if leave_no_moment([hours]):
            message = "quiet hours around the clock: no message could ever go out"
            yield Diagnostic("always-quiet", message, path, (*at, "end"))
        yield from _channels(path, (*at, "channels"), hours.channels)
        for place, channel in enumerate(hours.channels):
            if channel in KINDS and not KINDS[channel].is_message:
                message = f'"{channel}" sends no messages, so quiet hours do nothing there'
                hint = "use a blackout, or take the channel out"
                at = ("quiet_hours", index, "channels", place)
                yield Diagnostic("invalid-value", message, path, at, hint=hint)
    yield from _check_channels(path, source)


def _check_channels(path: str, source: SettingsFile | BrandFile) -> Iterator[Diagnostic]:
    """Yield channels that there are not, where something is said by channel."""
    for field in ("channels", "max_per_week", "near_duplicates"):
        for channel in getattr(source, field, ()):
            yield from _channel(path, (field, channel), channel)


def check_quiet_hours(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield quiet hours that leave no moment of the week where they meet those before them.

    Only where there are locations: what nobody can be sent is no fault. Each is reported once.
    """
    reported: set[tuple[str, int]] = set()
    for brand in catalog.brands.values():
        windows = list(_quiet_hours(catalog, brand))
        places = {(item.country, item.region): item for item in brand.locations.values()}
        for location, channel in product(places.values() if len(windows) > 1 else (), KINDS):
            meeting = [item for item in windows if holds(item[2], location, channel)]
            count = _first_full([hours for *_, hours in meeting])
            if count < 2 or not KINDS[channel].is_message:
                continue
            path, index, hours = meeting[count - 1]
            if (path, index) not in reported:
                reported.add((path, index))
                before = ", ".join(written_hours(item) for *_, item in meeting[: count - 1])
                message = (
                    f"with the quiet hours {before} no moment of the week is left:"
                    f" no {channel} could ever go out at {location.id}"
                )
                hint = f"shorten {written_hours(hours)}, or limit it with days: or channels:"
                at = ("quiet_hours", index)
                yield Diagnostic("always-quiet", message, path, at, hint=hint)


def _quiet_hours(catalog: Catalog, brand: Brand) -> Iterator[tuple[str, int, QuietHours]]:
    """Yield the quiet hours of the repository and a brand, but those that check_windows refuses."""
    for path, source in ((SETTINGS, catalog.settings), (brand.path, brand.file)):
        for index, hours in enumerate(source.quiet_hours if source else ()):
            if not leave_no_moment([hours]):
                yield path, index, hours


def _first_full(windows: list[QuietHours]) -> int:
    """Return how many of the windows, from the first on, take up the week; 0 if all do not."""
    if not leave_no_moment(windows):
        return 0
    return next(n for n in range(1, len(windows) + 1) if leave_no_moment(windows[:n]))


def _channels(path: str, at: At, channels: list[str]) -> Iterator[Diagnostic]:
    for index, channel in enumerate(channels):
        yield from _channel(path, (*at, index), channel)


def _channel(path: str, at: At, channel: str) -> Iterator[Diagnostic]:
    if channel not in KINDS:
        hint = did_you_mean(channel, KINDS) or f"there are {', '.join(KINDS)}"
        message = f'there is no channel "{channel}"'
        yield Diagnostic("unknown-channel", message, path, at, hint=hint)
