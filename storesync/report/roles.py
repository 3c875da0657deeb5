"""Who somebody is and may do, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storesync.approval.asks import Asks
from storesync.approval.codeowners import OwnerRule
from storesync.approval.roles import Grant
from storesync.diagnostics import printable
from storesync.plugins.forge import Proposal


@dataclass(frozen=True)
class Person:
    """Somebody as Git and the teams know him: what he may do, is asked about, and has before him.

    `waiting` are proposals to be looked at, None where nobody was asked for them.
    """

    name: str
    address: str
    login: str
    roles: Sequence[Grant]
    asks: Sequence[Asks]
    owns: Sequence[OwnerRule]
    waiting: Sequence[Proposal] | None = None


def as_data(person: Person) -> dict[str, Any]:
    """Return a person for JSON."""
    return {
        "name": person.name,
        "email": person.address,
        "login": person.login,
        "roles": [{**asdict(item), "role": item.role.value} for item in person.roles],
        "asks": [
            {
                "brand": item.brand,
                "id": item.requirement.id,
                "approvals": item.requirement.approvals,
                "why": item.requirement.why or "",
                "when": item.when,
            }
            for item in person.asks
        ],
        "owns": [{"pattern": rule.text, "line": rule.line} for rule in person.owns],
        "waiting": [{"id": item.id, "title": item.title} for item in person.waiting or ()],
    }


def as_text(person: Person) -> str:
    """Return lines: the person, each role, each requirement, the patterns, each proposal."""
    return "\n".join(_lines(person))


def _lines(person: Person) -> Iterator[str]:
    known = f", login {person.login}" if person.login else ""
    yield f"{printable(person.name)} <{printable(person.address)}>{known}"
    if not person.login:
        yield "  no login is known: add the address to `people` in storesync.yaml"
    for grant in person.roles:
        where = grant.brand or "all brands"
        places = ", ".join([*(f"{folder}/" for folder in grant.folders), *grant.locations])
        stands_in = f", in place of {grant.deputy_of}" if grant.deputy_of else ""
        places = f" ({places})" if places else ""
        yield f"{where}: {grant.role.value}{places}{stands_in}: {grant.may}"
    if not person.roles:
        yield "no role in any team"
    for item in person.asks:
        rule = item.requirement
        why = "; ".join(filter(None, (printable(rule.why or "", limit=200), item.when)))
        yield f"asked by requirement {rule.id} ({item.brand or 'all brands'}): {why or 'always'}"
    owns = " ".join(printable(rule.text) for rule in person.owns)
    yield f"owns in CODEOWNERS: {owns or 'nothing'}"
    for proposal in person.waiting or ():
        name = printable(proposal.id)
        yield f"waits for you: {printable(proposal.title, limit=200)} (storesync approve {name})"
    if person.waiting is not None and not person.waiting:
        yield "nothing waits for you"
