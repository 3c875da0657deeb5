"""A row of a table of values -> what a location's own file has to say, or why it is rejected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from storesync.catalog.catalog import Location
from storesync.importing.amounts import read_amount
from storesync.importing.campaign_values import CampaignValues
from storesync.importing.columns import Columns
from storesync.importing.days import read_day, read_moment
from storesync.importing.fields import At
from storesync.importing.line import Line, shown
from storesync.importing.table import Row
from storesync.importing.words import tidy
from storesync.model.campaign import Answer
from storesync.model.template import Lock, Variable, VariableType
from storesync.resolve.convert import convert
from storesync.resolve.vary import VARY

_TEMPLATE = re.compile(r"\{\{|\{%|\{#")


@dataclass(slots=True)
class ValuesLine(Line):
    """A row as read: what its location's own file has to say that holds not yet, by its place."""

    location: Location | None = None
    sets: dict[At, Any] = field(default_factory=dict)


def read_line(
    row: Row, columns: Columns, values: CampaignValues, reason: str, *, near: bool = True
) -> ValuesLine:
    """Return a row as read; what is wrong with it is in `rejected`, what is odd in `warned`.

    `reason` is why, where neither the row nor the location's file says so. `near`: of a location
    that is unknown it is said which has a similar id.
    """
    line = ValuesLine(row.number)
    if row.fault is not None:
        line.rejected.append(row.fault)
        return line
    name = line.text(columns.header("location"), columns.text("location", row.cells))
    try:
        line.location = values.find(name, near=near) if name else None
    except ValueError as error:
        line.reject(columns.header("location"), "unknown-location", f'"{shown(name)}" {error}')
        return line
    if line.location is None:
        line.reject(columns.header("location"), "no-id", "is missing")
        return line
    if line.location.id in values.broken:
        line.reject("", "broken-file", f"correct it first: {values.broken[line.location.id]}")
        return line
    _Reader(line, row, columns, values, line.location).read(reason)
    return line


@dataclass(frozen=True)
class _Reader:
    """Reads the cells of one row."""

    line: ValuesLine
    row: Row
    columns: Columns
    values: CampaignValues
    location: Location

    def read(self, reason: str) -> None:
        holding = self.values.holding(self.location)
        for name, known in self.columns.known.items():
            if known.kind == "value":
                variable, *language = known.at[1:]
                self._value(name, variable, "".join(language), holding)
        self._participation()
        if not self.line.sets and self.values.own(self.location.id) is None:
            return  # a reason alone is of nothing
        self._why(reason)
        self._until()

    def _cell(self, name: str) -> str:
        header, cell = self.columns.header(name), self.columns.text(name, self.row.cells)
        return self.line.text(header, cell, lines=True)

    def reject(self, name: str, rule: str, message: str) -> None:
        """Add a reason, told with the table's own word for a column."""
        self.line.reject(self.columns.header(name), rule, message)

    def _value(self, column: str, name: str, language: str, holding: dict[str, Any]) -> None:
        """Set a variable where a cell says something else than what holds."""
        variable, current = self.values.variables[name], holding.get(name)
        texts = current if isinstance(current, Mapping) and VARY not in current else {}
        now = texts.get(language) if language and texts else current
        cell = self._cell(column)
        if not cell or _says(now, cell):
            return
        if texts and not language:
            message = f"is written by language here: name the column {column}.{next(iter(texts))}"
            self.reject(column, "by-language", message)
            return
        try:
            value = self._typed(column, variable, cell)
            if _same(variable, now, value):
                return
            if language:
                main = self.location.locales[0] if self.location.locales else language
                others = texts or ({main: current} if isinstance(current, str) else {})
                value = {**others, language: value}
            convert(variable, _plain(value))
        except ValueError as error:
            self.reject(column, "invalid-value", f'"{shown(cell)}": {error}')
            return
        if variable.lock is Lock.BRAND:
            message = f'"{shown(cell)}" differs, and only headquarters sets it (lock: brand)'
            self.reject(column, "locked-value", message)
        elif isinstance(value, str | Mapping) and _TEMPLATE.search(cell):
            self.reject(column, "template", f'"{shown(cell)}" holds what customers would read')
        else:
            self.line.suspect(self.columns.header(column), cell)
            self.line.sets[self.values.place(name, self.location.id)] = value
            holding[name] = value  # its text in another language has a column of its own

    def _typed(self, column: str, variable: Variable, cell: str) -> Any:
        """Return a cell as its variable's type. Raises ValueError that says what to write."""
        if variable.is_number:
            return self._number(column, variable, cell)
        if variable.type is VariableType.BOOLEAN:
            return {"true": True, "false": False}.get(cell.casefold(), cell)
        if variable.type is VariableType.DATE:
            return read_day(cell, self.columns.dates) or cell
        return cell

    def _number(self, column: str, variable: Variable, cell: str) -> Any:
        index = self.columns.fields.get(column, (-1, ""))[0]
        is_number = index in self.row.numbers
        text = cell.removesuffix("%").rstrip() if variable.unit == "percent" else cell
        # A number of Excel was made a text by us, with a point, whatever the table's texts have.
        value, currency = read_amount(text, "." if is_number else self.columns.decimal)
        currency = currency or (self.row.numbers[index] if is_number else "")
        if currency and (
            variable.type is not VariableType.MONEY or currency != self.location.currency
        ):
            own = self.location.currency if variable.type is VariableType.MONEY else "none"
            message = f"the currency here is {own}: write the number alone"
            raise ValueError(message)
        return int(value) if value == value.to_integral_value() else value

    def _participation(self) -> None:
        cell = self._cell("participation").casefold()
        own = self.values.own(self.location.id)
        if not cell or (own is not None and own.participation == cell):
            return
        if cell not in {*Answer}:
            self.reject("participation", "invalid-value", f'"{shown(cell)}": write in or out')
            return
        self.line.sets["participation",] = cell

    def _why(self, reason: str) -> None:
        """Set the reason that the row gives, else for what changes the one for all rows."""
        own = self.values.own(self.location.id)
        before = own.reason if own and own.reason else ""
        why = self._cell("reason") or before
        if self.line.sets and not why:
            why = self.line.text("--reason", reason, lines=True)
            if not why:
                message = "values differ, and nothing says why: fill it in, or add --reason TEXT"
                self.reject("reason", "missing-reason", message)
        if why and not _says(before, why):
            self.line.sets["reason",] = why

    def _until(self) -> None:
        own = self.values.own(self.location.id)
        cell = self._cell("until")
        if not cell:
            return
        until = read_moment(cell, self.columns.dates)
        if until is None:
            message = (
                f'"{shown(cell)}" is no day written as {self.columns.dates}, alone or with a time'
                " such as 18:00"
            )
            self.reject("until", "invalid-day", message)
        elif own is None or own.until != until:
            self.line.sets["until",] = until


def _says(current: Any, cell: str) -> bool:
    """Say whether a value as written is, word for word, what a cell says."""
    return (
        current is not None
        and not isinstance(current, Mapping)
        and (tidy(as_cell(current)) == tidy(cell))
    )


def as_cell(value: Any) -> str:
    """Return a value that holds as the text of a cell; "" for what no cell can show."""
    if value is None or isinstance(value, Mapping | list):
        return ""
    if isinstance(value, datetime):  # with its T, or midnight would be taken for a mere day
        return value.isoformat(timespec="minutes")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(value: Any) -> Any:
    """Return a value as files are read: a day is a text in them."""
    return value.isoformat() if isinstance(value, date) else value


def _same(variable: Variable, current: Any, value: Any) -> bool:
    """Say whether a value is the same as one that holds, though it is written otherwise."""
    if current is None or isinstance(current, Mapping | list):
        return False
    try:
        now, then = convert(variable, current), convert(variable, _plain(value))
        if variable.is_number:
            return Decimal(now) == Decimal(then)
        return bool(now == then)
    except ValueError:  # what holds is wrong, or what shall hold: told where that is read
        return False
