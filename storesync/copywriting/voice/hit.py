"""What a rule of style found, and where in the text."""

from __future__ import annotations

from dataclasses import dataclass

from storesync.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a campaign, in one language. `is_whole` says that it is no part of a sentence.

    `variable` is empty for what is no variable's value, such as a template's fixed words.
    """

    text: str
    locale: str
    variable: str = ""
    channels: frozenset[str] = frozenset()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """What the brand's rule `rule` found from `start` to `end` in the text of a passage.

    `fix` is what to write there instead, None where that is for a person to say; `hint` says it
    in words, or what else to do.
    """

    rule: str
    severity: Severity
    passage: Passage
    start: int
    end: int
    message: str
    hint: str = ""
    fix: str | None = None

    @property
    def found(self) -> str:
        """Return the words that it is about."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found in what is read, before it is told of: see `Hit`."""

    start: int
    end: int
    message: str
    hint: str = ""
    fix: str | None = None
