"""`campaigns/<campaign>/results.yaml`: what a campaign achieved.

A number that is absent is not known, never zero. Money is in the brand's currency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from storesync.model.base import Amount, Count, Day, Line, Model, Number, Slug, Text

if TYPE_CHECKING:
    from decimal import Decimal


class Measures(Model):
    """What was counted, of one channel or of all."""

    impressions: Count | None = Field(
        default=None, description="How often it was seen: views of a page or post, opened mails."
    )
    clicks: Count | None = Field(default=None, description="How often somebody clicked.")
    redemptions: Count | None = Field(default=None, description="How often the offer was used.")
    revenue: Number | None = Field(
        default=None, description="Turnover it brought, in the brand's currency."
    )
    cost: Amount | None = Field(default=None, description="What it cost, in the brand's currency.")


class ChannelResults(Measures):
    """Numbers of one channel."""

    delivered: Count | None = Field(
        default=None, description="How many messages arrived, or pages and posts were out."
    )


class ResultsFile(Measures):
    """Totals over all locations. A total that is absent is the sum of the channels."""

    measured_on: Day = Field(description="The day the numbers were taken.")
    source: Line = Field(description="Where the numbers are from.")
    locations: Count | None = Field(
        default=None,
        description="How many locations the numbers are of; sales count by location and day then.",
    )
    channels: dict[Slug, ChannelResults] = Field(default={}, description="Numbers by channel.")
    summary: Text | None = Field(default=None, description="What was learned, in a sentence.")
    notes: Text | None = Field(default=None, description="For people.")

    def total(self, name: str) -> int | Decimal | None:
        """Return one of the `Measures` over all channels, None where nobody knows it.

        A total that a file names counts, though its channels add up to something else: not every
        redemption can be said to come from a channel.
        """
        own: int | Decimal | None = getattr(self, name)
        if own is not None:
            return own
        known = [getattr(item, name) for item in self.channels.values()]
        parts = [value for value in known if value is not None]
        return sum(parts[1:], start=parts[0]) if parts else None
