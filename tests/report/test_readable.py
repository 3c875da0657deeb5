"""HTML as it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.report.readable import readable

CASES = [
    ("<p>Hello, <b>you</b></p>\n<p>there</p>", ["Hello, you", "there"]),
    ("<title>T</title><style>p{}</style><script>x()</script><p>a\n b", ["T", "a b"]),
    ("one<br>two<hr>three", ["one", "two", "three"]),
    ("H<sub>2</sub>O", ["H2O"]),
    # Set apart by styles: a person does not read them as one word.
    ("<span>off</span><strong>Flat White</strong><small>until", ["off Flat White until"]),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", ["a b", "c"]),
    ('<img alt="A cup" src="x">', ["[picture: A cup]"]),
    ("<svg><text>drawn</text></svg><p>a", ["a"]),
    ("&lt;b&gt; &amp; caf&eacute;", ["<b> & café"]),
    ('<a href="https://x.example/a">Look</a>', ["Look (link: https://x.example/a)"]),
    ('<a href="https://x.example/">x.example</a>', ["x.example"]),
    ('<a href="tel:+15125550142">(512) 555-0142</a>', ["(512) 555-0142"]),
    ('<a href="tel:+441134960127">0113 496 0127</a>', ["0113 496 0127"]),
    ('<a href="tel:+15125550199">(512) 555-0142</a>', ["(512) 555-0142 (link: tel:+15125550199)"]),
    ('<a href="javascript:x()">x.example</a>', ["x.example (link: javascript:x())"]),
    ("</a></p></svg>loose", ["loose"]),
]


@pytest.mark.parametrize(("html", "lines"), CASES)
def test_a_page_is_read_line_by_line(html: str, lines: list[str]):
    assert list(readable("html", html).lines) == lines


def test_a_message_is_its_lines():
    assert readable("txt", " <b>a</b>  b\n\nc ") == (("<b>a</b> b", "c"), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<p class="a">x', '<p class="b">x'),
        ("<style>p{color:red}</style>x", "<style>p{color:white}</style>x"),
        ('<img src="a">', '<img src="b">'),
        ("<p>x</p>", "<div>x</div>"),
    ],
)
def test_what_lies_behind_the_words_is_told_apart(one: str, other: str):
    assert readable("html", one).lines == readable("html", other).lines
    assert readable("html", one).behind != readable("html", other).behind


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href='x'>",
                "</a>",
                "<svg>",
                "</svg>",
                "<!--",
                "-->",
                "text",
                "<",
                "&",
                "<p",
                "<td>",
            ]
        )
    )
)
def test_nothing_breaks_it(pieces: list[str]):
    assert all(line.strip() == line != "" for line in readable("html", "".join(pieces)).lines)
