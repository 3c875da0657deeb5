"""Who may write in a repository at GitHub, and who is in which team; what is not seen is left out.

Needs `metadata: read` for rights; for teams `members: read` of the organisation, which the token
of GitHub Actions never has: then teams are not known and an App has to be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from storesync.builtin.github_answer import odd, read
from storesync.builtin.github_client import Client

# `maintain` is told as write, `triage` as read: the old names of rights.
_WRITE = {"admin", "write"}
_LOGIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z")
_TEAM = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z")


def read_writers(client: Client, repository: str, logins: Iterable[str]) -> Iterator[str]:
    """Yield those of some logins who may write. Raises UserError.

    Apps are not asked for: they approve nothing.
    """
    for login in sorted(filter(_LOGIN.match, logins)):
        found = client.find(f"/repos/{repository}/collaborators/{quote(login)}/permission")
        if found is None:
            continue
        if read(found, "user.login", str).lower() != login:
            raise odd("user.login")
        if read(found, "permission", str) in _WRITE:
            yield login


def read_team(
    client: Client, owner: str, team: str, logins: Iterable[str]
) -> frozenset[str] | None:
    """Return those of some logins who are in a team (`organisation/team`), None where not seen.

    GitHub takes teams of the organisation that owns the repository, and no others. A team that is
    hidden and a login that is in no team are both 404, so the team is looked for first.
    """
    organisation, _, slug = team.partition("/")
    if organisation != owner.lower() or not _TEAM.match(slug):
        return None
    place = f"/orgs/{quote(organisation)}/teams/{quote(slug)}"
    found = client.find(place)
    if found is None:
        return None
    if read(found, "slug", str).lower() != slug:
        raise odd("slug")
    members = set()
    for login in sorted(filter(_LOGIN.match, logins)):
        membership = client.find(f"{place}/memberships/{quote(login)}")
        if membership is not None and read(membership, "state", str) == "active":
            members.add(login)
    return frozenset(members)
