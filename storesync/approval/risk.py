"""Whether changes are as risky as a requirement says, and the words that tell why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from storesync.approval.always import listed, some
from storesync.approval.cost import Cost
from storesync.approval.effect import Effect
from storesync.diagnostics import printable
from storesync.model.requirement import Risk
from storesync.plan.change import Action

Costs = Mapping[tuple[str, str], Cost]


@dataclass(frozen=True, slots=True)
class Met:
    """That a risk is there: which changes it is about, which campaigns, at what cost, and why.

    `money` is empty where the risk is not one of money; `money_alone`: it is one of nothing else.
    """

    effects: tuple[Effect, ...]
    campaigns: tuple[tuple[str, str], ...]
    why: str
    money: tuple[tuple[tuple[str, str], Cost], ...] = ()
    money_alone: bool = False


def assess_risk(risk: Risk, effects: Sequence[Effect], costs: Costs) -> Met | None:
    """Return why changes of one brand are as a risk says, None where they are not.

    Each change has to meet what is said of changes; those that do are counted and their
    campaigns' costs summed up. A campaign whose file says other things of money than before
    counts where nothing is asked of changes.
    """
    found = [effect for effect in effects if _matches(risk, effect)]
    campaigns = {effect.change.key[:2] for effect in found}
    if not _is_about_changes(risk):
        campaigns |= {name for name, cost in costs.items() if cost.restated}
    if risk.over_budget:
        campaigns = {name for name in campaigns if name in costs and costs[name].is_over_budget}
        found = [effect for effect in found if effect.change.key[:2] in campaigns]
    if not campaigns:
        return None
    names = tuple(sorted(campaigns))
    why = [*_told_of_changes(risk, found), *_told_of_budget(risk, names, costs)]
    if risk.locations_over is not None:
        places = {effect.change.key.location for effect in found}
        if len(places) <= risk.locations_over:
            return None
        why.append(f"{some(places, 'locations')}, more than {risk.locations_over:,}")
    if risk.cost_over is not None:
        told = _told_of_cost(risk.cost_over, [costs[name] for name in names if name in costs])
        if not told:
            return None
        why.append(told)
    money = tuple((name, costs[name]) for name in names if name in costs and _is_of_money(risk))
    told = "; ".join(why) or "every change"
    return Met(tuple(found), names, told, money, not _is_about_changes(risk))


def _is_of_money(risk: Risk) -> bool:
    """Say whether a risk looks at what campaigns cost."""
    return risk.over_budget or risk.cost_over is not None


def leaves_alone(effect: Effect) -> bool:
    """Say whether what a risk looks at was there without a change that it is found in.

    So it is with a light change, which alone would not be asked about, and with what takes
    something down: nothing is stated by that. Any other one changes what stands around a value, if
    not the value.
    """
    return bool(effect.light) or effect.change.action is Action.WITHDRAW


def _is_about_changes(risk: Risk) -> bool:
    """Say whether something is asked of single changes; money alone needs none."""
    asked = (risk.variable, risk.facts_change, risk.categories, risk.channels, risk.actions)
    return any(asked) or risk.locations_over is not None or not _is_of_money(risk)


def _matches(risk: Risk, effect: Effect) -> bool:
    change = effect.change
    return (
        (not risk.facts_change or bool(effect.facts))
        and (not risk.channels or change.key.channel in risk.channels)
        and (not risk.actions or change.action.value in {item.value for item in risk.actions})
        and (not risk.categories or not effect.categories.isdisjoint(risk.categories))
        and (risk.variable is None or _is_beyond(risk, effect, risk.variable))
    )


def _is_beyond(risk: Risk, effect: Effect, name: str) -> bool:
    """Say whether a variable is beyond its bounds after a change, or changes, without bounds."""
    if risk.over is None and risk.under is None:
        return name in effect.differs
    value = effect.after.get(name)
    if value is None:
        return False
    number = _number(value)
    if number is None:
        return True  # nobody can say: then somebody looks at it
    return (risk.over is None or number > risk.over) and (risk.under is None or number < risk.under)


def _number(value: object) -> Decimal | None:
    """Return a value as a number, None where it is none; money and fractions come as text."""
    if not isinstance(value, int | str) or isinstance(value, bool):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _told_of_changes(risk: Risk, found: Sequence[Effect]) -> list[str]:
    if not found:
        return []
    why = []
    if risk.variable is not None:
        why.append(_told_of_variable(risk, found, risk.variable))
    if risk.facts_change:
        names = sorted({name for effect in found for name in effect.told})
        where = "" if risk.variable is not None else f" {_at(found)}"
        why.append(f"facts change: {listed(names)}{where}")
    if risk.categories:
        every = {name for effect in found for name in effect.categories}
        why.append(f"category {', '.join(sorted(every.intersection(risk.categories)))}")
    if risk.channels:
        channels = sorted({effect.change.key.channel for effect in found})
        why.append(f"goes out on {', '.join(channels)}")
    if risk.actions:
        actions = sorted({effect.change.action.value for effect in found})
        why.append(f"{len(found):,} to {' or '.join(actions)}")
    return why


def _told_of_variable(risk: Risk, found: Sequence[Effect], name: str) -> str:
    """Tell the value that goes furthest, the bound, and where it is."""
    if risk.over is None and risk.under is None:
        first = found[0]
        before, after = (_shown(side.get(name)) for side in (first.before, first.after))
        return f"{name} changes from {before} to {after} {_at(found)}"
    lowest = risk.over is None
    unknown = Decimal("-Infinity") if lowest else Decimal("Infinity")

    def weight(effect: Effect) -> Decimal:
        number = _number(effect.after.get(name))
        return unknown if number is None else number

    worst = (min if lowest else max)(found, key=weight)
    bounds = [f"over {risk.over:,f}"] if risk.over is not None else []
    bounds += [f"under {risk.under:,f}"] if risk.under is not None else []
    value, others = _shown(worst.after.get(name)), [i for i in found if i is not worst]
    return f"{name} is {value}, {' and '.join(bounds)}, {_at([worst, *others])}"


def _shown(value: object) -> str:
    return "nothing" if value is None else printable(str(value), limit=60)


def _at(found: Sequence[Effect]) -> str:
    """Return where changes are: the first one's place, and how many more."""
    key = found[0].change.key
    more = len({(item.change.key.brand, item.change.key.location) for item in found}) - 1
    return f"at {key.location} ({key.campaign})" + (f" and {more:,} more" if more else "")


def _told_of_budget(risk: Risk, campaigns: Sequence[tuple[str, str]], costs: Costs) -> list[str]:
    if not risk.over_budget:
        return []
    return [f"{name}: {_told(costs[brand, name])}" for brand, name in campaigns]


def _told(cost: Cost) -> str:
    budget = f"its budget is {cost.budget:,f}" if cost.budget else "it has no budget"
    return f"{cost.unknown or _sum([cost])}; {budget}"


def _told_of_cost(bound: Decimal, found: Sequence[Cost]) -> str:
    """Return that costs are over a bound, or that nobody knows; "" where they are not."""
    total = sum((cost.amount for cost in found), Decimal(0))
    unknown = [cost.unknown for cost in found if cost.unknown]
    if total > bound:
        return f"{_sum(found)}, over {bound:,f}"
    return f"the cost is not known: {unknown[0]}" if unknown else ""


def _sum(found: Sequence[Cost]) -> str:
    total = sum((cost.amount for cost in found), Decimal(0))
    parts = [part for cost in found for part in cost.parts]
    currency = found[0].currency
    return f"costs about {total:,.2f} {currency} ({listed(parts)})"
