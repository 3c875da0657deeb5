"""`requirements:` in storesync.yaml and brand.yaml: who else approves a change that is risky."""

from __future__ import annotations

import enum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from storesync.model.base import (
    Amount,
    Count,
    Flag,
    Line,
    Model,
    Number,
    Slug,
    VariableName,
    read_integer,
)
from storesync.model.team import Member

Approvals = Annotated[int, Field(ge=1, le=20), BeforeValidator(read_integer)]


class RiskAction(enum.StrEnum):
    """What a change does in the world, as plans call it."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class DecidingRole(enum.StrEnum):
    """A role of the brand in question; admins are its own and those of storesync.yaml."""

    ADMIN = "admin"
    BRAND_MANAGER = "brand_manager"


# In a list `strict=False` of the field does not reach what is in it.
ActionName = Annotated[RiskAction, Field(strict=False)]
RoleName = Annotated[DecidingRole, Field(strict=False)]


class Risk(Model):
    """What a change must be like; all that is named here has to hold, without anything it does."""

    variable: VariableName | None = Field(
        default=None, description="A value is over or under a bound; without bounds: it changes."
    )
    over: Number | None = Field(default=None, description="The variable's value is more than this.")
    under: Number | None = Field(
        default=None, description="The variable's value is less than this."
    )
    facts_change: Flag = Field(
        default=False, description="A price, another fact, or a claim is new or changes."
    )
    categories: list[Slug] = Field(
        default=[], description="The campaign is in one of these `categories` of its brand."
    )
    channels: list[Slug] = Field(default=[], description="It goes out on one of these channels.")
    actions: list[ActionName] = Field(
        default=[], description="It is one of these: create, update, withdraw."
    )
    locations_over: Count | None = Field(
        default=None, description="More than so many of the brand's locations."
    )
    cost_over: Amount | None = Field(
        default=None,
        description="The campaigns cost more, in the brand's currency, or nobody knows.",
    )
    over_budget: Flag = Field(
        default=False, description="The campaign costs more than its `budget`, or nobody knows."
    )

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        """Refuse bounds of nothing, and bounds between which nothing lies."""
        if self.variable is None and (self.over is not None or self.under is not None):
            message = "over and under are bounds of a variable: add variable: discount_percentage"
            raise ValueError(message)
        if self.over is not None and self.under is not None and self.over >= self.under:
            message = f"no value is over {self.over} and under {self.under}, so this never holds"
            raise ValueError(message)
        return self


class Requirement(Model):
    """Approvals besides those of CODEOWNERS, where a change is risky. Each one has to be met."""

    id: Slug = Field(description="Its name in plans.")
    why: Line | None = Field(default=None, description="For people: shown where it is asked for.")
    when: Risk = Field(
        default_factory=Risk.model_construct,
        description="Which changes it is about; left out: all.",
    )
    who: list[Member] = Field(
        default=[],
        alias="from",
        description="Who approves: logins, teams (organisation/team) or mail addresses.",
    )
    roles: list[RoleName] = Field(
        default=[],
        description="Who approves, by role: admin, brand_manager. Without it and `from`: both.",
    )
    approvals: Approvals = Field(
        default=1, description="How many of them, neither the author nor the last pusher."
    )
