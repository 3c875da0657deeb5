"""One brand's index, open for questions: words and vectors asked, their answers ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from storesync.plugins.embedder import Embedder
from storesync.search.concepts import Lexicon
from storesync.search.document import Document, state_of
from storesync.search.meaning import Meaning
from storesync.search.rank import (
    FORMULA,
    Evidence,
    Formula,
    Ranked,
    borne_out,
    rank,
    words_evidence,
)
from storesync.search.success import Success, success
from storesync.search.terms import Asked, asked_in
from storesync.search.text import tokens
from storesync.search.unknown import Written
from storesync.search.vectors import Vectors
from storesync.search.words import Words

# A term that more campaigns hold is looked up in those that were found, and finds none itself;
# then how often a campaign holds it is not asked.
_MANY, _MIDDLE = 100, 0.5
_NOT_NEAR = (0.0, "")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which campaigns may answer; empty: all.

    States are those of `known`, (brand, campaign) -> state; of others what the flight says of
    `at` (UTC).
    """

    channel: str = ""
    season: str = ""
    language: str = ""
    product: str = ""
    states: frozenset[str] = frozenset()
    at: datetime | None = None
    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def allow(self, document: Document) -> bool:
        """Say whether a campaign is among those wanted."""
        return (
            self.channel in {"", *document.channels}
            and self.season in {"", document.season}
            and self.language.partition("-")[0] in {"", *document.languages}
            and self.product in {"", *document.products}
            and (not self.states or self.at is None or self.state(document, self.at) in self.states)
        )

    def state(self, document: Document, at: datetime) -> str:
        """Return a campaign's state."""
        return self.known.get((document.brand, document.campaign)) or state_of(document, at)


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: a text, and how many answers; never the campaign `beside`.

    `words` are what is looked for by words, where that is not the text itself.
    """

    text: str
    limit: int = 10
    filters: Filters = field(default_factory=Filters)
    beside: str = ""
    words: str | None = None


class BrandSearch:
    """Questions to one brand's index. Without vectors, words alone answer."""

    def __init__(
        self,
        words: Words,
        meaning: tuple[Vectors, Embedder] | None,
        known: Lexicon,
        formula: Formula = FORMULA,
    ) -> None:
        self._words, self._vectors, self._known = words, meaning, known
        self.formula = formula

    def forget_meaning(self) -> None:
        """Ask words alone from now on."""
        self._meaning = None

    def close(self) -> None:
        """Close the file of words."""
        self._words.close()

    @cached_property
    def documents(self) -> Mapping[int, Document]:
        """Return the brand's documents by number."""
        return self._words.documents()

    @cached_property
    def successes(self) -> Mapping[str, Success]:
        """Return how successful each campaign was among the brand's, where that is known."""
        return success(
            {
                document.campaign: document.outcome
                for document in self.documents.values()
                if document.outcome is not None
            }
        )

    @cached_property
    def _scores(self) -> Mapping[int, float]:
        return {
            number: self.successes[document.campaign].score
            for number, document in self.documents.items()
            if document.campaign in self.successes
        }

    def ask(self, question: Question) -> list[Ranked]:
        """Return what answers a question, the best first. Raises as the embedder does."""
        allowed = self._allowed(question)
        if allowed is not None and not allowed:
            return []
        text = question.text if question.words is None else question.words
        asked = self._asked_in(text)
        near = self._near(question, allowed)
        count = len(self.documents)
        said = words_evidence(
            asked, self._matches(asked, near), self._vocabulary, count, self.formula
        )
        misspelt = bool(asked) and all(item.slip for item in asked)
        if misspelt and question.words is None:  # else the embedder has read other words
            near = borne_out(said.shares, near)
        numbers = said.shares.keys() | near.keys()
        evidence = {
            number: Evidence(said.shares.get(number, 0.0), *near.get(number, _NOT_NEAR))
            for number in (numbers if allowed is None else numbers & allowed)
        }
        formula = self.formula if self._meaning else replace(self.formula, words=1.0)
        length = len(tokens(text))
        return [
            item._replace(evidence=item.evidence._replace(matched=said.matched(item.number)))
            for item in rank(evidence, self._scores, count, length, formula, question.limit)
        ]

    def _allowed(self, question: Question) -> set[int] | None:
        """Return the numbers of the campaigns that may answer, None for all."""
        if question.filters == Filters(at=question.filters.at) and not question.beside:
            return None
        return {
            number
            for number, document in self.documents.items()
            if document.campaign != question.beside and question.filters.allow(document)
        }

    def _asked_in(self, text: str) -> list[Asked]:
        """Return what a text asks for; words that nobody wrote as those that were meant."""
        return [self._put_right(item) for item in asked_in(text, self._known)]

    def _put_right(self, item: Asked) -> Asked:
        """Return a thing asked, with what was meant by it where nobody wrote that word."""
        own = item.terms[0]
        if len(item.terms) > 1 or item.exact or own in self._vocabulary or "_" in own:
            return item
        if near := self._written.near(item.word, own):
            return replace(item, weaker=near)
        meant = self._written.meant(item.word, own)
        return replace(item, weaker=meant, slip=bool(meant))

    @cached_property
    def _written(self) -> Written:
        return Written(self._vocabulary, self._known.phrases)

    def _matches(
        self, asked: Sequence[Asked], near: Iterable[int]
    ) -> dict[str, Mapping[int, float]]:
        """Return term -> campaign -> how much it is about the term, in 0..1.

        A term that very many campaigns hold finds none by itself: it is looked up in those that
        meaning or rarer words found. Where there is no meaning, it does.
        """
        held = self._vocabulary
        wanted = {term for item in asked for term in item.terms}
        wanted.update(term for item in asked for term in item.weaker)
        terms = sorted(wanted & held.keys())
        rare = [term for term in terms if self._meaning is None or held[term] <= _MANY]
        matches: dict[str, Mapping[int, float]] = {}
        for term in rare:
            matches[term] = self._about(term)
        common = [term for term in terms if term not in matches]
        if common:
            for term, holders in self._words.holders(common, rare, near).items():
                matches[term] = dict.fromkeys(holders, _MIDDLE)
        return matches

    def _about(self, term: str) -> Mapping[int, float]:
        """Return campaign -> how much it is about a term, in 0..1."""
        scores = dict(self._words.matching(term))
        most = max(scores.values(), default=0.0) or 1.0
        return {number: score / most for number, score in scores.items()}

    def _near(self, question: Question, allowed: set[int] | None) -> dict[int, tuple[float, str]]:
        """Return number -> (meaning in 0..1, id of the nearest passage)."""
        if self._meaning is None:
            return {}
        return self._meaning.near(question.text, question.limit, allowed, self.formula)

    @cached_property
    def _meaning(self) -> Meaning | None:
        return Meaning(*self._vectors, self._known, self._numbers) if self._vectors else None

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return self._words.vocabulary()

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Return passage -> number of its campaign."""
        by_name = {document.campaign: number for number, document in self.documents.items()}
        return {
            key: by_name[key.partition("/")[0]]
            for key in self._words.passages()
            if key.partition("/")[0] in by_name
        }
