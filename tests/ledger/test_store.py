from __future__ import annotations

import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storesync.errors import UserError
from storesync.ledger import entry, layout
from storesync.ledger.layout import BRANCH, TAG, CampaignId
from storesync.ledger.manifest import Entry, Manifest
from storesync.ledger.repair import repairs
from storesync.ledger.scope import Scope
from storesync.ledger.store import LedgerStore
from storesync.plugins.protocols import DeliveryState
from storesync.source.cache import MemoryCache
from storesync.source.git import LostRace, Repository

pytestmark = pytest.mark.slow

SPRING = CampaignId("harbor-coffee", "spring")


def log(repository):
    return repository.git("rev-list", BRANCH).stdout.decode().split()


def texts(ledger, campaign):
    return [line.fields["detail"] for line in ledger.lines(*campaign)]


def content(repository, path):
    return repository.blobs([repository.object_id(BRANCH, path)])[0]


def test_before_the_first_use(store, sample):
    ledger = store.read(at=sample.at)
    assert (ledger.tip, ledger.genesis, ledger.campaigns, ledger.manifests) == (None, None, {}, {})
    assert ledger.campaign(*sample.id).state == {}
    assert ledger.lines(*sample.id) == []
    with pytest.raises(UserError, match="there is no ledger yet"):
        store.writer(ledger, sample.run)


def test_it_begins_once(repository, store, begin, sample):
    ledger = begin(store)
    assert ledger.genesis.commit == "c" * 40
    assert (ledger.genesis.who, ledger.genesis.at) == ("ada", sample.at)
    assert ledger.genesis.repository == "repository"
    assert repository.refs(BRANCH, TAG) == {BRANCH: ledger.tip, TAG: ledger.tip}
    again = begin(LedgerStore(repository, MemoryCache()))
    assert (again.tip, again.genesis) == (ledger.tip, ledger.genesis)


def test_two_that_begin_at_once_share_it(repository, store, begin):
    other = LedgerStore(repository, MemoryCache())
    with ThreadPoolExecutor() as pool:
        one, two = pool.map(begin, [store, other])
    assert one.genesis == two.genesis
    assert len(log(repository)) == 1


def test_what_is_appended_is_read(repository, store, begin, sample):
    writer = store.writer(begin(store), sample.run)
    oslo = sample.change("oslo")
    writer.append(
        {sample.id: [sample.intent(), sample.intent(oslo)], SPRING: [sample.note("hi")]},
        at=sample.at,
    )
    writer.append({sample.id: [sample.receipt()]}, at=sample.at)
    for cache in (MemoryCache(), store._cache, store._cache):
        ledger = LedgerStore(repository, cache).read(at=sample.at)
        winter = ledger.campaign(*sample.id)
        assert winter.problems == ()
        assert winter.length == 3
        assert winter.counts == {DeliveryState.LIVE: 1, DeliveryState.IN_DOUBT: 1}
        assert winter.latest == sample.at
        assert winter.state[oslo.key].state is DeliveryState.IN_DOUBT
        assert winter.state[sample.place()].live == sample.change().fingerprint
        assert winter.last_hash == ledger.lines(*sample.id)[-1].hash
        assert texts(ledger, SPRING) == ["hi"]
    assert len(log(repository)) == 3


def test_the_next_run_goes_on_in_a_file_of_its_own(repository, store, begin, sample):
    for run in ("run-b", "run-a"):
        writer = store.writer(begin(store), run)
        writer.append({sample.id: [sample.note(run)]}, at=sample.at)
        writer.append({sample.id: [sample.note(f"{run} again")]}, at=sample.at)
    ledger = store.read(at=sample.at)
    assert texts(ledger, sample.id) == ["run-b", "run-b again", "run-a", "run-a again"]
    assert sorted(ledger.files.campaigns[sample.id].segments) == [
        "ledger/harbor-coffee/winter/run-a.jsonl",
        "ledger/harbor-coffee/winter/run-b.jsonl",
    ]
    with pytest.raises(ValueError, match="used twice"):
        store.writer(ledger, "run-a").append({sample.id: [sample.note("x")]}, at=sample.at)


def test_nothing_to_say_writes_nothing(repository, store, begin, sample):
    writer = store.writer(begin(store), sample.run)
    writer.append({}, at=sample.at)
    writer.append({sample.id: []}, at=sample.at)
    writer.write_manifests({}, at=sample.at)
    assert len(log(repository)) == 1


@pytest.fixture
def manifest(sample):
    change = sample.change()
    known = Entry(change.key, change.starts, change.ends, change.fingerprint, change.artifact)
    return Manifest("1.0", {"brands": "1"}, "", sample.at, None, (known,))


def test_a_manifest_knows_the_last_line(store, begin, sample, manifest, repository):
    writer = store.writer(begin(store), sample.run)
    writer.append({sample.id: [sample.intent(), sample.receipt()]}, at=sample.at)
    writer.write_manifests({sample.id: manifest}, at=sample.at)
    ledger = store.read(at=sample.at)
    kept = ledger.manifests[sample.id]
    assert kept.entries == manifest.entries
    assert kept.ledger_tip_line == ledger.campaign(*sample.id).last_hash
    count = len(log(repository))
    later = store.writer(ledger, "later")
    later.write_manifests({sample.id: kept}, at=sample.at + timedelta(hours=1))
    assert len(log(repository)) == count


def test_an_unreadable_manifest_is_none(store, begin, sample, put):
    begin(store)
    put({layout.manifest_path(sample.id): b"{"})
    ledger = store.read(at=sample.at)
    assert ledger.manifests == {}
    assert not ledger.campaign(*sample.id).is_damaged


def test_a_writer_that_planned_on_an_old_tip_loses(repository, store, begin, sample):
    ledger = begin(store)
    first, second = store.writer(ledger, "first"), store.writer(ledger, "second")
    first.append({sample.id: [sample.note("one")]}, at=sample.at)
    with pytest.raises(LostRace):
        second.append({SPRING: [sample.note("two")]}, at=sample.at)
    with pytest.raises(LostRace):
        second.write_manifests({SPRING: Manifest("1", {}, "", sample.at, None, ())}, at=sample.at)
    ledger = store.read(at=sample.at)
    assert texts(ledger, sample.id) == ["one"]
    assert SPRING not in ledger.campaigns


def test_receipts_go_behind_what_others_wrote(repository, store, begin, sample, manifest):
    ledger = begin(store)
    one = store.writer(ledger, "one")
    one.append({sample.id: [sample.intent()]}, at=sample.at)
    two = store.writer(store.read(at=sample.at), "two")
    oslo = sample.change("oslo")
    two.append({sample.id: [sample.intent(oslo)], SPRING: [sample.note("x")]}, at=sample.at)
    with pytest.raises(LostRace):
        one.append({sample.id: [sample.receipt()]}, at=sample.at)
    one.confirm({sample.id: [sample.receipt()]}, at=sample.at)
    two.confirm({sample.id: [sample.receipt(oslo)]}, at=sample.at)
    one.confirm({sample.id: [sample.note("done")]}, at=sample.at)
    one.write_manifests({sample.id: manifest, SPRING: manifest}, at=sample.at)
    ledger = LedgerStore(repository, MemoryCache()).read(at=sample.at)
    winter = ledger.campaign(*sample.id)
    assert winter.problems == ()
    assert winter.counts == {DeliveryState.LIVE: 2}
    assert winter.length == 5
    assert ledger.manifests == {}


@pytest.mark.parametrize("where", ["its own", "another one", "journal", "nowhere"])
def test_who_wrote_behind_others_plans_anew_before_more_is_intended(store, begin, sample, where):
    """What others wrote may be that they sent what comes next, or that somebody stopped it."""
    ledger = begin(store)
    one = store.writer(ledger, "one")
    one.append({sample.id: [sample.intent()]}, at=sample.at)
    two = store.writer(store.read(at=sample.at), "two")
    oslo = sample.change("oslo")
    if where == "journal":
        line = entry.recall(Scope(), who="ada", role="admin", reason="x", at=sample.at)
        two.append_journal([line], at=sample.at)
    elif where != "nowhere":
        name = sample.id if where == "its own" else SPRING
        two.append({name: [sample.note("x")]}, at=sample.at)
    one.confirm({sample.id: [sample.receipt()]}, at=sample.at)
    one.append({sample.id: []}, at=sample.at)  # nothing to say is no harm
    if where == "nowhere":
        one.append({sample.id: [sample.intent(oslo)]}, at=sample.at)
        return
    with pytest.raises(LostRace):
        one.append({sample.id: [sample.intent(oslo)]}, at=sample.at)
    one.confirm({sample.id: [sample.note("done")]}, at=sample.at)
    assert store.read(at=sample.at).campaign(*sample.id).counts == {DeliveryState.LIVE: 1}


def test_receipts_are_not_put_behind_damage(repository, store, begin, sample, put):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.intent()]}, at=sample.at)
    path = layout.segment_path(sample.id, "one")
    put({path: content(repository, path) + b"x\n"})
    with pytest.raises(UserError, match="is damaged"):
        writer.confirm({sample.id: [sample.receipt()]}, at=sample.at)


def test_200_steps_of_two_writers_in_any_order_lose_nothing(repository, begin, sample):
    """Each writer reads, then appends; what lies between is what the other one does."""
    chance = random.Random(20261201)
    stores = [LedgerStore(repository, MemoryCache()) for _ in range(2)]
    begin(stores[0])
    plans = [None, None]
    written = {sample.id: [], SPRING: []}
    lost = 0
    for step in range(200):
        who = chance.randrange(2)
        if plans[who] is None:
            plans[who] = stores[who].writer(stores[who].read(at=sample.at), f"run-{step}")
            continue
        campaign = chance.choice([sample.id, SPRING])
        try:
            plans[who].append({campaign: [sample.note(str(step))]}, at=sample.at)
            written[campaign].append(str(step))
        except LostRace:
            lost += 1
            plans[who] = None
        if chance.random() < 0.3:
            plans[who] = None
    ledger = stores[0].read(at=sample.at)
    assert {campaign: texts(ledger, campaign) for campaign in written} == written
    assert not any(item.problems for item in ledger.campaigns.values())
    assert lost > 20


def test_writers_at_the_same_time_lose_nothing(repository, begin, sample):
    begin(LedgerStore(repository, MemoryCache()))

    def append_all(name):
        store = LedgerStore(repository, MemoryCache())
        for count in range(6):
            while True:
                writer = store.writer(store.read(at=sample.at), f"{name}-{random.randrange(10**9)}")
                try:
                    writer.append({sample.id: [sample.note(f"{name}{count}")]}, at=sample.at)
                except LostRace:
                    continue
                break

    with ThreadPoolExecutor() as pool:
        list(pool.map(append_all, ["a", "b", "c"]))
    ledger = LedgerStore(repository, MemoryCache()).read(at=sample.at)
    found = texts(ledger, sample.id)
    assert sorted(found) == sorted(f"{name}{count}" for name in "abc" for count in range(6))
    assert not ledger.campaign(*sample.id).problems


def test_killed_before_the_ref_moves_nothing_was_written(
    repository, store, begin, sample, monkeypatch
):
    ledger = begin(store)

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "update_refs", die)
        with pytest.raises(KeyboardInterrupt):
            store.writer(ledger, "one").append({sample.id: [sample.note("x")]}, at=sample.at)
    assert store.read(at=sample.at).tip == ledger.tip
    (repository.common_dir / f"{BRANCH}.lock").touch()
    store.writer(ledger, "one").append({sample.id: [sample.note("y")]}, at=sample.at)
    assert texts(store.read(at=sample.at), sample.id) == ["y"]


def test_killed_before_the_tip_is_remembered(repository, store, begin, sample):
    writer = store.writer(begin(store), sample.run)
    seen = repository.common_dir / "storesync-ledger-tip"
    old = seen.read_text()
    writer.append({sample.id: [sample.note("x")]}, at=sample.at)
    for content in (old, "", "not a commit\n", None):
        seen.unlink() if content is None else seen.write_text(content)
        if content == "not a commit\n":
            with pytest.raises(UserError, match="set back"):
                store.read(at=sample.at)
        else:
            assert store.read(at=sample.at).campaign(*sample.id).problems == ()


def test_a_full_disk_writes_nothing(repository, store, begin, sample, monkeypatch):
    ledger = begin(store)
    objects = repository.common_dir / "objects"
    moved = objects.rename(objects.with_name("elsewhere"))
    objects.write_text("no folder")
    with pytest.raises(UserError):
        store.writer(ledger, "one").append({sample.id: [sample.note("x")]}, at=sample.at)
    objects.unlink()
    moved.rename(objects)
    assert store.read(at=sample.at).tip == ledger.tip


@pytest.mark.parametrize("deleted", [[BRANCH], [BRANCH, TAG]])
def test_a_lost_branch_is_refused(repository, store, begin, sample, deleted):
    begin(store)
    for ref in deleted:
        repository.git("update-ref", "-d", ref)
    for each in (store, LedgerStore(repository, MemoryCache())):
        with pytest.raises(UserError, match=r"lost|set back"):
            each.read(at=sample.at)
        with pytest.raises(UserError, match=r"lost|set back"):
            begin(each)


def test_a_branch_set_back_is_refused(repository, store, begin, sample):
    ledger = begin(store)
    store.writer(ledger, "one").append({sample.id: [sample.note("x")]}, at=sample.at)
    repository.git("update-ref", BRANCH, ledger.tip)
    with pytest.raises(UserError, match="was set back") as error:
        store.read(at=sample.at)
    command = error.value.hint.partition("git ")[2].split()
    repository.git(*command)
    assert texts(store.read(at=sample.at), sample.id) == ["x"]


def test_another_branch_in_its_place_is_refused(repository, store, begin, sample):
    begin(store)
    (repository.common_dir / "storesync-ledger-tip").unlink()
    line = content(repository, layout.GENESIS)
    other = repository.write_commit({"x": line}, "x", parent=None, when=sample.at)
    repository.git("update-ref", BRANCH, other)
    with pytest.raises(UserError, match="not the one that the tag"):
        store.read(at=sample.at)


def test_a_tag_that_is_missing_is_set_again(repository, store, begin, sample):
    begin(store)
    repository.git("update-ref", "-d", TAG)
    store.writer(store.read(at=sample.at), "one").append(
        {sample.id: [sample.note("x")]}, at=sample.at
    )
    assert repository.read_ref("refs/tags/storesync/genesis") is not None
    assert texts(store.read(at=sample.at), sample.id) == ["x"]


def test_a_damaged_campaign_stops_itself_and_no_other(repository, store, begin, sample, put):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.note("x")], SPRING: [sample.note("y")]}, at=sample.at)
    path = layout.segment_path(sample.id, "one")
    put({path: content(repository, path)[:-10]})
    for each in (LedgerStore(repository, MemoryCache()), store, store):
        ledger = each.read(at=sample.at)
        assert ledger.campaign(*sample.id).is_damaged
        assert (ledger.campaign(*sample.id).problems[0].path) == path
        assert not ledger.campaign(*SPRING).is_damaged
    later = store.writer(ledger, "two")
    with pytest.raises(UserError, match=f"winter is damaged: {path}:1"):
        later.append({SPRING: [sample.note("z")], sample.id: [sample.note("z")]}, at=sample.at)
    later.append({SPRING: [sample.note("z")]}, at=sample.at)
    assert texts(store.read(at=sample.at), SPRING) == ["y", "z"]


@pytest.mark.parametrize("harm", ["cut", "other", "gone"])
def test_whole_lines_taken_off_the_end_are_seen(repository, store, begin, sample, put, harm):
    """The chain cannot show it; the tip that this clone last wrote can, for as long as it is so."""
    writer = store.writer(begin(store), "one")
    writer.append(
        {sample.id: [sample.note("a"), sample.note("b")], SPRING: [sample.note("y")]}, at=sample.at
    )
    path = layout.segment_path(sample.id, "one")
    good = content(repository, path)
    first = good[: good.index(b"\n") + 1]
    put({path: {"cut": first, "other": b"", "gone": None}[harm]})
    for count in range(2):
        ledger = store.read(at=sample.at)
        assert ledger.campaign(*sample.id).is_damaged
        store.writer(ledger, f"next-{count}").append({SPRING: [sample.note("z")]}, at=sample.at)
    put({path: good})
    ledger = store.read(at=sample.at)
    assert not ledger.campaign(*sample.id).is_damaged
    assert texts(ledger, sample.id) == ["a", "b"]


def test_a_fresh_clone_sees_it_by_the_manifest(repository, store, begin, sample, put, manifest):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.note("a"), sample.note("b")]}, at=sample.at)
    writer.write_manifests({sample.id: manifest}, at=sample.at)
    path = layout.segment_path(sample.id, "one")
    good = content(repository, path)
    put({path: good[: good.index(b"\n") + 1]})
    (repository.common_dir / "storesync-ledger-tip").unlink()
    [problem] = (
        LedgerStore(repository, MemoryCache()).read(at=sample.at).campaign(*sample.id).problems
    )
    assert "lines at the end of this campaign are gone" in problem.message


def test_a_line_of_a_newer_storesync_is_refused(repository, store, begin, sample, put):
    store.writer(begin(store), "one").append({sample.id: [sample.note("a")]}, at=sample.at)
    path = layout.segment_path(sample.id, "one")
    put({path: content(repository, path) + b'{"v":2}\n'})
    [problem] = store.read(at=sample.at).campaign(*sample.id).problems
    assert (problem.rule, problem.line) == ("ledger-newer", 2)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"v":2}\n', "format 2"),
        (b"", "the file is empty"),
        (b"x\n", "changed or cut"),
    ],
)
def test_a_first_line_that_cannot_be_read(store, begin, sample, put, line, message):
    begin(store)
    repository = store._repository
    repository.git("update-ref", "-d", TAG)
    put({layout.GENESIS: line})
    with pytest.raises(UserError, match=message) as error:
        LedgerStore(repository, MemoryCache()).read(at=sample.at)
    assert "genesis.jsonl:1" in error.value.message


def test_a_line_from_the_future_is_a_warning(store, begin, sample):
    ahead = sample.at + timedelta(minutes=11)
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [entry.note("x", who="ada", at=ahead)]}, at=sample.at)
    campaign = store.read(at=sample.at).campaign(*sample.id)
    assert [problem.rule for problem in campaign.problems] == ["ledger-future"]
    assert not campaign.is_damaged
    assert store.read(at=ahead).campaign(*sample.id).problems == ()


def test_a_file_of_someone_else_is_a_warning(store, begin, sample, put):
    begin(store)
    put({"ledger/README.md": b"hello"})
    [problem] = store.read(at=sample.at).problems
    assert (problem.rule, problem.path) == ("ledger-strange", "ledger/README.md")


def test_what_did_not_change_is_not_read_again(repository, store, begin, sample, monkeypatch):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.intent()], SPRING: [sample.note("y")]}, at=sample.at)
    before = store.read(at=sample.at)
    writer.append({SPRING: [sample.note("z")]}, at=sample.at)
    asked = []
    real = Repository.blobs
    monkeypatch.setattr(Repository, "blobs", lambda self, ids: asked.extend(ids) or real(self, ids))
    after = store.read(at=sample.at)
    winter = after.files.campaigns[sample.id].segments.values()
    assert not set(winter) & set(asked)
    assert after.campaign(*sample.id).state == before.campaign(*sample.id).state
    assert after.campaign(*SPRING).length == 2


def test_git_finds_nothing_wrong_with_it(repository, store, begin, sample):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.note("x")]}, at=sample.at)
    subprocess.run(["git", "-C", str(repository.root), "fsck", "--strict"], check=True)
    assert repository.git("status", "--porcelain").stdout == b""


def test_lines_taken_off_that_no_manifest_names_are_put_back(repository, store, begin, sample, put):
    writer = store.writer(begin(store), "one")
    writer.append({sample.id: [sample.note("a"), sample.note("b")]}, at=sample.at)
    path = layout.segment_path(sample.id, "one")
    good = content(repository, path)
    put({path: good[: good.index(b"\n") + 1]})
    [repair] = repairs(repository, store.read(at=sample.at))
    assert (repair.files, repair.lines) == ({path: good}, 2)


def test_a_manifest_knows_no_line_of_the_journal_that_came_after_it_was_planned(
    store, begin, sample, manifest
):
    """Else a record that somebody put there meanwhile would never be held against its reviews."""
    ledger = begin(store)
    one = store.writer(ledger, "one")
    one.append({sample.id: [sample.intent()]}, at=sample.at)
    line = entry.recall(Scope(), who="ada", role="admin", reason="x", at=sample.at)
    store.writer(store.read(at=sample.at), "two").append_journal([line], at=sample.at)
    one.confirm({sample.id: [sample.receipt()]}, at=sample.at)
    one.write_manifests({sample.id: manifest}, at=sample.at)
    after = store.read(at=sample.at)
    assert after.journal.last_hash != ledger.journal.last_hash
    assert after.manifests[sample.id].journal_tip_line == ledger.journal.last_hash
