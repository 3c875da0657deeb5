from __future__ import annotations

from datetime import timedelta

import pytest

from storesync.errors import UserError
from storesync.ledger import entry, layout, segment
from storesync.ledger.entry import JournalKind
from storesync.ledger.journal import assemble
from storesync.ledger.layout import BRANCH, CampaignId
from storesync.ledger.manifest import Manifest
from storesync.ledger.scope import Scope
from storesync.ledger.store import LedgerStore
from storesync.source.cache import MemoryCache
from storesync.source.git import LostRace, Repository

ROOT = "0" * 64


def recall(sample, reason):
    scope = Scope("harbor-coffee")
    return entry.recall(scope, who="ada", role="admin", reason=reason, at=sample.at)


def chained(*rows, previous=ROOT):
    """Return a segment's bytes and the hash of each line."""
    parts, hashes = [], []
    for number, fields in enumerate(rows, start=1):
        line, previous = segment.encode(fields, number, previous)
        parts.append(line)
        hashes.append(previous)
    return b"".join(parts), hashes


def details(journal):
    return [line.fields["detail"] for line in journal.lines]


def content(repository, path):
    return repository.blobs([repository.object_id(BRANCH, path)])[0]


def test_a_sound_journal(sample):
    data, hashes = chained(recall(sample, "one"), recall(sample, "two"))
    found = assemble({"ledger/journal/a.jsonl": data}, ROOT, hashes[:1])
    found.check()
    assert details(found) == ["one", "two"]
    assert (found.last_hash, found.length, found.latest) == (hashes[1], 2, sample.at)
    assert found.of(JournalKind.HOLD) == ()
    assert found.of(JournalKind.RECALL, JournalKind.HOLD) == found.lines


@pytest.mark.parametrize("kind", ["approved-by-vote", "intent", 7, None, ["hold"]])
def test_a_type_of_a_newer_one_stops_everything(sample, kind):
    odd = recall(sample, "two") | {"type": kind}
    data, hashes = chained(recall(sample, "one"), odd, recall(sample, "three"))
    found = assemble({"ledger/journal/a.jsonl": data}, ROOT, ())
    [problem] = found.problems
    assert problem.rule == ("ledger-newer" if isinstance(kind, str) else "ledger-damaged")
    assert (problem.path, problem.line) == ("ledger/journal/a.jsonl", 2)
    assert (details(found), found.last_hash) == (["one"], hashes[0])
    for ask in (found.check, lambda: found.of(JournalKind.HOLD)):
        with pytest.raises(UserError, match=r"journal is damaged: ledger/journal/a.jsonl:2"):
            ask()


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-5],
        lambda data: data.replace(b"one", b"own"),
        lambda data: data.partition(b"\n")[2],
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda _: b"",
    ],
    ids=["cut", "changed", "taken out", "line ends", "empty"],
)
def test_harm_is_located(sample, harm):
    data, _ = chained(recall(sample, "one"), recall(sample, "two"))
    found = assemble({"ledger/journal/a.jsonl": harm(data)}, ROOT, ())
    assert found.problems[0].path == "ledger/journal/a.jsonl"
    assert found.problems[0].line >= 1
    with pytest.raises(UserError, match="journal is damaged"):
        found.check()


def test_lines_that_a_manifest_names_must_be_there(sample):
    data, hashes = chained(recall(sample, "one"), recall(sample, "two"))
    kept = data.splitlines(keepends=True)[0]
    assert not assemble({"ledger/journal/a.jsonl": kept}, ROOT, [ROOT, hashes[0]]).problems
    for files in ({"ledger/journal/a.jsonl": kept}, {}):
        with pytest.raises(UserError, match="lines at the end of the journal are gone"):
            assemble(files, ROOT, [hashes[1]]).check()


@pytest.mark.slow
def test_what_is_appended_is_read(repository, store, begin, sample):
    writer = store.writer(begin(store), "one")
    writer.append_journal([], at=sample.at)
    writer.append_journal([recall(sample, "a"), recall(sample, "b")], at=sample.at)
    writer.append_journal([recall(sample, "c")], at=sample.at)
    later = store.writer(store.read(at=sample.at), "two")
    later.append_journal([recall(sample, "d")], at=sample.at)
    for cache in (MemoryCache(), store._cache, store._cache):
        ledger = LedgerStore(repository, cache).read(at=sample.at)
        assert ledger.journal.problems == ()
        assert (details(ledger.journal), ledger.journal.length) == (["a", "b", "c", "d"], 4)
        assert (ledger.problems, ledger.campaigns) == ((), {})
    with pytest.raises(ValueError, match="used twice"):
        store.writer(ledger, "two").append_journal([recall(sample, "x")], at=sample.at)


@pytest.mark.slow
def test_it_follows_the_genesis_line_and_what_is_read_is_read_once(
    repository, store, begin, sample, monkeypatch
):
    ledger = begin(store)
    assert ledger.journal.last_hash == ledger.genesis.hash
    store.writer(ledger, "one").append_journal([recall(sample, "a")], at=sample.at)
    [line] = store.read(at=sample.at).journal.lines
    assert line.fields["prev"] == ledger.genesis.hash
    monkeypatch.setattr(Repository, "blobs", lambda _, ids: ids and pytest.fail("read"))
    assert details(store.read(at=sample.at).journal) == ["a"]


@pytest.mark.slow
def test_two_writers_take_turns(store, begin, sample):
    ledger = begin(store)
    one, two = store.writer(ledger, "one"), store.writer(ledger, "two")
    one.append_journal([recall(sample, "a")], at=sample.at)
    with pytest.raises(LostRace):
        two.append_journal([recall(sample, "b")], at=sample.at)
    with pytest.raises(LostRace):  # what is planned without it must not be sent
        two.append({sample.id: [sample.intent()]}, at=sample.at)
    two.confirm({sample.id: [sample.note("x")]}, at=sample.at)
    two.append_journal([recall(sample, "b")], at=sample.at)
    with pytest.raises(LostRace):
        one.append_journal([recall(sample, "c")], at=sample.at)
    one.confirm({sample.id: [sample.note("y")]}, at=sample.at)
    one.append_journal([recall(sample, "c")], at=sample.at)
    journal = store.read(at=sample.at).journal
    assert (details(journal), journal.problems) == (["a", "b", "c"], ())


@pytest.mark.slow
def test_a_brand_may_be_called_journal(store, begin, sample):
    brand = CampaignId("journal", "winter")
    writer = store.writer(begin(store), "one")
    writer.append_journal([recall(sample, "a")], at=sample.at)
    writer.append({brand: [sample.note("x")]}, at=sample.at)
    ledger = store.read(at=sample.at)
    assert details(ledger.journal) == ["a"]
    assert [line.fields["detail"] for line in ledger.lines(*brand)] == ["x"]
    assert ledger.problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False])
def test_harm_on_the_branch(repository, store, begin, sample, put, known):
    """Seen by the clone that wrote it; after a fresh clone by its own hash."""
    writer = store.writer(begin(store), "one")
    writer.append_journal([recall(sample, "a"), recall(sample, "b")], at=sample.at)
    path = layout.journal_path("one")
    first = content(repository, path).splitlines(keepends=True)[0]
    if known:
        put({path: first})
    else:
        (repository.common_dir / "storesync-ledger-tip").unlink()
        put({path: first[:-2] + b"\n"})
    for each in (LedgerStore(repository, MemoryCache()), store, store):
        ledger = each.read(at=sample.at)
        with pytest.raises(UserError, match=f"journal is damaged: {path}"):
            ledger.journal.check()
        with pytest.raises(UserError, match="journal is damaged"):
            store.writer(ledger, "two").append_journal([recall(sample, "c")], at=sample.at)


@pytest.mark.slow
def test_a_fresh_clone_misses_what_a_manifest_names(repository, store, begin, sample, put):
    writer = store.writer(begin(store), "one")
    writer.append_journal([recall(sample, "a"), recall(sample, "b")], at=sample.at)
    writer.append({sample.id: [sample.note("x")]}, at=sample.at)
    writer.write_manifests({sample.id: Manifest("1", {}, "", sample.at, None, ())}, at=sample.at)
    path = layout.journal_path("one")
    put({path: content(repository, path).splitlines(keepends=True)[0]})
    (repository.common_dir / "storesync-ledger-tip").unlink()
    ledger = LedgerStore(repository, MemoryCache()).read(at=sample.at)
    with pytest.raises(UserError, match="a manifest names one that is not here"):
        ledger.journal.check()
    assert not ledger.campaign(*sample.id).is_damaged


@pytest.mark.slow
def test_a_time_ahead_is_a_warning(store, begin, sample):
    store.writer(begin(store), "one").append_journal([recall(sample, "a")], at=sample.at)
    journal = store.read(at=sample.at - timedelta(hours=1)).journal
    journal.check()
    assert [item.rule for item in journal.problems] == ["ledger-future"]
