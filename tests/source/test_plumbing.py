from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.plumbing import FileChange, RefUpdate, TreeEntry

ONE, TWO = "1" * 40, "2" * 40


def test_entries_of_a_tree_with_odd_names():
    output = (
        f"100644 blob {ONE}\tbrands/a b\n.yaml\0".encode()
        + f"120000 blob {TWO}\tbrands/l\x00160000 commit {ONE}\t".encode()
        + b"brands/\xff\0"
    )
    assert plumbing.tree_entries(output) == [
        TreeEntry("brands/a b\n.yaml", "100644", ONE),
        TreeEntry("brands/l", "120000", TWO),
        TreeEntry("brands/\udcff", "160000", ONE),
    ]


def test_changes_name_what_was_added_changed_and_deleted():
    zero = "0" * 40
    output = (
        f":000000 100644 {zero} {ONE} A\0new\0:100644 100644 {ONE} {TWO} M\0old\0"
        f":100644 000000 {TWO} {zero} D\0gone\0"
    ).encode()
    assert plumbing.file_changes(output) == [
        FileChange("new", None, ONE),
        FileChange("old", ONE, TWO),
        FileChange("gone", TWO, None),
    ]


@pytest.mark.parametrize(
    ("written", "year"),
    [("1800000000", 2027), ("-1", 1970), ("", 1970), ("x", 1970), ("9" * 40, 9999)],
)
def test_a_time_is_whatever_somebody_wrote(written, year):
    assert plumbing.moment(written).year == year


def test_objects_may_hold_what_looks_like_a_header():
    first, second = b"x\n%b blob 3\nabc" % TWO.encode(), b""
    output = b"%b blob %d\n%b\n%b blob 0\n\n" % (ONE.encode(), len(first), first, TWO.encode())
    assert plumbing.objects(output, [ONE, TWO]) == [first, second]


def test_a_missing_object_is_trouble_of_the_clone():
    with pytest.raises(UserError, match=f"{ONE} is missing"):
        plumbing.objects(f"{ONE} missing\n".encode(), [ONE])


def test_a_commit_stream_quotes_paths_and_counts_bytes():
    files = {'b"\\\n': b"\x00\n", "a": None}
    stream = plumbing.commit_stream(files, "Grüße", ONE, datetime(2026, 1, 1, tzinfo=UTC))
    assert stream.endswith(
        b"data 7\nGr\xc3\xbc\xc3\x9fe\n"
        + f"from {ONE}\n".encode()
        + b'D "a"\nM 100644 inline "b\\"\\\\\\n"\ndata 2\n\x00\n\n'
        + b"get-mark :1\nreset refs/storesync/pending\ndone\n"
    )
    assert b"1767225600 +0000\n" in stream


def test_a_new_ref_is_created_and_a_known_one_moved():
    assert plumbing.ref_stream([RefUpdate("refs/a", ONE, None), RefUpdate("refs/b", TWO, ONE)]) == (
        f"create refs/a {ONE}\nupdate refs/b {TWO} {ONE}\n".encode()
    )


@pytest.mark.parametrize(
    ("stderr", "message", "hint"),
    [
        (b"fatal: not a git repository (or any parent)", "not a Git repository", "storesync init"),
        (
            b"fatal: detected dubious ownership in repository at '/srv/x'\nTo add an exception",
            "git refuses /srv/x",
            "safe.directory /srv/x",
        ),
        (b"fatal: this operation must be run in a work tree", "no work tree", "not bare"),
        (b"hint: x\nerror: unable to write \x1b[2J", r"git failed: unable to write \\u001b", ""),
        (b"error: gpg failed to sign the data\nfatal: x", "failed to sign", "user.signingKey"),
        (b"error: Couldn't load public key /k.pub: No such", "public key", "user.signingKey"),
        (b"fatal: sha1 file '.git/x' write error. Out of diskspace", "git failed", "free some"),
        (b"error: write error: No space left on device", "git failed", "free some space"),
        (
            b"error: error in sideband demultiplexer\nx",
            "git failed: error in",
            "run the command again",
        ),
        (b"", "git failed", ""),
    ],
)
def test_trouble_says_what_to_do(stderr, message, hint):
    trouble = plumbing.trouble(stderr)
    with pytest.raises(UserError, match=message):
        raise trouble
    assert hint in trouble.hint
