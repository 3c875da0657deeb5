"""`templates/<brand or shared>/<template>/template.yaml`: what a template may be filled with."""

import enum
from typing import Annotated, Any

from pydantic import Field

from storesync.model.base import (
    Count,
    Flag,
    Line,
    Model,
    Number,
    Text,
    Translated,
    VariableName,
)
from storesync.model.parts import Disclosure, Waiver


class VariableType(enum.StrEnum):
    """What a value of a variable is."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    URL = "url"


NUMBERS = frozenset({VariableType.INTEGER, VariableType.NUMBER, VariableType.MONEY})


class Lock(enum.StrEnum):
    """Who may set a value: headquarters alone, or also a location within the bounds."""

    BRAND = "brand"
    LOCATION = "location"


class LocaleMode(enum.StrEnum):
    """Whether a location with several languages gets one artifact for each or one for all."""

    SEPARATE = "separate"
    TOGETHER = "together"


class Variable(Model):
    """A variable: its type, its bounds in the words of JSON Schema, and who may set it."""

    type: VariableType = Field(
        default=VariableType.STRING, strict=False, description="What a value is."
    )
    description: Text | None = Field(default=None, description="For the people who fill it in.")
    default: Any = Field(default=None, description="The value where nothing sets one.")
    required: Flag = Field(default=True, description="false: a campaign may leave it out.")
    lock: Lock = Field(
        default=Lock.BRAND,
        strict=False,
        description="Who may set it: headquarters alone, or a location too.",
    )
    enum: Annotated[list[Text], Field(min_length=1)] | None = Field(
        default=None, description="The only values there are."
    )
    minimum: Number | None = Field(default=None, description="No number below this.")
    maximum: Number | None = Field(default=None, description="No number above this.")
    minLength: Count | None = Field(default=None, description="Fewest characters.")  # noqa: N815 - the word of JSON Schema
    maxLength: Count | None = Field(default=None, description="Most characters.")  # noqa: N815 - the word of JSON Schema
    pattern: Text | None = Field(default=None, description="Whole-value regular expression.")
    unit: Line | None = Field(default=None, description="For people: percent, minutes.")
    fact: Flag | None = Field(
        default=None,
        description="Whether it states a fact. Left out: numbers, money, dates, what has a `unit`, "
        "and texts with figures or the brand's `claims` do.",
    )

    @property
    def is_number(self) -> bool:
        """Say whether its values are numbers, amounts of money included."""
        return self.type in NUMBERS

    @property
    def holds_words(self) -> bool:
        """Say whether its values are words for customers: texts, and none chosen from a list."""
        return self.type is VariableType.STRING and not self.enum


class TemplateFile(Model):
    """A template; its folder's name is its id, its parts are the `.j2` files beside it."""

    name: Line = Field(description="For people.")
    description: Text | None = Field(default=None, description="What it is for.")
    locales: LocaleMode = Field(
        default=LocaleMode.SEPARATE,
        strict=False,
        description="One artifact for each language, or one with all: separate or together.",
    )
    variables: dict[VariableName, Variable] = Field(
        default={}, description="What a campaign fills in, by name."
    )
    texts: dict[VariableName, Translated] = Field(
        default={}, description="Fixed words by language, used as {{ t.valid_until }}."
    )
    requires: list[Line] = Field(
        default=[], description="Legal texts that must exist: legal.one_per_customer"
    )
    disclosures: list[Disclosure] = Field(
        default=[], description="Legal texts that must be seen in what it gives, and where."
    )
    waive: list[Waiver] = Field(default=[], description="Exceptions to rules, for this template.")
    notes: Text | None = Field(default=None, description="For people.")
