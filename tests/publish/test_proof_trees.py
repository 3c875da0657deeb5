"""Folders such as no command of Git writes: what is hidden in them past review goes nowhere.

Commands of Git read the same folder in different ways then: one finds the first of two files of a
name, another the last one, a third a path in a name.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.publish.test_proof import CAMPAIGN, FILES, SECOND, Office, edited

pytestmark = pytest.mark.slow

CAMPAIGNS = "brands/acme/campaigns"
OTHER = FILES[CAMPAIGN].replace("Promo", "Other").replace("Hello", "Free beer")


class Entry(NamedTuple):
    """What a folder says of a file or folder."""

    mode: bytes
    name: bytes
    id: str


Entries = list[Entry]


class Hidden(NamedTuple):
    """What somebody wants to get out: a campaign's file, its folder, the folder of another one."""

    file: Entry
    promo: Entry
    other: Entry


def put(office: Office, kind: str, raw: bytes) -> str:
    """Store an object as it is, whatever Git would say of it."""
    command = ["git", "-C", office.root, "hash-object", "-w", "--literally", "-t", kind, "--stdin"]
    done = subprocess.run(command, input=raw, check=True, capture_output=True)
    return done.stdout.decode().strip()


def put_folder(office: Office, entries: Entries) -> str:
    lines = (b"%s %s\0%s" % (mode, name, bytes.fromhex(item)) for mode, name, item in entries)
    return put(office, "tree", b"".join(lines))


def put_files(office: Office) -> Hidden:
    blobs = [put(office, "blob", text.encode()) for text in (*edited("Free beer").values(), OTHER)]
    file, second = (Entry(b"100644", b"campaign.yaml", blob) for blob in blobs)
    promo, other = (put_folder(office, [item]) for item in (file, second))
    return Hidden(file, Entry(b"40000", b"promo", promo), Entry(b"40000", b"other", other))


def changed(office: Office, tree: str, path: str, change: Callable[[Entries], Entries]) -> str:
    """Return a tree in which one folder has other entries."""
    entries = []
    for row in office.git("ls-tree", tree).splitlines():
        head, _, name = row.partition("\t")
        mode, _, item = head.split(" ")
        entries.append(Entry(mode.lstrip("0").encode(), name.encode(), item))
    if not path:
        return put_folder(office, change(entries))
    first, _, rest = path.partition("/")
    return put_folder(
        office,
        [
            item._replace(id=changed(office, item.id, rest, change))
            if item.name == first.encode()
            else item
            for item in entries
        ],
    )


def push(office: Office, tree: str) -> str:
    """Commit a tree to the published branch past review."""
    office.be("zoe")
    commit = office.git("commit-tree", tree, "-p", "main", "-m", "Change")
    office.git("update-ref", "refs/heads/main", commit)
    return commit


Trick = tuple[str, Callable[[Entries, Hidden], Entries]]
TRICKS: dict[str, Trick] = {
    "a file twice": (f"{CAMPAIGNS}/promo", lambda found, hidden: [*found, hidden.file]),
    "a file twice, first": (f"{CAMPAIGNS}/promo", lambda found, hidden: [hidden.file, *found]),
    "a folder twice": (CAMPAIGNS, lambda found, hidden: [*found, hidden.promo]),
    "a folder twice, first": (CAMPAIGNS, lambda found, hidden: [hidden.promo, *found]),
    "a file beside its folder": (
        CAMPAIGNS,
        lambda found, hidden: [hidden.file._replace(name=b"promo"), *found, hidden.promo],
    ),
    "a path as a name": (
        "",
        lambda found, hidden: [*found, hidden.file._replace(name=CAMPAIGN.encode())],
    ),
    "a path of none as a name": (
        "",
        lambda found, hidden: [*found, hidden.file._replace(name=SECOND.encode())],
    ),
    "half a path as a name": (
        "brands/acme",
        lambda found, hidden: [*found, hidden.other._replace(name=b"campaigns/other")],
    ),
    "out of order": (CAMPAIGNS, lambda found, hidden: [*found, hidden.other]),
    "an odd mode": (f"{CAMPAIGNS}/promo", lambda _, hidden: [hidden.file._replace(mode=b"100664")]),
    "a mode with a zero": (
        f"{CAMPAIGNS}/promo",
        lambda _, hidden: [hidden.file._replace(mode=b"0100644")],
    ),
}
# Commands of Git read no such folder to its end.
UNREADABLE: dict[str, Trick] = {
    "an empty name": (CAMPAIGNS, lambda found, hidden: [hidden.promo._replace(name=b""), *found]),
    "a path as a name, first": (
        "",
        lambda found, hidden: [hidden.file._replace(name=CAMPAIGN.encode()), *found],
    ),
}


@pytest.fixture
def office(adopted) -> Office:
    return adopted(FILES)


def play(office: Office, trick: Trick) -> str:
    """Push a trick past review, and return the tree from before it."""
    path, change = trick
    before, hidden = office.git("rev-parse", "main^{tree}"), put_files(office)
    push(office, changed(office, before, path, lambda found: change(found, hidden)))
    return before


def nothing_went_out(office: Office) -> bool:
    pages = [office.page(shop, name) for shop in ("leith", "dean") for name in ("promo", "other")]
    return "Free beer" not in "".join(pages) and "Hello Leith" in office.page("leith")


@pytest.mark.parametrize("trick", TRICKS)
def test_a_folder_that_git_reads_in_two_ways(office, trick):
    before = play(office, TRICKS[trick])
    assert office.publish("--force").code == 1
    assert nothing_went_out(office)
    push(office, before)
    office.publish()
    assert nothing_went_out(office)
    assert office.publish().code == 0


@pytest.mark.parametrize("trick", UNREADABLE)
def test_a_commit_that_git_cannot_compare_is_named_and_an_admin_goes_on_behind_it(office, trick):
    before = play(office, UNREADABLE[trick])
    office.publish("--force")
    assert nothing_went_out(office)
    push(office, before)
    outcome = office.publish()
    assert (outcome.code, "verify --adopt" in outcome.stderr) == (2, True)
    assert " cannot be compared with " in outcome.stderr
    assert office.git("rev-parse", "main~1")[:12] in outcome.stderr
    assert nothing_went_out(office)
    for name in ("promo", ""):
        told = office.run("-C", office.root, "history", *filter(None, [name]))
        assert (told.code, "Begin" in told.stdout, "live" in told.stdout) == (0, True, True)
        short = office.git("rev-parse", "main")[:12]
        assert f"cannot see what {short} changed: Git cannot compare it" in told.stderr
    office.be("robin")
    assert office.run("-C", office.root, "verify", "--adopt", "-m", "Mended").code == 0
    office.git("reset", "-q", "--hard")
    office.land(edited("Bonjour"), approve="mia")
    assert office.publish().code == 0
    assert "Bonjour Leith" in office.page("leith")
