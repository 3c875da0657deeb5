"""Which requirements ask somebody, by name or by role: what `whoami` tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from storesync.approval.decide import fold
from storesync.approval.roles import Grant
from storesync.model.requirement import DecidingRole, Requirement


@dataclass(frozen=True, slots=True)
class Asks:
    """A requirement that may be met by somebody. `brand` is "" for all brands."""

    brand: str
    requirement: Requirement

    @property
    def when(self) -> str:
        """Return its conditions as they stand in the file, "" where every change is meant."""
        said = self.requirement.when.model_dump(exclude_defaults=True, mode="json")
        return ", ".join(f"{name}: {_shown(value)}" for name, value in said.items())


def asking(
    requirements: Iterable[tuple[str, Requirement]],
    names: Collection[str],
    mine: Sequence[Grant],
) -> Iterator[Asks]:
    """Yield the requirements, given with their brand, that ask one of `names` (folded) or a role.

    Who is in a team of the code host is not known here.
    """
    for brand, item in requirements:
        if not {fold(name) for name in item.who}.isdisjoint(names):
            yield Asks(brand, item)
            continue
        roles = {role.value for role in item.roles or (() if item.who else DecidingRole)}
        held = [grant.brand for grant in mine if grant.role.value in roles]
        brands = {brand or own for own in held if not (brand and own) or brand == own}
        yield from (Asks(name, item) for name in ([""] if "" in brands else sorted(brands)))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
