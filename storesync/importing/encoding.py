"""Bytes of a CSV file -> text. Nothing is guessed: an encoding is proposed, never taken."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.importing.finding import Finding, UnreadableTable

# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CELL = re.compile(r"[^,;\t|\r\n]+")
_ODD = re.compile(r"[\x80-\x9f\ufffd]")
# Encoding, the letters that tell it from the others, and which share of all they have in a text.
# Korean bytes are Chinese ones too, so nearly all have to be Hangul.
_SCRIPTS = (
    ("cp932", re.compile(r"[\u3041-\u30fe]"), 0.2),
    ("cp949", re.compile(r"[\uac00-\ud7a3]"), 0.9),
    ("gb18030", re.compile(r"[\u4e00-\u9fff]"), 0.6),
    ("big5", re.compile(r"[\u4e00-\u9fff]"), 0.6),
    ("cp1251", re.compile(r"[\u0400-\u04ff]"), 0.8),
)
_SAMPLE = 400_000
# What no text of any encoding proposed here has: archives, pictures and PDFs are full of it.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# Python's notations for programs: encodings by name only.
_NOTATIONS = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})


def decode(name: str, raw: bytes, encoding: str | None) -> tuple[str, list[Finding]]:
    """Return the text of a CSV file: by its byte order mark, else as `encoding`, else as UTF-8.

    Raises UnreadableTable where the bytes are not in that encoding (the hint proposes one),
    UserError where Python knows no such text encoding.
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _strict(name, raw[len(mark) :], marked), []
    if encoding is not None:
        text = _strict(name, raw, _known(encoding))
        return text, _also_utf8(raw, encoding)
    if raw[:2000].count(0) * 4 > len(raw[:2000]):
        wide = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
        message = f"{name} is not UTF-8: its encoding looks like UTF-16"
        raise UnreadableTable(message, hint=f"if it is, say so: --encoding {wide}")
    try:
        return raw.decode(), []
    except UnicodeDecodeError as error:
        if _BINARY.search(raw[:_SAMPLE]):
            message = f"{name} is neither an Excel file nor text: a picture, PDF or archive?"
            hint = "import .xlsx or CSV; unpack what is packed"
            raise UnreadableTable(message, hint=hint) from None
        raise _not_utf8(name, raw, error.start) from None


def propose(raw: bytes) -> str:
    """Return the encoding in which bytes that are not UTF-8 most likely are.

    Letters beyond ASCII stand alone in Western European text and in rows in other scripts.
    """
    sample = raw[:_SAMPLE]
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    if not runs or sum(runs) / len(runs) < 1.9:
        return "cp1252" if _decodes(raw, "cp1252") else "mac_roman"
    for encoding, letters, share in _SCRIPTS:
        if _share(sample, encoding, letters) > share:
            return encoding
    return "cp1252" if _decodes(raw, "cp1252") else "latin-1"


def _share(sample: bytes, encoding: str, letters: re.Pattern[str]) -> float:
    """Return which share of the text beyond ASCII some letters have; 0 where bytes do not fit."""
    try:
        # The sample may end inside a letter, which is no fault of the encoding.
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    high = sum(1 for char in text if char > "\x7f")
    return len(letters.findall(text)) / high if high else 0.0


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        return _ODD.search(raw.decode(encoding)) is None
    except UnicodeDecodeError:
        return False


def _known(encoding: str) -> str:
    with suppress(LookupError):
        found = codecs.lookup(encoding).name
        if found.replace("-", "_") not in _NOTATIONS:
            "".encode(found)  # a LookupError, where it is none of text
            return found
    message = f'no text encoding is named "{printable(encoding, limit=40)}"'
    hint = "names are such as utf-8, cp1252 (Windows), mac_roman, gb18030, shift_jis"
    raise UserError(message, hint=hint)


def _strict(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        message = (
            f"{name}: byte 0x{raw[error.start]:02X} in line {row} does not exist in the encoding"
            f" {encoding}"
        )
        raise UnreadableTable(message, hint=f"try --encoding {propose(raw)}") from None


def _also_utf8(raw: bytes, encoding: str) -> list[Finding]:
    if raw.isascii() or codecs.lookup(encoding).name == "utf-8":
        return []
    try:
        raw.decode()
    except UnicodeDecodeError:
        return []
    message = f"read as {encoding} as you said, but the file is sound UTF-8: leave --encoding out"
    return [Finding(1, "", "encoding", message)]


def _not_utf8(name: str, raw: bytes, start: int) -> UnreadableTable:
    proposed = propose(raw)
    line = raw[:start].count(b"\n") or raw[:start].count(b"\r")
    message = (
        f"{name}: the encoding is not UTF-8 (byte 0x{raw[start]:02X} in line {line + 1}), "
        "and without knowing it names would be spoilt"
    )
    example = _example(raw, start, proposed)
    hint = f'with --encoding {proposed} it reads "{example}"; if that is right, say so'
    return UnreadableTable(message, hint=hint)


def _example(raw: bytes, start: int, encoding: str) -> str:
    """Return the cell around a byte as it would read."""
    begin = max(raw.rfind(b"\n", 0, start), raw.rfind(b"\r", 0, start)) + 1
    end = min(
        (at for at in (raw.find(b"\n", start), raw.find(b"\r", start)) if at >= 0), default=len(raw)
    )
    line = raw[begin:end].decode(encoding, "replace")
    before = len(raw[begin:start].decode(encoding, "replace"))
    for cell in _CELL.finditer(line):
        if cell.start() <= before < cell.end():
            return printable(cell[0].strip(' "'), limit=60)
    return printable(line, limit=60)
