"""A row of a table of results -> what it counts, for what, or why it is rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from storesync.catalog.catalog import Campaign
from storesync.diagnostics import printable
from storesync.importing.amounts import is_unknown, read_amount, read_count
from storesync.importing.campaigns import Campaigns
from storesync.importing.columns import Columns
from storesync.importing.days import read_day
from storesync.importing.fields import fold
from storesync.importing.finding import Finding
from storesync.importing.measures import AMOUNTS, CHANNELS, COUNTS, LOCATIONS, OF_ALL, TOTALS
from storesync.importing.table import Row
from storesync.importing.words import clean, restore, suspicions, unquote_error, unreadable

KEY_HINT = "leave such rows out, or say in a mapping file (--map) what the column means"


@dataclass(slots=True)
class Line:
    """A row as read: what it counts, for what.

    `key` is campaign, channel, location and period; `locations` how many it says it is of.
    """

    row: int
    campaign: Campaign | None = None
    key: tuple[str, ...] = ()
    channel: str = ""
    numbers: dict[str, int | Decimal] = field(default_factory=dict)
    measured_on: date | None = None
    source: str = ""
    locations: int | None = None
    rejected: list[Finding] = field(default_factory=list)
    warned: list[Finding] = field(default_factory=list)

    def reject(self, header: str, rule: str, message: str) -> None:
        """Add a reason, told with its column where it is of one."""
        text = f"row {self.row}: {header}: {message}" if header else f"row {self.row}: {message}"
        self.rejected.append(Finding(self.row, header, rule, text))

    def warn(self, header: str, rule: str, message: str) -> None:
        """Add what is odd in a column."""
        self.warned.append(Finding(self.row, header, rule, f"row {self.row}: {header}: {message}"))


def read_line(row: Row, columns: Columns, campaigns: Campaigns, latest: date) -> Line:
    """Return a row as read; what is wrong with it is in `rejected`, what is odd in `warned`.

    After `latest` no number can have been taken.
    """
    line = Line(row.number)
    if row.fault is not None:
        line.rejected.append(row.fault)
        return line
    texts = {name: _text(line, name, row, columns) for name in columns.known}
    _read_key(line, texts, columns, campaigns)
    for name in (*COUNTS, *AMOUNTS):
        if not is_unknown(texts.get(name, "")):
            text, decimal = _as_number(texts[name], name, row, columns)
            _read_number(line, name, text, decimal, (columns, campaigns))
    if texts.get("measured_on"):
        _read_measured(line, texts["measured_on"], columns, latest)
    line.source = texts.get("source", "")
    for rule, what in suspicions(line.source) if line.source else ():
        line.warn(columns.header("source"), rule, what)
    if not is_unknown(texts.get(LOCATIONS, "")):
        text, decimal = _as_number(texts[LOCATIONS], LOCATIONS, row, columns)
        line.locations = _count_of(line, text, decimal, columns)
    if not line.numbers and not line.rejected:
        line.reject("", "no-number", "holds no number")
    return line


def _text(line: Line, name: str, row: Row, columns: Columns) -> str:
    text = unquote_error(restore(columns.text(name, row.cells)))
    bad = unreadable(text)
    if bad:
        message = f"holds the {bad}, which no file may hold"
        line.reject(columns.header(name), "character", message)
        return ""
    return clean(text)


def _read_key(line: Line, texts: Mapping[str, str], columns: Columns, campaigns: Campaigns) -> None:
    """Find out what a row is about: campaign, channel, and which location and period."""
    try:
        line.campaign = campaigns.find(texts.get("campaign", ""), texts.get("brand", ""))
    except ValueError as error:
        text = texts.get("campaign", "")
        message = f'"{_shown(text)}" {error}' if text else "is missing"
        line.reject(columns.header("campaign"), "unknown-campaign", message)
        return
    for name in ("channel", "location", "period"):
        if fold(texts.get(name, "")) in TOTALS:
            message = f'"{_shown(texts[name])}" adds other rows up; {KEY_HINT}'
            line.reject(columns.header(name), "total-row", message)
            return
    channel = texts.get("channel", "")
    line.channel = CHANNELS.get(fold(channel), "")
    if channel and not line.channel:
        message = f'"{_shown(channel)}" is no channel: there are web, email, sms and social'
        line.reject(columns.header("channel"), "unknown-channel", message)
    line.key = (
        line.campaign.name,
        line.channel,
        texts.get("location", "").casefold(),
        texts.get("period", "").casefold(),
    )
    own = campaigns.currency(line.campaign)
    currency = texts.get("currency", "").upper()
    if currency and own and currency != own and not {*AMOUNTS}.isdisjoint(columns.known):
        message = f"{_shown(currency)} is not the brand's currency: convert the amounts to {own}"
        line.reject(columns.header("currency"), "other-currency", message)


def _read_measured(line: Line, text: str, columns: Columns, latest: date) -> None:
    header = columns.header("measured_on")
    line.measured_on = read_day(text, columns.dates)
    if line.measured_on is None:
        message = f'"{_shown(text)}" is not a day written as {columns.dates}'
        line.reject(header, "invalid-day", message)
    elif line.measured_on > latest:
        line.reject(header, "invalid-day", f'"{_shown(text)}" is yet to come')


def _as_number(text: str, name: str, row: Row, columns: Columns) -> tuple[str, str]:
    """Return a cell's text with the currency that its format shows, and its decimal mark."""
    index = columns.fields[name][0] if name in columns.fields else -1
    if index not in row.numbers:
        return text, columns.decimal
    # A number of Excel was made a text by us, with a point, whatever the table's texts have.
    return f"{text} {row.numbers[index]}".strip() if name in AMOUNTS else text, "."


def _read_number(
    line: Line, name: str, text: str, decimal: str, known: tuple[Columns, Campaigns]
) -> None:
    columns, campaigns = known
    header = columns.header(name)
    if name not in OF_ALL and not line.channel:
        line.reject(header, "no-channel", "needs a column that says which channel it is of")
        return
    try:
        if name in COUNTS:
            line.numbers[name] = read_count(text, decimal)
            return
        value, currency = read_amount(text, decimal)
    except ValueError as error:
        line.reject(header, "invalid-number", f'"{_shown(text)}" {error}')
        return
    own = campaigns.currency(line.campaign) if line.campaign else ""
    if currency and own and currency != own:
        message = f'"{_shown(text)}" is not in the brand\'s currency: convert it to {own}'
        line.reject(header, "other-currency", message)
    elif name == "cost" and value < 0:
        line.reject(header, "invalid-number", f'"{_shown(text)}" is less than nothing')
    else:
        line.numbers[name] = value


def _count_of(line: Line, text: str, decimal: str, columns: Columns) -> int | None:
    try:
        return read_count(text, decimal)
    except ValueError as error:
        header = columns.header(LOCATIONS)
        line.reject(header, "invalid-number", f'"{_shown(text)}" {error}')
        return None


def _shown(text: str) -> str:
    return printable(text, limit=60)
