"""Two changes approved apart meet in one artifact: each rule is met by one of them, or it waits."""

from __future__ import annotations

from typing import Any

import pytest
from commits import commit_on

from storesync.app.proof import apart
from storesync.plugins.forge import (
    MergeRequest,
    ProposalQuery,
    ReviewState,
    Submission,
    Verdict,
)
from tests.publish.test_proof import CAMPAIGN, FILES, SECOND, SETTINGS, TEMPLATE, Office

pytestmark = pytest.mark.slow

DEFAULTS = "brands/acme/locations/gb/_defaults.yaml"
PHONE = {DEFAULTS: FILES[DEFAULTS] + 'phone: "+441312345678"\n'}
WRONG = {DEFAULTS: FILES[DEFAULTS] + 'phone: "+441310000000"\n'}
PROMO = """\
name: Promo
template: shared/all
flight:
  start: 2026-11-01

  end: 2026-12-24

channels: [web]

values:
  headline: Hello

  discount: 20
"""
RULE = (
    "requirements:\n"
    "  - {id: legal, when: {variable: discount, over: 30}, from: [robin], approvals: 1}\n"
)
START = {
    **FILES,
    **WRONG,
    # Robin owns the locations, and decides nothing for the brand: that is for Mia and Ben.
    ".github/CODEOWNERS": (
        "* @robin @mia\n/brands/acme/ @mia @ben\n/brands/acme/locations/ @robin @mia\n"
    ),
    "storesync.yaml": SETTINGS + RULE,
    CAMPAIGN: PROMO.replace("2026-12-24", "2026-11-02"),  # over: nothing hangs on the locations
    "templates/shared/all/template.yaml": (
        "name: All\nvariables:\n  headline: {maxLength: 60}\n"
        "  discount: {type: integer, minimum: 1, maximum: 90, default: 5, lock: location}\n"
    ),
    TEMPLATE: "<p>{{ headline }} {{ discount }} {{ location_name }} {{ location.phone }}</p>",
}
CAMPAIGN_TODAY = {SECOND: PROMO.replace("name: Promo", "name: Other")}
RUNNING = {CAMPAIGN: PROMO}


class Desk:
    """Proposals that lie side by side, with the hour at which each thing is done."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def propose(self, name: str, files: dict[str, str], hour: int, start: str = "main") -> Any:
        office = self.office
        office.be("zoe")
        head = commit_on(office.root, name, files, "Change", start)
        return office.forge().submit(Submission(name, head, "Change", "", hour * 3_600.0))

    def approve(self, proposal: Any, who: str, hour: int) -> None:
        self.office.be(who)
        given = Verdict(proposal, ReviewState.APPROVED, "", hour * 3_600.0)
        self.office.forge().review(given)

    def land(self, proposal: Any, hour: int) -> None:
        self.office.be("mia")
        forge = self.office.forge()
        [now] = forge.proposals(ProposalQuery(branch=proposal.branch))
        forge.merge(MergeRequest(now, now.head, "Merge", hour * 3_600.0))


@pytest.fixture
def desk(adopted) -> Desk:
    return Desk(adopted(START))


@pytest.fixture
def running(adopted) -> Desk:
    return Desk(adopted({**START, **RUNNING}))


def both(desk: Desk, *, phone_first: bool) -> None:
    phone, campaign = desk.propose("phone", PHONE, 1), desk.propose("day", CAMPAIGN_TODAY, 1)
    desk.approve(phone, "robin", 2)
    desk.approve(campaign, "ben", 2)
    for hour, proposal in enumerate((phone, campaign) if phone_first else (campaign, phone), 3):
        desk.land(proposal, hour)


@pytest.mark.parametrize("phone_first", [True, False])
def test_a_campaign_and_a_phone_number_of_one_day_meet(desk, phone_first):
    both(desk, phone_first=phone_first)
    outcome = desk.office.publish()
    assert outcome.code == 0, outcome.stdout
    assert "Hello 20 Leith +441312345678" in desk.office.page("leith", "other")


def test_who_counted_is_recorded(desk):
    both(desk, phone_first=False)
    desk.office.publish()
    told = desk.office.git("grep", "-h", "brand acme by", "storesync/ledger")
    assert "brand acme by ben (recorded) in day" in told


def headline(text: str, *, discount: int = 20) -> dict[str, str]:
    text = PROMO.replace("Hello", text)
    return {CAMPAIGN: text.replace("discount: 20", f"discount: {discount}")}


def words(text: str = "Hello again") -> dict[str, str]:
    """Other words in the campaign, beside a campaign that is new: so all rules are asked."""
    new = CAMPAIGN_TODAY[SECOND] + "priority: 1\nstacks_with: [promo]\n"
    return {**headline(text), SECOND: new}


def high_discount(desk: Desk, *, legal: bool = True) -> None:
    high = desk.propose("high", headline("Hello", discount=40), 1)
    desk.approve(high, "ben", 2)
    if legal:
        desk.approve(high, "robin", 2)
    desk.land(high, 4)


def test_a_rule_about_what_the_earlier_one_brought_is_met_by_it(running):
    other = running.propose("other", words(), 1)
    running.approve(other, "ben", 3)
    high_discount(running)
    running.land(other, 5)
    outcome = running.office.publish()
    assert outcome.code == 0, outcome.stdout
    assert "Hello again 40 Leith" in running.office.page("leith")


# What zoe proposes, when ben approves it, and from where the branch leaves; legal approved another
# proposal that came in at 4 o'clock and raised the discount to 40.
LONGER = headline("Hello")[CAMPAIGN].replace("2026-12-24", "2027-12-24")
WIDER = "name: Mill\naddress: {street: 2 Mill, city: Mill}\n"
ATTACKS: dict[str, tuple[dict[str, str], int, str]] = {
    "approved when the other one was there": (words(), 5, "main~1"),
    "a fact beside it": (headline("Now 5 for 4"), 3, "main"),
    "longer than it was approved for": ({CAMPAIGN: LONGER}, 3, "main"),
    "at places that it was not approved for": (
        {"brands/acme/locations/gb/mill.yaml": WIDER}, 3, "main",
    ),
    "another template around it": (
        {TEMPLATE: START[TEMPLATE].replace("<p>", "<p>Twice {{ discount * 2 }} ")}, 3, "main",
    ),
    "its own discount at one place": (
        {"brands/acme/campaigns/promo/locations/leith.yaml": (
            "values: {discount: 45}\nreason: Opening\n"
        )},
        3, "main",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_rides_on_an_approval_of_something_else(running, attack):
    files, hour, start = ATTACKS[attack]
    if start == "main":
        other = running.propose("other", files, 1)
        running.approve(other, "mia", hour)
        high_discount(running)
    else:
        high_discount(running)
        other = running.propose("other", files, 5, start)
        running.approve(other, "mia", hour)
    running.land(other, 6)
    outcome = running.office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True), outcome.stdout
    assert running.office.page("leith").startswith("<p>Hello ")
    assert running.office.page("mill") == ""


def test_a_merge_of_a_false_clock_was_there_before_nobody(running):
    high = running.propose("high", headline("Hello", discount=40), 1)
    for who in ("ben", "robin"):
        running.approve(high, who, 2)
    running.land(high, 24 * 365 * 60)  # as if that were in 2029
    other = running.propose("other", words(), 5, "main~1")
    running.approve(other, "mia", 6)
    running.land(other, 7)
    outcome = running.office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True), outcome.stdout


@pytest.mark.parametrize(("brand", "code"), [("zeta", 0), ("acme", 1)])
def test_what_is_unproven_elsewhere_keeps_nobody_apart(running, brand, code):
    other = running.propose("other", words(), 1)
    running.approve(other, "ben", 3)
    high_discount(running)
    running.office.push({f"brands/{brand}/notes.txt": "Pushed past review\n"})
    running.land(other, 5)
    assert running.office.publish().code == 1
    assert running.office.publish().code == 0  # told already
    assert ("Hello again 40" in running.office.page("leith")) == (not code)


@pytest.mark.parametrize(("most", "code"), [(2, 0), (1, 1)])
def test_only_the_newest_of_many_earlier_ones_are_looked_at(running, monkeypatch, most, code):
    monkeypatch.setattr(apart, "_MOST_EARLIER", most)
    dean = "brands/acme/locations/gb/dean.yaml"
    other = running.propose("other", words(), 1)
    beside = running.propose("beside", {dean: FILES[dean] + "notes: Ring twice\n"}, 1)
    running.approve(beside, "mia", 2)
    running.approve(other, "ben", 3)
    high_discount(running)
    running.land(beside, 5)
    running.land(other, 6)
    outcome = running.office.publish()
    assert outcome.code == code, outcome.stdout


def test_a_discount_approved_on_one_product_is_none_on_another_one(adopted):
    def offering(product: str, *, discount: int = 20) -> dict[str, str]:
        [(path, text)] = headline("Hello", discount=discount).items()
        return {path: f"{text}\noffer: {{product: {product}}}\n"}

    brand = "brands/acme/brand.yaml"
    products = {
        brand: FILES[brand] + "products: {tea: Tea, wine: Wine}\n",
        TEMPLATE: START[TEMPLATE].replace("</p>", " {{ product_name }}</p>"),
        **offering("tea"),
    }
    desk = Desk(adopted({**START, **products}))
    wine, high = (
        desk.propose("wine", offering("wine"), 1),
        desk.propose("high", offering("tea", discount=40), 1),
    )
    desk.approve(wine, "mia", 3)
    for who in ("ben", "robin"):
        desk.approve(high, who, 2)
    desk.land(high, 4)
    desk.land(wine, 5)
    outcome = desk.office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True), outcome.stdout
    assert "Wine" not in desk.office.page("leith")


def test_what_the_earlier_one_did_not_meet_itself_is_not_met(running):
    other = running.propose("other", words(), 1)
    running.approve(other, "ben", 3)
    high_discount(running, legal=False)
    running.land(other, 5)
    assert running.office.publish().code == 1
    assert "Hello 20 Leith" in running.office.page("leith")


def test_an_author_s_approval_of_the_earlier_one_is_none_of_his_own(running):
    office = running.office
    other = running.propose("other", words(), 1)
    office.be("robin")
    office.git("switch", "-q", "other")
    head = office.write(words("Hello to you"))
    office.git("switch", "-q", "main")
    other = office.forge().submit(Submission("other", head, "Change", "", 5_000.0))
    running.approve(other, "ben", 3)
    high_discount(running)
    running.land(other, 5)
    assert office.publish().code == 1
    assert "Hello 20 Leith" in office.page("leith")


def test_what_neither_was_asked_for_waits_and_submit_shows_it(adopted):
    """One brings a place, the other one a high discount there: legal saw neither."""
    narrow = PROMO.replace("channels:", "select: [{ids: [dean]}]\nchannels:")
    desk = Desk(adopted({**START, CAMPAIGN: narrow}))
    own = "brands/acme/campaigns/promo/locations/leith.yaml"
    high = desk.propose("high", {own: "values: {discount: 45}\nreason: Opening\n"}, 1)
    wider = desk.propose("wider", RUNNING, 1)
    for proposal in (high, wider):
        desk.approve(proposal, "ben", 2)
    desk.land(wider, 3)
    desk.land(high, 4)
    outcome = desk.office.publish()
    assert (outcome.code, "legal: no approval yet" in outcome.stdout) == (1, True), outcome.stdout
    assert desk.office.page("leith") == ""
    desk.office.be("zoe")
    shown = desk.office.run("-C", desk.office.root, "submit", "promo", "-m", "As it stands").stdout
    assert ("1 to update" in shown, "dean" in shown) == (True, False), shown
    for who, *merge in (("robin",), ("ben", "--merge")):
        desk.office.be(who)
        done = desk.office.run("-C", desk.office.root, "approve", "zoe/promo", *merge)
        assert done.code == 0, done.stderr
    desk.office.git("switch", "-q", "main")
    assert desk.office.publish().code == 0
    assert "Hello 45 Leith" in desk.office.page("leith")


SPENDING = (
    "requirements:\n  - {id: finance, when: {cost_over: 1000}, from: [robin], approvals: 1}\n"
)


def spending(text: str = "Hello", *, paper: int = 500, discount: int = 100) -> dict[str, str]:
    costs = f"\ncosts:\n  print: {paper}\n\n  # Given away\n\n  discount: {discount}\n"
    return {CAMPAIGN: headline(text)[CAMPAIGN] + costs}


@pytest.mark.parametrize(("discount", "code"), [(100, 0), (400, 1)])
def test_money_that_was_approved_may_be_spent_on_what_was_changed_beside_it(
    adopted, discount, code
):
    """The other one is under the bound by itself, and leaves the sum as it was, or adds to it."""
    files = {"storesync.yaml": SETTINGS + SPENDING, **spending()}
    desk = Desk(adopted({**START, **files}))
    dear = desk.propose("dear", spending(paper=1_200), 1)
    other = desk.propose("other", words() | spending("Hello again", discount=discount), 1)
    desk.approve(other, "ben", 3)
    for who in ("ben", "robin"):
        desk.approve(dear, who, 2)
    desk.land(dear, 4)
    desk.land(other, 5)
    outcome = desk.office.publish()
    assert (outcome.code, "finance: no approval yet" in outcome.stdout) == (code, code == 1), (
        outcome
    )
    assert ("Hello again" in desk.office.page("leith")) is (code == 0)


def test_what_comes_down_needs_no_word_for_what_came_beside_it(adopted):
    """Legal approved wine for tea; a place is left out meanwhile, which the brand decided."""
    rule = "requirements:\n  - {id: legal, when: {categories: [alcohol]}, from: [robin]}\n"
    brand = "brands/acme/brand.yaml"
    products = FILES[brand] + "products: {tea: Tea, wine: Wine}\ncategories: {alcohol: [wine]}\n"
    tea = PROMO + "\noffer: {product: tea}\n"
    page = {TEMPLATE: START[TEMPLATE].replace("</p>", " {{ product_name }}</p>")}
    start = {"storesync.yaml": SETTINGS + rule, brand: products, CAMPAIGN: tea, **page}
    desk = Desk(adopted({**START, **start}))
    assert "Hello" in desk.office.page("dean")
    wine = desk.propose("wine", {CAMPAIGN: tea.replace("product: tea", "product: wine")}, 1)
    fewer = tea.replace("channels:", "select: [{ids: [leith]}]\n\nchannels:")
    without = desk.propose("without", {CAMPAIGN: fewer}, 1)
    for who in ("ben", "robin"):
        desk.approve(wine, who, 2)
    desk.approve(without, "ben", 2)
    desk.land(wine, 4)
    desk.land(without, 5)
    outcome = desk.office.publish()
    assert outcome.code == 0, outcome.stdout
    assert desk.office.page("dean") == ""
