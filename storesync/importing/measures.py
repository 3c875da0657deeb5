"""The columns a table of results may have, and their names in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from storesync.importing.columns import Vocabulary
from storesync.importing.fields import Field, fold
from storesync.model.results import Measures

# A row counts once for each value of these; the first says what the result is of.
KEYS = ("campaign", "channel", "location", "period")
COUNTS = ("delivered", "impressions", "clicks", "redemptions")
AMOUNTS = ("revenue", "cost")
# How many took part: of a row, where it is not of one location itself.
LOCATIONS = "locations"
# Those that a campaign has as a whole; the others are of a channel alone.
OF_ALL = frozenset(Measures.model_fields)

_FIELDS: Mapping[str, Field] = {
    **{name: Field(name, (), "key") for name in KEYS},
    "brand": Field("brand", (), "key"),
    "currency": Field("currency", (), "currency"),
    **{name: Field(name, (name,), "count") for name in COUNTS},
    **{name: Field(name, (name,), "amount") for name in AMOUNTS},
    LOCATIONS: Field(LOCATIONS, (LOCATIONS,), "count"),
    "measured_on": Field("measured_on", ("measured_on",), "day"),
    "source": Field("source", ("source",), "text"),
}
# Headers that mean a field besides its own name, in their folded form.
_SYNONYMS_OF = """
campaign: campaign id | campaign name | kampagne | kampagnenname | campagne | campaña | campana
campaign: utm campaign
brand: brand id | brand name | marke | marque | marca
channel: medium | platform | kanal | canal | utm medium
location: store | shop | branch | store number | store id | store code | location id | filiale
location: filialnummer | filial nr | magasin | tienda
locations: number of locations | stores | number of stores | shops | branches | participating stores
locations: filialen | anzahl filialen | märkte | magasins | nombre de magasins | tiendas
period: day | date | week | month | tag | datum | woche | monat | jour | fecha | semaine | mois
currency: currency code | währung | devise | moneda
delivered: messages delivered | recipients | sent and delivered | zugestellt | empfänger
impressions: impr | views | page views | pageviews | opens | unique opens | opened | impressionen
impressions: aufrufe | ansichten | vues | impresiones
clicks: click | clicked | link clicks | unique clicks | klicks | clics
redemptions: redeemed | coupons redeemed | uses | einlösungen
redemptions: eingelöst | utilisations | canjes
revenue: sales | turnover | net sales | sales value | umsatz | erlös | chiffre d affaires | ingresos
cost: costs | spend | amount spent | spent | kosten | ausgaben | coût | cout | dépenses | coste
measured_on: measured | as of | measured at | export date | stand | gemessen am
source: data source | quelle | origine | fuente
"""
_SYNONYMS: Mapping[str, str] = {fold(name): name for name in _FIELDS} | {
    fold(word): line.partition(":")[0]
    for line in _SYNONYMS_OF.split("\n")
    for word in line.partition(":")[2].split("|")
    if line
}
# What channels are called elsewhere, folded.
CHANNELS: Mapping[str, str] = {
    fold(word): channel
    for channel, words in {
        "web": "web|website|site|page|landing page|webseite|online",
        "email": "email|e-mail|mail|newsletter|mailing|courriel|correo",
        "sms": "sms|text|text message|texts",
        "social": "social|social media|google|google business profile|gbp|facebook|instagram",
    }.items()
    for word in words.split("|")
}
# Rows that add others up: counted as well, everything would count twice.
TOTALS = frozenset(
    ("total", "totals", "grand total", "sum", "all", "overall", "gesamt", "summe", "gesamtsumme")
)


def _understood(header: str) -> Field | None:
    name = _SYNONYMS.get(fold(header))
    return _FIELDS[name] if name else None


RESULTS = Vocabulary(
    _FIELDS,
    _FIELDS.get,
    _understood,
    "campaign",
    "the campaign",
    "campaign",
)
