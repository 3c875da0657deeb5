"""Days, dates and hours as people tell them, and told wrong."""

from __future__ import annotations

import pytest
from shops import found

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

RIGHT = [
    ("sport", "Di, Mi und Fr 9–18.30 Uhr, Do 9–20 Uhr, Sa 9–16 Uhr."),
    ("sport", "Di/Mi/Fr 9–18.30 Uhr, Do bis 20 Uhr."),
    ("sport", "Dienstag, Mittwoch und Freitag von 9 bis 18.30 Uhr, donnerstags bis 20 Uhr."),
    ("sport", "Öffnungszeiten: Di–Mi 9–18.30 Uhr, Do 9–20 Uhr, Fr 9–18.30 Uhr, Sa 9–16 Uhr."),
    ("sport", "Vom 11. bis 23.1. Skiservice für Fr. 49.–."),
    ("optiker", "Unser Angebot vom 1.3. bis 13.3.: Gleitsichtbrille 240 € (vorher 320 €)."),
    ("optiker", "Vom 1. bis 13.3. gibt es 25 % auf die Gleitsichtbrille."),
    ("optiker", "Noch bis 13.3.: Gleitsichtbrille 240 €."),
    ("optiker", "Vom 1.–13. März: Gleitsichtbrille 240 €."),
    ("optiker", "Am Sonnabend öffnen wir um neun."),
    ("optiker", "Sonnabends von 9 bis 16 Uhr sind wir für Sie da."),
    ("optiker", "Bis Sonnabend, 13. März, 25 % auf die Gleitsichtbrille."),
    ("optiker", "Werktags schließen wir um halb sieben."),
    ("optiker", "Mo–Fr 9–18.30 Uhr, Sa 9–16 Uhr."),
    ("konditorei", "Nusstorte um 28 Euro, vom 11. Jänner bis 6. Feber."),
    ("konditorei", "Im Jänner kostet die Nusstorte 28 Euro."),
    ("konditorei", "Ab 11. Jänner: Nusstorte um 28 Euro."),
    ("konditorei", "Bis 6. Feber 20 % auf die Nusstorte."),
    ("konditorei", "Montag bis Samstag bis halb sieben geöffnet."),
    (
        "pressing",
        "7 jours sur 7 : de 10 h à 23 h du lundi au vendredi, de 9 h à 21 h le week-end.",
    ),
    ("pressing", "Ouvert de 9 h à 21 h le week-end et de 10 h à 23 h du lundi au vendredi."),
    ("pressing", "Du lundi au vendredi de 10 h à 23 h, samedi et dimanche de 9 h à 21 h."),
    ("pressing", "Du 6 au 18/09, le nettoyage de couette passe à 20 €."),
    ("pressing", "Le nettoyage de couette à 20 € du 6/9 au 18/9."),
    ("optica", "Del 6 al 18/9, gafas progresivas por 180 €."),
    ("optica", "Hasta el 18 de setiembre, gafas progresivas por 180 €."),
    ("optica", "En setiembre, gafas progresivas por 180 €."),
    ("optica", "De lunes a viernes de 10 a 20 h, los sábados de 10 a 14 h."),
    ("bano", "Del 4 al 23/10, baño y corte a $18.000."),
    ("bano", "Del lunes 4 al sábado 23/10, baño y corte a $18.000."),
    ("bakery", "Doors open at half seven, Monday to Friday."),
    ("bakery", "We open at half seven on weekdays."),
    ("bakery", "Saturdays we close at half two."),
    ("bakery", "Mon–Fri 7.30am–5pm, Sat 8am–2.30pm."),
    ("bakery", "Tue, Wed and Fri 7.30am–5pm, Sat 8am–2.30pm."),
    ("salon", "Tues, Wed and Fri 8–6."),
]
WRONG = [
    ("sport", "Di, Mi und Fr 9–19.30 Uhr, Do 9–20 Uhr, Sa 9–16 Uhr."),
    ("sport", "Di, Mi und Fr 9–20 Uhr, Do 9–18.30 Uhr."),
    ("sport", "Mo, Mi und Fr 9–18.30 Uhr."),
    ("sport", "Di, Mi und Sa 9–18.30 Uhr."),
    ("optiker", "Unser Angebot vom 1.3. bis 14.3.: Gleitsichtbrille 240 €."),
    ("optiker", "Unser Angebot vom 2.3. bis 13.3.: Gleitsichtbrille 240 €."),
    ("optiker", "Vom 2. bis 13.3. gibt es 25 % auf die Gleitsichtbrille."),
    ("optiker", "Sonnabends von 9 bis 18 Uhr sind wir für Sie da."),
    ("optiker", "Bis Sonnabend, 12. März, 25 % auf die Gleitsichtbrille."),
    ("optiker", "Werktags schließen wir um halb acht."),
    ("konditorei", "Bis 23. Jänner 20 % auf die Nusstorte."),
    ("konditorei", "Ab 12. Jänner: Nusstorte um 28 Euro."),
    ("konditorei", "Bis 7. Feber 20 % auf die Nusstorte."),
    ("konditorei", "Bis 6. Jänner 20 % auf die Nusstorte."),
    ("pressing", "Ouvert de 10 h à 21 h du lundi au vendredi, de 9 h à 21 h le week-end."),
    ("pressing", "Ouvert de 10 h à 23 h du lundi au vendredi, de 9 h à 23 h le week-end."),
    ("pressing", "Du 6 au 19/09, le nettoyage de couette passe à 20 €."),
    ("pressing", "Du 7 au 18/09, le nettoyage de couette passe à 20 €."),
    ("optica", "Hasta el 19 de setiembre, gafas progresivas por 180 €."),
    ("optica", "Hasta el 18 de octubre, gafas progresivas por 180 €."),
    ("bano", "Del 5 al 23/10, baño y corte a $18.000."),
    ("bano", "Del 4 al 24/10, baño y corte a $18.000."),
    ("bano", "Del martes 4 al sábado 23/10, baño y corte a $18.000."),
    ("bakery", "Doors open at half six, Monday to Friday."),
    ("bakery", "Saturdays we close at half three."),
    # A day of the week that its date is not, whatever stands before both.
    ("bakery", "Come before the offer closes on Saturday 23 May."),
    ("bakery", "The last tasting is on Saturday 23 May."),
    ("bakery", "Come before it all ends, on Saturday 23 May."),
    ("bakery", "We close the books on Saturday 23 May."),
    ("bakery", "The doors close on this offer on Saturday 23 May at five."),
    ("bakery", "The offer closes Saturday 23 May."),
    ("bakery", "Open for you until Saturday 23 May."),
    ("salon", "The book closes Tuesday, June 30."),
    ("optiker", "Am Freitag, 13. März, schließt das Angebot."),
    ("optiker", "Das Angebot schließt am Freitag, 13. März."),
    ("pressing", "L'offre ferme le vendredi 18 septembre."),
    ("taller", "La oferta cierra el viernes 23 de octubre."),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_days_and_hours_as_people_tell_them_are_founded(shop, text):
    assert not found(shop, text)


@pytest.mark.parametrize(("shop", "text"), WRONG)
def test_other_days_and_hours_are_found(shop, text):
    assert found(shop, text)


LISTED = [
    (
        "en",
        "Kites half price, Fri, Sat & Sun only.",
        "Mon, Sat & Sun / Fri, Tue & Sun / Fri, Fri & Sun",
    ),
    ("en", "Fri | Sat | Sun → kites at £5", "Fri | Thu | Sun / Wed | Sat | Sun / Fri | Sat | Sat"),
    ("en", "FRI! SAT! SUN! KITES £5!", "FRI! SAT! MON / FRI! FRI! SUN"),
    ("en", "Friday, Saturday and Sunday: £5.", "Friday, Friday and Sunday / Saturday and Saturday"),
    ("en", "Friday ✔ Saturday ✔ Sunday ✔ Kites £5", "Friday ✔ Sunday ✔ Sunday ✔"),
    ("en", "Kites are £5 on Sat.", "on Tue."),
    ("de", "Drachen für 5 €: Fr, Sa + So", "Fr, Mi + So / Fr, Sa + Sa"),
    ("de", "Freitag + Samstag + Sonntag: Drachen 5 €", "Freitag + Samstag + Samstag"),
    ("fr", "Vendredi, samedi et dimanche : 5 €", "Vendredi, samedi et samedi"),
    ("es", "Viernes, sábado y domingo: 5 €", "Viernes, viernes y domingo"),
    ("it", "Venerdì, sabato e domenica: 5 €", "Venerdì, sabato e sabato"),
    ("pt", "Sexta, sábado e domingo: 5 €", "Sábado, sábado e domingo"),
    ("nl", "Vliegers € 5: vr, za en zo", "€ 5: vr, vr en zo / € 5: wo, za en zo"),
    ("pl", "Piątek, sobota i niedziela: 5 zł", "Piątek, sobota i sobota"),
]


@pytest.mark.parametrize(("locale", "right", "wrong"), LISTED)
def test_days_in_a_list_are_each_a_day_of_the_offer(locale: str, right: str, wrong: str):
    flight = {"start": "2027-11-26", "end": "2027-11-28"}  # Friday to Sunday
    facts = facts_of({"locale": locale, "flight": flight}, {})

    def days(text: str) -> list[str]:
        return [one.text for one in check(text, locale, facts) if one.kind.value == "weekday"]

    assert days(right) == []
    assert [one for one in wrong.split(" / ") if not days(f"{one}. 5.")] == []


def test_one_day_may_be_called_more_than_once():
    facts = facts_of({"locale": "en", "flight": {"start": "2027-11-26", "end": "2027-11-28"}}, {})
    assert check("Saturday! Saturday! Saturday!", "en", facts) == []
    assert check("Until Sunday. We like it. Sun and sand.", "en", facts) == []


TWO_ENDS = [
    ("en-GB", "The offer runs to 30 October 2027.", "The offer runs to 29 October 2027."),
    ("nl", "Do 28-10 t/m za 30-10.", "Do 27-10 t/m za 30-10. / 28-10 t/m 31-10 / 28-11 t/m 30-11"),
    ("nl", "28-10 t/m 30-10", "28-10 t/m 29-10"),
    (
        "en-GB",
        "Thursday through Saturday, 28/10 to 30/10",
        "Thursday through Friday, 28/10 to 30/10",
    ),
    (
        "en-US",
        "Thursday through Saturday, 10/28 to 10/30",
        "Thursday through Saturday, 10/27 to 10/30",
    ),
    (
        "en-US",
        "Thu through Sat, October 28 through October 30",
        "Thu through Sat, October 28 to 31",
    ),
]


@pytest.mark.parametrize(("locale", "right", "wrong"), TWO_ENDS)
def test_two_ends_are_each_held_to_theirs(locale: str, right: str, wrong: str):
    flight = {"start": "2027-10-28", "end": "2027-10-30"}  # Thursday to Saturday
    facts = facts_of({"locale": locale, "flight": flight}, {})
    assert [one.message for one in check(right, locale, facts)] == []
    assert [one for one in wrong.split(" / ") if not check(one, locale, facts)] == []


def test_two_ends_of_hours_are_no_days():
    facts = facts_of({"locale": "nl"}, {"location": {"hours": {"mon-sun": "10:00-12:00"}}})
    assert check("Open 10-12.", "nl", facts) == []
    assert check("Open 10-12 t/m 11-12.", "nl", facts)
