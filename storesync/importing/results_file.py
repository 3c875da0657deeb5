"""The sums of a campaign -> the text of its results file, or nothing where it has them already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from storesync.importing.files import nested
from storesync.model.results import ChannelResults, ResultsFile
from storesync.source import edit, emit

_ORDER = (
    *(
        "measured_on",
        "source",
        "locations",
        "impressions",
        "clicks",
        "redemptions",
        "revenue",
        "cost",
    ),
    *("channels", "summary", "notes"),
)


@dataclass(frozen=True, slots=True)
class ResultsOrder:
    """What a person asked for: `at` is the day of the import, `table` the table's name.

    `source` says where the numbers are from, where the table does not; a file's own source gives
    way to it.
    """

    at: date
    table: str
    source: str = ""
    modeline: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by (channel, measure), the channel empty for the whole campaign.

    `measured_on` and `source` are None and empty where the table does not say them.
    """

    sums: Mapping[tuple[str, str], int | Decimal]
    measured_on: date | None = None
    source: str = ""


def write_results(
    path: str, before: tuple[ResultsFile, bytes] | None, totals: Totals, order: ResultsOrder
) -> str | None:
    """Return the text of a results file with other numbers, None where it has them already.

    `before` is what it says now. Numbers that the table does not have, `summary`, `notes`, comments
    and order of a person's file stay; so does the day, while all numbers do.
    """
    stored = before[0] if before else None
    changes = _changed_numbers(stored, totals)
    source = totals.source or order.source or ("" if stored else order.table)
    if source and (stored is None or stored.source != source):
        changes["source",] = source
    if totals.measured_on and (stored is None or stored.measured_on != totals.measured_on):
        changes["measured_on",] = totals.measured_on
    elif not totals.measured_on and (
        stored is None or (changes and stored.measured_on != order.at)
    ):
        changes["measured_on",] = order.at
    if not changes:
        return None
    if before is None or stored is None:
        comment = emit.modeline(path, "results") if order.modeline else ""
        return emit.dump(_ordered(nested(changes)), order=_ORDER, comment=comment)
    text = before[1].decode()
    for at, value in _grouped(stored, changes).items():
        text = edit.set_value(text, at, value)
    return text


def _changed_numbers(stored: ResultsFile | None, totals: Totals) -> dict[tuple[str, ...], Any]:
    changes: dict[tuple[str, ...], Any] = {}
    for (channel, name), value in totals.sums.items():
        holder = stored and (stored.channels.get(channel) if channel else stored)
        if holder is None or getattr(holder, name) != value:
            changes[("channels", channel, name) if channel else (name,)] = value
    return changes


def _ordered(data: dict[str, Any]) -> dict[str, Any]:
    """Return a file's data with the numbers of each channel in the order of the model."""
    order = list(ChannelResults.model_fields)
    if "channels" in data:
        data["channels"] = {
            name: dict(sorted(numbers.items(), key=lambda item: order.index(item[0])))
            for name, numbers in data["channels"].items()
        }
    return data


def _grouped(
    stored: ResultsFile, changes: Mapping[tuple[str, ...], Any]
) -> dict[tuple[str, ...], Any]:
    """Return changes with those of one new channel put together, so that it is one entry."""
    grouped: dict[tuple[str, ...], Any] = {}
    for at, value in changes.items():
        if len(at) == 3 and at[1] not in stored.channels:
            grouped.setdefault(at[:2], {})[at[2]] = value
        else:
            grouped[at] = value
    return grouped
