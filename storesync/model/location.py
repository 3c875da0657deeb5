"""A location file, and the folder defaults it inherits from: the same fields, none required."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from storesync.model.base import (
    Country,
    Currency,
    Day,
    Email,
    Latitude,
    Line,
    LocaleTag,
    Longitude,
    Model,
    Phone,
    Slug,
    Text,
    Timezone,
    Translated,
    VariableName,
    WebAddress,
)
from storesync.model.hours import check_hours
from storesync.model.parts import Waiver


class Address(Model):
    """Where the location is."""

    street: Line | None = Field(default=None, description="Street and number, as on a letter.")
    street2: Line | None = Field(default=None, description="Second line: unit, floor, mall.")
    city: Line | None = Field(default=None, description="Town, as on a letter.")
    region: Line | None = Field(default=None, description="State or province, as on a letter.")
    postcode: Line | None = Field(default=None, description="In quotes: 01234 is text.")
    country: Country | None = Field(default=None, description="ISO 3166 code such as US.")


class Geo(Model):
    """Position on the map, WGS 84 degrees."""

    latitude: Latitude = Field(description="Degrees north.")
    longitude: Longitude = Field(description="Degrees east.")


def _empty() -> list[Any]:
    """Return an empty list, as `list` does, whose signature takes pydantic 5 ms to parse.

    A default of `[]` it would copy with `copy.deepcopy`, for each of ten thousand locations.
    """
    return []


class LocationFile(Model):
    """`locations/**/<location>.yaml`; the file's name is the id. Also `_defaults.yaml`."""

    name: Line | None = Field(default=None, description="The name on the door.")
    names: dict[LocaleTag, Line] = Field(
        default_factory=dict, description="The name in other languages."
    )
    address: Address | None = Field(default=None, description="Where it is.")
    timezone: Timezone | None = Field(default=None, description="IANA name: America/Chicago.")
    phone: Phone | None = Field(default=None, description="International form: +15125550142.")
    email: Email | None = Field(default=None, description="The location's own mailbox.")
    website: WebAddress | None = Field(default=None, description="The location's own page.")
    geo: Geo | None = Field(default=None, description="Position on the map.")
    hours: Annotated[dict[str, Any], AfterValidator(check_hours)] | None = Field(
        default=None,
        description="{mon-fri: 06:00-20:00, sun: closed, 2026-12-25: closed, "
        "2026-06-01..2026-08-31: {mon-sun: 08:00-22:00}}",
    )
    locales: Annotated[list[LocaleTag], Field(min_length=1)] | None = Field(
        default=None, description="Languages spoken to customers, main one first."
    )
    currency: Currency | None = Field(
        default=None, description="Where it differs from the brand's: CAD."
    )
    tags: list[Slug] = Field(default_factory=_empty, description="Free labels for selectors.")
    attributes: dict[VariableName, Line] = Field(
        default_factory=dict,
        description="Facts for selectors and templates: {format: kiosk, seats: 40}",
    )
    opens_on: Day | None = Field(default=None, description="First day of business.")
    closed_until: Day | None = Field(
        default=None, description="Closed now; open again from this day on."
    )
    closes_on: Day | None = Field(default=None, description="Closed for good from this day on.")
    values: dict[VariableName, Any] = Field(
        default_factory=dict, description="Values for template variables at this location."
    )
    legal: dict[VariableName, Translated] = Field(
        default_factory=dict,
        description="Legal texts that differ below a folder, by id; in its _defaults.yaml only.",
    )
    formerly: list[Slug] = Field(
        default_factory=_empty, description="Earlier ids of this location."
    )
    waive: list[Waiver] = Field(
        default_factory=_empty, description="Exceptions to rules, for this location."
    )
    notes: Text | None = Field(default=None, description="For people; never shown to customers.")
