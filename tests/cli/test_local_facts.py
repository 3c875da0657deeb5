"""What a template says at some locations only is held to the facts of these, in every run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PAGE = "templates/shared/welcome/web.html.j2"
TEMPLATE = "templates/shared/welcome/template.yaml"
LAKESIDE = "brands/my-brand/locations/us/lakeside.yaml"
PLACES = ("lakeside", "main-street", "old-station")


def found(run, root: Path) -> list[tuple[str, str, str]]:
    """Return (rule, path, message) of what validate finds."""
    shown = json.loads(run("validate", "--format", "json", cwd=root).stdout)["diagnostics"]
    return [(item["rule"], item["path"], item["message"]) for item in shown]


def say(root: Path, edit, words: str) -> None:
    edit(root / PAGE, "</main>", f"{words}</main>")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "words",
    [
        "{{% if location.id == '{0}' %}}<p>Half price</p>{{% endif %}}",
        "<p>{{{{ 'Half price' if location.id == '{0}' else 'Tea' }}}}</p>",
        "{{% if location.id == '{0}' %}}<p>Save {{{{ 5 * 10 }}}}%</p>{{% endif %}}",
    ],
)
def test_a_branch_is_read_wherever_it_is_taken(run, fresh: Path, edit, place: str, words: str):
    say(fresh, edit, words.format(place))
    [(rule, path, message)] = found(run, fresh)
    assert (rule, path) == ("unfounded-fact", TEMPLATE)
    assert f"at {place}" in message
    assert found(run, fresh) == [(rule, path, message)]


def test_a_branch_that_no_location_takes_says_nothing(run, fresh: Path, edit):
    say(fresh, edit, "{% if city == 'Atlantis' %}<p>Half price</p>{% endif %}")
    assert found(run, fresh) == []


@pytest.mark.parametrize(
    ("note", "right"),
    [
        ("Manager says 99% off", False),
        ("Only 5 left", False),
        ("Ends 31 December", False),
        ("Free tea for all", False),
        ("Level 2, gate 8", True),
        ("40", True),
        ("corner", True),
    ],
)
def test_an_attribute_that_is_shown_is_read(run, fresh: Path, edit, note: str, *, right: bool):
    (fresh / LAKESIDE).write_text(
        (fresh / LAKESIDE).read_text() + f"attributes: {{note: '{note}'}}\n"
    )
    assert found(run, fresh) == []  # no template shows it
    say(fresh, edit, "<p>{{ location.attributes.note|default('') }}</p>")
    hits = [(rule, path) for rule, path, _ in found(run, fresh)]
    assert hits == ([] if right else [("unfounded-fact", LAKESIDE)])


@pytest.mark.parametrize(
    "page",
    [
        "{% for _ in range(4) %}{% include 'much.html.j2' %}{% endfor %}",
        "{% if 0 %}{% include 'much.html.j2' %}{% endif %}",
        "{% if city %}{% include 'much.html.j2' %}{% endif %}",
    ],
)
def test_more_than_anybody_reads_is_told_once(run, fresh: Path, edit, page: str):
    much = fresh / "templates/shared/welcome/much.html.j2"
    much.write_text("}} " * 40_000, encoding="utf-8")
    say(fresh, edit, page)
    [(rule, path, message)] = found(run, fresh)
    assert (rule, path) == ("template-too-large", TEMPLATE)
    assert "more than 100,000 characters" in message


def test_pictures_in_themselves_are_no_words(run, fresh: Path, edit):
    folder = fresh / "templates/shared/welcome"
    for name in ("one", "two"):
        picture = f'<img alt="x" src="data:image/png;base64,{"iVBO" * 50_000}">'
        (folder / f"{name}.html.j2").write_text(picture, encoding="utf-8")
    say(fresh, edit, "{% include 'one.html.j2' %}{% include 'two.html.j2' %}")
    assert found(run, fresh) == []
