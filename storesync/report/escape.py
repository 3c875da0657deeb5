"""Text from files as it stands in a comment: never markup, a link, a picture or a mention.

GitHub reads a comment twice: as Markdown with HTML, and then its text for mentions, references
and addresses. Against the first what means something is escaped, against the second the words
it looks for are broken by a space without width (`printable` leaves none that others wrote).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

from storesync.diagnostics import printable

WIDEST = 300
_GROWN = 3  # of so many times its length nobody writes
_BREAK = "\u200b"
_ID = re.compile(r"[\w-]{1,80}", re.ASCII)
# What GitHub looks for in text: people and teams, numbers, addresses, emoji, hashes of commits,
# advisories and the references that a repository's owner may define (TICKET-12). An emoji may
# find its second colon in our own words behind the text.
_LOOKED_FOR = re.compile(
    r"""@|\#|(?<=www)(?=\.)|:/(?=/)|:(?=[\w+-]+(?::|$))|[0-9a-f]{6}(?=[0-9a-f])|[a-z]-(?=\d)
    |ghsa-|cve-|mailto:|xmpp:""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MARKUP = {ord(char): f"\\{char}" for char in "\\`*_[]|~!"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
_HTML = {ord(char): f"&#{ord(char)};" for char in "&<>\"'`"}
# So GitHub's documentation says a dollar is kept from beginning a formula.
_DOLLAR = {ord("$"): "<span>$</span>"}
# What makes a list, a heading's underline or a table's at a line's beginning.
_LINE_START = re.compile(r"^([-+=:])|^(\d{1,9})(?=[.)](?:\s|$))", re.ASCII)
# Invisible letters and marks: those of category Cf are left to `printable`.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0e"
    "\U000e0100-\U000e01ef]"
)
_JOINED = re.compile("[\u200d\ufe0f]")
_MOST_MARKS = 4
_SAFE_IN_ADDRESS = "%/:=?&#~+,;@!*-._"
_LONGEST_ADDRESS = 2_000


def escape(text: str, *, limit: int = WIDEST) -> str:
    """Return text for a place in Markdown where a line or a part of one stands.

    It is cut at `limit` characters, and earlier where escaping would make it much longer.
    """
    safe = _LINE_START.sub(_not_a_start, _safe(text.strip(), limit, _MARKUP))
    return safe if len(safe) <= _GROWN * limit else escape(text, limit=limit // 2)


def escape_html(text: str, *, limit: int = WIDEST) -> str:
    """Return text for a line that is HTML, such as a summary: Markdown is not read there."""
    safe = _safe(text, limit, _HTML)
    return safe if len(safe) <= _GROWN * limit else escape_html(text, limit=limit // 2)


def _safe(text: str, limit: int, escaped: Mapping[int, str]) -> str:
    broken = _LOOKED_FOR.sub(_parted, visible(text, limit=limit))
    return broken.translate(escaped).translate(_DOLLAR)


def as_code(text: str) -> str:
    """Return an id as code; a backslash before a bar would end a table's cell even there."""
    return f"`{text}`" if _ID.fullmatch(text) else escape(text)


def link(words: str, address: str) -> str:
    """Return a link of our own to an http(s) address; words alone where it is another one."""
    if not address.startswith(("https://", "http://")) or len(address) > _LONGEST_ADDRESS:
        return escape(words)
    return f"[{escape(words)}](<{quote(address, safe=_SAFE_IN_ADDRESS)}>)"


def visible(text: str, *, limit: int = WIDEST) -> str:
    r"""Return text with everything that nobody sees as \uXXXX, joiners outside of emoji too."""
    if text.isascii():
        return printable(text, limit=limit)
    shown = printable(text, limit=limit)
    shown = _JOINED.sub(lambda found: _joiner(found, shown), shown)
    return _few_marks(_INVISIBLE.sub(_code_point, shown))


def _parted(found: re.Match[str]) -> str:
    return f"{found.group()}{_BREAK}"


def _not_a_start(found: re.Match[str]) -> str:
    sign, number = found.groups()
    return f"\\{sign}" if sign else f"{number}\\"


def _joiner(found: re.Match[str], text: str) -> str:
    before = text[found.start() - 1 : found.start()]
    is_emoji = before > "\x7f" and unicodedata.category(before) in {"So", "Sk", "Sm", "Po"}
    return found.group() if is_emoji or before == "\ufe0f" else _code_point(found)


def _code_point(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _few_marks(text: str) -> str:
    """Return text without the marks that pile up on a letter and hide the lines around."""
    shown: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            shown.append(char)
    return "".join(shown)
