from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from storesync.ledger import entry
from storesync.plugins.protocols import DeliveryState, Receipt


def test_times_are_utc():
    local = datetime(2026, 12, 1, 7, tzinfo=ZoneInfo("America/Chicago"))
    assert entry.stamp(local) == "2026-12-01T13:00:00Z"


def test_what_a_channel_says_is_cut_and_cannot_paint_a_terminal(sample):
    given = Receipt("k", DeliveryState.FAILED, "p/1", "\x1b[2J" + "x" * 10_000 + "\ud800")
    fields = entry.receipt(given, at=sample.at)
    assert fields["detail"].startswith("\\u001b[2Jxxx")
    assert len(fields["detail"]) < 600
    assert fields["remote_id"] == "p/1"


def test_an_intent_says_all_that_is_needed_to_ask_or_to_repeat(sample):
    change = sample.change()
    assert sample.intent(change) == {
        "type": "intent",
        "at": "2026-12-01T07:00:00Z",
        "run": sample.run,
        "lease": "2026-12-01T07:10:00Z",
        "key": sample.key(change),
        "action": "create",
        "placement": ["harbor-coffee", "winter", "austin", "web", "en-US", "outbox"],
        "fingerprint": change.fingerprint,
        "artifact": change.artifact,
        "starts": "2026-12-01T07:00:00Z",
        "ends": "2026-12-24T07:00:00.000005Z",
        "sequence": 0,
    }


def test_the_first_line_names_the_baseline(sample):
    assert entry.genesis(commit="c", who="ada", repository="r", at=sample.at) == {
        "proof": False,
        "remote": "",
        "type": "genesis",
        "at": "2026-12-01T07:00:00Z",
        "commit": "c",
        "who": "ada",
        "repository": "r",
    }
