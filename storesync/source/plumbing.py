"""What Git's plumbing commands print, as values; and what fast-import and update-ref are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from storesync.diagnostics import printable
from storesync.errors import UserError

FOLDER = "040000"
LINK = "120000"
SUBMODULE = "160000"
_STRANGE = frozenset({LINK, SUBMODULE})
# The modes that Git writes into a folder's object -> as it shows them.
_MODES = {
    b"40000": FOLDER,
    **{mode.encode(): mode for mode in ("100644", "100755", LINK, SUBMODULE)},
}
_LATEST = 253_402_300_799  # the last second of the year 9999

# Commits of our own need no identity of the user's. RFC 2606 reserves the domain.
_COMMITTER = b"StoreSync <storesync@localhost.invalid>"
# A branch that exists only inside fast-import: forgotten before its end, so no ref is written.
_BRANCH = b"refs/storesync/pending"


class TreeEntry(NamedTuple):
    """A file, link or submodule of one commit: mode in octal, id of the object."""

    path: str
    mode: str
    id: str


class FileChange(NamedTuple):
    """One path that differs between two commits; an id is None where the path is absent.

    `strange` says of before and after whether it is a link or a submodule instead of a file.
    """

    path: str
    old: str | None
    new: str | None
    strange: tuple[bool, bool] = (False, False)

    @property
    def files(self) -> tuple[str | None, str | None]:
        """Return the ids before and after; of what is a link or a submodule none."""
        before, after = self.strange
        return None if before else self.old, None if after else self.new


class RefUpdate(NamedTuple):
    """One ref to move; `old` None: it must not exist yet."""

    ref: str
    new: str
    old: str | None


def text(raw: bytes) -> str:
    """Return a path as Python knows it; bytes that are not UTF-8 become lone surrogates."""
    return raw.decode(errors="surrogateescape")


def rows(raw: bytes) -> list[str]:
    """Return the lines of what Git printed; a name may hold what Python takes for their end."""
    return [line for line in text(raw).split("\n") if line]


def moment(seconds: str) -> datetime:
    """Return a commit's time, which anybody may write: what is no time is the first or the last."""
    digits = seconds if seconds.lstrip("-").isdecimal() else "0"
    return datetime.fromtimestamp(min(max(int(digits[:20]), 0), _LATEST), UTC)


def tree_entries(output: bytes) -> list[TreeEntry]:
    """Read what `ls-tree -r -z` prints."""
    found = []
    for record in output.split(b"\0")[:-1]:
        head, _, name = record.partition(b"\t")
        mode, _, item = head.decode().split(" ")
        found.append(TreeEntry(text(name), mode, item))
    return found


def tree(raw: bytes, item: str, above: str = "") -> list[TreeEntry] | None:
    """Read the bytes of the folder `item` (its id), None where Git does not write them so.

    `above` comes before each name. What else may stand there (links of odd modes, names that are
    empty) Git has to say itself.
    """
    found, at, size = [], 0, len(item) // 2
    while at < len(raw):
        end = raw.find(b"\0", at)
        mode, _, name = raw[at:end].partition(b" ")
        at = end + 1 + size
        if end < 0 or at > len(raw) or mode not in _MODES or not name:
            return None
        found.append(TreeEntry(above + text(name), _MODES[mode], raw[end + 1 : at].hex()))
    return found


def file_changes(output: bytes) -> list[FileChange]:
    """Read what `diff-tree -r -z --raw --no-renames` prints."""
    parts = output.split(b"\0")
    found = []
    for head, name in zip(parts[:-1:2], parts[1::2], strict=True):
        before, after, old, new, _ = head.decode().split(" ")
        strange = (before.removeprefix(":") in _STRANGE, after in _STRANGE)
        found.append(FileChange(text(name), _unless_zero(old), _unless_zero(new), strange))
    return found


def objects(output: bytes, ids: Sequence[str]) -> list[bytes]:
    """Read what `cat-file --batch` prints for `ids`. Raises UserError where one is missing."""
    found, at = [], 0
    for item in ids:
        end = output.index(b"\n", at)
        words = output[at:end].split(b" ")
        if words[-1] == b"missing":
            raise UserError(
                f"Git object {printable(item)} is missing",
                hint="the clone is damaged or partial: run git fsck, or clone again",
            )
        at = end + 1 + int(words[2])
        found.append(output[end + 1 : at])
        at += 1
    return found


def trouble(stderr: bytes) -> UserError:
    """Return what git complained of, with a hint where the cure is known."""
    words = stderr.decode(errors="replace").strip()
    if "dubious ownership" in words:
        folder = printable(words.partition("'")[2].partition("'")[0])
        return UserError(
            f"git refuses {folder}, which belongs to another user",
            hint=f"if you trust it: git config --global --add safe.directory {folder}",
        )
    if "must be run in a work tree" in words:
        return UserError("this repository has no work tree", hint="use a clone that is not bare")
    if "not a git repository" in words:
        return UserError("this is not a Git repository", hint="run storesync init, or git init")
    lines = [line for line in words.splitlines() if line.startswith(("fatal: ", "error: "))]
    said = printable((lines or [words])[0].partition(": ")[2] or words)
    hint = ""
    if "Could not read from remote" in words or "unable to access" in words:
        hint = "see git remote -v: is the address right, the network up, and may you read there?"
    elif "sideband" in words or "hung up unexpectedly" in words:
        hint = "the connection broke off: run the command again"
    elif "Out of diskspace" in words or "No space left" in words:
        hint = "free some space and run the command again"
    elif "failed to sign" in words or "load public key" in words or "signingkey" in words.lower():
        hint = "you sign (commit.gpgSign): git config user.signingKey names the key for it"
    return UserError(f"git failed: {said}", hint=hint)


def commit_stream(
    files: Mapping[str, bytes | None], message: str, parent: str | None, when: datetime
) -> bytes:
    """Return the input of `fast-import` that stores one commit and prints its id.

    The commit has the tree of `parent` with `files` put on top; bytes None delete a path.
    """
    stamp = b"%d +0000" % int(when.timestamp())
    words = message.encode()
    head = [
        b"feature done\ncommit %s\nmark :1\ncommitter %s %s\n" % (_BRANCH, _COMMITTER, stamp),
        b"data %d\n%s\n" % (len(words), words),
        b"from %s\n" % parent.encode() if parent else b"",
    ]
    tail = b"get-mark :1\nreset %s\ndone\n" % _BRANCH
    return b"".join([*head, *_file_commands(files), tail])


def ref_stream(updates: Sequence[RefUpdate]) -> bytes:
    """Return the input of `update-ref --stdin` that moves refs, all or none."""
    lines = [
        f"create {item.ref} {item.new}\n"
        if item.old is None
        else f"update {item.ref} {item.new} {item.old}\n"
        for item in updates
    ]
    return "".join(lines).encode()


def _file_commands(files: Mapping[str, bytes | None]) -> Iterator[bytes]:
    for path, data in sorted(files.items()):
        if data is None:
            yield b"D %s\n" % _quoted(path)
        else:
            yield b"M 100644 inline %s\ndata %d\n" % (_quoted(path), len(data))
            yield data
            yield b"\n"


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"%s"' % escaped.encode(errors="surrogateescape")


def _unless_zero(item: str) -> str | None:
    return item if item.strip("0") else None
