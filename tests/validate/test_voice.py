"""What rules of style find in files: at the words themselves, with a fix that mends them."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from casefile import CASES, base, read_case

from storesync.catalog.load import load
from storesync.diagnostics import Diagnostic
from storesync.render.naming import parse_path
from storesync.source.tree import MemoryTree
from storesync.validate.assess import assess
from storesync.validate.template_words import Source, passage_of
from storesync.validate.voice import check_voice

CASE = read_case(CASES / "invalid" / "voice.txt")
(AT,) = CASE.moments
FILES = {**base(), **{path: text for path, text in CASE.sections.items() if path != "expected"}}


def found(files: dict[str, str]) -> list[Diagnostic]:
    """Return what rules of style find, but for what a file as a whole lacks."""
    every = assess(MemoryTree(files), AT).diagnostics(AT)
    return [item for item in every if item.rule.startswith("voice.")]


def index_of(text: str, line: int, column: int) -> int:
    return sum(len(each) for each in text.splitlines(keepends=True)[: line - 1]) + column - 1


FOUND = found(FILES)
MENDABLE = [item for item in FOUND if item.fix is not None]


@pytest.mark.parametrize("item", FOUND, ids=lambda item: f"{item.rule}:{item.line}:{item.column}")
def test_the_place_is_that_of_the_words(item: Diagnostic):
    text = FILES[item.path]
    words = text[
        index_of(text, item.line, item.column) : index_of(text, item.end_line, item.end_column)
    ]
    quoted = re.findall(r'["“]([^"”]+)["”]', item.message)
    if quoted and "times" not in item.message:
        assert " ".join(words.split()) in quoted
    else:
        assert words


@pytest.mark.parametrize("item", MENDABLE, ids=lambda item: f"{item.rule}:{item.line}")
def test_a_fix_mends(item: Diagnostic):
    text = FILES[item.path]
    start = index_of(text, item.line, item.column)
    end = index_of(text, item.end_line, item.end_column)
    mended = {**FILES, item.path: f"{text[:start]}{item.fix}{text[end:]}"}
    left = [(each.rule, each.path, each.line, each.message) for each in found(mended)]
    assert (item.rule, item.path, item.line, item.message) not in left
    assert len(left) < len(FOUND)


def test_there_is_something_to_mend():
    assert len(MENDABLE) > 5


def test_a_waiver_is_for_one_rule_or_for_all():
    (rule, path) = ("voice.avoid", "brands/acme/brand.yaml")
    assert (rule, path) in {(item.rule, item.path) for item in FOUND}
    for named, expected in {"voice.avoid": False, "voice": False, "voice.doubled": True}.items():
        waiver = f"waive: [{{rule: {named}, reason: Ours, until: 2027-01-01, by: ann}}]\n"
        left = {item.rule for item in found({**FILES, path: FILES[path] + waiver})}
        assert (rule in left) is expected
    assert AT.date() < date(2027, 1, 1)


def test_texts_of_many_locations_are_looked_at_once(monkeypatch):
    from storesync.validate import voice

    looked: list[int] = []
    real = voice.check

    def counted(passages, *rest):
        looked.append(len(passages))
        return real(passages, *rest)

    monkeypatch.setattr(voice, "check", counted)
    files = dict(FILES)
    for number in range(50):
        files[f"brands/acme/locations/gb/shop-{number}.yaml"] = (
            f"name: Shop {number}\naddress: {{city: York}}\nvalues: {{note: Acme, so cheap}}\n"
        ).replace("Acme, so cheap", '"Acme, so cheap"')
    tree = MemoryTree(files)
    many = list(check_voice(load(tree), tree))
    assert sum("shop-" in item.path for item in many) == 50
    assert len(looked) < 15


TEMPLATE = "templates/shared/page/web.html.j2"
SOURCE = """{# cheap #}{% set cheap = "x" %}<style>cheap {}</style>
<a class="cheap" href="{{ cheap }}">Caf\xe9 for every <b>customer</b>, {{
 headline }} so cheap</a>{{ location.attributes.parking }}<script>cheap</script>
"""


def test_what_templates_say_by_themselves_and_of_a_location():
    place = "brands/acme/locations/gb/york.yaml"
    campaign = next(text for path, text in FILES.items() if path.endswith("campaign.yaml"))
    template = re.search(r"template: (\S+)", campaign)
    assert template is not None
    source = f"templates/{template[1]}/web.html.j2"
    included = "templates/shared/_includes/words.txt.de.j2"
    location = (
        "name: York\naddress: {city: York, country: GB}\n"
        "attributes: {parking: a cheap one, format: cheap}\n"
    )
    files = {**FILES, source: SOURCE, included: "a\nb cheap", place: location}
    told = [
        (item.path, item.line, item.column, item.end_column)
        for item in found(files)
        if item.rule == "voice.avoid" and item.path in {source, included, place}
    ]
    assert told == [(place, 3, 25, 30), (included, 2, 3, 8), (source, 3, 17, 22)]


def test_a_hostile_template_takes_no_longer():
    for text in ("{{" * 50_000, "<" * 99_000, "<style>" * 9_000, "</style" * 9_000, "&#" * 50_000):
        name = parse_path(TEMPLATE)
        assert name is not None
        began = time.process_time()
        assert len(passage_of(Source(TEMPLATE, name, text), "en").text) == len(text)
        assert time.process_time() - began < 1


def test_a_folder_speaks_its_own_language():
    (rules,) = re.findall(r"  rules:\n", FILES["brands/acme/brand.yaml"])
    brand = FILES["brands/acme/brand.yaml"].replace(
        rules, f"{rules}    only-french: {{extends: existence, tokens: [bref], locales: [fr]}}\n"
    )
    folder = "brands/acme/locations/ca/_defaults.yaml"
    values = "values: {note: Bref, un été}\n".replace("Bref, un été", '"Bref, un été"')
    for locales, expected in {"locales: [fr-CA]\n": 1, "": 0}.items():
        files = {**FILES, "brands/acme/brand.yaml": brand, folder: f"{locales}{values}"}
        told = [item.rule for item in found(files) if item.path == folder]
        assert told.count("voice.only-french") == expected
