"""Text from files in Markdown: what a real parser and GitHub's own searches make of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from storesync.report.escape import as_code, escape, escape_html, link

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What GitHub looks for in text when Markdown is done with it; code is left alone.
FOUND = {
    "a person or team": r"(?i)@[a-z0-9]",
    "a number": r"(?i)#\d|\bgh-\d",
    "a commit": r"(?i)[0-9a-f]{7,}",
    "an address": r"(?i)https?://|ftp://|www\.|mailto:\S|xmpp:\S",
    "mail": r"[\w.+-]+@[\w-]+\.\w",
    "emoji": r":[\w+-]+:",
    "an advisory": r"(?i)\b(?:ghsa|cve)-\w",
    "a reference of the repository's own": r"(?i)[a-z]-\d",
}
MARKUP = [
    ("a | b", r"a \| b"),
    ("![x](https://evil.example/p.gif)", "\\!\\[x\\](https:/\u200b/evil.example/p.gif)"),
    ("[Approve](javascript:x)", r"\[Approve\](javascript:x)"),
    ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
    ("</details></blockquote>", "&lt;/details&gt;&lt;/blockquote&gt;"),
    ("<!-- hidden -->", "&lt;\\!-- hidden --&gt;"),
    ("&lt;b&gt; &#64;team", "&amp;lt;b&amp;gt; &amp;#\u200b64;team"),
    ("@acme/everyone", "@\u200bacme/everyone"),
    ("fixes #12, gh-12", "fixes #\u200b12, gh-\u200b12"),
    ("TICKET-12 GHSA-abcd", "TICKET-\u200b12 GHSA-\u200babcd"),
    ("www.evil.example", "www\u200b.evil.example"),
    ("a@b.example mailto:x", "a@\u200bb.example mailto:\u200bx"),
    ("deadbeefcafe", "deadbe\u200befcafe"),
    ("`code` **bold** _it_ ~~no~~", r"\`code\` \*\*bold\*\* \_it\_ \~\~no\~\~"),
    ("$x$", "<span>$</span>x<span>$</span>"),
    (":shipit: 07:00 at :tada", "\\:\u200bshipit: 07:00 at :\u200btada"),
    ("[^1] [ ] [!NOTE]", r"\[^1\] \[ \] \[\!NOTE\]"),
    ("back\\slash", "back\\\\slash"),
    ("two\nlines\r\n# Title", "two\\\\u000alines\\\\u000d\\\\u000a#\u200b Title"),
    ("- item", r"\- item"),
    ("12. item", r"12\. item"),
    ("--- | ---", r"\--- \| ---"),
    ("    code", "code"),
    ("\u202egnp.exe", "\\\\u202egnp.exe"),
    ("@\u200dteam\u3164", "@\u200b\\\\u200dteam\\\\u3164"),
    ("❤\ufe0f 👩\u200d🔬 a\ufe0f", "❤\ufe0f 👩\u200d🔬 a\\\\ufe0f"),
    ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
]


@pytest.mark.parametrize(("text", "shown"), MARKUP)
def test_text_from_files_is_no_markdown(text: str, shown: str):
    assert escape(text) == shown


@pytest.mark.parametrize("sign", ["&", "$", "<", "`", "@", "ab-1", "\u3164", "x"])
@pytest.mark.parametrize("made", [escape, escape_html])
def test_what_is_escaped_does_not_grow_without_end(sign: str, made):
    assert len(made(sign * 5_000)) <= 905


def test_only_plain_ids_are_code():
    assert as_code("austin-2") == "`austin-2`"
    assert as_code("a`b") == r"a\`b"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://ci.example/runs/1?a=b&c=%20#top",
            "[Look](<https://ci.example/runs/1?a=b&c=%20#top>)",
        ),
        ("https://e.example/)>[x](y) z", "[Look](<https://e.example/%29%3E%5Bx%5D%28y%29%20z>)"),
        ("javascript:alert(1)", "Look"),
        ("https://e.example/" + "x" * 3_000, "Look"),
    ],
)
def test_links_are_our_own(address: str, shown: str):
    assert link("Look", address) == shown
    kinds = [token.type for token in PARSER.parseInline(shown)[0].children or []]
    assert kinds.count("link_open") == shown.startswith("[")


SIGNS = "ab1 0@#|`<>[](){}!\\&*_~$:/.-+=^'\"wé\u200d\u202e\t\n"
WORDS = [
    "@acme/all",
    "#12",
    "www.x.example",
    "https://x.example",
    "a@b.example",
    ":tada:",
    "- [ ] x",
]
WORDS += [
    "</details>",
    "<img src=x>",
    "![x](y)",
    "[x](y)",
    "[x]: y",
    "|--|--|",
    "```",
    "***",
    "deadbeef1",
]
WORDS += [
    "&commat;acme",
    "&#64;acme",
    "\\@acme",
    "&nbsp;",
    "a-1",
    "GHSA-x",
    "~~~",
    "<!--",
    "-->",
    "$`x`$",
]
anything = st.lists(st.one_of(st.text(st.sampled_from(SIGNS), max_size=6), st.sampled_from(WORDS)))


@given(anything.map("".join))
def test_a_parser_and_github_find_nothing_in_it(text: str):
    for around in (
        "{}",
        "> {}",
        "- {}",
        "**{}**",
        "a\n{}",
        "| a |\n|---|\n| {} |",
        "<del>{}</del>",
    ):
        tokens = PARSER.parse(around.format(escape(text)))
        plain = PARSER.parse(around.format("plain"))
        wanted = [token.type for token in plain]
        if escape(text).strip():
            assert [token.type for token in tokens] == wanted
        inline = [item for token in tokens for item in token.children or []]
        markup = {item.type for item in inline} - {
            "text",
            "text_special",
            "html_inline",
            "softbreak",
        }
        assert markup <= {"strong_open", "strong_close"}
        tags = {item.content for item in inline if item.type == "html_inline"}
        assert tags <= {"<span>", "</span>", "<del>", "</del>"}
        said = " ".join(
            "".join(item.content or " " for item in token.children if item.type != "html_inline")
            for token in tokens
            if token.children
        )
        for what, pattern in FOUND.items():
            assert not re.search(pattern, said), what


@given(anything.map("".join))
def test_html_holds_no_tags(text: str):
    [token] = PARSER.parse(f"<details><summary>{escape_html(text)}</summary>")
    assert token.type == "html_block"
    assert set(re.findall("<[^>]*>?", token.content)) <= {
        "<details>",
        "<summary>",
        "</summary>",
        "<span>",
        "</span>",
    }
    for pattern in ("@\\w", "#\\d(?!\\d?;)", "://", "www\\."):
        assert not re.search(pattern, token.content)
