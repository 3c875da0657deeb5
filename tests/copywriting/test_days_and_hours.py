"""Days and hours of an offer in the notations that shops use, and told wrong."""

from __future__ import annotations

import re

import pytest
from plain import found

RIGHT = [
    # Days of one month with a month in digits, where decimals have a comma.
    ("zaino", "Zaino da scuola a 40 € - lun/mar/mer/gio/ven/sab/dom 6-12.9 - h 9-19:30"),
    ("zaino", "6-12.9: zaino da scuola a 40 €"),
    ("zupa", "Zupa dnia 24 zł, 16-22.11."),
    ("zupa", "W dniach 16-22.11 czynne od 11 do 20."),
    ("zupa", "Zupa dnia 24 zł, 16.11-22.11, g. 11–20"),
    ("oculos", "Horário: 9h30-19h. Datas: 3 a 6/6."),
    # With a sign as an arrow.
    ("rozen", "BOS ROZEN -25% 22.04 > 24.04 BLOEMHUIS HAARLEM"),
    ("rozen", "22 > 24 april: bos rozen € 9"),
    ("zaino", "Zaino da scuola a 40 €, 6 > 12 settembre, 9 > 19.30"),
    ("cave", "Plateau de fromages à 21 €, 17 déc. → 24 déc., 9h → 19h30"),
    # Days in a row behind slashes.
    ("zaino", "ZAINO DA SCUOLA 40 € 6/7/8 SETTEMBRE"),
    ("oculos", "Óculos de sol por 60 €, 3/4/5/6 de junho."),
    ("tulpen", "Fr/Sa/So 19./20./21. März, 8.30–18.30 h"),
    ("oculos", "Qui, sex, sáb e dom, dias 3, 4, 5 e 6 de junho."),
    # The last day counts, too.
    ("bett", "Matratze 900 Franken vom 7. bis und mit 16. Oktober."),
    ("bett", "Matratze 900 Franken, bis und mit 16. Oktober."),
    ("bett", "Vom 7. bis einschließlich 16. Oktober 2027 kostet die Matratze 900 Franken."),
    ("lens", "Sunglasses £57 from 10 June up to and including 20 June."),
    ("cave", "Du jeu. 17 au jeu. 24 déc. inclus, 9h-19h30."),
    ("cave", "Du 17 au 24 décembre inclus nous proposons le plateau de fromages à 21 €."),
    ("zaino", "Dal 6 al 12 settembre 2027 compresi applichiamo allo zaino da scuola il 20%."),
    ("zaino", "Da lunedì 6 a domenica 12 settembre compresa, ore 9-19.30."),
    # Short names.
    ("zaino", "Dal lun. 6 alla dom. 12 sett., orario continuato 9–19:30."),
    ("zaino", "Lu 6/9 – do 12/9 | 9.00–19.30"),
    ("rozen", "Don. 22 – zat. 24 april, dagelijks 9h–18h."),
    ("oculos", "Seg. a dom., das 9:30 às 19:00."),
    # Bars before a day of the week.
    ("rozen", "BOS ROZEN / €9 / do 22 – za 24 april / Haarlem"),
    ("zaino", "ZAINO DA SCUOLA / 40 € / lun 6 – dom 12 settembre / Verona"),
    # By the week of the calendar.
    ("tulpen", "Tulpenstrauß 9 Euro, 19.–21.3. (KW 11)"),
    ("rozen", "Bos rozen € 9 in week 16"),
    # This Friday, with its date.
    ("bread", "Sourdough loaves this Friday, 11 December."),
    ("auto", "Lavado de auto a $120 este viernes 14, sábado 15 y domingo 16 de mayo."),
    ("wash", "Yes, 2027 has a May 12, and deluxe washes are half off."),
    # The day of the week or the date in brackets.
    ("tulpen", "Von Freitag (19.3.) bis Sonntag (21.3.): Tulpenstrauß 9 Euro."),
    ("zupa", "Zupa dnia za 24 zł od wtorku (16.11) do poniedziałku (22.11)."),
    ("lampe", "Leselampe 40 Euro, noch bis zum 31. Mai (Mo)."),
    ("rozen", "Van 22/4 t.e.m. 24/4 bos rozen € 9."),
    ("ramen", "Fri, Sat & Sun | Mar 5, 6 & 7 | 9–7"),
    # Hours.
    ("lens", "Pop in between 9.15 and 5.45, any day from the 10th to the 20th of June."),
    ("botas", "Horario de 10 de la mañana a 8 y media de la tarde."),
    ("plant", "Monstera plants $28 * 4/17–4/18 * 9A–7P * Ballard"),
    ("plant", "Hours are nine to seven."),
    ("plant", "Our hours: nine to seven."),
    ("bett", "7. – 16. Okt. 2027, 9 bis halb sieben"),
    ("bread", "Bring your bag to Clifton, half seven till four."),
    ("zaino", "Passa a trovarci tra le 9 e le 19.30."),
    ("zaino", "Tutti i giorni dalle 9.00 alle 19.30. Periodo: 6/9-12/9."),
    ("botas", "Abrimos de las 10.00 a las 20.30."),
    ("plant", "Find us in Ballard from nine to seven."),
    ("auto", "Date una vuelta de 8 a 8. Lavado de auto: $120."),
    ("rozen", "Kom langs van negen tot zes."),
    ("zupa", "Wpadnij od 11 do 20."),
]
WRONG = [
    ("zaino", "6-13.9: zaino da scuola a 40 €", "13.9"),
    ("zaino", "5-12.9: zaino da scuola a 40 €", "5"),
    ("zaino", "6-12.8: zaino da scuola a 40 €", "12.8"),
    ("zaino", "lun/mar/gio 6-8.9", "gio"),
    ("zaino", "Zaino da scuola a 6-12.9 €", "12.9"),
    ("zaino", "6-12.9 kg", "6"),
    ("zupa", "Zupa dnia 24 zł, 16-23.11.", "23.11"),
    ("zupa", "W dniach 23-22.11 czynne od 11 do 20.", "23"),
    ("zupa", "Zupa dnia 24 zł, 16.11-23.11.", "23.11"),
    ("zupa", "Zupa dnia 24 zł, 15.11-22.11.", "15.11"),
    ("zupa", "Zupa dnia 16.11-22.11 zł.", "16.11"),
    ("zupa", "Czynne 16.11-22.11.", "16.11"),
    ("oculos", "Datas: 2 a 6/6.", "2"),
    ("oculos", "Óculos: 3 a 6/6.", "3"),
    ("rozen", "BOS ROZEN -25% 22.04 > 25.04 HAARLEM", "25.04"),
    ("rozen", "BOS ROZEN 21.04 > 24.04 HAARLEM", "21.04"),
    ("rozen", "21 > 24 april: bos rozen € 9", "21"),
    ("rozen", "24 > 22 april: bos rozen € 9", "22 april"),
    ("zaino", "Zaino da scuola a 40 €, 6 > 12 settembre, 9 > 18.30", "18.30"),
    ("zaino", "Zaino da scuola, 19 > 9.30", "19"),
    ("cave", "Plateau de fromages à 21 €, 24 déc. → 24 déc.", "24 déc"),
    ("zaino", "ZAINO DA SCUOLA 40 € 11/12/13 SETTEMBRE", "13 SETTEMBRE"),
    ("zaino", "ZAINO DA SCUOLA 40 € 6/7/8 OTTOBRE", "8 OTTOBRE"),
    ("zaino", "ZAINO DA SCUOLA 40 € 6/8/9 SETTEMBRE", "6"),
    ("zaino", "Zaino da scuola a 2/3 settembre.", "2/3"),
    ("tulpen", "Fr/So/Mo 19./20./21. März", "So"),
    ("tulpen", "Fr/Sa/So 20./21./22. März", "22. März"),
    ("oculos", "Qui, seg, sáb e dom, dias 3, 4, 5 e 6 de junho.", "seg"),
    ("oculos", "Dias 3, 4, 5 e 3 de junho.", "3 de junho"),
    ("rozen", "24, 23 & 24 apr.", "24 apr"),
    ("bett", "Matratze 900 Franken vom 7. bis und mit 17. Oktober.", "17. Oktober"),
    ("bett", "Matratze 900 Franken vom 8. bis und mit 16. Oktober.", "8"),
    ("bett", "Matratze 900 Franken, bis und mit 7. Oktober.", "7. Oktober"),
    ("lens", "Sunglasses £57 from 10 June up to and including 21 June.", "21 June"),
    ("cave", "Du 17 au 24 décembre inclus un café.", "inclus"),
    ("cave", "Du 17 au 25 décembre inclus nous proposons le plateau à 21 €.", "25 décembre"),
    ("zaino", "Dal 6 al 12 settembre compresi astuccio e penne.", "compresi"),
    ("zaino", "Dal 6 al 13 settembre compresi applichiamo il 20%.", "13 settembre"),
    ("zaino", "Dal lun. 6 alla dom. 13 sett.", "13 sett"),
    ("zaino", "Dal lun. 6 al sab. 12 sett.", "sab"),
    ("zaino", "Lu 6/9 – do 11/9 | 9.00–19.30", "do"),
    ("zaino", "Lu 6/9 – sa 12/9 | 9.00–19.30", "sa"),
    ("rozen", "Don. 22 – zat. 25 april, dagelijks 9h–18h.", "25 april"),
    ("rozen", "BOS ROZEN / €9 / do 22 – zo 25 april / Haarlem", "25 april"),
    ("tulpen", "Tulpenstrauß 9 Euro (KW 12)", "KW 12"),
    ("tulpen", "Tulpenstrauß 9 Euro (KW 11/2028)", "KW 11/2028"),
    ("lens", "Sunglasses £57 in week 23.", "23"),
    ("bett", "Matratze 900 Franken in KW 40.", "KW 40"),
    ("rozen", "Bos rozen € 9 in week 17", "week 17"),
    ("rozen", "Elke week 16 rozen.", "16"),
    ("bread", "Sourdough loaves this Friday, 18 December.", "18 December"),
    ("bread", "Sourdough loaves this Saturday, 11 December.", "Saturday"),
    ("bread", "Sourdough loaves this Friday.", "Friday"),
    ("wash", "Yes, 2028 has a May 12, and deluxe washes are half off.", "2028"),
    ("wash", "Yes, 2027 has a May 13, and deluxe washes are half off.", "May 13"),
    ("wash", "2027 has arrived, and deluxe washes are half off.", "2027"),
    ("tulpen", "Von Freitag (19.3.) bis Sonntag (20.3.): Tulpenstrauß 9 Euro.", "Sonntag"),
    ("tulpen", "Von Freitag (20.3.) bis Sonntag (21.3.): Tulpenstrauß 9 Euro.", "Freitag"),
    ("zupa", "Zupa dnia za 24 zł od wtorku (16.11) do poniedziałku (23.11).", "23.11"),
    ("lampe", "Leselampe 40 Euro, noch bis zum 31. Mai (Di).", "Di"),
    ("rozen", "Van 22/4 t.e.m. 23/4 bos rozen € 9.", "23/4"),
    ("ramen", "Fri, Mon & Sun | Mar 5, 6 & 7 | 9–7", "Mon"),
    ("bowl", "Mon, Tue, Wed, Sat, Fri: burrito bowls $10.", "Sat"),
    ("lens", "Pop in between 9.15 and 5.15, any day until 20 June.", "5.15"),
    ("lens", "Sunglasses between 9.15 and 5.45.", "9.15"),
    ("botas", "Horario de 10 de la mañana a 9 y media de la tarde.", "9 y media"),
    ("plant", "Monstera plants $28 * 4/17–4/18 * 9A–6P * Ballard", "6P"),
    ("plant", "Monstera plants $28 * 10A–7P * Ballard", "10A"),
    ("plant", "Hours are nine to six.", "six"),
    ("plant", "Hours are nine to five.", "five"),
    ("plant", "Our hours: nine to five.", "five"),
    ("bett", "10 bis halb sieben", "10"),
    ("bett", "9 bis halb acht", "halb acht"),
    ("bread", "Bring your bag to Clifton, seven till half four.", "half four"),
    ("zaino", "Passa a trovarci tra le 9 e le 18.30.", "18.30"),
    ("zaino", "Passa a trovarci tra le 10 e le 19.30.", "10"),
    ("zaino", "Tutti i giorni dalle 9.30 alle 19.30.", "9.30"),
    ("zaino", "Zaino da scuola alle 19.30 €.", "19.30"),
    ("botas", "Abrimos de las 10.00 a las 21.30.", "21.30"),
    ("plant", "Find us in Ballard from nine to six.", "six"),
    ("plant", "Find monstera plants from nine to seven plants.", "seven"),
    ("auto", "Date una vuelta de 8 a 9. Lavado de auto: $120.", "9"),
    ("rozen", "Kom langs van negen tot zeven.", "zeven"),
    ("zupa", "Wpadnij od 11 do 21.", "21"),
    ("zupa", "Otwieramy o 23.", "23"),
]
# Ten of each language, each in another notation.
NOTATIONS = """
lens Sunglasses £57 from Thursday 10 June through Sunday 20 June.
lens Thurs 10th – Sun 20th June, 9.15–17.45 daily.
lens Dates: 10.06.27 – 20.06.27. Times: 0915–1745.
lens June 10 thru June 20, 9:15 a.m. – 5:45 p.m.
lens Valid 10-20 June, Mon-Sun 9.15am-5.45pm
lens Runs from the 10th until the 20th of June inclusive.
lens Opening hours: Mon to Sun, 09:15 to 17:45 hrs.
lens Doors 9.15, closing 17.45. Offer from 10th June up to and including 20th June.
bowl Mon, Tue, Wed, Thu, Fri: burrito bowls $10. Sept. 13-17, 11a to 9:30p.
cave Du jeu. 17 au jeu. 24 déc. inclus, 9h-19h30.
cave Dès le 17/12 et jusqu'au 24/12 : plateau de fromages à 21 €.
cave À partir du jeudi 17 décembre, jusqu'au jeudi 24 décembre inclus, plateau de fromages à 21 €.
cave Horaires : 9 h – 19 h 30, 7j/7.
cave Ouvert du lundi au dimanche de 9h00 à 19h30.
cave Offre valable du 17 au 24 décembre 2026 inclus, de 9 heures à 19 heures 30.
cave Dates : 17-24 déc. Heures : 9h/19h30.
cave Plateau de fromages à 21 €, 17 déc. → 24 déc., 9h → 19h30
cave Rendez-vous entre le 17 et le 24 décembre, entre 9h et 19h30.
cave Lun-dim : 9h00-19h30. Offre du 17.12 au 24.12.26.
bett Matratze 900 Franken vom 7. Oktober bis einschließlich 16. Oktober.
bett Aktion: Do, 7.10. bis Sa, 16.10., täglich 9–18.30 Uhr.
bett Öffnungszeiten: Mo–So 9:00–18:30 Uhr.
bett 7. – 16. Okt. 2027, 9 bis halb sieben
bett Ab Donnerstag, dem 7. Oktober, bis und mit Samstag, dem 16. Oktober.
bett Von Do 7.10. bis Sa 16.10. kostet die Matratze 900 Franken.
tulpen Fr/Sa/So 19./20./21. März, 8.30–18.30 h
tulpen Gültig 19.03.–21.03.2027, tgl. von 8:30 Uhr bis 18:30 Uhr.
tulpen Tulpenstrauß 9 Euro, ab Fr. 19.3. bis inkl. So. 21.3.
botas Desde el 7 de enero hasta el 16 de enero, de 10 h a 20.30 h.
botas Horario: 10:00-20:30. Fechas: 7-16 enero.
botas Del jueves 7 al sábado 16 de enero, ambos inclusive.
botas Desde el jueves 7/1 hasta el sábado 16/1: botas de piel a 54 €.
botas L-D de 10 a 20:30 h
botas A partir del 7 de enero y hasta el 16 de enero incluido.
botas Lunes a domingo, 10:00 a 20:30 horas.
botas Abrimos a las 10 y cerramos a las 20:30. Oferta válida del 7/01 al 16/01.
auto Vie, sáb y dom 14-15-16 de mayo, 8 a.m. a 8 p.m.
auto Lavado de auto a $120 este viernes 14, sábado 15 y domingo 16 de mayo, de 8:00 am a 8:00 pm.
zaino Da lunedì 6 a domenica 12 settembre compresa, ore 9-19.30.
zaino Orari: 9:00/19:30. Date: 6-12 sett.
zaino A partire dal 6 settembre e fino al 12 settembre incluso.
zaino Zaino da scuola a 40 €, 6 > 12 settembre, 9 > 19.30
zaino Lun-dom 9.00-19.30, dal 6/9 al 12/9.
zaino Dal lun. 6 alla dom. 12 sett., orario continuato 9–19:30.
zaino Apriamo alle 9 e chiudiamo alle 19.30; l'offerta vale dal 6 al 12/09/2027.
zaino Valido dal 06.09 al 12.09.2027 compreso.
zaino Tutti i giorni dalle 9.00 alle 19.30. Periodo: 6/9-12/9.
zaino Fra il 6 e il 12 settembre, tra le 9 e le 19:30.
rozen Bos rozen € 9, van do 22 t/m za 24 april, 9.00–18.00 uur.
rozen Van donderdag 22 april tot en met zaterdag 24 april.
rozen Openingstijden: ma-zo 9u-18u.
rozen Vanaf 22 april t/m 24 april 2027, van 9 tot 18 uur.
rozen do 22/4, vr 23/4 en za 24/4: bos rozen € 9.
rozen Geldig 22/4–24/4. Open 9-18u.
rozen 22, 23 & 24 apr. | 9:00 - 18:00 u
rozen Elke dag open van negen tot zes. Actie loopt van 22 tot en met 24 april.
rozen Don. 22 – zat. 24 april, dagelijks 9h–18h.
rozen Tussen 22 en 24 april, tussen 9.00 en 18.00 uur.
zupa Od wtorku 16 listopada do poniedziałku 22 listopada włącznie zupa dnia za 24 zł.
zupa Godziny otwarcia: pon.–niedz. 11:00–20:00.
zupa 16.11–22.11, g. 11–20
zupa Zupa dnia za 24 zł, 16–22 listopada 2027 r., godz. 11.00–20.00.
zupa W dniach 16-22.11 czynne od 11 do 20.
zupa Otwarte codziennie w godz. 11-20. Promocja trwa od 16.11 do 22.11.2027 r.
zupa pn-nd 11:00-20:00, oferta od 16 do 22 listopada
zupa Wt. 16.11 – pon. 22.11: zupa dnia 24 zł.
zupa Między 16 a 22 listopada, między 11:00 a 20:00.
zupa Od 16 listopada aż do 22 listopada, od jedenastej do dwudziestej.
oculos De quinta, 3, a domingo, 6 de junho, óculos de sol por 60 €.
oculos Horário: 9h30-19h. Datas: 3 a 6/6.
oculos A partir de 3 de junho e até 6 de junho, inclusive.
oculos Desde 3 de junho até 6 de junho, das 9h30 às 19h00.
oculos Seg. a dom., das 9:30 às 19:00.
oculos Óculos de sol por 60 €, qui 3/6 a dom 6/6, 9h30–19h.
oculos Do dia 3 ao dia 6 de junho, entre as 9h30 e as 19h.
oculos Válido de 03/06/2027 a 06/06/2027, todos os dias, 09:30 - 19:00.
oculos Qui, sex, sáb e dom, dias 3, 4, 5 e 6 de junho.
oculos Abertos de segunda a domingo: 9:30h–19h.
"""
TOLD = [tuple(line.split(" ", 1)) for line in NOTATIONS.strip().splitlines()]


@pytest.mark.parametrize(("shop", "text"), [*RIGHT, *TOLD])
def test_right(shop: str, text: str):
    assert found(shop, text) == []


@pytest.mark.parametrize(("shop", "text", "wrong"), WRONG)
def test_wrong(shop: str, text: str, wrong: str):
    assert any(wrong in one or one in wrong for one in found(shop, text))


@pytest.mark.parametrize(("shop", "text"), TOLD)
def test_each_figure_one_higher_is_wrong(shop: str, text: str):
    for figure in re.finditer(r"\d+", text):
        higher = str(int(figure[0]) + 1).zfill(len(figure[0]))
        assert found(shop, f"{text[: figure.start()]}{higher}{text[figure.end() :]}")
