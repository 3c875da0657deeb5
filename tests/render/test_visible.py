"""Whether a legal text is seen: word for word, and not where a browser hides it."""

from __future__ import annotations

import time

import pytest

from storesync.model.channel import KINDS
from storesync.render.visible import shows, surroundings

HTML = KINDS["web"].parts[0]
TXT = KINDS["email"].part("txt")
SMS = KINDS["sms"].parts[0]
LEGAL = "One per guest & visit. Don\u2019t “stack” offers."

SEEN = {
    "plainly": "<p>One per guest &amp; visit. Don\u2019t “stack” offers.</p>",
    "over lines": "<p>One per\n   guest &amp;\tvisit. Don\u2019t “stack” offers.</p>",
    "by entities": "<p>One per guest &#38; visit. Don&rsquo;t &ldquo;stack&rdquo; offers.</p>",
    "emphasised": "<p><b>One</b> per guest &amp; <a href='/x'>visit</a>. "
    "Don\u2019t “stack” offers.</p>",
    "with a soft hyphen": "<p>One per guest &amp; vis&shy;it. Don\u2019t “stack” offers.</p>",
    "behind what is hidden": "<title>x</title><p hidden>y</p><p>One per guest &amp; visit."
    " Don\u2019t “stack” offers.</p>",
    "behind a comment": "<!-- x > y --><p>One per guest &amp; visit. "
    "Don\u2019t “stack” offers.</p>",
}
PLAIN = SEEN["plainly"]
UNSEEN = {
    "not at all": "<p>Hello</p>",
    "in other words": PLAIN.replace("per guest", "for each guest"),
    "in part": PLAIN.replace(" offers.", ""),
    "in a comment": f"<p>Hello</p><!-- {PLAIN} -->",
    "in an attribute": '<img alt="One per guest &amp; visit. Don\u2019t “stack” offers.">',
    "in a hidden element": PLAIN.replace("<p>", "<p hidden>"),
    "in an element of no display": PLAIN.replace("<p>", '<p style="color: red; Display : none">'),
    "in an element not visible": PLAIN.replace("<p>", '<p style="visibility:hidden">'),
    "in an attribute behind a mark": f'<img alt="> {LEGAL}">'.replace("&", "&amp;"),
    "in a script": f"<SCRIPT>{PLAIN}</SCRIPT>",
    "in a template in a template": f"<template><template></template>{PLAIN}</template>",
    "in the title": f"<head><title>{PLAIN}</title></head>",
    "split by a line of its own": PLAIN.replace("visit.", "visit.<p>Or not.</p>"),
}


@pytest.mark.parametrize("markup", SEEN.values(), ids=SEEN)
def test_a_text_is_seen(markup: str):
    assert shows(HTML, markup, LEGAL)


@pytest.mark.parametrize("markup", UNSEEN.values(), ids=UNSEEN)
def test_a_text_is_not_seen(markup: str):
    assert not shows(HTML, markup, LEGAL)


def test_plain_text_is_as_it_goes_out():
    assert shows(TXT, f"Hello\n\n{LEGAL.replace('guest', 'guest ')}\n", LEGAL)
    assert shows(SMS, 'One per guest & visit. Don\'t "stack" offers. Bye', LEGAL)
    assert not shows(SMS, 'one per guest & visit. Don\'t "stack" offers.', LEGAL)
    assert not shows(TXT, "<p>One per guest &amp; visit.</p>", LEGAL)


HOSTILE = ["<", "<p hidden>", "<!--", "&", "<template>", "<a b='", "<!", "</", "&#1", "= '", "='"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_takes_no_longer(piece: str):
    began = time.perf_counter()
    shows(HTML, "<p>" + piece * (200_000 // len(piece)), LEGAL)
    assert time.perf_counter() - began < 2


def test_surroundings_tell_one_place_from_another():
    around = surroundings(HTML, SEEN["plainly"], LEGAL)
    assert around in SEEN["behind a comment"]
    assert around not in UNSEEN["in a hidden element"]
    assert surroundings(HTML, SEEN["over lines"], LEGAL) == ""
    assert surroundings(SMS, 'x One per guest & visit. Don\'t "stack" offers.', LEGAL)[:2] == "x "
