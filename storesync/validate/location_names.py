"""Whether the name of a location offers something: templates show it beside every offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storesync.catalog.catalog import Brand, Location
from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.resolve.layers import At
from storesync.validate.facts import is_strict

# Of ten thousand names hardly one is read: these tell which may offer something.
_SIGNS = frozenset("%\u2030\u066a\uff05\u00a3\u20ac$\u00a5")
_WORDS = frozenset(
    [
        *("percent", "cent", "pct", "prozent", "ciento", "off", "free", "half", "price", "gratis"),
        *("kostenlos", "rabatt", "gratuit", "gratuite", "offert", "offerte", "remise", "moitié"),
        *("descuento", "mitad", "pound", "pounds", "euro", "euros", "pence", "cents", "preis"),
    ]
)
_OFFERS = frozenset({"percent", "money", "offer"})


def check_location_names(brand: Brand) -> Iterator[Diagnostic]:
    """Yield names that hold a percentage, a price or an offer, in any of their languages."""
    for location in brand.locations.values():
        for name, locale, at in _names(location):
            if not (_SIGNS.isdisjoint(name) and _WORDS.isdisjoint(name.casefold().split())):
                yield from _offered(brand, location, (name, locale, at))


def _names(location: Location) -> Iterator[tuple[str, str, At]]:
    locale = location.locales[0] if location.locales else "en"
    yield str(location.data.get("name") or ""), locale, ("name",)
    names = location.data.get("names")
    if isinstance(names, Mapping):
        for tag, name in names.items():
            yield str(name), str(tag), ("names", tag)


def _offered(brand: Brand, location: Location, said: tuple[str, str, At]) -> Iterator[Diagnostic]:
    from storesync.copywriting.facts.read import read  # late: hardly ever needed

    name, locale, at = said
    for item in read(name, locale).items:
        if item.kind.value in _OFFERS:
            yield Diagnostic(
                "unfounded-fact",
                f'the name says "{printable(item.text, limit=60)}", whatever is on offer there',
                location.path,
                at,
                hint="name the place, and let campaigns say what they offer",
                severity=Severity.ERROR if is_strict(brand) else Severity.WARNING,
            )
            return
