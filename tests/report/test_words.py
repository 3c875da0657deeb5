"""Words before and after: nothing is lost or invented, and what stays is short."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.report.words import LINE, Kind, as_markdown, differ, plain, words_of

texts = st.lists(st.sampled_from(["a", "b", "c", "20%", LINE]), max_size=30)


@given(texts, texts)
def test_both_texts_are_in_it(old: list[str], new: list[str]):
    found = differ(old, new)
    assert [word for item in found if item.kind is not Kind.NEW for word in item.words] == old
    assert [word for item in found if item.kind is not Kind.OLD for word in item.words] == new
    assert all(item.words for item in found)
    if old == new:
        assert {item.kind for item in found} <= {Kind.SAME}


@given(texts, texts)
def test_what_is_shown_as_it_was_is_in_both(old: list[str], new: list[str]):
    same = sum(len(item.words) for item in differ(old, new) if item.kind is Kind.SAME)
    assert same <= min(len(old), len(new))


LONG = "One two three four five six seven eight nine ten eleven twelve"
SHOWN = [
    ("20% off", "25% off", "<del>20%</del> <b>25%</b> off"),
    ("Come in", "Come in today", "Come in <b>today</b>"),
    ("Come in today", "Come in", "Come in <del>today</del>"),
    (
        f"{LONG} 20%",
        f"{LONG} 25%",
        "… seven eight nine ten eleven twelve <del>20%</del> <b>25%</b>",
    ),
    (f"20% {LONG}", f"25% {LONG}", "<del>20%</del> <b>25%</b> One two three four five six …"),
    # A word that stays by chance between words that change would tear them apart.
    (
        "warm hands and hearts",
        "cold feet and noses",
        "<del>warm hands and hearts</del> <b>cold feet and noses</b>",
    ),
    ("a\nb", "a\nc", "a / <del>b</del> <b>c</b>"),
    ("<b>x</b>", "@all", "<del>&lt;b&gt;x&lt;/b&gt;</del> <b>@\u200ball</b>"),
]


@pytest.mark.parametrize(("old", "new", "shown"), SHOWN)
def test_changes_are_seen_at_a_glance(old: str, new: str, shown: str):
    stretches = differ(words_of(old.split("\n")), words_of(new.split("\n")))
    assert as_markdown(stretches) == shown


def test_a_new_text_is_cut_with_a_count():
    assert plain(["Hello, there", "", "Come in", "Hello, there"]) == "Hello, there / Come in"
    assert plain(["a b c", "d e"], most=4) == "a b c / <i>… 2 more words</i>"


@pytest.mark.parametrize("end", ["ab", "abcdefgh"])
def test_hostile_texts_take_no_time(end: str):
    old = [end[i % len(end)] for i in range(4_000)]
    new = [end[i * 7 % len(end) - i % 3] for i in range(4_000)]
    before = time.process_time()
    shown = as_markdown(differ(old, new))
    assert time.process_time() - before < 2
    assert len(shown) < 4_000
    assert re.search("<del>.*</del> <b>.*</b>", shown)
