"""Making a rendered text fit for its part: one line where there can be one, plain marks in SMS."""

from __future__ import annotations

import re

from storesync.model.channel import Part

# White space, and every character that some mail program or another takes for a line's end.
_GAP = re.compile("[\\s\x00-\x20\x7f-\xa0\u2028\u2029]+")
# Typographic marks to the ones of the SMS alphabet, as Twilio's "Smart Encoding" does: each alone
# would more than double what a message costs.
_PLAIN_MARKS = {
    ord(mark): plain
    for plain, marks in {
        " ": "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
        "'": "\u2018\u2019\u201a\u201b\u2032",
        '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
        "...": "\u2026",
        "": "\u200b\u2060\ufeff",
    }.items()
    for mark in marks
}


def text(part: Part, rendered: str) -> str:
    """Return what goes out of what a template gave."""
    if part.one_line:
        rendered = _GAP.sub(" ", rendered)
    if part.plain_marks and not rendered.isascii():
        rendered = rendered.translate(_PLAIN_MARKS)
    return rendered.strip() if part.trim else rendered
