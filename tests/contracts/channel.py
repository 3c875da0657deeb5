"""What every channel keeps, run over all that are installed: `pytest tests/contracts/channel.py`.

A plug-in that needs options, or a server to talk to, is tried by a class of its own, in a file
that imports this one (put this folder on `pythonpath`):

    class TestPrinter(ChannelContract):
        @pytest.fixture
        def reopen(self, tmp_path):
            return lambda: open_printer(ChannelSetting(tmp_path, {"queue": "test"}))

Deliveries are asked about only where `can_verify` says that the channel can answer.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points

import pytest

from storesync.errors import UserError
from storesync.plan.change import Action, PlacementKey
from storesync.plugins.protocols import (
    Batch,
    Capabilities,
    Channel,
    ChannelSetting,
    Delivery,
    DeliveryClass,
    DeliveryState,
    Receipt,
)
from storesync.plugins.registry import CHANNELS, missing_members, open_channel
from storesync.render.artifact import Artifact, fingerprint

# Options to try an installed plug-in with; one that is not here is tried without any.
OPTIONS: dict[str, list[dict[str, str]]] = {
    "outbox": [{}, {"branch": "outbox"}],
}
NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)
PARTS = {
    "web": {"html": "<!doctype html><p>Warm hands & warm “hearts”"},
    "email": {"subject": "Warm hands", "html": "<p>20 % off", "txt": "20 % off\n"},
    "sms": {"txt": "20 % off till 24 Dec. Reply STOP to end."},
    "social": {"txt": "Flat white, 20 % off ☕"},
}
# What a channel may say of a delivery that it was asked to put out.
ANSWERS = {
    DeliveryState.LIVE,
    DeliveryState.HANDED_OFF,
    DeliveryState.IN_DOUBT,
    DeliveryState.REFUSED,
    DeliveryState.FAILED,
}
OUT = {DeliveryState.LIVE, DeliveryState.HANDED_OFF}

Reopen = Callable[[], Channel]


def create(location: str = "austin-congress", channel: str = "web", **changes: str) -> Delivery:
    """Return a sound delivery; `changes` are of its placement."""
    place = PlacementKey("harbor", "winter", location, channel, "en-US", "main")
    place = place._replace(**changes)
    return Delivery(
        key=fingerprint(["create", *place]),
        action=Action.CREATE,
        placement=place,
        fingerprint=fingerprint(list(place)),
        artifact=Artifact(channel, place.locale, PARTS[channel]),
        starts=NOW,
        ends=NOW + timedelta(days=20),
        titles={"brand": "Harbor", "campaign": "Winter", "location": "Congress", "folder": "us"},
    )


def update(old: Delivery, text: str = "30 % off") -> Delivery:
    """Return the delivery of another text in the place of one that is out."""
    assert old.artifact is not None
    parts = dict.fromkeys(old.artifact.parts, text)
    artifact = replace(old.artifact, parts=parts)
    key = fingerprint(["update", old.key, text])
    return replace(old, key=key, action=Action.UPDATE, artifact=artifact, fingerprint=key)


def withdraw(old: Delivery) -> Delivery:
    """Return the delivery that takes one down."""
    key = fingerprint(["withdraw", old.key])
    return replace(old, key=key, action=Action.WITHDRAW, artifact=None, fingerprint=key)


def send(channel: Channel, *deliveries: Delivery) -> list[Receipt]:
    """Carry out one batch."""
    return list(channel.deliver(Batch("run-1", NOW, deliveries)))


def needs(channel: Channel, *names: str) -> None:
    """Skip where the channel says it cannot do something."""
    lacking = [name for name in names if not getattr(channel.capabilities, name)]
    if lacking:
        pytest.skip(f"the channel says no to {', '.join(lacking)}")


class ChannelContract:
    """The suite. A subclass gives `reopen`: a function that opens the channel, each time anew."""

    @pytest.fixture
    def channel(self, reopen: Reopen) -> Channel:
        return reopen()

    def test_has_all_members(self, channel):
        assert missing_members(channel, Channel) == []

    def test_says_what_it_can_do(self, channel):
        assert isinstance(channel.capabilities, Capabilities)
        assert isinstance(channel.capabilities.delivery_class, DeliveryClass)
        assert channel.capabilities.batch_size >= 1

    def test_opening_changes_nothing(self, reopen, tmp_path):
        before = sorted(tmp_path.rglob("*"))
        reopen()
        assert sorted(tmp_path.rglob("*")) == before

    @pytest.mark.parametrize("kind", PARTS)
    def test_one_receipt_a_delivery(self, channel, kind):
        deliveries = [create(f"store-{number}", kind) for number in range(3)]
        receipts = send(channel, *deliveries)
        assert sorted(item.key for item in receipts) == sorted(item.key for item in deliveries)
        assert {item.state for item in receipts} <= ANSWERS
        if not channel.capabilities.can_schedule:
            assert DeliveryState.HANDED_OFF not in {item.state for item in receipts}

    def test_an_empty_batch_is_no_trouble(self, channel):
        assert send(channel) == []
        channel.finish(NOW)

    def test_what_is_out_is_found_later(self, channel, reopen):
        needs(channel, "can_verify")
        delivery = create()
        [receipt] = send(channel, delivery)
        assert receipt.state in OUT
        found = reopen().look_up(delivery)
        assert found is not None
        assert (found.key, found.state) == (delivery.key, receipt.state)
        assert found.remote_id == receipt.remote_id

    def test_what_was_never_sent_is_not_found(self, channel):
        needs(channel, "can_verify")
        send(channel, create("store-1"))
        assert channel.look_up(create("store-2")) is None

    def test_the_same_again_changes_nothing(self, channel, reopen):
        if channel.capabilities.delivery_class not in {
            DeliveryClass.KEYED,
            DeliveryClass.CONVERGENT,
        }:
            pytest.skip("the channel does not promise it")
        delivery = create()
        assert send(channel, delivery) == send(reopen(), delivery)

    def test_a_batch_broken_off_can_be_repeated(self, channel, reopen):
        needs(channel, "can_verify")
        deliveries = [create(f"store-{number}") for number in range(3)]
        receipts: Iterator[Receipt] = iter(channel.deliver(Batch("run-1", NOW, deliveries)))
        first = next(receipts)
        del receipts
        again = reopen()
        assert again.look_up(next(item for item in deliveries if item.key == first.key))
        missing = [item for item in deliveries if again.look_up(item) is None]
        assert {item.state for item in send(again, *missing)} <= OUT
        assert all(again.look_up(item) for item in deliveries)

    def test_an_update_takes_the_place_of_the_old(self, channel, reopen):
        needs(channel, "can_update", "can_verify")
        old = create()
        new = update(old)
        send(channel, old)
        [receipt] = send(reopen(), new)
        assert receipt.state in OUT
        assert reopen().look_up(old) is None
        assert reopen().look_up(new) is not None

    def test_withdrawn_is_gone(self, channel, reopen):
        needs(channel, "can_withdraw", "can_verify")
        old, other = create("store-1"), create("store-2")
        send(channel, old, other)
        assert channel.look_up(withdraw(old)) is None
        [receipt] = send(reopen(), withdraw(old))
        assert receipt.state is DeliveryState.WITHDRAWN
        assert reopen().look_up(old) is None
        assert reopen().look_up(other) is not None
        assert reopen().look_up(withdraw(old)) == receipt

    def test_withdrawing_twice_or_what_was_never_there(self, channel):
        needs(channel, "can_withdraw")
        old = create()
        send(channel, old)
        receipts = [*send(channel, withdraw(old)), *send(channel, withdraw(old))]
        receipts += send(channel, withdraw(create("store-9")))
        assert {item.state for item in receipts} == {DeliveryState.WITHDRAWN}

    def test_out_again_after_a_withdrawal(self, channel):
        needs(channel, "can_withdraw", "can_verify")
        first = create()
        second = replace(first, key=fingerprint("second"))
        send(channel, first)
        send(channel, withdraw(first))
        assert send(channel, second)[0].state in OUT
        assert channel.look_up(second) is not None
        assert channel.look_up(first) is None

    @pytest.mark.parametrize(
        "bad",
        [
            create("../../../escaped"),
            create("a/b"),
            create(".hidden"),
            create("x" * 5_000),
            create("nul\0"),
            create("", brand=".."),
            replace(create("empty"), artifact=None),
            replace(create("half"), artifact=Artifact("web", "en-US", {"html": "\ud83d"})),
            replace(create("part"), artifact=Artifact("web", "en-US", {"../html": "x"})),
        ],
        ids=["up", "slash", "dot", "long", "nul", "nothing", "no-text", "half", "part"],
    )
    def test_one_that_cannot_go_out_stops_no_other(self, channel, bad):
        good = create("store-1")
        receipts = {item.key: item for item in send(channel, bad, good)}
        assert receipts.keys() == {bad.key, good.key}
        assert receipts[bad.key].state in {DeliveryState.REFUSED, DeliveryState.FAILED} | OUT
        assert receipts[good.key].state in OUT | {DeliveryState.IN_DOUBT}

    def test_strange_titles_are_only_text(self, channel):
        title = "</title><script>alert(1)</script>\u202e\x00" * 50
        titles = dict.fromkeys(("brand", "campaign", "location", "folder"), title)
        assert send(channel, replace(create(), titles=titles))[0].state in ANSWERS
        channel.finish(NOW)
        assert send(channel, replace(create("store-2"), titles={}))[0].state in ANSWERS
        channel.finish(NOW)

    def test_without_dates(self, channel):
        assert send(channel, replace(create(), starts=None, ends=None))[0].state in ANSWERS
        channel.finish(NOW)

    def test_finishing_is_harmless_at_any_time(self, channel, reopen):
        channel.finish(NOW)
        send(channel, create())
        channel.finish(NOW)
        channel.finish(NOW + timedelta(days=3))
        reopen().finish(NOW)
        if channel.capabilities.can_verify:
            assert reopen().look_up(create()) is not None


def _installed() -> list[tuple[str, dict[str, str]]]:
    names = sorted({entry.name for entry in entry_points(group=CHANNELS)})
    return [(name, options) for name in names for options in OPTIONS.get(name, [{}])]


def _label(case: tuple[str, dict[str, str]]) -> str:
    return "-".join([case[0], *case[1]])


@pytest.mark.slow
class TestInstalledChannels(ChannelContract):
    """Every entry point, opened as StoreSync opens it, in a Git repository of its own."""

    @pytest.fixture(params=_installed(), ids=_label)
    def reopen(self, request, tmp_path) -> Reopen:
        name, options = request.param
        subprocess.run(["git", "init", "--quiet", "--template=", tmp_path], check=True)
        setting = ChannelSetting(tmp_path, options)
        try:
            open_channel(name, setting, [name])
        except UserError as error:
            pytest.skip(f"{name} does not open without help: {error.message}")
        return lambda: open_channel(name, setting, [name])
