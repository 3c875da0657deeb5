"""One thing that a text states: what kind, which value, in which role, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from storesync.copywriting.facts.finding import Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A statement found in a text.

    `value` is plain and comparable: a Decimal for numbers, percentages and amounts, (year, month,
    day) with None where not said, a weekday from 0 for Monday, the minutes since midnight that a
    time may mean, digits of a phone, an address, the words of an offer or a claim. `role` is what
    the words around make of it. `unit` is a currency sign, or the words that are counted.
    `bound` is over, under or least where the text says that things lie above or below a number.
    `often` says that a time is of a day of every week, and that a number of hours is of opening.
    `about` are the words that say what a day or a time is of. `start` and `end` are offsets in the
    folded text, `first` and `last` in the original; `text` is as written there, `plain` without
    disguises.
    """

    kind: Kind
    value: Any
    start: int
    end: int
    role: str = ""
    unit: tuple[str, ...] = ()
    extra: Any = None
    bound: str = ""
    often: bool = False
    about: frozenset[str] = field(default=frozenset(), compare=False)
    text: str = field(default="", compare=False)
    plain: str = field(default="", compare=False)
    first: int = 0
    last: int = 0


Read = tuple[list[Item], int] | None  # what begins at a token, and the token after it
