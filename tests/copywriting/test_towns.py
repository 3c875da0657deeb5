"""German towns: no capital tells that a word behind in is one, so that a list has to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.language.word_lists import german_towns, listed

TOWNS = [
    ("Schlitten gibt es in Kitzbühel.", "Kitzbühel"),
    ("Jetzt in Ottakring: frische Krapfen.", "Ottakring"),
    ("Krapfen in Barmbek und Eppendorf.", "Eppendorf"),
    ("Kommen Sie nach Bad Ischl!", "Bad Ischl"),
    ("Frisch aus St. Pölten.", "St. Pölten"),
    ("Bei uns in Sankt Gallen.", "Sankt Gallen"),
    ("Wir sind gleich bei Garmisch-Partenkirchen.", "Garmisch-Partenkirchen"),
    ("IN WIEDENSAHL UND IN HALLEIN!", "HALLEIN"),
    ("Die Tour führt von Rosenheim bis vor die Tür.", "Rosenheim"),
    ("Ein Laden im Stadtteil Kreuzberg.", "Kreuzberg"),
]
NO_TOWNS = [
    "Körbe aus Weiden, Kuchen aus Datteln, Tische aus Linden.",
    "Die Lampe aus Messing, Waren aus Holz, in Mengen.",
    "Bei Regen wie bei Wetter aller Art, in Zug und Bus.",
    "Wir stehen in Halle 3.",
    "Spaß in Bergen von Kissen, mit Haut und Haar.",
    "Nach Lachen ist uns zumute, in Seen und im Wald.",
    "In Halle-Qualität.",
]


@pytest.mark.parametrize(("text", "named"), TOWNS)
def test_a_town_has_to_be_the_shop_s(text: str, named: str):
    assert named in [one.text for one in check(text, "de-DE", Facts(locale="de-DE"))]
    own = Facts(names=(named, "Barmbek", "Wiedensahl"), locale="de-DE")
    assert check(text, "de-DE", own) == []


@pytest.mark.parametrize("text", NO_TOWNS)
def test_a_noun_that_some_village_has_is_no_town(text: str):
    found = check(text, "de-DE", Facts(locale="de-DE"))
    assert [one for one in found if one.kind == "place"] == []


def test_a_town_behind_the_brand_is_another_shop():
    facts = Facts(names=("Krume", "Hallein"), brands=("Krume",), locale="de-AT")
    assert [one.text for one in check("Krume Neukölln.", "de-AT", facts)] == ["Neukölln"]
    assert check("Krume Hallein.", "de-AT", facts) == []


def test_the_list_is_well_formed():
    towns = german_towns()
    assert len(towns) > 4000
    assert {"hallein", "nippes", "eimsbüttel", "bad ischl", "st pölten"} <= towns
    assert {"waren", "regen", "wald", "au", "hof", "berg", "stein", "singen"}.isdisjoint(towns)
    assert all(name == name.lower() and name.replace(" ", "").isalpha() for name in towns)
    written = listed("towns")["names"].replace("\n", ",").strip(",").split(",")
    assert written == sorted(towns)


def test_no_text_but_a_german_one_with_such_a_name_reads_the_list():
    code = (
        "from storesync.copywriting.facts.check import check\n"
        "from storesync.copywriting.facts.declared.facts import Facts\n"
        "from storesync.copywriting.facts.language.word_lists import german_towns\n"
        "check('Find us in Hallein, from 9 to 5.', 'en', Facts())\n"
        "check('Brot mit Butter, für Groß und Klein.', 'de', Facts(locale='de'))\n"
        "print(german_towns.cache_info().misses)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"
