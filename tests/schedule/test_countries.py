"""Which zones a country has, and whether a zone keeps the time of one of them."""

from __future__ import annotations

import pytest

from storesync.model.base import known_countries, known_zones
from storesync.schedule.countries import keep_one_time, keeps_time_of, zones_of


def test_every_country_has_zones():
    assert {zone for country in known_countries() for zone in zones_of(country)} <= known_zones()


@pytest.mark.parametrize(
    ("zone", "country", "keeps"),
    [
        ("Asia/Muscat", "AE", True),
        ("Asia/Jakarta", "SG", False),
        ("Asia/Jakarta", "", True),
        ("America/Indiana/Knox", "US", True),
        ("America/Toronto", "US", True),
        ("Europe/Berlin", "US", False),
        ("Europe/Berlin", "XK", True),
        ("America/Denver", "MX", True),  # as Ciudad Juárez
    ],
)
def test_a_zone_and_a_country(zone: str, country: str, *, keeps: bool):
    assert keeps_time_of(zone, country, 2026) is keeps


def test_clocks_that_agree():
    assert keep_one_time(zones_of("DE"), 2026)
    assert not keep_one_time(zones_of("US"), 2026)
