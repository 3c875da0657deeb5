"""What is out stays in a rival's time while nothing of the rival's may come out."""

from __future__ import annotations

import json

import pytest

from tests.publish.test_proof import CAMPAIGN, FILES, SECOND, Office

pytestmark = pytest.mark.slow

OFFER = "offer: {code: TEA}\n"
# By the clock of London, where both shops lie.
RIVAL = (
    "name: Rival\ntemplate: shared/all\nflight: {start: 2026-11-22T13:00, end: 2026-11-24}\n"
    f"channels: [web]\nvalues: {{headline: Better}}\npriority: 5\n{OFFER}"
)
BEFORE, DURING = "2026-11-22T12:55Z", "2026-11-22T13:05Z"


@pytest.fixture
def office(adopted) -> Office:
    """Promo is out, and gives way to Other at one o'clock: all of it was approved."""
    return adopted({**FILES, CAMPAIGN: FILES[CAMPAIGN] + OFFER, SECOND: RIVAL})


def publish(office: Office, at: str) -> str:
    """Publish at a moment; return what is up at Leith."""
    done = office.run("-C", office.root, "publish", "--at", at)
    assert done.code in {0, 1}, done
    pages = [office.page("leith"), office.page("leith", "other")]
    return " ".join(text[3:-4].split(" ")[0] for text in pages if text)


def test_a_rival_that_comes_out_takes_the_place(office):
    assert [publish(office, at) for at in (BEFORE, DURING)] == ["Hello", "Better"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("Better", "Best"), ("2026-11-24", "2026-11-25"), ("", None)],
)
def test_what_nobody_approved_takes_nobody_s_place(office, old, new):
    office.push({SECOND: new and RIVAL.replace(old, new)})
    assert [publish(office, at) for at in (BEFORE, DURING)] == ["Hello", "Hello"]
    office.be("robin")
    office.write({SECOND: RIVAL})
    assert office.run("-C", office.root, "verify", "--adopt", "-m", "Fine").code == 0
    assert publish(office, "2026-11-22T13:10Z") == "Better"


def test_a_faulty_rival_takes_nobody_s_place(office):
    office.land({SECOND: RIVAL.replace("[web]", "[web, emial]")}, approve="mia")
    assert [publish(office, at) for at in (BEFORE, DURING)] == ["Hello", "Hello"]
    office.land({SECOND: RIVAL}, approve="mia")
    assert publish(office, "2026-11-22T13:10Z") == "Better"


def test_a_rival_that_comes_too_late_takes_nobody_s_place(office):
    late = f"{RIVAL}if_late: skip\ngrace_minutes: 5\n"
    office.land({SECOND: late}, approve="mia")
    times = (BEFORE, "2026-11-22T13:30Z", "2026-11-22T13:35Z")
    assert [publish(office, at) for at in times] == ["Hello", "Hello", "Hello"]


def test_a_rival_that_a_person_holds_takes_the_place_when_the_hold_ends(office):
    office.land({CAMPAIGN: FILES[CAMPAIGN].replace("12-24", "11-22") + OFFER}, approve="mia")
    office.be("robin")
    until = ("--until", "2026-11-23T09:00Z", "--at", BEFORE)
    assert office.run("-C", office.root, "hold", "other", "-m", "Why", *until).code == 0
    times = (BEFORE, DURING, "2026-11-22T23:59Z", "2026-11-23T00:01Z", "2026-11-23T09:01Z")
    assert [publish(office, at) for at in times] == ["Hello", "Hello", "Hello", "", "Better"]


def test_what_stays_is_told(office):
    office.push({SECOND: RIVAL.replace("Better", "Best")})
    publish(office, BEFORE)
    done = office.run("-C", office.root, "plan", "--at", DURING, "--format", "json")
    plan = json.loads(done.stdout)
    assert plan["changes"] == []
    assert {item["campaign"] for item in plan["held"]} == {"other"}
    told = {item["reason"] for item in plan["skipped"] if item["campaign"] == "promo"}
    why = "other has priority from 2026-11-22 13:00 to 2026-11-24"
    assert told == {f"stays live while nothing of the rival comes out: {why}"}
