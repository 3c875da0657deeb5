"""Rejected rows -> a table that can be corrected and imported again."""

from __future__ import annotations

from collections.abc import Iterable

from storesync.importing.finding import Finding
from storesync.importing.table import Table
from storesync.importing.words import restore

# Columns of our own, left out when the file is imported again.
ROW = "_row"
REASON = "_reason"


def rejected_rows(table: Table, rejected: Iterable[Finding]) -> list[list[str]]:
    """Return the header and the rejected rows of a table, with their row numbers and reasons.

    Cells stand as they were read; whoever writes them neutralises formulas.
    """
    reasons: dict[int, list[str]] = {}
    for finding in rejected:
        reasons.setdefault(finding.row, []).append(finding.message)
    kept = [index for index, word in enumerate(table.header) if word not in {ROW, REASON}]
    lines = [[*(table.header[index] for index in kept), ROW, REASON]]
    for row in table.rows:
        if row.number in reasons:
            cells = [restore(row.cells[index]) for index in kept]
            lines.append([*cells, str(row.number), "; ".join(reasons[row.number])])
    return lines
