"""Where a thing stands that a message about a line of a template names."""

from __future__ import annotations

import pytest

from storesync.source.pointed import column_in


@pytest.mark.parametrize(
    ("line", "rule", "message", "shown"),
    [
        ("<p>name {{ name }}</p>", "undefined-variable", 'there is no value "name"', "name }}"),
        ("{{ a.b }} {{ c }}", "undefined-variable", 'there is no value "c"', "c }}"),
        ("{{ names }}{{ name }}", "undefined-variable", 'there is no value "name"', "name }}"),
        ("{{ x.__class__ }}", "template-not-allowed", ".__class__ is not allowed: why", ".__cla"),
        ("<b>{% foo %}", "template-syntax", "Encountered unknown tag 'foo'.", "foo %}"),
        ("a {{ b }}", "template-error", "a value printed here is empty (none)", "{{ b"),
        ("a</p></i>", "open-element", "</i> closes nothing that is open here", "</i>"),
        ("{{ a }}<img src=x>", "remote-content", "<img src> loads from elsewhere", "<img"),
    ],
)
def test_what_is_named_is_pointed_at(line: str, rule: str, message: str, shown: str):
    assert line[column_in(line, rule, message) - 1 :].startswith(shown)


@pytest.mark.parametrize(
    ("line", "rule", "message"),
    [
        ("{% if a %}", "template-syntax", "Unexpected end of template. … 'if'"),
        ("{{ a }}{{ b }}", "template-error", "a value printed here is empty (none)"),
        ("<p>name</p>", "undefined-variable", 'there is no value "name"'),
        ("{{ a }}", "missing-part", 'email also needs "a"'),
        ("", "undefined-variable", 'there is no value ""'),
    ],
)
def test_what_is_not_in_the_line_is_not_guessed(line: str, rule: str, message: str):
    assert column_in(line, rule, message) == 0
