"""Texts that locations share: what counts as one, how many may, and what it costs to tell."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.load import load
from storesync.source.tree import MemoryTree
from storesync.validate.assess import assess, understand
from storesync.validate.near_duplicates import check_near_duplicates
from storesync.validate.skeleton import runs_of, words_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
NOTE = (
    "We bake at six and pour at seven so come early if you like your bread hot and your tea strong"
)


def files(count: int, note: str = f'"{NOTE}"', post: str = "{{ headline }} {{ note }}") -> dict:
    own = {
        f"brands/acme/locations/l{number}.yaml": (
            f"name: Shop {number}\naddress: {{street: A {number}, city: C{number}, country: GB}}\n"
            f"timezone: Europe/London\nattributes: {{story: {' '.join([f'w{number}x'] * 40)}}}\n"
        )
        for number in range(count)
    }
    return {
        **own,
        "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
        "brands/acme/brand.yaml": "name: A\nlocales: [en-GB]\ncurrency: GBP\n",
        "templates/shared/offer/template.yaml": (
            "name: O\nvariables: {headline: {}, note: {lock: location}}\n"
        ),
        "templates/shared/offer/social.txt.j2": post + " at {{ location_name }}, {{ city }}",
        "brands/acme/campaigns/winter/campaign.yaml": (
            "name: W\ntemplate: shared/offer\nflight: {start: 2026-12-01, end: 2026-12-24}\n"
            f"channels: [social]\nvalues: {{headline: Warm hands, note: {note}}}\n"
        ),
    }


def found(tree: dict) -> list[str]:
    assessment = assess(MemoryTree(tree), AT)
    located = assessment.diagnostics(AT)
    return [item.message for item in located if item.rule == "near-duplicates"]


@pytest.mark.parametrize(("count", "warned"), [(25, False), (26, True)])
def test_more_than_twenty_five_locations_share_a_text(count: int, warned: bool):
    assert bool(found(files(count))) is warned


def test_several_wordings_are_several_texts():
    varied = '{vary: ["' + '", "'.join(f"{NOTE[n * 8 : 60 + n * 8]} {n}" for n in range(4)) + '"]}'
    assert found(files(40, varied)) == []


def test_a_word_or_two_make_no_other_text():
    varied = f'{{vary: ["{NOTE} Monday", "{NOTE} Sunday"]}}'
    [message] = found(files(40, varied))
    assert message.startswith(
        "all 40 locations (such as l0) say nearly the same on social in en-GB"
    )
    strict = files(40, varied)
    strict["brands/acme/brand.yaml"] += "near_duplicates: {social: {share: 1, most: 30}}\n"
    assert found(strict) == []


def test_what_locations_say_of_themselves_counts():
    post = "{{ headline }} {{ note }} {{ location.attributes.story }}"
    assert found(files(40, post=post)) == []


def test_own_values_make_own_texts():
    tree = files(40)
    for number in range(20):
        tree[f"brands/acme/campaigns/winter/locations/l{number}.yaml"] = (
            f"reason: Ours\nvalues: {{note: {' '.join([f'n{number}'] * 12)}}}\n"
        )
    assert found(tree) == []


def test_the_same_english_in_two_countries_is_one_text():
    tree = files(40)
    tree["brands/acme/brand.yaml"] = tree["brands/acme/brand.yaml"].replace(
        "[en-GB]", "[en-GB, en-IE]"
    )
    for number in range(20):
        tree[f"brands/acme/locations/l{number}.yaml"] += "locales: [en-IE]\n"
    [message] = found(tree)
    assert "all 40 locations" in message
    assert " on social in en;" in message


def test_what_is_included_is_said():
    tree = files(40, post="{% include 'post.txt.j2' %}")
    tree["templates/shared/_includes/post.txt.j2"] = "{{ headline }} {%- include 'more.txt.j2' -%}"
    tree["templates/shared/offer/more.txt.j2"] = "never {{ location.attributes.story }}"
    more = "{{ note }} {% include 'post.txt.j2' %} {% include 'none.txt.j2' %}"
    tree["templates/shared/_includes/more.txt.j2"] = more
    assert len(found(tree)) == 1


def test_a_long_chain_of_files_is_no_trouble():
    tree = files(40, post="{{ headline }} {{ note }} {% include 'f0.txt.j2' %}")
    for number in range(600):
        include = f"{{% include 'f{number + 1}.txt.j2' %}}"
        tree[f"templates/shared/_includes/f{number}.txt.j2"] = include
    assert len(found(tree)) == 1


def test_languages_without_blanks_have_words():
    japanese = "".join(map(chr, range(0x3041, 0x3061)))
    assert len(found(files(40, japanese, post="{{ note }}"))) == 1
    assert len(words_of(f"{japanese} tea", {}, {})) == len(japanese) + 1


def test_only_channels_that_somebody_limits():
    tree = files(40)
    social = tree.pop("templates/shared/offer/social.txt.j2")
    tree["templates/shared/offer/web.html.j2"] = social
    path = "brands/acme/campaigns/winter/campaign.yaml"
    tree[path] = tree[path].replace("channels: [social]", "channels: [web]")
    assert found(tree) == []
    tree["storesync.yaml"] += "near_duplicates: {web: {most: 39}}\n"
    assert len(found(tree)) == 1


def test_many_own_texts_take_little_time():
    tree = MemoryTree(files(30))
    catalog = load(tree)
    understood = understand(tree, catalog, AT)
    pieces = understood.dated["acme"]["winter"].pieces
    many = [
        piece._replace(
            key=piece.key._replace(location=f"{piece.key.location}-{n}"),
            shared={**piece.shared, "note": f"{NOTE} {n} {number} at number {n * 7}"},
        )
        for n in range(200)
        for number, piece in enumerate(pieces)
    ]
    understood.dated["acme"]["winter"].pieces[:] = many
    begun = process_time()
    list(check_near_duplicates(tree, catalog, catalog.brands["acme"], understood.dated["acme"], AT))
    assert process_time() - begun < 3


WORDS = st.lists(st.sampled_from(["tea", "bread", "hot", "now", "two"]), max_size=12)


@given(WORDS, st.text(max_size=40))
def test_names_of_places_leave_no_trace(words: list[str], name: str):
    source = "{# why #}{{ note|upper }} in {{ city }}{% if x %}, {{ location.name }}{% endif %}!"
    own = {"city": name, "location": {"name": name}}
    seen = words_of(source, {"note": " ".join(words)}, own)
    assert seen == (*words, "in")
    assert len(runs_of(seen)) <= max(1, len(seen) - 2)


@given(st.text("{}%# ax.", max_size=80))
def test_any_template_has_words(source: str):
    assert all(word in source for word in words_of(source, {}, {}))


def test_a_hostile_template_takes_no_time():
    begun = process_time()
    for text in ("{{" * 10_000, "{{ {%" * 4_000, "<" * 20_000, "{" * 20_000):
        words_of(text, {}, {})
    assert process_time() - begun < 1
