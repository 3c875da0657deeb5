"""Campaigns that are over share a file: a change of their brand is one object, not one for each."""

from __future__ import annotations

import dataclasses

import pytest

from storesync.ledger import over
from storesync.ledger.layout import BRANCH, CampaignId, over_path, segment_path
from storesync.ledger.manifest import Manifest, Skip
from storesync.ledger.repair import repairs
from storesync.ledger.store import LedgerStore
from storesync.source.cache import MemoryCache

SPRING = CampaignId("harbor-coffee", "spring")
SUMMER = CampaignId("harbor-coffee", "summer")


@pytest.fixture
def write(repository, begin, sample):
    """Return what writes manifests of three campaigns in one more run; they have lines already."""
    store = LedgerStore(repository, MemoryCache())
    begin(store)
    every = (sample.id, SPRING, SUMMER)
    first = store.writer(store.read(at=sample.at), "lines")
    first.append({name: [sample.note("Sent")] for name in every}, at=sample.at)
    runs = iter(range(99))

    def run(inputs: str, *living: CampaignId, of: tuple[CampaignId, ...] = every):
        some = Manifest("1", {"brands/harbor-coffee": inputs}, "", sample.at, None, ())
        still = dataclasses.replace(some, skipped=(Skip(sample.place(), "waits"),))
        given = {name: still if name in living else some for name in of}
        writer = store.writer(store.read(at=sample.at), f"run-{next(runs)}")
        writer.write_manifests(given, at=sample.at)
        return LedgerStore(repository, MemoryCache()).read(at=sample.at)

    return run


def touched(repository) -> list[str]:
    tip = repository.read_ref(BRANCH)
    parent = repository.resolve(f"{tip}~")
    return sorted(item.path for item in repository.changes(parent, tip, []))


def test_a_change_of_the_brand_is_one_file(repository, sample, write):
    write("a", sample.id)
    ledger = write("b", sample.id)
    assert touched(repository) == [
        over_path("harbor-coffee"),
        f"manifests/{sample.id}.json",
    ]
    inputs = {name: item.inputs["brands/harbor-coffee"] for name, item in ledger.manifests.items()}
    assert inputs == dict.fromkeys((sample.id, SPRING, SUMMER), "b")
    tails = {name: item.ledger_tip_line for name, item in ledger.manifests.items()}
    assert tails == {name: item.last_hash for name, item in ledger.campaigns.items()}
    assert {item.tool for item in ledger.campaigns.values()} == {"1"}
    assert ledger.problems == ()


def test_nothing_new_writes_nothing(repository, sample, write):
    before = write("a", sample.id).tip
    assert write("a", sample.id).tip == before


def test_what_comes_back_has_its_own_again_and_what_ends_has_none(repository, sample, write):
    write("a", sample.id)
    ledger = write("b", SPRING)
    assert not ledger.files.campaigns[sample.id].manifest
    assert ledger.manifests[sample.id].skipped == ()
    assert len(ledger.manifests[SPRING].skipped) == 1
    assert sorted(ledger.over["harbor-coffee"]) == ["summer", "winter"]


def test_of_what_nothing_is_concluded_all_stays_as_it_was(repository, sample, write):
    write("a", sample.id)
    ledger = write("b", sample.id, of=(sample.id, SPRING))
    inputs = {name: item.inputs["brands/harbor-coffee"] for name, item in ledger.manifests.items()}
    assert inputs == {sample.id: "b", SPRING: "b", SUMMER: "a"}


def test_lines_that_are_gone_are_missed(repository, sample, write, put):
    ledger = write("a", sample.id)
    [segment] = ledger.files.campaigns[SPRING].segments
    put({segment: None})
    (repository.common_dir / "storesync-ledger-tip").unlink()  # as in a new clone
    ledger = LedgerStore(repository, MemoryCache()).read(at=sample.at)
    assert [name for name, item in ledger.campaigns.items() if item.is_damaged] == [SPRING]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"v":9}', b'{"v":1,"over":[[1]]}', b'{"v":1,"over":{"a":"b"}}', b"[" * 99],
)
def test_another_file_is_as_good_as_absent(data):
    assert over.from_json(data) == {}


def test_lines_that_are_gone_are_put_back_all_of_them(repository, sample, write, put):
    store = LedgerStore(repository, MemoryCache())
    ledger = write("a", sample.id)
    more = store.writer(ledger, "more")
    more.append({SPRING: [sample.note("Seen"), sample.note("Over")]}, at=sample.at)
    ledger = write("b", sample.id)
    path = segment_path(SPRING, "more")
    good = repository.file(BRANCH, path)
    put({path: good[: good.index(b"\n") + 1]})
    put({path: None})
    [repair] = repairs(repository, LedgerStore(repository, MemoryCache()).read(at=sample.at))
    assert (repair.files, repair.lines) == ({path: good}, 3)
