"""What every embedder keeps: `pytest tests/contracts/embedder.py` runs it over minilm.

Another one is tried by a class of its own, in a file that imports this one (put this folder on
`pythonpath`):

    class TestOurs(EmbedderContract):
        @pytest.fixture
        def embedder(self):
            return open_ours(EmbedderSetting({"model": "ours"}))
"""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from storesync.plugins.embedder import (
    Embedder,
    EmbedderCapabilities,
    EmbedderSetting,
    EmbedRequest,
)
from storesync.plugins.registry import missing_members, open_embedder

TEXTS = [
    "warm drinks for cold days",
    "",
    "x",
    "Grüße, naïve 中文 \u200b 🙂",
    "word " * 2_000,
    "A bowl of soup against the rain.",
]


class EmbedderContract:
    """The contract; a subclass gives the fixture `embedder`."""

    knows_meaning = True

    @pytest.fixture
    def embedder(self) -> Embedder:
        raise NotImplementedError

    def test_it_has_what_the_protocol_names(self, embedder):
        assert missing_members(embedder, Embedder) == []
        assert isinstance(embedder.capabilities, EmbedderCapabilities)
        assert embedder.capabilities.model
        assert embedder.capabilities.batch_size > 0
        assert all(len(code) == 2 and code.islower() for code in embedder.capabilities.languages)

    @pytest.mark.parametrize("question", [False, True])
    def test_a_vector_of_length_one_for_each_text_in_order(self, embedder, question):
        vectors = embedder.embed(EmbedRequest(TEXTS, question))
        assert len(vectors) == len(TEXTS)
        assert len({len(vector) for vector in vectors}) == 1
        assert embedder.capabilities.dimensions in {0, len(vectors[0])}
        for vector in vectors:
            assert all(isinstance(value, float) for value in vector)
            assert math.dist(vector, [0.0] * len(vector)) == pytest.approx(1, abs=1e-3)

    def test_nothing_asked_nothing_answered(self, embedder):
        assert embedder.embed(EmbedRequest([])) == []

    def test_the_same_text_gets_the_same_vector_whatever_stands_beside_it(self, embedder):
        many = embedder.embed(EmbedRequest(TEXTS * 2))
        for one, other in zip(many[: len(TEXTS)], many[len(TEXTS) :], strict=True):
            assert math.dist(one, other) < 0.02
        [alone] = embedder.embed(EmbedRequest([TEXTS[0]]))
        assert math.dist(alone, many[0]) < 0.2  # int8: a little noise from the others of a batch

    def test_like_meaning_lies_closer(self, embedder):
        if not self.knows_meaning:
            pytest.skip("it only stands in for a model")
        texts = ["a hot cup of coffee", "something warm to drink", "the invoice is overdue"]
        near, other, far = embedder.embed(EmbedRequest(texts))
        assert math.dist(near, other) < math.dist(near, far)

    def test_as_many_as_a_batch_and_more(self, embedder):
        count = embedder.capabilities.batch_size + 1
        vectors = embedder.embed(EmbedRequest([f"text {number}" for number in range(count)]))
        assert len(vectors) == count
        assert all(one != other for one, other in pairwise(vectors[:3]))


@pytest.fixture(scope="module")
def minilm(tmp_path_factory) -> Embedder:
    return open_embedder("minilm", EmbedderSetting(), [], tmp_path_factory.mktemp("none"))


class TestMiniLM(EmbedderContract):
    """all-MiniLM-L6-v2, which comes with the extra `ai`."""

    @pytest.fixture
    def embedder(self, minilm) -> Embedder:
        return minilm
