"""Plans as text, JSON and Markdown: golden, within bounds, and harmless."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.plan import Plan
from storesync.plan.skipped import Skipped
from storesync.report.markdown import as_markdown
from storesync.report.plan import as_data, as_text, moment

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)
END = datetime(2026, 12, 24, 21, tzinfo=UTC)
MOST = 65_536


def change(
    location: str = "leith",
    action: Action = Action.CREATE,
    reason: str = "flight started",
    *,
    campaign: str = "winter",
    ends: datetime | None = END,
) -> Change:
    key = PlacementKey("acme", campaign, location, "web", "en-GB", "outbox")
    return Change(action, key, AT, ends, f"{location}-{action}", "a1", reason, explained=True)


PLAN = Plan(
    at=AT,
    changes=(
        change("bath", Action.WITHDRAW, "closed until 2026-12-10"),
        *(change(f"store-{number:02}", Action.UPDATE, "content changed") for number in range(20)),
        change("york", Action.UPDATE, "content changed, dates", ends=None),
        change("leith"),
    ),
    unchanged=1_234,
    skipped=(
        Skipped("acme", "winter", "hull", "sms", "waits until 2026-12-01 08:00Z: quiet hours"),
        Skipped("acme", "winter", "whitby", "", "opted out: No | room"),
        Skipped("acme", "winter", "filey", "", "opted out: No | room"),
    ),
    warnings=("acme/winter: sms was sent already",),
    brake="20 of 30 live deliveries of acme would be changed",
    missed=(change("ripon", reason="90 minutes late, if_late: skip"),),
)


def test_text():
    assert as_text(PLAN).splitlines() == [
        "~ update   acme/winter  web en-GB  york  content changed, dates  <- differs",
        "~ update   acme/winter  web en-GB  20 locations, such as store-00",
        "    from 2026-12-01 07:00Z to 2026-12-24 21:00Z: content changed",
        "- withdraw acme/winter  web en-GB  bath",
        "    from 2026-12-01 07:00Z to 2026-12-24 21:00Z: closed until 2026-12-10",
        "+ create   acme/winter  web en-GB  leith",
        "    from 2026-12-01 07:00Z to 2026-12-24 21:00Z: flight started",
        "o skipped  acme/winter  2 locations: opted out: No | room",
        "o skipped  acme/winter  hull on sms: waits until 2026-12-01 08:00Z: quiet hours",
        "! missed   acme/winter  web  ripon: 90 minutes late, if_late: skip",
        "warning: acme/winter: sms was sent already",
        "",
        "1 to create, 21 to update, 1 to withdraw, 1,234 unchanged",
        f"fingerprint {PLAN.fingerprint}",
        "brake: 20 of 30 live deliveries of acme would be changed",
        f"  to go on: publish --expect {PLAN.fingerprint}, or --force",
    ]


def test_text_of_every_change():
    lines = as_text(PLAN, every=True).splitlines()
    assert lines[0] == "- withdraw acme/winter  web en-GB  bath  closed until 2026-12-10"
    assert len([line for line in lines if line.startswith(("+ ", "~ ", "- "))]) == 23


@pytest.mark.parametrize(
    ("locales", "shown"),
    [
        (["fr-CA", "en-US"], "en-US, fr-CA"),
        (["fr-CA", "en-US", "de-DE"], "de-DE, en-US, fr-CA"),
        (["fr-CA", "en-US", "de-DE", "it-IT"], "de-DE, en-US and 2 more"),
    ],
)
def test_many_languages_are_cut(locales: list[str], shown: str):
    one = change()
    changes = tuple(replace(one, key=one.key._replace(locale=item)) for item in locales)
    plan = Plan(at=AT, changes=changes, unchanged=0)
    assert as_text(plan).startswith(f"+ create   acme/winter  web {shown}  leith\n")
    listed = ", ".join(sorted(locales))
    assert f"· web · {listed}\n" in as_markdown(plan)
    assert as_data(plan)["groups"][0]["locale"] == ", ".join(sorted(locales))


def test_a_location_of_several_languages_is_counted_once():
    held = [Skipped("acme", "winter", name, "web", "Flood") for name in ("bath", "bath", "york")]
    assert "o held     acme/winter  2 locations on web: Flood" in as_text(
        replace(PLAN, held=(*held,))
    )
    assert "o held     acme/winter  bath on web: Flood" in as_text(replace(PLAN, held=(*held[:2],)))


def test_text_of_nothing():
    plan = Plan(at=AT, changes=(), unchanged=3)
    assert as_text(plan) == f"nothing to do (3 unchanged)\nfingerprint {plan.fingerprint}"


def test_json():
    data = as_data(PLAN)
    assert json.loads(json.dumps(data)) == data
    assert data["at"] == "2026-12-01T07:00:00Z"
    assert data["summary"] == {"create": 1, "update": 21, "withdraw": 1, "unchanged": 1_234}
    assert data["fingerprint"] == PLAN.fingerprint
    assert data["changes"][0] == {
        "action": "withdraw",
        "brand": "acme",
        "campaign": "winter",
        "location": "bath",
        "channel": "web",
        "locale": "en-GB",
        "destination": "outbox",
        "starts": "2026-12-01T07:00:00Z",
        "ends": "2026-12-24T21:00:00Z",
        "fingerprint": "bath-withdraw",
        "artifact": "a1",
        "reason": "closed until 2026-12-10",
        "was": None,
    }
    group = {"action": "update", "campaign": "winter", "count": 20, "example": "store-00"}
    assert any(item.items() >= group.items() for item in data["groups"])
    assert data["skipped"][0]["reason"].startswith("waits until")
    assert data["warnings"] == [*PLAN.warnings, PLAN.brake]
    assert len(data["missed"]) == 1
    assert data["approvals"] == []


def test_json_of_a_review_has_no_moment():
    data = as_data(Plan(at=None, changes=(change(ends=None),), unchanged=0))
    assert (data["at"], data["changes"][0]["ends"]) == (None, None)
    assert moment(None) is None


@pytest.mark.parametrize("every", [True, False])
def test_hostile_ids_and_reasons_stay_on_their_lines(every: Any):
    plan = Plan(
        AT,
        (change("a\x1b[2J\nb", reason="x\ny\x07"),),
        0,
        (Skipped("acme", "w", "a\nb", "", "r\rs"),),
        ("w\x1b",),
        missed=(change("c", reason="z\n"),),
    )
    text = as_text(plan, every=every)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert len(text.splitlines()) == (8 if every is False else 7)
