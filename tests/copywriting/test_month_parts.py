"""A part of a month as the end of an offer: until the end of May, from 18 May to month's end."""

from __future__ import annotations

import pytest
from plain import found

RIGHT = [
    ("kite", "Box kites are £40 until the end of May."),
    ("kite", "Box kites £40 from 19 May to the end of the month."),
    ("kite", "Box kites £40, 19 May to month's end."),
    ("kite", "20% off box kites until the very end of May 2027."),
    ("kite", "Box kites are £40 from mid-May."),
    ("lampe", "Leselampe 40 Euro bis Ende Mai."),
    ("lampe", "Vom 18. Mai bis Monatsende kostet die Leselampe 40 Euro."),
    ("lampe", "Ab Mitte Mai kostet die Leselampe 40 Euro."),
    ("cidre", "Coffret de cidre à 40 € jusqu'à fin mai."),
    ("cidre", "Coffret de cidre à 40 € jusqu'à la fin du mois de mai."),
    ("cidre", "Du 18 mai à la fin du mois, coffret de cidre à 40 €."),
    ("manta", "Manta de lana a 40 € hasta finales de mayo."),
    ("manta", "Desde el 18 de mayo hasta fin de mes, manta de lana a 40 €."),
    ("tazza", "Tazza da caffè a 40 € fino a fine maggio."),
    ("tazza", "Tazza da caffè a 40 € dal 18 maggio a fine mese."),
    ("plaid", "Plaid € 40 t/m eind mei."),
    ("plaid", "Van 18 mei tot het einde van de maand: plaid € 40."),
    ("vaso", "Vaso de barro por 40 € até ao fim de maio."),
    ("vaso", "De 18 de maio até ao final do mês, vaso de barro por 40 €."),
    ("koc", "Koc wełniany za 40 zł do końca maja."),
    ("koc", "Od 18 maja do końca miesiąca koc wełniany za 40 zł."),
    ("cidre", "Coffret de cidre à 40 € dès la mi-mai."),
]
WRONG = [
    # The flight ends before, or in another month.
    ("lens", "Sunglasses are £57 until the end of June.", "June"),
    ("lens", "Sunglasses £57, 10 June to month's end.", "month's end"),
    ("lens", "Sunglasses are £57 from 10 June to the end of the month.", "end of the month"),
    ("kite", "Box kites are £40 until the end of June.", "June"),
    ("kite", "Box kites are £40 from 19 April to the end of the month.", "end of the month"),
    ("kite", "Box kites are £40 until mid-May.", "May"),
    ("tulpen", "Tulpenstrauß 9 Euro bis Ende März.", "März"),
    ("tulpen", "Vom 19. März bis Monatsende: Tulpenstrauß 9 Euro.", "Monatsende"),
    ("cave", "Plateau de fromages à 21 € jusqu'à fin décembre.", "décembre"),
    ("cave", "Du 17 décembre à la fin du mois.", "fin du mois"),
    ("botas", "Botas de piel a 54 € hasta finales de enero.", "enero"),
    ("botas", "Botas de piel a 54 € desde principios de enero.", "enero"),
    ("zaino", "Zaino da scuola a 40 € fino a fine settembre.", "settembre"),
    ("zaino", "Dal 6 settembre a fine mese.", "fine mese"),
    ("rozen", "Bos rozen € 9 tot eind april.", "april"),
    ("oculos", "Óculos de sol por 60 € até ao fim de junho.", "junho"),
    ("zupa", "Zupa dnia za 24 zł do końca listopada.", "listopada"),
    # It begins in another part.
    ("kite", "Box kites are £40 from the end of May.", "May"),
    ("kite", "Box kites are £40 from the beginning of May.", "May"),
    ("tazza", "Tazza da caffè a 40 € da fine maggio.", "maggio"),
    ("lampe", "Ab Anfang Mai kostet die Leselampe 40 Euro.", "Mai"),
    # Without a month it is another one on another day.
    ("kite", "Box kites are £40 until the end of the month.", "end of the month"),
    ("lampe", "Leselampe 40 Euro bis Monatsende.", "Monatsende"),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_right(shop: str, text: str):
    assert found(shop, text) == []


@pytest.mark.parametrize(("shop", "text", "wrong"), WRONG)
def test_wrong(shop: str, text: str, wrong: str):
    assert any(wrong in one or one in wrong for one in found(shop, text))
