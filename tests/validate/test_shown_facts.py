"""What a template says by itself is held to the facts, too: literals, choices, titles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.catalog.load import load
from storesync.plan.pieces import date_pieces
from storesync.render.artifact import Artifact
from storesync.source.tree import MemoryTree
from storesync.validate.inspectors import inspections_of

AT = datetime(2026, 11, 22, tzinfo=UTC)
FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": (
        "name: Acme\nlocales: [en-GB]\ncurrency: GBP\nproducts: {tea: Tea}\n"
        "facts: [biscuits are free]\n"
    ),
    "brands/acme/locations/leith.yaml": (
        "name: Leith\naddress: {city: Edinburgh, country: GB}\ntimezone: Europe/London\n"
        "phone: '+441314960000'\n"
    ),
    "templates/shared/offer/template.yaml": (
        "name: Offer\nvariables:\n  headline: {}\n"
        "  deal: {enum: [20% off, 50% off], default: 50% off}\n"
        "  discount_percentage: {type: integer, unit: percent}\n"
    ),
    "templates/shared/offer/web.html.j2": "<p>{{ headline }}</p>",
    "brands/acme/campaigns/winter/campaign.yaml": (
        "name: Winter\ntemplate: shared/offer\nflight: {start: 2026-12-01, end: 2026-12-24}\n"
        "channels: [web]\noffer: {product: tea, discount_percentage: 20}\n"
        "values: {headline: Tea in winter}\n"
    ),
}


def shown(page: str) -> list[tuple[str, str]]:
    """Return (rule, severity) of what an artifact shows that is not founded."""
    catalog = load(MemoryTree(FILES))
    brand = catalog.brands["acme"]
    [piece] = date_pieces(catalog, brand, AT, {})
    artifact = Artifact("web", "en-GB", {"html": page})
    found = inspections_of(catalog, AT.date()).look(piece, artifact)
    return [(item.rule, item.severity.value) for item in found]


@pytest.mark.parametrize(
    "page",
    [
        "<p>20% off Tea</p>",
        "<p><b>20%</b></p><p>More about our tea</p>",
        "<p>Ring 0131 496 0000</p>",
        "<p>Biscuits are free</p>",
        "<title>Tea, 20% off</title><img alt='Tea' style='width: 50%'>",
        "<p>Tea in winter, open 8 to 6</p>",
    ],
)
def test_what_is_declared_may_be_shown(page: str):
    assert shown(page) == []


@pytest.mark.parametrize(
    "page", ["<p>Tea in winter, Leith</p>", "<p>20% off Tea. Ring 0131 496 0000, from 8 to 6</p>"]
)
def test_what_founds_a_page_is_asked_only_where_something_is_in_doubt(page: str, monkeypatch):
    from storesync.copywriting.facts import check

    monkeypatch.setattr(check, "founded", None)
    assert shown(page) == []


@pytest.mark.parametrize(
    ("page", "severity"),
    [
        ("<p>50% off</p>", "error"),  # though a choice of the template says so
        ("<p>20% more tea</p>", "error"),
        ("<p>5% off, says 25%</p>", "error"),
        ("<p>£20 off</p>", "warning"),  # no price is declared
        ("<title>50% off</title>", "error"),
        ("<img alt='50% off'>", "error"),
        ('<meta name="description" content="50% off">', "error"),
        ("<p>Ring 0131 496 0099</p>", "error"),
        ("<p>Half price</p>", "warning"),
        ("<p>The best tea in the world</p>", "warning"),
    ],
)
def test_what_is_not_declared_is_found(page: str, severity: str):
    assert {item[1] for item in shown(page)} == {severity}
