"""When nothing may go out: blackouts by dates, and quiet hours by the clock for messages."""

from __future__ import annotations

from pydantic import Field

from storesync.model.base import Clock, Country, DayOrMoment, Model, Slug, Text

ChannelName = Slug


class Scope(Model):
    """Where a window holds; what is not named holds everywhere."""

    countries: list[Country] = Field(default=[], description="Only in these countries.")
    regions: list[str] = Field(default=[], description="Only in these states or provinces.")
    channels: list[ChannelName] = Field(default=[], description="Only on these channels.")


class Blackout(Scope):
    """Nothing goes out between two local times; what is live stays live."""

    start: DayOrMoment = Field(description="First moment, in each location's own time.")
    end: DayOrMoment = Field(description="End; a date includes that whole day.")
    reason: Text = Field(description="Why, for the people who read the plan.")


class QuietHours(Scope):
    """Messages (email, SMS) wait between two times of day, in each location's own time."""

    start: Clock = Field(description="From this time of day, such as 21:00.")
    end: Clock = Field(description="Until this time of day, such as 08:00.")
