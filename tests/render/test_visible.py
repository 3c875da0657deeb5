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

PAGE = "<p>One per guest &amp; visit. Don\u2019t “stack” offers.</p>"
SEEN = {
    "plainly": PAGE,
    "over lines": "<p>One per\n   guest &amp;\tvisit. Don\u2019t “stack” offers.</p>",
    "by entities": "<p>One per guest &#38; visit. Don&rsquo;t &ldquo;stack&rdquo; offers.</p>",
    "emphasised": "<p><b>One</b> per guest &amp; <a href='/x'>visit</a>. "
    "Don\u2019t “stack” offers.</p>",
    "with a soft hyphen": "<p>One per guest &amp; vis&shy;it. Don\u2019t “stack” offers.</p>",
    "behind what is hidden": "<title>x</title><p hidden>y</p><p>One per guest &amp; visit."
    " Don\u2019t “stack” offers.</p>",
    "in an open element": f"<details open>{PAGE}</details><dialog open></dialog>",
    "half transparent": PAGE.replace("<p>", '<p style="opacity:0.5;font-size:0.8em">'),
    "behind a comment": "<!-- x > y --><p>One per guest &amp; visit. "
    "Don\u2019t “stack” offers.</p>",
}
UNSEEN = {
    "not at all": "<p>Hello</p>",
    "in other words": PAGE.replace("per guest", "for each guest"),
    "in part": PAGE.replace(" offers.", ""),
    "in a comment": f"<p>Hello</p><!-- {PAGE} -->",
    "in an attribute": '<img alt="One per guest &amp; visit. Don\u2019t “stack” offers.">',
    "in a hidden element": PAGE.replace("<p>", "<p hidden>"),
    "in an element of no display": PAGE.replace("<p>", '<p style="color: red; Display : none">'),
    "in an element not visible": PAGE.replace("<p>", '<p style="visibility:hidden">'),
    "in an attribute behind a mark": f'<img alt="> {LEGAL}">'.replace("&", "&amp;"),
    "in a script": f"<SCRIPT>{PAGE}</SCRIPT>",
    "in a template in a template": f"<template><template></template>{PAGE}</template>",
    "in the title": f"<head><title>{PAGE}</title></head>",
    "hidden by an entity": PAGE.replace("<p>", '<p style="display&#58;none">'),
    "hidden around a comment": PAGE.replace("<p>", '<p style="display:/* x */none">'),
    "hidden by an escape": PAGE.replace("<p>", '<p style="d\\isplay:none">'),
    "letters of no size": PAGE.replace("<p>", '<p style="font-size: 0px; color: red">'),
    "letters of no colour": PAGE.replace("<p>", '<p style="opacity:0.0">'),
    "where scripts do not run": f"<noscript>{PAGE}</noscript>",
    "where no video plays": f"<video>{PAGE}</video>",
    "behind a click": f"<details><summary>Terms</summary>{PAGE}</details>",
    "in a closed dialog": f"<dialog>{PAGE}</dialog>",
    "split by a line of its own": PAGE.replace("visit.", "visit.<p>Or not.</p>"),
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


@pytest.mark.parametrize(
    ("text", "legal", "is_shown"),
    [
        ("Add to cart", "Ad", False),
        ("Add, Ad", "Ad", True),
        ("from 118+ shops", "18+", False),
        ("18+.", "18+", True),
        ("\u5e83\u544a\u3067\u3059", "\u5e83\u544a", True),
        ("anything", "\u200b \xad", False),
        ("anything.", ".", False),
    ],
)
def test_a_part_of_a_word_is_no_legal_text(text: str, legal: str, is_shown: bool):
    assert shows(HTML, f"<p>{text}</p>", legal) is is_shown
    assert shows(TXT, text, legal) is is_shown


HOSTILE = ["<", "<p hidden>", "<!--", "&", "<template>", "<a b='", "<!", "</", "&#1", "= '", "='"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_takes_no_longer(piece: str):
    began = time.process_time()
    shows(HTML, "<p>" + piece * (200_000 // len(piece)), LEGAL)
    assert time.process_time() - began < 2


def test_surroundings_tell_one_place_from_another():
    around = surroundings(HTML, SEEN["plainly"], LEGAL)
    assert around in SEEN["behind a comment"]
    assert around not in UNSEEN["in a hidden element"]
    assert surroundings(HTML, SEEN["over lines"], LEGAL) == ""
    assert surroundings(SMS, 'x One per guest & visit. Don\'t "stack" offers.', LEGAL)[:2] == "x "
