"""Shops with nothing but an offer, its days and hours, as most campaigns declare them."""

from __future__ import annotations

from functools import cache

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of

# Locale, brand, location, product, percent, was, now, currency, first and last day, hours.
_SHOPS = """
bread  en-GB Crumb & Co; Clifton; sourdough loaf; 25 4.80 3.60 GBP 2026-12-11 12-13 07:30-16:00
bike   en-GB Ridgeline Cycles; Sheffield; bike service; 25 60 45 GBP 2027-03-04 03-07 09:30-17:30
lens   en-GB Larkfield Opticians; Pontcanna; sunglasses; 40 95 57 GBP 2027-06-10 06-20 09:15-17:45
plant  en-US Fern & Fig; Ballard; monstera plant; 30 40 28 USD 2027-04-17 04-18 09:00-19:00
wash   en-US Suds Stop; Tempe; deluxe wash; 50 18 9 USD 2027-05-12 05-12 08:00-20:00
bowl   en-US Casa Paloma; Logan Square; burrito bowl; 20 12.50 10 USD 2027-09-13 09-17 11:00-21:30
ramen  en-US Noodle Ark; Dayton; ramen kit; 20 15 12 USD 2027-03-05 03-07 09:00-19:00
tulpen de-DE Blütenwerk; München; Tulpenstrauß; 25 12 9 EUR 2027-03-19 03-21 08:30-18:30
bett   de-CH Schlafhof; Basel; Matratze; 25 1200 900 CHF 2027-10-07 10-16 09:00-18:30
cave   fr-FR La Cave Dorée; Lyon; plateau de fromages; 30 30 21 EUR 2026-12-17 12-24 09:00-19:30
pneu   fr-CA Garage Boréal; Québec; pose de pneus; 20 100 80 CAD 2027-10-25 11-06 07:30-17:30
botas  es-ES Zapatería Alba; Valencia; botas de piel; 40 90 54 EUR 2027-01-07 01-16 10:00-20:30
auto   es-MX Brillo Exprés; Puebla; lavado de auto; 25 160 120 MXN 2027-05-14 05-16 08:00-20:00
zaino  it-IT Bottega Luna; Verona; zaino da scuola; 20 50 40 EUR 2027-09-06 09-12 09:00-19:30
rozen  nl-NL Bloemhuis; Haarlem; bos rozen; 25 12 9 EUR 2027-04-22 04-24 09:00-18:00
zupa   pl-PL Mała Kuchnia; Gdynia; zupa dnia; 20 30 24 PLN 2027-11-16 11-22 11:00-20:00
surf   en-AU Tidewise; Torquay; wetsuit; 40 250 150 AUD 2027-06-28 07-02 09:00-17:00
stove  en-ZA Kraal & Co; Knysna; camp stove; 20 150 120 ZAR 2027-02-18 02-27 08:00-17:00
skis   fr-CH Névé; Sion; fartage de skis; 35 40 26 CHF 2027-12-11 12-18 08:00-17:00
oculos pt-PT Ótica Mar; Braga; óculos de sol; 25 80 60 EUR 2027-06-03 06-06 09:30-19:00
kite   en-GB Gull & Sons; Whitby; box kite; 20 50 40 GBP 2027-05-19 05-31 09:00-17:30
lampe  de-DE Lichthof; Kassel; Leselampe; 20 50 40 EUR 2027-05-18 05-31 09:00-18:00
cidre  fr-FR Maison Brume; Caen; coffret de cidre; 20 50 40 EUR 2027-05-18 05-31 09:00-19:00
manta  es-ES Lana Clara; Soria; manta de lana; 20 50 40 EUR 2027-05-18 05-31 09:00-20:00
tazza  it-IT Casa Creta; Faenza; tazza da caffè; 20 50 40 EUR 2027-05-18 05-31 09:00-19:30
plaid  nl-NL Wolhuis; Zwolle; plaid; 20 50 40 EUR 2027-05-18 05-31 09:00-18:00
vaso   pt-PT Barro Novo; Évora; vaso de barro; 20 50 40 EUR 2027-05-18 05-31 09:00-19:00
koc    pl-PL Ciepły Dom; Opole; koc wełniany; 20 50 40 PLN 2027-05-18 05-31 09:00-18:00
"""
_ROWS = {line.split()[0]: line for line in _SHOPS.strip().splitlines()}


def locale_of(shop: str) -> str:
    return _ROWS[shop].split()[1]


@cache
def declared(shop: str) -> Facts:
    named, place, product, rest = _ROWS[shop].split("; ")
    _, locale, brand = named.split(maxsplit=2)
    percent, was, now, currency, start, end, hours = rest.split()
    offer = {"product": "p", "discount_percentage": int(percent), "price": now}
    shared = {
        "locale": locale,
        "brand": {"name": brand},
        "offer": {**offer, "regular_price": was},
        "product_name": product,
        "flight": {"start": start, "end": f"{start[:5]}{end}"},
    }
    location = {"name": place, "phone": "+44 117 496 0123", "hours": {"mon-sun": hours}}
    return facts_of(shared, {"currency": currency, "location_name": place, "location": location})


def found(shop: str, text: str) -> list[str]:
    return [one.text for one in check(text, locale_of(shop), declared(shop))]
