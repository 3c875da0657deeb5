"""The labelled copy of tests/cases/facts: what is declared, and texts that are right or wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.model.template import Variable

CASES = Path(__file__).parent / "cases" / "facts"
LANGUAGES = ("en", "fr", "de", "es")
# The first was written before there was a checker, the second to try it, the third at the end;
# the fourth is of shops that each declare something else: eight from before offers were held to
# what they give, six from after.
# the fifth is of eight more trades, written after terms, calls and similes were read; the sixth
# is of twelve chains, eleven more from when those had been mended, and ten and ten after these;
# the seventh of six shops, of plain copy alone, written last; the eighth is by another hand, who
# had not read the lists of words, and five and four shops more, each from
# when the ones before had been mended; the ninth is of each kind of statement in many notations,
# of ten trades, of messages and posts, and of five shops from when these had been mended; the
# tenth is of the brief's kinds by somebody who had not read the checker yet, and eight of its shops
# again, by the same hand when it had; the eleventh is by a hand that had seen nothing of the
# checker; the fairs are mostly lively, each written when the ones before had been mended; the last
# is plain, in four languages, by a hand that had seen nothing of the checker; the towers and keeps
# are lively alone, the one before its writer had read the checker, the other when they were mended,
# as are the alleys and the groves, in five languages, and the coves, which are right copy alone;
# those of Italian, Portuguese, Dutch and Polish are six shops each from before there was a list,
# four from after; the lagoons are plain, in Italian and Dutch, by the hand of other lists, before
# it tried those.
SHOPS = {
    "shops": ("shops",),
    "trades": ("trades",),
    "chains": ("chains", "districts", "quarters", "wards"),
    "signs": ("signs",),
    "streets": ("streets", "lanes", "yards"),
    "kinds": ("kinds", "counters", "posts", "benches"),
    "stalls": ("stalls", "arcades", "kiosks"),
    "markets": ("markets",),
    "fairs": ("fairs", "bazaars", "piers", "proms", "revels", "galas"),
    "inns": ("inns",),
    "barns": ("barns", "mills", "wharves"),
    "towers": ("towers", "keeps"),
    "alleys": ("alleys", "groves", "coves"),
    "italian": ("it-stores", "it-corners", "it-nooks"),
    "portuguese": ("pt-stores", "pt-corners", "pt-nooks"),
    "lagoons": ("lagoons",),
    "letters": ("letters-en", "letters-de-fr", "letters-es-en"),
    "more letters": ("letters-second", "letters-others"),
    "dutch": ("nl-towns", "nl-quays"),
    "polish": ("pl-towns", "pl-quays"),
}
HARD = "more letters"  # which holds to no bound yet, and may not get worse
SETS = ("", "-second", "-third", *(name for name in SHOPS if name != HARD))


class Case(NamedTuple):
    language: str  # or the shop whose facts are declared
    text: str
    right: bool
    word: str = ""  # what the findings have to name


@cache
def declared() -> dict[str, Any]:
    files = ["declared", *(name for group in SHOPS.values() for name in group)]
    rows = [(name, row) for file in files for name, row in _loaded(file).items()]
    assert len({name for name, _ in rows}) == len(rows), "one name for two shops"
    return dict(rows)


def _loaded(name: str) -> dict[str, Any]:
    return yaml.load((CASES / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)


def locale_of(language: str) -> str:
    return declared()[language]["shared"]["locale"]


@cache
def facts_for(language: str) -> Facts:
    given = declared()[language]
    variables = {name: Variable(**row) for name, row in given.get("variables", {}).items()}
    variables["discount_percentage"] = Variable(type="integer", unit="percent")
    shared = given["shared"]
    return facts_of(
        {"discount_percentage": (shared.get("offer") or {}).get("discount_percentage"), **shared},
        given["own"],
        given["statements"],
        given["claims"],
        variables=variables,
        others=given["others"],
    )


@cache
def cases(which: str) -> list[Case]:
    found = []
    shops = [name for file in SHOPS.get(which, ()) for name in _loaded(file)]
    for language in shops or LANGUAGES:
        file = declared()[language] if which in SHOPS else _loaded(f"{language}{which}")
        found += [Case(language, text, right=True) for text in file["right"]]
        for row in file["wrong"]:
            text, word = (row, "") if isinstance(row, str) else row
            found.append(Case(language, text, right=False, word=word))
    return found
