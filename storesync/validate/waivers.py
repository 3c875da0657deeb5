"""Exceptions to rules: set aside what a waiver covers, and report waivers that are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from storesync.catalog.catalog import Campaign, Catalog
from storesync.diagnostics import Diagnostic, did_you_mean
from storesync.model.base import read_day
from storesync.model.brand import AVOID
from storesync.source.tree import SETTINGS
from storesync.validate.rules import Rule, rules

if TYPE_CHECKING:
    from storesync.model.waiver import Waiver

# The family of the brands' rules of style: `voice.no-hurry`.
VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Placed:
    """A waiver, where it stands, and the folder (or file) it covers.

    `styles` are the brands' own rules of style, which it may name as `voice.` and their id.
    """

    waiver: Waiver
    path: str
    index: int
    scope: str
    styles: frozenset[str] = frozenset()

    @property
    def covered(self) -> Rule | None:
        """Return the rule that it sets aside, None where there is none of that id."""
        family, dot, style = self.waiver.rule.partition(".")
        if dot and (family != VOICE or style not in self.styles):
            return None
        return rules().get(family)

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Say whether it is for a diagnostic; one of `voice` is for every rule of style."""
        return f"{diagnostic.rule}.".startswith(
            f"{self.waiver.rule}."
        ) and diagnostic.path.startswith(self.scope)


def waivers_of(catalog: Catalog) -> list[Placed]:
    """Return every waiver of a catalog. It covers its file, and what lies beside and below it."""
    placed: list[Placed] = []
    styles = frozenset(
        style
        for brand in catalog.brands.values()
        if brand.file
        for style in (AVOID, *(brand.file.voice.rules if brand.file.voice else ()))
    )

    def add(path: str, waivers: Iterable[Waiver], scope: str) -> None:
        placed.extend(
            Placed(item, path, index, scope, styles) for index, item in enumerate(waivers)
        )

    if catalog.settings:
        add(SETTINGS, catalog.settings.waive, "")
    for template in catalog.templates.values():
        add(template.path, template.file.waive, _folder(template.path))
    for brand in catalog.brands.values():
        add(brand.path, brand.file.waive if brand.file else (), _folder(brand.path))
        for campaign in brand.campaigns.values():
            add(campaign.path, campaign.file.waive, _folder(campaign.path))
            for path, waivers in _beside(campaign):
                add(path, waivers, path)
        for location in brand.locations.values():
            if "waive" in location.own:  # asked first, since there are 10,000
                add(location.path, _waivers(location.own), location.path)
        for defaults in brand.defaults.values():
            add(defaults.path, _waivers(defaults.data), _folder(defaults.path))
    return placed


def _beside(campaign: Campaign) -> Iterator[tuple[str, list[Waiver]]]:
    """Yield the waivers of the files beside campaign.yaml, each for its own file."""
    for override in campaign.overrides.values():
        yield override.path, override.file.waive
    for copy in campaign.copies.values():
        yield copy.path, copy.file.waive


def _folder(path: str) -> str:
    return path.rpartition("/")[0] + "/"


def _waivers(data: Mapping[str, Any]) -> Iterator[Waiver]:
    """Yield the waivers of a file that is kept as data."""
    items = data.get("waive", ())
    if items:
        from storesync.model.waiver import Waiver
    for item in items:
        yield Waiver(
            rule=item["rule"], reason=item["reason"], until=read_day(item["until"]), by=item["by"]
        )


def apply(
    diagnostics: Iterable[Diagnostic], waivers: list[Placed], today: date
) -> Iterator[Diagnostic]:
    """Yield what no waiver in force covers, and what is wrong with the waivers themselves."""
    for item in waivers:
        yield from _check(item, today)
    in_force = [item for item in waivers if item.waiver.until >= today and _may_waive(item)]
    for diagnostic in diagnostics:
        if not any(item.covers(diagnostic) for item in in_force):
            yield diagnostic


def _may_waive(item: Placed) -> bool:
    rule = item.covered
    return rule is not None and rule.waivable


def _check(item: Placed, today: date) -> Iterator[Diagnostic]:
    at = ("waive", item.index)
    if item.covered is None:
        message = f'there is no rule "{item.waiver.rule}"'
        known = {*rules(), *(f"{VOICE}.{style}" for style in item.styles)}
        hint = did_you_mean(item.waiver.rule, known)
        yield Diagnostic("unknown-rule", message, item.path, (*at, "rule"), hint=hint)
    elif not _may_waive(item):
        message = f'the rule "{item.waiver.rule}" cannot be waived'
        yield Diagnostic("unknown-rule", message, item.path, (*at, "rule"))
    elif item.waiver.until < today:
        message = f"the waiver of {item.waiver.rule} ended on {item.waiver.until}"
        hint = "mend what it covered, or have it extended"
        yield Diagnostic("ended-waiver", message, item.path, (*at, "until"), hint=hint)
