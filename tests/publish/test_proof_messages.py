"""Messages and what lacks a proof: none goes out twice, and none is lost for good."""

from __future__ import annotations

import pytest

from tests.publish.test_proof import FILES, SHOP, Office

pytestmark = pytest.mark.slow

MAIL, NEXT, POST = (
    f"brands/acme/campaigns/{name}/campaign.yaml" for name in ("mail", "next", "post")
)
TEXT = (
    "name: Mail\ntemplate: shared/all\nflight: {start: 2026-11-01, end: 2026-11-22T14:00}\n"
    "channels: [sms]\nvalues: {headline: Hello}\npriority: 2\nstacks_with: [promo]\n"
)
LATER = (
    TEXT.replace("Mail", "Next")
    .replace("2026-11-22T14:00", "2026-12-24")
    .replace("2026-11-01", "2026-11-23")
)
# The same words, and an address that nobody would take for a renamed place.
ELSEWHERE = "name: Leith\naddress: {street: 77 Other, city: Elsewhere}\n"
SHORE = SHOP.replace("leith", "shore")


@pytest.fixture
def desk(adopted) -> Office:
    sms = {"templates/shared/all/sms.txt.j2": "{{ headline }} {{ location_name }}"}
    made = adopted({**FILES, **sms, MAIL: TEXT, NEXT: LATER})
    assert (len(sent(made, "mail")), sent(made, "next")) == (2, [])
    return made


def sent(office: Office, campaign: str, location: str = "*") -> list[str]:
    found = office.root.glob(f".storesync/outbox/acme/{campaign}/{location}/sms/**/*.txt")
    return [path.read_text() for path in found]


def test_a_past_taken_away_past_review_sends_nothing_twice(desk):
    desk.land({MAIL: None, POST: TEXT + "formerly: [mail]\n"}, approve="mia")
    desk.push({POST: TEXT.replace("name: Mail", "name: Post")})
    outcome = desk.publish()
    assert (sent(desk, "post"), "is not proven" in outcome.stdout) == ([], True)


def test_a_locations_past_taken_away_past_review_sends_nothing_twice(desk):
    desk.land({SHOP: None, SHORE: FILES[SHOP] + "formerly: [leith]\n"}, approve="mia")
    desk.push({SHORE: ELSEWHERE})
    desk.publish()
    assert sent(desk, "mail", "shore") == []


def test_a_past_given_past_review_loses_no_message(desk):
    desk.push({MAIL: None, NEXT: LATER + "formerly: [mail]\n"})
    first = desk.publish()
    desk.push({MAIL: TEXT, NEXT: LATER}, who="robin")
    desk.publish()
    outcome = desk.run("-C", desk.root, "publish", "--at", "2026-11-24T12:00Z")
    assert len(sent(desk, "next")) == 2, first.stdout + outcome.stdout


def test_a_hold_stays_on_what_lost_its_past_past_review(desk):
    desk.be("robin")
    scope = ("acme/next", "--location", "leith", "-m", "Wait", "--until", "2026-12-20")
    at = ("--at", "2026-11-22T12:02Z")
    assert desk.run("-C", desk.root, "hold", *scope, *at).code == 0
    desk.minute = 3
    desk.land({SHOP: None, SHORE: FILES[SHOP] + "formerly: [leith]\n"}, approve="mia")
    desk.push({SHORE: ELSEWHERE})
    desk.run("-C", desk.root, "publish", "--at", "2026-11-24T12:00Z")
    assert (len(sent(desk, "next", "dean")), sent(desk, "next", "shore")) == (1, [])
