"""What the ledger's own index says of campaigns: as much as reading them, and of nothing newer."""

from __future__ import annotations

import json

import pytest

from storesync.errors import UserError
from storesync.ledger import index, layout
from storesync.ledger.layout import BRANCH, INDEX, CampaignId
from storesync.ledger.manifest import Manifest
from storesync.ledger.repair import repairs
from storesync.ledger.store import LedgerStore
from storesync.source.cache import MemoryCache

SPRING = CampaignId("harbor-coffee", "spring")


def new_clone(repository) -> LedgerStore:
    return LedgerStore(repository, MemoryCache())


def summary(ledger) -> dict:
    return {
        str(name): (
            *(item.last_hash, item.length, dict(item.counts)),
            *(item.latest, item.tool, item.state),
        )
        for name, item in ledger.campaigns.items()
    }


@pytest.fixture
def written(repository, begin, sample, monkeypatch):
    """Write two campaigns, and an index of the first one; return what makes another run."""
    monkeypatch.setattr(index, "_WORTH", 2)
    begin(new_clone(repository))

    def run(name, *campaigns):
        store = new_clone(repository)
        writer = store.writer(store.read(at=sample.at), name)
        lines = [sample.intent(run=name), sample.receipt()]
        writer.append(dict.fromkeys(campaigns, lines), at=sample.at)
        manifest = Manifest("1", {}, "", sample.at, None, ())
        writer.write_manifests(dict.fromkeys(campaigns, manifest), at=sample.at)

    run("one", sample.id)
    run("two", SPRING)
    return run


@pytest.fixture
def forget(repository):
    """Take objects out of this clone: who reads them anew fails."""
    return lambda *ids: [
        (repository.common_dir / "objects" / item[:2] / item[2:]).unlink() for item in ids
    ]


def stored(repository) -> dict:
    found = repository.object_id(BRANCH, INDEX)
    return json.loads(repository.blobs([found])[0])


def test_it_says_what_reading_says(repository, sample, written):
    assert [*stored(repository)["campaigns"]] == [str(sample.id)]
    found = new_clone(repository).read(at=sample.at)
    assert summary(found) == summary(new_clone(repository).read(at=sample.at, whole=True))
    assert found.problems == ()


def test_it_is_believed_of_what_has_not_grown_and_never_by_verify(repository, sample, written, put):
    data = stored(repository)
    data["campaigns"][str(sample.id)]["length"] = 99
    put({INDEX: json.dumps(data).encode()})
    store = new_clone(repository)
    assert store.read(at=sample.at).campaign(*sample.id).length == 99
    assert new_clone(repository).read(at=sample.at, whole=True).campaign(*sample.id).length == 2
    writer = store.writer(new_clone(repository).read(at=sample.at, whole=True), "three")
    writer.append({sample.id: [sample.note("More")]}, at=sample.at)
    assert new_clone(repository).read(at=sample.at).campaign(*sample.id).length == 3


def test_what_it_says_is_not_kept_where_verify_would_believe_it(repository, sample, written, put):
    data = stored(repository)
    data["campaigns"][str(sample.id)]["length"] = 99
    put({INDEX: json.dumps(data).encode()})
    store = new_clone(repository)
    assert store.read(at=sample.at).campaign(*sample.id).length == 99
    found = store.read(at=sample.at, whole=True)
    assert found.campaign(*sample.id).length == 2
    assert [(item.path, item.severity) for item in found.problems] == [(INDEX, "error")]
    assert store.read(at=sample.at).campaign(*sample.id).length == 2
    [repair] = repairs(repository, found)
    assert repair.files == {INDEX: None}


def test_records_of_a_campaign_whose_damage_it_hides_are_not_believed(
    repository, sample, written, put
):
    [path] = new_clone(repository).read(at=sample.at).files.campaigns[sample.id].segments
    raw = repository.blobs([repository.object_id(BRANCH, path)])[0]
    put({path: raw.replace(b'"live"', b'"dead"')})
    now = new_clone(repository).read(at=sample.at, whole=True)
    data = stored(repository)
    digest = index.digest_of(now.genesis.hash, now.files.campaigns[sample.id])
    data["campaigns"][str(sample.id)]["digest"] = digest
    put({INDEX: json.dumps(data).encode()})
    found = new_clone(repository).read(at=sample.at).campaign(*sample.id)
    with pytest.raises(UserError, match=INDEX):
        _ = found.state


@pytest.mark.parametrize(
    "wrong",
    [
        {"length": "9"},
        {"length": None},
        {"length": True},
        {"counts": {"live": "many"}},
        {"seen": ["x"]},
        {"last": {}},
        {"seen": 1},
        {"latest": 1e300},
        {"latest": float("nan")},
    ],
)
def test_one_whose_parts_are_of_other_types_is_none(repository, sample, written, wrong):
    data = stored(repository)
    data["campaigns"][str(sample.id)] |= wrong
    assert index.from_json(json.dumps(data).encode()) == {}


def test_it_says_nothing_of_what_the_same_run_writes(repository, sample, written):
    """A campaign that every run writes about would have every run write it anew."""
    written("three", SPRING)
    before = stored(repository)
    assert str(SPRING) not in before["campaigns"]
    written("four", SPRING)
    assert stored(repository) == before


def test_lines_are_not_read_again_because_a_manifest_was_written_anew(
    repository, sample, written, forget
):
    """Each change of a brand writes all of its manifests: of campaigns of long ago, too."""
    store = new_clone(repository)
    old = store.read(at=sample.at)
    writer = store.writer(old, "three")
    writer.append({SPRING: [sample.note("More")]}, at=sample.at)
    anew = Manifest("2", {"brands/harbor-coffee": "f" * 40}, "", sample.at, None, ())
    writer.write_manifests({sample.id: anew, SPRING: anew}, at=sample.at)
    forget(*old.files.campaigns[sample.id].segments.values())
    for here in (store, new_clone(repository)):
        found = here.read(at=sample.at).campaign(*sample.id)
        assert (found.length, found.tool, found.problems) == (2, "2", ())


def test_a_manifest_that_names_a_line_that_is_gone_is_seen_by_who_knows_the_lines(
    repository, sample, written, put
):
    store = new_clone(repository)
    ledger = store.read(at=sample.at)
    path = layout.manifest_path(sample.id)
    [sound] = repository.blobs(ledger.files.campaigns[sample.id].manifest)
    put({path: sound.replace(ledger.campaign(*sample.id).last_hash.encode(), b"0" * 64)})
    assert store.read(at=sample.at).campaign(*sample.id).is_damaged
    assert new_clone(repository).read(at=sample.at).campaign(*sample.id).is_damaged
    put({path: sound})
    assert not store.read(at=sample.at).campaign(*sample.id).is_damaged


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"v":3,"campaigns":{}}',
        b'{"v":2,"campaigns":[1]}',
        b'{"v":2,"campaigns":{"harbor-coffee/winter":{"digest":"x"}}}',
        b'{"v":2,"campaigns":{"harbor-coffee/winter":[]}}',
        b"[" * 100_000,
    ],
)
def test_one_that_cannot_be_read_costs_time_only(repository, sample, written, data, put):
    before = summary(new_clone(repository).read(at=sample.at, whole=True))
    put({INDEX: data})
    found = new_clone(repository).read(at=sample.at)
    assert (summary(found), found.problems) == (before, ())
    written("three", sample.id)  # and the next run writes a sound one
    assert str(SPRING) in stored(repository)["campaigns"]


def test_what_is_damaged_is_read_each_time(repository, sample, written, put):
    [path] = new_clone(repository).read(at=sample.at).files.campaigns[sample.id].segments
    raw = repository.blobs([repository.object_id(BRANCH, path)])[0]
    put({path: raw.replace(b'"live"', b'"dead"')})
    assert new_clone(repository).read(at=sample.at).campaign(*sample.id).is_damaged
    written("three", CampaignId("harbor-coffee", "autumn"))
    assert str(sample.id) not in stored(repository)["campaigns"]
    assert new_clone(repository).read(at=sample.at).campaign(*sample.id).is_damaged


def test_it_is_not_written_for_little(repository, sample, written, monkeypatch):
    monkeypatch.setattr(index, "_WORTH", 100)
    before = stored(repository)
    written("three", sample.id)
    assert stored(repository) == before
