"""Exceptions to rules: set aside what a waiver covers, and report waivers that are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from storesync.catalog.catalog import Catalog
from storesync.diagnostics import Diagnostic
from storesync.model.base import read_day
from storesync.model.waiver import Waiver
from storesync.validate.rules import rules


@dataclass(frozen=True, slots=True)
class Placed:
    """A waiver, where it stands, and the folder (or file) it covers."""

    waiver: Waiver
    path: str
    index: int
    scope: str


def waivers_of(catalog: Catalog) -> list[Placed]:
    """Return every waiver of a catalog. It covers its file, and what lies beside and below it."""
    placed: list[Placed] = []

    def add(path: str, waivers: Iterable[Waiver], scope: str) -> None:
        placed.extend(Placed(item, path, index, scope) for index, item in enumerate(waivers))

    if catalog.settings:
        add("storesync.yaml", catalog.settings.waive, "")
    for template in catalog.templates.values():
        add(template.path, template.file.waive, template.path.rpartition("/")[0] + "/")
    for brand in catalog.brands.values():
        if brand.file:
            add(brand.path, brand.file.waive, f"brands/{brand.id}/")
        for campaign in brand.campaigns.values():
            add(campaign.path, campaign.file.waive, campaign.path.rpartition("/")[0] + "/")
            for override in campaign.overrides.values():
                add(override.path, override.file.waive, override.path)
        for location in brand.locations.values():
            if location.own.get("waive"):
                add(location.path, map(_waiver, location.own["waive"]), location.path)
        for defaults in brand.defaults.values():
            if defaults.data.get("waive"):
                scope = defaults.path.rpartition("/")[0] + "/"
                add(defaults.path, map(_waiver, defaults.data["waive"]), scope)
    return placed


def _waiver(data: dict[str, str]) -> Waiver:
    return Waiver(
        rule=data["rule"], reason=data["reason"], until=read_day(data["until"]), by=data["by"]
    )


def apply(
    diagnostics: Iterable[Diagnostic], waivers: list[Placed], today: date
) -> Iterator[Diagnostic]:
    """Yield what no waiver in force covers, and what is wrong with the waivers themselves."""
    for item in waivers:
        yield from _check(item, today)
    in_force = [item for item in waivers if item.waiver.until >= today and _may_waive(item)]
    for diagnostic in diagnostics:
        if not any(
            item.waiver.rule == diagnostic.rule and diagnostic.path.startswith(item.scope)
            for item in in_force
        ):
            yield diagnostic


def _may_waive(item: Placed) -> bool:
    rule = rules().get(item.waiver.rule)
    return rule is not None and rule.waivable


def _check(item: Placed, today: date) -> Iterator[Diagnostic]:
    at = ("waive", item.index)
    if item.waiver.rule not in rules():
        message = f'there is no rule "{item.waiver.rule}"'
        yield Diagnostic("unknown-rule", message, item.path, (*at, "rule"))
    elif not _may_waive(item):
        message = f'the rule "{item.waiver.rule}" cannot be waived'
        yield Diagnostic("unknown-rule", message, item.path, (*at, "rule"))
    elif item.waiver.until < today:
        message = f"the waiver of {item.waiver.rule} ended on {item.waiver.until}"
        hint = "mend what it covered, or have it extended"
        yield Diagnostic("ended-waiver", message, item.path, (*at, "until"), hint=hint)
