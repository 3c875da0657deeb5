"""A manifest that somebody forged keeps things from changing; that is seen, and mended at once."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from storesync.ledger.store import LedgerStore
from storesync.publish.manifests import inputs_of
from storesync.source.cache import MemoryCache
from storesync.source.git import Repository
from tests.publish.test_proof import FILES, Office

pytestmark = pytest.mark.slow

NEW = "brands/acme/locations/gb/mill.yaml"
AT = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)


@pytest.fixture
def office(adopted) -> Office:
    made = adopted(FILES)
    made.land({NEW: "name: Mill\naddress: {street: 2 Mill, city: Mill}\n"}, approve="mia")
    return made


def store_of(office: Office) -> LedgerStore:
    return LedgerStore(Repository.find(office.root), MemoryCache())


def test_what_a_forged_manifest_keeps_in_is_told_and_goes_out_without_it(office):
    store = store_of(office)
    ledger, inputs = store.read(at=AT), inputs_of(Repository.find(office.root), "main")
    forged = {
        name: dataclasses.replace(item, inputs=inputs[name.brand], next_change=None)
        for name, item in ledger.manifests.items()
    }
    store.writer(ledger, "forged").write_manifests(forged, at=AT)
    office.publish()
    assert office.page("mill") == ""
    status = office.run("-C", office.root, "status", "--at", "2026-11-22T13:00Z").stdout
    assert "late: 1 not sent" in status
    ledger = store.read(at=AT)
    listed = office.git("ls-tree", "-r", "--name-only", "storesync/ledger", "manifests/")
    files = dict.fromkeys(listed.split())
    assert files
    store.commit(files, "Work out anew", ledger, at=AT)
    assert office.publish().code == 0
    assert "Hello Mill" in office.page("mill")
