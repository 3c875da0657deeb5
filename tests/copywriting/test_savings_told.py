"""What is saved, told by labels, in sums that are written out, and as shares of a price."""

# ruff: noqa: RUF001 - signs of sums are what is tested
from __future__ import annotations

import pytest
from plain import found

SUMS = [
    ("bike", "£60 − £15 = £45 for a bike service."),
    ("bike", "£60 bike service – £15 = £45."),
    ("bike", "Sixty minus fifteen is forty-five: a bike service in numbers."),
    ("bike", "The maths: £60 × 0.75 = £45. The job: bike service."),
    ("bike", "Bike service £45 (60 × 0.75)."),
    ("bike", "£60 less 25% is £45. Bike service."),
    ("wash", "18 ÷ 2 = 9: a deluxe wash."),
    ("bett", "1200 minus 300 macht 900. Matratze."),
    ("bett", "1200 − 25 % = 900 Franken für die Matratze."),
    ("tulpen", "Die Rechnung: 12 mal 0,75 = 9. Die Blumen: Tulpenstrauß."),
    ("cave", "30 − 9 = 21 : le compte est bon pour un plateau de fromages."),
    ("botas", "90 ➖ 36 🟰 54. Botas de piel."),
    ("zaino", "50 meno 10 fa 40: zaino da scuola."),
    ("oculos", "80 menos 20 são 60. Óculos de sol."),
]
WRONG_SUMS = [
    ("bike", "£60 − £15 = £40 for a bike service.", "£40"),
    ("bike", "£60 − £20 = £40 for a bike service.", "£20"),
    ("bike", "£60 − £45 = £15 for a bike service.", "£45"),
    ("bike", "£45 − £15 = £30 for a bike service.", "£45"),
    ("bike", "Bike service (60 × 0.25).", "0.25"),
    ("bike", "Bike service (50 × 0.75).", "50"),
    ("bike", "60 ÷ 2 = 30. Bike service.", "2"),
    ("bike", "60 minus 15 is 45 minutes.", "60"),
    ("bike", "Open 60 − 15 = 45 hours.", "60"),
    ("bike", "Helmets: £60 − £15 = £45.", "Helmets"),
    ("bike", "60 − 20 % = 45. Bike service.", "20 %"),
    ("tulpen", "12 minus 4 macht 8. Tulpenstrauß.", "4"),
    ("zaino", "50 meno 10 fa 30: zaino da scuola.", "30"),
]
SAVED = [
    ("bike", "Bike service. Was: £60. Now: £45. Saving: £15."),
    ("bike", "Your saving per bike service: £15."),
    ("bike", "BIKE SERVICE\nYOU KEEP: £15.00"),
    ("bike", "Save (£15) on a bike service."),
    ("bike", "Fifteen pounds. That is what you save on a bike service."),
    ("bike", "Keep £15. Book a bike service."),
    ("bike", "Difference = £15. Bike service."),
    ("bike", "Take £15 off a £60 bike service."),
    ("bike", "Take 25 percent off the £60 bike service."),
    ("tulpen", "Alt: 12 €. Neu: 9 €. Differenz: 3 €. Tulpenstrauß."),
    ("tulpen", "Alter Preis: 12,– Neuer Preis: 9,– Tulpenstrauß."),
    ("cave", "Nouveau prix : 21 €. Ancien tarif : 30 €. Plateau de fromages."),
    ("tulpen", "Tulpenstrauß. Ihr Vorteil: 3 €."),
    ("tulpen", "Geld sparen (3 Euro, um genau zu sein): Tulpenstrauß."),
    ("tulpen", "Ersparnis pro Tulpenstrauß: 3 €."),
    ("bett", "CHF 300.– Preisvorteil auf die Matratze."),
    ("cave", "VOUS GAGNEZ 9 € sur le plateau de fromages."),
    ("cave", "Neuf euros d'écart. C'est ce que vous gagnez sur le plateau de fromages."),
    ("cave", "9 € déduits : plateau de fromages."),
    ("cave", "Économie par plateau de fromages : 9 €."),
    ("botas", "Botas de piel. Diferencia: 36,00 EUR."),
    ("botas", "Le quitamos 36 € a las botas de piel."),
    ("botas", "Botas de piel, 36 € en el bolsillo."),
    ("zaino", "Zaino da scuola. Risparmio: 10 €."),
    ("zaino", "Dieci euro: ecco quanto risparmi sullo zaino da scuola."),
    ("oculos", "Óculos de sol. Poupança: 20 €."),
]
NOT_SAVED = [
    ("bike", "Bike service. Saving: £45.", "£45"),
    ("bike", "Bike service. Saving: £20.", "£20"),
    ("bike", "Forty-five pounds. That is what you save on a bike service.", "Forty-five pounds"),
    ("bike", "Keep £45. Book a bike service.", "£45"),
    ("bike", "Take £15 off a £45 bike service.", "£45"),
    ("bike", "Take £15 off a £50 bike service.", "£50"),
    ("tulpen", "Alt: 9 €. Neu: 12 €. Tulpenstrauß.", "12 €"),
    ("tulpen", "Neuer Preis: 12 €. Alter Preis: 9 €. Tulpenstrauß.", "12 €"),
    ("cave", "Nouveau prix : 30 €. Plateau de fromages à 21 €.", "30 €"),
    ("tulpen", "Tulpenstrauß. Ersparnis: 9 €.", "9 €"),
    ("tulpen", "Geld sparen (4 Euro, um genau zu sein): Tulpenstrauß.", "4 Euro"),
    ("cave", "VOUS GAGNEZ 21 € sur le plateau de fromages.", "21 €"),
    ("cave", "Gagnez 9 € avec le plateau de fromages.", "Gagnez"),
    ("cave", "C'est ce que vous gagnez : un plateau.", "gagnez"),
    ("cave", "Économie par plateau de fromages : 21 €.", "21 €"),
    ("botas", "Botas de piel, 54 € en el bolsillo.", "54 €"),
    ("botas", "Le quitamos 54 € a las botas de piel.", "54 €"),
    ("zaino", "Zaino da scuola. Risparmio: 40 €.", "40 €"),
    ("oculos", "Óculos de sol. Poupança: 80 €.", "80 €"),
]
SHARES = [
    ("bike", "Save a quarter of the price on a bike service."),
    ("bike", "A quarter of the price off a bike service."),
    ("bike", "Bike service, three quarters of the price: £45"),
    ("bike", "Bike service reduced by a quarter of the price."),
    ("bike", "Pay three quarters: bike service."),
    ("bike", "Pay 25% less for a bike service."),
    ("bike", "A bike service costs 75% of what it did."),
    ("bike", "You'd expect £60. You'll pay 75% of that. Bike service."),
    ("bike", "25pc off a bike service."),
    ("bike", "Bike service: £45, a £15 reduction from £60."),
    ("tulpen", "Du zahlst 75 %, die restlichen 25 % übernehmen wir: Tulpenstrauß."),
    ("tulpen", "Tulpenstrauß 25 v. H. günstiger."),
    ("tulpen", "Wir erlassen ein Viertel des Preises: Tulpenstrauß."),
    ("pneu", "Vingt pour cent de moins, soit un cinquième du prix, sur la pose de pneus."),
    ("pneu", "Un cinquième du prix en moins sur la pose de pneus."),
    ("pneu", "Réglez 80 % du tarif de la pose de pneus."),
    ("botas", "Dos quintos del precio desaparecen: botas de piel."),
    ("zaino", "Paghi quattro quinti: lo zaino da scuola."),
    ("oculos", "Tiramos um quarto do preço dos óculos de sol."),
    ("bike", "Pay 75 cents on the dollar for a bike service."),
    ("bike", "A bike service at 75p in the pound."),
    ("bike", "25p off every pound of your bike service."),
    ("bike", "For every pound, 25 pence off. Bike service."),
    ("bike", "For every £4 of your bike service, keep £1."),
    ("wash", "Pay fifty cents on the dollar: deluxe wash."),
    ("botas", "De cada euro de botas de piel, pagas 60 céntimos."),
    ("auto", "Por cada 100 pesos le bajamos 25: lavado de auto."),
    ("auto", "Pagás 75 de cada 100 pesos del lavado de auto."),
    ("zaino", "20 euro di sconto ogni 100: zaino da scuola."),
    ("tulpen", "Von jedem Euro zahlst du nur 75 Cent: Tulpenstrauß."),
    ("cave", "30 centimes de moins sur chaque euro : plateau de fromages."),
]
OTHER_SHARES = [
    ("bike", "A bike service for a quarter of the price.", "a quarter"),
    ("bike", "Save three quarters of the price on a bike service.", "three quarters"),
    ("bike", "Bike service reduced to a quarter of the price.", "a quarter"),
    ("bike", "Pay a quarter: bike service.", "a quarter"),
    ("bike", "Pay 75% less for a bike service.", "75%"),
    ("bike", "A bike service costs 25% of what it did.", "25%"),
    ("bike", "25 pc set for a bike service.", "25"),
    ("bike", "35pc off a bike service.", "35pc"),
    ("tulpen", "Du zahlst 25 %, die restlichen 75 % übernehmen wir: Tulpenstrauß.", "75 %"),
    ("tulpen", "Wir zahlen 25 %, die restlichen 75 % zahlen Sie: Tulpenstrauß.", "75 %"),
    ("tulpen", "Wir erlassen drei Viertel des Preises: Tulpenstrauß.", "drei Viertel"),
    ("pneu", "Vingt pour cent de moins, soit un quart du prix, sur la pose de pneus.", "un quart"),
    ("pneu", "Réglez 20 % du tarif de la pose de pneus.", "20 %"),
    ("zaino", "Paghi un quinto: lo zaino da scuola.", "un quinto"),
    ("bike", "A bike service at 25p in the pound.", "25p in the pound"),
    ("bike", "75p off every pound of your bike service.", "75p off every pound"),
    ("bike", "For every pound, 35 pence off. Bike service.", "35 pence"),
    ("bike", "For every £10 you spend, get £2.50 off.", "£10"),
    ("bike", "For every pound of your helmets, keep 25p.", "helmets"),
    ("bike", "For every pound of the best bike service, keep 25p.", "best"),
    ("bike", "£1.50 off on the 7Up.", "£1.50"),
    ("botas", "De cada euro de botas de piel, pagas 40 céntimos.", "40 céntimos"),
    ("auto", "Por cada 100 pesos le bajamos 20: lavado de auto.", "20"),
    ("zaino", "15 euro di sconto ogni 100: zaino da scuola.", "15 euro di sconto ogni 100"),
    ("tulpen", "Von jedem Euro zahlst du nur 25 Cent: Tulpenstrauß.", "25 Cent"),
]
# A minus sign makes an amount what is off; a share's words for less are of no amount behind a sign.
SIGNS = [
    ("cave", "Plateau de fromages − 9 €."),
    ("cave", "Plateau de fromages – 21 €."),
    ("cave", "Plateau de fromages | –9,00 | 21 €"),
    ("bike", "25% off 🚲 £45"),
    ("bike", "Bike service [25% off] [£45]"),
    ("bike", "25% off £60 bike service"),
    ("tulpen", "Tulpenstrauß 25 % Rabatt ➡️ 9 €"),
]
OTHER_SIGNS = [
    ("cave", "Plateau de fromages − 21 €.", "21 €"),
    ("cave", "Plateau de fromages | –21,00", "21,00"),
    ("bike", "25% off 🚲 £60", "£60"),
    ("bike", "25% off 🚲 £40", "£40"),
    ("tulpen", "Tulpenstrauß 25 % Rabatt ➡️ 12 €", "12 €"),
]


@pytest.mark.parametrize(("shop", "text"), [*SUMS, *SAVED, *SHARES, *SIGNS])
def test_what_is_declared_passes(shop: str, text: str) -> None:
    assert found(shop, text) == []


@pytest.mark.parametrize(
    ("shop", "text", "wrong"), [*WRONG_SUMS, *NOT_SAVED, *OTHER_SHARES, *OTHER_SIGNS]
)
def test_another_amount_or_another_part_is_found(shop: str, text: str, wrong: str) -> None:
    assert wrong in found(shop, text)
