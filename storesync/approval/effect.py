"""What a change of a plan does to values: which facts differ, and whether it is a light one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from storesync.approval.category import categories_of, regulated
from storesync.approval.facts import Meaning, claimed, meaning
from storesync.catalog.catalog import Campaign, Catalog
from storesync.model.slot import COPY, FORMS
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.piece import Piece, by_key, change_to
from storesync.resolve.placement import template_of
from storesync.schedule.window import Window, intersect

DATA = "location data"
WORDS = "text without facts"
REVERT = "back to what was approved before"
# What templates see beside variables, and what a difference in it means.
_FACTS_BESIDE = frozenset({"legal", "product", "product_name", "offer", "currency"})
_DATA = frozenset({"location", "location_name", "city"})
_CAMPAIGN = frozenset({"campaign", "campaign_name"})
_TEMPLATE = "the template"
# What tells how copy is filled; the words themselves stand under their own names.
_MARKS = frozenset({COPY, FORMS})
# Follow from a value or are told by a nearer name, so people are not told twice.
_DERIVED = frozenset({"offer", "product_name"})


@dataclass(frozen=True, slots=True)
class Effect:
    """A change with what it does to values.

    `before` and `after` are what the template sees, empty where there is nothing. `differs` are
    the names of what differs in them, `facts` those of them that state one. `light` says why the
    fast lane is open to it, "" where it is not. `categories` are the campaign's regulated ones.
    `content` says that nothing but what customers see differs: neither dates nor places.
    """

    change: Change
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    differs: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    light: str = ""
    categories: frozenset[str] = frozenset()

    @property
    def told(self) -> list[str]:
        """Return the names of the facts that differ, as people are told them."""
        return sorted(self.facts - _DERIVED) or sorted(self.facts)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both trees of a review plan, understood: what stands, and what is proposed.

    `states` says whether a text in a language states a fact that no figure shows: free, Monday.
    """

    catalogs: tuple[Catalog, Catalog]
    pieces: tuple[Iterable[Piece], Iterable[Piece]]
    states: Callable[[str, str], bool]
    paths: frozenset[str] = frozenset()

    def is_redrawn(self, template: str) -> bool:
        """Say whether a file that shapes a template's artifacts is among those that changed."""
        own = f"templates/{template}/"
        return any(
            path.startswith(own) or (path.startswith("templates/") and "/_includes/" in path)
            for path in self.paths
        )


def effects(changes: Iterable[Change], sides: Sides, approved: AbstractSet[str]) -> list[Effect]:
    """Return what each change of a review plan does to values.

    `approved` are the fingerprints of changes that were approved before.
    """
    wanted = list(changes)
    look = _Look(sides, approved, {change.key for change in wanted})
    return [look.effect(change) for change in wanted]


class _Look:
    """Looks at the pieces behind changes; what many of them share is compared once."""

    def __init__(
        self, sides: Sides, approved: AbstractSet[str], keys: AbstractSet[PlacementKey]
    ) -> None:
        self._sides = sides
        self._approved = approved
        self._old, self._new = (by_key(pieces, keys) for pieces in sides.pieces)
        self._meanings: dict[tuple[str, str, str], Meaning] = {}
        self._redrawn: dict[str, bool] = {}
        self._categories: dict[tuple[str, str], frozenset[str]] = {}
        self._compared: dict[tuple[int, int, int], tuple[frozenset[str], frozenset[str]]] = {}

    def effect(self, change: Change) -> Effect:
        """Return what one change does."""
        categories = self._category(change.key.brand, change.key.campaign)
        if change.action is Action.WITHDRAW:
            return Effect(change, {}, {}, categories=categories)
        new = next(item for item in self._new[change.key] if item.starts == change.starts)
        olds = _taken_over(self._old.get(change.key, ()), new)
        means = self._meaning(new)
        if not olds:
            differs, facts = self._alone(new, means)
        else:
            found = [self._between(old, new, means) for old in olds]
            differs, facts = (frozenset().union(*sides) for sides in zip(*found, strict=True))
        redrawn = any(map(self._is_redrawn, (new, *olds)))
        light = ""
        if len(olds) == 1 and _is_content_alone(olds[0], new):
            firm = facts & (means.facts | _FACTS_BESIDE)
            light = "" if facts or redrawn else _words_or_data(differs, means)
            if not light and not firm and self._was_approved(change, new):
                light = REVERT
        if redrawn or any(old.template != new.template for old in olds):
            facts |= {_TEMPLATE}
        before = olds[0].shared if olds else {}
        return Effect(change, before, new.shared, differs, facts, light, categories)

    def _alone(self, new: Piece, means: Meaning) -> tuple[frozenset[str], frozenset[str]]:
        """Return what is new where nothing was: every value is."""
        key = (0, id(new.shared), id(means))
        if key not in self._compared:
            seen = new.shared
            differs = {n for n, value in seen.items() if value is not None and n not in _MARKS}
            facts = {name for name in differs if means.is_fact(name, seen[name])}
            facts |= self._stated(differs, (seen,), means)
            facts |= {"product"} if seen.get("product") is not None else set()
            self._compared[key] = (frozenset(differs), frozenset(facts))
        return self._compared[key]

    def _between(
        self, old: Piece, new: Piece, means: Meaning
    ) -> tuple[frozenset[str], frozenset[str]]:
        differs, facts = self._shared(old.shared, new.shared, means)
        own = _different(old.own, new.own)
        for one, two in zip(old.own.get("locales", ()), new.own.get("locales", ()), strict=False):
            more, facts_there = self._shared(one, two, means)
            differs, facts = differs | more, facts | facts_there
        if "location" in own and _labels_say_facts(old.own, new.own, means):
            facts |= {"attributes"}
        return differs | own, facts | (own & _FACTS_BESIDE)

    def _shared(
        self, old: Mapping[str, Any], new: Mapping[str, Any], means: Meaning
    ) -> tuple[frozenset[str], frozenset[str]]:
        key = (id(old), id(new), id(means))
        if key not in self._compared:
            differs = _different(old, new)
            facts = {n for n in differs if means.is_fact(n, old.get(n), new.get(n))}
            facts |= (differs & _FACTS_BESIDE) | self._stated(differs, (old, new), means)
            names = (old.get("campaign_name"), new.get("campaign_name"))
            if "campaign_name" in differs and any(means.says_fact(str(text)) for text in names):
                facts.add("campaign_name")
            self._compared[key] = (differs, frozenset(facts))
        return self._compared[key]

    def _stated(
        self, names: Iterable[str], seen: Iterable[Mapping[str, Any]], means: Meaning
    ) -> set[str]:
        """Return those of some variables whose words state a fact, before or after."""
        return {
            name
            for name in names
            if name in means.texts or name == "campaign_name"
            for context in seen
            if isinstance(text := context.get(name), str)
            and self._sides.states(text, str(context.get("locale", "")))
        }

    def _was_approved(self, change: Change, new: Piece) -> bool:
        """Say whether the very same artifact was approved before at this place and time."""
        if not self._approved or not change.artifact:
            return False
        again = (change_to(new, a, change.artifact, "") for a in (Action.CREATE, Action.UPDATE))
        return any(item.fingerprint in self._approved for item in again)

    def _is_redrawn(self, piece: Piece) -> bool:
        name = piece.template
        if name not in self._redrawn:
            self._redrawn[name] = self._sides.is_redrawn(name)
        return self._redrawn[name]

    def _meaning(self, piece: Piece) -> Meaning:
        key = (piece.key.brand, piece.key.campaign, piece.template)
        if key not in self._meanings:
            brands = [catalog.brands.get(piece.key.brand) for catalog in self._sides.catalogs]
            files = [brand.file for brand in brands if brand and brand.file]
            templates = []
            for catalog in self._sides.catalogs:
                campaign = _campaign(catalog, piece.key.brand, piece.key.campaign)
                found = template_of(catalog, campaign) if campaign else None
                templates += [found] if found else []
            self._meanings[key] = meaning(
                templates, [word for file in files for word in claimed(file)]
            )
        return self._meanings[key]

    def _category(self, brand: str, campaign: str) -> frozenset[str]:
        """Return a campaign's categories before and after, under its earlier ids too."""
        key = (brand, campaign)
        if key not in self._categories:
            base, head = self._sides.catalogs
            found = _campaign(head, *key)
            names = [campaign, *(found.file.formerly if found else ())]
            # What is regulated by either: a proposal sets aside nothing that it has to meet.
            known = [*regulated(base, brand), *regulated(head, brand)]
            places = [(head, campaign), *((base, name) for name in names)]
            sides = [categories_of(_campaign(side, brand, name), known) for side, name in places]
            self._categories[key] = frozenset().union(*sides)
        return self._categories[key]


def _campaign(catalog: Catalog, brand: str, campaign: str) -> Campaign | None:
    found = catalog.brands.get(brand)
    return found.campaigns.get(campaign) if found else None


def _taken_over(old: Iterable[Piece], new: Piece) -> list[Piece]:
    """Return the stretches that a new one takes the place of, none where there was nothing."""
    window = Window(new.starts, new.ends)
    return [item for item in old if intersect(Window(item.starts, item.ends), window)]


def _is_content_alone(old: Piece, new: Piece) -> bool:
    """Say whether nothing but what customers see may differ."""
    one, two = (
        (item.starts, item.ends, item.flight, item.if_late, item.template, item.locales)
        for item in (old, new)
    )
    return one == two


def _different(one: Mapping[str, Any], other: Mapping[str, Any]) -> frozenset[str]:
    names = (one.keys() | other.keys()) - _MARKS
    return frozenset(name for name in names if one.get(name) != other.get(name))


def _labels_say_facts(old: Mapping[str, Any], new: Mapping[str, Any], means: Meaning) -> bool:
    """Say whether attributes differ that state a fact: they may be named anything, `price` too."""
    one, two = (own["location"].get("attributes") or {} for own in (old, new))
    changed = _different(one, two)
    return any(means.says_fact(str(side[n])) for side in (one, two) for n in changed if n in side)


def _words_or_data(differs: frozenset[str], means: Meaning) -> str:
    """Return what a difference without facts is about, "" where it is more than words and data."""
    told = differs - _DATA - {"locales"}
    if not all(means.is_words(name) or name in _CAMPAIGN for name in told):
        return ""
    parts = [*([WORDS] if told else []), *([DATA] if differs & _DATA else [])]
    return " and ".join(parts)
