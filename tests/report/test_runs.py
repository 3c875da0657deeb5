"""What a run did, states, and history: as text and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.plan import Plan
from storesync.plan.skipped import Skipped
from storesync.plugins.protocols import DeliveryState, Receipt
from storesync.publish.publisher import Sent
from storesync.publish.states import CampaignState, Next
from storesync.report import history, publish, status
from storesync.report import plan as plan_report
from storesync.report.history import Event
from storesync.report.markdown import as_markdown
from storesync.report.status import Row, Status

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)


def change(location: str, action: Action = Action.CREATE) -> Change:
    key = PlacementKey("acme", "winter", location, "web", "en-GB", "outbox")
    return Change(action, key, AT, None, "f", "a", "late", explained=True)


def sent(location: str, state: DeliveryState = DeliveryState.LIVE, detail: str = "") -> Sent:
    receipt = Receipt(key=f"k-{location}", state=state, remote_id="r", detail=detail)
    return Sent(change(location), receipt)


PLAN = Plan(at=AT, changes=(), unchanged=7)


def test_a_run_with_nothing_to_do():
    assert publish.as_text(PLAN, []) == "nothing to do: 7 deliveries are as they should be"


BROKEN = tuple(
    Skipped("acme", "winter", name, "web", "error in brands/a\x1b.yaml [yaml-syntax]", stays=stays)
    for name, stays in (("bath", True), ("leith", True), ("york", False))
)
FROZEN = Plan(at=AT, changes=(), unchanged=7, frozen=BROKEN)
SAID = r"o frozen   acme/winter  3 locations on web: error in brands/a\u001b.yaml [yaml-syntax]"


def test_a_run_over_broken_files_says_what_is_frozen_and_why():
    assert publish.as_text(FROZEN, []).splitlines() == [
        SAID,
        "nothing to do elsewhere: 7 unchanged, 2 of them frozen",
    ]
    assert publish.as_text(FROZEN, [sent("ripon")]).splitlines() == [
        "     1 live       acme/winter  web",
        SAID,
        "1 live, 7 unchanged, 2 of them frozen",
    ]
    data = json.loads(json.dumps(publish.as_data("", FROZEN, [])))
    assert data["summary"]["unchanged"] == 7
    assert [item["location"] for item in data["frozen"]] == ["bath", "leith", "york"]


def test_a_plan_over_broken_files_says_what_is_frozen_and_why():
    assert plan_report.as_text(FROZEN).splitlines()[:3] == [
        SAID,
        "",
        "nothing to do elsewhere (7 unchanged, 2 of them frozen)",
    ]
    data = plan_report.as_data(FROZEN)
    assert data["frozen"] == data["skipped"]
    assert "7 unchanged, 2 of them frozen" in as_markdown(FROZEN)
    assert "- *frozen* · winter · 3 locations, such as `bath` on web: " in as_markdown(FROZEN)


def test_a_run():
    plan = Plan(at=AT, changes=(), unchanged=7, missed=(change("ripon"),))
    done = [sent("bath"), sent("leith"), sent("york", DeliveryState.REFUSED, "no\x1b")]
    assert publish.as_text(plan, done).splitlines() == [
        "     2 live       acme/winter  web",
        "     1 refused    acme/winter  web",
        r"refused: winter web york: no\u001b",
        "! missed   acme/winter  web  ripon: late",
        "2 live, 1 missed, 1 refused, 7 unchanged",
    ]
    data = json.loads(json.dumps(publish.as_data("run-1", plan, done)))
    assert (
        data["summary"] | {"live": 2, "refused": 1, "missed": 1, "unchanged": 7} == data["summary"]
    )
    assert set(data["summary"]) == {*DeliveryState, "unchanged"}
    assert (
        data["receipts"][0].items()
        >= {
            "key": "k-bath",
            "action": "create",
            "location": "bath",
            "state": "live",
            "fingerprint": "f",
            "remote_id": "r",
        }.items()
    )
    assert (data["run"], data["at"]) == ("run-1", "2026-12-01T07:00:00Z")


def test_a_run_of_many_failures_is_short():
    done = [sent(f"s-{number:03}", DeliveryState.FAILED, "down") for number in range(100)]
    lines = publish.as_text(PLAN, done).splitlines()
    assert len(lines) == 23
    assert lines[-2] == "…and 80 more, see --format json"


ROWS = [
    Row(
        "acme", "over", "Over", CampaignState.COMPLETED, 3, {"withdrawn": 3}, None, remark="rain\n"
    ),
    Row("acme", "next", "Next", CampaignState.SCHEDULED, 2, {}, Next(AT, "starts", 2)),
    Row(
        "acme",
        "now",
        "Now",
        CampaignState.ACTIVE,
        25_601,
        {"live": 25_600, "skipped": 1},
        Next(AT + timedelta(days=1), "ends", 25_600),
        reasons={"opted out: \x1b[1m": 1},
    ),
]


@pytest.mark.parametrize("reasons", [True, False])
def test_states(*, reasons: bool):
    skipped = [r"          1 skipped: opted out: \u001b[1m"] if reasons else []
    assert status.as_text(Status(AT, ROWS), reasons=reasons).splitlines() == [
        "at 2026-12-01 07:00Z",
        "",
        "active",
        "  acme/now   25,601 locations  25,600 live  (ends 2026-12-02 07:00Z)",
        *skipped,
        "",
        "scheduled",
        "  acme/next      2 locations  nothing sent  (starts 2026-12-01 07:00Z)",
        "",
        "completed",
        r"  acme/over      3 locations  3 withdrawn  rain\u000a",
    ]


def test_states_as_data():
    data = json.loads(json.dumps(status.as_data(Status(AT, ROWS))))
    assert data["at"] == "2026-12-01T07:00:00Z"
    assert [item["next"] for item in data["campaigns"]][:2] == [
        None,
        {"at": "2026-12-01T07:00:00Z", "event": "starts", "count": 2},
    ]
    assert data["campaigns"][2]["deliveries"] == {"live": 25_600, "skipped": 1}


def event(location: str, *, minutes: int = 0, actor: str = "CI") -> Event:
    at = AT + timedelta(minutes=minutes)
    return Event(at, actor, "live", "acme", "winter", location, "web")


EVENTS = [
    Event(AT, "Ada\x1b", "commit", "acme", "winter", detail="Begin\n", commit="0123456789abcdef"),
    *(event(f"s-{number}") for number in range(1_200)),
    event("s-0", minutes=5),
]


def test_history_counts_deliveries_of_one_moment():
    assert history.as_text(EVENTS, every=False).splitlines() == [
        r"2026-12-01 07:00Z  commit     acme/winter  Ada\u001b 0123456789: Begin\u000a",
        "2026-12-01 07:00Z  live       acme/winter web  CI  1,200 deliveries",
        "2026-12-01 07:05Z  live       acme/winter web  CI  1 delivery",
    ]


def test_history_in_full():
    lines = history.as_text(EVENTS, every=True).splitlines()
    assert len(lines) == 1_202
    assert lines[1] == "2026-12-01 07:00Z  live       acme/winter web s-0  CI"
    assert (
        history.as_data(EVENTS[:1])["events"][0].items()
        >= {
            "at": "2026-12-01T07:00:00Z",
            "actor": "Ada\x1b",
            "commit": "0123456789abcdef",
        }.items()
    )
