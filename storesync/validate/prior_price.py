"""Claims of "was" and "now" against the lowest price before, by the law of each location's country.

The lowest price comes from what the ledger says was told and the plan says will be; where those
do not reach over the whole time, the offer has to declare it, and what shows it. The rules are in
prior_price.toml, the reasons in docs/design/prior-price.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Campaign
from storesync.diagnostics import Diagnostic, printable
from storesync.model.campaign import Offer
from storesync.plan.piece import Piece
from storesync.plan.pieces import Dated
from storesync.plan.price import Claim, Told, claim_of
from storesync.resolve.convert import convert
from storesync.resolve.layers import OFFER_VARIABLES, At
from storesync.schedule.flight import is_over
from storesync.validate.price_history import Ledgered, PriceHistory, Span, covers
from storesync.validate.price_law import PriceLaw, law_of

_PLACE: At = ("offer", "prior_price")


class _Case(NamedTuple):
    """What is the same for many locations: claim, law, product, currency, time, and own file.

    `span` ends with the start of the reduction.
    """

    claim: Claim
    law: PriceLaw
    product: str
    currency: str
    span: Span
    override: str  # the location whose own offer counts, or empty


@dataclass
class _Checked:
    """One campaign under check, and faults with the locations that have them."""

    campaign: Campaign
    history: PriceHistory
    faults: dict[Diagnostic, list[str]] = field(default_factory=lambda: defaultdict(list))


def check_prior_prices(
    brand: Brand, dated: Mapping[str, Dated], at: datetime, ledgered: Ledgered | None = None
) -> Iterator[Diagnostic]:
    """Yield "was" prices that are not what the law calls the prior price, or not shown to be.

    Campaigns that are over at `at` (UTC) are left alone. Costs nothing where nobody claims.
    """
    claiming = {}
    for name, item in dated.items():
        if is_over(item.campaign.file.flight, at):
            continue
        yield from _check_declared(item.campaign)
        if cases := _cases(brand, item):
            claiming[name] = cases
    if not claiming:
        return
    first = min(case.span.starts for cases in claiming.values() for case in cases)
    # Of what a campaign tells itself only what went before its start may be its prior price.
    alone = {name: max(case.span.ends for case in cases) for name, cases in claiming.items()}
    told = ledgered(brand.id, first, alone if len(alone) == 1 else {}) if ledgered else None
    history = PriceHistory(dated, told, at)
    for name, cases in claiming.items():
        checked = _Checked(dated[name].campaign, history)
        for case, locations in cases.items():
            _check_case(checked, case, locations)
        for fault, places in checked.faults.items():
            yield _placed(fault, places)


def _cases(brand: Brand, dated: Dated) -> dict[_Case, list[str]]:
    """Return the claims of a campaign, each with its locations; a location's first start counts."""
    numbered: dict[int, int | None] = {}  # by shared context: hashed once, not at each location
    claims: dict[Claim, int] = {}
    firsts: dict[tuple[int, str], Piece] = {}
    for piece in dated.pieces:
        key = id(piece.shared)
        if key not in numbered:
            claim = claim_of(piece.shared)
            numbered[key] = None if claim is None else claims.setdefault(claim, len(claims))
        number = numbered[key]
        if number is not None:
            place = (number, piece.key.location)
            known = firsts.get(place)
            if known is None or piece.starts < known.starts:
                firsts[place] = piece
    return _grouped(brand, dated.campaign, list(claims), firsts)


def _grouped(
    brand: Brand,
    campaign: Campaign,
    claims: list[Claim],
    firsts: Mapping[tuple[int, str], Piece],
) -> dict[_Case, list[str]]:
    found: dict[tuple[object, ...], tuple[_Case, list[str]]] = {}
    for (number, place), piece in firsts.items():
        override = campaign.overrides.get(place)
        own = place if override and override.file.offer else ""
        location = brand.locations[place]
        law = law_of(location.country)
        span = Span(law.first_moment(piece.starts, location.timezone), piece.starts)
        product = str(piece.shared.get("product") or "")
        currency = str(piece.own.get("currency") or "")
        key = (number, law.name, product, currency, span, own)
        if key not in found:
            case = _Case(claims[number], law, product, currency, span, own)
            found[key] = (case, [])
        found[key][1].append(place)
    return dict(found.values())


def _check_case(checked: _Checked, case: _Case, locations: list[str]) -> None:
    offers = _offers(checked.campaign, case.override)
    basis = next((item.prior_price_basis for _, item in offers if item.prior_price_basis), None)
    path, at = _stands_at(checked.campaign, case, offers)
    if basis is not None and basis not in case.law.bases:
        message = f"{basis} is no reason for another prior price here ({case.law.name})"
        hint = "take it out; where the law allows it after all, waive prior-price-basis with why"
        fault = Diagnostic("prior-price-basis", message, path, at, hint=hint)
        checked.faults[_weighed(fault, case.law)] += locations
        return
    declared = _declared(offers, case.currency)
    if declared is not None and case.claim.exceeds(declared):
        message = (
            f"{_said(case)}; the prior price that the offer declares is {declared} {case.currency}"
        )
        fault = Diagnostic("prior-price", message, path, at, hint=_lower(case, declared))
        checked.faults[_weighed(fault, case.law)] += locations
        return
    unshown: list[str] = []
    own = {checked.campaign.id, *checked.campaign.file.formerly}
    for location in locations:
        place = (location, case.product, case.currency)
        told = [] if basis else checked.history.before(place, case.span, own)
        if told and case.claim.exceeds(told[0].amount):
            message, hint = _lower_told(case, told[0]), _lower(case, told[0].amount)
            fault = Diagnostic("prior-price", message, path, at, hint=hint)
            checked.faults[_weighed(fault, case.law)].append(location)
        elif declared is None and not covers(told, case.span):
            unshown.append(location)
    if unshown:
        fault = _missing(case, path, at, seen=checked.history.seen)
        checked.faults[_weighed(fault, case.law)] += unshown


def _said(case: _Case) -> str:
    was = f"{case.claim.was} {case.currency}"
    if case.claim.field == "regular_price":
        return f"regular_price says {was}"
    what = "percentage" if case.claim.percentage else "amount off"
    return f"the {what} beside the price says that it was {was}"


def _lower_told(case: _Case, told: Told) -> str:
    """Say what was told; a day is the one in UTC, for the amount is what matters."""
    when = f"from {told.starts:%Y-%m-%d} on" if told.ends is None else f"until {told.ends:%Y-%m-%d}"
    return (
        f"{_said(case)}, but in the {case.law.days} days before the start {told.amount}"
        f" {told.currency} was the price in {told.campaign} {when}"
    )


def _lower(case: _Case, amount: Decimal) -> str:
    fix = "write at most" if case.claim.field == "regular_price" else "reckon from"
    return f"{fix} {amount} {case.currency}, or claim nothing ({case.law.name})"


def _missing(case: _Case, path: str, at: At, *, seen: bool) -> Diagnostic:
    known = (
        "the ledger does not reach over all"
        if seen
        else "there is no ledger here to show the lowest price"
    )
    message = f"{_said(case)}; {known} of the {case.law.days} days before"
    hint = f"add prior_price: and prior_price_source: to the offer ({case.law.name})"
    return Diagnostic("prior-price-missing", message, path, at, hint=hint)


def _weighed(fault: Diagnostic, law: PriceLaw) -> Diagnostic:
    return replace(fault, severity=law.severity)


def _placed(fault: Diagnostic, places: list[str]) -> Diagnostic:
    example, count = printable(min(places)), len(set(places))
    where = f"at {count} locations, such as {example}" if count > 1 else f"at {example}"
    return replace(fault, message=f"{fault.message} ({where})")


def _offers(campaign: Campaign, override: str) -> list[tuple[str, Offer]]:
    """Return the offers that count at a location, with their files, the nearest first."""
    found = []
    own = campaign.overrides.get(override)
    if own is not None and own.file.offer is not None:
        found.append((own.path, own.file.offer))
    if campaign.file.offer is not None:
        found.append((campaign.path, campaign.file.offer))
    return found


def _stands_at(campaign: Campaign, case: _Case, offers: list[tuple[str, Offer]]) -> tuple[str, At]:
    for path, offer in offers:
        if getattr(offer, case.claim.field) is not None:
            return path, ("offer", case.claim.field)
    if case.claim.field in campaign.file.values:
        return campaign.path, ("values", case.claim.field)
    return campaign.path, ("template",)


def _declared(offers: list[tuple[str, Offer]], currency: str) -> Decimal | None:
    """Return the prior price that an offer declares and says the source of; None for none."""
    for _, offer in offers:
        if offer.prior_price is None:
            continue
        try:
            value = convert(OFFER_VARIABLES["price"], offer.prior_price)
        except ValueError:
            return None
        amount = value.get(currency) if isinstance(value, Mapping) else value
        return None if amount is None else Decimal(amount)
    return None


def _check_declared(campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield prior prices that are none, or without what shows them."""
    own = [(item.path, item.file.offer) for _, item in sorted(campaign.overrides.items())]
    for path, offer in [(campaign.path, campaign.file.offer), *own]:
        if offer is None:
            continue
        if offer.prior_price is not None:
            try:
                convert(OFFER_VARIABLES["price"], offer.prior_price)
            except ValueError as error:
                yield Diagnostic("invalid-value", f"prior_price: {error}", path, _PLACE)
        shown = offer.prior_price_source
        basis = offer.prior_price_basis
        if not (shown and shown.strip()) and (offer.prior_price is not None or basis is not None):
            at = _PLACE if offer.prior_price is not None else ("offer", "prior_price_basis")
            message = "what shows this is missing"
            hint = "add one line: prior_price_source: till export of 2026-10-01 to 2026-10-31"
            yield Diagnostic("prior-price-missing", message, path, at, hint=hint)
