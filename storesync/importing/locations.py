"""A table of locations and a brand's files -> what importing it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storesync.errors import UserError
from storesync.importing.columns import match_columns
from storesync.importing.differ import Changes, close_absent, differ
from storesync.importing.existing import Existing
from storesync.importing.finding import Finding
from storesync.importing.mapping import MappingFile
from storesync.importing.record import Record, Setting
from storesync.importing.rows import read_rows, table_findings
from storesync.importing.table import Table

# octoDNS has found these two to be what stops an accident and no ordinary day.
BRAKE_SHARE = 0.30
BRAKE_FROM = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked for. `at` is the day of the import.

    With `closes_on` the table is complete: locations that are not in it close on that day.
    """

    at: date
    closes_on: date | None = None
    modeline: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do; nothing is written yet.

    `rows` = created + updated + unchanged + rows in `rejected`. `existing` is how many locations
    the brand has before. `writes` maps paths from the repository's top to whole files, `before`
    to the bytes they had when they were read.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    removed: int
    existing: int
    rejected: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    writes: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)

    @property
    def rejected_rows(self) -> int:
        """Return how many rows stay out; a row may have several reasons."""
        return len({finding.row for finding in self.rejected})

    @property
    def is_large(self) -> bool:
        """Say whether more of the brand would change or close than happens on an ordinary day."""
        touched = self.updated + self.removed
        return self.existing >= BRAKE_FROM and touched > BRAKE_SHARE * self.existing


def import_locations(
    table: Table,
    mapping: MappingFile | None,
    existing: Existing,
    order: Order,
    advance: Callable[[int], object] = lambda _count: None,
) -> Import:
    """Return what importing a table into a brand would do.

    `advance` is told twice for each row that it is done: read, and compared. Raises
    UnreadableTable where the header cannot be used or no row follows, UserError where a complete
    table has rows that cannot be told apart from absent ones.
    """
    columns = match_columns(table, mapping)
    setting = _setting(existing)
    records = list(read_rows(table, columns, setting, order.at.year, advance))
    changes = differ(records, existing, order.at, modeline=order.modeline, advance=advance)
    if order.closes_on is not None:
        _close(changes, records, existing, order.closes_on)
    warnings = [*table.warnings, *columns.warnings, *changes.warnings]
    if changes.created:
        warnings += table_findings(columns, setting)
    return Import(
        rows=len(table.rows),
        created=len(changes.created),
        updated=len(changes.updated),
        unchanged=len(changes.unchanged),
        removed=len(changes.closed),
        existing=len(existing.locations) + len(existing.broken),
        rejected=tuple(sorted(changes.rejected, key=lambda each: each.row)),
        warnings=tuple(sorted(warnings, key=lambda each: each.row)),
        writes=changes.writes,
        before={
            stored.path: stored.raw
            for stored in existing.locations.values()
            if stored.path in changes.writes
        },
    )


def _setting(existing: Existing) -> Setting:
    def data_of(name: str) -> Mapping[str, Any] | None:
        stored = existing.find(name)
        return stored.data if stored else None

    top = existing.defaults.get("", {}).get("address", {})
    return Setting(existing.name, str(top.get("country", "")), data_of)


def _close(changes: Changes, records: list[Record], existing: Existing, day: date) -> None:
    nameless = [record.row for record in records if not record.id]
    if nameless:
        rows = ", ".join(map(str, nameless[:10]))
        message = (
            f"the table cannot be complete: of rows {rows} nobody can say which location they are"
        )
        raise UserError(message, hint="correct their ids, or import without --complete")
    present = {record.id for record in records}
    present |= {existing.former[name] for name in present if name in existing.former}
    close_absent(changes, existing, present, day)
