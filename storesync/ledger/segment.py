"""One file of the ledger: lines that carry their own checksum and the one of the line before.

A line is canonical JSON that ends with a SHA-256 of all that precedes it, so that no line can be
changed unseen, the last one included; `prev` is that hash of the line before, so that none can be
taken out, put in or moved. What no file can show, that its last lines were taken off whole, is
seen from outside: by `store` against the tip it last wrote, by `ledger` against the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.render.artifact import canonical_json

FORMAT = 1
LONGEST = 64_000

_SUM = b',"~sha256":"'  # "~" sorts behind all our keys: the line stays canonical
_TAIL = len(_SUM) + 64 + len(b'"}')
_decode = json.JSONDecoder().raw_decode
_MERGE_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_NEWER = "update StoreSync to a version that reads ledger format {}"
RESTORE = "storesync verify --repair puts it back from the history of the ledger's branch"


class Line(NamedTuple):
    """One line: where it stands, its hash, and what it says (without checksum)."""

    path: str
    number: int
    hash: str
    fields: dict[str, Any]


class Broken(Exception):  # noqa: N818 - what a line is, turned into a Diagnostic where it is caught
    """What is wrong with one line: rule, message, hint."""

    def __init__(self, message: str, *, rule: str = "ledger-damaged", hint: str = RESTORE) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint

    def at(self, path: str, number: int) -> Diagnostic:
        """Return this as a Diagnostic of one line."""
        return Diagnostic(self.rule, self.message, path, line=number, hint=self.hint)


def encode(fields: Mapping[str, object], number: int, previous: str) -> tuple[bytes, str]:
    """Return a line with its end, and its hash.

    `number` counts the campaign's lines from 1; `previous` is the hash of the line before. Raises
    ValueError where the line would be longer than a reader takes.
    """
    body = canonical_json({**fields, "v": FORMAT, "n": number, "prev": previous})
    digest = hashlib.sha256(body).hexdigest()
    line = b'%s%s%s"}\n' % (body[:-1], _SUM, digest.encode())
    if len(line) > LONGEST:
        message = f"a ledger line of {len(line)} bytes is too long"
        raise ValueError(message)
    return line, digest


def parse(path: str, data: bytes) -> tuple[list[Line], list[Diagnostic]]:
    """Read a segment's lines up to the first one that is not right, and say what is wrong."""
    lines: list[Line] = []
    rows = data.split(b"\n")
    cut = rows.pop()
    for number, row in enumerate(rows, start=1):
        try:
            digest, fields = _read(row)
        except Broken as error:
            return lines, [error.at(path, number)]
        lines.append(Line(path, number, digest, fields))
    if cut:
        return lines, [_cut(cut).at(path, len(rows) + 1)]
    if not rows:
        return [], [Broken("the file is empty").at(path, 1)]
    return lines, []


def join(segments: Iterable[Sequence[Line]], root: str) -> tuple[list[Line], str, list[Diagnostic]]:
    """Put a campaign's lines in order, whatever segments they lie in; what is wrong with them.

    Returns the lines, the hash of the last one, and diagnostics. Segments of two runs may
    interleave: one run writes its receipts behind another one's intents.

    The first line must follow `root`, the hash of the genesis line. A line that is there twice
    counts once, with a warning; at one that does not follow the line before, reading stops.
    """
    ordered = sorted((line for lines in segments for line in lines), key=_place)
    chain: list[Line] = []
    problems = []
    seen = set()
    last = root
    for line in ordered:
        if line.fields.get("prev") == last and line.fields.get("n") == len(chain) + 1:
            chain.append(line)
            seen.add(line.hash)
            last = line.hash
        elif line.hash in seen:
            problems.append(_twice(line))
        else:
            problems.append(_misplaced(line, len(chain) + 1).at(line.path, line.number))
            break
    return chain, last, problems


def _read(row: bytes) -> tuple[str, dict[str, Any]]:
    if len(row) > LONGEST:
        raise Broken(f"the line is longer than {LONGEST} bytes")
    if row.startswith(_MERGE_MARKS):
        hint = "take the file as it is on one side; lines of both sides cannot be mixed"
        raise Broken("conflict markers of a merge stand here", hint=hint)
    body = row[:-_TAIL] + b"}"
    digest = hashlib.sha256(body).hexdigest()
    if row[-_TAIL:] != b'%s%s"}' % (_SUM, digest.encode()):
        raise _unproven(row)
    fields = _object(body)
    if fields is None:
        raise Broken("the line is not a JSON object")
    version = fields.get("v")
    if version != FORMAT:
        raise _version(version)
    return digest, fields


def _object(row: bytes) -> dict[str, Any] | None:
    try:
        text = row.decode()
        value, end = _decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and end == len(text) else None


def _unproven(row: bytes) -> Broken:
    """Say what a line is that does not match its checksum: a newer one may have none like ours."""
    fields = _object(row) or {}
    if "~sha256" not in fields and isinstance(fields.get("v"), int) and fields["v"] > FORMAT:
        return _version(fields["v"])
    return Broken("the line was changed or cut: it does not match its own checksum")


def _version(version: object) -> Broken:
    if isinstance(version, int) and version > FORMAT:
        message = f"the line is in ledger format {version}, and this StoreSync reads up to {FORMAT}"
        return Broken(message, rule="ledger-newer", hint=_NEWER.format(version))
    return Broken("the line names no ledger format")


def _cut(rest: bytes) -> Broken:
    if len(rest) > LONGEST:
        return Broken(f"the line is longer than {LONGEST} bytes")
    return Broken("the last line is cut off")


def _twice(line: Line) -> Diagnostic:
    message = "the line is here twice and counts once"
    return Diagnostic(
        "ledger-duplicate", message, line.path, line=line.number, severity=Severity.WARNING
    )


def unknown_type(kind: object, known: Collection[str]) -> Broken:
    """Say what a line is whose type is none of `known`: a newer StoreSync may have more."""
    if isinstance(kind, str) and kind not in known:
        message = f'this StoreSync does not know lines of type "{printable(kind)}"'
        return Broken(message, rule="ledger-newer", hint="update StoreSync")
    return Broken("the line lacks a part, or one is not what it should be")


def _misplaced(line: Line, expected: int) -> Broken:
    number = line.fields.get("n")
    if isinstance(number, int) and number > expected:
        return Broken(f"{number - expected} of the chain's lines before this one are missing")
    return Broken("the line does not follow the one before it")


def _place(line: Line) -> int:
    number = line.fields.get("n")
    return number if isinstance(number, int) else 0
