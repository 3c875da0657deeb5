"""`campaigns/<campaign>/copy/<channel>.<locale>.yaml`: drafted words, and where they came from."""

from typing import Annotated

from pydantic import Field

from storesync.model.base import (
    HASH_PATTERN,
    Amount,
    Count,
    Currency,
    Line,
    Model,
    Number,
    Slug,
    Text,
    VariableName,
)
from storesync.model.late import Late
from storesync.model.parts import Waiver
from storesync.model.vary import Vary

Hash = Annotated[str, Field(pattern=HASH_PATTERN)]


class ExampleUsed(Model):
    """A past campaign that the copywriter was shown."""

    campaign: Slug = Field(description="Its id, in the same brand.")
    commit: Line = Field(description="The commit its words were read from.")
    channels: list[Slug] = Field(
        default=[], description="Where its words stood; left out: on the copy's own channel."
    )
    language: Line | None = Field(
        default=None, description="What they are in; left out: the copy's own language."
    )


class Tokens(Model):
    """What a model read and wrote, in its own units."""

    input: Count = Field(description="Read.")
    output: Count = Field(description="Written.")


class Provenance(Model):
    """How the words were made; written by `storesync generate`, not by people."""

    copywriter: Slug = Field(description="The plug-in.")
    model: Line = Field(description="The model, as its server names it.")
    parameters: dict[VariableName, Line] = Field(
        default={}, description="What the model was told besides the brief: {temperature: 0.4}"
    )
    brief: Hash = Field(description="SHA-256 of the whole brief.")
    facts: Hash = Field(description="SHA-256 of the facts that the words themselves rest on.")
    slots: Hash = Field(description="SHA-256 of the values that are filled into the words.")
    values: Hash | None = Field(
        default=None, description="SHA-256 of the words: whoever edits them makes them their own."
    )
    examples: list[ExampleUsed] = Field(default=[], description="What worked before.")
    checks: list[Slug] = Field(default=[], description="The checks that the words passed.")
    tokens: Tokens = Field(description="Over all attempts.")
    attempts: Count = Field(description="How often the model was asked.")
    cost: Amount | None = Field(default=None, description="By the prices in storesync.yaml.")
    currency: Currency | None = Field(default=None, description="Of the cost.")
    seconds: Number = Field(description="How long it took.")
    made_at: Line = Field(description="When, in UTC: 2026-11-28T20:15Z")


class CopyFile(Model):
    """Words for one channel in one language; the file's name tells which."""

    values: Annotated[dict[VariableName, Text | Vary], Field(min_length=1)] = Field(
        description="Texts by variable. Facts come in through slots: {{ discount_percentage }}"
    )
    provenance: Late[Provenance] | None = Field(
        default=None, description="How they were made; without it, a person wrote them."
    )
    waive: list[Waiver] = Field(default=[], description="Exceptions to rules, for these words.")
    notes: Text | None = Field(default=None, description="For people; never shown to customers.")
