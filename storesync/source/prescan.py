"""A file's bytes -> bytes that are safe to parse; wrong sizes, encodings and characters.

Nothing is parsed here. A file of ordinary ASCII passes with one comparison; every other path is
linear in the file's size. The characters refused are those that make a file say something else
than what a reviewer sees: line ends that only some programs know (PyYAML reads a hidden key after
U+0085), terminal controls, bidirectional controls (CVE-2021-42574), tag characters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from itertools import islice
from typing import NamedTuple

from storesync.diagnostics import Diagnostic
from storesync.model.unseen import UNSEEN
from storesync.source.lines import place

MAX_BYTES = 262_144
MAX_DIAGNOSTICS = 20
# Stands in for a refused character, so that the rest of a file can be checked in its place.
STAND_IN = "\ufffd"

_ORDINARY = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00\x00\xfe\xff")
_NONCHARACTERS = "".join(
    f"{chr(high | 0xFFFE)}{chr(high | 0xFFFF)}" for high in range(0, 0x110000, 0x10000)
)
_KINDS = {
    "control character": r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f",
    "line separator": "\x85\u2028\u2029",
    "bidirectional control": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "invisible byte order mark": "\ufeff",
    "invisible tag character": "\U000e0000-\U000e007f",
    "lone surrogate": "\ud800-\udfff",
    "noncharacter": f"\ufdd0-\ufdef{_NONCHARACTERS}",
}
# Joiners, selectors and fillers have their use, but never four in a row: that is hidden text.
INVISIBLE = rf"{UNSEEN}\U000e0100-\U000e01ef"
# The flags of England, Scotland and Wales (UTS 51, RGI tag sequences) are the use tags have.
_FLAGS = "|".join(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
_SUSPECT = f"[{''.join(_KINDS.values())}]|[{INVISIBLE}]{{4,}}"
_REFUSED = f"(?P<flag>{_FLAGS})|{_SUSPECT}"


class Scan(NamedTuple):
    """What is left to parse: UTF-8 without a byte order mark, or None where nothing is."""

    body: bytes | None
    diagnostics: list[Diagnostic]


_LONE_CR = re.compile(rb"\r(?!\n)")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a large pattern, compiled for the first file that is not of ordinary ASCII."""
    return re.compile(pattern)


def scan(path: str, raw: bytes) -> Scan:
    """Check a file's bytes. Of a file that is too large, the top-level keys that fit are left."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    odd = raw.translate(None, _ORDINARY)
    mixed = b"\r" in raw and b"\n" in raw and _LONE_CR.search(raw)
    if len(raw) <= MAX_BYTES and not odd and not mixed:
        return Scan(raw, [])
    found: list[Diagnostic] = [_lone_cr(path, raw, mixed.start())] if mixed else []
    if len(raw) > MAX_BYTES:
        found.append(_too_large(path, len(raw)))
        raw = _cut(raw)
    if _is_wide(raw):
        message = "not UTF-8 (it looks like UTF-16 or UTF-32): save the file as UTF-8"
        return Scan(None, [*found, Diagnostic("yaml-encoding", message, path, (), 1, 1)])
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return Scan(None, [*found, _not_utf8(path, raw, error)])
    # Without the text between them the odd characters are few, and none of them is lost.
    characters = refused(text) if _compiled(_SUSPECT).search(odd.decode("utf-8", "replace")) else []
    if not characters:
        return Scan(raw or None, found)
    for match in characters:
        line, column = place(text, match.start())
        message = f"{describe(match[0])} is not allowed: delete it"
        found.append(Diagnostic("yaml-character", message, path, (), line, column))
    return Scan(_stand_in(text).encode(), found)


def refused(text: str) -> list[re.Match[str]]:
    """Return the first places in `text` that hold characters no file may hold."""
    if text.isascii() and text.isprintable():
        return []
    matches = (match for match in _compiled(_REFUSED).finditer(text) if match["flag"] is None)
    return list(islice(matches, MAX_DIAGNOSTICS + 1))


def describe(characters: str) -> str:
    """Name the first of some characters, such as 'bidirectional control U+202E'."""
    name = f"U+{ord(characters[0]):04X}"
    if len(characters) > 1:
        return f"a run of {len(characters)} invisible characters ({name} …)"
    for kind, chars in _KINDS.items():
        if re.match(f"[{chars}]", characters):
            return f"{kind} {name}"
    return f"{name} ({unicodedata.name(characters, 'no name').lower()})"


def _stand_in(text: str) -> str:
    return _compiled(_REFUSED).sub(lambda m: m[0] if m["flag"] else STAND_IN * len(m[0]), text)


def _is_wide(raw: bytes) -> bool:
    """Say whether the bytes look like UTF-16 or UTF-32, with or without a mark."""
    return raw.startswith(_WIDE_MARKS) or (
        len(raw) > 1 and 0 in raw[:2] and raw.count(0) * 3 > len(raw)
    )


def _lone_cr(path: str, raw: bytes, at: int) -> Diagnostic:
    """An editor shows what follows in the line before, a comment for instance; YAML does not."""
    line = raw.count(b"\n", 0, at) + 1
    column = at - (raw.rfind(b"\n", 0, at) + 1) + 1
    message = "a carriage return U+000D alone in a line is not allowed: delete it"
    return Diagnostic("yaml-character", message, path, (), line, column)


def _too_large(path: str, size: int) -> Diagnostic:
    message = (
        f"file size is {size:,} bytes, more than {MAX_BYTES:,}: split the file, or delete what is"
        " generated or nested by mistake; only its beginning was read"
    )
    return Diagnostic("yaml-size", message, path, (), 1, 1)


def _cut(raw: bytes) -> bytes:
    """Return the whole top-level entries at the beginning of a file that is too large."""
    starts = list(re.finditer(rb"[\r\n](?=[A-Za-z0-9_\"'])", raw[:MAX_BYTES]))
    return raw[: starts[-1].end()] if starts else b""


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Diagnostic:
    byte = raw[error.start]
    before = raw[: error.start].decode()
    line, column = place(before, len(before))
    message = f"byte 0x{byte:02X} is not UTF-8: save the file as UTF-8"
    guess = bytes([byte]).decode("cp1252", "ignore")
    hint = (
        f'in Windows-1252 (Excel, older editors) it would be "{guess}"'
        if guess.isprintable()
        else ""
    )
    return Diagnostic("yaml-encoding", message, path, (), line, column, hint)
