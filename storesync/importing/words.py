"""A cell's text as a person meant it, and what in it is suspicious."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from storesync.diagnostics import printable
from storesync.importing.spreadsheet import is_error
from storesync.source.prescan import describe, refused

# A spreadsheet takes a text for a formula by its first character (OWASP, "CSV Injection"); an
# apostrophe before it says: text. Ours is one more than was there, so that it can be taken away.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"''*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# What Excel takes for a character by its number: _x0041_ is A (ECMA-376, ST_Xstring).
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# The x of what looks so. Excel itself would escape the line before it, as _x005F_; but openpyxl
# takes each x005F_ out of what it reads, whatever it means.
_LIKE_ESCAPE = re.compile("x(?=005F_)|(?<=_)x(?=[0-9A-Fa-f]{4}_)")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_INSTRUCTIONS = re.compile(
    r"</|<[a-z!?]|\{\{|\{%|\[INST|^\W*(system|assistant|user|human)\s*:|\bsystem\s*:|"
    r"\b(ignore|disregard|forget)\s+(all|any|the|your|previous|prior|above)\b|javascript:",
    re.IGNORECASE,
)
_MANY_MARKS = re.compile(r"\?\?|\ufffd|\w\?\w|^\?$|^\?\w|\w\?$")
_BLANKS = re.compile("[^\\S\u00a0\u202f]+")
_LETTER = re.compile(r"[^\W\d_]")
_MOJIBAKE = re.compile(
    "[\xc2-\xf4][\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)


def neutralise(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe before what looks so.

    Plain numbers stay as they are. `restore` is the inverse.
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def restore(text: str) -> str:
    """Return the text as it was before `neutralise`."""
    return text[1:] if _NEUTRALISED.match(text) else text


def quote_error(text: str) -> str:
    """Return text that nobody takes for an error of a spreadsheet: `'#N/A` for the text `#N/A`.

    `unquote_error` is the inverse. It is apart from `neutralise`, for an error in a rejected row
    has to stay one.
    """
    return f"'{text}" if _reads_as_error(text) else text


def unquote_error(text: str) -> str:
    """Return the text as it was before `quote_error`."""
    return text[1:] if text[:1] == "'" and _reads_as_error(text) else text


def _reads_as_error(text: str) -> bool:
    return "#" in text and is_error(text.lstrip("'").strip())


def escaped(text: str) -> str:
    """Return text of which Excel takes nothing for a character's number. See `unescaped`."""
    return _LIKE_ESCAPE.sub("_x0078_", text) if "x" in text else text


def unescaped(text: str) -> str:
    """Return a workbook's text with characters for their numbers; a carriage return ends a line.

    Numbers of what no text holds stay.
    """
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16)).replace("\r", "\n")
    return char if char.isprintable() or char in "\n\t" else match[0]


def clean(text: str) -> str:
    """Return text on one line: NFC, every run of white space one space, none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy(text: str) -> str:
    """Return text as `clean` does, but with its lines and no-break spaces: they are its author's.

    French has one before "!" and in "5 $".
    """
    lines = unicodedata.normalize("NFC", text).strip().splitlines()
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines)


def unreadable(text: str) -> str:
    """Name the first character that no file may hold, such as 'control character U+0000', or ""."""
    found = refused(text)
    return describe(found[0][0]) if found else ""


def repair(text: str) -> str:
    """Return text with Windows-1252 characters that were read as controls put right.

    U+0096 is a dash there; no text has these controls (U+0085, a line end, stays).
    """
    return _C1.sub(lambda match: _as_windows(match[0]), text)


def _as_windows(char: str) -> str:
    return char.encode("latin-1").decode("cp1252", "ignore") or char


def is_destroyed(text: str) -> bool:
    """Say whether a conversion left more question marks than letters: "?????", "??????2?"."""
    lost = text.count("?") + text.count("\ufffd")
    if not lost or (lost == 1 and text not in {"?", "\ufffd"}):
        return False
    return lost > len(_LETTER.findall(text))


def suspicions(text: str) -> Iterator[tuple[str, str]]:
    """Yield (rule, what is suspicious) about a text that is saved as it is."""
    if text[:1] in "=+-@":
        yield "formula", f'"{printable(text, limit=60)}" looks like a formula'
    if _INSTRUCTIONS.search(text):
        shown = printable(text, limit=80)
        yield "instructions", f'"{shown}" looks like markup or instructions to a program'
    if text.isascii() and "?" not in text:
        return
    if _MANY_MARKS.search(text):
        shown = printable(text, limit=60)
        yield "lost-letters", f'"{shown}": letters look lost in an earlier conversion'
    elif is_mojibake(text):
        yield "lost-letters", f'"{printable(text, limit=60)}" looks like UTF-8 read as cp1252'


def is_mojibake(text: str) -> bool:
    """Say whether text is UTF-8 that was read in Windows-1252: "MÃ¼nchen"."""
    if not _MOJIBAKE.search(text):
        return False
    try:
        return text.encode("cp1252").decode() != text
    except UnicodeError:
        return False
