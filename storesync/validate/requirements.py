"""Requirements that can never hold or never be met, and the names in them that point to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from storesync.approval.always import Deciders
from storesync.approval.codeowners import Codeowners
from storesync.approval.decide import fold
from storesync.approval.ownership import Ownership
from storesync.approval.roles import teams_of
from storesync.approval.write import as_owner
from storesync.catalog.catalog import Brand, Catalog
from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.channel import KINDS
from storesync.model.requirement import DecidingRole, Requirement
from storesync.model.template import Variable
from storesync.resolve.layers import variables_of
from storesync.source.tree import SETTINGS

At = tuple[str | int, ...]


def check_requirements(catalog: Catalog, *, whole: bool = True) -> Iterator[Diagnostic]:
    """Yield what is wrong with the requirements of the settings and of brands.

    Where not `whole`, brands are left out, and what the settings name may be theirs; so it may
    where the file of a brand cannot be read.
    """
    brands = {name: brand for name, brand in catalog.brands.items() if brand.file}
    variables = _variables(catalog)
    if catalog.settings is not None:
        rules = catalog.settings.requirements
        is_whole = whole and len(brands) == len(catalog.brands)
        yield from _check(SETTINGS, rules, variables, list(brands.values()) if is_whole else None)
        yield from _check_people(catalog, SETTINGS, rules, brands)
    for name, brand in brands.items():
        if brand.file is not None:
            rules = brand.file.requirements
            yield from _check(brand.path, rules, variables, [brand])
            yield from _check_people(catalog, brand.path, rules, [name])
            yield from _check_categories(brand)


def _variables(catalog: Catalog) -> dict[str, list[Variable]]:
    """Return every declaration of each variable that some template has."""
    found: dict[str, list[Variable]] = {}
    for template in catalog.templates.values():
        for name, variable in variables_of(template).items():
            found.setdefault(name, []).append(variable)
    return found


def _check(
    path: str,
    rules: Sequence[Requirement],
    variables: Mapping[str, list[Variable]],
    brands: Sequence[Brand] | None,
) -> Iterator[Diagnostic]:
    """Yield names that point to nothing; those of categories only where all brands are known."""
    known_brands = brands or ()
    categories = {name for brand in known_brands if brand.file for name in brand.file.categories}
    seen: set[str] = set()
    for index, rule in enumerate(rules):
        at: At = ("requirements", index)
        if rule.id in seen:
            message = f'there is a requirement "{rule.id}" already'
            yield Diagnostic("duplicate-id", message, path, (*at, "id"))
        seen.add(rule.id)
        yield from _check_variable(path, (*at, "when"), rule, variables)
        named: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
            ("categories", "category", () if brands is None else rule.when.categories, categories),
            ("channels", "channel", rule.when.channels, KINDS),
        )
        for field, what, names, known in named:
            for n, name in enumerate(names):
                if name not in known:
                    message = f'there is no {what} "{name}"'
                    hint = did_you_mean(name, known) or f"there are {', '.join(known) or 'none'}"
                    place = (*at, "when", field, n)
                    yield Diagnostic(f"unknown-{what}", message, path, place, hint=hint)


def _check_variable(
    path: str, at: At, rule: Requirement, variables: Mapping[str, list[Variable]]
) -> Iterator[Diagnostic]:
    name, over, under = rule.when.variable, rule.when.over, rule.when.under
    if name is None or not variables:
        return
    if name not in variables:
        message = f'no template has a variable "{name}"'
        hint = did_you_mean(name, variables)
        yield Diagnostic("unknown-variable", message, path, (*at, "variable"), hint=hint)
        return
    if over is None and under is None:
        return
    numbers = [item for item in variables[name] if item.is_number]
    if not numbers:
        message = f'"{name}" is no number, so it is over or under nothing'
        yield Diagnostic("requirement-never-holds", message, path, (*at, "variable"))
        return
    yield from _bound(path, (*at, "over"), name, over, [item.maximum for item in numbers], _above)
    yield from _bound(path, (*at, "under"), name, under, [item.minimum for item in numbers], _below)


def _above(limit: Decimal, bound: Decimal) -> bool:
    return limit > bound


def _below(limit: Decimal, bound: Decimal) -> bool:
    return limit < bound


def _bound(
    path: str,
    at: At,
    name: str,
    bound: Decimal | None,
    limits: Sequence[Decimal | None],
    goes_beyond: Callable[[Decimal, Decimal], bool],
) -> Iterator[Diagnostic]:
    """Yield that a bound lies where no template lets a value be."""
    if bound is None:
        return
    known = [limit for limit in limits if limit is not None]
    if len(known) < len(limits) or any(goes_beyond(limit, bound) for limit in known):
        return
    message = f"{name} is never {at[-1]} {bound}: no template lets it be"
    hint = f"templates bound it at {', '.join(sorted({str(limit) for limit in known}))}"
    yield Diagnostic("requirement-never-holds", message, path, at, hint=hint)


def _check_people(
    catalog: Catalog, path: str, rules: Sequence[Requirement], brands: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield requirements that too few people could meet; who is in a team only its host knows."""
    teams = teams_of(
        catalog.settings, {name: b.file.team for name, b in catalog.brands.items() if b.file}
    )
    deciders = Deciders(teams, Ownership(Codeowners("")))
    addresses = teams.addresses()
    for index, rule in enumerate(rules):
        roles = rule.roles or (() if rule.who else tuple(DecidingRole))
        for brand in [*brands] if roles else [""]:
            who = [*map(as_owner, rule.who), *deciders.in_roles(brand, roles)]
            people = {addresses.get(fold(name), fold(name)) for name in who}
            if len(people) < rule.approvals and not any("/" in name for name in people):
                where = f" in {brand}" if brand else ""
                message = (
                    f"asks for {rule.approvals} approvals; {len(people)} could give one{where}"
                )
                hint = "name more people, a team, or ask for fewer approvals"
                at = ("requirements", index)
                yield Diagnostic("requirement-never-met", message, path, at, hint=hint)
                break


def _check_categories(brand: Brand) -> Iterator[Diagnostic]:
    if brand.file is None:
        return
    known = brand.file.categories
    for name, products in known.items():
        for index, product in enumerate(products):
            if product not in brand.file.products:
                message = f'there is no product "{printable(product)}" in {brand.path}'
                hint = did_you_mean(product, brand.file.products) or "add it under products:"
                at = ("categories", name, index)
                yield Diagnostic("unknown-product", message, brand.path, at, hint=hint)
    for campaign in brand.campaigns.values():
        category = campaign.file.category
        if category is not None and category not in known:
            message = f'there is no category "{category}" in {brand.path}'
            hint = did_you_mean(category, known) or "add it there under categories:"
            yield Diagnostic("unknown-category", message, campaign.path, ("category",), hint=hint)
