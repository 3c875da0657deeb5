"""The former price beside the price now: denied, asked why, what a thing or a percentage is of."""

from __future__ import annotations

import pytest
from priced_shops import priced_shops

from storesync.copywriting.facts.check import check

# Locale, product, percent, was, now, currency.
_SHOPS = """
drill  en-US; cordless drill; 30 90 63 USD
plate  en-US; taco platter; 30 14 9.80 USD
wax    en-AU; board wax; 45 80 44 AUD
novel  en-GB; novel; 20 10 8 GBP
heel   en-GB; heel repair; 60 15 6 GBP
sofa   de-CH; Ecksofa; 25 2400 1800 CHF
torte  de-DE; Torte; 25 16 12 EUR
tarte  fr-FR; tarte au citron; 25 16 12 EUR
libro  es-AR; libro usado; 40 9000 5400 ARS
bici   it-CH; revisione bici; 15 120 102 CHF
bolo   pt-PT; bolo de noz; 20 15 12 EUR
rozen  nl-BE; bos rozen; 50 12 6 EUR
koc    pl-PL; koc; 25 80 60 PLN
saree  en-IN; silk saree; 20 12500 10000 INR
strauss de-DE; Rosenstrauß; 20 24.50 19.60 EUR
corte  es-MX; corte de pelo; 20 250 200 MXN
"""
RIGHT = """
drill Take 30 percent off the $90 cordless drill.
drill Take $27 off a $90 cordless drill.
drill $63 for a $90 cordless drill.
drill You'd expect $90. You get the cordless drill 30% cheaper.
plate Nine eighty. Taco platter.
plate Nine dollars and eighty cents. Nine eighty!
wax Board wax comes down from eighty to forty-four dollars.
novel Novels have come down from a tenner to £8.
novel Pay 8 pounds for a 10-pound novel.
heel Heel repair, £6 (60% reduction from £15).
heel Heel repair: why pay £15 when it is £6?
sofa Eintausendachthundert Franken für das Ecksofa, davor zweitausendvierhundert.
sofa Ecksofa, alter Preis: 2400.–, neuer Preis: 1800.–
torte Warum 16 zahlen, wenn die Torte 12 Euro kostet?
torte Nicht sechzehn, sondern zwölf Euro: die Torte.
torte 12 Euro für eine 16-Euro-Torte.
tarte Tarte au citron : 12 euros ! Pas 16 : douze !
tarte Douze euros la tarte au citron, pas seize.
tarte La tarte au citron : vous payez 12.
tarte Pourquoi payer 16 quand c'est 12 ?
tarte 12 € pour une tarte au citron à 16 €.
tarte Ancien tarif : 16 €. Nouveau tarif : 12 €. La tarte au citron.
libro No son nueve mil. Son 5.400 pesos. Libro usado.
libro ¿Por qué pagar 9.000 si son 5.400? Libro usado.
bici Revisione bici a 102 franchi (finora 120).
bici Vecchio prezzo: 120 franchi. Nuovo prezzo: 102 franchi. Revisione bici.
bolo Preço antigo: 15 €. Novo preço: 12 €. Bolo de noz.
bolo Por que pagar 15 se são 12? Bolo de noz.
rozen Waarom 12 betalen als het voor 6 kan? Bos rozen.
rozen Bos rozen: oud tarief € 12, nieuw tarief € 6.
koc Po co płacić 80 zł? Koc kosztuje 60 zł.
koc Koc za 60 zł, do niedawna 80 zł.
saree Silk sarees: 12.5k earlier, 10k now.
saree Ten thousand rupees for a silk saree (12,500 before).
strauss Von 24,50 € runter auf 19,60 €: unser Rosenstrauß.
corte El corte de pelo normal cuesta $250. Ven y paga $200.
"""
WRONG = """
drill Take 30 percent off the $63 cordless drill.
drill Take 30 percent off the $80 cordless drill.
drill Take $63 off a $90 cordless drill.
drill $90 for a $63 cordless drill.
drill $63 for a $90 hammer.
drill Take 30 percent off the $90 hammer.
novel Pay 8 pounds for a 10-pound dictionary.
torte 12 Euro für eine 16-Euro-Pizza.
drill You'd expect $63. You get the cordless drill 30% cheaper.
plate Nine sixty. Taco platter.
plate Fourteen ten. Taco platter.
wax Board wax comes down from eighty to forty dollars.
wax Board wax comes down from forty-four to eighty dollars.
novel Novels have come down from a tenner to £7.
novel Novels have come down from a fiver to £8.
novel Pay 10 pounds for an 8-pound novel.
heel Heel repair, £6 (60% reduction from £16).
heel Heel repair: why pay £6 when it is £15?
sofa Eintausendachthundert Franken für das Ecksofa, davor zweitausenddreihundert.
sofa Ecksofa, alter Preis: 1800.–, neuer Preis: 2400.–
torte Warum 15 zahlen, wenn die Torte 12 Euro kostet?
torte Warum 12 zahlen, wenn die Torte 16 Euro kostet?
torte Nicht zwölf, sondern sechzehn Euro: die Torte.
torte Nicht fünfzehn, sondern zwölf Euro: die Torte.
torte 16 Euro für eine 12-Euro-Torte.
tarte Tarte au citron : 12 euros ! Pas 15 : douze !
tarte Tarte au citron : 16 euros ! Pas 16 : douze !
tarte Tarte au citron : 12 euros ! Pas 16 : treize !
tarte Seize euros la tarte au citron, pas douze.
tarte La tarte au citron : vous payez 16.
tarte La tarte au citron : vous payez 11.
tarte Pourquoi payer 12 quand c'est 16 ?
tarte 16 € pour une tarte au citron à 12 €.
tarte Ancien tarif : 12 €. Nouveau tarif : 16 €. La tarte au citron.
libro No son 5.400. Son 9.000 pesos. Libro usado.
libro No son ocho mil. Son 5.400 pesos. Libro usado.
libro ¿Por qué pagar 9.000 si son 5.000? Libro usado.
bici Revisione bici a 102 franchi (finora 130).
bici Vecchio prezzo: 102 franchi. Nuovo prezzo: 120 franchi. Revisione bici.
bolo Preço antigo: 12 €. Novo preço: 15 €. Bolo de noz.
bolo Por que pagar 15 se são 11? Bolo de noz.
rozen Waarom 12 betalen als het voor 7 kan? Bos rozen.
rozen Waarom 6 betalen als het voor 12 kan? Bos rozen.
rozen Bos rozen: oud tarief € 6, nieuw tarief € 12.
koc Po co płacić 60 zł? Koc kosztuje 80 zł.
koc Koc za 80 zł, do niedawna 60 zł.
saree Silk sarees: 10k earlier, 12.5k now.
saree Silk sarees: 12k earlier, 10k now.
saree Ten thousand rupees for a silk saree (12,600 before).
strauss Von 19,60 € runter auf 24,50 €: unser Rosenstrauß.
strauss Von 24,50 € runter auf 18,60 €: unser Rosenstrauß.
corte El corte de pelo normal cuesta $200. Ven y paga $250.
"""
SHOPS = priced_shops(_SHOPS)


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_the_former_price_passes_beside_the_price_now(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert [one.message for one in check(text, locale, known)] == []


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_prices_in_the_wrong_part_are_found(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert check(text, locale, known)
