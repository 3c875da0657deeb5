"""A row of a table of results -> what it counts, for what, or why it is rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from storesync.catalog.catalog import Campaign
from storesync.importing.amounts import is_unknown, read_amount, read_count
from storesync.importing.campaigns import Campaigns
from storesync.importing.columns import Columns
from storesync.importing.days import read_day
from storesync.importing.fields import fold
from storesync.importing.line import Line, shown
from storesync.importing.measures import AMOUNTS, CHANNELS, COUNTS, LOCATIONS, OF_ALL, TOTALS
from storesync.importing.table import Row

KEY_HINT = "leave such rows out, or say in a mapping file (--map) what the column means"


@dataclass(slots=True)
class ResultsLine(Line):
    """A row as read: what it counts, for what.

    `key` is campaign, channel, location and period; `locations` how many it says it is of.
    """

    campaign: Campaign | None = None
    key: tuple[str, ...] = ()
    channel: str = ""
    numbers: dict[str, int | Decimal] = field(default_factory=dict)
    measured_on: date | None = None
    source: str = ""
    locations: int | None = None


def read_line(row: Row, columns: Columns, campaigns: Campaigns, latest: date) -> ResultsLine:
    """Return a row as read; what is wrong with it is in `rejected`, what is odd in `warned`.

    After `latest` no number can have been taken.
    """
    line = ResultsLine(row.number)
    if row.fault is not None:
        line.rejected.append(row.fault)
        return line
    texts = {
        name: line.text(columns.header(name), columns.text(name, row.cells))
        for name in columns.known
    }
    _read_key(line, texts, columns, campaigns)
    for name in (*COUNTS, *AMOUNTS):
        if not is_unknown(texts.get(name, "")):
            text, decimal = _as_number(texts[name], name, row, columns)
            _read_number(line, name, text, decimal, (columns, campaigns))
    if texts.get("measured_on"):
        _read_measured(line, texts["measured_on"], columns, latest)
    line.source = texts.get("source", "")
    line.suspect(columns.header("source"), line.source)
    if not is_unknown(texts.get(LOCATIONS, "")):
        text, decimal = _as_number(texts[LOCATIONS], LOCATIONS, row, columns)
        line.locations = _count_of(line, text, decimal, columns)
    if not line.numbers and not line.rejected:
        line.reject("", "no-number", "holds no number")
    return line


def _read_key(
    line: ResultsLine, texts: Mapping[str, str], columns: Columns, campaigns: Campaigns
) -> None:
    """Find out what a row is about: campaign, channel, and which location and period."""
    try:
        line.campaign = campaigns.find(texts.get("campaign", ""), texts.get("brand", ""))
    except ValueError as error:
        text = texts.get("campaign", "")
        message = f'"{shown(text)}" {error}' if text else "is missing"
        line.reject(columns.header("campaign"), "unknown-campaign", message)
        return
    for name in ("channel", "location", "period"):
        if fold(texts.get(name, "")) in TOTALS:
            message = f'"{shown(texts[name])}" adds other rows up; {KEY_HINT}'
            line.reject(columns.header(name), "total-row", message)
            return
    channel = texts.get("channel", "")
    line.channel = CHANNELS.get(fold(channel), "")
    if channel and not line.channel:
        message = f'"{shown(channel)}" is no channel: there are web, email, sms and social'
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
        message = f"{shown(currency)} is not the brand's currency: convert the amounts to {own}"
        line.reject(columns.header("currency"), "other-currency", message)


def _read_measured(line: ResultsLine, text: str, columns: Columns, latest: date) -> None:
    header = columns.header("measured_on")
    line.measured_on = read_day(text, columns.dates)
    if line.measured_on is None:
        message = f'"{shown(text)}" is not a day written as {columns.dates}'
        line.reject(header, "invalid-day", message)
    elif line.measured_on > latest:
        line.reject(header, "invalid-day", f'"{shown(text)}" is yet to come')


def _as_number(text: str, name: str, row: Row, columns: Columns) -> tuple[str, str]:
    """Return a cell's text with the currency that its format shows, and its decimal mark."""
    index = columns.fields[name][0] if name in columns.fields else -1
    if index not in row.numbers:
        return text, columns.decimal
    # A number of Excel was made a text by us, with a point, whatever the table's texts have.
    return f"{text} {row.numbers[index]}".strip() if name in AMOUNTS else text, "."


def _read_number(
    line: ResultsLine, name: str, text: str, decimal: str, known: tuple[Columns, Campaigns]
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
        line.reject(header, "invalid-number", f'"{shown(text)}" {error}')
        return
    own = campaigns.currency(line.campaign) if line.campaign else ""
    if currency and own and currency != own:
        message = f'"{shown(text)}" is not in the brand\'s currency: convert it to {own}'
        line.reject(header, "other-currency", message)
    elif name == "cost" and value < 0:
        line.reject(header, "invalid-number", f'"{shown(text)}" is less than nothing')
    else:
        line.numbers[name] = value


def _count_of(line: ResultsLine, text: str, decimal: str, columns: Columns) -> int | None:
    try:
        return read_count(text, decimal)
    except ValueError as error:
        header = columns.header(LOCATIONS)
        line.reject(header, "invalid-number", f'"{shown(text)}" {error}')
        return None
