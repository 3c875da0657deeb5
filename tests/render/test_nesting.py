"""Elements that a page leaves open, or closes and has not opened."""

from __future__ import annotations

import pytest

from storesync.render.engine import Engine

PATH = "templates/shared/x/web.html.j2"
# A template, and what is said of it: lines and messages.
LEFT = "is not closed in the file"
CASES = {
    "open": ("a\n<div>\n<b>x</b>", [f"2: <div> {LEFT}"]),
    "by attributes": ('<div\n class="a" title="b">x', [f"2: <div> {LEFT}"]),
    "of a value": ('<a href="/x/{{ n }}">x', [f"1: <a> {LEFT}"]),
    "upper case": ("<DIV>x</div>", []),
    "complete is open": ("<div/>x", [f"1: <div> {LEFT}"]),
    "closed twice": ("<b>x</b></b>", ["1: </b> closes nothing that is open here"]),
    "crossed": (
        "<b><i>x</b></i>",
        [
            "1: </b> comes while <i> of line 1 is open",
            "1: </i> closes nothing that is open here",
        ],
    ),
    "void": ('<br><img src="a.png" alt=""><hr/><input type="text">', []),
    "ends left out": ("<ul><li>a<li>b</ul><table><tr><td>c</table><p>d<p>e", []),
    "list": ("<ul><li>a", [f"1: <ul> {LEFT}"]),
    "drawing": ('<svg viewBox="0 0 1 1"><g><path d="M0 0"/><circle r="1"/></g></svg>', []),
    "drawing open": ("<svg><g>", [f"1: <svg> {LEFT}"]),
    "raw": ("<style>p { color: red }</style><title>a</title><script>f()</script>", []),
    "comment": ("<!-- <div> --><b>x</b>", []),
    "for Outlook": (
        "<!--[if mso]><table><tr><![endif]--><b>x</b><!--[if mso]></b><![endif]-->",
        [],
    ),
    "not for Outlook": ("<!--[if !mso]><!--><div><!--<![endif]-->x</div>", []),
    "loop": ("{% for x in [1] %}\n<div>{% endfor %}", ["2: <div> is not closed in the loop"]),
    "loop closes": (
        "<b>{% for x in [1] %}</b>{% endfor %}",
        [
            "1: <b> is closed in the loop, which did not open it",
            f"1: <b> {LEFT}",
        ],
    ),
    "macro": ("{% macro m() %}<i>{% endmacro %}{{ m() }}", ["1: <i> is not closed in the macro"]),
    "set": ("{% set x %}<i>{% endset %}", ["1: <i> is not closed in the {% set %} block"]),
    "block": ("{% block a %}<i>{% endblock %}", ["1: <i> is not closed in the block a"]),
    "inside a block": ("<b>{% block a %}<i>x</i>{% endblock %}</b>", []),
    "either": ('{% if n %}<div class="a">{% else %}<div>{% endif %}x</div>', []),
    "one of two": (
        "{% if n %}<div>{% else %}<p>{% endif %}x</div>",
        ["1: <div> is open after some branches only"],
    ),
    "same condition": ('{% if n %}<a href="/a">{% endif %}x{% if n %}</a>{% endif %}', []),
    "another condition": (
        "{% if n %}<b>{% endif %}x{% if not n %}</b>{% endif %}",
        [
            "1: <b> is open after some branches only",
            f"1: <b> {LEFT}",
        ],
    ),
    "condition never closed": ("{% if n %}<b>{% endif %}x", [f"1: <b> {LEFT}"]),
    "condition closes what is always open": (
        "<b>x{% if n %}</b>{% endif %}",
        [
            "1: <b> is open after some branches only",
            f"1: <b> {LEFT}",
        ],
    ),
}


@pytest.mark.parametrize(("template", "expected"), CASES.values(), ids=CASES)
def test_elements_are_closed_where_they_are_opened(template: str, expected: list[str]):
    found = Engine({PATH: template}).check(PATH, 5)
    assert {item.rule for item in found} <= {"open-element"}
    assert [f"{item.line}: {item.message}" for item in found] == expected
