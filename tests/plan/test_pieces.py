"""What is worked out once for many pieces, while campaigns are resolved one after the other."""

from __future__ import annotations

from storesync.catalog.load import load
from storesync.plan.pieces import _Clock
from storesync.resolve.placement import resolve
from storesync.source.tree import MemoryTree

FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    "brands/acme/locations/leith.yaml": (
        "name: Leith\ntimezone: Europe/London\naddress: {city: Leith, country: GB}\n"
    ),
    "brands/acme/campaigns/note/campaign.yaml": (
        "name: Note\ntemplate: shared/note\nflight: {start: 2026-12-01}\nchannels: [web]\n"
    ),
    "templates/shared/note/template.yaml": "name: Note\nvariables: {}\n",
    "templates/shared/note/web.html.j2": "Hello\n",
}


def test_a_context_that_was_freed_is_never_taken_for_another():
    """One campaign's may be gone when the next is resolved, and its place in memory used again."""
    catalog = load(MemoryTree({path: text.encode() for path, text in FILES.items()}))
    brand = catalog.brands["acme"]
    campaign = brand.campaigns["note"]
    [placement] = resolve(catalog, campaign).placements
    clock = _Clock(catalog, brand)
    flight = campaign.file.flight
    for number in range(100):
        seen = clock.with_flight(placement._replace(shared={"number": number}), flight)
        assert seen["number"] == number
