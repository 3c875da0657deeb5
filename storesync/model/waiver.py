"""An exception to a rule, with a reason, an end and a name under it."""

from pydantic import Field

from storesync.model.base import Day, Line, Model, Slug, Text


class Waiver(Model):
    """Sets a rule aside for this file and what lies below its folder, until a day."""

    rule: Slug = Field(description="Id of the rule, as in the message's brackets.")
    reason: Text = Field(description="Why the rule does not fit here.")
    until: Day = Field(description="Last day of the exception; after it the waiver is an error.")
    by: Line = Field(description="Who answers for the exception.")
