"""Deliveries that the tests of the outbox share: valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storesync.plan.change import Action, PlacementKey
from storesync.plugins.protocols import Batch, Delivery
from storesync.render.artifact import Artifact, fingerprint

NOW = datetime(2026, 12, 2, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 13, tzinfo=UTC)
ENDS = datetime(2026, 12, 25, 3, tzinfo=UTC)


class Sample:
    """Makes deliveries of one campaign."""

    at = NOW

    def place(self, location="austin", channel="web", locale="en-US", **changes):
        place = PlacementKey("harbor", "winter", location, channel, locale, "outbox")
        return place._replace(**changes)

    def put(self, location="austin", channel="web", parts=None, *, key="", titles=None, **changes):
        place = self.place(location, channel, **changes)
        parts = {"html": f"<p>{location}"} if parts is None else parts
        artifact = Artifact(channel, place.locale, parts)
        key = key or fingerprint([*place, parts])
        named = {"brand": "Harbor", "campaign": "Winter", "location": location.title()}
        titles = named | {"folder": "us/texas"} | (titles or {})
        return Delivery(key, Action.CREATE, place, "f", artifact, STARTS, ENDS, titles=titles)

    def email(self, location="austin", *, text=None, html="<p>Warm", **changes):
        parts = {"subject": "Warm", "html": html} | ({} if text is None else {"txt": text})
        return self.put(location, "email", parts, **changes)

    def down(self, delivery):
        key = fingerprint(["down", delivery.key])
        return replace(delivery, key=key, action=Action.WITHDRAW, artifact=None)

    def batch(self, *deliveries):
        return Batch("run-1", NOW, deliveries)


@pytest.fixture(scope="session")
def sample():
    return Sample()
