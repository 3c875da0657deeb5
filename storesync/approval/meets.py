"""Whether the approvals given are those asked for. What is not known is not met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from storesync.approval.asked import Asked, Kind
from storesync.approval.decide import (
    Case,
    Decision,
    Unmet,
    fold,
    is_bot,
    members_of,
    strangers_of,
    too_few,
    unseen,
    who_could,
)
from storesync.diagnostics import printable
from storesync.model.team import LOGIN_PATTERN
from storesync.plugins.forge import People, PeopleQuery

# What asks for one of some people, whoever it is: if these own the files, one meets both.
_ALONG = frozenset({Kind.FAST_LANE, Kind.BRAND})
_LOGIN = re.compile(LOGIN_PATTERN)


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave an approval that is asked for, and why that is too little: empty where it is not."""

    asked: Asked
    by: tuple[str, ...]
    why: str


def given(
    asked: Iterable[Asked], approvers: Iterable[str], people: People, case: Case
) -> list[Given]:
    """Return who approved each thing that is asked for, and what is missing of it.

    `approvers` are the logins that `decide.approving` returns. Neither the author of `case` counts
    nor who pushed it last; where one of them is not known, nothing is met.
    """
    involved = {fold(name) for name in (case.author, case.pusher) if name is not None}
    counting = frozenset(
        login
        for login in map(fold, approvers)
        if login in people.writers and login not in involved and not is_bot(login)
    )
    hidden, strangers = _unknown_people(case), strangers_of(case)
    return [_given(item, counting, people, strangers, hidden) for item in asked]


def beside_owners(asked: Iterable[Asked]) -> list[Asked]:
    """Return what is asked beside the owners of files, which `decide` looks at path by path."""
    return [item for item in asked if item.kind is not Kind.OWNERS]


def with_lacking(
    decision: Decision,
    asked: Iterable[Asked],
    approvers: Iterable[str],
    people: People,
    case: Case,
) -> Decision:
    """Return a decision by CODEOWNERS with what is asked besides: who met it, and what lacks."""
    answers = given(asked, approvers, people, case)
    more = (_unmet(item, people) for item in answers if item.why)
    counted = {login for item in answers for login in item.by}
    return replace(
        decision,
        approvers=tuple(sorted(counted.union(decision.approvers))),
        unmet=(*decision.unmet, *more),
    )


def _unmet(item: Given, people: People) -> Unmet:
    asked = item.asked
    along = asked.kind in _ALONG and asked.count == 1
    return Unmet("", _could(item, people), f"{item.why}: {asked.why}", asked.called, along)


def _could(item: Given, people: People) -> tuple[str, ...]:
    """Return who is asked, without those who may not be the ones to approve it, or have done so."""
    over = _besides(item.asked, people)[0].union(item.by)
    return who_could(item.asked.who, people, over)


def people_for(asked: Iterable[Asked], logins: Iterable[str]) -> PeopleQuery:
    """Return what to ask a forge for `meets`: the rights and teams of all who are named.

    `logins` are the reviewers'.
    """
    items = list(asked)
    named = [owner for item in items for owner in item.who if owner.startswith("@")]
    found = {fold(name) for name in (*named, *logins)}
    found |= {fold(name) for item in items for name in item.besides if _LOGIN.match(name)}
    teams = {name for name in found if "/" in name}
    return PeopleQuery(frozenset(found - teams), frozenset(teams))


def _unknown_people(case: Case) -> str:
    if case.author is None:
        return "the author is not known"
    return "who pushed last is not known" if case.pusher is None else ""


def _given(
    asked: Asked, counting: frozenset[str], people: People, strangers: frozenset[str], hidden: str
) -> Given:
    members: set[str] = set()
    unknown = []
    for owner in asked.who:
        found = members_of(owner, people)
        if found is None:
            unknown.append(owner)
        else:
            members |= found
    besides, doubt = _besides(asked, people)
    by = tuple(sorted(counting & members - besides))
    nobody = "" if asked.who else "nobody is named who could approve it"
    why = hidden or doubt or nobody or too_few(len(by), asked.count, strangers, unseen(unknown))
    return Given(asked, by, why)


def _besides(asked: Asked, people: People) -> tuple[set[str], str]:
    """Return the logins that cannot approve, and a word on one that is not known.

    A name that is no login of somebody with a part here may be anybody's, also an approver's.
    """
    found: set[str] = set()
    known = {*people.writers, *people.addresses.values()}
    known.update(login for members in people.teams.values() for login in members)
    for name in asked.besides:
        login = people.addresses.get(fold(name)) or fold(name)
        if login not in known:
            shown = printable(name, limit=60)
            return found, f'who is "{shown}" is not known: write a login or an address of `people`'
        found.add(login)
    return found, ""
