from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from storesync.builtin.outbox_disk import Disk
from storesync.builtin.outbox_folder import FolderOutbox
from storesync.builtin.outbox_record import SIDECAR
from storesync.errors import UserError
from storesync.plugins.protocols import DeliveryState, Unfinished

REFUSALS = [
    (errno.ENOSPC, "no space left on device"),
    (errno.EDQUOT, "quota exceeded"),
    (errno.EIO, "input/output error"),
]
WEB = "out/harbor/winter/austin/web/en-US"


class Killed(BaseException):
    """What a test raises in place of a kill; nothing in the outbox may catch it."""


class FaultyDisk(Disk):
    """Fails at the n-th operation: as after a kill, nothing works from then on, or just once.

    What a power cut would undo is not part of it, so nothing is synced.
    """

    def __init__(self, fault: int = 0, error: int = 0, *, leave=None) -> None:
        self.count = 0
        self._fault = fault
        self._error = error
        self._leave = leave

    def _tick(self):
        self.count += 1
        if self._fault and self.count >= self._fault and self._leave:
            self._leave()
        if self._fault and self._error and self.count == self._fault:
            raise OSError(self._error, os.strerror(self._error))
        if self._fault and not self._error and self.count >= self._fault:
            raise Killed

    def sync(self, path):  # noqa: ARG002 - a real disk wants to know which
        self._tick()

    def append(self, path, data):
        self._tick()
        with Path(path).open("ab") as file:
            file.write(data)

    def write(self, path, data):
        self._tick()
        super().write(path, data[:1])  # a kill or a full disk leaves the beginning
        self._tick()
        Path(path).write_bytes(data)


def _counted(name):
    real = getattr(Disk, name)

    def step(self, *args):
        self._tick()
        return real(self, *args)

    return step


for _name in ("make_folder", "move", "delete", "delete_folder", "clear"):
    setattr(FaultyDisk, _name, _counted(_name))


def outbox(root, disk=None):
    return FolderOutbox(root, "out", disk or FaultyDisk())


def send(channel, sample, *deliveries):
    return list(channel.deliver(sample.batch(*deliveries)))


def files(folder, *, without_own=False):
    """Return path -> bytes of every file and link, None for every folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not (without_own and ".outbox" in name):
            found[name] = None if path.is_dir() else path.read_bytes()
    return found


def test_what_a_delivery_looks_like(tmp_path, sample):
    channel = outbox(tmp_path, Disk())
    receipts = send(channel, sample, sample.put(), sample.email(text="Warm\r\n"))
    assert [item.state for item in receipts] == [DeliveryState.LIVE] * 2
    assert receipts[0].remote_id == WEB.removeprefix("out/")
    assert (tmp_path / WEB / "page.html").read_bytes() == b"<p>austin"
    assert sorted(path.name for path in (tmp_path / WEB).iterdir()) == [SIDECAR, "page.html"]
    mail = tmp_path / "out/harbor/winter/austin/email/en-US"
    assert (mail / "message.txt").read_bytes() == b"Warm\r\n"
    channel.finish(sample.at)
    own = sorted(name for name in files(tmp_path / "out/.outbox"))
    assert own == ["lists", "lists/harbor", "lists/harbor/winter", "summary"]


def test_when_nothing_changes_nothing_is_written(tmp_path, sample):
    deliveries = [sample.put(), sample.email(text="x")]
    channel = outbox(tmp_path)
    send(channel, sample, *deliveries)
    channel.finish(sample.at)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    disk = FaultyDisk()
    again = outbox(tmp_path, disk)
    send(again, sample, *deliveries, sample.down(sample.put("elsewhere")))
    again.finish(sample.at.replace(year=2027))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_nothing_is_made_where_there_is_nothing(tmp_path, sample):
    channel = outbox(tmp_path)
    [receipt] = send(channel, sample, sample.down(sample.put()))
    channel.finish(sample.at)
    assert receipt.state is DeliveryState.WITHDRAWN
    assert list(tmp_path.iterdir()) == []


def test_withdrawing_everything_leaves_an_index_that_says_so(tmp_path, sample):
    channel = outbox(tmp_path)
    deliveries = [sample.put(), sample.put("dallas"), sample.put(brand="other")]
    send(channel, sample, *deliveries)
    channel.finish(sample.at)
    send(channel, sample, *map(sample.down, deliveries))
    channel.finish(sample.at)
    assert list(files(tmp_path / "out")) == [".outbox", ".outbox/summary", "index.html"]
    assert b"Nothing is out" in (tmp_path / "out/index.html").read_bytes()


def test_withdrawing_leaves_what_it_did_not_write(tmp_path, sample):
    channel = outbox(tmp_path)
    delivery, other = sample.put(), sample.put("dallas")
    send(channel, sample, delivery, other)
    (tmp_path / WEB / "notes.txt").write_text("mine")
    (tmp_path / WEB / "link.html").symlink_to(tmp_path)
    send(channel, sample, sample.down(delivery))
    channel.finish(sample.at)
    assert sorted(path.name for path in (tmp_path / WEB).iterdir()) == ["link.html", "notes.txt"]
    assert channel.look_up(other)


@pytest.mark.parametrize(
    "where", ["harbor", "harbor/winter/austin", "harbor/winter/austin/web/en-US"]
)
def test_no_link_is_followed(tmp_path, sample, where):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "winter/austin/web/en-US").mkdir(parents=True)
    delivery, other = sample.put(), sample.put("dallas", brand="other")
    channel = outbox(tmp_path)
    send(channel, sample, other)
    link = tmp_path / "out" / where
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere)
    before = files(elsewhere)
    for item in (delivery, sample.put("austin", "sms", {"txt": "x"})):
        states = {receipt.key: receipt.state for receipt in send(channel, sample, item, other)}
        assert states[other.key] is DeliveryState.LIVE
        if item is delivery or not where.endswith("en-US"):
            assert states[item.key] is DeliveryState.FAILED
    channel.finish(sample.at)
    assert channel.look_up(delivery) is None
    assert files(elsewhere) == before
    assert link.is_symlink()


@pytest.mark.parametrize(
    "where", ["harbor", "harbor/winter/austin/web", "harbor/winter/austin/web/en-US"]
)
def test_a_file_where_a_folder_belongs_stops_only_that_delivery(tmp_path, sample, where):
    (tmp_path / "out" / where).parent.mkdir(parents=True)
    (tmp_path / "out" / where).write_text("mine")
    good = sample.put("dallas", brand="other")
    channel = outbox(tmp_path, Disk())
    bad, fine = send(channel, sample, sample.put(), good)
    assert (bad.state, fine.state) == (DeliveryState.FAILED, DeliveryState.LIVE)
    path = f"out/{where}"
    assert bad.detail == f"{path} was not written by the outbox; move it away, then publish again"
    assert channel.look_up(sample.put()) is None
    channel.finish(sample.at)
    assert (tmp_path / "out" / where).read_text() == "mine"


@pytest.mark.parametrize("way", ["create", "update", "withdraw"])
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_without_rights_stops_only_that_delivery(tmp_path, sample, way, mode, mortal):
    old, good = sample.put(), sample.put("dallas")
    new = {
        "create": sample.put("austin", "sms", {"txt": "x"}),
        "update": sample.put(parts={"html": "new"}),
        "withdraw": sample.down(old),
    }[way]
    channel = outbox(tmp_path, Disk())
    send(channel, sample, old)
    channel.finish(sample.at)
    folder = tmp_path / "out/harbor/winter/austin"
    closed = folder / "web/en-US" if way != "create" else folder
    closed.chmod(mode)
    try:
        with mortal():
            bad, fine = send(channel, sample, new, good)
            asked = channel.look_up(new)
            channel.finish(sample.at)
    finally:
        closed.chmod(0o755)
    assert (bad.state, fine.state) == (DeliveryState.FAILED, DeliveryState.LIVE)
    told = f"{closed.relative_to(tmp_path)}: permission denied; make it writable for this user"
    assert bad.detail == f"{told}, then publish again"
    assert (asked and asked.state) == (None if mode else DeliveryState.IN_DOUBT)
    assert channel.look_up(old), "what was out is out"
    [again] = send(channel, sample, new)
    assert again.state is (DeliveryState.WITHDRAWN if way == "withdraw" else DeliveryState.LIVE)


def test_a_loop_of_links_stops_only_that_delivery(tmp_path, sample):
    loop = tmp_path / "out/harbor/winter/austin"
    loop.parent.mkdir(parents=True)
    loop.symlink_to("austin")
    channel = outbox(tmp_path, Disk())
    bad, fine = send(channel, sample, sample.put(), sample.put("dallas"))
    channel.finish(sample.at)
    assert (bad.state, fine.state) == (DeliveryState.FAILED, DeliveryState.LIVE)
    assert "out/harbor/winter/austin was not written by the outbox" in bad.detail


def test_a_delivery_cut_off_by_what_it_meets_is_in_doubt(tmp_path, sample):
    """The second of its files cannot be moved, the first was: nobody may say that it failed."""
    old, new = sample.email(text="a"), sample.email(html="b", text="b")
    channel = outbox(tmp_path, Disk())
    send(channel, sample, old)

    class OneMove(Disk):
        moves = 0

        def move(self, old, new):
            self.moves += 1
            if self.moves == 2:
                raise PermissionError(errno.EPERM, "Operation not permitted", old, None, new)
            super().move(old, new)

    [receipt] = send(outbox(tmp_path, OneMove()), sample, new)
    assert receipt.state is DeliveryState.IN_DOUBT
    assert "operation not permitted" in receipt.detail
    assert channel.look_up(old) is None
    assert channel.look_up(new) is None
    assert send(channel, sample, new)[0].state is DeliveryState.LIVE


def test_a_page_that_cannot_be_written_is_told_and_made_up_for(tmp_path, sample):
    page = tmp_path / "out/harbor/index.html"
    page.mkdir(parents=True)
    channel = outbox(tmp_path, Disk())
    assert send(channel, sample, sample.put())[0].state is DeliveryState.LIVE
    with pytest.raises(Unfinished, match=r"out/harbor/index\.html was not written by the outbox"):
        channel.finish(sample.at)
    assert b"austin" in (tmp_path / "out/harbor/winter/index.html").read_bytes()
    page.rmdir()
    outbox(tmp_path, Disk()).finish(sample.at)
    assert b"Winter" in page.read_bytes()


def test_an_empty_folder_in_its_place_is_taken(tmp_path, sample):
    (tmp_path / WEB).mkdir(parents=True)
    assert send(outbox(tmp_path), sample, sample.put())[0].state is DeliveryState.LIVE


def test_a_link_in_place_of_the_outbox_is_refused(tmp_path, sample):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is not a folder"):
        send(outbox(tmp_path), sample, sample.put())
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_something_large_or_odd_is_not_read(tmp_path, sample):
    channel = outbox(tmp_path)
    delivery = sample.put()
    send(channel, sample, delivery)
    (tmp_path / WEB / "page.html").unlink()
    os.mkfifo(tmp_path / WEB / "page.html")
    assert channel.look_up(delivery) is None
    (tmp_path / WEB / "page.html").unlink()
    with (tmp_path / WEB / "page.html").open("wb") as file:
        file.truncate(2**40)
    assert channel.look_up(delivery) is None
    assert send(channel, sample, delivery)[0].state is DeliveryState.FAILED


def test_a_page_changed_by_hand_is_no_longer_the_delivery(tmp_path, sample):
    channel = outbox(tmp_path)
    delivery = sample.put()
    send(channel, sample, delivery)
    (tmp_path / WEB / "page.html").write_text("changed")
    assert channel.look_up(delivery) is None
    send(channel, sample, delivery)
    assert channel.look_up(delivery) is not None


def test_two_outboxes_in_one_folder_share_an_index(tmp_path, sample):
    one, two = outbox(tmp_path), outbox(tmp_path)
    send(one, sample, sample.put())
    send(two, sample, sample.email())
    one.finish(sample.at)
    two.finish(sample.at)
    page = (tmp_path / "out/harbor/winter/index.html").read_text()
    assert "austin/web/en-US/page.html" in page
    assert "austin/email/en-US/message.html" in page


def test_pages_are_made_anew_where_they_are_missing(tmp_path, sample):
    channel = outbox(tmp_path)
    send(channel, sample, sample.put(), sample.email("dallas"), sample.put(brand="other"))
    channel.finish(sample.at)
    whole = files(tmp_path)
    for name in ("index.html", ".outbox/summary"):
        (tmp_path / "out" / name).unlink()
        (tmp_path / "out/harbor/winter/index.html").write_text("old")
        outbox(tmp_path).finish(sample.at)
        assert files(tmp_path) == whole


@pytest.mark.parametrize("name", [".outbox/lists/harbor/winter", ".outbox/summary"])
def test_a_damaged_list_is_made_anew(tmp_path, sample, name):
    channel = outbox(tmp_path)
    send(channel, sample, sample.put(), sample.email("dallas"))
    channel.finish(sample.at)
    wanted = outbox(tmp_path / "b")
    (tmp_path / "b").mkdir()
    changed = sample.put(parts={"html": "new"})
    send(wanted, sample, changed, sample.email("dallas"))
    wanted.finish(sample.at)
    path = tmp_path / "out" / name
    path.write_bytes(path.read_bytes()[:-5])
    send(channel, sample, changed)
    channel.finish(sample.at)
    assert files(tmp_path / "out") == files(tmp_path / "b/out")


def test_a_sidecar_copied_by_hand_is_on_no_page(tmp_path, sample):
    channel = outbox(tmp_path)
    send(channel, sample, sample.put())
    copy = tmp_path / "out/harbor/winter/copied/web/en-US"
    copy.mkdir(parents=True)
    (copy / SIDECAR).write_bytes((tmp_path / WEB / SIDECAR).read_bytes())
    channel.finish(sample.at)
    (tmp_path / "out/index.html").unlink()
    outbox(tmp_path).finish(sample.at)
    assert b"copied" not in (tmp_path / "out/harbor/winter/index.html").read_bytes()


class Story:
    """A first run that is whole, and a second one with all that can happen to a delivery."""

    def __init__(self, sample):
        self.sample = sample
        self.first = [
            sample.put(),
            sample.email(text="a"),
            sample.email("dallas"),
            sample.put("gone"),
            sample.put(brand="leaves"),
        ]
        web, mail, plain, gone, leaves = self.first
        self.second = [
            [sample.down(gone), sample.down(leaves), replace(web, key="longer")],
            [
                sample.email(html="b"),
                sample.email("dallas", text="new"),
                sample.put("paris", campaign="spring"),
                sample.put("lyon", "sms", {"txt": "x"}),
            ],
        ]
        self.last = [plain, mail, web, *self.second[1]]

    def begin(self, root):
        root.mkdir()
        channel = outbox(root)
        send(channel, self.sample, *self.first)
        channel.finish(self.sample.at)

    def go_on(self, root, disk, *, asking=False):
        """Run the second part, asking first what became of it, as after an interruption."""
        channel = outbox(root, disk)
        receipts = []
        for batch in self.second:
            todo = [item for item in batch if not (asking and channel.look_up(item))]
            receipts += send(channel, self.sample, *todo)
        channel.finish(self.sample.at)
        return receipts

    def take_back(self, root):
        """Withdraw everything in place of going on."""
        channel = outbox(root)
        send(channel, self.sample, *map(self.sample.down, [*self.first, *self.last]))
        channel.finish(self.sample.at)


@pytest.fixture(scope="module")
def story(sample):
    return Story(sample)


class Whole(NamedTuple):
    """What the story comes to without a fault: files at each stage, and the steps it takes."""

    begun: Path
    old: dict
    new: dict
    nothing: dict
    steps: int


@pytest.fixture(scope="module")
def whole(story, tmp_path_factory):
    begun = tmp_path_factory.mktemp("whole") / "begun"
    story.begin(begun)
    root = Path(shutil.copytree(begun, begun.with_name("root")))
    disk = FaultyDisk()
    story.go_on(root, disk)
    new = files(root)
    story.take_back(root)
    return Whole(begun, files(begun), new, files(root), disk.count)


def from_begun(whole, tmp_path, fault):
    """Return a folder in which the first run is done."""
    return Path(shutil.copytree(whole.begun, tmp_path / str(fault)))


@pytest.mark.parametrize(
    ("way", "first", "stride"),
    [
        *(("asking", first, 4) for first in range(1, 5)),
        *(("again", first, 6) for first in (1, 4)),
        *(("back", first, 6) for first in (2, 5)),
    ],
)
def test_killed_at_any_step_and_run_again(story, whole, tmp_path, way, first, stride):
    assert whole.steps > 80
    for fault in range(first, whole.steps + 1, stride):
        root = from_begun(whole, tmp_path, fault)
        with pytest.raises(Killed):
            story.go_on(root, FaultyDisk(fault))
        if way == "back":
            story.take_back(root)
        else:
            story.go_on(root, FaultyDisk(), asking=way == "asking")
        assert files(root) == (whole.nothing if way == "back" else whole.new), f"fault {fault}"


def test_killed_twice(story, whole, tmp_path):
    for fault in range(5, whole.steps + 1, 9):
        root = from_begun(whole, tmp_path, fault)
        for second in (fault, 12):
            with pytest.raises(Killed):
                story.go_on(root, FaultyDisk(min(fault, second)), asking=True)
        story.go_on(root, FaultyDisk(), asking=True)
        assert files(root) == whole.new, f"fault {fault}"


@pytest.mark.slow
def test_a_process_that_ends_at_any_step(story, whole, tmp_path):
    """As above with a real end: no handler runs, no lock is given back by hand."""
    for fault in range(3, whole.steps + 1, 13):
        root = from_begun(whole, tmp_path, fault)
        child = os.fork()
        if child == 0:
            story.go_on(root, FaultyDisk(fault, leave=lambda: os._exit(9)))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        story.go_on(root, FaultyDisk(), asking=True)
        assert files(root) == whole.new, f"fault {fault}"


def no_partial_file(whole, root, fault):
    for name, data in files(root, without_own=True).items():
        known = {whole.old.get(name), whole.new.get(name)}
        assert data in known or name.endswith(SIDECAR), f"fault {fault}: {name}"


@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_a_disk_that_refuses_leaves_no_partial_file(story, whole, tmp_path, number):
    code, message = REFUSALS[number]
    for fault in range(1 + number, whole.steps + 1, len(REFUSALS) * 3):
        root = from_begun(whole, tmp_path, fault)
        with pytest.raises(UserError, match=f"cannot use the outbox out: .*{message}") as caught:
            story.go_on(root, FaultyDisk(fault, code))
        assert caught.value.hint
        no_partial_file(whole, root, fault)
        story.go_on(root, FaultyDisk(), asking=True)
        assert files(root) == whole.new, f"fault {fault}"


@pytest.mark.parametrize(("code", "first"), [(errno.EACCES, 1), (errno.EROFS, 2), (errno.EXDEV, 4)])
def test_one_place_that_refuses_stops_that_delivery_alone(story, whole, tmp_path, code, first):
    told = set()
    for fault in range(first, whole.steps + 1, 5):
        root = from_begun(whole, tmp_path, fault)
        try:
            receipts = story.go_on(root, FaultyDisk(fault, code))
        except UserError as error:  # the outbox's own folder, or one of its pages
            told.add(type(error))
            no_partial_file(whole, root, fault)
        else:
            bad = [item for item in receipts if item.state not in {"live", "withdrawn"}]
            assert len(bad) <= 1, f"fault {fault}"
            assert all(os.strerror(code).lower() in item.detail for item in bad)
            told |= {item.state for item in bad}
        story.go_on(root, FaultyDisk(), asking=True)
        assert files(root) == whole.new, f"fault {fault}"
    assert told >= {UserError, DeliveryState.FAILED}


def test_the_index_is_the_same_in_any_order(tmp_path, sample):
    deliveries = [
        sample.put(location, channel, parts, titles={"campaign": title})
        for location, title in (("a", "Winter"), ("b", "Winter"), ("c", "Winter sale"))
        for channel, parts in (("web", {"html": "x"}), ("sms", {"txt": "y"}))
    ]
    trees = []
    for number, order in enumerate((deliveries, deliveries[::-1], deliveries[::2] * 2)):
        root = tmp_path / str(number)
        root.mkdir()
        channel = outbox(root)
        for delivery in order:
            send(channel, sample, delivery)
            channel.finish(sample.at)
        for delivery in deliveries:
            send(outbox(root), sample, delivery)
        channel.finish(sample.at)
        trees.append(files(root))
    assert trees[0] == trees[1] == trees[2]


def test_a_batch_given_up_half_read_is_all_there(tmp_path, sample):
    deliveries = [sample.put("a"), sample.put("b")]
    receipts = outbox(tmp_path).deliver(sample.batch(*deliveries))
    next(receipts)
    receipts.close()
    assert all(outbox(tmp_path).look_up(item) for item in deliveries)
