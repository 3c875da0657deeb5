"""`campaigns/<campaign>/campaign.yaml`: what, where, when."""

import enum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from storesync.model.base import (
    Amount,
    Count,
    Country,
    DayOrMoment,
    FolderPath,
    Integer,
    Line,
    LocaleTag,
    Minutes,
    Model,
    Slug,
    Text,
    Timezone,
    Translated,
    VariableName,
)
from storesync.model.late import Late
from storesync.model.parts import Claim, Waiver


def read_why(value: str) -> str:
    """Refuse an answer where a reason belongs: `cancelled: false` would call a campaign off."""
    if value.casefold() in {"true", "false", "yes", "no", "on", "off", "null", "~"}:
        message = "write why, in words; leave the line out where it is not so"
        raise ValueError(message)
    return value


Why = Annotated[Text, AfterValidator(read_why)]


class Participation(enum.StrEnum):
    """Whether a location may decide to take part."""

    MANDATORY = "mandatory"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


class Answer(enum.StrEnum):
    """A location's answer."""

    IN = "in"
    OUT = "out"


class IfLate(enum.StrEnum):
    """What happens when a run comes after the start and the grace time."""

    PUBLISH = "publish"
    SKIP = "skip"


class PriorPriceBasis(enum.StrEnum):
    """Why another prior price counts than the lowest one of the last weeks, where a law says so."""

    PROGRESSIVE = "progressive"  # cut again without a break: the price before the first cut counts
    PERISHABLE = "perishable"  # it would go off: reduced for that alone


class Flight(Model):
    """The dates a campaign runs, in each location's own time unless `zone` says another."""

    start: DayOrMoment = Field(description="2026-12-01T07:00, or a date: from midnight.")
    end: DayOrMoment | None = Field(
        default=None, description="A date includes that whole day; without an end it runs on."
    )
    zone: Timezone | None = Field(default=None, description="One moment everywhere, in this zone.")


class Criteria(Model):
    """Locations that meet all that is named here; at least one thing is."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    folder: FolderPath | None = Field(default=None, description="Everything below: us/texas")
    tags: list[Slug] = Field(default=[], description="Has all of these tags.")
    attributes: dict[VariableName, Line | list[Line]] = Field(
        default={}, description="Each attribute has this value, or one of these."
    )
    countries: list[Country] = Field(default=[], description="Lies in one of these countries.")
    ids: list[Slug] = Field(default=[], description="One of these locations.")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        """Refuse what was left blank: a half-typed `folder:` would mean every location."""
        if not self.model_fields_set:
            message = "write a criterion, such as folder: us/texas; leave select out to mean all"
            raise ValueError(message)
        for name in ("tags", "attributes", "countries", "ids"):
            if name in self.model_fields_set and not getattr(self, name):
                message = f"{name} is empty: write what it shall be, or delete it"
                raise ValueError(message)
        return self


class Selector(Criteria):
    """Criteria with exceptions. Several selectors of a campaign add up."""

    exclude: list[Slug | Criteria] = Field(
        default=[],
        alias="except",
        description="Not these: ids, or criteria such as {folder: us/texas/austin}",
    )


class Offer(Model):
    """What the customer gets; all but `prior_price` and the like are variables of the template."""

    product: Slug | Annotated[list[Slug], Field(min_length=1)] | None = Field(
        default=None, description="Product id(s); without one the offer is for everything."
    )
    discount_percentage: Integer | None = Field(
        default=None, description="Off the price: 20 is 20 %."
    )
    discount_amount: Any = Field(default=None, description="3.50, or {USD: 3.50, EUR: 3.20}")
    price: Any = Field(default=None, description="4.50, or {USD: 4.50, CAD: 5.25}")
    regular_price: Any = Field(
        default=None, description="The price without the offer, written as `price` is."
    )
    code: Line | None = Field(default=None, description="Coupon code.")
    prior_price: Any = Field(
        default=None,
        description="The lowest price of the last 30 days before, written as `price` is; "
        "customers never see it.",
    )
    prior_price_source: Line | None = Field(
        default=None, description="What shows the prior price: a till export and its days."
    )
    prior_price_basis: PriorPriceBasis | None = Field(
        default=None,
        strict=False,
        description="Where the law takes another price: progressive or perishable.",
    )


class Costs(Model):
    """What a campaign costs, as far as nobody but its author knows; in the brand's currency."""

    print: Amount | None = Field(default=None, description="Printing and the like, in all.")
    discount: Amount | None = Field(
        default=None, description="What the offer is expected to cost, in all."
    )
    recipients: Count | None = Field(
        default=None, description="How many people get each SMS at a location, at most."
    )


class CampaignFile(Model):
    """A campaign; the folder's name is its id."""

    name: Line = Field(description="For people, and `campaign_name` in templates.")
    template: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")] = Field(
        description="shared/seasonal-offer or <brand>/<template>"
    )
    flight: Flight = Field(description="From when to when it runs.")
    select: Annotated[list[Late[Selector]], Field(min_length=1)] = Field(
        default=[], description="Which locations; left out: all."
    )
    channels: Annotated[list[Slug], Field(min_length=1)] = Field(
        description="Where it goes: web, email, sms, social."
    )
    locales: list[LocaleTag] = Field(default=[], description="Only these languages.")
    offer: Offer | None = Field(default=None, description="What the customer gets.")
    facts: list[Translated] = Field(
        default=[],
        description="What holds besides the offer, and copy may say: steeped for eighteen hours.",
    )
    claims: list[Claim] = Field(
        default=[], description="Claims that this campaign may make, and what they rest on."
    )
    values: dict[VariableName, Any] = Field(
        default={}, description="Values for the template's variables."
    )
    participation: Participation = Field(
        default=Participation.MANDATORY,
        strict=False,
        description="Whether locations may decide: mandatory, opt_out or opt_in.",
    )
    answer_by: DayOrMoment | None = Field(default=None, description="Until when to answer.")
    if_late: IfLate = Field(
        default=IfLate.PUBLISH,
        strict=False,
        description="What to do when the start has passed by more than `grace_minutes`.",
    )
    grace_minutes: Minutes = Field(
        default=120, description="How late is late, for `if_late: skip`."
    )
    priority: Integer | None = Field(default=None, description="Where offers collide: higher wins.")
    stacks_with: list[Slug] = Field(default=[], description="Campaigns that may run beside it.")
    cancelled: Why | None = Field(default=None, description="Why it was called off.")
    tags: list[Slug] = Field(default=[], description="Free labels, for people and search.")
    budget: Amount | None = Field(default=None, description="In the brand's currency.")
    cost_center: Line | None = Field(default=None, description="For people and reports.")
    costs: Late[Costs] = Field(
        default_factory=Costs.model_construct,
        description="What it costs, besides the price of SMS.",
    )
    category: Slug | None = Field(
        default=None,
        description="A regulated category of the brand, where its products do not say so.",
    )
    revision: Count | None = Field(default=None, description="Raised to have it approved again.")
    formerly: list[Slug] = Field(default=[], description="Earlier ids of this campaign.")
    waive: list[Waiver] = Field(default=[], description="Exceptions to rules, for this campaign.")
    notes: Text | None = Field(default=None, description="Reasons, for people who review.")
