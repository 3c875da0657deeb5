"""Blackouts, quiet hours and frequencies: windows that end first, scopes that name no channel."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.diagnostics import Diagnostic, did_you_mean
from storesync.model.brand import BrandFile
from storesync.model.channel import KINDS
from storesync.model.settings import SettingsFile
from storesync.resolve.layers import At
from storesync.schedule.zones import ending, starting, written


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
        if hours.start == hours.end or (hours.start, hours.end) == ("00:00", "24:00"):
            message = "quiet hours of a whole day: no message could ever go out"
            yield Diagnostic("invalid-value", message, path, (*at, "end"))
        yield from _channels(path, (*at, "channels"), hours.channels)
        for place, channel in enumerate(hours.channels):
            if channel in KINDS and not KINDS[channel].is_message:
                message = f'"{channel}" sends no messages, so quiet hours do nothing there'
                hint = "use a blackout, or take the channel out"
                at = ("quiet_hours", index, "channels", place)
                yield Diagnostic("invalid-value", message, path, at, hint=hint)
    if isinstance(source, SettingsFile):
        for channel in source.channels:
            yield from _channel(path, ("channels", channel), channel)
    for channel in source.max_per_week:
        yield from _channel(path, ("max_per_week", channel), channel)


def _channels(path: str, at: At, channels: list[str]) -> Iterator[Diagnostic]:
    for index, channel in enumerate(channels):
        yield from _channel(path, (*at, index), channel)


def _channel(path: str, at: At, channel: str) -> Iterator[Diagnostic]:
    if channel not in KINDS:
        hint = did_you_mean(channel, KINDS) or f"there are {', '.join(KINDS)}"
        message = f'there is no channel "{channel}"'
        yield Diagnostic("unknown-channel", message, path, at, hint=hint)
