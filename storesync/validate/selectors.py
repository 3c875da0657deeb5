"""Selectors and languages for which there is no location, and the likely cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from storesync.catalog.catalog import Brand, Campaign, Location, folders_above
from storesync.diagnostics import Diagnostic, Severity, did_you_mean, printable
from storesync.model.campaign import Criteria, Selector
from storesync.resolve.layers import At
from storesync.resolve.select import is_heard, matches, meets, selected

# The nearest of 25,000 ids takes 0.4 s to find: a long list of wrong ids gets no more hints.
_MOST_SUGGESTED = 5
_MOST_LOCALES = 5


def check_selectors(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield unknown locations in a campaign's selectors, and selectors that match nothing."""
    suggested = 0
    for index, selector in enumerate(campaign.file.select):
        at: At = ("select", index)
        for name, place in _named(selector, at):
            if not brand.has(name):
                suggested += 1
                message = f'there is no location "{printable(name)}" in {brand.id}'
                hint = did_you_mean(name, brand.locations) if suggested <= _MOST_SUGGESTED else ""
                yield Diagnostic("unknown-location", message, campaign.path, place, hint=hint)
        if brand.elsewhere:  # what was left out may be what it matches
            continue
        if not any(matches(selector, location) for location in brand.locations.values()):
            message = "this selector matches no location"
            hint = _why_nothing(selector, list(brand.locations.values()))
            yield Diagnostic("empty-selector", message, campaign.path, at, hint=hint)


def check_locales(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield that no selected location speaks any of the languages that a campaign is for."""
    if not campaign.file.locales or brand.elsewhere or brand.broken_locations:
        return  # what is not looked at may speak one
    places = selected(brand, campaign)
    known = sorted({tag for location in places for tag in location.locales})
    # Locations inherit languages of a brand.yaml, which may not be readable.
    if not known or any(is_heard(campaign, location) for location in places):
        return
    wanted = campaign.file.locales
    message = f"no location of this campaign speaks {_first_of(wanted, 'or')}"
    hint = f"they speak {_first_of(known, 'and')}"
    yield Diagnostic("unspoken-locales", message, campaign.path, ("locales",), hint=hint)


def _first_of(tags: Sequence[str], word: str) -> str:
    if len(tags) > _MOST_LOCALES:
        tags = [*tags[: _MOST_LOCALES - 1], f"{len(tags) - _MOST_LOCALES + 1} more"]
    return f" {word} ".join(filter(None, (", ".join(tags[:-1]), tags[-1])))


def check_overrides(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield local files of locations that there are not, or that the campaign does not select."""
    suggested = 0
    selectors = campaign.file.select
    for name, override in sorted(campaign.overrides.items()):
        location = brand.locations.get(name)
        if location is None:
            if not brand.has(name):
                suggested += 1
                message = f'there is no location "{printable(name)}"'
                hint = did_you_mean(name, brand.locations) if suggested <= _MOST_SUGGESTED else ""
                yield Diagnostic("unknown-location", message, override.path, hint=hint)
        elif selectors and not any(matches(selector, location) for selector in selectors):
            message = f'the campaign does not select "{name}", so this file does nothing'
            hint = "delete it, or widen the campaign's select"
            yield Diagnostic(
                "not-selected", message, override.path, hint=hint, severity=Severity.WARNING
            )


def _named(selector: Selector, at: At) -> Iterator[tuple[str, At]]:
    """Yield every id that a selector names, with its place."""
    yield from ((name, (*at, "ids", index)) for index, name in enumerate(selector.ids))
    for index, item in enumerate(selector.exclude):
        place = (*at, "except", index)
        if isinstance(item, str):
            yield item, place
        else:
            yield from ((name, (*place, "ids", inner)) for inner, name in enumerate(item.ids))


def _why_nothing(selector: Selector, places: list[Location]) -> str:
    """Say which of the criteria alone matches nothing, with the nearest known word."""
    for blame in (_folder, _tags, _countries, _attributes, _ids):
        found = blame(selector, places)
        if found:
            return found
    if any(meets(selector, item) for item in places):
        return "its exceptions take out every location it matches"
    return "each criterion matches some location, but none meets all of them at once"


def _folder(criteria: Criteria, places: list[Location]) -> str:
    if not criteria.folder or any(meets(Criteria(folder=criteria.folder), item) for item in places):
        return ""
    known = {above for item in places for above in folders_above(item.folder) if above}
    return _blame(f'no location lies in folder "{criteria.folder}"', criteria.folder, known)


def _tags(criteria: Criteria, places: list[Location]) -> str:
    known = {tag for item in places for tag in item.data.get("tags", ())}
    tag = next((tag for tag in criteria.tags if tag not in known), "")
    return _blame(f'no location has the tag "{tag}"', tag, known) if tag else ""


def _countries(criteria: Criteria, places: list[Location]) -> str:
    known = {item.country for item in places}
    if not criteria.countries or not known.isdisjoint(criteria.countries):
        return ""
    wanted = " or ".join(criteria.countries)
    return f"no location lies in {wanted}; there are some in {', '.join(sorted(known)) or 'none'}"


def _attributes(criteria: Criteria, places: list[Location]) -> str:
    for name, wanted in criteria.attributes.items():
        known = {
            item.data["attributes"][name]
            for item in places
            if name in item.data.get("attributes", ())
        }
        values = [wanted] if isinstance(wanted, str) else wanted
        if not known:
            names = {key for item in places for key in item.data.get("attributes", ())}
            return _blame(f'no location has the attribute "{name}"', name, names)
        if known.isdisjoint(values):
            shown = printable(" or ".join(values), limit=80)
            return _blame(f'no location has {name}: "{shown}"', (*values, "")[0], known)
    return ""


def _ids(criteria: Criteria, places: list[Location]) -> str:
    known = {item.id for item in places}
    if criteria.ids and known.isdisjoint(criteria.ids):
        return "none of these ids is a location's"
    return ""


def _blame(words: str, word: str, known: Iterable[str]) -> str:
    near = did_you_mean(word, known)
    return f"{words}; {near}" if near else words
