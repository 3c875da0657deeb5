"""Patterns of words, looked up by how they begin."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.language import phrases
from storesync.copywriting.facts.language.phrases import Phrases
from storesync.copywriting.facts.language.tokens import tokenise


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("tea for two", ["any", "for", "gap"]),
        ("tea-for two", ["any", "for", "gap"]),
        ("tea now", ["any"]),
        ("tea", []),
    ],
)
def test_patterns_are_found_in_order_whatever_they_are_looked_up_by(said: str, labels: list[str]):
    known = Phrases([("tea *", "any"), ("tea for", "for"), ("tea … two", "gap"), ("tea at", "at")])
    assert [match.label for match in known.at(tokenise(said, said), 0, {})] == labels


def test_patterns_whose_second_word_is_another_are_not_looked_at(monkeypatch):
    followed = []
    monkeypatch.setattr(phrases, "_follow", lambda elements, *_: followed.append(elements) or 0)
    known = Phrases([("tea* for", "one"), ("tea* at", "two"), ("tea* *", "three")])
    known.at(tokenise("teas at", "teas at"), 0, {})
    assert followed == [["tea*", "at"], ["tea*", "*"]]
