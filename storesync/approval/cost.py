"""What campaigns cost, as far as files tell: SMS, printing, the discount that is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from storesync.catalog.catalog import Campaign, Catalog
from storesync.model.campaign import CampaignFile, Costs


@dataclass(frozen=True, slots=True)
class Cost:
    """An estimate for one campaign, in its brand's currency.

    `segments` are the billed ones of one recipient at each location, of what lies ahead.
    `unknown` says why more may be due than `amount`. `restated` says that a change alters what
    the campaign's file says of money.
    """

    currency: str
    amount: Decimal = Decimal(0)
    segments: int = 0
    budget: Decimal = Decimal(0)
    parts: tuple[str, ...] = ()
    unknown: str = ""
    restated: bool = False

    @property
    def is_over_budget(self) -> bool:
        """Say whether it may cost more than its budget; what has no budget may cost nothing."""
        return bool(self.unknown) or self.amount > self.budget


def costs(
    base: Catalog,
    head: Catalog,
    segments: Mapping[tuple[str, str], int],
    campaigns: Iterable[tuple[str, str]],
) -> dict[tuple[str, str], Cost]:
    """Return the costs of some campaigns, by (brand, campaign), as proposed in `head`.

    `segments` are billed SMS segments by campaign. Prices are those of `base`.
    """
    wanted = dict.fromkeys([*campaigns, *_restated(base, head)])
    prices = base.settings.sms_price if base.settings else {}
    found = {}
    for brand, name in wanted:
        campaign = _campaign(head, brand, name)
        file = head.brands[brand].file if campaign else None
        if campaign and file:
            price = prices.get(file.currency)
            was = _campaign(base, brand, name)
            restated = was is None or _money(was.file) != _money(campaign.file)
            cost = _cost(campaign.file, file.currency, price, segments.get((brand, name), 0))
            found[brand, name] = replace(cost, restated=restated)
    return found


def _cost(file: CampaignFile, currency: str, price: Decimal | None, segments: int) -> Cost:
    said = file.costs
    parts, unknown, amount = [], "", Decimal(0)
    for name, value in (("print", said.print), ("discount", said.discount)):
        if value:
            parts.append(f"{name} {value:,f}")
            amount += value
    if segments and (price is None or said.recipients is None):
        lacking = f"sms_price has no {currency}" if price is None else "no costs: recipients"
        unknown = f"{_sms(segments)} for each recipient, but {lacking}"
    elif segments and price is not None and said.recipients is not None:
        sms = segments * said.recipients * price
        parts.append(f"{_sms(segments * said.recipients)} {sms:,.2f}")
        amount += sms
    budget = file.budget or Decimal(0)
    return Cost(currency, amount, segments, budget, tuple(parts), unknown)


def _sms(count: int) -> str:
    return "1 SMS segment" if count == 1 else f"{count:,} SMS segments"


def _restated(base: Catalog, head: Catalog) -> Iterable[tuple[str, str]]:
    """Yield the campaigns whose files say other things of money than before."""
    for campaign in head.campaigns():
        was = _campaign(base, campaign.brand, campaign.id)
        if was is None or was.file is not campaign.file:
            before = _money(was.file) if was else _NOTHING
            if _money(campaign.file) != before:
                yield campaign.brand, campaign.id


def _money(file: CampaignFile) -> tuple[object, ...]:
    return file.budget, file.cost_center, file.costs


_NOTHING: tuple[object, ...] = (None, None, Costs())


def _campaign(catalog: Catalog, brand: str, name: str) -> Campaign | None:
    found = catalog.brands.get(brand)
    return found.campaigns.get(name) if found else None
