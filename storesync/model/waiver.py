"""An exception to a rule, with a reason, an end and a name under it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from storesync.model.base import Day, Line, Model, Text

RULE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$"
RuleId = Annotated[str, StringConstraints(max_length=129, pattern=RULE_PATTERN)]


class Waiver(Model):
    """Sets a rule aside for this file and what lies below its folder, until a day."""

    rule: RuleId = Field(
        description="Id of the rule, as in the message's brackets: empty-part, voice.no-hurry"
    )
    reason: Text = Field(description="Why the rule does not fit here.")
    until: Day = Field(description="Last day of the exception; after it the waiver is an error.")
    by: Line = Field(description="Who answers for the exception.")
