"""What asks for approvals without any settings: owners of files, brands, waivers, the fast lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storesync.approval.asked import Asked, Kind, unique
from storesync.approval.effect import Effect
from storesync.approval.ownership import Owned, Ownership
from storesync.approval.roles import Grant, Role, Teams, grants
from storesync.approval.write import as_owner
from storesync.diagnostics import printable
from storesync.model.waiver import Waiver

_DECIDING = (Role.ADMIN, Role.BRAND_MANAGER)
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class PlacedWaiver:
    """A waiver and the file it stands in."""

    path: str
    waiver: Waiver


class Deciders:
    """Who decides for a brand, as the base's teams say; where they name nobody, CODEOWNERS does."""

    def __init__(self, teams: Teams, ownership: Ownership) -> None:
        self._teams = teams
        self._grants: Sequence[Grant] = grants(teams)
        self.ownership = ownership

    def of_brand(self, brand: str) -> tuple[str, ...]:
        """Return a brand's managers and admins, and the admins of everything."""
        return self.in_roles(brand, _DECIDING) or self.owners(f"brands/{brand}/brand.yaml")

    def in_roles(self, brand: str, roles: Iterable[str]) -> tuple[str, ...]:
        """Return who has one of some roles in a brand, deputies among them."""
        wanted = set(roles)
        # Without admins of everything, those of brands stand in for them, but not in each other's.
        above = {"", brand} if self._teams.admins else {brand}
        found = [item for item in self._grants if item.role in wanted and item.brand in above]
        nearest_first = sorted(found, key=lambda item: (not item.brand, item.role is Role.ADMIN))
        return unique(as_owner(item.member) for item in nearest_first)

    def owners(self, path: str) -> tuple[str, ...]:
        """Return the owners of a path, none where that is in doubt."""
        owned = self.ownership.of(path)
        return () if owned.doubt else owned.owners


def ask_owners(paths: Iterable[str], ownership: Ownership) -> Iterator[Asked]:
    """Yield who owns the changed paths, those with the same owners in one."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for owned in map(ownership.of, sorted(set(paths))):
        why = _doubt(owned)
        found[() if why else owned.owners, why].append(owned.path)
    for (owners, why), owned_paths in found.items():
        shown = some(owned_paths, "files")
        text = f"{shown}: {why}" if why else shown
        yield Asked(Kind.OWNERS, "codeowners", text, owners, paths=tuple(owned_paths))


def _doubt(owned: Owned) -> str:
    if owned.doubt is not None:
        if not owned.doubt.line:  # there is no such file, or GitHub does not load it
            return owned.doubt.message
        return f"{owned.doubt.path}:{owned.doubt.line} is broken and may be about it"
    return "" if owned.owners else "no owner in CODEOWNERS"


def ask_brands(found: Iterable[Effect], deciders: Deciders) -> Iterator[Asked]:
    """Yield that each brand whose artifacts change approves it, by campaign."""
    by_brand: dict[str, dict[str, list[Effect]]] = defaultdict(lambda: defaultdict(list))
    for effect in found:
        by_brand[effect.change.key.brand][effect.change.key.campaign].append(effect)
    for brand, campaigns in by_brand.items():
        counts = [f"{name} ({len(members):,})" for name, members in sorted(campaigns.items())]
        counts = counts if len(counts) > 1 else list(campaigns)
        total = sum(map(len, campaigns.values()))
        changes = "1 change" if total == 1 else f"{total:,} changes"
        told, who = f"{changes} in {listed(counts)}", deciders.of_brand(brand)
        asked = Asked(Kind.BRAND, "brand", told, who, brands=(brand,))
        every = [effect for members in campaigns.values() for effect in members]
        yield untouched(about(asked, every), every, lambda effect: bool(effect.light))


def ask_waivers(
    base: Iterable[PlacedWaiver], head: Iterable[PlacedWaiver], deciders: Deciders
) -> Iterator[Asked]:
    """Yield that a waiver which is new or lasts longer is approved by others than its author."""
    known: dict[tuple[str, str, str], date] = {}
    for item in base:
        key = _name(item)
        known[key] = max(item.waiver.until, known.get(key, item.waiver.until))
    for item in head:
        rule, until = item.waiver.rule, item.waiver.until
        before = known.get(_name(item))
        if before is not None and until <= before:
            continue
        by, reason = printable(item.waiver.by, limit=80), printable(item.waiver.reason, limit=120)
        what = "is waived" if before is None else f"is waived longer than {before},"
        parts = item.path.split("/")
        yield Asked(
            Kind.WAIVER,
            "waiver",
            f"{printable(item.path)}: {printable(rule)} {what} until {until} by {by}: {reason}",
            deciders.owners(item.path),
            besides=(item.waiver.by,),
            brands=(parts[1],) if parts[0] == "brands" else (),
            paths=(item.path,),
        )


def _name(item: PlacedWaiver) -> tuple[str, str, str]:
    return item.path, item.waiver.rule, item.waiver.by


def ask_fast_lane(
    found: Sequence[Effect], paths: Iterable[str], deciders: Deciders
) -> Iterator[Asked]:
    """Yield that one owner suffices, where every change is a light one; else nothing."""
    if not found or not all(effect.light for effect in found):
        return
    why = sorted({effect.light for effect in found})
    place = some([effect.change.key.location for effect in found], "locations")
    owners = unique(owner for path in sorted(set(paths)) for owner in deciders.owners(path))
    told = f"{', '.join(why)}: {place}"
    yield about(Asked(Kind.FAST_LANE, "fast-lane", told, owners, brands=_brands(found)), found)


def about(asked: Asked, found: Iterable[Effect]) -> Asked:
    """Return what is asked as being about some changes and their campaigns."""
    changes = [effect.change for effect in found]
    campaigns = sorted({f"{item.key.brand}/{item.key.campaign}" for item in changes})
    prints = sorted({item.fingerprint for item in changes})
    return replace(asked, campaigns=tuple(campaigns), fingerprints=tuple(prints))


def untouched(
    asked: Asked, found: Iterable[Effect], leaves_alone: Callable[[Effect], bool]
) -> Asked:
    """Return what is asked with the changes that leave alone what it looks at."""
    touched = {effect.change.fingerprint for effect in found if not leaves_alone(effect)}
    return replace(asked, untouched=tuple(x for x in asked.fingerprints if x not in touched))


def _brands(found: Iterable[Effect]) -> tuple[str, ...]:
    return tuple(sorted({effect.change.key.brand for effect in found}))


def some(names: Iterable[str], what: str) -> str:
    """Return one name, or how many there are and the first of them."""
    every = sorted(set(names))
    first = printable(every[0], limit=120)
    return first if len(every) == 1 else f"{len(every):,} {what}, such as {first}"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, the first of many."""
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED:,} more"
