"""A table as text: what the CSV and Excel readers make and everything else reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.words import unreadable

MAX_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: as many cells as the header has, text as it stood.

    `fault` says why the row cannot be read (its cells are then only good for showing); it is None
    for a sound row. `numbers` are the Excel cells that hold a number: column index -> the currency
    that the cell's format shows, or "".
    """

    number: int
    cells: tuple[str, ...]
    fault: Finding | None = None
    numbers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows.

    `numbers` tells of Excel columns that hold numbers and not text: column index -> how many
    cells, and the first one's name such as B2.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[Finding, ...] = ()
    numbers: Mapping[int, tuple[int, str]] = field(default_factory=dict)


def check_header(name: str, header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the header's words without spaces around them.

    Raises UnreadableTable where there are none, too many, two the same, or one that cannot be read.
    """
    words = tuple(" ".join(word.split()) for word in header)
    if not any(words):
        raise UnreadableTable(
            f"{name} is empty: no header in row 1", hint="row 1 names the columns"
        )
    if len(words) > MAX_COLUMNS:
        message = f"{name} has {len(words):,} columns, more than {MAX_COLUMNS}"
        raise UnreadableTable(
            message, hint="row 1 names the columns; delete what is beside the table"
        )
    seen: dict[str, int] = {}
    for index, word in enumerate(words):
        bad = unreadable(word)
        if bad:
            message = f"{name}: row 1, the header: column {index + 1} holds the {bad}"
            raise UnreadableTable(message, hint="type its name again")
        key = word.casefold()
        if key and key in seen:
            message = (
                f'{name}: row 1 has two columns named "{word[:60]}" (duplicate header): '
                f"the {_nth(seen[key])} and the {_nth(index)}"
            )
            raise UnreadableTable(message, hint="rename one of them, or delete it")
        seen[key] = index
    return words


def _nth(index: int) -> str:
    number = index + 1
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in {11, 12, 13} else 0)
    return f"{number}{ending or 'th'}"
