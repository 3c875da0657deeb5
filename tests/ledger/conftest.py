"""Values that the tests of the ledger share: valid by default."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storesync.ledger import entry
from storesync.ledger.delivery import delivery_key
from storesync.ledger.layout import BRANCH, CampaignId
from storesync.ledger.store import LedgerStore
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plugins.protocols import DeliveryState, Receipt
from storesync.render.artifact import fingerprint
from storesync.source.cache import MemoryCache
from storesync.source.git import Repository

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)


class Sample:
    """Makes lines about one campaign; `price` stands for all that customers see."""

    at = AT
    id = CampaignId("harbor-coffee", "winter")
    run = "20261201t070000z-a1"

    def place(self, location="austin"):
        return PlacementKey(*self.id, location, "web", "en-US", "outbox")

    def change(self, location="austin", price="3.00", action=Action.CREATE):
        artifact = "" if action is Action.WITHDRAW else fingerprint(price)
        return Change(
            action=action,
            key=self.place(location),
            starts=None if action is Action.WITHDRAW else AT,
            ends=AT + timedelta(days=23, microseconds=5),
            fingerprint=fingerprint([location, action, price]),
            artifact=artifact,
            reason="starts",
            explained=True,
        )

    def intent(self, change=None, sequence=0, *, run=None, lease=600):
        change = change or self.change()
        return entry.intent(
            change,
            key=self.key(change, sequence),
            sequence=sequence,
            run=run or self.run,
            lease=AT + timedelta(seconds=lease),
            at=AT,
        )

    def note(self, text):
        return entry.note(text, who="ada", at=AT)

    def key(self, change, sequence=0):
        return delivery_key("repository", change.key, sequence, change.action, change.fingerprint)

    def receipt(self, change=None, sequence=0, *, state=DeliveryState.LIVE, **parts):
        key = self.key(change or self.change(), sequence)
        return entry.receipt(Receipt(key, state, **parts), at=AT)


@pytest.fixture
def sample():
    return Sample()


@pytest.fixture
def repository(repo):
    """A real repository with no ledger yet."""
    return Repository.find(repo({"storesync.yaml": "version: 1\n"}))


@pytest.fixture
def store(repository):
    return LedgerStore(repository, MemoryCache())


@pytest.fixture
def begin():
    """Begin a store's ledger, and return it."""
    return lambda store: store.begin(at=AT, who="ada", commit="c" * 40, repository_id="repository")


@pytest.fixture
def put(repository, sample):
    """Commit files to the ledger's branch behind StoreSync's back."""

    def change(files):
        tip = repository.read_ref(BRANCH)
        repository.commit_files(BRANCH, files, "Tamper", expected=tip, when=sample.at)

    return change
