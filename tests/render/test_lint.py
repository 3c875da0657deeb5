"""Values cannot change a page's structure: what is accepted is rendered and parsed again."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from storesync.render.engine import Engine

PATH = "templates/shared/x/web.html.j2"
PIECES = [
    # Elements without an end, or whose end may be left out: most pages would be refused else.
    *(
        "<p",
        "<area ",
        "<AREA href",
        "<img src",
        "</p>",
        "</area ",
        ">",
        " ",
        "/",
        "=",
        '"',
        "'",
        "x",
        "<",
    ),
    *("<!--", "-->", "<!", "--", "<title>", "</title>", "<style>", "</style>", "<textarea>"),
    *(
        "</textarea>",
        "<script>",
        "</script>",
        ' title="',
        " class=",
        ' style="',
        ' href="',
        "javascript:",
    ),
    *("https://example.com/", "{{ v }}", "{{ v }}", "{% if n %}", "{% else %}", "{% endif %}"),
    *(
        "{% for i in [1, 2] %}",
        "{% endfor %}",
        "{{ v|e }}",
        "{{ v|upper }}",
        "{{ 'x' if n else '' }}",
    ),
    *("{% set s %}", "{% endset %}", "{{ s }}", "{{ s[:3] }}", "{{ s|last }}"),
]
NASTY = st.text(st.sampled_from("<>\"'=/ &;:-!ajx()\\\n\t"), max_size=12) | st.sampled_from(
    [
        "javascript:alert(1)",
        "--><img src=x onerror=y>",
        "</title><script>x</script>",
        "' onclick='x",
        '" onclick="x',
        " onclick=x ",
        "url(//x)",
        "//x",
        "data:text/html,x",
    ]
)


class Structure(HTMLParser):
    """Tags and attributes in order, and the addresses that could run or load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.bad: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, [name for name, _ in attrs]))
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name in {"href", "src"} and address.startswith(("javascript:", "data:text")):
                self.bad.append(address)
            if name == "src" and address.startswith(("http:", "https:", "//")):
                self.bad.append(address)

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_comment(self, data):  # noqa: ARG002 - the name is html.parser's
        self.found.append("comment")


def page(template: str, value: str, n: int) -> str | None:
    result = Engine({PATH: template}).render(
        "shared/x", "web", "en", {"v": value, "n": n, "s": ""}, (5, 5)
    )
    return result["html"].decode() if isinstance(result, dict) else None


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), NASTY, st.sampled_from([0, 1]))
@example('<p title="{{ v }}">{{ v }}</p><!-- {{ v }} --><title>{{ v }}</title>', '"><b x=', 1)
@example('<a href="{{ v }}">x</a><a href="/a/{{ v }}">x</a>', "javascript:x", 1)
def test_no_value_changes_the_structure_of_a_page(template, value, n):
    harmless, nasty = page(template, "x", n), page(template, value, n)
    assume(nasty is not None)
    structure = Structure(nasty)
    assert not structure.bad
    if harmless is not None:
        assert structure.found == Structure(harmless).found


@settings(max_examples=100)
@given(NASTY)
def test_every_place_that_takes_values_keeps_them(value):
    template = (
        '<title>{{ v }}</title><p title="{{ v }}" class=\'a {{ v }}\' data-x="{{ v }}">{{ v }}</p>'
        '<a href="https://example.com/{{ v }}">{{ v|upper }}</a><textarea>{{ v }}</textarea>'
        '{% macro m(x) %}<b title="{{ x }}">{{ x }}</b>{% endmacro %}{{ m(v) }}'
    )
    found = Structure(page(template, value, 1)).found
    assert found == Structure(page(template, "x", 1)).found
