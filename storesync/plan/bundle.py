"""Changes that a reviewer decides on as one: the same difference, on all channels together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storesync.plan.change import Action, Change
from storesync.plan.difference import NOTHING, Difference
from storesync.plan.plan import is_odd

_ORDER = {Action.CREATE: 0, Action.UPDATE: 1, Action.WITHDRAW: 2}


@dataclass(frozen=True)
class Bundle:
    """Changes that differ in the same way. `odd` ones are unlike the crowd of their campaign.

    They are of one campaign; where nothing but the locations' own data differs, of all in which it
    does so. Bundles with the same `difference` have the same words, though other dates or reasons.
    """

    action: Action
    brand: str
    campaigns: tuple[str, ...]
    reason: str
    difference: Difference
    changes: tuple[Change, ...]
    odd: bool

    @cached_property
    def channels(self) -> list[str]:
        """Return the channels, by name."""
        return sorted({change.key.channel for change in self.changes})

    @cached_property
    def locales(self) -> list[str]:
        """Return the languages, by name."""
        return sorted({change.key.locale for change in self.changes})

    @cached_property
    def locations(self) -> list[str]:
        """Return the locations, by name."""
        return sorted({change.key.location for change in self.changes})

    @cached_property
    def examples(self) -> list[Change]:
        """Return the changes of one campaign at one location in one language, one a channel.

        It is the first of those that are on the most channels.
        """
        found: dict[tuple[str, str, str], dict[str, Change]] = defaultdict(dict)
        for change in self.changes:
            key = change.key
            found[key.campaign, key.location, key.locale].setdefault(key.channel, change)
        first = min(found, key=lambda place: (-len(found[place]), place))
        return [change for _, change in sorted(found[first].items())]


def bundled(
    changes: Iterable[Change], difference: Callable[[Change], Difference] | None = None
) -> list[Bundle]:
    """Return changes as bundles: odd ones first, then what comes, changes and goes, by size."""
    members: dict[tuple[Action, str, str, str, Difference], list[Change]] = defaultdict(list)
    for change, differs in _differing(changes, difference or (lambda _change: NOTHING)):
        key = (change.action, change.key.brand, change.key.campaign, change.reason, differs)
        members[key].append(change)
    sizes = {key: _by_language(found) for key, found in members.items()}
    largest: dict[tuple[Action, str, str, str], int] = defaultdict(int)
    for key, counts in sizes.items():
        for language, count in counts.items():
            crowd = (*key[:3], language)
            largest[crowd] = max(largest[crowd], count)
    joined: dict[tuple[object, ...], list[Bundle]] = defaultdict(list)
    for key, found in members.items():
        action, brand, campaign, reason, differs = key
        is_unlike = all(
            is_odd(count, largest[*key[:3], language]) for language, count in sizes[key].items()
        )
        own = Bundle(action, brand, (campaign,), reason, differs, tuple(found), is_unlike)
        anywhere = "" if differs.of_location else campaign
        joined[action, brand, anywhere, reason, differs, is_unlike].append(own)
    return _ordered(map(_joined, joined.values()))


def _joined(bundles: Sequence[Bundle]) -> Bundle:
    """Return bundles of several campaigns, which differ in the same way, as one."""
    return replace(
        bundles[0],
        campaigns=tuple(sorted(name for item in bundles for name in item.campaigns)),
        changes=tuple(change for item in bundles for change in item.changes),
    )


def _differing(
    changes: Iterable[Change], difference: Callable[[Change], Difference]
) -> Iterator[tuple[Change, Difference]]:
    """Yield changes with what differs; what comes to a location is one on all its channels.

    Channels with copy of their own have words of their own.
    """
    found = [(change, difference(change)) for change in changes]
    marks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for change, differs in found:
        if change.action is Action.CREATE:
            marks[_at(change)].add(differs.mark)
    for change, differs in found:
        if change.action is Action.CREATE:
            yield change, differs._replace(mark="|".join(sorted(marks[_at(change)])))
        else:
            yield change, differs


def _at(change: Change) -> tuple[str, ...]:
    key = change.key
    return (key.brand, key.campaign, key.location, key.locale, change.reason)


def _ordered(found: Iterable[Bundle]) -> list[Bundle]:
    """Return odd bundles first, then what comes, changes and goes; each by campaign and size."""
    bundles = list(found)
    largest: dict[tuple[object, ...], int] = defaultdict(int)
    for item in bundles:
        largest[_place(item)] = max(largest[_place(item)], len(item.locations))
    return sorted(
        bundles,
        key=lambda item: (
            not item.odd,
            0 if item.odd else _ORDER[item.action],
            -largest[_place(item)],
            item.brand,
            item.campaigns,
            -len(item.locations),
            item.examples[0].key.location,
            item.reason,
            item.difference,
        ),
    )


def _place(bundle: Bundle) -> tuple[object, ...]:
    return bundle.odd, bundle.action, bundle.brand, bundle.campaigns


def _by_language(changes: list[Change]) -> dict[str, int]:
    """Return language -> how many locations: those that few speak are compared among themselves."""
    found: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        found[change.key.locale].add(change.key.location)
    return {language: len(locations) for language, locations in found.items()}


def first_of_each(bundles: Sequence[Bundle], most: int) -> list[Bundle]:
    """Return at most so many bundles in their order; odd ones leave half to others that want it."""
    others = sum(not item.odd for item in bundles)
    odd = max(most - others, most - most // 2)
    shown = [item for item in bundles if item.odd][:odd]
    return [*shown, *[item for item in bundles if not item.odd][: most - len(shown)]]
