"""Two clones of one repository publish through a bare one that they both push to."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest

from storesync.errors import UserError
from storesync.ledger.layout import BRANCH, TAG, CampaignId
from storesync.ledger.store import LedgerStore
from storesync.source import remote
from storesync.source.cache import MemoryCache
from storesync.source.git import LostRace, Repository

pytestmark = pytest.mark.slow
SPRING = CampaignId("harbor-coffee", "spring")


def git(folder, *args):
    done = subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True)
    return done.stdout.decode()


def shared(folder):
    return LedgerStore(Repository.find(folder), MemoryCache(), remote="origin")


def texts(store, campaign, at):
    return [line.fields["detail"] for line in store.read(at=at).lines(*campaign)]


def append(store, sample, campaign, text, run):
    store.writer(store.read(at=sample.at), run).append(
        {campaign: [sample.note(text)]}, at=sample.at
    )


@pytest.fixture
def server(repo, tmp_path):
    git(tmp_path, "clone", "--quiet", "--bare", repo({"storesync.yaml": "v: 1\n"}), "server")
    return tmp_path / "server"


@pytest.fixture
def clone(server, tmp_path):
    def make(name):
        git(tmp_path, "clone", "--quiet", server.as_uri(), name)
        return tmp_path / name

    return make


def test_both_see_what_each_wrote(clone, server, begin, sample):
    one, two = shared(clone("one")), shared(clone("two"))
    assert begin(one).genesis == begin(two).genesis
    append(one, sample, sample.id, "by one", "one-1")
    append(two, sample, sample.id, "by two", "two-1")
    append(one, sample, SPRING, "again", "one-2")
    for store in (one, two, shared(clone("three"))):
        assert texts(store, sample.id, sample.at) == ["by one", "by two"]
        assert texts(store, SPRING, sample.at) == ["again"]
    assert Repository.find(clone("four")).read_ref("refs/tags/storesync/genesis") is not None
    git(server, "fsck", "--strict")


def test_who_planned_on_an_old_tip_loses_and_tries_again(clone, begin, sample):
    one, two = shared(clone("one")), shared(clone("two"))
    begin(one)
    stale = two.writer(two.read(at=sample.at), "two-1")
    before = Repository.find(two._repository.root).read_ref(BRANCH)
    append(one, sample, sample.id, "by one", "one-1")
    with pytest.raises(LostRace):
        stale.append({sample.id: [sample.note("by two")]}, at=sample.at)
    assert two._repository.read_ref(BRANCH) == before
    append(two, sample, sample.id, "by two", "two-2")
    assert texts(one, sample.id, sample.at) == ["by one", "by two"]


def test_two_machines_that_begin_at_once(clone, begin, sample, monkeypatch):
    one, two = shared(clone("one")), shared(clone("two"))
    real = LedgerStore.commit

    def overtaken(self, *args, **kwargs):
        monkeypatch.setattr(LedgerStore, "commit", real)
        begin(one)
        return self.commit(*args, **kwargs)

    monkeypatch.setattr(LedgerStore, "commit", overtaken)
    assert begin(two).genesis == begin(one).genesis
    assert two._repository.refs(BRANCH, TAG) == one._repository.refs(BRANCH, TAG)


def test_killed_between_the_push_and_the_local_branch(clone, begin, sample, monkeypatch):
    one = shared(clone("one"))
    begin(one)
    writer = one.writer(one.read(at=sample.at), "one-1")

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "update_refs", die)
        with pytest.raises(KeyboardInterrupt):
            writer.append({sample.id: [sample.note("pushed")]}, at=sample.at)
    assert texts(one, sample.id, sample.at) == ["pushed"]


def test_killed_before_the_push_nothing_was_written(clone, begin, sample, monkeypatch):
    one = shared(clone("one"))
    begin(one)
    writer = one.writer(one.read(at=sample.at), "one-1")

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(remote, "push", die)
        with pytest.raises(KeyboardInterrupt):
            writer.append({sample.id: [sample.note("never")]}, at=sample.at)
    assert texts(one, sample.id, sample.at) == []
    append(one, sample, sample.id, "later", "one-2")
    assert texts(one, sample.id, sample.at) == ["later"]


def test_a_ledger_begun_alone_is_shared_at_the_first_reading(clone, begin, sample):
    folder = clone("one")
    alone = LedgerStore(Repository.find(folder), MemoryCache())
    begin(alone)
    append(alone, sample, sample.id, "alone", "one-1")
    shared(folder).read(at=sample.at)
    append(alone, sample, sample.id, "alone again", "one-2")
    shared(folder).read(at=sample.at)
    assert texts(shared(clone("two")), sample.id, sample.at) == ["alone", "alone again"]


def test_two_ledgers_begun_alone_are_not_mixed(clone, begin, sample):
    for name in ("one", "two"):
        alone = LedgerStore(Repository.find(clone(name)), MemoryCache())
        begin(alone)
        append(alone, sample, sample.id, name, f"{name}-1")
    root = alone._repository.root
    shared(root.with_name("one")).read(at=sample.at)
    with pytest.raises(UserError):
        shared(root).read(at=sample.at)


@pytest.mark.parametrize("harm", ["deleted", "set back", "replaced"])
def test_a_remote_that_lost_lines_is_refused(clone, server, begin, sample, harm):
    one = shared(clone("one"))
    begin(one)
    append(one, sample, sample.id, "a", "one-1")
    append(one, sample, sample.id, "b", "one-2")
    if harm == "deleted":
        git(server, "update-ref", "-d", BRANCH)
    else:
        git(server, "update-ref", BRANCH, {"set back": f"{BRANCH}~1", "replaced": "main"}[harm])
    stores = [one] if harm == "set back" else [one, shared(clone("two"))]
    words = "the ledger was lost" if harm == "deleted" else "origin holds another history of"
    for store in stores:
        with pytest.raises(UserError, match=words if store is one else None):
            store.read(at=sample.at)


def test_a_remote_that_takes_nothing_stops_before_anything_is_sent(clone, server, begin, sample):
    one = shared(clone("one"))
    ledger = begin(one)
    hook = server / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(UserError, match="does not take the ledger") as error:
        append(one, sample, sample.id, "x", "one-1")
    assert not isinstance(error.value, LostRace)
    hook.unlink()
    assert one.read(at=sample.at).tip == ledger.tip


@pytest.mark.parametrize(
    "name", ["upstream", "", "-x", "ext::sh -c id", "../server", "/", "o\nrigin"]
)
def test_only_a_remote_that_git_knows(clone, sample, name):
    store = LedgerStore(Repository.find(clone("one")), MemoryCache(), remote=name or " ")
    with pytest.raises(UserError, match="there is no Git remote"):
        store.read(at=sample.at)


def test_a_server_that_does_not_answer(clone, server, sample):
    one = shared(clone("one"))
    server.rename(server.with_name("away"))
    with pytest.raises(UserError, match="git failed") as told:
        one.read(at=sample.at)
    assert "git remote -v" in told.value.hint


def test_word_is_left_once_an_hour_and_costs_readers_nothing(clone, server, begin, sample):
    one, two = shared(clone("one")), shared(clone("two"))
    begin(one)
    append(one, sample, sample.id, "news", "one-1")
    before = one.read(at=sample.at)
    assert before.written_at == sample.at.replace(microsecond=0)
    assert not one.beat(before, at=sample.at + timedelta(minutes=59))
    later = sample.at + timedelta(hours=1)
    assert one.beat(before, at=later)
    known = two.read(at=later)
    assert known.written_at == later.replace(microsecond=0)
    assert known.files == before.files
    assert not two.beat(known, at=later + timedelta(minutes=5))
    with pytest.raises(LostRace):
        one.beat(before, at=later + timedelta(hours=2))  # of a tip that is no longer the newest
    append(two, sample, sample.id, "more", "two-1")
    assert texts(one, sample.id, sample.at) == ["news", "more"]
    git(server, "fsck", "--strict")


def test_a_ledger_of_one_machine_has_no_heartbeat(clone, begin, sample):
    store = LedgerStore(Repository.find(clone("one")), MemoryCache())
    begin(store)
    assert not store.beat(store.read(at=sample.at), at=sample.at + timedelta(days=9))
