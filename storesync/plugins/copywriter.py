"""What a copywriter is told and answers: a brief of listed fields, and a draft of texts.

A copywriter writes words and decides nothing: whether a draft is right is `storesync.copywriting`'s
to tell, whatever the draft says of itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable

from storesync.errors import UserError


@dataclass(frozen=True, slots=True)
class Field:
    """A text to be written.

    `longest` and `shortest` in characters with its slots filled; 0: as the channel.
    """

    name: str
    description: str = ""
    longest: int = 0
    shortest: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that the toolkit fills in where a text says `{{ name }}`."""

    name: str
    means: str
    example: str


@dataclass(frozen=True, slots=True)
class Example:
    """Words of an earlier campaign of the same brand that sold; how well is nobody's business.

    `channels` and `language` (its English name) are where they stood, empty where it is the brief's
    own: of others a copywriter learns what sold, not how long or in which form.
    """

    texts: Mapping[str, str]
    channels: Sequence[str] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a copywriter is told; nothing else leaves the machine.

    `facts` is what may be said, by name; `limits` are those of the channel, in words, and `style`
    the brand's rules besides `avoid`, where `*` stands for any letters. `findings`
    are what was wrong with the texts in `rejected`, where this is not the first attempt. `canary`
    is a word that may stand in instructions and never in a text: a draft with it repeats them.
    """

    brand: str
    channel: str
    locale: str
    language: str
    fields: Sequence[Field]
    slots: Sequence[Slot] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    tone: Sequence[str] = ()
    avoid: Sequence[str] = ()
    style: Sequence[str] = ()
    limits: Sequence[str] = ()
    examples: Sequence[Example] = ()
    variants: int = 1
    rejected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    findings: Sequence[str] = ()
    canary: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of requests: a model's own units."""

    input: int = 0
    output: int = 0

    @property
    def total(self) -> int:
        """Return what was read and written together."""
        return self.input + self.output

    def plus(self, other: Usage) -> Usage:
        """Return both together."""
        return Usage(self.input + other.input, self.output + other.output)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer. `values` are texts by field, as many as `variants`, not checked at all.

    `fault` says in words why there are none to be used: refused, cut off, no JSON. `usage` is what
    the server says it counted.
    """

    values: Mapping[str, Sequence[str]]
    usage: Usage
    model: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CopywriterSetting:
    """What a copywriter's factory is given; times in seconds.

    `temperature` None leaves it to the server. `max_output` bounds the tokens of one answer.
    `options` are the plug-in's own.
    """

    root: Path
    model: str
    base_url: str = ""
    timeout: float = 60
    max_output: int = 2_000
    temperature: Decimal | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopywriterCapabilities:
    """What a copywriter can do, as data. `parameters` go into the provenance of each draft.

    `instructions` are its own words around each brief, which no draft may repeat. `can_batch`: it
    is a `BatchCopywriter` too. `server` tells answers of a model from those of another of its name.
    """

    model: str
    parameters: Mapping[str, str]
    instructions: str = ""
    can_batch: bool = False
    server: str = ""


class TryLater(Exception):  # noqa: N818 - a result that needs telling, like LostRace
    """No answer this time, and the same request may be answered later.

    `after` is how many seconds the server asked to wait, None where it said nothing. `counted`:
    the server may have read the request, and count it. `away`: nobody is there at its address.
    """

    def __init__(
        self,
        message: str,
        *,
        after: float | None = None,
        counted: bool = False,
        away: bool = False,
    ) -> None:
        """Keep what is known of the failure."""
        super().__init__(message)
        self.message = message
        self.after = after
        self.counted = counted
        self.away = away


class BadBatch(UserError):  # noqa: N818 - as TryLater
    """The server took a batch and then would not work on it; nothing of it was written."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as its server has it. `ended`: nothing more will come; then there are answers.

    `done` of `total` requests are through.
    """

    id: str
    key: str
    state: str
    ended: bool
    done: int
    total: int


class Copywriter(Protocol):
    """Writes texts from a brief. Asks at most once a call: the core decides about asking again."""

    capabilities: CopywriterCapabilities

    def most(self, brief: Brief) -> Usage:
        """Return the most tokens that one request with this brief can cost. Asks nobody."""

    def write(self, brief: Brief) -> Draft:
        """Ask once. May be called by several threads at a time.

        Raises TryLater where asking again may help, and UserError where no request would be
        answered (a wrong key, a model that is not there).
        """


@runtime_checkable
class BatchCopywriter(Protocol):
    """A copywriter that takes many briefs at once and answers within a day, for less money."""

    def find(self, key: str) -> Batch | None:
        """Return the newest batch that was submitted with `key`, None where there is none.

        Raises UserError where that cannot be known.
        """

    def submit(self, key: str, briefs: Mapping[str, Brief]) -> Batch:
        """Hand in briefs by name, findable by `key`. Raises UserError."""

    def collect(self, batch: Batch, briefs: Mapping[str, Brief]) -> Mapping[str, Draft]:
        """Return the answers of a batch that ended, by name; some may be missing.

        Raises UserError; BadBatch where the server refused it as a whole.
        """
