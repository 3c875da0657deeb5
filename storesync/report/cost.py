"""What a proposal costs, in words: one sentence for each campaign that costs something."""

from __future__ import annotations

from collections.abc import Mapping

from storesync.approval.cost import Cost

_MOST_CAMPAIGNS = 12


def cost_words(
    prices: Mapping[tuple[str, str], Cost], titles: Mapping[tuple[str, str], str]
) -> str:
    """Return the costs of campaigns, by (brand, campaign), as text; empty where there are none.

    The dearest stand first, what nobody knows before all others. `titles` are names for people.
    """
    told = [
        (key, item)
        for key, item in prices.items()
        if item.amount or item.unknown or (item.restated and item.budget)
    ]
    told.sort(key=lambda pair: (not pair[1].unknown, -pair[1].amount, pair[0]))
    said = [
        f"{titles.get(key) or key[1]} ({key[0]}): {_of(item)}."
        for key, item in told[:_MOST_CAMPAIGNS]
    ]
    if len(told) > _MOST_CAMPAIGNS:
        said.append(f"{len(told) - _MOST_CAMPAIGNS:,} more campaigns cost something.")
    return " ".join(said)


def _of(cost: Cost) -> str:
    about = f"about {cost.amount:,.2f} {cost.currency}" if cost.amount else ""
    parts = f"{about} ({', '.join(cost.parts)})" if cost.parts else about
    limit = f"its budget is {cost.budget:,f} {cost.currency}" if cost.budget else "it has no budget"
    over = cost.budget and cost.amount > cost.budget
    said = [parts, cost.unknown, f"more than its budget of {cost.budget:,f}" if over else limit]
    return "; ".join(filter(None, said))
