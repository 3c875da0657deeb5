"""What a location's own file may not say: offers in its name or address, legal texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from storesync.catalog.catalog import Brand, Location
from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.resolve.layers import At
from storesync.validate.facts import is_strict

if TYPE_CHECKING:
    from storesync.copywriting.facts.item import Item

# Of ten thousand names hardly one is read: these tell which may offer something.
_SIGNS = frozenset("%\u2030\u066a\uff05\u00a3\u20ac$\u00a5")
_WORDS = frozenset(
    [
        *("percent", "cent", "pct", "prozent", "ciento", "off", "free", "half", "price", "gratis"),
        *("kostenlos", "rabatt", "gratuit", "gratuite", "offert", "offerte", "remise", "moitié"),
        *("descuento", "mitad", "pound", "pounds", "euro", "euros", "pence", "cents", "preis"),
        *("ends", "until", "tomorrow", "today", "left", "only", "bis", "endet", "heute", "morgen"),
        *("noch", "reste", "plus"),
        *("jusqu'au", "jusqu’au", "demain", "aujourd'hui", "hasta", "termina", "hoy"),
        *("mañana", "quedan", "sale", "buy", "get"),
        *("sconto", "sconti", "metà", "prezzo", "omaggio", "regalo", "oggi", "domani", "gratuito"),
        *("restano", "entro", "termina", "korting", "halve", "prijs", "cadeau", "vandaag"),
        *("eindigt", "procent"),
    ]
)
# With one of these a number is of what is left: only 5, nur noch 5.
_SCARCE = frozenset(["only", "left", "noch", "reste", "plus", "quedan", "restano"])
_OFFERS = frozenset({"percent", "money", "offer"})
_PASSING = frozenset({"end", "relative"})
_LOCAL = ("street", "street2", "city")


def check_location_texts(brand: Brand) -> Iterator[Diagnostic]:
    """Yield names and addresses that offer something or name an end, and legal texts.

    Templates show names and addresses beside every offer. Legal texts are headquarters'.
    """
    for location in brand.locations.values():
        for text, locale, at in _shown(location):
            if not (_SIGNS.isdisjoint(text) and _WORDS.isdisjoint(text.casefold().split())):
                yield from _offered(brand, location, (text, locale, at))
        for name in location.own.get("legal") or ():
            message = f'"legal.{name}" is locked: only headquarters may set it, not a location'
            hint = "take it out; where the law differs, set it in the folder's _defaults.yaml"
            yield Diagnostic("locked-value", message, location.path, ("legal", name), hint=hint)


def _shown(location: Location) -> Iterator[tuple[str, str, At]]:
    locale = location.locales[0] if location.locales else "en"
    yield str(location.data.get("name") or ""), locale, ("name",)
    names = location.data.get("names")
    if isinstance(names, Mapping):
        for tag, name in names.items():
            yield str(name), str(tag), ("names", tag)
    address = location.own.get("address") or {}
    for field in _LOCAL:
        if field in address:
            yield str(address[field] or ""), locale, ("address", field)


def _offered(brand: Brand, location: Location, said: tuple[str, str, At]) -> Iterator[Diagnostic]:
    from storesync.copywriting.facts.reading.read import read  # late: hardly ever needed

    text, locale, at = said
    what = "name" if at[0] in {"name", "names"} else "address"
    for item in read(text, locale).items:
        if _promises(item, what, _SCARCE.intersection(text.casefold().split())):
            yield Diagnostic(
                "unfounded-fact",
                f'the {what} says "{printable(item.text, limit=60)}", whatever is on offer there',
                location.path,
                at,
                hint="name the place, and let campaigns say what they offer",
                severity=Severity.ERROR if is_strict(brand) else Severity.WARNING,
            )
            return


def _promises(item: Item, what: str, scarce: Collection[str]) -> bool:
    kind = item.kind.value
    if kind == "offer":  # Free School Lane is an address
        return what == "name" or item.value != ("given",)
    if kind == "number":
        return what == "name" and bool(scarce)
    return kind in _OFFERS or (kind == "date" and item.role in _PASSING)
