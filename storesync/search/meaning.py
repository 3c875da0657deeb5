"""What lies near a question: the passages of one brand, as an embedder places them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from storesync.plugins.embedder import Embedder, EmbedRequest
from storesync.search.concepts import Lexicon
from storesync.search.gloss import gloss, reads_as
from storesync.search.rank import Formula, Usual, meaning_of
from storesync.search.vectors import Vectors

# Passages that are looked at for each question, at least, and for each answer wanted.
_NEAREST, _EACH = 20, 2
# Passages whose cosines to each other tell what is usual.
_SAMPLE = 200
# Of few passages the deviation is mostly chance: as if so many more had this one.
_FEW, _SPREAD = 10, 0.1


class Meaning:
    """The vectors of a brand's passages; `numbers` is passage -> number of its campaign."""

    def __init__(
        self, vectors: Vectors, embedder: Embedder, known: Lexicon, numbers: Mapping[str, int]
    ) -> None:
        self._vectors, self._embedder, self._known = vectors, embedder, known
        self._numbers = numbers
        self._asked: dict[str, Any] = {}  # a run asks the same of several channels

    def near(
        self, question: str, limit: int, allowed: set[int] | None, formula: Formula
    ) -> dict[int, tuple[float, str]]:
        """Return number -> (meaning in 0..1, id of the nearest passage), enough for `limit`.

        `allowed` are the campaigns that may answer, None for all. Raises as the embedder does.
        """
        count = max(_NEAREST, _EACH * limit)
        among = None
        if allowed is not None:
            among = [key for number in sorted(allowed) for key in self._passages.get(number, ())]
            count = min(count, len(among))
        found: dict[int, tuple[float, str]] = {}
        for key, cosine in self._vectors.nearest(self._vector(question), count, among):
            number = self._numbers.get(key)
            value = meaning_of(cosine, self._usual, formula)
            # Those that do not stand out are near as well: their words are looked at.
            if number is not None and value > found.get(number, (-1.0, ""))[0]:
                found[number] = (value, key)
        return found

    def _vector(self, question: str) -> Any:
        import numpy as np

        if question not in self._asked:
            [numbers] = self._embedder.embed(EmbedRequest([self._said(question)], question=True))
            self._asked[question] = np.asarray(numbers, dtype=np.float32)
        return self._asked[question]

    def _said(self, text: str) -> str:
        """Return a question as the embedder reads it: in a language that it knows."""
        languages = self._embedder.capabilities.languages
        if not languages:
            return text
        others = sorted(set(self._known.spoken) - languages)
        if reads_as(text, self._known, [*sorted(languages), *others]) in languages:
            return text
        return gloss(text, self._known, min(languages)) or text

    @cached_property
    def _passages(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for key, number in self._numbers.items():
            found.setdefault(number, []).append(key)
        return found

    @cached_property
    def _usual(self) -> Usual:
        """Return how near the brand's passages are to those of other campaigns.

        Some of them tell, always the same ones of the same brand.
        """
        import numpy as np

        keys = sorted(self._numbers, key=lambda key: hashlib.blake2b(key.encode()).digest())
        keys = keys[:_SAMPLE]
        numbers = np.asarray([self._numbers[key] for key in keys])
        others = numbers[:, None] != numbers
        if not others.any():
            return Usual()
        vectors = np.asarray(self._vectors.get(keys), dtype=np.float32)
        cosines = (vectors @ vectors.T)[others]
        spread = len(keys) * float(cosines.var()) + _FEW * _SPREAD**2
        return Usual(float(cosines.mean()), math.sqrt(spread / (len(keys) + _FEW)))
