"""A shared template on GitHub is approved by each brand that it alters, whoever merged it."""

from __future__ import annotations

import pytest
from people import CAMPAIGN, TEMPLATE, Chain

pytestmark = pytest.mark.slow

SHOP = "name: Perth\naddress: {street: 2 Mill, city: Perth, country: GB}\ntimezone: Europe/London\n"
ZEST = {
    "brands/zest/brand.yaml": (
        "name: Zest\nlocales: [en-GB]\ncurrency: GBP\nteam: {brand_managers: [mallory, eve]}\n"
    ),
    "brands/zest/locations/perth.yaml": SHOP,
    "brands/zest/campaigns/lemon/campaign.yaml": CAMPAIGN,
}


@pytest.fixture
def both(office: Chain) -> Chain:
    """The chain with a second brand, whose campaign is live too."""
    office.do("ada", "-C", office.write("ada", ZEST), "codeowners")
    office.do("ada", "submit", "-m", "A second brand")
    office.do("robin", "approve", "1", "--merge")
    assert "1 live       zest/lemon  web" in office.publish().stdout
    return office


def test_a_template_of_two_brands_is_approved_by_both(both):
    both.commit_as("ada")
    both.write("ada", {TEMPLATE: "<p><b>{{ headline }}</b> {{ location_name }}</p>"})
    outcome = both.do("ada", "submit", "-m", "Bold")
    for brand, count in (("acme", "2 changes in promo"), ("zest", "1 change in lemon")):
        assert f"brand {brand} (no approval yet: {count})" in outcome.stdout
    outcome = both.do("mia", "approve", "2", "--merge", code=1)
    assert "brand zest (no approval yet: 1 change in lemon)" in outcome.stdout
    assert "brand acme (" not in outcome.stdout
    assert "already" in both.do("mia", "approve", "2").stderr
    assert [said["user"]["login"] for said in both.hub.reviews[2]] == ["mia"]
    both.hub.merge(2, "robin")
    outcome = both.publish(code=1)
    assert "proposal 2: brand zest: no approval yet: 1 change in lemon" in outcome.stdout
    assert both.pages() == {}
    both.hub.say(2, "mallory", "APPROVED")
    assert "3 live, 0 unchanged" in both.publish().stdout
    assert both.pages()["leith"] == "<p><b>Hello</b> Leith</p>"
