"""Money as its people write it, several at once, and what a price becomes."""

from __future__ import annotations

import pytest
from priced_shops import priced_shops

from storesync.copywriting.facts.check import check

# Locale, product, percent, was, now, currency, and what a legal text says.
_SHOPS = """
kurta  en-IN; cotton kurta; 40 1500 900 INR; Limit two per customer.
chair  en-ZA; camping chair; 35 400 260 ZAR;
lamp   en-MY; desk lamp; 30 100 70 MYR;
nails  en-SG; gel manicure; 20 50 40 SGD;
tea    en-HK; jasmine tea; 25 80 60 HKD;
rug    en-AE; wool rug; 30 1000 700 AED;
note   en-GB; hardback notebook; 40 15 9 GBP; Limit two per customer.
pass   en-GB; day pass; 30 15 10.50 GBP;
lav    en-IE; lavender plant; 20 7.50 6 EUR;
read   en-CA; reading glasses; 50 90 45 CAD;
bed    en-US; hybrid mattress; 30 1200 840 USD;
wein   de-DE; Riesling; 20 12.50 10 EUR; Höchstens vier pro Person.
schal  de-SE; Wollschal; 20 500 400 SEK;
bier   de-CZ; Bierkrug; 25 400 300 CZK;
stuhl  de-CH; Gartenstuhl; 25 80 60 CHF;
sac    fr-FR; sac à dos; 25 60 45 EUR;
bol    fr-CH; bol en bois; 20 50 40 CHF;
tapis  fr-MA; tapis de laine; 30 1000 700 MAD;
bota   es-ES; botines de piel; 50 80 40 EUR;
taza   es-ES; taza azul; 25 8 6 EUR;
silla  es-PE; silla de madera; 20 100 80 PEN;
zaino  it-IT; zaino da scuola; 20 50 40 EUR;
vaso   it-IT; vaso blu; 25 20 15 EUR;
caneca pt-PT; caneca azul; 25 8 6 EUR;
bolo   pt-BR; bolo de milho; 25 40 30 BRL;
mok    nl-NL; blauwe mok; 25 8 6 EUR;
kubek  pl-PL; kubek; 25 40 30 PLN;
koc    pl-CZ; koc; 25 400 300 CZK;
"""
RIGHT = """
kurta Save Rs. 600 on every cotton kurta.
kurta Save Rs 600 on every cotton kurta.
kurta Seven hundred smiles? No: cotton kurtas for nine hundred rupees.
kurta Cotton kurtas at ₹900/- instead of ₹1,500/-.
kurta Cotton kurta: Rs.900 (MRP Rs.1,500).
kurta A cotton kurta is 900 rupees, not 1,500.
kurta Two cotton kurtas for Rs. 1,800.
chair Four camping chairs for R1 040? Sorted.
chair A camping chair for R260 instead of R400.
chair Camping chairs: 260 rand, were 400 rand.
chair Two hundred and sixty rand for a camping chair.
lamp Desk lamp RM70 (was RM100).
lamp The desk lamp is seventy ringgit, not a hundred.
nails Gel manicure S$40 (U.P. S$50).
nails Gel manicure: $40, U.P. $50.
tea Jasmine tea for HK$60, usually HK$80.
rug Wool rugs at AED 700 instead of AED 1,000.
rug A wool rug for Dhs 700, and you keep 300 dirhams.
note Pick up a pair of hardback notebooks for £18 – two is the limit per customer.
note A couple of hardback notebooks cost £18 instead of £30.
note Hardback notebooks: both for £18, were £30.
note 2 x hardback notebook for £18.
note Hardback notebooks, 40% cheaper than usual.
note Our hardback notebook is £6 cheaper than before.
note Fifteen pounds becomes nine: hardback notebooks.
note Two per customer is the limit, and two hardback notebooks are £18.
pass Bring a friend: two day passes come to £21.
pass Three day passes are £31.50 together, not £45.
lav Put a lavender plant either side of the door: two for €12, were €15.
lav Lavender plants look good in a row: four for €24.
read Two pairs of reading glasses come to $90, not $180.
read One pair of reading glasses is $45.
bed Twelve hundred dollars becomes eight hundred forty: our hybrid mattress.
bed $1,200 becomes $840 for a hybrid mattress.
bed A hybrid mattress for eight hundred forty dollars.
wein Zweimal Riesling, zusammen 20 Euro statt 25 Euro.
wein Dreimal Riesling für 30 Euro.
wein 2x Riesling für 20 €.
wein Aus 12,50 Euro werden 10 Euro: Riesling.
wein Der Riesling ist 20 % günstiger als sonst.
wein Der Riesling kostet 2,50 Euro weniger als sonst.
schal Wollschal 400 Kronen statt 500 Kronen.
schal Wollschal 400:- statt 500:-
schal Der Wollschal kostet kr 400.
bier Bierkrug für 300 Kč statt 400 Kč.
bier Ein Bierkrug kostet dreihundert Kronen.
stuhl Gartenstuhl für Fr. 60.– statt Fr. 80.–
stuhl Zwei Gartenstühle kosten zusammen 120 Franken.
sac Le sac à dos : 60 € deviennent 45 €.
sac Deux sacs à dos reviennent à 90 € au lieu de 120 €.
sac Le sac à dos est 25 % moins cher que d'habitude.
sac Le sac à dos passe à 45 €, et vous économisez 15 €.
bol Bol en bois à 40 francs au lieu de 50 francs.
tapis Tapis de laine à 700 dirhams au lieu de 1 000 dirhams.
tapis Tapis de laine : 700 DH, avant 1000 DH.
bota Botines de piel: pagas 40 € y te ahorras otros 40 €.
bota Los botines de piel pasan de 80 € a 40 €.
bota Botines de piel un 50 % más baratos que antes.
taza Un par de tazas azules por 12 €.
taza Dos tazas azules salen por 12 € en vez de 16 €.
taza Taza azul: dos por 12 €, antes 16 €.
silla Silla de madera a S/ 80, antes S/ 100.
silla Silla de madera por ochenta soles.
zaino Zaino da scuola: 50 € diventano 40 €.
zaino Zaino da scuola: paghi 40 € e ne risparmi altri 10.
zaino Lo zaino da scuola costa il 20 % in meno del solito.
vaso Un paio di vasi blu per 30 €.
vaso Due vasi blu vengono 30 € invece di 40 €.
caneca Duas canecas azuis ficam por 12 € em vez de 16 €.
caneca Um par de canecas azuis por 12 €.
caneca Caneca azul: 8 € passam a 6 €.
caneca A caneca azul está 25 % mais barata do que o habitual.
bolo Dois bolos de milho saem por R$ 60 em vez de R$ 80.
bolo O bolo de milho: R$ 40 viram R$ 30.
mok Twee blauwe mokken kosten samen 12 euro in plaats van 16 euro.
mok Twee keer een blauwe mok voor 12 euro.
mok Blauwe mok: 8 euro wordt 6 euro.
mok De blauwe mok is 25% goedkoper dan normaal.
mok Blauwe mok: € 6,- in plaats van € 8,-.
kubek Dwa kubki za 60 zł zamiast 80 zł.
kubek Dwa kubki kosztują razem 60 zł.
kubek Cena kubka spada z 40 zł do 30 zł.
kubek Kubek jest o 25% tańszy niż zwykle.
koc Koc za 300 koron zamiast 400 koron.
koc Koc za 300 Kč.
koc Para koców za 600 koron.
kubek Normalnie kubek kosztuje 40 zł, teraz 30 zł.
mok Normaal kost een blauwe mok 8 euro, nu 6 euro.
mok Een blauwe mok: 8 euro? Niet nu. 6 euro.
kurta Cotton kurtas for 900 Indian rupees.
stuhl Gartenstuhl: 60 Schweizer Franken statt 80.
wein Viermal Riesling macht 40 Euro.
note Hardback notebooks – take one, or 2 for £18.
note Two hardback notebooks for eighteen pounds – the limit is two per customer.
note Limit per customer: two. Hardback notebooks £9.
chair R260 a chair, and R1 040 for four camping chairs.
lamp RM 70 only for our desk lamp!
rug 700 dirhams for a wool rug, saving you 300.
kurta Cotton kurta, MRP ₹1500, now just ₹900.
tea HKD 60 for jasmine tea, was HKD 80.
bier Bierkrug: 300 CZK statt 400 CZK.
stuhl Gartenstuhl CHF 60.– statt CHF 80.–.
stuhl Drei Gartenstühle für 180 Franken.
sac Une paire de sacs à dos pour 90 €.
bol Deux bols en bois pour 80 francs.
silla Dos sillas de madera por S/ 160.
zaino Due zaini da scuola a 80 €.
mok Drie blauwe mokken voor € 18.
kubek Trzy kubki za 90 zł.
bed From twelve hundred dollars to eight hundred forty: a hybrid mattress.
bolo Dois bolos de milho: R$ 60.
pass Two day passes for £21, please.
read Three pairs of reading glasses for $135.
"""
WRONG = """
kurta Save Rs. 700 on every cotton kurta.
kurta Cotton kurtas for eight hundred rupees.
kurta Cotton kurtas at ₹800/- instead of ₹1,500/-.
kurta A cotton kurta for 900 dollars.
kurta Three cotton kurtas for Rs. 2,700.
chair Four camping chairs for R1 140? Sorted.
chair Four camping chairs for R1 400.
chair A camping chair for 250 rand.
lamp Desk lamp RM60 (was RM100).
nails Gel manicure S$40 (U.P. S$60).
nails Gel manicure S$30 (U.P. S$50).
tea Jasmine tea for HK$80.
rug A wool rug for Dhs 600.
rug A wool rug for 700 rupees.
note Pick up a pair of hardback notebooks for £16.
note Pick up a pair of hardback notebooks for £9.
note Pick up a pair of hardback notebooks for £18 – three is the limit per customer.
note A pair of hardback notebooks and a pen for £18.
note Hardback notebooks, 50% cheaper than usual.
note Hardback notebooks, cheaper than anywhere else.
note Hardback notebooks, 40% cheaper than the shop next door.
note Fifteen pounds becomes eight: hardback notebooks.
note Nine pounds becomes fifteen: hardback notebooks.
note 2 x hardback notebook for £17.
note 3 x hardback notebook for £27.
pass Bring a friend: two day passes come to £20.
pass A two-day pass for £21.
pass A pass for two days is £21.
lav Put a lavender plant either side of the door: two for €10, were €15.
lav Put a lavender plant either side of the door: two pots for €12.
read Two pairs of reading glasses come to $45.
read Two pairs of reading glasses come to $80, not $180.
read Two pairs of gloves come to $90.
bed Twelve hundred dollars becomes eight hundred fifty: our hybrid mattress.
bed Thirteen hundred dollars becomes eight hundred forty: our hybrid mattress.
wein Zweimal Riesling, zusammen 18 Euro statt 25 Euro.
wein Zweimal Silvaner, zusammen 20 Euro statt 25 Euro.
wein Fünfmal Riesling für 50 Euro.
wein Zweimal Rabatt auf Riesling.
wein Aus 12,50 Euro werden 9 Euro: Riesling.
wein Der Riesling ist günstiger als im Supermarkt.
schal Wollschal 300:- statt 500:-
schal Wollschal 400 Euro.
bier Ein Bierkrug kostet zweihundert Kronen.
stuhl Gartenstuhl für Fr. 50.– statt Fr. 80.–
sac Le sac à dos : 60 € deviennent 40 €.
sac Le sac à dos est moins cher que partout ailleurs.
tapis Tapis de laine à 600 dirhams.
bota Botines de piel: pagas 40 € y te ahorras otros 50 €.
bota Botines de piel: pagas 40 € y te llevas otros.
taza Un par de tazas azules por 10 €.
taza Un par de tazas azules por 6 €.
silla Silla de madera por setenta soles.
zaino Zaino da scuola: 50 € diventano 30 €.
zaino Zaino da scuola: paghi 40 € e ne risparmi altri 20.
vaso Un paio di vasi blu per 25 €.
caneca Duas canecas azuis ficam por 10 € em vez de 16 €.
bolo O bolo de milho: R$ 40 viram R$ 20.
mok Twee keer een blauwe mok voor 10 euro.
mok Blauwe mok: 8 euro wordt 5 euro.
kubek Dwa kubki za 50 zł zamiast 80 zł.
kubek Cena kubka spada z 40 zł do 20 zł.
koc Koc za 200 koron zamiast 400 koron.
koc Para koców za 500 koron.
kubek Normalnie kubek kosztuje 50 zł, teraz 30 zł.
mok Een blauwe mok: 9 euro? Niet nu. 6 euro.
mok De blauwe mok is goedkoper dan bij de buren.
kurta Cotton kurtas for 900 Pakistani rupees.
note Hardback notebooks – take one, or 2 for £15.
note Hardback notebooks, cheaper than ever.
note Both pens for £18: hardback notebooks and more.
chair Two camping chairs and a table for R520.
lav Tulips by the door: two for €12.
taza Taza azul: tres por 12 €.
zaino Zaino da scuola: paghi 30 €.
note Two hardback notebooks for eighteen pounds – the limit is four per customer.
chair R260 a chair, and R1 200 for four camping chairs.
lamp RM 90 only for our desk lamp!
rug 700 dirhams for a wool rug, saving you 400.
kurta Cotton kurta, MRP ₹1800, now just ₹900.
tea HKD 50 for jasmine tea, was HKD 80.
stuhl Drei Gartenstühle für 160 Franken.
sac Une paire de sacs à dos pour 45 €.
bol Deux bols en bois pour 70 francs.
silla Dos sillas de madera por S/ 150.
mok Drie blauwe mokken voor € 20.
kubek Trzy kubki za 100 zł.
bed From twelve hundred dollars to seven hundred forty: a hybrid mattress.
pass Two day passes for £10.50.
read Three pairs of reading glasses for $45.
note A pair of hardback notebooks becomes £9.
bota Te ahorras otros 40 € con los botines de piel.
"""
SHOPS = priced_shops(_SHOPS)


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_money_as_people_tell_it_passes(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert [one.message for one in check(text, locale, known)] == []


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_another_sum_is_found(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert check(text, locale, known)
