"""What an embedder is asked and answers: texts in, vectors out that lie close for like meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EmbedderCapabilities:
    """What an embedder is, as data: the core asks this and never an embedder's name.

    `model` names the weights: vectors of one model are never compared with another's.
    `dimensions` is the length of a vector, 0 where only an answer tells. `languages` are those
    that it understands (ISO 639-1), empty for many; questions in others are translated word by
    word. `needs_network`: it asks a server, so texts leave this machine. `batch_size` is the most
    texts of one request.
    """

    model: str
    dimensions: int
    languages: frozenset[str]
    needs_network: bool
    batch_size: int = 64


@dataclass(frozen=True, slots=True)
class EmbedRequest:
    """Texts to be embedded: passages that are searched, or (`question`) what is asked."""

    texts: Sequence[str]
    question: bool = False


@dataclass(frozen=True, slots=True)
class EmbedderSetting:
    """What an embedder's factory is given: its options, and the environment for secrets."""

    options: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


class Embedder(Protocol):
    """Where meaning comes from. The same text always gets the same vector of one model."""

    capabilities: EmbedderCapabilities

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        """Return a vector of length 1 for each text, in order.

        Raises UserError where it cannot: no network, no key, a server that says no.
        """
