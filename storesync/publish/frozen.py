"""Of what nothing may be concluded: placements with an error in a file they hang on.

What is unreadable or invalid is never absent: its deliveries stay, and nothing new goes out.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from storesync.catalog.catalog import Catalog
from storesync.catalog.layout import Kind, place_of
from storesync.diagnostics import Diagnostic, Severity
from storesync.plan.change import PlacementKey

# Rules about the name of a file: what it is for is there, under a name that says nothing.
_MISNAMED = frozenset(
    {"unknown-file", "invalid-id", "invalid-copy-name", "reserved-name", "linked-file"}
)


class Frozen:
    """Says why a placement is frozen, from a tree's errors. An empty answer means it is not."""

    def __init__(self, catalog: Catalog, diagnostics: Iterable[Diagnostic]) -> None:
        self._catalog = catalog
        self._all = ""
        self._brands: dict[str, str] = {}
        self._campaigns: dict[tuple[str, str], str] = {}
        self._locations: dict[tuple[str, str], str] = {}
        self._templates: dict[str, str] = {}
        self._held: dict[PlacementKey, str] = {}
        self._unproven: dict[PlacementKey, str] = {}
        self._channels: dict[str, str] = {}
        self._barred: dict[tuple[str, str], str] = {}
        self._by_template = functools.cache(self._template)
        for diagnostic in diagnostics:
            if diagnostic.rule in _MISNAMED:
                self._add_misnamed(diagnostic)
            if diagnostic.severity is Severity.ERROR:
                self._add(diagnostic)
        for brand in catalog.brands.values():
            for location in brand.broken_locations:
                reason = self._locations.get((brand.id, location), "its file has an error")
                self._locations[brand.id, location] = reason
            for campaign in brand.broken_campaigns:
                self._campaigns.setdefault((brand.id, campaign), "a file of it has an error")

    def _add(self, diagnostic: Diagnostic) -> None:
        place = place_of(diagnostic.path)
        reason = f"error in {diagnostic.path} [{diagnostic.rule}]"
        if place is None or place.kind is Kind.SETTINGS:
            if not diagnostic.path.startswith(("brands/", "templates/")):
                self._all = reason
        elif place.kind is Kind.BRAND:
            self._brands[place.owner] = reason
        elif place.campaign:
            self._campaigns[place.owner, place.campaign] = reason
        elif place.kind is Kind.LOCATION:
            self._locations[place.owner, place.id] = reason
        elif place.kind is Kind.DEFAULTS:
            for location in self._below(place.owner, place.folder):
                self._locations[place.owner, location] = reason
        else:
            self._templates[f"{place.owner}/{place.id}"] = reason

    def _add_misnamed(self, diagnostic: Diagnostic) -> None:
        """Freeze what a file with a wrong name or ending stands for: `Leith.yml` is leith.

        In an archive it stands for nothing that could go out.
        """
        parts = diagnostic.path.lower().split("/")
        reason = f"{diagnostic.path} cannot be read by that name [{diagnostic.rule}]"
        is_archived = diagnostic.path.split("/")[2:3] == ["archive"]
        if parts[0] != "brands" or len(parts) < 2 or is_archived:
            return
        if len(parts) > 4 and parts[2] == "campaigns":
            self._campaigns[parts[1], parts[3]] = reason
        elif len(parts) > 3 and parts[2] == "locations":
            self._locations[parts[1], parts[-1].split(".")[0]] = reason
        else:
            self._brands[parts[1]] = reason

    def _below(self, owner: str, folder: str) -> list[str]:
        brand = self._catalog.brands.get(owner)
        return [
            location.id
            for location in (brand.locations.values() if brand else ())
            if not folder or location.folder == folder or location.folder.startswith(f"{folder}/")
        ]

    def stop(self, brand: str, campaign: str, reason: str) -> None:
        """Freeze a campaign for a reason that shows later: a location fails to render."""
        self._campaigns.setdefault((brand, campaign), reason)

    def bar(self, brand: str, campaign: str, reason: str) -> None:
        """Freeze a campaign in which nothing may be done at all: its ledger is damaged."""
        self._barred[brand, campaign] = reason
        self.stop(brand, campaign, reason)

    def bound(self, key: PlacementKey) -> str:
        """Return why a placement may not even be recalled, or an empty string.

        An error in a file is no such reason: what a person takes down needs no file.
        """
        reason = self._held.get(key) or self._channels.get(key.channel)
        return reason or self._barred.get((key.brand, key.campaign), "")

    def hold(self, key: PlacementKey, reason: str) -> None:
        """Freeze one placement."""
        self._held[key] = reason

    def mistrust(self, key: PlacementKey, reason: str) -> None:
        """Freeze one placement that lacks a proof; people may still take down what is out."""
        self._unproven[key] = reason

    def close(self, channel: str, reason: str) -> None:
        """Freeze all that is on a channel."""
        self._channels[channel] = reason

    def rename(self, what: str, brand: str, old: str, reason: str) -> None:
        """Freeze what an unnamed new id stood for before: nothing of it is withdrawn."""
        if what == "brand":
            self._brands[old] = reason
        elif what == "location":
            self._locations[brand, old] = reason
        else:
            self._campaigns[brand, old] = reason

    def campaign(self, brand: str, campaign: str) -> str:
        """Return why a whole campaign is frozen, or an empty string."""
        reason = self._all or self._brands.get(brand) or self._campaigns.get((brand, campaign))
        return reason or self._by_template(brand, campaign)

    def _template(self, brand: str, campaign: str) -> str:
        known = self._catalog.brands.get(brand)
        item = known.campaigns.get(campaign) if known else None
        if item is None:
            return ""
        ref = item.file.template
        if ref in self._catalog.broken_templates:
            return f"template {ref} has an error"
        owner = ref.partition("/")[0]
        for name in (ref, f"{owner}/_includes", "shared/_includes"):
            if name in self._templates:
                return self._templates[name]
        return ""

    def placement(self, key: PlacementKey) -> str:
        """Return why a placement is frozen, or an empty string."""
        reason = (
            self._held.get(key)
            or self._unproven.get(key)
            or self._channels.get(key.channel)
            or self._locations.get((key.brand, key.location), "")
        )
        return reason or self.campaign(key.brand, key.campaign)
