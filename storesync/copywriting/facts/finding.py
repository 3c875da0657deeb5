"""What is unfounded in a text: what it is, where it stands, and what is declared instead."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """What a piece of copy states; a fact can found only statements of its own kind."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    WEEKDAY = "weekday"
    TIME = "time"
    PHONE = "phone"
    URL = "url"
    PLACE = "place"
    PRODUCT = "product"
    OFFER = "offer"
    CLAIM = "claim"
    LEAK = "leak"  # an echo of what a model was told


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a text states and no declared fact does.

    `text` is as written, `text == original[start:end]`. `contradicts` says that facts of this
    kind are declared and none agrees; otherwise nothing of the kind is declared. `role` is what
    the words around an amount make of it, such as off, empty where they say nothing.
    """

    kind: Kind
    text: str
    start: int
    end: int
    message: str
    contradicts: bool
    role: str = ""
