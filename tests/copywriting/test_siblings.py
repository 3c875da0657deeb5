"""Another kind of the product is another product, by the word that stands where its own does."""

from __future__ import annotations

from functools import cache

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of

# Product, and locale; each 20 % off, 15 to 12.
_PRODUCTS = {
    "smoked haddock": "en-GB",
    "sourdough loaf": "en-GB",
    "apple pie": "en-US",
    "hybrid mattress": "en-US",
    "Rosenstrauß": "de-DE",
    "Apfelkuchen": "de-DE",
    "tarte aux pommes": "fr-FR",
    "coupe homme": "fr-FR",
    "botines de piel": "es-ES",
    "tarta de queso": "es-ES",
    "torta di mele": "it-IT",
    "bolo de cenoura": "pt-PT",
    "rozenboeket": "nl-NL",
    "appeltaart": "nl-NL",
    "tort czekoladowy": "pl-PL",
}
_CURRENCIES = {"GB": "GBP", "US": "USD", "PL": "PLN"}


@cache
def _declared(product: str) -> Facts:
    locale = _PRODUCTS[product]
    offer = {"product": "p", "discount_percentage": 20, "price": "12", "regular_price": "15"}
    shared = {
        "locale": locale,
        "brand": {"name": "Quillon"},
        "offer": offer,
        "product_name": product,
        "flight": {"start": "2027-02-08", "end": "2027-02-14"},
    }
    location = {"name": "Leith", "hours": {"mon-sun": "10:00-22:00"}}
    currency = _CURRENCIES.get(locale[-2:], "EUR")
    return facts_of(shared, {"currency": currency, "location_name": "Leith", "location": location})


def found(product: str, text: str) -> list[str]:
    return [one.text for one in check(text, _PRODUCTS[product], _declared(product))]


OTHERS = [
    ("smoked haddock", "20% off smoked mackerel.", "smoked mackerel"),
    ("smoked haddock", "Smoked salmon for £12, was £15.", "Smoked salmon"),
    ("smoked haddock", "Save 20% on smoked trout this week.", "smoked trout"),
    ("smoked haddock", "Smoked mackerel is £12 until Sunday.", "Smoked mackerel"),
    ("smoked haddock", "Smoked mackerel, now £12.", "Smoked mackerel"),
    ("smoked haddock", "Our smoked cod: £12 instead of £15.", "smoked cod"),
    ("smoked haddock", "£3 off fresh haddock chowder.", "haddock chowder"),
    ("sourdough loaf", "Rye loaf, now £12.", "Rye loaf"),
    ("smoked haddock", "Get smoked mackerel at £12.", "smoked mackerel"),
    ("smoked haddock", "Only £12: smoked mackerel.", "smoked mackerel"),
    ("Rosenstrauß", "Nur 12 €: unser Tulpenstrauß.", "Tulpenstrauß"),
    ("appeltaart", "Nu € 12: kersentaart.", "kersentaart"),
    ("sourdough loaf", "White bread for £12.", "White bread"),
    ("sourdough loaf", "A sourdough pizza for £12.", "sourdough pizza"),
    ("apple pie", "Apple cake now $12.", "Apple cake"),
    ("apple pie", "Cherry pie now $12, was $15.", "Cherry pie"),
    ("hybrid mattress", "20% off every foam mattress.", "foam mattress"),
    ("hybrid mattress", "A hybrid pillow for $12.", "hybrid pillow"),
    ("Rosenstrauß", "Tulpenstrauß jetzt 12 € statt 15 €.", "Tulpenstrauß"),
    ("Rosenstrauß", "Tulpenstrauß für 12 €.", "Tulpenstrauß"),
    ("Rosenstrauß", "20 % Rabatt auf jeden Tulpenstrauß.", "Tulpenstrauß"),
    ("Rosenstrauß", "Tulpensträuße nur 12 €.", "Tulpensträuße"),
    ("Rosenstrauß", "Der Rosenstock jetzt 12 €.", "Rosenstock"),
    ("Apfelkuchen", "Käsekuchen jetzt für 12 €.", "Käsekuchen"),
    ("Apfelkuchen", "Apfelstrudel: 12 € statt 15 €.", "Apfelstrudel"),
    ("Apfelkuchen", "Unser Kirschkuchen kostet 12 €.", "Kirschkuchen"),
    ("tarte aux pommes", "La tarte aux poires à 12 € au lieu de 15 €.", "tarte aux poires"),
    ("tarte aux pommes", "20 % sur les tartes au citron.", "tartes au citron"),
    ("tarte aux pommes", "Tarte aux fraises : 12 €.", "Tarte aux fraises"),
    ("tarte aux pommes", "Notre tarte aux poires est à 12 €.", "tarte aux poires"),
    ("tarte aux pommes", "Le gâteau aux pommes à 12 €.", "gâteau aux pommes"),
    ("tarte aux pommes", "Tarte au citron maintenant 12 €.", "Tarte au citron"),
    ("coupe homme", "Coupe femme à 12 €.", "Coupe femme"),
    ("botines de piel", "Sandalias de piel a 12 €.", "Sandalias"),
    ("botines de piel", "Botines de tela ahora 12 €.", "Botines de tela"),
    ("botines de piel", "Sandalias de piel, ahora 12 €, antes 15 €.", "Sandalias de piel"),
    ("tarta de queso", "La tarta de zanahoria a 12 €.", "tarta de zanahoria"),
    ("tarta de queso", "Tarta de chocolate: 12 €.", "Tarta de chocolate"),
    ("torta di mele", "La torta di carote a 12 €.", "torta di carote"),
    ("torta di mele", "Torta al cioccolato ora 12 €.", "Torta al cioccolato"),
    ("torta di mele", "20% di sconto sulle crostate di mele.", "crostate di mele"),
    ("bolo de cenoura", "Bolo de laranja agora 12 €.", "Bolo de laranja"),
    ("bolo de cenoura", "O bolo de chocolate por 12 €.", "bolo de chocolate"),
    ("rozenboeket", "Tulpenboeket nu € 12.", "Tulpenboeket"),
    ("rozenboeket", "20% korting op elk tulpenboeket.", "tulpenboeket"),
    ("appeltaart", "Kersentaart voor € 12.", "Kersentaart"),
    ("appeltaart", "De kersentaart kost nu € 12.", "kersentaart"),
    ("tort czekoladowy", "Tort truskawkowy za 12 zł.", "Tort truskawkowy"),
    ("tort czekoladowy", "Sernik czekoladowy teraz 12 zł.", "Sernik czekoladowy"),
    ("tort czekoladowy", "20% taniej na tort malinowy.", "tort malinowy"),
]
OWN = [
    ("smoked haddock", "20% off haddock."),
    ("smoked haddock", "Smoked haddock, now £12."),
    ("smoked haddock", "Fresh smoked haddock for £12."),
    ("smoked haddock", "Quillon's smoked haddock: £12."),
    ("smoked haddock", "Leith's smoked haddock: £12."),
    ("smoked haddock", "Haddock, smoked in Leith, now £12."),
    ("smoked haddock", "Our new haddock is £12."),
    ("smoked haddock", "Haddock now £12."),
    ("sourdough loaf", "20% off sourdough."),
    ("sourdough loaf", "£12 for a loaf."),
    ("sourdough loaf", "Sourdough bread for £12."),
    ("sourdough loaf", "Sourdough heaven: £12."),
    ("sourdough loaf", "Loaf of the week: £12."),
    ("hybrid mattress", "Mattress upgrade: $12, was $15."),
    ("apple pie", "Pie night: $12."),
    ("Rosenstrauß", "Ein Strauß Rosen für 12 €."),
    ("torta di mele", "La torta della nonna a 12 €."),
    ("bolo de cenoura", "O bolo da semana: 12 €."),
    ("sourdough loaf", "20% off sourdough baked daily."),
    ("sourdough loaf", "Sourdough now £12."),
    ("sourdough loaf", "Crusty loaf now £12."),
    ("apple pie", "Warm apple pie now $12."),
    ("apple pie", "$12 for pie."),
    ("hybrid mattress", "20% off our hybrid."),
    ("hybrid mattress", "A new mattress for $12."),
    ("Rosenstrauß", "Strauß jetzt 12 € statt 15 €."),
    ("Rosenstrauß", "Rosensträuße für 12 €."),
    ("Rosenstrauß", "Rosen jetzt 12 €."),
    ("Rosenstrauß", "Der Rosenstrauß jetzt 12 €."),
    ("Rosenstrauß", "3 € Ersparnis auf jeden Rosenstrauß."),
    ("Rosenstrauß", "3 € weniger für alle Rosensträuße."),
    ("Apfelkuchen", "Kuchen jetzt 12 €."),
    ("Apfelkuchen", "Ein Stück Glück: Apfelkuchen jetzt 12 €."),
    ("tarte aux pommes", "La tarte à 12 €."),
    ("tarte aux pommes", "La tarte maison aux pommes à 12 €."),
    ("tarte aux pommes", "Nos tartes aux pommes : 12 €."),
    ("tarte aux pommes", "Belle tarte dorée à 12 €."),
    ("tarte aux pommes", "Un dessert tout trouvé : 3 € d'économie sur chaque tarte aux pommes."),
    ("tarte aux pommes", "3 € d'économie sur nos tartes aux pommes."),
    ("coupe homme", "La coupe à 12 €."),
    ("botines de piel", "Botines a 12 €."),
    ("botines de piel", "Botines nuevos de piel ahora 12 €."),
    ("botines de piel", "Ahorra 3 € en cada par de botines de piel."),
    ("tarta de queso", "La tarta a 12 €."),
    ("tarta de queso", "Ahorra 3 € en cada tarta de queso."),
    ("torta di mele", "La torta a 12 €."),
    ("torta di mele", "3 € di risparmio su ogni torta di mele."),
    ("bolo de cenoura", "O bolo por 12 €."),
    ("bolo de cenoura", "Bolo de cenoura agora 12 €."),
    ("rozenboeket", "Het boeket nu € 12."),
    ("rozenboeket", "Rozenboeketten voor € 12."),
    ("rozenboeket", "Rozen nu € 12."),
    ("appeltaart", "Taart nu € 12."),
    ("tort czekoladowy", "Tort za 12 zł."),
    ("tort czekoladowy", "Tort czekoladowy teraz 12 zł."),
]


@pytest.mark.parametrize(("product", "text", "thing"), OTHERS)
def test_another_kind_is_found(product: str, text: str, thing: str):
    assert any(one in thing or thing in one for one in found(product, text))


@pytest.mark.parametrize(("product", "text"), OWN)
def test_the_product_in_fewer_words_or_described_is_not(product: str, text: str):
    assert found(product, text) == []
