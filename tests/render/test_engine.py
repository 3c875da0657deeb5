"""What the engine says of errors: where, why and what to do."""

from __future__ import annotations

import pytest

from storesync.render.engine import Engine, Failure


def failure(sources, template="shared/x", channel="social", locale="en-US", **context):
    result = Engine(sources).render(template, channel, locale, context, (5, 5))
    assert isinstance(result, Failure)
    return result


def test_error_in_an_included_file_is_found_there():
    found = failure(
        {
            "templates/shared/x/social.txt.j2": "a\n\n{% include 'b.txt.j2' %}",
            "templates/shared/_includes/b.txt.j2": "\n\n\n{{ location.adress }}",
        },
        location={"address": "x", "name": "y"},
    )
    assert (found.path, found.line) == ("templates/shared/_includes/b.txt.j2", 4)
    assert found.rule == "undefined-variable"
    assert found.message == 'this mapping has no "adress"'
    assert found.hint == 'did you mean "address"?'


def test_unknown_name_gets_the_nearest_one():
    found = failure({"templates/shared/x/social.txt.j2": "\n{{ headlin }}"}, headline="x", body="y")
    assert (found.line, found.hint) == (2, 'did you mean "headline"?')


def test_error_in_a_macro_of_another_file_is_found_there():
    found = failure(
        {
            "templates/shared/x/social.txt.j2": "{% import 'm.txt.j2' as m %}\n{{ m.p('x') }}",
            "templates/shared/x/m.txt.j2": "{% macro p(x) %}\n{{ x|date }}{% endmacro %}",
        }
    )
    assert (found.path, found.line) == ("templates/shared/x/m.txt.j2", 2)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% for tag in phone %}{% endfor %}", "an empty value (none) has no items to go through"),
        ("{{ phone|length }}", "an empty value (none) has no length"),
        ("{{ phone < 3 }}", "an empty value (none) and a number cannot be compared"),
        ("{% for a, b in [3] %}{% endfor %}", "a number has no parts to take apart"),
        ("{{ -name }}", "a text is no number"),
        ("{{ [name]|sum }}", "a number and a text have no sum"),
        ("{{ [[1]]|unique|list }}", "a list cannot be a key, or one of several that differ"),
        ("{{ name|replace }}", "replace needs 'old' and 'new'"),
        ("{{ '%(a)s'|format(b=1) }}", "format: no value is called a"),
        (
            "{{ [name, phone]|join(', ') }}",
            'join: an item is empty (none); leave empty ones out: |select|join(", ")',
        ),
        (
            "{% from 'm.txt.j2' import p %}{{ p() }}",
            (
                'the template "templates/shared/x/m.txt.j2" (imported on line 1 in '
                "\"templates/shared/x/social.txt.j2\") does not export the requested name 'p'"
            ),
        ),
    ],
)
def test_errors_are_told_in_words_of_templates(template, message):
    sources = {
        "templates/shared/x/social.txt.j2": template,
        "templates/shared/x/m.txt.j2": "x",
    }
    found = failure(sources, name="Leith", phone=None)
    assert (found.rule, found.line, found.message) == ("template-error", 1, message)


def test_channel_without_its_required_part():
    sources = {"templates/shared/x/email.html.j2": "x"}
    assert failure(sources, channel="email").message == (
        "the template has no email.subject.j2 for email"
    )
    assert failure(sources, channel="sms").message == "the template has no sms.txt.j2 for sms"
    assert failure(sources, channel="fax").rule == "missing-part"
    assert failure(sources, template="shared/nosuch", channel="web").rule == "missing-part"


def test_optional_part_can_be_left_out():
    sources = {
        "templates/shared/x/email.html.j2": "x",
        "templates/shared/x/email.subject.j2": "y",
    }
    parts = Engine(sources).render("shared/x", "email", "en", {}, (5, 5))
    assert parts == {"subject": b"y", "html": b"x"}


def test_layout_with_blocks():
    sources = {
        "templates/shared/x/web.html.j2": (
            "{% extends 'page.html.j2' %}\n"
            "{% block title %}{{ t }}{% endblock %}\n"
            "{% block main %}{{ super() }}<b>{{ t }}</b>{% endblock %}"
        ),
        "templates/shared/_includes/page.html.j2": (
            "<title>{% block title %}{% endblock %}</title><p>{% block main %}-{% endblock %}</p>"
        ),
    }
    engine = Engine(sources)
    assert engine.check("templates/shared/x/web.html.j2", 5) == []
    parts = engine.render("shared/x", "web", "en", {"t": "<i>"}, (5, 5))
    assert parts == {"html": b"<title>&lt;i&gt;</title><p>-<b>&lt;i&gt;</b></p>"}


def test_words_can_come_from_a_file_in_each_language():
    sources = {
        "templates/shared/x/social.txt.j2": "{% import 'w.html.j2' as w %}{{ w.hello }}",
        "templates/shared/_includes/w.html.j2": "{% set hello = 'Hello' %}",
        "templates/shared/_includes/w.html.fr.j2": "{% set hello = 'Bonjour' %}",
    }
    engine = Engine(sources)
    texts = [engine.render("shared/x", "social", tag, {}, (5, 5)) for tag in ("en", "fr-CA", "de")]
    assert texts == [{"txt": b"Hello"}, {"txt": b"Bonjour"}, {"txt": b"Hello"}]


def test_two_languages_in_one_artifact():
    template = (
        "{% for l in locales %}{{ l.headline }} {{ price|money(locale=l.locale) }}\n{% endfor %}"
    )
    locales = [{"locale": "fr-CA", "headline": "Solde"}, {"locale": "en-CA", "headline": "Sale"}]
    engine = Engine({"templates/shared/x/social.txt.j2": template})
    context = {"locales": locales, "price": "4.50", "currency": "CAD"}
    parts = engine.render("shared/x", "social", "fr-CA", context, (5, 5))
    assert parts == {"txt": "Solde 4,50\u00a0$\nSale $4.50".encode()}


def test_includes_in_a_circle_are_named():
    sources = {
        "templates/shared/x/web.html.j2": "\n{% include 'a.html.j2' %}",
        "templates/shared/x/a.html.j2": "{% include 'b.html.j2' %}",
        "templates/shared/x/b.html.j2": "\n\n{% include 'a.html.j2' %}",
    }
    engine = Engine(sources)
    assert engine.check("templates/shared/x/web.html.j2", 5) == []
    (found,) = engine.check("templates/shared/x/b.html.j2", 5)
    assert (found.line, found.message) == (3, '"a.html.j2" includes this file again')
    assert failure(sources, channel="web").rule == "template-not-allowed"


def test_file_that_is_named_like_no_template():
    (found,) = Engine({"templates/shared/x/web.htm.j2": "x"}).check(
        "templates/shared/x/web.htm.j2", 5
    )
    assert found.message == "no template file is named like this"


def test_a_template_cannot_change_what_others_see(render):
    location = {"tags": ["b", "a"]}
    assert render("{% set x = location.tags|sort %}{{ x|join }}", location=location) == "ab"
    assert location == {"tags": ["b", "a"]}


def test_order_of_a_mapping_does_not_matter_to_a_worker():
    from storesync.render.frames import encode

    assert encode({"b": 1, "a": {"d": 1, "c": 2}}) == encode({"a": {"c": 2, "d": 1}, "b": 1})
