"""Ordinary turns: what is left of a price, holidays as ends, shops in a list, phones at home."""

from __future__ import annotations

import pytest
from plain import found

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

WRONG = [
    ("bread", "#30off #sourdough", "30"),
    ("bread", "#Sourdough #40percentoff", "40percent"),
    ("wash", "#60% off deluxe washes", "60%"),
    ("tulpen", "#30prozentrabatt", "30prozent"),
    ("cave", "#20pourcent #fromage", "20pourcent"),
    ("botas", "#menos30porciento", "30porciento"),
    ("rozen", "#30procentkorting", "30procent"),
    ("bread", "We are #25 in Clifton.", "#25"),
    ("tulpen", "Hier ist der Text. Betreff: 25 % auf den Tulpenstrauß", "Betreff:"),
    ("tulpen", "Betreff: 30 % auf den Tulpenstrauß", "30 %"),
    ("bread", "Sourdough loaves reduced to 25%.", "25%"),
    ("bread", "Sourdough loaves: price cut to 25%.", "25%"),
    ("bread", "Sourdough loaves are down to 25% of the usual price.", "25%"),
    ("tulpen", "Tulpensträuße auf 25 % des Preises gesenkt.", "25 %"),
    ("tulpen", "Tulpensträuße auf 25 % reduziert.", "25 %"),
    ("tulpen", "Preis gesenkt auf 25 %.", "25 %"),
    ("cave", "Plateau de fromages réduit à 30 % du prix.", "30 %"),
    ("zaino", "Prezzo ridotto al 20%.", "20%"),
    ("oculos", "Preço reduzido a 25%.", "25%"),
    ("bread", "Sourdough is kind to your gut.", "gut"),
    ("bread", "Sourdough: easy on the joints, easy on you.", "joints"),
    ("bread", "Gentle on the skin.", "skin"),
    ("tulpen", "Das tut der Haut gut.", "Haut"),
    ("bett", "Gut für die Gelenke.", "Gut für"),
    ("cave", "Doux pour la peau.", "peau"),
    ("botas", "Suave con la piel.", "Suave con"),
    ("zaino", "Fa bene alla pelle.", "Fa bene"),
    ("bread", "Sourdough loaf £3.60 until Mothering Day.", "Mothering Day"),
    ("bread", "Sourdough loaf £3.60 until St Andrew's Day.", "Day"),
    ("plant", "Monstera plants, $28 through Earth Day.", "Earth Day"),
    ("plant", "From Canada Day: monstera plants, $28.", "Canada Day"),
    ("tulpen", "Tulpenstrauß bis Fronleichnam für 9 Euro.", "Fronleichnam"),
    ("tulpen", "Bis Allerheiligen: Tulpenstrauß 9 Euro.", "Allerheiligen"),
    ("cave", "Plateau de fromages à 21 € jusqu'au 14 juillet.", "14 juillet"),
    ("cave", "Jusqu'à la fête nationale : 21 €.", "fête nationale"),
    ("botas", "Botas de piel a 54 € hasta San Juan.", "San Juan"),
    ("bread", "Sourdough loaves £3.60 at our Clifton and Redland shops.", "Redland"),
    ("bread", "Sourdough loaves £3.60 at our Redland and Clifton shops.", "Redland"),
    ("bread", "Ask in our Clifton, Redland and Bedminster bakeries.", "Bedminster"),
]
RIGHT = [
    ("bread", "#25off #sourdough #Clifton"),
    ("bread", "#Sourdough #25percentoff"),
    ("tulpen", "#25prozentrabatt #München"),
    ("cave", "#30pourcent #fromage"),
    ("botas", "#menos40porciento"),
    ("rozen", "#25procentkorting"),
    ("tulpen", "Betreff: 25 % auf den Tulpenstrauß"),
    ("cave", "Objet : le plateau de fromages à 21 €"),
    ("botas", "Asunto: botas de piel a 54 €"),
    ("zaino", "Oggetto: zaino da scuola a 40 €"),
    ("oculos", "Assunto: óculos de sol por 60 €"),
    ("rozen", "Onderwerp: bos rozen voor € 9"),
    ("zupa", "Temat: zupa dnia za 24 zł"),
    ("bread", "Sourdough loaves reduced to £3.60."),
    ("bread", "Sourdough loaves: price cut by 25%."),
    ("bread", "Sourdough loaves reduced to 75% of the usual price."),
    ("bread", "Down to 25% less than usual: sourdough loaves."),
    ("bread", "Marked down 25%: sourdough loaves."),
    ("tulpen", "Tulpensträuße auf 75 % des Preises gesenkt."),
    ("tulpen", "Tulpensträuße um 25 % gesenkt."),
    ("tulpen", "25 % auf Tulpensträuße."),
    ("tulpen", "Der Preis ist um 25 % reduziert."),
    ("cave", "Plateau de fromages réduit de 30 %."),
    ("zaino", "Zaini da scuola scontati al 20%."),
    ("bread", "Sourdough is easy on your purse, kind to your toaster."),
    ("bread", "Great for toast."),
    ("tulpen", "Gut für gute Laune."),
    ("tulpen", "Das tut gut: ein Tulpenstrauß für 9 Euro."),
    ("cave", "Bon pour un apéro entre amis."),
    ("bread", "Every Day from Friday to Sunday."),
    ("bread", "What a Day for Sourdough Loaves!"),
    ("bread", "Sourdough loaves, £3.60 at our Clifton shop."),
    ("bread", "At our Clifton shop, sourdough loaves are £3.60."),
    ("bread", "Sit down, stay a while, pay £1.20 less."),
    ("bread", "Stay a while: it's £3.60 a loaf."),
    ("tulpen", "25 % Rabatt auf Tulpensträuße, Freitag bis Sonntag, 19. bis 21. März."),
    ("tulpen", "Fr bis So, 19.–21. März: Tulpenstrauß 9 Euro."),
    ("tulpen", "Freitag, Samstag und Sonntag, 19. bis 21. März."),
    ("bread", "Friday to Sunday, 11 to 13 December."),
    ("bike", "Thursday to Sunday, 4th to 7th March: bike service £45."),
    ("cave", "Du jeudi au jeudi, du 17 au 24 décembre."),
    ("auto", "Viernes a domingo, 14 al 16 de mayo."),
    ("plant", "Sat 4/17 through Sun 4/18. Monstera plants, $28."),
    ("plant", "Sat 4/17 to Sun 4/18: monstera plants, $28."),
    ("plant", "Sat 4/17 – Sun 4/18, monstera plants $28."),
    ("ramen", "Fri 3/5 through Sun 3/7: ramen kits, $12."),
    ("ramen", "Fri 3/5 to Sun 3/7."),
    ("ramen", "Ramen kits from Friday 3/5, $12."),
    ("bowl", "Mon 9/13 through Fri 9/17. 20% off burrito bowls."),
    ("cave", "9 € d'économie sur chaque plateau de fromages, tout simplement."),
    ("plant", "Ten hours of green a day, 9:00 to 19:00."),
    ("auto", "Doce horas al día, de 8:00 a 20:00."),
]


@pytest.mark.parametrize(("shop", "text", "wrong"), WRONG)
def test_wrong(shop: str, text: str, wrong: str):
    assert any(wrong in one or one in wrong for one in found(shop, text))


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_right(shop: str, text: str):
    assert found(shop, text) == []


AT_HOME = [
    ("en-SG", "+65 6555 0119", "Book now: 6555 0119"),
    ("en-SG", "+65 6555 0119", "6555-0119 is our number."),
    ("da-DK", "+45 32 45 67 89", "Ring 32 45 67 89"),
    ("pt-PT", "+351 20 913 4567", "20 913 4567"),
    ("fi-FI", "+358 20 913 4567", "20 913 4567"),
]


@pytest.mark.parametrize(("locale", "phone", "text"), AT_HOME)
def test_a_phone_as_dialled_at_home(locale: str, phone: str, text: str):
    known = Facts(phones=(phone.replace(" ", ""),), locale=locale)
    assert not check(text, locale, known)
    other = text.replace("9", "8").replace("5", "4")
    assert [one.kind.value for one in check(other, locale, known)] == ["phone"]
