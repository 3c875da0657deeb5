"""Placements that were known under another key: a renamed id, another language or destination.

A message that was sent is final; under its new key it must be known, or it would be sent a second
time. Anything else moves: it is taken down under the old key and put up under the new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.live import Live

# (brand, "location/old") -> new id; brands under ("", "brand/old").
Renamed = Mapping[tuple[str, str], str]


def present(renamed: Renamed, key: PlacementKey) -> PlacementKey | None:
    """Return the key of a placement now, or None where no id of it has changed."""
    if not renamed:
        return None
    brand = renamed.get(("", f"brand/{key.brand}"), key.brand)
    location = renamed.get((brand, f"location/{key.location}"), key.location)
    campaign = renamed.get((brand, f"campaign/{key.campaign}"), key.campaign)
    new = key._replace(brand=brand, location=location, campaign=campaign)
    return new if new != key else None


def moved(renamed: Renamed, known: Iterable[PlacementKey]) -> dict[PlacementKey, PlacementKey]:
    """Return new key -> old key of those whose ids have changed."""
    return {new: key for key in known if (new := present(renamed, key)) is not None}


def named_now(renamed: Renamed, live: Mapping[PlacementKey, Live]) -> Mapping[PlacementKey, Live]:
    """Return what is known by the keys that placements have now: of several that which is out."""
    if not renamed:
        return live
    by_state = sorted(live, key=lambda key: live[key].out)
    return {present(renamed, key) or key: live[key] for key in by_state}


def inherited(
    renamed: Renamed,
    sent: Iterable[PlacementKey],
    known: Collection[PlacementKey],
    wanted: Collection[PlacementKey],
) -> dict[PlacementKey, PlacementKey]:
    """Return new key -> old key of messages that were sent before their key changed.

    `sent` are messages that went out, `known` all keys of which anything is known. `wanted` are
    the keys that a tree asks for: one of them that nobody knows, beside a message that nobody
    wants any more at the same place, is that message in another language or list.
    """
    heirs: dict[PlacementKey, PlacementKey] = {}
    orphans: dict[tuple[str, ...], PlacementKey] = {}
    for key in sent:
        new = present(renamed, key)
        if new is not None and new not in known:
            heirs[new] = key
        place: tuple[str, ...] = (new or key)[:4]
        if (new or key) not in wanted:
            orphans[place] = key
    strangers: dict[tuple[str, ...], list[PlacementKey]] = defaultdict(list)
    for key in wanted:
        if key not in known and key not in heirs:
            strangers[key[:4]].append(key)
    for place, keys in strangers.items():
        if place in orphans:
            heirs |= dict.fromkeys(keys, orphans[place])
    return heirs


def inheritance(new: PlacementKey, old: PlacementKey, record: Live) -> Change:
    """Return what the ledger has to say of a message that was sent under another key."""
    return Change(
        action=Action.CREATE,
        key=new,
        starts=record.starts,
        ends=record.ends,
        fingerprint=record.fingerprint,
        artifact=record.artifact,
        reason=told_sent(new, old),
        explained=True,
    )


def settled(
    heirs: Mapping[PlacementKey, PlacementKey],
    live: Mapping[PlacementKey, Live],
    frozen: Callable[[PlacementKey], str],
) -> tuple[Change, ...]:
    """Return what the ledger has to say of heirs (new key -> old key): it counts for good.

    So nothing is said where nothing may be concluded about either key; such a reason may end.
    """
    return tuple(
        inheritance(new, old, live[old])
        for new, old in heirs.items()
        if not frozen(new) and not frozen(old)
    )


def told_now(old: PlacementKey, new: PlacementKey) -> str:
    """Say what a placement is called now; a location's id only where that has changed."""
    return f"now {_called(new, old)}"


def told_before(new: PlacementKey, old: PlacementKey) -> str:
    """Say what a placement was called before."""
    return f"was {_called(old, new)}"


def told_sent(new: PlacementKey, old: PlacementKey) -> str:
    """Say under which other ids, in which language or to whom a message was sent."""
    ids = old._replace(locale=new.locale, destination=new.destination)
    parts = [] if ids == new else [_called(old, new)]
    parts = [part if part.startswith("at ") else f"as {part}" for part in parts]
    if old.locale != new.locale:
        parts.append(f"in {old.locale}")
    if old.destination != new.destination:
        parts.append(f"to {old.destination}")
    return " ".join(["sent already", *parts])


def _called(one: PlacementKey, other: PlacementKey) -> str:
    """Return what of one key differs from another: its brand, campaign and location."""
    parts = []
    if one.brand != other.brand:
        parts.append(f"{one.brand}/{one.campaign}")
    elif one.campaign != other.campaign:
        parts.append(one.campaign)
    if one.location != other.location:
        parts.append(f"at {one.location}")
    return " ".join(parts)
