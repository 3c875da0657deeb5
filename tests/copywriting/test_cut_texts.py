"""A text may end anywhere, or go on as another one: nothing that reads it may fall over its end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import labelled
import pytest
from roles import declared

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

FILES = sorted((Path(__file__).parents[1] / "cases" / "roles").glob("*.json"))
_GAPS = re.compile(r"(?<=\W)(?=\w)|(?<=\w)(?=\W)")


def told(path: Path) -> Iterator[tuple[str, Facts]]:
    for one in json.loads(path.read_text(encoding="utf-8"))["sets"]:
        facts = declared(one["facts"])
        yield from ((case["copy"], facts) for case in one["cases"])


def cuts(text: str) -> list[int]:
    return [gap.start() for gap in _GAPS.finditer(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_may_end_at_any_word(path: Path):
    """Each text is cut once, each at another word."""
    for number, (text, facts) in enumerate(told(path)):
        places = cuts(text) or [0]
        at = places[number * 7 % len(places)]
        check(text[:at], facts.locale, facts)
        check(text[at:], facts.locale, facts)


@pytest.mark.sweep
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_may_end_at_every_word(path: Path):
    for text, facts in told(path):
        for at in cuts(text):
            check(text[:at], facts.locale, facts)


@pytest.mark.sweep
@pytest.mark.parametrize("which", [*labelled.SETS, labelled.HARD])
def test_a_text_of_shops_may_end_at_every_word(which: str):
    for case in labelled.cases(which):
        facts = labelled.facts_for(case.language)
        for at in cuts(case.text):
            check(case.text[:at], labelled.locale_of(case.language), facts)
