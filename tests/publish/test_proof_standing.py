"""Who has a say, what titles say, what comes down and which approval stands: as proven last."""

from __future__ import annotations

import pytest

from storesync.plugins.forge import Submission
from tests.publish.test_proof import CAMPAIGN, FILES, SECOND, SETTINGS, SHOP, Office, edited

pytestmark = pytest.mark.slow

OWN = {
    ".github/CODEOWNERS": "* @robin @mia\n/brands/acme/ @mia @ben @robin\n",
    "storesync.yaml": SETTINGS + "admins: [robin]\n",
}
BRAND = "brands/acme/brand.yaml"
AFTERWARDS = "2026-12-30T12:00Z"


@pytest.fixture
def office(adopted) -> Office:
    return adopted({**FILES, **OWN})


@pytest.mark.parametrize(
    "command",
    [
        ("verify", "--adopt", "-m", "Mine"),
        ("recall", "acme/promo", "-m", "Mine", "--at", "2026-11-22T12:05Z"),
        ("hold", "--all", "-m", "Mine", "--at", "2026-11-22T12:05Z", "--until", "2026-12-01"),
    ],
)
def test_teams_pushed_past_review_give_no_powers(office, command):
    office.push({"storesync.yaml": SETTINGS + "admins: [robin, zoe]\n"})
    outcome = office.run("-C", office.root, *command)
    assert (outcome.code, "no role" in outcome.stderr) == (2, True)
    office.be("robin")
    assert office.run("-C", office.root, *command).code == 0


def test_teams_that_were_approved_count(office):
    office.land({"storesync.yaml": SETTINGS + "admins: [robin, zoe]\n"}, approve="mia")
    office.push({"storesync.yaml": SETTINGS + "admins: [mallory]\n"}, who="mallory")
    for name, code in (("mallory", 2), ("zoe", 0)):
        office.be(name)
        assert office.run("-C", office.root, "verify", "--adopt", "-m", "Why").code == code


def test_a_branch_that_was_set_back_is_adopted_by_who_was_an_admin_before(office):
    office.land(edited("Bonjour"), approve="mia")
    office.publish()
    office.git("reset", "-q", "--hard", "HEAD~1")
    office.push({"storesync.yaml": SETTINGS + "admins: [zoe]\n"})
    adopt = ("-C", office.root, "verify", "--adopt", "-m", "Set back")
    assert office.run(*adopt).code == 2
    office.be("robin")
    assert office.run(*adopt).code == 0


def test_a_title_nobody_approved_does_not_go_along(office):
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("name: Promo", "name: Free beer")})
    office.land({SHOP: FILES[SHOP].replace("name: Leith", "name: Leith Shore")}, approve="mia")
    office.publish()
    found = [path for path in office.root.glob(".storesync/outbox/**/*") if path.is_file()]
    assert [path for path in found if b"Free beer" in path.read_bytes()] == []
    assert found


def test_what_was_approved_to_end_ends(office):
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("2026-12-24", "2027-12-24")})
    office.publish()
    assert "Hello Leith" in office.page("leith")
    outcome = office.run("-C", office.root, "publish", "--at", AFTERWARDS)
    assert (office.page("leith"), "2 withdrawn" in outcome.stdout) == ("", True)
    again = office.run("-C", office.root, "publish", "--at", AFTERWARDS)
    assert "held     acme/promo  2 locations" in again.stdout
    office.land({CAMPAIGN: FILES[CAMPAIGN].replace("2026-12-24", "2027-12-23")}, approve="robin")
    office.run("-C", office.root, "publish", "--at", AFTERWARDS)
    assert "Hello Leith" in office.page("leith")


def test_a_location_that_was_approved_to_close_closes_whatever_was_pushed(office):
    assert office.publish().code == 0
    office.push({CAMPAIGN: FILES[CAMPAIGN].replace("Hello", "Free beer")})
    office.land({SHOP: FILES[SHOP] + "closed_until: 2026-11-30\n"}, approve="robin")
    outcome = office.publish()
    assert (office.page("leith"), "1 withdrawn" in outcome.stdout) == ("", True)
    assert "Hello Dean" in office.page("dean")
    office.run("-C", office.root, "publish", "--at", "2026-12-01T12:00Z")
    assert office.page("leith") == ""  # back with words that nobody approved
    office.land({CAMPAIGN: FILES[CAMPAIGN]}, approve="robin")
    office.run("-C", office.root, "publish", "--at", "2026-12-01T12:05Z")
    assert "Hello Leith" in office.page("leith")


@pytest.mark.parametrize(
    "pushed",
    [
        {CAMPAIGN: None},
        {CAMPAIGN: FILES[CAMPAIGN] + "cancelled: Because\n"},
        {CAMPAIGN: FILES[CAMPAIGN].replace("2026-12-24", "2026-11-20")},
        {SHOP: FILES[SHOP] + "closes: 2026-11-20\n"},
        {SHOP: None},
    ],
)
def test_what_nobody_approved_to_end_stays(office, pushed):
    office.push(pushed)
    outcome = office.publish()
    assert "Hello Leith" in office.page("leith"), outcome.stdout


@pytest.mark.parametrize(
    "again", [{CAMPAIGN: FILES[CAMPAIGN]}, edited("Beer"), {SHOP: FILES[SHOP]}]
)
def test_what_was_approved_to_go_goes_though_somebody_pushes_it_again(office, again):
    office.land(dict.fromkeys(again), approve="robin")
    office.push(again)
    assert office.publish().code == 1
    assert office.page("leith") == ""
    assert office.publish().code == 0


def test_what_was_approved_to_be_faulty_stays_whatever_is_pushed(office):
    office.land({CAMPAIGN: "name: [Promo\n"}, approve="robin")
    office.push(edited("Free beer"))
    assert office.publish().code == 1
    assert "Hello Leith" in office.page("leith")


def test_what_was_approved_to_move_stays_where_it_is_while_both_are_pushed(office):
    moved = f"{FILES[CAMPAIGN]}formerly: [promo]\n"
    office.land({CAMPAIGN: None, SECOND: moved}, approve="robin")
    office.push({CAMPAIGN: FILES[CAMPAIGN], SECOND: moved.replace("Hello", "Free beer")})
    assert office.publish().code == 1
    assert ("Hello Leith" in office.page("leith"), office.page("leith", "other")) == (True, "")


@pytest.mark.parametrize("submitted", [True, False])
def test_a_branch_used_again_takes_no_approval_back(office, submitted):
    later = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Welcome")
    later = later.replace("start: 2026-11-01", "start: 2026-11-22T13:00") + "priority: 1\n"
    office.land({SECOND: later}, approve="robin")
    branch = f"change-{office.minute}"
    assert office.publish().code == 0  # recorded, not started: read again before it is sent
    office.be("zoe")
    office.git("switch", "-q", "-C", branch, "main")
    head = office.write({SECOND: later + "notes: Next\n"})
    office.git("switch", "-q", "main")
    if submitted:
        office.forge().submit(Submission(branch, head, "Next", "", 9e4))
    office.run("-C", office.root, "publish", "--at", "2026-11-22T14:00Z")
    assert "Welcome Leith" in office.page("leith", "other")


@pytest.mark.parametrize("rules", ["", "requirements: [{id: far, when: {locations_over: 1}}]\n"])
def test_a_deputy_approves_for_whoever_is_away(adopted, rules):
    away = "away: [{who: Mia, from: 2026-11-20, to: 2026-11-30, deputy: zoe}]"
    brand = f"{FILES[BRAND]}team: {{brand_managers: [mia, ben], {away}}}\n{rules}"
    owners = "* @robin @mia\n/brands/acme/ @mia @ben @robin @zoe\n"
    office = adopted({**FILES, **OWN, BRAND: brand, ".github/CODEOWNERS": owners})
    office.land(edited("Nice"), by="ben", approve="zoe")
    office.land(edited("Very nice"), by="zoe", approve="ben")
    assert office.publish().code == 0
    outcome = office.run("-C", office.root, "verify", "promo")
    assert "approved by zoe for @mia" in outcome.stdout, outcome
    assert "approved by ben for @ben" in outcome.stdout
    history = office.run("-C", office.root, "history", "promo").stdout
    assert "approved by zoe for @mia" in history
