"""A proposal that raises a campaign's `revision` asks about that campaign, and about all of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.publish.test_proof import CAMPAIGN, FILES, SECOND, SETTINGS, SHOP, TEMPLATE, Office

pytestmark = pytest.mark.slow

ZETA = {
    path.replace("/acme/", "/zeta/"): text.replace("Acme", "Zeta")
    for path, text in FILES.items()
    if path.startswith("brands/acme/")
}
ACME_TEAM, ZETA_TEAM = "team: {brand_managers: [ben]}\n", "team: {brand_managers: [mia]}\n"
LEGAL = (
    "admins: [robin]\nrequirements:\n  - {id: legal, when: {facts_change: true}, from: [robin]}\n"
)
BRAND, ZETA_BRAND = "brands/acme/brand.yaml", "brands/zeta/brand.yaml"
TWO = {
    **FILES,
    **ZETA,
    BRAND: FILES[BRAND] + ACME_TEAM,
    ZETA_BRAND: ZETA[ZETA_BRAND] + ZETA_TEAM,
    SECOND: FILES[CAMPAIGN].replace("Promo", "Other") + "stacks_with: [promo]\n",
    "storesync.yaml": SETTINGS + LEGAL,
    ".github/CODEOWNERS": "* @robin @mia\n/brands/acme/ @mia @ben\n/brands/zeta/ @mia\n",
}
ZETA_CAMPAIGN = CAMPAIGN.replace("/acme/", "/zeta/")
DRAWN = {TEMPLATE: "<p>{{ headline }} <b>{{ location_name }}</b></p>"}
RAISED = FILES[CAMPAIGN] + "revision: 1\n"


def elsewhere(office: Office) -> None:
    """Push past review what Acme's promotion has nothing to do with."""
    files = (SECOND, ZETA_CAMPAIGN)
    office.push({path: TWO[path].replace("Hello", "5 for 3") for path in files})
    office.publish()


def asked(office: Office, campaign: str) -> list[dict[str, Any]]:
    """Return what the plan asks for besides the owners of files, as `submit` tells it."""
    office.be("zoe")
    told = office.run("-C", office.root, "submit", campaign, "-m", "So", "--format", "json")
    assert told.code == 0, told.stderr
    office.git("switch", "-q", "main")
    return [item for item in told.json["missing"] if item["rule"]]


@pytest.fixture
def office(adopted) -> Office:
    return adopted(TWO)


def test_only_the_campaign_and_its_brand_are_asked_about(office):
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("Hello", "Good day")})
    elsewhere(office)
    assert [item["rule"] for item in asked(office, "acme/promo")] == ["fast lane"]
    office.be("ben")
    assert office.run("-C", office.root, "approve", "zoe/promo", "--merge").code == 0
    office.git("switch", "-q", "main")
    assert office.publish().code == 0
    assert "Good day Leith" in office.page("leith")
    assert "Hello Leith" in office.page("leith", "other"), "what nobody approved there stays in"


def test_who_made_what_nobody_approved_is_looked_for_once(office, monkeypatch):
    """Each cause takes a process of Git; submitting, deciding and telling ask for the same."""
    from storesync.approval import makers

    work, asked_for = makers.makers_of, []
    monkeypatch.setattr(makers, "makers_of", lambda *a: asked_for.append(a[2]) or work(*a))
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("Hello", "Good day")}, who="ben")
    elsewhere(office)
    for name in ("zoe", "ben", "mia"):
        office.be(name)
        command = ("submit", "acme/promo", "-m", "So") if name == "zoe" else ("approve", "promo")
        told = office.run("-C", office.root, *command)
        refused = name == "ben"  # it is his, and that is told from the same answer
        assert told.code == (2 if refused else 0), told.stderr
        assert len(asked_for) == 1
        asked_for.clear()


def test_a_template_that_nobody_approved_asks_what_a_template_asks(office):
    office.push(DRAWN)
    elsewhere(office)
    found = asked(office, "acme/promo")
    assert [item["rule"] for item in found] == ["legal", "brand acme"]
    office.be("ben")
    assert office.run("-C", office.root, "approve", "zoe/promo", "--merge").code == 1
    office.be("robin")
    assert office.run("-C", office.root, "approve", "zoe/promo", "--merge").code == 0
    office.git("switch", "-q", "main")
    assert office.publish().code == 0
    assert "<b>Leith" in office.page("leith")
    assert "<b>" not in office.page("leith", "other")
    zeta = list(office.root.glob(".storesync/outbox/zeta/**/page.html"))
    assert zeta
    assert not any("<b>" in page.read_text() for page in zeta)


def test_what_goes_out_elsewhere_by_the_same_merge_is_asked_about_as_well(office):
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("Hello", "Good day")})
    elsewhere(office)
    office.land(
        {
            CAMPAIGN: RAISED.replace("Hello", "Good day"),
            SHOP: FILES[SHOP].replace("name: Leith", "name: Leith Walk"),
        },
        approve="ben",
    )
    outcome = office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True), outcome.stdout
    assert "Hello Leith" in office.page("leith")


WAIVER = "waive: [{rule: channel-limit, until: 2027-01-31, reason: New, by: ben}]\n"


def test_a_waiver_that_nobody_approved_is_approved_by_another_than_its_author(adopted):
    """No settings ask for anything, and nobody touches its file: it goes out all the same."""
    office = adopted({**TWO, "storesync.yaml": SETTINGS + "admins: [robin]\n"})
    office.push({SHOP: FILES[SHOP].replace("name: Leith", "name: Leith Walk") + WAIVER})
    office.publish()
    office.land({CAMPAIGN: RAISED}, approve="ben")
    outcome = office.publish()
    assert (outcome.code, "waiver: " in outcome.stdout) == (1, True), outcome.stdout
    office.land({CAMPAIGN: FILES[CAMPAIGN] + "revision: 2\n"}, approve="mia")
    office.publish()
    assert "Leith Walk" in office.page("leith")


def test_a_brand_that_got_another_name_past_review_can_be_approved_under_it(office):
    """Nothing of the old name comes back beside it."""
    moved = {path.replace("/acme/", "/nova/"): TWO[path] for path in TWO if "/acme/" in path}
    gone = dict.fromkeys(path for path in TWO if "/acme/" in path)
    brand = moved["brands/nova/brand.yaml"].replace("name: Acme", "name: Nova\nformerly: [acme]")
    office.push({**gone, **moved, "brands/nova/brand.yaml": brand})
    office.publish()
    told = office.run("-C", office.root, "submit", "nova/promo", "-m", "So", "--format", "json")
    assert told.code == 0, told.stdout
    assert told.json["summary"]["withdraw"] == 4
