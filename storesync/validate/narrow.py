"""Working out only the locations whose files changed, where nothing else did.

What a location's file says matters to that location alone. What does hang on several of them is
compared here: that the ids are the same, that every selector still matches something, and that
nothing is said of any other file that was not said before. Whatever is in doubt is answered with
None, and everything is worked out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

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


class Kept(NamedTuple):
    """What is kept of inputs between runs: which of them are others by now can be told from it.

    `paths` is a hash of the location files' paths, `contents` their ids in order of path, one
    after the other: ten thousand names need not be read to compare them. `witnesses` are, for
    each selector of each campaign, some paths that it matches, and for its languages some that
    speak one.
    """

    rest: str
    paths: str
    contents: str
    witnesses: Sequence[Sequence[str]] = ()


class Inputs:
    """What an outcome is worked out from.

    `rest` is a hash of everything but the location files; `locations` are path -> id of the
    bytes, in order of path.
    """

    def __init__(self, rest: str, locations: Mapping[str, str]) -> None:
        self.rest = rest
        self.locations = locations
        self._paths = _hash("\0".join(locations))
        self._contents = "".join(locations.values())

    @property
    def key(self) -> str:
        """Return a hash of all of it."""
        return _hash(f"{self.rest} {self._paths} {self._contents}")

    def kept(self, witnesses: Sequence[Sequence[str]] = ()) -> Kept:
        """Return what is kept of these inputs."""
        return Kept(self.rest, self._paths, self._contents, witnesses)

    def kept_after(self, before: Kept, changed: Collection[str]) -> Kept:
        """Return what is kept, with the witnesses of those before that did not change."""
        some = [[path for path in each if path not in changed] for each in before.witnesses]
        return self.kept(some)

    def changed_since(self, before: Kept) -> frozenset[str] | None:
        """Return the location files that alone are others than before, None: that is not all."""
        if (before.rest, before.paths) != (self.rest, self._paths):
            return None
        changed: frozenset[str] = frozenset()
        if before.contents != self._contents:
            width = len(before.contents) // len(self.locations)
            starts = range(0, len(before.contents), width)
            known = (before.contents[start : start + width] for start in starts)
            pairs = zip(self.locations.items(), known, strict=True)
            changed = frozenset(path for (path, content), then in pairs if content != then)
        lost = changed and any(changed.issuperset(some) for some in before.witnesses)
        return None if lost or len(changed) > MOST else changed


def inputs_of(ids: Mapping[str, str], *more: str) -> Inputs:
    """Return the inputs of an outcome that hangs on files (path -> content id) and on `more`."""
    locations = {path: ids[path] for path in sorted(ids) if is_location(path)}
    rest = [f"\0{path}\0{ids[path]}" for path in sorted(ids.keys() - locations.keys())]
    return Inputs(_hash("\0".join(more) + "".join(rest)), locations)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


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
