"""What one row of a table says about one location."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storesync.diagnostics import printable
from storesync.importing.columns import Columns
from storesync.importing.fields import At
from storesync.importing.finding import Finding
from storesync.importing.spreadsheet import likely_made

_AS_TEXT = "if that is wrong, format the cell as text and type it again"


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading a row needs to know besides the row.

    `data_of` returns what an id's files say now, None for a new location; `country` is that of new
    ones in a table without countries.
    """

    brand_name: str
    country: str = ""
    data_of: Callable[[str], Mapping[str, Any] | None] = lambda _id: None


@dataclass(slots=True)
class Record:
    """A row, read. With anything in `rejected` the rest is not to be used, but for a known `id`.

    `values` maps places in a location file to what the row says; `raw` to the cell's own words.
    `fallback` holds what a new location gets where the row has nothing better. `no_zone` says why
    no time zone was found; `dialling` is the country whose phone numbers the place has. `folder` is
    that of a new location, below `locations/`, with the region that it would share; `placed` where
    the table names it. `now` is what the location's files say, None for a new one.
    `year` is the one whose clock changes count.
    """

    row: int
    columns: Columns
    year: int
    id: str = ""
    folder: str = ""
    country: str = ""
    dialling: str = ""
    region: str = ""
    placed: bool = False
    now: Mapping[str, Any] | None = None
    values: dict[At, Any] = field(default_factory=dict)
    raw: dict[At, str] = field(default_factory=dict)
    fallback: dict[At, Any] = field(default_factory=dict)
    no_zone: str = ""
    warnings: list[Finding] = field(default_factory=list)
    rejected: list[Finding] = field(default_factory=list)

    def warn(self, name: str, rule: str, message: str) -> None:
        """Note something odd in the column of a field."""
        header = self.columns.header(name)
        self.warnings.append(Finding(self.row, header, rule, f"{header}: {message}"))

    def warn_if_made(self, name: str, text: str, only: str = "", saved: str = "") -> None:
        """Note a text that a spreadsheet likely made of something else, and that is saved.

        `only` is the one rule that counts, `saved` what it is saved as where that differs.
        """
        rule, what = likely_made(text)
        if rule and only in {"", rule}:
            shown = f'"{printable(text, limit=60)}"'
            message = f"{shown} looks like a {what} and is saved as {saved or shown}: {_AS_TEXT}"
            self.warn(name, rule, message)

    def reject(self, name: str, rule: str, message: str) -> None:
        """Note what keeps the row out."""
        header = self.columns.header(name)
        text = f"row {self.row}: {header}: {message}"
        self.rejected.append(Finding(self.row, header, rule, text))
