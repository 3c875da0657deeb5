"""What has to be said: legal texts that artifacts of some kind must hold word for word."""

from typing import Annotated

from pydantic import Field, StringConstraints

from storesync.model.base import Country, Line, Model, Slug, VariableName

TemplateRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]


class Disclosure(Model):
    """A legal text that must be seen wherever all that is named here holds."""

    legal: VariableName = Field(description="Id of the brand's legal text: sms_stop")
    channels: list[Slug] = Field(default=[], description="Only on these channels.")
    countries: list[Country] = Field(
        default=[], description="Only at locations in these countries."
    )
    tags: list[Slug] = Field(default=[], description="Only in campaigns with all of these tags.")
    reason: Line | None = Field(default=None, description="The law or the rule behind it.")


class WideDisclosure(Disclosure):
    """A disclosure of a brand or of all brands, which may be for some templates only."""

    templates: list[TemplateRef] = Field(
        default=[], description="Only what these templates give: shared/seasonal-offer"
    )
