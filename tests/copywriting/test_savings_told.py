"""What is saved, told by labels, in sums that are written out, and as shares of a price."""

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


@pytest.mark.parametrize(("shop", "text"), [*SUMS, *SAVED])
def test_what_is_declared_passes(shop: str, text: str) -> None:
    assert found(shop, text) == []


@pytest.mark.parametrize(("shop", "text", "wrong"), [*WRONG_SUMS, *NOT_SAVED])
def test_another_amount_or_another_part_is_found(shop: str, text: str, wrong: str) -> None:
    assert wrong in found(shop, text)
