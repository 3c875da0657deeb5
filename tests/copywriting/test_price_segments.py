"""Prices in headlines: what stands in another segment makes nothing of them, and ends no price."""

from __future__ import annotations

import pytest
from priced_shops import priced_shops

from storesync.copywriting.facts.check import check

# Locale, product, percent, was, now, currency.
_SHOPS = """
plate  en-US; taco platter; 30 14 9.80 USD
mug    en-GB; enamel mug; 25 12 9 GBP
uhr    de-DE; Wanduhr; 20 55 44 EUR
tarte  fr-FR; tarte au citron; 25 16 12 EUR
cono   it-IT; cono grande; 20 3.50 2.80 EUR
libro  es-AR; libro usado; 40 9000 5400 ARS
bolo   pt-PT; bolo de noz; 20 15 12 EUR
rozen  nl-BE; bos rozen; 50 12 6 EUR
koc    pl-PL; koc; 25 80 60 PLN
kaas   nl-NL; stuk oude kaas; 30 14 9.80 EUR
oil    en-US; oil change; 35 80 52 USD
"""
RIGHT = """
plate 🌮 30% OFF 🌮 $9.80
plate [30% off] [$9.80] [dine in]
plate 🔧 $9.80 🔧 not $14 🔧 saves you $4.20
plate TACO PLATTER / was 14.00 / is 9.80 / until we close
plate $14 / now $9.80 / save 30%
mug Enamel mugs, 25% off ➡️ £9
mug WAS £12 / NOW £9 / enamel mugs
mug SAVE ☕ £3 ☕ enamel mugs
mug £3 ☕ OFF ☕ enamel mugs
mug Enamel mug £9 / each
uhr 20 Prozent weniger ➡️ €44
uhr Wanduhr / vierundvierzig Euro / ab morgens
uhr Wanduhr 44 €/Stück
uhr Alt: 55 €. Neu: 44 €. Die Wanduhr.
tarte AVANT 16 € / MAINTENANT 12 €. Tarte au citron.
tarte Tarte au citron 12 €/pièce
cono era 3,50 / è 2,80 / cono grande
cono Cono grande 2,80 €/pezzo
libro ANTES $9.000 / AHORA $5.400. Libro usado.
bolo ANTES 15 € / AGORA 12 €. Bolo de noz.
bolo Bolo de noz 12 €/unidade
rozen Bos rozen: 6 euro i.p.v. 12 euro.
rozen VROEGER € 12 / NU € 6 / bos rozen
rozen Bos rozen € 6/stuk
koc BYŁO 80 zł / TERAZ 60 zł / koc
koc Koc 60 zł/szt.
kaas Twee stukken oude kaas voor 19,60? Dat klopt.
oil 1 oil change: $52 / 2 oil changes: $104
oil Pay $52 for 1 oil change.
rozen 1 bos: € 6 / 2 bossen: € 12 — rozen
"""
WRONG = """
plate 🌮 30% OFF 🌮 $9.60
plate 🌮 40% OFF 🌮 $9.80
plate [30% off] [$14] [dine in]
plate 🔧 $14 🔧 not $9.80 🔧
plate TACO PLATTER / was 9.80 / is 14.00 / until we close
plate $9.80 / kilo of tomatoes
plate $9.80 / slice of cake
plate $9.80 / per slice of cake
plate $9.80 / hour
plate $9.80 / margarita
mug Enamel mugs, 25% off ➡️ £12
mug SAVE ☕ £9 ☕ enamel mugs
mug £9 ☕ OFF ☕ enamel mugs
mug [Save] [£9]
mug Save / £9
mug WAS £9 / NOW £12 / enamel mugs
mug Enamel mug £9 / litre
uhr 20 Prozent weniger ➡️ €55
uhr 44 € / Glas Wein
uhr Wanduhr 44 €/Monat
uhr Alt: 44 €. Neu: 55 €. Die Wanduhr.
tarte AVANT 12 € / MAINTENANT 16 €. Tarte au citron.
tarte Tarte au citron 12 €/part
cono era 2,80 / è 3,50 / cono grande
libro ANTES $5.400 / AHORA $9.000. Libro usado.
bolo ANTES 12 € / AGORA 15 €. Bolo de noz.
bolo Bolo de noz 12 €/fatia
rozen Bos rozen: 12 euro i.p.v. 6 euro.
rozen VROEGER € 6 / NU € 12 / bos rozen
koc BYŁO 60 zł / TERAZ 80 zł / koc
kaas Twee stukken oude kaas voor 19,80? Dat klopt.
kaas Twee stukken taart voor 19,60? Dat klopt.
oil 1 oil change: $54 / 2 oil changes: $104
oil 1 oil change: $52 / 2 oil changes: $100
oil Limit: 1 oil change.
oil Only 1 oil change each.
oil 1 oil change a year, $52.
oil 1 tire change, $52.
rozen 1 bos: € 6 / 2 bossen: € 13 — rozen
rozen 1 bos rozen per klant.
rozen 1 bos: € 12 / 2 bossen: € 12 — rozen
"""
SHOPS = priced_shops(_SHOPS)


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_a_segment_beside_a_price_is_not_of_it(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert [one.message for one in check(text, locale, known)] == []


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_a_wrong_price_in_a_segment_is_found(line: str):
    shop, text = line.split(" ", 1)
    locale, known = SHOPS[shop]
    assert check(text, locale, known)
