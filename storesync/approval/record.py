"""An approval record: what was found when a landing was proven, as a line of the ledger.

A record is a cache of what the forge said. With a key that only the publish environment holds it
is signed (HMAC-SHA256, RFC 2104) and stands by itself; without one its reviews are read again
before a campaign is first sent.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storesync.approval.decide import Decision, fold, latest_words, members_of
from storesync.plugins.forge import People, Review
from storesync.render.artifact import canonical_json

_MOST_NAMED = 200  # reviewers, requirements and campaigns that a line holds of each


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody whose approval counted: for which owners of CODEOWNERS, and in which review.

    Of a deputy, `owners` are those who are away.
    """

    login: str
    owners: tuple[str, ...]
    review: str = ""
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """The proof of one landing.

    `codeowners` is the blob that decided. `requirements` are the rules that were met, and by whom.
    `plan` is the fingerprint of all changes, `campaigns` one of those of each campaign ("" and
    empty where nothing asked for a plan). `ratifies` are campaigns whose unproven changes were
    seen and approved.
    """

    commit: str
    base: str
    proposal: str
    head: str
    author: str
    codeowners: str
    reviewers: tuple[Reviewer, ...]
    at: datetime
    requirements: tuple[str, ...] = ()
    plan: str = ""
    campaigns: Mapping[str, str] | None = None
    ratifies: tuple[str, ...] = ()
    signed: bool = False


def to_fields(record: ApprovalRecord, tool: str, key: bytes | None) -> dict[str, Any]:
    """Return what a line says of a record, signed where there is a key."""
    fields: dict[str, Any] = {
        "commit": record.commit,
        "base": record.base,
        "proposal": record.proposal,
        "head": record.head,
        "author": record.author,
        "codeowners": record.codeowners,
        "reviewers": [
            {
                "login": item.login,
                "owners": list(item.owners),
                "review": item.review,
                "recorded": item.recorded,
            }
            for item in record.reviewers[:_MOST_NAMED]
        ],
        "requirements": list(record.requirements[:_MOST_NAMED]),
        "plan": record.plan,
        "campaigns": dict(list((record.campaigns or {}).items())[:_MOST_NAMED]),
        "ratifies": list(record.ratifies),
        "tool": tool,
    }
    if key:
        fields["signature"] = signature(fields, _SIGNED, key)
    return fields


def from_fields(fields: Mapping[str, Any], key: bytes | None) -> ApprovalRecord | None:
    """Return the record that a line holds, None where a part of it is not what it should be."""
    try:
        reviewers = tuple(
            Reviewer(
                str(item["login"]), tuple(map(str, item["owners"])), str(item["review"]),
                recorded=bool(item["recorded"]),
            )
            for item in fields["reviewers"]
        )  # fmt: skip
        return ApprovalRecord(
            commit=str(fields["commit"]),
            base=str(fields["base"]),
            proposal=str(fields["proposal"]),
            head=str(fields["head"]),
            author=str(fields["author"]),
            codeowners=str(fields["codeowners"]),
            reviewers=reviewers,
            at=datetime.fromisoformat(str(fields["at"])),
            requirements=tuple(map(str, fields["requirements"])),
            plan=str(fields["plan"]),
            campaigns={str(name): str(text) for name, text in fields["campaigns"].items()},
            ratifies=tuple(map(str, fields["ratifies"])),
            signed=is_signed(fields, _SIGNED, key),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


_SIGNED = (
    "commit",
    "base",
    "proposal",
    "head",
    "author",
    "codeowners",
    "reviewers",
    "requirements",
    "plan",
    "campaigns",
    "ratifies",
    "tool",
)


def signature(fields: Mapping[str, Any], names: Iterable[str], key: bytes) -> str:
    """Return the signature of some parts of a line."""
    body = {name: fields[name] for name in names}
    return hmac.new(key, canonical_json(body), hashlib.sha256).hexdigest()


def is_signed(fields: Mapping[str, Any], names: Iterable[str], key: bytes | None) -> bool:
    """Say whether a line bears the signature of these parts; never without a key."""
    given = fields.get("signature")
    if not key or not isinstance(given, str):
        return False
    try:
        return hmac.compare_digest(signature(fields, names, key).encode(), given.encode())
    except KeyError:
        return False


def latest(records: Iterable[ApprovalRecord]) -> dict[str, ApprovalRecord]:
    """Return the last record of each commit."""
    return {record.commit: record for record in records}


def counted(
    decision: Decision,
    reviews: Sequence[Review],
    owners: Collection[str],
    people: People,
    stand_ins: Mapping[str, Collection[str]],
) -> Iterator[Reviewer]:
    """Yield whose approval counted, on whose behalf, and in which review."""
    said = latest_words(reviews)
    for login in decision.approvers:
        last = said[login]
        absent = stand_ins.get(login, ())
        behalf = [name for name in owners if fold(name) in absent]
        own = [name for name in owners if login in (members_of(name, people) or ())]
        yield Reviewer(login, tuple(sorted(behalf or own)), last.id, recorded=last.recorded)


def named(logins: Iterable[str], reviews: Iterable[Review]) -> str:
    """Return who approved, in words; it is said whose approval is recorded and no more."""
    said = latest_words(reviews)
    return ", ".join(
        f"{login} (recorded)" if login in said and said[login].recorded else login
        for login in logins
    )
