"""Who made what came in unproven: nobody approves afterwards what is his own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from storesync.approval.decide import hidden_login
from storesync.approval.proof import Standing, Unproven
from storesync.approval.ratify import ratified
from storesync.source.git import Repository
from storesync.source.landed import addresses_between
from storesync.source.plumbing import FileChange


def makers_of(
    repository: Repository,
    standing: Standing,
    changes: Sequence[FileChange],
    logins: Mapping[str, str],
    hands: Callable[[Unproven], frozenset[str]] = lambda cause: cause.hands,
) -> frozenset[str]:
    """Return the logins, or addresses, of those who made what is unproven and changes approve.

    That is what stands in the files they touch; all of it where they raise a `revision`. `logins`
    are by mail address, both in small letters; `hands` tells who made a proposal that was merged as
    it was: whoever only merged it made none of it. Of what else came in, all whom its commits name
    did: anybody may write them, but that only takes approvals away.
    """
    taints = standing.taints
    if not taints:
        return frozenset()
    paths = taints if any(ratified(repository, changes)) else {item.path for item in changes}
    touched = taints.keys() & paths
    found: set[str] = set()
    for cause in standing.unproven:  # not only the last one that touched a file
        if touched.isdisjoint(cause.landing.paths):
            continue
        made = hands(cause)
        found |= {logins.get(name, name) for name in made}  # of some an address, listed since
        if made:
            continue
        for address in addresses_between(repository, cause.landing.base, cause.commit):
            found.add(logins.get(address) or hidden_login(address) or address)
    return frozenset(found)
