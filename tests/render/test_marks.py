from __future__ import annotations

import pytest

from storesync.render.marks import pieces


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Hello", [("", "Hello")]),
        ("a {{ b }} c", [("", "a "), ("{{", " b "), ("", " c")]),
        ("{% if a %}b{# c {{ d }} #}", [("{%", " if a "), ("", "b"), ("{#", " c {{ d }} ")]),
        ("{{ a {% b }}", [("{{", " a {% b ")]),
        ("a }} b", [("", "a }} b")]),
        ("a {{ b", [("", "a "), ("{{", " b")]),
    ],
)
def test_a_template_is_taken_apart_at_its_marks(source, told):
    found = list(pieces(source))
    assert "".join(text for _, text in found) == source
    joined: list[tuple[str, str]] = []
    for kind, text in found:
        if kind == "mark" or not text:
            continue
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    assert joined == told
