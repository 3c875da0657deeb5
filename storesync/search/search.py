"""One brand's index, open for questions: words and vectors asked, their answers ranked."""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from storesync.plugins.embedder import Embedder, EmbedRequest
from storesync.search.concepts import Lexicon
from storesync.search.document import Document, state_of
from storesync.search.gloss import gloss, reads_as
from storesync.search.rank import (
    FORMULA,
    Evidence,
    Formula,
    Ranked,
    meaning_of,
    rank,
    words_evidence,
)
from storesync.search.success import Success, success
from storesync.search.terms import Asked, asked_in
from storesync.search.typo import meant
from storesync.search.vectors import Vectors
from storesync.search.words import Words

# Passages that are looked at for each question, at least, and for each answer wanted.
_NEAREST, _EACH = 30, 4
# Passages that a question's cosines are held against.
_SAMPLE = 200
# The share of them, from below, that is background: the best ones may be answers.
_USUAL = 0.9
# Of few passages the deviation is mostly chance: as if so many more had the usual one.
_FEW, _SPREAD = 10, 0.1
# A word that more campaigns hold than this share tells nothing, beside others that do.
_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Filters:
    """Which campaigns may answer; empty: all. `state` as of `at` (UTC)."""

    channel: str = ""
    season: str = ""
    language: str = ""
    product: str = ""
    states: frozenset[str] = frozenset()
    at: datetime | None = None

    def allow(self, document: Document) -> bool:
        """Say whether a campaign is among those wanted."""
        return (
            self.channel in {"", *document.channels}
            and self.season in {"", document.season}
            and self.language.partition("-")[0] in {"", *document.languages}
            and self.product in {"", *document.products}
            and (not self.states or self.at is None or state_of(document, self.at) in self.states)
        )


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
        self._words, self._meaning, self._known = words, meaning, known
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

    def ask(self, question: Question) -> list[Ranked]:
        """Return what answers a question, the best first. Raises as the embedder does."""
        allowed = {
            number
            for number, document in self.documents.items()
            if document.campaign != question.beside and question.filters.allow(document)
        }
        if not allowed:
            return []
        asked = self._asked(question.text if question.words is None else question.words)
        by_words = words_evidence(asked, self._matches(asked), len(self.documents), self.formula)
        near = self._near(question, allowed)
        evidence = {
            number: Evidence(
                words=by_words.get(number, (0.0, {}))[0],
                matched=by_words.get(number, (0.0, {}))[1],
                meaning=near.get(number, (0.0, ""))[0],
                passage=near.get(number, (0.0, ""))[1],
            )
            for number in (by_words.keys() | near.keys()) & allowed
        }
        known = {
            number: self.successes[self.documents[number].campaign].score
            for number in evidence
            if self.documents[number].campaign in self.successes
        }
        return rank(evidence, known, self.formula)[: question.limit]

    def _asked(self, text: str) -> list[Asked]:
        """Return what a text asks for; words that nobody wrote as those that were meant."""
        found = []
        for item in asked_in(text, self._known):
            own = item.terms[0]
            if len(item.terms) > 1 or item.exact or own in self._vocabulary or "_" in own:
                found.append(item)
                continue
            near = meant(own, self._vocabulary)
            phrases = self._known.phrases
            near += [term for word in meant(own, self._singles) for term in phrases[(word,)]]
            found.append(replace(item, terms=(own, *dict.fromkeys(near))))
        return found

    @cached_property
    def _singles(self) -> frozenset[str]:
        """Return the concepts' phrases of one word."""
        return frozenset(phrase[0] for phrase in self._known.phrases if len(phrase) == 1)

    def _matches(self, asked: Sequence[Asked]) -> dict[str, Mapping[int, float]]:
        vocabulary = self._vocabulary
        terms = {term for item in asked for term in item.terms if term in vocabulary}
        return {term: dict(self._words.matching(term)) for term in sorted(terms)}

    def _near(self, question: Question, allowed: set[int]) -> dict[int, tuple[float, str]]:
        """Return number -> (meaning in 0..1, id of the nearest passage)."""
        if self._meaning is None:
            return {}
        vectors, embedder = self._meaning
        count = max(_NEAREST, _EACH * question.limit)
        among = None
        if len(allowed) < len(self.documents):
            among = [key for number in sorted(allowed) for key in self._passages.get(number, ())]
            count = min(count, len(among))
        found: dict[int, tuple[float, str]] = {}
        text = self._said(question.text, embedder)
        [vector] = embedder.embed(EmbedRequest([text], question=True))
        mean, deviation = self._background(vector)
        for key, cosine in vectors.nearest(vector, count, among):
            number = self._numbers.get(key)
            value = meaning_of(cosine, mean, deviation, self.formula)
            if number is not None and value > found.get(number, (0.0, ""))[0]:
                found[number] = (value, key)
        return found

    def _said(self, text: str, embedder: Embedder) -> str:
        """Return a question as the embedder reads it: in a language that it knows."""
        languages = embedder.capabilities.languages
        if not languages:
            return text
        others = sorted({"en", "de", "fr", "es"} - languages)
        if reads_as(text, self._known, [*sorted(languages), *others]) in languages:
            return text
        return gloss(text, self._known, min(languages)) or text

    def _background(self, vector: Sequence[float]) -> tuple[float, float]:
        """Return mean and deviation of a question's cosines over a sample of the brand."""
        values = sorted(
            sum(one * two for one, two in zip(vector, other, strict=True)) for other in self._sample
        )
        usual = values[: max(2, int(len(values) * _USUAL))]
        if len(values) < 2:
            return 0.0, 0.0
        count = len(usual)
        spread = count * statistics.pvariance(usual) + _FEW * _SPREAD**2
        return statistics.fmean(usual), math.sqrt(spread / (count + _FEW))

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

    @cached_property
    def _passages(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for key, number in self._numbers.items():
            found.setdefault(number, []).append(key)
        return found

    @cached_property
    def _sample(self) -> list[list[float]]:
        """Return the vectors of some passages, always the same ones of the same brand."""
        if self._meaning is None:
            return []
        keys = sorted(self._numbers, key=lambda key: hashlib.blake2b(key.encode()).digest())
        return self._meaning[0].get(keys[:_SAMPLE])
