"""`brands/<brand>/brand.yaml`: identity, languages, texts and limits of a brand."""

import enum
from typing import Annotated, Any

from pydantic import Field

from storesync.model.base import (
    Count,
    Currency,
    Line,
    LocaleTag,
    Model,
    Slug,
    Text,
    Translated,
    VariableName,
    WebAddress,
)
from storesync.model.late import Late
from storesync.model.parts import (
    Blackout,
    Claim,
    NearDuplicates,
    QuietHours,
    Requirement,
    Voice,
    Waiver,
    WideDisclosure,
)
from storesync.model.team import Team

# The rule of style that `voice.avoid` stands for.
AVOID = "avoid"


class Unfounded(enum.StrEnum):
    """How bad it is where people's copy states what no fact does."""

    WARNING = "warning"
    ERROR = "error"


HexColour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class BrandFile(Model):
    """A brand; the folder's name is its id."""

    name: Line = Field(description="The name customers know.")
    website: WebAddress | None = Field(
        default=None, description="The brand's own address; templates may link it."
    )
    locales: Annotated[list[LocaleTag], Field(min_length=1)] = Field(
        description="Languages of the brand, main one first; locations may differ."
    )
    currency: Currency = Field(description="Where a location does not say another: USD.")
    colours: dict[VariableName, HexColour] = Field(
        default={}, description="Colours by name, as #rrggbb; templates choose among them."
    )
    voice: Voice | None = Field(default=None, description="How the brand speaks.")
    values: dict[VariableName, Any] = Field(
        default={}, description="Values for template variables, everywhere in the brand."
    )
    legal: dict[VariableName, Translated] = Field(
        default={}, description="Legal texts by id; a template names those it needs."
    )
    disclosures: list[WideDisclosure] = Field(
        default=[], description="Legal texts that must be seen, and where."
    )
    products: dict[Slug, Translated] = Field(
        default={}, description="What offers are about: id and the name customers know."
    )
    categories: dict[Slug, list[Slug]] = Field(
        default={},
        description="Regulated categories and the products in them: {alcohol: [mulled-wine]}",
    )
    claims: list[Line | Claim] = Field(
        default=[],
        description="Words that promise something: a text with one is a fact. With what they rest "
        "on, copy may say them: {says: organic, because: certificate DE-006}",
    )
    facts: list[Translated] = Field(
        default=[], description="What holds everywhere in the brand: roasted in Seattle on Mondays."
    )
    unfounded: Unfounded = Field(
        default=Unfounded.WARNING,
        strict=False,
        description="What it is where people's copy states what no fact does: warning or error. "
        "In drafted copy, and where it says other than the offer, it always is an error.",
    )
    blackouts: list[Blackout] = Field(default=[], description="Times when nothing new goes out.")
    quiet_hours: list[QuietHours] = Field(
        default=[], description="Times of day when messages wait."
    )
    near_duplicates: dict[Slug, NearDuplicates] = Field(
        default={},
        description="When texts of locations are too much alike, by channel; social is looked at "
        "without it: {social: {share: 0.75, most: 25}}",
    )
    max_per_week: dict[Slug, Count] = Field(
        default={}, description="Most campaigns that may start at one location: {sms: 1}"
    )
    team: Late[Team] = Field(
        default_factory=Team.model_construct,
        description="Who may do what, and who decides for whom.",
    )
    requirements: list[Requirement] = Field(
        default=[], description="Who else approves what is risky, in this brand."
    )
    formerly: list[Slug] = Field(default=[], description="Earlier ids of this brand.")
    waive: list[Waiver] = Field(default=[], description="Exceptions to rules, for the whole brand.")
    notes: Text | None = Field(default=None, description="For people; never shown to customers.")
