"""`vary:` in copy: texts that say the same, one for each location."""

from typing import Annotated

from pydantic import Field

from storesync.model.base import Model, Text


class Vary(Model):
    """Texts that say the same; each location shows one of them, always the same one."""

    vary: Annotated[list[Text], Field(min_length=2, max_length=50)] = Field(
        description="The texts to choose among."
    )
