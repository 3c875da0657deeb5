"""Which file is meant by a name."""

from __future__ import annotations

import pytest

from storesync.render.naming import Library, nearest, parse_path

FILES = [
    "templates/acme/offer/web.html.j2",
    "templates/acme/offer/web.html.fr.j2",
    "templates/acme/offer/web.html.fr-CA.j2",
    "templates/acme/offer/own.html.j2",
    "templates/acme/_includes/own.html.j2",
    "templates/acme/_includes/brand.html.j2",
    "templates/acme/_includes/brand.html.zh-Hant.j2",
    "templates/shared/_includes/own.html.j2",
    "templates/shared/_includes/brand.html.j2",
    "templates/shared/_includes/all.html.j2",
    "templates/shared/offer/email.txt.j2",
    "templates/shared/offer/email.subject.fr.j2",
]


@pytest.fixture
def templates():
    return Library(dict.fromkeys(FILES, ""))


@pytest.mark.parametrize(
    ("locale", "file"),
    [("fr-CA", "fr-CA.j2"), ("fr-FR", "fr.j2"), ("fr", "fr.j2"), ("en-US", "html.j2")],
)
def test_nearest_language_wins(templates, locale, file):
    ((part, path),) = templates.parts("acme/offer", "web", locale)
    assert part.name == "html"
    assert path.endswith(file)


@pytest.mark.parametrize(
    ("name", "locale", "expected"),
    [
        ("own.html.j2", "en", "templates/acme/offer/own.html.j2"),
        ("brand.html.j2", "en", "templates/acme/_includes/brand.html.j2"),
        ("brand.html.j2", "zh-Hant-TW", "templates/acme/_includes/brand.html.zh-Hant.j2"),
        ("all.html.j2", "en", "templates/shared/_includes/all.html.j2"),
        ("nosuch.html.j2", "en", None),
        ("../offer/own.html.j2", "en", None),
        ("own.html.fr.j2", "en", None),
        (".html.j2", "en", None),
        ("own.html.j2\n", "en", None),
    ],
)
def test_include_is_looked_for_beside_then_in_its_group_then_in_shared(
    templates, name, locale, expected
):
    assert templates.find(name, "templates/acme/offer/web.html.j2", locale) == expected


def test_only_parts_that_are_there(templates):
    assert [part.name for part, _ in templates.parts("shared/offer", "email", "fr")] == [
        "subject",
        "txt",
    ]
    assert [part.name for part, _ in templates.parts("shared/offer", "email", "en")] == ["txt"]
    assert templates.parts("shared/offer", "nosuch", "en") == []
    assert templates.parts("../offer", "web", "en") == []


def test_language_matters_only_where_a_file_differs_by_it(templates):
    assert [templates.language_key(tag) for tag in ("fr-CA", "fr-FR", "de-DE", "zh-Hant-TW")] == [
        "fr-CA",
        "fr",
        "",
        "zh-Hant",
    ]


def test_wider_languages():
    assert list(nearest("zh_Hant_TW")) == ["zh-Hant-TW", "zh-Hant", "zh"]


@pytest.mark.parametrize(
    "path",
    [
        "templates/a/web.html.j2",
        "templates/a/b/c/web.html.j2",
        "templates/a/../web.html.j2",
        "templates/a/b/web.js.j2",
        "templates/a/b/web.html.FR.j2",
        "templates/a/b/.html.j2",
        "templates/a/b/web.html",
        "brands/a/b/web.html.j2",
        "templates/a/b/web.html.j2\n",
    ],
)
def test_path_that_is_no_template_s(path):
    assert parse_path(path) is None
