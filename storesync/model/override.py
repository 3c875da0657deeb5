"""What one location has otherwise in a campaign: its answer, its own offer and values."""

from typing import Any

from pydantic import Field

from storesync.model.base import DayOrMoment, Model, Text, VariableName
from storesync.model.campaign import Answer, Offer
from storesync.model.parts import Waiver


class OverrideFile(Model):
    """`campaigns/<campaign>/locations/<location>.yaml`: a location's own answer and values."""

    participation: Answer | None = Field(
        default=None, strict=False, description="This location's answer."
    )
    reason: Text | None = Field(default=None, description="Why; needed with an answer or values.")
    offer: Offer | None = Field(default=None, description="What differs in the offer here.")
    values: dict[VariableName, Any] = Field(
        default={},
        description="What differs in the values here; only variables with `lock: location`.",
    )
    until: DayOrMoment | None = Field(default=None, description="Own values end here.")
    waive: list[Waiver] = Field(
        default=[], description="Exceptions to rules, for this location in this campaign."
    )
    notes: Text | None = Field(default=None, description="For people; never shown to customers.")
