"""Which campaigns a proposal asks to approve as they stand, unproven changes included.

Whoever raises `revision` in a campaign's file proposes all that the campaign would now put out: the
plan of that proposal shows what nobody saw before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storesync.diagnostics import has_errors
from storesync.source.git import Repository
from storesync.source.plumbing import FileChange
from storesync.source.yaml import read

_FILE = re.compile(r"brands/([^/]+)/campaigns/([^/]+)/campaign\.yaml\Z")


def ratified(repository: Repository, changes: Iterable[FileChange]) -> Iterator[str]:
    """Yield the campaigns (`brand/campaign`) whose `revision` the changes raise."""
    for change in changes:
        match = _FILE.match(change.path)
        if match is None or change.new is None:
            continue
        old = repository.blobs([change.old])[0] if change.old else b""
        new = repository.blobs([change.new])[0]
        if revision_of(change.path, new) > revision_of(change.path, old):
            yield f"{match[1]}/{match[2]}"


def revision_of(path: str, raw: bytes) -> int:
    """Return the `revision` that a campaign's file says, 0 where it says none that can be read."""
    document, found = read(path, raw)
    data = document.data if document is not None and not has_errors(found) else None
    value = str(data.get("revision", "")) if isinstance(data, dict) else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
