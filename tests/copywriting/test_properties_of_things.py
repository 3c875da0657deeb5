"""What a thing is said to be or to have rests on a declared phrase, and on no more than it says."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

DECLARED = {
    "en-GB": (
        "two-year guarantee on every tree",
        "same-day delivery in Leeds when you order by 1pm",
        "eight lactose-free flavours",
        "12-month warranty on every alignment",
    ),
    "de-DE": ("drei Jahre Garantie auf alle Gläser", "sechs laktosefreie Sorten"),
    "fr-FR": ("garantie deux ans sur les montures", "douze pains sans gluten"),
    "es-ES": ("90 días de garantía en mano de obra", "ocho sabores sin lactosa"),
}
SAID = [
    ("en-GB", "We stand behind what we sell: every tree is guaranteed for two years."),
    ("en-GB", "Trees come with a guarantee of two years."),
    ("en-GB", "Planted wrong? Two years' guarantee on each tree, whatever the slugs say."),
    ("en-GB", "In Leeds, order by 1pm and it's same-day delivery."),
    ("en-GB", "Lactose-free? Choose among eight flavours."),
    ("en-GB", "Every alignment carries a 12-month warranty, so off you go."),
    ("de-DE", "Auf alle Gläser geben wir drei Jahre Garantie."),
    ("de-DE", "• 3 Jahre Garantie auf alle Gläser"),
    ("de-DE", "Laktosefrei? Sechs Sorten warten schon."),
    ("fr-FR", "Vos montures sont garanties deux ans."),
    ("fr-FR", "Sans gluten ? Douze pains vous attendent."),
    ("es-ES", "Nuestra mano de obra lleva 90 días de garantía."),
    ("es-ES", "Sin lactosa también hay antojo: ocho sabores te esperan."),
]
INVENTED = [
    ("en-GB", "Every tree is guaranteed to grow.", "guaranteed"),
    ("en-GB", "Lifetime guarantee on every tree.", "guarantee"),
    ("en-GB", "Satisfaction guaranteed with every tree.", "guaranteed"),
    ("en-GB", "Two-year guarantee on every shrub.", "guarantee"),
    ("en-GB", "Order by 1pm for next-day delivery in Leeds.", "next-day delivery"),
    ("en-GB", "Eight gluten-free flavours.", "gluten-free"),
    ("de-DE", "Auf alle Gestelle geben wir drei Jahre Garantie.", "Garantie"),
    ("de-DE", "Lebenslange Garantie auf alle Gläser.", "Garantie"),
    ("de-DE", "Garantiert die schönsten Gläser.", "Garantiert"),
    ("fr-FR", "Satisfaction garantie pour vos montures.", "garantie"),
    ("es-ES", "Garantía total en mano de obra.", "Garantía"),
    ("es-ES", "90 días de garantía en todas las piezas.", "garantía"),
]


def found(locale: str, text: str) -> list[str]:
    facts = Facts(statements=DECLARED[locale], names=("Leeds",), locale=locale)
    return [one.text for one in check(text, locale, facts)]


@pytest.mark.parametrize(("locale", "text"), SAID)
def test_what_a_phrase_says_of_a_thing_may_be_told_otherwise(locale: str, text: str):
    assert found(locale, text) == []


@pytest.mark.parametrize(("locale", "text", "named"), INVENTED)
def test_more_than_a_phrase_says_is_found(locale: str, text: str, named: str):
    assert named in found(locale, text)
