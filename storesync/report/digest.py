"""The daily mail to an approver: subject and text. Plain text only, so nothing in it is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from storesync.approval.decide import fold
from storesync.approval.state import ProposedState
from storesync.diagnostics import printable
from storesync.model.waiver import Waiver
from storesync.report import proposed
from storesync.report.plan import moment
from storesync.report.proposed import Proposed

SOON = timedelta(hours=24)
_LONGEST_LINK = 2_000
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for somebody, and for what; nothing for an admin who is only told."""

    proposal: Proposed
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """A waiver that ends soon, and the file it stands in."""

    path: str
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Unapproved:
    """A campaign of which something is merged that nobody approved: so much of it is held."""

    brand: str
    campaign: str
    deliveries: int
    reason: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that waits for one person; `to` are mail addresses, none where none is known."""

    who: str
    to: tuple[str, ...]
    waiting: Sequence[Waiting] = ()
    ending: Sequence[Ending] = ()
    unapproved: Sequence[Unapproved] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: `shown`, `sent` or `failed`, and why."""

    letter: Letter
    result: str = "shown"
    message: str = field(default="")


def is_urgent(item: Proposed, at: datetime) -> bool:
    """Say whether something misses its start within a day."""
    deadline = item.deadline
    return deadline.late or (deadline.approve_by is not None and deadline.approve_by <= at + SOON)


def subject(letter: Letter, at: datetime) -> str:
    """Return the subject: counts alone, no words of strangers."""
    urgent = sum(is_urgent(item.proposal, at) for item in letter.waiting)
    count = len(letter.waiting) + len(letter.unapproved) + len(letter.ending)
    text = f"StoreSync: {count} {'waits' if count == 1 else 'wait'} for you"
    return f"{text}, {urgent} miss{'es its' if urgent == 1 else ' their'} start" if urgent else text


def body(letter: Letter, at: datetime) -> str:
    """Return the text, what is urgent first."""
    parts = [_waiting(item, letter.who, at) for item in _ordered(letter.waiting, at)]
    parts += [_unapproved(item) for item in letter.unapproved]
    parts += [_ending(item, at.date()) for item in letter.ending]
    return "\n\n".join(parts) + "\n"


def link(item: Waiting, who: str) -> str:
    """Return where the proposal can be looked at: its page, or the command for `who` to run."""
    proposal = item.proposal.proposal
    url = proposal.url
    if url.startswith(("https://", "http://")) and len(url) <= _LONGEST_LINK and url.isprintable():
        return url.replace(" ", "%20")
    if item.proposal.stage.state is ProposedState.APPROVED:
        return f"storesync approve {printable(proposal.id)} --merge"
    if fold(who) == fold(proposal.author or ""):  # nobody approves his own
        mend = f"git switch {printable(proposal.branch)}, then storesync submit"
        return mend if item.what else "storesync status"
    return f"storesync approve {printable(proposal.id)}"


def as_text(outcomes: Iterable[Outcome], at: datetime) -> str:
    """Return all letters for a terminal, or what became of them."""
    return "\n".join(_shown(item, at) for item in outcomes) or "nothing waits for anybody"


def as_data(outcomes: Iterable[Outcome], at: datetime, unseen: Iterable[str]) -> dict[str, Any]:
    """Return all letters for JSON."""
    return {
        "at": moment(at),
        "letters": [
            {
                "who": item.letter.who,
                "to": list(item.letter.to),
                "subject": subject(item.letter, at),
                "proposals": [
                    {
                        **proposed.as_data(waiting.proposal),
                        "what": list(waiting.what),
                        "urgent": is_urgent(waiting.proposal, at),
                        "link": link(waiting, item.letter.who),
                    }
                    for waiting in _ordered(item.letter.waiting, at)
                ],
                "unapproved": [asdict(one) for one in item.letter.unapproved],
                "waivers": [
                    {
                        "path": ending.path,
                        "rule": ending.waiver.rule,
                        "until": ending.waiver.until.isoformat(),
                        "by": ending.waiver.by,
                        "reason": ending.waiver.reason,
                    }
                    for ending in item.letter.ending
                ],
                "result": item.result,
                "message": item.message,
            }
            for item in outcomes
        ],
        "cannot_see": list(unseen),
    }


def _ordered(waiting: Iterable[Waiting], at: datetime) -> list[Waiting]:
    return sorted(
        waiting,
        key=lambda item: (not is_urgent(item.proposal, at), item.proposal.stage.since),
    )


def _waiting(item: Waiting, who: str, at: datetime) -> str:
    stage, proposal = item.proposal.stage, item.proposal.proposal
    by = f", by {printable(stage.by, limit=60)}" if stage.by else ""
    is_marked = proposal.title.startswith(proposed.URGENT)
    mark = proposed.URGENT if is_urgent(item.proposal, at) and not is_marked else ""
    about = ", ".join(list(item.proposal.campaigns)[:5])
    more = (
        f" and {len(item.proposal.campaigns) - 5} more" if len(item.proposal.campaigns) > 5 else ""
    )
    missed = proposed.deadline_text(item.proposal.deadline, at, stage.state)
    lines = [
        f"{mark}{printable(proposal.id, limit=80)}: {printable(proposal.title)}",
        f"  {stage.state.value} for {proposed.age(stage.since, at)}{by}",
        *([f"  about {printable(about, limit=300)}{more}"] if about else []),
        *(f"  {printable(text, limit=300)}" for text in item.what),
        *([f"  {missed}"] if missed else []),
        f"  {link(item, who)}",
    ]
    return "\n".join(lines)


def _unapproved(item: Unapproved) -> str:
    name = printable(f"{item.brand}/{item.campaign}", limit=160)
    many = f"{item.deliveries:,} deliver{'ies are' if item.deliveries > 1 else 'y is'} held"
    return "\n".join(
        [
            f"{name}: merged, and nobody approved it: {many}",
            f"  {printable(item.reason, limit=300)}",
            f"  have it approved: storesync submit {name}; or take the commit back",
        ]
    )


def _ending(item: Ending, today: date) -> str:
    waiver = item.waiver
    days = (waiver.until - today).days
    when = "today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}"
    return "\n".join(
        [
            f"A waiver of {printable(waiver.rule)} ends {when}, on {waiver.until}",
            f"  {printable(item.path)}, by {printable(waiver.by, limit=80)}",
            f"  {printable(waiver.reason, limit=300)}",
            "  mend what it covers, or propose a later end: storesync submit",
        ]
    )


def _shown(item: Outcome, at: datetime) -> str:
    letter = item.letter
    to = ", ".join(printable(address) for address in letter.to) or "no address is known"
    head = f"{item.result}: {printable(letter.who)} <{to}>: {subject(letter, at)}"
    if item.result != "shown":
        return f"{head}: {printable(item.message, limit=300)}" if item.message else head
    text = "\n".join(f"  {line}" if line else "" for line in body(letter, at).splitlines())
    return f"{letter.who} <{to}>: {subject(letter, at)}\n\n{text}\n"
