"""Places that are told by what stands there: beaches, parks, streets of two words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

SOMEWHERE = [
    ("en-GB", "Find us by Chorlton Green.", "Chorlton Green"),
    ("en-AU", "After a run on South Beach, drop in.", "South Beach"),
    ("en-GB", "Look for us on Portobello Promenade.", "Portobello Promenade"),
    ("en-US", "We are near Pioneer Park.", "Pioneer Park"),
    ("de-DE", "Besuchen Sie uns auf der Venloer Straße.", "Venloer Straße"),
    ("de-DE", "Sie finden uns an der Berliner Allee.", "Berliner Allee"),
    ("fr-FR", "Tout près de la gare Saint-Jean.", "gare Saint-Jean"),
    ("es-ES", "Estamos junto a la estación de Atocha.", "estación de Atocha"),
    ("it-IT", "Siamo vicino alla stazione Termini.", "stazione Termini"),
    ("pt-PT", "Mesmo junto à Praia dos Pescadores.", "Praia dos Pescadores"),
]
NOWHERE = [
    ("en-GB", "Green is the new black. Market day, every day."),
    ("en-GB", "A walk in the park, a day at the beach."),
    ("de-DE", "Ab auf die Straße! Unsere Straße ist bunt."),
    ("fr-FR", "À la gare, au parc, à la plage : partout."),
    ("es-ES", "En la playa, en el parque, en el mercado."),
    ("it-IT", "Al mercato o in stazione, sempre con te."),
    ("pt-PT", "Na praia ou no mercado, vai contigo."),
]


@pytest.mark.parametrize(("locale", "text", "named"), SOMEWHERE)
def test_a_landmark_is_a_place(locale: str, text: str, named: str):
    assert [one.text for one in check(text, locale, Facts(locale=locale))] == [named]
    assert check(text, locale, Facts(names=(named,), locale=locale)) == []


@pytest.mark.parametrize(("locale", "text"), NOWHERE)
def test_what_has_no_name_is_none(locale: str, text: str):
    assert check(text, locale, Facts(locale=locale)) == []


def test_a_discount_that_adds_to_no_other_is_no_further_one():
    from storesync.copywriting.facts.declared.gather import Percentage

    facts = Facts(percentages=(Percentage(Decimal(40), "off"),), locale="es-ES")
    text = "Rebajados un 40 por ciento y no es acumulable a otras promociones."
    assert check(text, "es-ES", facts) == []
    assert check(text.replace("no es", "es"), "es-ES", facts)


BESIDE = [
    ("en-GB", "Find us at Fern & Co, Hexham and Alnwick.", "Alnwick"),
    ("en-GB", "Tulips at Fern & Co, Hexham & Morpeth", "Morpeth"),
    ("fr-FR", "Chez Fern & Co, Hexham et Dinard.", "Dinard"),
    ("es-ES", "Solo en Fern & Co, Hexham y Nerja.", "Nerja"),
    ("en-GB", "A bunch for you at Fern & Co, Sidney Square, Hexham.", "Sidney Square"),
    ("en-GB", "Fern and friends, Priestpopple Market, Hexham!", "Priestpopple Market"),
    ("es-MX", "Te esperamos, sucursal Tlalpan.", "Tlalpan"),
    ("fr-CA", "Passez nous voir, succursale Verdun.", "Verdun"),
    ("it-IT", "Vi aspettiamo, filiale Navigli.", "Navigli"),
    ("pt-BR", "Esperamos você, unidade Pinheiros.", "Pinheiros"),
    ("nl-NL", "Tot ziens, filiaal Jordaan.", "Jordaan"),
    ("pl-PL", "Zapraszamy, oddział Mokotów.", "Mokotów"),
    ("fr-FR", "Un verre vous attend dans le Vieux-Bergerac.", "Vieux-Bergerac"),
]
NOT_BESIDE = [
    ("en-GB", "Fern & Co, Hexham and Friday evenings belong together."),
    ("en-GB", "Come to Fern & Co, Hexham and Enjoy."),
    ("en-GB", "Fern & Co, Hexham and you."),
    ("en-GB", "Fair and square, at Fern & Co, Hexham."),
    ("es-MX", "Nuestra sucursal te espera. Cada sucursal abre temprano."),
    ("fr-FR", "Un plateau de Vieux-Boulogne pour vous."),
    ("fr-FR", "Dans le vieux four, du pain."),
]


@pytest.mark.parametrize(("locale", "text", "named"), BESIDE)
def test_a_place_beside_a_declared_one_is_another(locale: str, text: str, named: str):
    own = Facts(names=("Fern & Co", "Hexham"), brands=("Fern & Co",), locale=locale)
    assert [one.text for one in check(text, locale, own)] == [named]
    both = Facts(names=("Fern & Co", "Hexham", named), brands=("Fern & Co",), locale=locale)
    assert check(text, locale, both) == []


@pytest.mark.parametrize(("locale", "text"), NOT_BESIDE)
def test_what_is_joined_to_a_place_need_be_none(locale: str, text: str):
    own = Facts(names=("Fern & Co", "Hexham"), brands=("Fern & Co",), locale=locale)
    assert [one for one in check(text, locale, own) if one.kind == "place"] == []
