"""Two pull requests approved apart on GitHub, which meet in one campaign."""

from __future__ import annotations

import pytest
from people import CAMPAIGN, END, PROMO, Chain

pytestmark = pytest.mark.slow

RULE = "requirements:\n  - {id: legal, when: {variable: discount, over: 30}, from: [sam]}\n"
TEMPLATE = {
    "templates/shared/all/template.yaml": (
        "name: All\nvariables:\n  headline: {maxLength: 60}\n"
        "  discount: {type: integer, minimum: 1, maximum: 90}\n"
    ),
    "templates/shared/all/web.html.j2": "<p>{{ headline }} {{ discount }} {{ location_name }}</p>",
}


def campaign(headline: str = "Hello", discount: int = 20, end: str = END) -> dict[str, str]:
    """The campaign, written so that Git merges changes of different values."""
    values = f"values:\n  headline: {headline}\n\n  # Off the price.\n\n  discount: {discount}\n"
    text = CAMPAIGN.replace("values: {headline: Hello}\n", "\n\n" + values)
    return {PROMO: text.replace(END, end)}


def words() -> dict[str, str]:
    """Other words, beside a campaign that is new: so all rules are asked."""
    new = campaign()[PROMO] + "priority: 1\nstacks_with: [promo]\n"
    return {**campaign("Tea for you"), PROMO.replace("promo", "other"): new}


def approve(chain: Chain, number: int, *names: str) -> None:
    for name in names:
        chain.hub.say(number, name, "APPROVED")


@pytest.fixture
def shop(office: Chain) -> Chain:
    """The chain with a rule: legal, who is Sam, approves what is over 30 %."""
    settings = office.hub.git("show", "main:storesync.yaml") + "\n" + RULE
    number = office.propose({"storesync.yaml": settings, **TEMPLATE, **campaign()})
    approve(office, number, "robin", "mia")
    office.hub.merge(number, "mallory")
    office.publish()
    assert office.pages()["leith"] == "<p>Hello 20 Leith</p>"
    return office


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_each_of_two_pull_requests_met_what_it_brought(shop, how):
    other, high = shop.propose(words()), shop.propose(campaign(discount=40))
    approve(shop, other, "ben")
    approve(shop, high, "ben", "sam")
    shop.hub.merge(high, "mallory", how)
    shop.hub.merge(other, "mallory", how)
    shop.publish()
    assert shop.pages()["leith"] == "<p>Tea for you 40 Leith</p>"
    shop.publish()  # of what is recorded nothing is asked again
    assert not [call for call in shop.hub.asked if "/reviews" in str(call)]


def test_who_approves_when_the_other_one_is_there_is_asked_for_both(shop):
    other, high = shop.propose(words()), shop.propose(campaign(discount=40))
    approve(shop, high, "ben", "sam")
    shop.hub.merge(high, "mallory")
    approve(shop, other, "ben")
    shop.hub.merge(other, "mallory")
    outcome = shop.publish(code=1)
    assert "legal: no approval yet" in outcome.stdout
    folder = shop.commit_as("ada")
    assert "pending_review" in shop.do("ada", "status", "promo").stdout
    shown = shop.do("ada", "submit", "promo", "-m", "As it stands").stdout
    assert "revision: 1" in (folder / PROMO).read_text()
    assert "2 to update" in shown
    number = max(shop.hub.pulls)
    approve(shop, number, "sam", "ben")
    shop.hub.merge(number, "mallory")
    shop.publish()
    assert shop.pages()["leith"] == "<p>Tea for you 40 Leith</p>"


def test_a_campaign_that_waits_costs_each_run_two_questions(shop):
    high = shop.propose(campaign(discount=40))
    approve(shop, high, "ben")
    shop.hub.merge(high, "mallory")
    shop.publish(code=1)
    assert len(shop.hub.asked) > 3
    for _ in range(2):
        shop.publish()
        assert len(shop.hub.asked) == 2
    shop.hub.say(high, "sam", "COMMENTED")
    shop.publish()
    assert len(shop.hub.asked) > 3  # something was said
    shop.publish()
    assert len(shop.hub.asked) == 2
    approve(shop, high, "sam")
    shop.publish()
    assert shop.pages()["leith"] == "<p>Hello 40 Leith</p>"
    shop.publish()
    assert shop.hub.asked == []
