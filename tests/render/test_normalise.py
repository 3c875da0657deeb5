"""What becomes of a rendered text before it goes out."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("file", "template", "expected"),
    [
        ("sms.txt", "\n  a  b \n\n", "a  b"),
        (
            "sms.txt",
            "{{ '\u201ca\u201d \u2013 \u2018b\u2019\u2026 5\u00a0%\u202fx' }}",
            "\"a\" - 'b'... 5 % x",
        ),
        ("social.txt", " \u201ca\u201d\n", "\u201ca\u201d"),
        ("web.html", " a\n\n", " a\n"),
    ],
)
def test_text_is_made_fit(render, file, template, expected):
    assert render(template, file) == expected


@pytest.mark.parametrize(
    "gap", ["\n", "\r\n", "\t", "\0", "\x85", "\u2028", "\u2029", "\x0b", " \n "]
)
def test_a_subject_is_one_line(gap):
    from storesync.model.channel import KINDS
    from storesync.render.limits import measure
    from storesync.render.normalise import text

    subject = KINDS["email"].part("subject")
    assert text(subject, f"Sale{gap}Bcc: a@example.com\n") == "Sale Bcc: a@example.com"
    empty = measure("email", "subject", text(subject, gap))
    assert [item.rule for item in empty] == ["empty-part"]
