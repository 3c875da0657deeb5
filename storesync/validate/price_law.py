"""What the law says of "was/now" claims, by country: the table beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import NamedTuple

from storesync.diagnostics import Severity
from storesync.model.campaign import PriorPriceBasis
from storesync.schedule.zones import instant, local_time

_ELSEWHERE = "elsewhere"


class PriceLaw(NamedTuple):
    """One law: its name and source, how far back it looks, and what it lets count instead."""

    name: str
    source: str
    days: int
    severity: Severity
    bases: frozenset[PriorPriceBasis]

    def first_moment(self, starts: datetime, zone: str) -> datetime:
        """Return from when on (UTC) the law looks back before a reduction; its days are local."""
        local = local_time(starts, zone) - timedelta(days=self.days)
        return instant(local, zone).utc


def law_of(country: str) -> PriceLaw:
    """Return the law of a country (ISO 3166-1 alpha-2), a mild default where none is known."""
    laws = _laws()
    return laws.get(country, laws[_ELSEWHERE])


@cache
def _laws() -> Mapping[str, PriceLaw]:
    import tomllib  # most campaigns claim nothing

    text = resources.files("storesync.validate").joinpath("prior_price.toml").read_text("utf-8")
    found: dict[str, PriceLaw] = {}
    for name, row in tomllib.loads(text).items():
        bases = frozenset(map(PriorPriceBasis, row["bases"]))
        law = PriceLaw(row["name"], row["source"], row["days"], Severity(row["severity"]), bases)
        found |= dict.fromkeys([_ELSEWHERE] if name == _ELSEWHERE else row["countries"], law)
    return found
