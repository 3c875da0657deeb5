"""Working out only the locations whose files changed, where nothing else did.

What a location's file says matters to that location alone. What does hang on several of them is
compared here: that the ids are the same, that every selector still matches something, and that
nothing is said of any other file that was not said before. Whatever is in doubt is answered with
None, and everything is worked out.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from storesync.diagnostics import Diagnostic, Severity
from storesync.source.part import is_location

if TYPE_CHECKING:
    from storesync.catalog.catalog import Catalog
    from storesync.model.campaign import Selector

# With more changed files than this, working out everything costs little more.
MOST = 500
# Rules that compare a location's file with those of other locations, or count their zones.
_COMPARING = frozenset({"duplicate-id", "renamed-id", "time-in-gap", "time-twice"})
_WITNESSES = 3


@dataclass(frozen=True)
class Inputs:
    """What an outcome was worked out from.

    `rest` is a hash of everything but the location files; `locations` are path -> id of the
    bytes. `witnesses` are, for each selector of each campaign, some paths that it matches, and
    for its languages some that speak one.
    """

    rest: str
    locations: Mapping[str, str]
    witnesses: Sequence[Sequence[str]] = ()

    @functools.cached_property
    def key(self) -> str:
        """Return a hash of all of it."""
        hasher = hashlib.blake2b(self.rest.encode(), digest_size=16)
        hasher.update("\0".join([*self.locations, *self.locations.values()]).encode())
        return hasher.hexdigest()

    def after(self, before: Inputs, changed: Collection[str]) -> Inputs:
        """Return these inputs with the witnesses of those before that did not change."""
        some = [[path for path in each if path not in changed] for each in before.witnesses]
        return replace(self, witnesses=some)

    def to_data(self) -> dict[str, Any]:
        """Return all of it as a cache keeps it."""
        return {"rest": self.rest, "locations": self.locations, "witnesses": self.witnesses}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Inputs:
        """Return what `to_data` was made from."""
        return cls(data["rest"], data["locations"], data["witnesses"])


def inputs_of(ids: Mapping[str, str], *more: str) -> Inputs:
    """Return the inputs of an outcome that hangs on files (path -> content id) and on `more`."""
    locations = {path: ids[path] for path in sorted(ids) if is_location(path)}
    hasher = hashlib.blake2b("\0".join(more).encode(), digest_size=16)
    for path in sorted(ids.keys() - locations.keys()):
        hasher.update(f"\0{path}\0{ids[path]}".encode())
    return Inputs(hasher.hexdigest(), locations)


def changed_locations(before: Inputs, now: Inputs) -> frozenset[str] | None:
    """Return the location files that alone differ, None where that is not all."""
    if before.rest != now.rest or before.locations.keys() != now.locations.keys():
        return None
    changed = frozenset(
        path for path, content in now.locations.items() if before.locations[path] != content
    )
    lost = changed and any(changed.issuperset(some) for some in before.witnesses)
    return None if lost or len(changed) > MOST else changed


def witnesses_of(catalog: Catalog) -> list[list[str]]:
    """Return for each selector that tags and the like decide on some paths that it matches.

    And for each campaign in some languages alone, some that it selects and that speak one.
    """
    from storesync.resolve.select import is_heard, matches

    found = []
    for campaign in catalog.campaigns():
        locations = catalog.brands[campaign.brand].locations.values()
        tests = [partial(matches, item) for item in filter(_reads_content, campaign.file.select)]
        if campaign.file.locales:
            tests.append(partial(is_heard, campaign))
        for is_met in tests:
            met = (location.path for location in locations if is_met(location))
            found.append(list(islice(met, _WITNESSES)))
    return found


def _reads_content(selector: Selector) -> bool:
    """Say whether more than the path of a file decides on what a selector matches."""
    criteria = [selector, *(item for item in selector.exclude if not isinstance(item, str))]
    return any(item.tags or item.countries or item.attributes for item in criteria)


def stands_alone(catalog: Catalog) -> bool:
    """Say whether a catalog of some locations can be judged without the others."""
    return not any(
        brand.elsewhere & (brand.locations.keys() | brand.broken_locations)
        or any(location.own.get("formerly") for location in brand.locations.values())
        for brand in catalog.brands.values()
    )


def combined(
    before: Iterable[Diagnostic],
    found: Iterable[Diagnostic],
    locations: Collection[str],
    changed: Collection[str],
) -> list[Diagnostic] | None:
    """Return what is wrong in all, from what was and what is found in a part; None: not known.

    `locations` are the paths of all location files, `changed` those of the part.
    """
    there: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for item in before:
        if item.rule in _COMPARING or (item.path in changed and _is_error(item)):
            return None
        if item.path not in changed:
            (there if item.path in locations else rest).append(item)
    here = [item for item in found if item.path in changed]
    if any(_is_error(item) for item in [*here, *rest]):  # those elsewhere count locations
        return None
    if [item for item in found if item.path not in changed] != rest:
        return None
    return sorted([*there, *here, *rest], key=lambda item: item.sort_key)


def _is_error(item: Diagnostic) -> bool:
    return item.severity is Severity.ERROR
