"""How many locations may say nearly the same on a channel that takes it for spam."""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from storesync.model.base import Model, read_decimal, read_integer

Share = Annotated[
    Decimal,
    Field(ge=Decimal("0.5"), le=1),
    BeforeValidator(read_decimal),
    WithJsonSchema({"type": "number", "minimum": 0.5, "maximum": 1}),
]
Many = Annotated[int, Field(ge=1), BeforeValidator(read_integer)]


class NearDuplicates(Model):
    """From when on texts count as one, and how many locations may share it."""

    share: Share = Field(
        default=Decimal("0.75"),
        description="Texts count as one where they share this much of their runs of three words.",
    )
    most: Many = Field(default=25, description="Most locations that may share one text.")
