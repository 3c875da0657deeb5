"""Which landing brought a commit to the published branch, and so who approved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from storesync.approval.record import ApprovalRecord


def approvers(
    landings: Mapping[str, str], line: Sequence[str], records: Iterable[ApprovalRecord]
) -> dict[str, tuple[str, ...]]:
    """Return for each commit the logins whose approval counted for what brought it.

    `landings` are the commits of the branch's own `line` (newest first) that brought them. Nobody
    where there is no record: before the baseline, and where nothing has to be proven.
    """
    places = {commit: place for place, commit in enumerate(line)}
    spans = [
        (places[record.commit], places[record.base], record)
        for record in records
        if record.commit in places and record.base in places
    ]
    found = {}
    for commit, landing in landings.items():
        at = places.get(landing, -1)
        covering = [record for newest, base, record in spans if newest <= at < base]
        # Of several that were made of one landing, the latest counts.
        logins = {reviewer.login for record in covering[-1:] for reviewer in record.reviewers}
        found[commit] = tuple(sorted(logins))
    return found
