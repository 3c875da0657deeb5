"""A campaign's values by location -> a table that imports again without a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from storesync.importing.campaign_values import ANSWERS, CampaignValues
from storesync.importing.values_columns import NAME, column_of
from storesync.importing.values_row import as_cell
from storesync.importing.words import quote_error
from storesync.model.template import Lock
from storesync.resolve.vary import VARY


def values_rows(values: CampaignValues) -> list[list[str]]:
    """Return the header and a row for each location of a campaign, by id, with what holds there.

    Columns are the variables that a location may set, a text in several languages with one for
    each, and what its own file says besides. Texts that vary from location to location are empty.
    Locations whose own file has an error are left out.
    """
    held = {
        name: values.holding(item)
        for name, item in sorted(values.locations.items())
        if name not in values.broken
    }
    columns = list(_columns(values, held.values()))
    header = ["location", NAME, *(column_of(*each) for each in columns), *ANSWERS]
    rows = [header]
    for name, holding in held.items():
        cells = [
            quote_error(_cell(holding.get(variable), language)) for variable, language in columns
        ]
        own = values.own(name)
        said = [as_cell(getattr(own, each)) if own else "" for each in ANSWERS]
        shown = str(values.locations[name].data.get("name", ""))
        rows.append([name, quote_error(shown), *cells, *map(quote_error, said)])
    return rows


def numeric_columns(values: CampaignValues) -> frozenset[str]:
    """Return the columns whose cells are numbers in Excel."""
    return frozenset(
        column_of(name) for name, variable in values.variables.items() if variable.is_number
    )


def _columns(
    values: CampaignValues, held: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield variable and language of each column, "" for a text that is the same in all."""
    found = list(held)
    for name, variable in values.variables.items():
        if variable.lock is Lock.BRAND:
            continue
        texts = [holding.get(name) for holding in found]
        mappings = [text for text in texts if isinstance(text, Mapping) and VARY not in text]
        if len(mappings) < len(texts) or not texts:
            yield name, ""
        yield from ((name, tag) for tag in sorted({tag for text in mappings for tag in text}))


def _cell(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return as_cell(value.get(language)) if language else ""
    return "" if language else as_cell(value)
