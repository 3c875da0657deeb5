"""A row on its way through an import: what is wrong with it, what is odd, what its cells say."""

from __future__ import annotations

from dataclasses import dataclass, field

from storesync.diagnostics import printable
from storesync.importing.finding import Finding
from storesync.importing.words import clean, restore, suspicions, unquote_error, unreadable


@dataclass(slots=True)
class Line:
    """A row by its number, with why it is rejected and what is odd about it."""

    row: int
    rejected: list[Finding] = field(default_factory=list, kw_only=True)
    warned: list[Finding] = field(default_factory=list, kw_only=True)

    def reject(self, header: str, rule: str, message: str) -> None:
        """Add a reason, told with its column where it is of one."""
        text = f"row {self.row}: {header}: {message}" if header else f"row {self.row}: {message}"
        self.rejected.append(Finding(self.row, header, rule, text))

    def warn(self, header: str, rule: str, message: str) -> None:
        """Add what is odd in a column."""
        self.warned.append(Finding(self.row, header, rule, f"row {self.row}: {header}: {message}"))

    def suspect(self, header: str, text: str) -> None:
        """Warn of what is suspicious in a text that is saved."""
        for rule, what in suspicions(text) if text else ():
            self.warn(header, rule, what)

    def text(self, header: str, cell: str, *, lines: bool = False) -> str:
        """Return a cell's text cleaned, with its line ends where `lines` says so.

        A cell with what no file may hold is rejected, and empty.
        """
        text = unquote_error(restore(cell))
        bad = unreadable(text)
        if bad:
            self.reject(header, "character", f"holds the {bad}, which no file may hold")
            return ""
        return clean_lines(text) if lines else clean(text)


def clean_lines(text: str) -> str:
    """Return a text as `clean` does, line by line."""
    return "\n".join(clean(each) for each in text.strip().splitlines())


def shown(text: str) -> str:
    """Return a cell's text for a message, in short."""
    return printable(text, limit=60)
