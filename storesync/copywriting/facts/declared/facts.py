"""Everything that is declared about one campaign at one location, typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storesync.copywriting.facts.declared import gather, opening
from storesync.copywriting.facts.declared.gather import Day, Percentage, Price, Quantity
from storesync.copywriting.facts.declared.opening import Clock
from storesync.model.template import Variable


@dataclass(frozen=True, slots=True)
class Facts:
    """What copy may state. Empty means that nothing of a kind is declared.

    `names` are brand, products, location and its address: they stand in copy as whole phrases.
    `brands` are those of them that are the brand's.
    `products` are those of the offer, `others` those of the brand that it is not about.
    `statements` are declared phrases; what they state, copy may state in any notation. `legal` may
    be used word for word, `claims` with their words in another order. `addresses` are web and mail
    addresses and hosts. `is_located` says that what a location alone can found is
    among them.
    """

    percentages: tuple[Percentage, ...] = ()
    prices: tuple[Price, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    open_days: frozenset[int] = frozenset()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    locale: str = "en"
    country: str = ""
    region: str = ""
    always_open: bool = False
    is_located: bool = True


def facts_of(
    shared: Mapping[str, Any],
    own: Mapping[str, Any] | None = None,
    statements: Sequence[str] = (),
    claims: Sequence[str] = (),
    variables: Mapping[str, Variable] | None = None,
    others: Sequence[str] = (),
) -> Facts:
    """Return what is declared in the contexts that templates see.

    `shared` is `resolve.context.shared_context` with the flight (`plan.pieces.with_flight`), `own`
    is `own_context`, None for a campaign without its locations. `variables` are the template's;
    those of the types integer, number, money, date and url are facts. A text is none: only
    `statements` and `claims` that somebody declared. `others` are the brand's products that this
    offer is not about. Notes and attributes of a location are never facts.
    """
    own = own or {}
    currency = str(own.get("currency") or "")
    kinds = variables or {}
    offer: Mapping[str, Any] = shared.get("offer") or {}
    values = {**offer, **{name: shared.get(name) for name in kinds}}
    location: Mapping[str, Any] = own.get("location") or {}
    address: Mapping[str, Any] = location.get("address") or {}
    percentages = tuple(gather.percentages(values, kinds))
    prices = tuple(gather.prices(values, kinds, currency))
    days = tuple(gather.days(shared, location, values, kinds))
    hours = opening.hours(location.get("hours"))
    return Facts(
        percentages=tuple(gather.derived_percentages(percentages, prices)),
        prices=tuple(gather.derived_prices(percentages, prices)),
        quantities=tuple(gather.quantities(values, kinds, days)),
        days=(*days, *hours[2]),
        clocks=(*hours[0], *opening.moments(shared)),
        open_days=hours[1],
        phones=tuple(filter(None, [gather.text(location.get("phone"))])),
        addresses=tuple(gather.addresses(shared, location, values, kinds)),
        names=tuple(gather.names(shared, own, location, offer)),
        brands=tuple(gather.brands(shared)),
        products=tuple(gather.products(shared, offer)),
        others=tuple(others),
        statements=tuple(statements),
        claims=tuple(claims),
        legal=tuple(gather.legal(shared, own)),
        locale=str(shared.get("locale") or own.get("locale") or "en"),
        country=gather.text(address.get("country")),
        region=gather.text(address.get("region")),
        always_open=opening.always_open(location.get("hours")),
        is_located=bool(location),
    )
