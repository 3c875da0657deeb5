"""What a template says only where a location decides it is told from what all locations see."""

from __future__ import annotations

from itertools import pairwise

import pytest

from storesync.render import branches
from storesync.render.allowlist import Examined, examine
from storesync.render.branches import Said, said_by
from storesync.render.naming import Library

FOLDER = "templates/shared/offer"


def local(page: str, **beside: str) -> str:
    """Return the words that stand in the whole text of a page and not in the common one."""
    files = {f"{FOLDER}/{name}.html.j2": text for name, text in beside.items()}
    [said] = said_by(Library({f"{FOLDER}/web.html.j2": page, **files}), "shared/offer", "web", "en")
    common = said.common.split()
    return " ".join(word for word in said.whole.split() if word not in common)


@pytest.mark.parametrize(
    "page",
    [
        "{% if city == 'Leith' %}Half price{% endif %}",
        "{% if headline %}{% if location.phone %}Half price{% endif %}{% endif %}",
        "{% if headline %}Tea{% elif city %}Half price{% else %}Cake{% endif %}",
        "{% if headline %}Tea{% elif city %}Cake{% else %}Half price{% endif %}",
        "{% for row in location.hours.weekly %}Half price{% endfor %}",
        "{{ 'Half price' if city == 'Leith' else 'Tea' }}",
        "{{ {'Leith': 'Half price'}[city] }}",
        "{{ city == 'Leith' and 'Half price' or 'Tea' }}",
        "{% set deal = 'Half price' %}{% if city %}{{ deal }}{% endif %}",
        "{% set here = location.address.city %}{% if here %}Half price{% endif %}",
        "{% set a = city %}{% set b = a %}{% if b %}Half price{% endif %}",
        "{% macro deal() %}Half price{% endmacro %}{% if city %}{{ deal() }}{% endif %}",
        "{% macro deal(here) %}{% if here %}Half price{% endif %}{% endmacro %}{{ deal(city) }}",
        "{% with here = city %}{% if here %}Half price{% endif %}{% endwith %}",
        "{% if city %}{% set deal %}Half price{% endset %}{{ deal }}{% endif %}",
    ],
)
def test_what_a_location_decides_is_local(page: str):
    assert "Half price" in local(page)


def test_what_is_included_where_a_location_decides_is_local():
    page = "Tea {% if city %}{% include 'deal.html.j2' %}{% endif %}"
    assert local(page, deal="<b>Half price</b>") == "<b>Half price</b>"
    assert local("Tea {% include 'deal.html.j2' %}", deal="<b>Half price</b>") == ""


@pytest.mark.parametrize(
    "page",
    [
        "Half price",
        "{% if headline %}Half price{% endif %}",
        "{% if discount_percentage %}{{ discount_percentage|percent }} off{% endif %}",
        "{% block title %}Half price{% endblock %}",
        "{% for each in locales %}Half price{% endfor %}",
    ],
)
def test_what_a_campaign_decides_is_not(page: str):
    assert local(page) == ""


def test_a_number_that_a_template_makes_counts_as_one():
    assert local("{% if city %}{{ 5 * 10 }}% off{% endif %}") == "7777% off"
    assert local("{% if city %}{{ 50 }}% off{% endif %}") == "7777% off"


def test_attributes_that_are_printed_are_known():
    def prints(page: str) -> bool:
        library = Library({f"{FOLDER}/web.html.j2": page})
        return any(said.attributes for said in said_by(library, "shared/offer", "web", "en"))

    assert prints("{{ location.attributes.note }}")
    assert prints("{{ location.attributes['note'] }}")
    assert not prints("{% if location.attributes.note %}Tea{% endif %}")


def test_a_file_that_includes_itself_ends():
    page = "{% include 'a.html.j2' %}"
    assert local(page, a="{% include 'a.html.j2' %}") == ""


def test_a_long_chain_of_files_is_read_to_its_end():
    beside = {f"f{one}": f"{{% include 'f{one + 1}.html.j2' %}}" for one in range(1_500)}
    page = "{% if city %}{% include 'f0.html.j2' %}{% endif %}"
    assert local(page, **beside, f1500="Half price") == "Half price"


def test_what_is_said_keeps_its_order():
    page = "a {% if city %}b {% include 'c.html.j2' %} e{% endif %} f"
    [said] = said_by(
        Library({f"{FOLDER}/web.html.j2": page, f"{FOLDER}/c.html.j2": "c {% if x %}d{% endif %}"}),
        *("shared/offer", "web", "en"),
    )
    assert (said.whole.split(), said.common.split()) == (list("abcdef"), list("af"))


def test_files_that_include_others_twice_are_read_once():
    letters = "abcdefghijklmnopqrstuvwxyz"
    beside = {
        one: f"{{% include '{other}.html.j2' %}}{{% include '{other}.html.j2' %}}"
        for one, other in pairwise(letters)
    }
    page = "{% include 'a.html.j2' %}{% if city %}{% include 'a.html.j2' %}{% endif %}"
    assert local(page, **beside, z="Half price") == ""
    assert local("{% if city %}{% include 'a.html.j2' %}{% endif %}", **beside, z="Deal") == "Deal"


def test_what_is_too_large_together_is_not_read():
    page = "{% if 0 %}{% for _ in range(9) %}{% include 'f0.html.j2' %}{% endfor %}{% endif %}"
    each = {f"f{n}": f"{'x ' * 125_000}{{% include 'f{n + 1}.html.j2' %}}" for n in range(9)}
    files = {"web": page, **each}
    library = Library({f"{FOLDER}/{name}.html.j2": text for name, text in files.items()})
    [said] = said_by(library, "shared/offer", "web", "en")
    assert said == Said(too_much="more than 2,000,000 characters with all that it includes")


def test_each_file_is_read_once_however_often_it_is_included(monkeypatch: pytest.MonkeyPatch):
    read = []

    def examined(source: str, path: str) -> Examined:
        read.append(path)
        return examine(source, path)

    monkeypatch.setattr(branches, "examine", examined)
    page = "{% include 'deal.html.j2' %}" * 40
    assert local(page, deal="Half price{% if city %} Tea{% endif %}") == "Tea"
    assert len(read) == 2
