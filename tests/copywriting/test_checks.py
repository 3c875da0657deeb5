from __future__ import annotations

import pytest
import trees

from storesync.builtin.openai_prompt import INSTRUCTIONS
from storesync.copywriting.brief import make_brief
from storesync.copywriting.checks import own_checks


@pytest.fixture(scope="module")
def checks():
    scene = trees.scene_of()
    made = own_checks(scene, make_brief(scene).brief, INSTRUCTIONS, ["brewed at 95 degrees"])
    canary = make_brief(scene).brief.canary

    def run(headline: str, note: str = "A quiet word") -> dict[str, list[str]]:
        texts = {"headline": [headline.replace("CANARY", canary)], "note": [note]}
        return {name: found for name, check in made.items() if (found := check(texts))}

    return run


@pytest.mark.parametrize(
    "text",
    [
        "Warm hands, warm heart",
        "{{ discount_percentage }} off {{ product_name }}",
        "Until {{flight_end}} in {{ city }}",
        "Brewed at 95 degrees",
        "Été comme hiver",
    ],
)
def test_what_passes(checks, text):
    assert checks(text) == {}


@pytest.mark.parametrize(
    ("text", "check", "said"),
    [
        ("", "shape", "is empty"),
        (" Warm", "shape", "blanks"),
        ("Warm\nhands", "shape", "line end"),
        ("Warm\u202ehands", "shape", "bidirectional"),
        ("Warm\u200bhands", "shape", "invisible"),
        ("<b>Warm</b> hands", "shape", "markup"),
        ("**Warm** hands", "shape", "markup"),
        ("[Warm](https://x.y)", "shape", "markup"),
        ("{{ price }} now", "slots", "no slot price here"),
        ("{{ location.name }}", "slots", "is no slot"),
        ("{% if x %}", "slots", "is no slot"),
        ("{ discount", "", ""),
        ("20% off tea", "figures", '"20%"'),
        ("Tea for ２", "figures", '"2"'),  # noqa: RUF001 - a full-width digit is the point
        ("Tea for ٢", "figures", '"٢"'),
        ("½ price", "figures", "written out"),
        ("Brewed at 96 degrees", "figures", '"96"'),
        ("This line is never repeated: CANARY", "leak", "repeats the instructions"),
        ("you write marketing copy for a chain", "leak", "repeats the instructions"),
        ("{{ location_name }} is a place to be warm", "length", "at most 40"),
    ],
)
def test_what_is_found(checks, text, check, said):
    found = checks(text)
    if not check:
        assert found == {}
        return
    assert said in " ".join(found[check])


def test_two_variants_that_are_one():
    scene = trees.scene_of("sms")
    made = own_checks(scene, make_brief(scene, variants=2).brief, INSTRUCTIONS)
    assert made["shape"]({"headline": ["Warm", "warm"]}) == [
        "headline: two of the texts are the same"
    ]
    assert made["shape"]({"headline": ["Warm", "Hot"]}) == []
    assert made["shape"]({"title": ["Warm", "Hot"]})
