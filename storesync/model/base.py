"""The base of everything people write, and the field types: text in, one typed value out.

Every scalar arrives as text (see `source.yaml`); the field's type alone decides what it means.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from storesync.model.unseen import UNSEEN

# Names that Windows cannot check out, with any extension (Microsoft, "Naming Files").
RESERVED_NAMES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{n}" for n in range(1, 10)),
        *(f"lpt{n}" for n in range(1, 10)),
    }
)
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
HASH_PATTERN = "^[0-9a-f]{64}$"
LOCALE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\Z")
# Without a name before the host, as in https://bank.example@thief.example.
WEB_ADDRESS_PATTERN = r"^https?://[^\s<>'\x22@\\/?#]+([/?#][^\s<>'\x22]*)?$"
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z|24:00\Z")


class Model(BaseModel):
    """A piece of a file: frozen, unknown keys forbidden, nothing converted behind one's back."""

    # Built when first used: most models are only parts of others, which build them in.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def read_integer(value: object) -> int:
    """Read plain digits. Raises ValueError that says what to write."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.match(value):
        return int(value)
    message = "write a whole number such as 20, of at most 15 plain digits"
    raise ValueError(message)


def read_decimal(value: object) -> Decimal:
    """Read plain digits with an optional fraction. Raises ValueError that says what to write."""
    if isinstance(value, str) and _DECIMAL.match(value):
        number = Decimal(value)
        return number or abs(number)  # nobody should read a price of -0.00
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    message = "write a number such as 3.50, of at most 15 plain digits and 9 decimals"
    raise ValueError(message)


def read_flag(value: object) -> bool:
    """Read true or false, and nothing else. Raises ValueError that says what to write."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    message = "write true or false"
    raise ValueError(message)


def read_day(value: object) -> date:
    """Read a date such as 2026-12-01. Raises ValueError that says what to write."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.match(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            message = "write a day that is in the calendar"
            raise ValueError(message) from None
        _check_year(day)
        return day
    message = "write a date as year-month-day, such as 2026-12-01"
    raise ValueError(message)


def _check_year(day: date) -> None:
    """Raise ValueError for years near the ends of the calendar, where no zone can be applied."""
    if not 1000 <= day.year <= 2999:
        message = "write a year from 1000 to 2999, and leave out the end of what has none"
        raise ValueError(message)


def read_moment(value: object) -> datetime:
    """Read a local time such as 2026-12-01T07:00; the zone comes from elsewhere.

    Raises ValueError that says what to write.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _MOMENT.match(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            message = "write a day and a time that there are"
            raise ValueError(message) from None
        _check_year(moment)
        return moment
    message = "write a local time as 2026-12-01T07:00, without a zone or seconds"
    raise ValueError(message)


def read_day_or_moment(value: object) -> date | datetime:
    """Read a date or a local time; a `datetime` only where a time was written."""
    if isinstance(value, str) and "T" not in value and ":" not in value:
        return read_day(value)
    return read_moment(value)


def read_clock(value: object) -> str:
    """Read a time of day such as 07:30 (24:00 is the end of the day) and keep it as text."""
    if isinstance(value, str) and _CLOCK.match(value):
        return value
    message = "write a time of day as hours and minutes, such as 07:30"
    raise ValueError(message)


@cache
def known_zones() -> frozenset[str]:
    """Return the IANA time zone names of the `tzdata` package, aliases included."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def known_countries() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes, from the `iso3166.tab` of the `tzdata` package."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if line and line[0] != "#")


def read_zone(value: object) -> str:
    """Read an IANA time zone name. Raises ValueError that says what to write."""
    if isinstance(value, str) and value in known_zones():
        return value
    message = "not a time zone: write an IANA name with a city, such as Europe/London"
    raise ValueError(message)


def read_country(value: object) -> str:
    """Read an ISO 3166-1 alpha-2 code such as US. Raises ValueError that says what to write."""
    if isinstance(value, str) and value in known_countries():
        return value
    message = "not a country: write its two-letter ISO 3166 code in capitals, such as GB"
    raise ValueError(message)


_DAY_SCHEMA = {
    "type": "string",
    "format": "date",
    "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
_MOMENT_SCHEMA = {
    "type": "string",
    "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "T([01][0-9]|2[0-3]):[0-5][0-9]$",
}

# Something has to be seen of a text: one of blanks alone (Braille has one, too) is as good as none.
TEXT_PATTERN = rf"[^\s\u2800{UNSEEN}]"
LINE_PATTERN = rf"^[^\r\n]*{TEXT_PATTERN}[^\r\n]*$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=TEXT_PATTERN)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=LINE_PATTERN)]
Slug = Annotated[str, StringConstraints(max_length=64, pattern=SLUG_PATTERN)]
VariableName = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z][a-z0-9_]*$")]
FolderPath = Annotated[
    str,
    StringConstraints(
        max_length=300, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
    ),
]
LocaleTag = Annotated[str, StringConstraints(pattern=LOCALE_PATTERN)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{4,14}$")]
Email = Annotated[
    str, StringConstraints(max_length=254, pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")
]
WebAddress = Annotated[str, StringConstraints(max_length=2_000, pattern=WEB_ADDRESS_PATTERN)]
Integer = Annotated[int, BeforeValidator(read_integer)]
# Bounds stand before the validator: behind it JSON Schemas would not have them.
Count = Annotated[int, Field(ge=0), BeforeValidator(read_integer)]
Version = Annotated[int, Field(ge=1), BeforeValidator(read_integer)]
Minutes = Annotated[int, Field(ge=0, le=20_160), BeforeValidator(read_integer)]
Number = Annotated[Decimal, BeforeValidator(read_decimal), WithJsonSchema({"type": "number"})]
# Money that is spent; less than nothing would make up for other costs.
Amount = Annotated[
    Decimal,
    Field(ge=0),
    BeforeValidator(read_decimal),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Latitude = Annotated[
    Decimal,
    Field(ge=-90, le=90),
    BeforeValidator(read_decimal),
    WithJsonSchema({"type": "number", "minimum": -90, "maximum": 90}),
]
Longitude = Annotated[
    Decimal,
    Field(ge=-180, le=180),
    BeforeValidator(read_decimal),
    WithJsonSchema({"type": "number", "minimum": -180, "maximum": 180}),
]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema(_DAY_SCHEMA)]
Moment = Annotated[datetime, BeforeValidator(read_moment), WithJsonSchema(_MOMENT_SCHEMA)]
DayOrMoment = Annotated[
    date | datetime,
    BeforeValidator(read_day_or_moment),
    WithJsonSchema({"anyOf": [_DAY_SCHEMA, _MOMENT_SCHEMA]}),
]
Clock = Annotated[
    str,
    BeforeValidator(read_clock),
    WithJsonSchema({"type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"}),
]
Timezone = Annotated[str, BeforeValidator(read_zone), WithJsonSchema({"type": "string"})]
Country = Annotated[
    str, BeforeValidator(read_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
# Text in one language, or the same text in several: {en-US: …, es-MX: …}.
Translated = Text | dict[LocaleTag, Text]
