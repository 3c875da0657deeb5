"""What is odd or wrong in a table, with its row and column."""

from __future__ import annotations

from dataclasses import dataclass

from storesync.errors import UserError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing odd or wrong in one cell, row or column of a table.

    `row` is 1-based with the header as row 1, as a spreadsheet shows it; `column` is the header's
    own words, empty for the whole row. `rule` names the kind, for grouping: docs/importing.md has
    the list. Whether it is a warning or rejects its row is said by where it is kept.
    """

    row: int
    column: str
    rule: str
    message: str


class UnreadableTable(UserError):  # noqa: N818 - what it is, as UserError itself
    """A table of which no row can be trusted: wrong encoding, two equal headers, a zip bomb.

    The fault is in a user's file, so a command ends with exit code 1, not 2.
    """
