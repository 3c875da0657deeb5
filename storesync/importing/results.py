"""A table of results and a repository's campaigns -> what importing it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from storesync.catalog.catalog import Campaign
from storesync.importing.campaigns import Campaigns
from storesync.importing.columns import Columns, match_columns
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.locations import Import
from storesync.importing.mapping import MappingFile
from storesync.importing.measures import (
    AMOUNTS,
    COUNTS,
    LOCATIONS,
    RESULTS,
)
from storesync.importing.results_file import ResultsOrder, Totals, write_results
from storesync.importing.results_row import KEY_HINT, ResultsLine, read_line
from storesync.importing.table import Table


def import_results(
    table: Table, mapping: MappingFile | None, campaigns: Campaigns, order: ResultsOrder
) -> Import:
    """Return what importing a table of results would do; rows are counted by their file's fate.

    Rows of several locations or periods of a campaign are added up. A campaign of which one row is
    rejected stays out as a whole: its sum would be too low. Raises UnreadableTable where the
    header cannot be used or no row follows.
    """
    columns = match_columns(table, mapping, RESULTS)
    if not columns.known.keys() & {*COUNTS, *AMOUNTS}:
        message = f"{table.name}: no column holds a number: clicks, redemptions, revenue …"
        raise UnreadableTable(message, hint="say in a mapping file (--map) what the columns mean")
    # Where it is tomorrow already, numbers have tomorrow's day.
    latest = order.at + timedelta(days=1)
    lines = [read_line(row, columns, campaigns, latest) for row in table.rows]
    _reject_twice(lines, columns)
    _reject_sums(lines, columns)
    _reject_incomplete(lines)
    warnings = [*table.warnings, *columns.warnings]
    warnings += [finding for line in lines for finding in line.warned]
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


def _reject_twice(lines: list[ResultsLine], columns: Columns) -> None:
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


def _reject_sums(lines: list[ResultsLine], columns: Columns) -> None:
    """Reject rows that name no location, or no period, where others of their campaign do.

    Such a row may be what the others add up to.
    """
    for place, name in ((2, "location"), (3, "period")):
        named = {line.key[:2] for line in lines if line.key and line.key[place]}
        for line in lines:
            if not line.rejected and line.key[:2] in named and not line.key[place]:
                message = (
                    f"is empty, and not in other rows: they may add up to this one; {KEY_HINT}"
                )
                line.reject(columns.header(name), "total-row", message)


def _reject_incomplete(lines: list[ResultsLine]) -> None:
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


def _by_campaign(lines: list[ResultsLine]) -> list[tuple[Campaign, list[ResultsLine]]]:
    found: dict[str, tuple[Campaign, list[ResultsLine]]] = {}
    for line in lines:
        if not line.rejected and line.campaign is not None:
            found.setdefault(line.campaign.name, (line.campaign, []))[1].append(line)
    return list(found.values())


def _added(lines: list[ResultsLine], columns: Columns) -> tuple[Totals, list[Finding]]:
    """Return the sums of a campaign's rows, by channel ("" for all), and what is odd about them."""
    sums: dict[tuple[str, str], int | Decimal] = {}
    warnings = []
    by_channel: dict[str, list[ResultsLine]] = {}
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
    if count := _locations(lines):
        sums["", LOCATIONS] = count
    days = [line.measured_on for line in lines if line.measured_on is not None]
    sources = dict.fromkeys(line.source for line in lines if line.source)
    return Totals(sums, max(days, default=None), ", ".join(sources)[:300]), warnings


def _locations(lines: list[ResultsLine]) -> int:
    """Return how many locations a campaign's rows are of; 0 where they do not tell.

    Rows of channels and periods tell of the same locations, so the most of them counts.
    """
    named = {line.key[2] for line in lines} - {""}
    return max([len(named), *(line.locations or 0 for line in lines)])


def _odd(
    line: ResultsLine, channel: str, sums: Mapping[tuple[str, str], int | Decimal], columns: Columns
) -> list[Finding]:
    clicks, seen = (sums.get((channel, name)) for name in ("clicks", "impressions"))
    if clicks is None or seen is None or clicks <= seen:
        return []
    header = columns.header("clicks")
    of = f"{line.key[0]}{f', {channel}' if channel else ''}"
    message = f"{header}: {of} has {clicks} clicks on {seen} impressions: are the columns swapped?"
    return [Finding(line.row, header, "more-clicks", message)]
