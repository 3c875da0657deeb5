"""Whether a rendered text fits its channel: lengths, SMS segments, characters that deceive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from storesync.diagnostics import Severity
from storesync.model.channel import KINDS, MAX_PART_BYTES, Part

# GSM 03.38 (3GPP TS 23.038 section 6.2.1): the basic set, and what takes two places.
_GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = "\f^{}\\[~]|€"
_NOT_GSM = f"[^{re.escape(_GSM_BASIC + _GSM_EXTENDED)}]"
_EXTENDED = f"[{re.escape(_GSM_EXTENDED)}]"
_ASTRAL = "[\U00010000-\U0010ffff]"
_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_JOINED = {"GSM-7": 153, "UCS-2": 67}

# Controls but tab and line feed, line and paragraph separators, the bidirectional controls that
# make text read otherwise than it is stored ("Trojan Source", CVE-2021-42574), lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


# Nothing but white space and characters of no width: nobody would see anything.
_BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*\\Z")


class Violation(NamedTuple):
    """What is wrong with a rendered text: its measure, and the limit, 0 where there is none.

    `path`, `at`, `line` and `column` say where it is to be mended, as in a `Diagnostic`; without
    a path that is the campaign's list of channels.
    """

    rule: str
    message: str
    measured: int = 0
    limit: int = 0
    hint: str = ""
    path: str = ""
    at: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0
    severity: Severity = Severity.ERROR


class Segments(NamedTuple):
    """How an SMS travels: its alphabet, length in that alphabet's units, billed segments.

    `culprit` is the first character that is not of the GSM alphabet, or empty.
    """

    encoding: str
    units: int
    segments: int
    culprit: str


def measure(kind: str, part: str, text: str) -> tuple[Violation, ...]:
    """Return what keeps a rendered text of `kind` (web, email, sms, social) from going out.

    An unknown kind or part has no limits of its own, only the general one in bytes.
    """
    known = KINDS.get(kind)
    rules = (known.part(part) if known else None) or Part(part)
    found = [_bytes(rules, text), _characters(rules, text), _segments(rules, text)]
    if known and rules.required and _BLANK.match(text):
        found.append(_empty(kind, part))
    if not rules.markup:
        found.append(_unsafe(text))
    return tuple(violation for violation in found if violation)


def segments(text: str) -> Segments:
    """Return how many SMS segments a text takes; an empty one takes none.

    A character of two units is never split over two segments, so a part can end one short.
    """
    # Compiled when first asked for: few runs have messages. `re` keeps what it compiled.
    culprit = re.search(_NOT_GSM, text)
    encoding = "UCS-2" if culprit else "GSM-7"
    wide = _ASTRAL if culprit else _EXTENDED
    doubles = [match.start() for match in re.finditer(wide, text)]
    units = len(text) + len(doubles)
    if units <= _SINGLE[encoding]:
        count = 1 if text else 0
    else:
        count = _joined(text, frozenset(doubles), _JOINED[encoding])
    return Segments(encoding, units, count, culprit.group() if culprit else "")


def billed(kind: str, parts: Mapping[str, str]) -> int:
    """Return how many segments sending an artifact once is billed for; 0 where none are counted."""
    known = KINDS.get(kind)
    counted = [part.name for part in known.parts if part.max_segments] if known else []
    return sum(segments(parts[name]).segments for name in counted if name in parts)


def _joined(text: str, doubles: frozenset[int], room: int) -> int:
    if not doubles:
        return -(-len(text) // room)
    count, used = 1, 0
    for index in range(len(text)):
        size = 2 if index in doubles else 1
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count


def _bytes(rules: Part, text: str) -> Violation | None:
    limit = rules.max_bytes or MAX_PART_BYTES
    if len(text) * 4 <= limit:
        return None
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size <= limit:
        return None
    return Violation(
        "channel-limit", f"{rules.name} has {size:,} bytes; at most {limit:,} fit", size, limit
    )


def _characters(rules: Part, text: str) -> Violation | None:
    limit = rules.max_characters
    if not limit or len(text) <= limit:
        return None
    message = f"{rules.name} has {len(text):,} characters; at most {limit:,} fit"
    return Violation("channel-limit", message, len(text), limit)


def _segments(rules: Part, text: str) -> Violation | None:
    limit = rules.max_segments
    if not limit or len(text) * 2 <= _SINGLE["UCS-2"]:
        return None
    sms = segments(text)
    if sms.segments <= limit:
        return None
    hint = ""
    if sms.culprit:
        code = f"U+{ord(sms.culprit):04X}"
        hint = f"{code} is not in the SMS alphabet and cuts a segment from 153 characters to 67"
    message = (
        f"{rules.name} takes {sms.segments} SMS segments ({sms.units:,} {sms.encoding} units); "
        f"at most {limit} are allowed, and each is billed"
    )
    return Violation("channel-limit", message, sms.segments, limit, hint)


def _empty(kind: str, part: str) -> Violation:
    hint = f"write text in {kind}.{part} that shows at each location, or take the channel out"
    return Violation("empty-part", f"{part} is empty: nothing would be seen of it", 0, 0, hint)


def _unsafe(text: str) -> Violation | None:
    found = _UNSAFE.search(text)
    if not found:
        return None
    line = text.count("\n", 0, found.start()) + 1
    message = f"rendered text has the control character U+{ord(found.group()):04X} on line {line}"
    hint = "such characters change how a text is sent or read; remove it where the value is set"
    return Violation("unsafe-output", message, 1, 0, hint)
