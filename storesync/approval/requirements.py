"""Which approvals a review plan needs, worked out from what changes in the world.

Settings, teams and CODEOWNERS are those of the base: a change cannot set aside what it has to meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storesync.approval.always import (
    Deciders,
    PlacedWaiver,
    about,
    ask_brands,
    ask_fast_lane,
    ask_owners,
    ask_waivers,
    untouched,
)
from storesync.approval.asked import Asked, Kind, ordered, unique
from storesync.approval.cost import Cost
from storesync.approval.effect import Effect
from storesync.approval.own_locations import NOBODY, Author, ask_own_locations
from storesync.approval.ownership import Ownership
from storesync.approval.risk import Costs, Met, assess_risk, leaves_alone
from storesync.approval.roles import Teams, teams_of
from storesync.approval.write import as_owner
from storesync.catalog.catalog import Catalog
from storesync.model.requirement import DecidingRole, Requirement
from storesync.source.tree import SETTINGS

_BOTH = tuple(DecidingRole)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the base asks for. `requirements` are of all brands, `own` those of one brand each.

    `unreadable` are files that may ask for more than can be told.
    """

    requirements: Sequence[Requirement]
    own: Mapping[str, Sequence[Requirement]]
    teams: Teams
    ownership: Ownership
    unreadable: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a change does: to the world, to money, to waivers (before, after), to which paths.

    `author` is who proposes it. In `unseen` paths goes out with it what nobody approved.
    """

    effects: Sequence[Effect]
    costs: Costs
    waivers: tuple[Sequence[PlacedWaiver], Sequence[PlacedWaiver]]
    paths: frozenset[str]
    author: Author = NOBODY
    unseen: frozenset[str] = frozenset()


def rules_of(base: Catalog, ownership: Ownership) -> Rules:
    """Return what a tree asks for of those who want to change it."""
    files = {name: brand.file for name, brand in base.brands.items()}
    unreadable = [] if base.settings else [SETTINGS]
    unreadable += [base.brands[name].path for name, file in files.items() if file is None]
    return Rules(
        base.settings.requirements if base.settings else (),
        {name: file.requirements for name, file in files.items() if file},
        teams_of(base.settings, {name: file.team for name, file in files.items() if file}),
        ownership,
        unreadable,
    )


def ask(rules: Rules, proposed: Proposed) -> tuple[Asked, ...]:
    """Return every approval that a change needs, in order."""
    deciders = Deciders(rules.teams, rules.ownership)
    found = [
        *ask_owners(proposed.paths, rules.ownership),
        *ask_waivers(*proposed.waivers, deciders),
        *ask_own_locations(proposed.effects, proposed.author, rules.teams, deciders),
    ]
    fast = list(ask_fast_lane(proposed.effects, proposed.paths, deciders))
    if not fast:
        found += _of_requirements(rules, proposed, deciders)
    if not fast or any(map(_is_shared, proposed.paths | proposed.unseen)):
        found += ask_brands(proposed.effects, deciders)
    return ordered([*fast, *found])


def _is_shared(path: str) -> bool:
    """Say whether a file is one whose every change the brands approve that it alters."""
    return path.startswith("templates/") or path.endswith(("/brand.yaml", "/_defaults.yaml"))


def _of_requirements(rules: Rules, proposed: Proposed, deciders: Deciders) -> Iterator[Asked]:
    by_brand: dict[str, list[Effect]] = defaultdict(list)
    money: dict[str, dict[tuple[str, str], Cost]] = defaultdict(dict)
    for effect in proposed.effects:
        by_brand[effect.change.key.brand].append(effect)
    for name, cost in proposed.costs.items():
        money[name[0]][name] = cost
    for brand in sorted(by_brand.keys() | money.keys()):
        yield from _unreadable(rules, brand, by_brand[brand], deciders)
        for rule in (*rules.requirements, *rules.own.get(brand, ())):
            met = assess_risk(rule.when, by_brand[brand], money[brand])
            if met is not None:
                yield _asked(rule, brand, met, deciders)


def _asked(rule: Requirement, brand: str, met: Met, deciders: Deciders) -> Asked:
    roles = rule.roles or (() if rule.who else _BOTH)
    who = unique([*map(as_owner, rule.who), *deciders.in_roles(brand, roles)])
    told = f"{rule.why} ({met.why})" if rule.why else met.why
    asked = Asked(Kind.REQUIREMENT, rule.id, told, who, rule.approvals, brands=(brand,))
    campaigns = tuple("/".join(name) for name in met.campaigns)
    asked = replace(about(asked, met.effects), campaigns=campaigns, money=met.money)
    if met.money_alone:  # whatever a change is, the sum says all that the rule looks at
        return replace(asked, untouched=asked.fingerprints, money_alone=True)
    return untouched(asked, met.effects, leaves_alone)


def _unreadable(
    rules: Rules, brand: str, effects: Sequence[Effect], deciders: Deciders
) -> Iterator[Asked]:
    for path in rules.unreadable:
        if path in {SETTINGS, f"brands/{brand}/brand.yaml"}:
            why = f"{path} of the base cannot be read, so what it asks for is not known"
            who = deciders.owners(path)
            yield about(Asked(Kind.REQUIREMENT, "unreadable", why, who, brands=(brand,)), effects)
