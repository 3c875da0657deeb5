"""Days and times of an ordinary offer as anybody tells them, and told wrong."""

from __future__ import annotations

import pytest
from plain import found

DAYS = [
    ("bread", "Friday to Sunday, 11–13/12/2026."),
    ("bread", "Sourdough loaves for £3.60, 11-13/12/2026."),
    ("bread", "Sourdough loaves for £3.60, 11/12–13/12/2026."),
    ("bread", "Call +44 117 496 0123, 11–13/12/2026."),
    ("bread", "Clifton, 11–13/12."),
    ("bread", "The offer ends on Sunday the thirteenth of December."),
    ("bread", "It ends on Sunday, the thirteenth."),
    ("bike", "Sheffield, your bike service is £45 💛 04/03–07/03/2027, 9.30am–5.30pm"),
    ("bike", "4 – 7/3/2027: bike service £45."),
    ("plant", "Saturday and Sunday, April 17 and 18: 30% off monstera plants."),
    ("plant", "Take 30% off, Saturday and Sunday, April 17–18, at Fern & Fig."),
    ("plant", "Sat & Sun, April 17 & 18."),
    ("plant", "On Saturday and Sunday, the 17th and 18th of April."),
    ("plant", "4/17–18/2027: monstera plants $28."),
    ("plant", "4/17–4/18/2027: monstera plants $28."),
    ("bowl", "Burrito bowls are $10 the week of September 13, 2027."),
    ("bowl", "The week of September 13th: burrito bowls, $10."),
    ("bowl", "Come by in the week of the 13th of September."),
    ("tulpen", "Freitag bis Sonntag, 19.–21.3.2027."),
    ("tulpen", "Samstag und Sonntag, 20. und 21. März: Tulpenstrauß 9 Euro."),
    ("tulpen", "Am Freitag, Samstag und Sonntag, 19., 20. und 21. März."),
    ("tulpen", "Sa und So, 20./21. März."),
    ("cave", "Plateau de fromages à 21 €, 17–24/12/2026."),
    ("cave", "Samedi et dimanche, 19 et 20 décembre : 30 % de remise."),
    ("botas", "Botas de piel a 54 €, 7–16/01/2027."),
    ("botas", "Sábado y domingo, 9 y 10 de enero."),
    ("zaino", "Zaino da scuola a 40 €, 6–12/9/2027."),
    ("zaino", "Sabato e domenica, 11 e 12 settembre."),
    ("zaino", "La settimana del 6 settembre, zaino da scuola a 40 €."),
    ("oculos", "Óculos de sol por 60 €, 3–6/6/2027."),
    ("oculos", "Sexta e sábado, 4 e 5 de junho."),
]
OTHER_DAYS = [
    ("bread", "Friday to Sunday, 11–14/12/2026.", "11–14/12/2026"),
    ("bread", "Sourdough loaves for £3.60, 10-13/12/2026.", "10-13/12/2026"),
    ("bread", "Sourdough loaves for £3.60, 11–13/11/2026.", "11–13/11/2026"),
    ("bread", "Call +44 117 496 0123, 11–13/12/2027.", "11–13/12/2027"),
    ("bread", "It ends on Saturday the thirteenth of December.", "Saturday"),
    ("bread", "It ends on Sunday the thirtieth of December.", "thirtieth of December"),
    ("bike", "Sheffield 💛 04/03–08/03/2027, 9.30am–5.30pm", "08/03/2027"),
    ("bike", "5 – 7/3/2027: bike service £45.", "5 – 7/3/2027"),
    ("plant", "Friday and Sunday, April 17 and 18: 30% off monstera plants.", "Friday"),
    ("plant", "Saturday and Monday, April 17 and 18: 30% off monstera plants.", "Monday"),
    ("plant", "Saturday and Sunday, April 18 and 19.", "19"),
    ("plant", "Take 30% off, Saturday and Sunday, April 17–19.", "19"),
    ("plant", "4/17–19/2027: monstera plants $28.", "4/17–19/2027"),
    ("bowl", "Burrito bowls are $10 the week of September 20, 2027.", "September 20, 2027"),
    ("bowl", "The week of September 6th: burrito bowls, $10.", "September 6th"),
    ("plant", "Monstera plants are $28 the week of April 18.", "April 18"),
    ("tulpen", "Freitag bis Sonntag, 19.–22.3.2027.", "22.3.2027"),
    ("tulpen", "Samstag und Sonntag, 19. und 20. März: Tulpenstrauß 9 Euro.", "Samstag"),
    ("tulpen", "Sa und So, 19./20. März.", "Sa"),
    ("cave", "Plateau de fromages à 21 €, 16–24/12/2026.", "16–24/12/2026"),
    ("cave", "Samedi et dimanche, 18 et 19 décembre.", "Samedi"),
    ("botas", "Botas de piel a 54 €, 7–17/01/2027.", "7–17/01/2027"),
    ("zaino", "Sabato e domenica, 10 e 11 settembre.", "Sabato"),
    ("zaino", "La settimana del 13 settembre, zaino a 40 €.", "13 settembre"),
    ("oculos", "Sexta e sábado, 3 e 4 de junho.", "Sexta"),
]
TIMES = [
    ("bike", "Bring yours to Sheffield between half past nine and half past five."),
    ("bread", "Drop in between half past seven and four."),
    ("lens", "Try them on in Pontcanna from quarter past nine to quarter to six."),
    ("lens", "Between quarter past nine and quarter to six."),
    ("wash", "Drop in between eight and eight."),
    ("bread", "Visit Crumb & Co, Clifton, from 7:30 to 4."),
    ("botas", "Entre las diez y las ocho y media, botas de piel a 54 €."),
    ("zaino", "Tra le nove e le sette e mezza, zaino da scuola a 40 €."),
    ("oculos", "Entre as nove e meia e as sete, óculos de sol por 60 €."),
    ("wash", "We open at eight in the morning and close at eight at night."),
    ("wash", "We open at eight in the morning, and the suds fly for twelve hours."),
    ("wash", "Open twelve hours a day."),
    ("wash", "We're open for 12 hours."),
    ("bowl", "We open at 11 and close at 9:30 at night."),
    ("bike", "We're open till half five."),
    ("bike", "We close at half five in the afternoon."),
    ("wash", "Until eight o'clock in the evening."),
    ("tulpen", "Zwischen halb neun und halb sieben sind wir für Sie da."),
    ("tulpen", "Wir haben bis halb sieben Uhr abends geöffnet."),
    ("tulpen", "Zehn Stunden am Tag geöffnet."),
    ("cave", "La boutique est ouverte jusqu'à sept heures et demie du soir."),
    ("cave", "Ouvert de neuf heures du matin à sept heures et demie du soir."),
    ("cave", "Passez entre neuf heures et dix-neuf heures trente."),
    ("pneu", "Ouvert dix heures par jour."),
    ("botas", "Abrimos hasta las ocho y media de la noche."),
    ("botas", "Abierto de diez de la mañana a ocho y media de la tarde."),
    ("auto", "Abrimos doce horas al día."),
    ("zaino", "Aperti fino alle sette e mezza di sera."),
    ("zaino", "Aperti dalle nove di mattina alle sette e mezza di sera."),
    ("oculos", "Abertos até às sete da noite."),
    ("oculos", "Abertos das nove e meia da manhã às sete da tarde."),
]
OTHER_TIMES = [
    ("bike", "Bring yours to Sheffield between nine and half past five.", "nine"),
    ("bike", "Bring yours to Sheffield between half past nine and half past six.", "half past six"),
    ("bread", "Drop in between half past seven and five.", "five"),
    ("lens", "From quarter past nine to quarter past six.", "quarter past six"),
    ("wash", "Drop in between seven and eight.", "seven"),
    ("bread", "Between four and half past seven, drop in.", "four"),
    ("bread", "Visit Crumb & Co, Clifton, from 7:30 to 5.", "5"),
    ("botas", "Entre las nueve y las ocho y media.", "nueve"),
    ("zaino", "Tra le nove e le otto, zaino da scuola a 40 €.", "otto"),
    ("oculos", "Entre as nove e as sete.", "nove"),
    ("wash", "We open at eight in the morning and close at nine at night.", "nine at night"),
    ("wash", "We open at eight in the morning, and the suds fly for ten hours.", "ten"),
    ("bike", "Come by half nine in the evening.", "half nine in the evening"),
    ("lens", "It ends at quarter past nine at night.", "quarter past nine at night"),
    ("wash", "Until eight o'clock in the morning.", "eight o'clock in the morning"),
    ("wash", "Open fourteen hours a day.", "fourteen"),
    ("wash", "Your deluxe wash takes twelve hours.", "twelve"),
    ("tulpen", "Zwischen halb neun und halb acht sind wir für Sie da.", "halb acht"),
    ("tulpen", "Zwölf Stunden am Tag geöffnet.", "Zwölf"),
    ("cave", "Ouverte jusqu'à huit heures et demie du soir.", "huit heures et demie du soir"),
    ("cave", "Ouverte jusqu'à sept heures du soir.", "sept heures du soir"),
    ("botas", "Abrimos hasta las nueve y media de la noche.", "nueve y media de la noche"),
    ("zaino", "Aperti fino alle otto e mezza di sera.", "otto e mezza di sera"),
    ("oculos", "Abertos até às oito da noite.", "oito da noite"),
]


@pytest.mark.parametrize(("shop", "text"), [*DAYS, *TIMES])
def test_right(shop: str, text: str):
    assert found(shop, text) == []


@pytest.mark.parametrize(("shop", "text", "wrong"), [*OTHER_DAYS, *OTHER_TIMES])
def test_wrong(shop: str, text: str, wrong: str):
    assert any(wrong in one or one in wrong for one in found(shop, text))


def test_days_behind_a_month_are_all_of_it():
    from storesync.copywriting.facts.reading.read import items

    found = items("Only on January 19, 20 and 21.", "en-US")
    assert [item.value for item in found] == [(None, 1, day) for day in (19, 20, 21)]
    assert [item.value for item in items("From 09h00 to 16h30", "en-ZA")] == [{540}, {990}]
    assert [item.role for item in items("25% off £60", "en-GB")] == ["off", "was"]
