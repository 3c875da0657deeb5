"""Records against the files a brand has -> what would be written, and what stays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storesync.catalog.merge import merge_defaults
from storesync.errors import UserError
from storesync.importing.existing import Existing, Stored
from storesync.importing.fields import At
from storesync.importing.files import changed_text, nested, new_text, same, value_at
from storesync.importing.finding import Finding
from storesync.importing.fit import fit
from storesync.importing.folders import new_defaults
from storesync.importing.record import Record

_CLOSES = ("closes_on",)
_TAGS = ("tags",)


@dataclass
class Changes:
    """What an import does. `writes` maps paths to the bytes of whole files.

    Every record is in exactly one of `created`, `updated`, `unchanged` and `rejected`.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    writes: dict[str, bytes] = field(default_factory=dict)
    rejected: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


@dataclass
class _Work:
    """What is handed from step to step."""

    existing: Existing
    changes: Changes
    at: date
    modeline: bool


def differ(
    records: Iterable[Record],
    existing: Existing,
    at: date,
    *,
    modeline: bool = False,
    advance: Callable[[int], object] = lambda _count: None,
) -> Changes:
    """Return what records change. `at` is the day of the import.

    An existing location is changed where it lies, and only where a cell says something else.
    """
    work = _Work(existing, Changes(), at, modeline)
    new = []
    for record in records:
        stored = existing.find(record.id)
        if not record.rejected and record.id in existing.broken:
            message = f"row {record.row}: {existing.broken[record.id]}"
            record.rejected.append(Finding(record.row, "", "broken-file", message))
        if not record.rejected and stored is None:
            _complete_new(record)
        if not record.rejected:
            fit(record)
        if record.rejected:
            work.changes.rejected += record.rejected
        elif stored is None:
            new.append(record)
        else:
            _update(work, record, stored)
        work.changes.warnings += record.warnings
        advance(1)
    _create_all(work, new)
    return work.changes


def _complete_new(record: Record) -> None:
    """Give a new location what its row leaves open."""
    for at, value in record.fallback.items():
        record.values.setdefault(at, value)


def _update(work: _Work, record: Record, stored: Stored) -> None:
    values = {
        at: _own_tags(record, stored, value) if at == _TAGS else value
        for at, value in record.values.items()
        if not _says(stored.data, at, value, record.raw.get(at, ""))
    }
    closed = stored.data.get("closes_on", "")
    if closed and str(closed) <= work.at.isoformat() and _CLOSES not in record.values:
        message = f"row {record.row}: {record.id} is in the table and closed since {closed}"
        record.warnings.append(Finding(record.row, "", "closed-location", message))
    if record.placed and record.folder != stored.folder:
        message = f"{record.id} lies in {stored.folder or 'locations'} and is not moved: use git mv"
        record.warn("folder", "other-folder", message)
    values = {
        at: value for at, value in values.items() if not same(value_at(stored.own, at), value)
    }
    if not values:
        work.changes.unchanged.append(record.id)
        return
    try:
        text = changed_text(stored, values)
    except UserError as error:
        message = f"row {record.row}: {stored.path}: {error.message}"
        work.changes.rejected.append(Finding(record.row, "", "broken-file", message))
        return
    work.changes.writes[stored.path] = text.encode()
    work.changes.updated.append(record.id)


def _says(data: Mapping[str, Any], at: At, value: Any, raw: str) -> bool:
    current = value_at(data, at)
    if at == _TAGS and isinstance(current, list):
        return set(current) == set(value)
    return same(current, value, raw)


def _own_tags(record: Record, stored: Stored, tags: list[str]) -> list[str]:
    """Return the tags a file itself has to name; those of its folder cannot be taken away here."""
    above = list(stored.inherited.get("tags", []))
    staying = [tag for tag in above if tag not in tags]
    if staying:
        message = f"row {record.row}: the tags {', '.join(staying)} stay: they come from the folder"
        record.warnings.append(Finding(record.row, "", "folder-tags", message))
    return [tag for tag in tags if tag not in above]


def _create_all(work: _Work, records: list[Record]) -> None:
    """Add new locations, with defaults for the folders that are made for them."""
    existing = work.existing
    zoned = [record for record in records if not _lacks_zone(work, record)]
    made = new_defaults(existing, zoned)
    defaults = {**existing.defaults, **made}
    # First, so that a new location's file never stands without what its folder says.
    for folder, data in made.items():
        path = f"{existing.top}/{folder}/_defaults.yaml"
        work.changes.writes[path] = new_text(data, path, modeline=work.modeline).encode()
    inherited: dict[str, dict[str, Any]] = {}
    lacking = {"address.country": 0, "timezone": 0}
    for record in zoned:
        folder = record.folder
        if folder not in inherited:
            inherited[folder] = merge_defaults(folder, defaults)
        above = inherited[folder]
        for name in lacking:
            at = tuple(name.split("."))
            lacking[name] += at not in record.values and value_at(above, at) is None
        own = {at: value for at, value in record.values.items() if not _says(above, at, value, "")}
        path = "/".join(part for part in (existing.top, folder, f"{record.id}.yaml") if part)
        text = new_text(nested(own), path, modeline=work.modeline)
        work.changes.writes[path] = text.encode()
        work.changes.created.append(record.id)
    for name, count in lacking.items():
        if count:
            work.changes.warnings.append(_lack(name, count))


def _lacks_zone(work: _Work, record: Record) -> bool:
    """Reject a new location whose zone neither its row, its country nor its folder gives."""
    if ("timezone",) in record.values or not record.country:
        return False
    above = merge_defaults(record.folder, work.existing.defaults)
    if above.get("timezone"):
        return False
    message = f"row {record.row}: {record.no_zone}"
    work.changes.rejected.append(Finding(record.row, "", "no-timezone", message))
    return True


def _lack(name: str, count: int) -> Finding:
    message = (
        f"{count:,} of the new locations have no {name}: add a column, say it as a constant in a"
        " mapping file, or in a _defaults.yaml; nothing can be published there before"
    )
    return Finding(1, "", "incomplete", message)


def close_absent(changes: Changes, existing: Existing, present: Iterable[str], day: date) -> None:
    """Set `closes_on` for locations that are not in a complete table; deletes nothing."""
    absent = existing.locations.keys() - set(present)
    for name in sorted(absent):
        stored = existing.locations[name]
        if stored.data.get("closes_on"):
            continue
        changes.writes[stored.path] = changed_text(stored, {_CLOSES: day}).encode()
        changes.closed.append(name)
