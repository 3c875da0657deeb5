"""Who somebody is and may do, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storesync.approval.roles import Grant
from storesync.diagnostics import printable


def as_text(
    name: str, address: str, login: str, roles: Sequence[Grant], owns: Sequence[str]
) -> str:
    """Return a line on the person, one for each role, and the patterns of CODEOWNERS."""
    return "\n".join(_lines(name, address, login, roles, owns))


def _lines(
    name: str, address: str, login: str, roles: Sequence[Grant], owns: Sequence[str]
) -> Iterator[str]:
    known = f", login {login}" if login else ""
    yield f"{printable(name)} <{printable(address)}>{known}"
    if not login:
        yield "  no login is known: add the address to `people` in storesync.yaml"
    for grant in roles:
        where = grant.brand or "all brands"
        places = ", ".join([*(f"{folder}/" for folder in grant.folders), *grant.locations])
        stands_in = f", in place of {grant.deputy_of}" if grant.deputy_of else ""
        places = f" ({places})" if places else ""
        yield f"{where}: {grant.role.value}{places}{stands_in}: {grant.may}"
    if not roles:
        yield "no role in any team"
    yield f"owns in CODEOWNERS: {' '.join(map(printable, owns)) or 'nothing'}"
