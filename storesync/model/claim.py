"""A claim that a brand may make: the words, and what they rest on."""

from pydantic import Field

from storesync.model.base import Day, Line, Model, Translated


class Claim(Model):
    """A superlative, a promise, or a word on health, prices or the environment."""

    says: Translated = Field(
        description="The words, as copy has them: {en: voted best café of Austin}"
    )
    because: Line = Field(description="What they rest on: a study, a prize, a certificate.")
    until: Day | None = Field(default=None, description="The last day on which they hold.")
