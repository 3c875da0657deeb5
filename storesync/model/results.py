"""`campaigns/<campaign>/results.yaml`: what a campaign achieved."""

from pydantic import Field

from storesync.model.base import Count, Day, Line, Model, Number, Text


class ChannelResults(Model):
    """Counts of one channel."""

    delivered: Count | None = Field(default=None, description="Messages that arrived, or views.")
    opened: Count | None = Field(default=None, description="How many were opened.")
    clicked: Count | None = Field(default=None, description="How many were clicked.")


class ResultsFile(Model):
    """Totals over all locations."""

    measured_on: Day = Field(description="The day the numbers were taken.")
    source: Line = Field(description="Where the numbers are from.")
    redemptions: Count | None = Field(default=None, description="How often the offer was used.")
    revenue: Number | None = Field(default=None, description="In the brand's currency.")
    cost: Number | None = Field(default=None, description="What it cost, in the brand's currency.")
    channels: dict[str, ChannelResults] = Field(default={}, description="Counts by channel.")
    summary: Text | None = Field(default=None, description="What was learned, in a sentence.")
