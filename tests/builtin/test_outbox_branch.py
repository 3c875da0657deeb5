from __future__ import annotations

import subprocess

import pytest

from storesync.builtin.outbox import open_outbox
from storesync.builtin.outbox_folder import FolderOutbox
from storesync.errors import UserError
from storesync.plugins.protocols import ChannelSetting, DeliveryState

pytestmark = pytest.mark.slow

PAGE = "harbor/winter/austin/web/en-US/page.html"


def git(folder, *args):
    done = subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.fixture
def root(repo):
    return repo({"storesync.yaml": "format: 1\n"})


def outbox(root, branch="outbox"):
    return open_outbox(ChannelSetting(root, {"branch": branch}))


def send(channel, sample, *deliveries):
    return list(channel.deliver(sample.batch(*deliveries)))


def commits(root):
    return git(root, "rev-list", "outbox").split()


def test_one_commit_a_batch_and_nothing_checked_out(root, sample):
    channel = outbox(root)
    states = {item.state for item in send(channel, sample, sample.put(), sample.email(text="x"))}
    channel.finish(sample.at)
    assert states == {DeliveryState.LIVE}
    assert len(commits(root)) == 1
    assert git(root, "show", f"outbox:{PAGE}") == "<p>austin"
    assert "austin/web/en-US/page.html" in git(root, "show", "outbox:harbor/winter/index.html")
    said = git(root, "log", "--format=%s|%b|%cn|%ct", "outbox").split("|")
    assert [part.strip() for part in said] == [
        "Publish run-1",
        "2 put out, 0 taken down",
        "StoreSync",
        str(int(sample.at.timestamp())),
    ]
    assert git(root, "status", "--porcelain") == ""
    assert [path.name for path in root.iterdir() if path.name != ".git"] == ["storesync.yaml"]


def test_the_branch_holds_what_the_folder_would(root, sample, tmp_path):
    (tmp_path / "x").mkdir()
    deliveries = [sample.put(), sample.email("dallas", text="x"), sample.put(brand="other")]
    later = [sample.down(deliveries[2]), sample.email("dallas"), sample.put("paris")]
    for channel in (outbox(root), FolderOutbox(tmp_path / "x", "out")):
        for batch in (deliveries, later):
            send(channel, sample, *batch)
            channel.finish(sample.at)
    folder = tmp_path / "x/out"
    found = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = git(root, "ls-tree", "-r", "--name-only", "outbox").split()
    assert sorted(names) == sorted(path.relative_to(folder).as_posix() for path in found)
    for path, data in found.items():
        shown = git(root, "show", f"outbox:{path.relative_to(folder).as_posix()}")
        assert shown.encode() == data


def test_the_same_again_is_no_commit(root, sample):
    deliveries = [sample.put(), sample.email()]
    send(outbox(root), sample, *deliveries)
    before = commits(root)
    again = outbox(root)
    send(again, sample, *deliveries, sample.down(sample.put("elsewhere")))
    again.finish(sample.at)
    assert commits(root) == before


def test_the_same_history_is_the_same_commit(repo, sample):
    ids = []
    for name in ("one", "two"):
        root = repo({"storesync.yaml": "format: 1\n"}, name)
        send(outbox(root), sample, sample.put())
        ids.append(commits(root))
    assert ids[0] == ids[1]


def test_many_are_looked_up_in_few_processes(root, sample, monkeypatch):
    deliveries = [sample.put(f"store-{number}") for number in range(40)]
    send(outbox(root), sample, *deliveries)
    channel = outbox(root)
    calls = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kw: calls.append(1) or run(*args, **kw))
    assert all(channel.look_up(item) for item in deliveries)
    assert channel.look_up(sample.put("store-99")) is None
    assert channel.look_up(sample.put("../x")) is None
    assert len(calls) < 6


def test_changed_by_hand_it_is_no_longer_the_delivery(root, sample, tmp_path):
    channel = outbox(root)
    delivery = sample.put()
    send(channel, sample, delivery)
    other = tmp_path / "tree"
    git(root, "worktree", "add", "--quiet", str(other), "outbox")
    (other / PAGE).write_text("changed")
    git(other, "commit", "--quiet", "--all", "--message", "By hand")
    git(root, "worktree", "remove", str(other))
    channel.finish(sample.at)
    assert channel.look_up(delivery) is None
    send(channel, sample, delivery)
    assert channel.look_up(delivery) is not None


def test_missing_pages_are_made_anew(root, sample, tmp_path):
    channel = outbox(root)
    send(channel, sample, sample.put())
    tree = git(root, "rev-parse", "outbox^{tree}")
    other = tmp_path / "tree"
    git(root, "worktree", "add", "--quiet", str(other), "outbox")
    git(other, "rm", "--quiet", "index.html")
    git(other, "commit", "--quiet", "--message", "By hand")
    git(root, "worktree", "remove", str(other))
    channel.finish(sample.at)
    assert git(root, "rev-parse", "outbox^{tree}") == tree


def test_branches_that_are_not_its_own(root, tmp_path):
    git(root, "branch", "other")
    git(root, "branch", "pages/live")
    git(root, "worktree", "add", "--quiet", "-b", "elsewhere", str(tmp_path / "tree"))
    for branch, message in (
        ("main", "is checked out"),
        ("elsewhere", "is checked out"),
        ("other", "holds other files and is no outbox"),
        ("main/outbox", "Git cannot have the branch main/outbox beside main"),
        ("pages", "Git cannot have the branch pages beside pages/live"),
    ):
        with pytest.raises(UserError, match=message):
            outbox(root, branch)


def test_before_the_first_commit_main_is_not_free(tmp_path):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    with pytest.raises(UserError, match="is checked out"):
        outbox(tmp_path, "main")


def test_outside_a_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UserError, match="not a Git repository"):
        outbox(tmp_path)
