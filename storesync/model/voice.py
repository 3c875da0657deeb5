"""`voice:` in brand.yaml: how a brand speaks, and the rules that its texts are held to.

The shapes of rules, their names and most of their fields are Vale's (vale.sh, "Checks"). Where
Vale has regular expressions there are phrases here: a rule comes from a pull request, and has to
be read by people who write copy.
"""

import enum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from storesync.diagnostics import Severity
from storesync.model.base import Count, Flag, Line, LocaleTag, Model, Number, Slug, VariableName

_MOST = 500


def read_phrase(value: str) -> str:
    """Refuse a phrase that finds nothing or too much. Raises ValueError that says what to write."""
    words = value.split()
    if not words:
        message = "write a word or a phrase"
        raise ValueError(message)
    if any(word.count("*") > 1 for word in words):
        message = "write at most one * in a word: it stands for any letters, as in discount*"
        raise ValueError(message)
    return value


def read_choices(value: str) -> str:
    """Refuse what cannot be written in a phrase's place. Raises ValueError that says what to do."""
    if "*" in value:
        message = "write the words themselves: * stands for nothing in them"
        raise ValueError(message)
    if not all(choice.strip() for choice in value.split("|")):
        message = "write words on both sides of |"
        raise ValueError(message)
    return value


Phrase = Annotated[Line, AfterValidator(read_phrase)]
Choices = Annotated[Line, AfterValidator(read_choices)]
Phrases = Annotated[list[Phrase], Field(min_length=1, max_length=_MOST)]


class Scope(enum.StrEnum):
    """What is counted over: a whole text, or each of its paragraphs or sentences."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


class Capitals(enum.StrEnum):
    """How capitals stand in a text."""

    SENTENCE = "sentence"
    TITLE = "title"
    LOWER = "lower"
    UPPER = "upper"
    FEW = "few"


class VoiceRule(Model):
    """What all shapes of rules have in common."""

    message: Line | None = Field(
        default=None, description="Said instead of the usual words; %s is what was found."
    )
    severity: Severity = Field(
        default=Severity.WARNING,
        strict=False,
        description="error: nothing with such words goes out. warning: it is told.",
    )
    locales: list[LocaleTag] = Field(
        default=[], description="Only texts in these languages; en is all English."
    )
    channels: list[Slug] = Field(
        default=[], description="Only texts that may go out on these channels."
    )
    variables: list[VariableName] = Field(
        default=[], description="Only values of these variables: [headline]"
    )
    exceptions: Annotated[list[Phrase], Field(max_length=_MOST)] = Field(
        default=[], description="Phrases in which it is all right."
    )
    ignorecase: Flag = Field(default=True, description="false: small and capital letters count.")


class Existence(VoiceRule):
    """Words that are not said."""

    extends: Literal["existence"] = Field(description="The shape of the rule.")
    tokens: Phrases = Field(description="Words and phrases; * stands for any letters of a word.")


class Substitution(VoiceRule):
    """Words that are said in other words."""

    extends: Literal["substitution"] = Field(description="The shape of the rule.")
    swap: Annotated[dict[Phrase, Choices], Field(min_length=1, max_length=_MOST)] = Field(
        description="Phrase and what to write instead; a|b offers both: {customer: guest}"
    )


class Occurrence(VoiceRule):
    """How often something may, or has to, be said."""

    extends: Literal["occurrence"] = Field(description="The shape of the rule.")
    token: Phrase = Field(description="What is counted; * alone is any word.")
    max: Count | None = Field(default=None, description="No more than this.")
    min: Count | None = Field(default=None, description="No fewer than this.")
    scope: Scope = Field(
        default=Scope.TEXT,
        strict=False,
        description="Counted over: text, paragraph or sentence.",
    )

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.max is None and self.min is None:
            message = "write max or min"
            raise ValueError(message)
        if self.max is not None and self.min is not None and self.max < self.min:
            message = "max is less than min"
            raise ValueError(message)
        return self


class Capitalization(VoiceRule):
    """Where capitals stand."""

    extends: Literal["capitalization"] = Field(description="The shape of the rule.")
    match: Capitals = Field(
        strict=False,
        description="sentence, title, lower, upper; few: at most `max` words in capitals alone.",
    )
    max: Count = Field(default=0, description="For `few`: how many words may be in capitals.")


class Conditional(VoiceRule):
    """Where one thing is said, another has to be."""

    extends: Literal["conditional"] = Field(description="The shape of the rule.")
    first: Phrase = Field(description="Where this is said in a file …")
    second: Phrase = Field(description="… this has to be said there in the same language.")


class Repetition(VoiceRule):
    """A word said twice in a row by mistake."""

    extends: Literal["repetition"] = Field(description="The shape of the rule.")


class Readability(VoiceRule):
    """How hard a text may be to read."""

    extends: Literal["readability"] = Field(description="The shape of the rule.")
    grade: Number | None = Field(
        default=None, description="English: highest Flesch-Kincaid grade, years of school."
    )
    lix: Number | None = Field(
        default=None, description="Other languages: highest LIX; 40 is a newspaper's."
    )
    min_words: Count = Field(
        default=20, description="Shorter texts are not measured: it would say nothing."
    )

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.grade is None and self.lix is None:
            message = "write grade, for English, or lix, for other languages"
            raise ValueError(message)
        return self


Rule = Annotated[
    Existence | Substitution | Occurrence | Capitalization | Conditional | Repetition | Readability,
    Field(discriminator="extends"),
]


class Voice(Model):
    """How the brand speaks; for people, for checks and for drafted copy."""

    tone: list[Line] = Field(default=[], description="How the brand sounds, a word or two each.")
    avoid: Annotated[list[Phrase], Field(max_length=_MOST)] = Field(
        default=[],
        description="Words that never appear in copy, in any language: errors, rule voice.avoid.",
    )
    rules: Annotated[dict[Slug, Rule], Field(max_length=200)] = Field(
        default={}, description="Rules of style by id; docs/voice.md shows each shape."
    )
