"""How prices are written: thousands, cents, signs and words that people of a country use."""

from __future__ import annotations

import pytest
from priced_shops import priced_shops

from storesync.copywriting.facts.check import check

# Locale, product, percent, was, now, currency.
_SHOPS = """
tent   en-ZA; two-man tent; 25 2400 1800 ZAR
rug    en-IN; jute rug; 30 2500 1750 INR
bagel  en-US; sesame bagel; 50 4.60 2.30 USD
saw    en-US; table saw; 40 90 54 USD
regal  de-CH; Wandregal; 25 1600 1200 CHF
torte  de-AT; Nusstorte; 20 30 24 EUR
quiche fr-FR; quiche lorraine; 20 15 12 EUR
muffin fr-CA; muffin aux bleuets; 50 5.50 2.75 CAD
vase   fr-CH; vase en verre; 25 1600 1200 CHF
bollo  es-ES; bollo de crema; 30 2.50 1.75 EUR
tamal  es-MX; tamal de rajas; 50 40 20 MXN
bici   it-CH; revisione bici; 15 120 102 CHF
sofa   en-IN; corner sofa; 20 250000 200000 INR
"""
RIGHT = """
tent Two-man tent: R1,800, was R2,400.
tent A two-man tent costs R1 800,00.
tent Two-man tents are R1 800.00 (25% off R2 400.00).
tent Two-man tent R1800 (25% off R2400).
rug A jute rug is one thousand seven hundred fifty rupees.
rug One thousand seven hundred and fifty rupees for a jute rug, was two thousand five hundred.
rug Jute rugs: were two thousand five hundred rupees, now one thousand seven hundred and fifty
bagel Half a dozen sesame bagels for $13.80.
bagel Half a dozen sesame bagels come to $13.80, not $27.60.
saw Forty percent off, fifty-four dollars to pay.
saw Table saws were ninety dollars, now fifty-four
regal Wandregal: 1 200.00 CHF statt 1 600.00 CHF.
regal Das Wandregal fällt von CHF 1600 auf CHF 1200.
torte Wir senken die Nusstorte von EUR 30 auf EUR 24.
quiche Quiche lorraine 12E au lieu de 15E
quiche La quiche lorraine à 12E.
muffin Un muffin aux bleuets à deux piastres et soixante-quinze.
vase Vase en verre : 1 200.00 CHF.
bollo Bollo de crema: 1'75€, antes 2'50€.
bollo Un bollo de crema, 1'75 euros.
tamal Tamal de rajas: 20 pesitos.
tamal El tamal de rajas cuesta $20.00 (veinte pesos 00/100 M.N.).
bici Revisione bici a fr. 102.–
bici La revisione bici, prima a fr. 120, costa fr. 102.
bagel 50%OFFsesame bagels
bagel SESAME BAGELS NOW$2.30
bagel WAS$4.60NOW$2.30 for a sesame bagel
bagel SAVE50%NOW on sesame bagels
saw 40%OFFtable saws, ONLY$54.00each
sofa Corner sofas at Rs 2 lakh, down from Rs 2.5 lakh.
sofa A corner sofa for ₹2 lakhs, was two lakh fifty thousand rupees.
sofa One-fifth off corner sofas: you save 0.5 lakh rupees.
"""
WRONG = """
bagel 40%OFFsesame bagels
bagel 50%OFFpoppy bagels
bagel SESAME BAGELS NOW$2.60
bagel WAS$2.30NOW$4.60 for a sesame bagel
saw 40%OFFtable saws, ONLY$45.00each
sofa Corner sofas at Rs 2.5 lakh, down from Rs 2 lakh.
sofa Corner sofas at Rs 2 crore, down from Rs 2.5 crore.
sofa Corner sofas at Rs 2, down from Rs 2.5.
sofa A corner sofa for ₹2.2 lakhs.
sofa Two lakh ten thousand rupees for a corner sofa.
sofa Two lakh corner sofas sold.
tent Two-man tent: R1,850, was R2,400.
tent A two-man tent costs R2 400,00.
tent A two-man tent costs R1 080,00.
tent Two-man tents are R1 800.50 (25% off R2 400.00).
tent Two-man tent R2400 (25% off R1800).
tent Camping chairs: R1 900,00.
rug A jute rug is one thousand seven hundred fifteen rupees.
rug One thousand seven hundred and fifty rupees for a jute rug, was two thousand six hundred.
rug Two thousand five hundred rupees for a jute rug, was one thousand seven hundred and fifty.
bagel Half a dozen sesame bagels for $12.
bagel Half a dozen sesame bagels for $27.60.
bagel Half a dozen coffees for $13.80.
saw Forty percent off, sixty-four dollars to pay.
saw Fifty-four percent off, forty dollars to pay.
saw Table saws were ninety dollars, now fifty-six
saw Table saws were fifty-four dollars, now ninety
regal Wandregal: 1 250.00 CHF.
regal Wandregal: 1 600.00 CHF statt 1 200.00 CHF.
regal Das Wandregal fällt von CHF 1200 auf CHF 1600.
torte Wir senken die Nusstorte von EUR 24 auf EUR 30.
torte Rabatt auf Strudel: EUR 25.
quiche Quiche lorraine 13E au lieu de 15E
quiche Quiche lorraine 15E au lieu de 12E
quiche La quiche lorraine vous attend porte 12E.
muffin Un muffin aux bleuets à deux piastres et cinquante.
muffin Un muffin aux bleuets à deux piastres et soixante-quinze biscuits.
vase Vase en verre : 1 600.00 CHF.
bollo Bollo de crema: 1'57€.
bollo Bollo de crema: 2'50€, antes 1'75€.
tamal Tamal de rajas: 40 pesitos.
tamal El tamal de rajas cuesta $20.00 (veinte pesos 50/100 M.N.).
bici La revisione bici, prima a fr. 102, costa fr. 120.
bici Revisione bici a fr. 120.–
bici Revisione bici a fr. 15.
"""
SHOPS = priced_shops(_SHOPS)


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_a_price_passes_however_it_is_written(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert [one.message for one in check(text, locale, known)] == []


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_another_amount_is_found(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert check(text, locale, known)
