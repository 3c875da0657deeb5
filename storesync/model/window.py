"""When nothing may go out: blackouts by dates, and quiet hours by the clock for messages."""

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from storesync.model.base import Clock, Country, DayOrMoment, Model, Slug, Text
from storesync.model.hours import DAYS, days_of

ChannelName = Slug
_DAY = f"({'|'.join(DAYS)})"


def read_weekdays(value: object) -> str:
    """Read days as opening hours name them, sun or mon-fri. Raises ValueError."""
    if not isinstance(value, str):
        message = "write days as sun or mon-fri"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns ValueError into a located message
    days_of(value)
    return value


Weekdays = Annotated[
    str,
    BeforeValidator(read_weekdays),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY}(-{_DAY})?$"}),
]


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

    days: list[Weekdays] = Field(
        default=[], description="Only where they begin on these days: [sun], [mon-fri]."
    )
    start: Clock = Field(description="From this time of day, such as 21:00.")
    end: Clock = Field(description="Until this time of day, such as 08:00; past midnight too.")
