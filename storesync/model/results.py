"""`campaigns/<campaign>/results.yaml`: what a campaign achieved."""

from __future__ import annotations

from pydantic import Field

from storesync.model.base import Day, Integer, Line, Model, Number, Text


class ChannelResults(Model):
    """Counts of one channel."""

    delivered: Integer | None = None
    opened: Integer | None = None
    clicked: Integer | None = None


class ResultsFile(Model):
    """Totals over all locations."""

    measured_on: Day
    source: Line = Field(description="Where the numbers are from.")
    redemptions: Integer | None = None
    revenue: Number | None = Field(default=None, description="In the brand's currency.")
    cost: Number | None = None
    channels: dict[str, ChannelResults] = {}
    summary: Text | None = Field(default=None, description="What was learned, in a sentence.")
