"""A table of results and a repository's campaigns -> what importing it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from storesync.catalog.catalog import Campaign
from storesync.diagnostics import printable
from storesync.importing.amounts import is_unknown, read_amount, read_count
from storesync.importing.campaigns import Campaigns
from storesync.importing.columns import Columns, match_columns
from storesync.importing.days import read_day
from storesync.importing.fields import fold
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.locations import Import
from storesync.importing.mapping import MappingFile
from storesync.importing.measures import AMOUNTS, CHANNELS, COUNTS, OF_ALL, RESULTS, TOTALS
from storesync.importing.results_file import ResultsOrder, Totals, write_results
from storesync.importing.table import Row, Table
from storesync.importing.words import clean, restore, unreadable

_KEY_HINT = "leave such rows out, or say in a mapping file (--map) what the column means"


@dataclass(slots=True)
class _Line:
    """A row as read: what it counts, for what."""

    row: int
    campaign: Campaign | None = None
    key: tuple[str, ...] = ()
    channel: str = ""
    numbers: dict[str, int | Decimal] = field(default_factory=dict)
    measured_on: date | None = None
    source: str = ""
    rejected: list[Finding] = field(default_factory=list)

    def reject(self, header: str, rule: str, message: str) -> None:
        text = f"row {self.row}: {header}: {message}" if header else f"row {self.row}: {message}"
        self.rejected.append(Finding(self.row, header, rule, text))


def import_results(
    table: Table, mapping: MappingFile | None, campaigns: Campaigns, order: ResultsOrder
) -> Import:
    """Return what importing a table of results would do; rows are counted by their file's fate.

    Rows of several locations or periods of a campaign are added up. A campaign of which one row is
    rejected stays out as a whole: its sum would be too low. Raises UnreadableTable where the
    header cannot be used or no row follows.
    """
    if not table.rows:
        message = f"{table.name} has no rows below its header"
        raise UnreadableTable(message, hint="is it the right file, and its right sheet?")
    columns = match_columns(table, mapping, RESULTS)
    if not columns.known.keys() & {*COUNTS, *AMOUNTS}:
        message = f"{table.name}: no column holds a number: clicks, redemptions, revenue …"
        raise UnreadableTable(message, hint="say in a mapping file (--map) what the columns mean")
    lines = [_read(row, columns, campaigns) for row in table.rows]
    _reject_twice(lines, columns)
    _reject_sums(lines, columns)
    _reject_incomplete(lines)
    warnings = [*table.warnings, *columns.warnings]
    writes: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    counts = Counter(created=0, updated=0, unchanged=0)
    for campaign, own in _by_campaign(lines):
        totals, found = _added(own, columns)
        warnings += found
        path = f"brands/{campaign.brand}/campaigns/{campaign.id}/results.yaml"
        raw = campaigns.before.get(path)
        stored = campaign.results
        text = write_results(path, (stored, raw) if stored and raw else None, totals, order)
        fate = "unchanged" if text is None else "updated" if raw else "created"
        counts[fate] += len(own)
        if text is not None:
            writes[path] = text.encode()
            before |= {path: raw} if raw else {}
    return Import(
        rows=len(table.rows),
        removed=0,
        existing=len(campaigns.before),
        rejected=tuple(finding for line in lines for finding in line.rejected),
        warnings=tuple(sorted(warnings, key=lambda each: each.row)),
        writes=writes,
        before=before,
        **counts,
    )


def _read(row: Row, columns: Columns, campaigns: Campaigns) -> _Line:
    line = _Line(row.number)
    if row.fault is not None:
        line.rejected.append(row.fault)
        return line
    texts = {name: _text(line, name, row, columns) for name in columns.known}
    _read_key(line, texts, columns, campaigns)
    for name in (*COUNTS, *AMOUNTS):
        if not is_unknown(texts.get(name, "")):
            _read_number(line, name, texts[name], (columns, campaigns))
    if texts.get("measured_on"):
        line.measured_on = read_day(texts["measured_on"], columns.dates)
        if line.measured_on is None:
            message = f'"{_shown(texts["measured_on"])}" is not a day written as {columns.dates}'
            line.reject(columns.header("measured_on"), "invalid-day", message)
    line.source = texts.get("source", "")
    if not line.numbers and not line.rejected:
        line.reject("", "no-number", "holds no number")
    return line


def _text(line: _Line, name: str, row: Row, columns: Columns) -> str:
    text = restore(columns.text(name, row.cells))
    bad = unreadable(text)
    if bad:
        message = f"holds the {bad}, which no file may hold"
        line.reject(columns.header(name), "character", message)
        return ""
    return clean(text)


def _read_key(
    line: _Line, texts: Mapping[str, str], columns: Columns, campaigns: Campaigns
) -> None:
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
            message = f'"{_shown(texts[name])}" adds other rows up; {_KEY_HINT}'
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


def _read_number(line: _Line, name: str, text: str, known: tuple[Columns, Campaigns]) -> None:
    columns, campaigns = known
    header = columns.header(name)
    if name not in OF_ALL and not line.channel:
        line.reject(header, "no-channel", "needs a column that says which channel it is of")
        return
    try:
        if name in COUNTS:
            line.numbers[name] = read_count(text, columns.decimal)
            return
        value, currency = read_amount(text, columns.decimal)
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


def _reject_twice(lines: list[_Line], columns: Columns) -> None:
    """Reject rows that say again what an earlier one says: added up, they would count twice."""
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        if line.rejected or not line.key:
            continue
        first = seen.setdefault(line.key, line.row)
        if first != line.row:
            what = f"{line.key[0]}{f', {line.channel}' if line.channel else ''}"
            message = (
                f"is a second row of {what}, after row {first}; rows add up only where a column"
                " says which location or period each is of"
            )
            line.reject(columns.header("campaign"), "duplicate-row", message)


def _reject_sums(lines: list[_Line], columns: Columns) -> None:
    """Reject rows that name no location, or no period, where others of their campaign do.

    Such a row may be what the others add up to.
    """
    for place, name in ((2, "location"), (3, "period")):
        named = {line.key[:2] for line in lines if line.key and line.key[place]}
        for line in lines:
            if not line.rejected and line.key[:2] in named and not line.key[place]:
                message = (
                    f"is empty, and not in other rows: they may add up to this one; {_KEY_HINT}"
                )
                line.reject(columns.header(name), "total-row", message)


def _reject_incomplete(lines: list[_Line]) -> None:
    """Reject the other rows of a campaign of which one is rejected."""
    spoiled = {
        line.campaign.name: line.row
        for line in reversed(lines)
        if line.rejected and line.campaign is not None
    }
    for line in lines:
        if line.campaign is not None and not line.rejected and line.campaign.name in spoiled:
            row = spoiled[line.campaign.name]
            message = f"row {row} of the same campaign is rejected, so its sum would be too low"
            line.reject("", "incomplete-campaign", message)


def _by_campaign(lines: list[_Line]) -> list[tuple[Campaign, list[_Line]]]:
    found: dict[str, tuple[Campaign, list[_Line]]] = {}
    for line in lines:
        if not line.rejected and line.campaign is not None:
            found.setdefault(line.campaign.name, (line.campaign, []))[1].append(line)
    return list(found.values())


def _added(lines: list[_Line], columns: Columns) -> tuple[Totals, list[Finding]]:
    """Return the sums of a campaign's rows, by channel ("" for all), and what is odd about them."""
    sums: dict[tuple[str, str], int | Decimal] = {}
    warnings = []
    by_channel: dict[str, list[_Line]] = {}
    for line in lines:
        by_channel.setdefault(line.channel, []).append(line)
    for channel, own in by_channel.items():
        for name in (*COUNTS, *AMOUNTS):
            known = [line for line in own if name in line.numbers]
            if not known:
                continue
            sums[channel, name] = sum(line.numbers[name] for line in known)
            if len(known) < len(own):
                lacking = next(line.row for line in own if name not in line.numbers)
                message = (
                    f"{columns.header(name)}: {len(own) - len(known)} of {len(own)} rows of"
                    f" {own[0].key[0]} say nothing; the sum is of the others"
                )
                warnings.append(Finding(lacking, columns.header(name), "partial-sum", message))
        warnings += _odd(own[0], channel, sums, columns)
    days = [line.measured_on for line in lines if line.measured_on is not None]
    sources = dict.fromkeys(line.source for line in lines if line.source)
    return Totals(sums, max(days, default=None), ", ".join(sources)[:300]), warnings


def _odd(
    line: _Line, channel: str, sums: Mapping[tuple[str, str], int | Decimal], columns: Columns
) -> list[Finding]:
    clicks, seen = (sums.get((channel, name)) for name in ("clicks", "impressions"))
    if clicks is None or seen is None or clicks <= seen:
        return []
    header = columns.header("clicks")
    of = f"{line.key[0]}{f', {channel}' if channel else ''}"
    message = f"{header}: {of} has {clicks} clicks on {seen} impressions: are the columns swapped?"
    return [Finding(line.row, header, "more-clicks", message)]


def _shown(text: str) -> str:
    return printable(text, limit=60)
