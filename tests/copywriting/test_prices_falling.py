"""Prices that fall, by how much and from what, and what questions about a price are answered."""

from __future__ import annotations

import pytest
from plain import found

RIGHT = [
    ("bike", "Our bike service drops by £15 to £45."),
    ("bike", "The bike service you paid £60 for last month is £45 with us."),
    ("bike", "That's fifteen quid less than our standard £60 bike service."),
    ("bike", "£45 a bike service, a saving of £15 on the earlier price of £60."),
    ("bike", "Fifteen pounds is what you save on a bike service."),
    ("bike", "Save fifteen on a bike service."),
    ("bike", "A bike service: pay £45 and pocket the £15 difference."),
    ("bike", "25% off, that's £15. Bike service."),
    ("surf", "We take $100 from the price of a wetsuit."),
    ("stove", "One fifth off a R150 camp stove makes R120."),
    ("tulpen", "Der Preis für den Tulpenstrauß fällt um 3 Euro auf 9 Euro."),
    ("tulpen", "Der Tulpenstrauß ist um drei Euro gesunken: 9 Euro."),
    ("bett", "Matratze: früherer Preis 1200.–, Sonderpreis 900.–."),
    ("cave", "Le plateau de fromages baisse de 9 € et descend à 21 €."),
    ("cave", "Plateau de fromages : prix de départ 30 €, prix remisé 21 €."),
    ("skis", "Fartage de skis : 40 francs en temps normal, 26 francs en promo."),
    ("pneu", "On enlève un cinquième du prix de la pose de pneus."),
    ("botas", "Las botas de piel bajan 36 € y se quedan en 54 €."),
    ("botas", "Las botas de piel por 54 €: te ahorras 36 € sobre el precio de 90 €."),
    ("botas", "De los 90 € que costaban, las botas de piel pasan a 54 €."),
    ("auto", "Quitamos 40 pesos del precio del lavado de auto."),
    ("zaino", "Il prezzo dello zaino da scuola cala di 10 €."),
    ("zaino", "Lo zaino da scuola scende a 40 € da 50 €."),
    ("rozen", "De prijs van een bos rozen daalt met € 3 naar € 9."),
    ("rozen", "3 euro van je bos rozen af."),
    ("rozen", "Een bos rozen voor drie kwart van 12 euro."),
    ("rozen", "Bos rozen. Vorige prijs 12,00, actieprijs 9,00."),
    ("zupa", "Obniżamy cenę zupy dnia o 6 zł."),
    ("zupa", "Zupa dnia w cenie 24 zł; cena przed obniżką 30 zł."),
    ("oculos", "O preço dos óculos de sol desce 20 € e fica em 60 €."),
    ("wash", "A deluxe wash for half of $18."),
    ("wash", "Half off an $18 deluxe wash."),
    ("plant", "Knock three-tenths off a $40 monstera plant and you get $28."),
    ("plant", "Fern & Fig / monstera plant / forty down to twenty-eight"),
]
WRONG = [
    ("bike", "Our bike service drops by £45 to £15.", "£45"),
    ("bike", "Our bike service drops by £20.", "£20"),
    ("bike", "Our bike service drops to £60.", "£60"),
    ("bike", "The muffin drops by £15.", "muffin"),
    ("bike", "The muffin drops to £45.", "muffin"),
    ("bike", "The muffin falls from £60 to £45.", "muffin"),
    ("bike", "The price of a muffin drops by £15.", "muffin"),
    ("bike", "The price of a muffin is £45.", "muffin"),
    ("tulpen", "Der Preis für die Brezel fällt um 3 Euro.", "Brezel"),
    ("cave", "Le prix de la baguette baisse de 9 €.", "baguette"),
    ("botas", "Los guantes bajan 36 €.", "guantes"),
    ("zaino", "Il prezzo della borsa cala di 10 €.", "borsa"),
    ("rozen", "De prijs van een tulp daalt met 3 euro.", "tulp"),
    ("rozen", "3 euro van je bos tulpen af.", "bos tulpen"),
    ("zupa", "Kawa tanieje o 6 zł.", "Kawa"),
    ("bike", "The bike service you paid £45 for last month is £60 with us.", "£60"),
    ("bike", "That's fifteen quid less than our standard £45 bike service.", "£45"),
    ("bike", "£60 a bike service, a saving of £15 on the earlier price of £45.", "£45"),
    ("bike", "Forty-five pounds is what you save on a bike service.", "Forty-five pounds"),
    ("bike", "A bike service: pay £45 and pocket the £20 difference.", "£20"),
    ("bike", "Save twenty on a bike service.", "twenty"),
    ("bike", "Save fifteen on a helmet.", "helmet"),
    ("bike", "25% off, that's £60. Bike service.", "£60"),
    ("surf", "We take $150 from the price of a wetsuit.", "$150"),
    ("stove", "One fifth off a R120 camp stove makes R150.", "R120"),
    ("tulpen", "Der Preis für den Tulpenstrauß fällt um 9 Euro.", "9 Euro"),
    ("tulpen", "Der Tulpenstrauß ist um vier Euro gesunken: 9 Euro.", "vier Euro"),
    ("bett", "Matratze: früherer Preis 900.–, Sonderpreis 1200.–.", "1200.–"),
    ("cave", "Le plateau de fromages baisse de 21 €.", "21 €"),
    ("cave", "Plateau de fromages : prix de départ 21 €, prix remisé 30 €.", "30 €"),
    ("skis", "Fartage de skis : 26 francs en temps normal, 40 francs en promo.", "26 francs"),
    ("pneu", "On enlève un quart du prix de la pose de pneus.", "un quart"),
    ("botas", "Las botas de piel bajan 54 €.", "54 €"),
    ("botas", "Las botas de piel por 90 €: te ahorras 36 € sobre el precio de 54 €.", "54 €"),
    ("botas", "De los 54 € que costaban, las botas de piel pasan a 90 €.", "90 €"),
    ("auto", "Quitamos 120 pesos del precio del lavado de auto.", "120 pesos"),
    ("zaino", "Il prezzo dello zaino da scuola cala di 40 €.", "40 €"),
    ("zaino", "Lo zaino da scuola scende a 50 € da 40 €.", "50 €"),
    ("rozen", "9 euro van je bos rozen af.", "9 euro"),
    ("rozen", "Een bos rozen voor de helft van 12 euro.", "de helft"),
    ("rozen", "Een bos rozen voor drie kwart van 9 euro.", "9 euro"),
    ("rozen", "Bos rozen. Vorige prijs 9,00, actieprijs 12,00.", "12,00"),
    ("zupa", "Obniżamy cenę zupy dnia o 24 zł.", "24 zł"),
    ("zupa", "Zupa dnia w cenie 30 zł; cena przed obniżką 24 zł.", "30 zł"),
    ("oculos", "O preço dos óculos de sol desce 60 €.", "60 €"),
    ("wash", "A deluxe wash for half of $9.", "$9"),
    ("plant", "Knock three-tenths off a $28 monstera plant.", "$28"),
    ("plant", "Fern & Fig / monstera plant / twenty-eight down to forty", "forty"),
]
ANSWERED = [
    ("bread", "What do you pay for a £4.80 sourdough loaf? £3.60."),
    ("bike", "Thought you'd pay £60 for a bike service? £45 will do."),
    ("bike", "Thought you'd pay £60 for a bike service? Forty-five will do."),
    ("ramen", "How much do you save on a ramen kit? $3."),
    ("tulpen", "Wie viel sparen Sie? 3 € pro Tulpenstrauß."),
    ("tulpen", "Dachten Sie an zwölf Euro? Neun reichen für den Tulpenstrauß."),
    ("cave", "Combien économisez-vous ? 9 € par plateau de fromages."),
    ("pneu", "Vous pensiez payer 100 $ ? 80 suffisent pour la pose de pneus."),
    ("botas", "¿Cuánto ahorras? 36 € en las botas de piel."),
    ("zaino", "Quanto si risparmia? 10 € a zaino da scuola."),
    ("zaino", "Pensavi di spendere cinquanta euro? Ne bastano quaranta. Zaino da scuola."),
    ("rozen", "Wat kost een bos rozen van 12 euro? 9 euro."),
    ("zupa", "Ile oszczędzasz? 6 zł na zupie dnia."),
    ("oculos", "Pensava gastar 80 €? Bastam 60 €. Óculos de sol."),
]
MISANSWERED = [
    ("bread", "What do you pay for a £3.60 sourdough loaf? £4.80.", "£3.60"),
    ("bread", "What do you pay for a £4.80 rye loaf? £3.60.", "rye"),
    ("bike", "Thought you'd pay £45 for a bike service? £60 will do.", "£45"),
    ("bike", "Thought you'd pay £60 for a bike service? Forty will do.", "Forty"),
    ("ramen", "How much do you save on a ramen kit? $12.", "$12"),
    ("tulpen", "Wie viel sparen Sie? 9 € pro Tulpenstrauß.", "9 €"),
    ("cave", "Combien économisez-vous ? 21 € par plateau de fromages.", "21 €"),
    ("botas", "¿Cuánto ahorras? 54 € en las botas de piel.", "54 €"),
    ("zaino", "Quanto si risparmia? 40 € a zaino da scuola.", "40 €"),
    ("zaino", "Pensavi di spendere quaranta euro? Ne bastano cinquanta.", "cinquanta"),
    ("rozen", "Wat kost een bos rozen van 9 euro? 12 euro.", "9 euro"),
    ("oculos", "Pensava gastar 60 €? Bastam 80 €. Óculos de sol.", "60 €"),
]
SHARED = [
    ("plant", "You pay 70 percent for a monstera plant, we cover the other 30."),
    ("cave", "Trois dixièmes du prix en moins, vous payez les sept autres. Plateau de fromages."),
    (
        "tulpen",
        "Ein Viertel des Preises übernehmen wir, Sie zahlen die anderen drei. Tulpenstrauß.",
    ),
    ("zaino", "Un quinto lo togliamo noi, tu paghi gli altri quattro. Zaino da scuola."),
    ("bowl", "Twelve fifty for a burrito bowl? Not now. $10."),
    ("wash", "Nine dollars for a deluxe wash."),
]
MISSHARED = [
    ("plant", "You pay 70 percent for a monstera plant, we cover the other 20.", "20"),
    ("plant", "You pay 60 percent for a monstera plant, we cover the other 40.", "60 percent"),
    ("cave", "Trois dixièmes du prix en moins, vous payez les six autres.", "six"),
    ("cave", "Deux dixièmes du prix en moins, vous payez les huit autres.", "Deux dixièmes"),
    ("tulpen", "Ein Viertel des Preises übernehmen wir, Sie zahlen die anderen vier.", "vier"),
    ("bowl", "Twelve forty for a burrito bowl.", "Twelve forty"),
]
COUNTED = [
    ("plant", "Four monstera plants, a hundred and twelve dollars in all."),
    ("cave", "Quatre plateaux de fromages, quatre-vingt-quatre euros en tout."),
    ("zaino", "Due zaini da scuola, ottanta euro in tutto."),
    ("zupa", "Trzy zupy dnia za 72 zł."),
    ("botas", "Dos pares de botas de piel por 108 € en total."),
]
MISCOUNTED = [
    ("plant", "Four monstera plants, a hundred and eleven dollars in all.", "eleven dollars"),
    ("plant", "Twenty-eight dollars in all shops.", "Twenty-eight dollars"),
    ("cave", "Trois plateaux de fromages, quatre-vingt-quatre euros en tout.", "quatre euros"),
    ("zupa", "Trzy zupy dnia za 48 zł.", "48 zł"),
    ("zupa", "Trzy zupy na dzień za 72 zł.", "72 zł"),
    ("botas", "Dos pares de botas de piel por 54 € en total.", "Dos"),
]


@pytest.mark.parametrize(("shop", "text"), [*RIGHT, *ANSWERED, *SHARED, *COUNTED])
def test_what_a_price_falls_by_passes(shop, text):
    assert not found(shop, text)


@pytest.mark.parametrize(("shop", "text", "wrong"), [*WRONG, *MISANSWERED, *MISSHARED, *MISCOUNTED])
def test_another_amount_or_part_is_found(shop, text, wrong):
    assert any(wrong in one for one in found(shop, text))
