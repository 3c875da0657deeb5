"""From a brief through answers to a draft that passes, or to why none does. Pure.

Answers are looked up by name and never made here: whoever holds a brief that has no answer yet
asks, at once or in a batch, and walks again. So a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import reduce

from storesync.plugins.copywriter import Brief, CopywriterCapabilities, Draft, Usage

# What a draft is held against: texts by field -> what is wrong, in words for people and models.
Check = Callable[[Mapping[str, Sequence[str]]], list[str]]
# Checks that the others stand on.
GATES = frozenset({"shape", "slots"})
# So many findings are told to a model, each so long: more would hide the first ones.
_MOST_FINDINGS = 12
_LONGEST_FINDING = 240
_LONGEST_REJECTED = 400
# Told to people only: what is declared instead, such as a location's phone, and which location.
_PRIVATE = re.compile(r"(?<=is no declared fact):.*| \(at [^()]*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Job:
    """One channel in one language: its brief, and the checks by name in the order they run."""

    name: str
    brief: Brief
    checks: Mapping[str, Check]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer, and what is wrong with it."""

    name: str
    draft: Draft
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a job is. `brief` is the next one to be asked, under `name`; None: nothing is left.

    Then the last attempt is the draft, if it has no findings.
    """

    job: Job
    attempts: tuple[Attempt, ...]
    name: str = ""
    brief: Brief | None = None

    @property
    def draft(self) -> Draft | None:
        """Return the draft that passed every check."""
        return self.attempts[-1].draft if self.attempts and not self.findings else None

    @property
    def findings(self) -> tuple[str, ...]:
        """Return what is wrong with the last attempt."""
        return self.attempts[-1].findings if self.attempts else ()

    @property
    def usage(self) -> Usage:
        """Return the tokens of all attempts."""
        return reduce(Usage.plus, (item.draft.usage for item in self.attempts), Usage())


@dataclass
class Findings:
    """What checks found, by the name of an answer, so that none is checked twice in a run."""

    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str, job: Job, draft: Draft) -> tuple[str, ...]:
        """Return what is wrong with a draft."""
        if name not in self.known:
            self.known[name] = _found(job, draft)
        return self.known[name]


def _found(job: Job, draft: Draft) -> tuple[str, ...]:
    """Return all findings: an attempt that is told half of them is an attempt lost.

    But what has not the right shape, or slots that there are none of, can be checked no further.
    """
    if draft.fault:
        return (draft.fault,)
    found: dict[str, None] = {}
    for name, check in job.checks.items():
        found |= dict.fromkeys(check(draft.values))
        if found and name in GATES:
            break
    # Several checks may see the same; the most exact words say it.
    return tuple(
        text for text in found if not any(text in other for other in found if other != text)
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """Who is asked, how often at most, and how often it was begun anew."""

    capabilities: CopywriterCapabilities
    attempts: int
    begun: int = 0


def walk(
    job: Job, answer: Callable[[str], Draft | None], bounds: Bounds, findings: Findings
) -> Walk:
    """Return how far a job is, by the answers there are."""
    attempts: list[Attempt] = []
    brief = job.brief
    for number in range(bounds.attempts):
        name = answer_name(brief, bounds, number)
        draft = answer(name)
        if draft is None:
            return Walk(job, tuple(attempts), name, brief)
        found = findings.of(name, job, draft)
        attempts.append(Attempt(name, draft, found))
        if not found:
            break
        brief = replace(job.brief, rejected=_rejected(draft), findings=_told(found))
    return Walk(job, tuple(attempts))


def _rejected(draft: Draft) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(text[:_LONGEST_REJECTED] for text in texts)
        for name, texts in draft.values.items()
    }


def most_told_again(brief: Brief) -> int:
    """Return the most bytes by which a later attempt's brief is longer than the first one's.

    JSON writes a character as at most six bytes.
    """
    texts = len(brief.fields) * brief.variants * _LONGEST_REJECTED
    return 6 * (texts + _MOST_FINDINGS * _LONGEST_FINDING) + 200


def _told(found: Sequence[str]) -> tuple[str, ...]:
    said = dict.fromkeys(_PRIVATE.sub("", text)[:_LONGEST_FINDING] for text in found)
    return tuple(said)[:_MOST_FINDINGS]


def answer_name(brief: Brief, bounds: Bounds, number: int) -> str:
    """Return the name of an attempt's answer: a hash of all that went into it."""
    can = bounds.capabilities
    asked = [can.server, can.model, sorted(can.parameters.items()), bounds.begun, number]
    return _digest([brief_digest(brief), asked])


def brief_digest(brief: Brief) -> str:
    """Return SHA-256 of a brief, in hex."""
    return _digest(asdict(brief))


def _digest(value: object) -> str:
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=dict
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
