"""Reading what people call, click and write to: phone numbers, web and mail addresses."""

from __future__ import annotations

import re

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.word_lists import listed
from storesync.copywriting.facts.reading.digits import read_numeric
from storesync.copywriting.facts.reading.plain_hours import is_two_hours
from storesync.copywriting.facts.reading.surroundings import Surroundings

# Every repetition is bounded: a hostile text is read in linear time.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_WEB = re.compile(r"[a-z][a-z+.-]{1,15}://[^\s<>\"]{1,2000}|www\.[^\s<>\"]{3,2000}")
_HOST = re.compile(
    r"(?:[^\W_][\w-]{0,62}\.){1,6}(?P<top>xn--[a-z0-9-]{2,50}|[^\W\d_]{2,20})(?![\w-])"
    r"(?::\d{1,5})?(?:[/?][^\s<>\"]{0,2000})?"
)
_TRAILING = ".,;:!?)]}'\"…*"
_LISTED = listed("contacts")
_TOPS = frozenset(_LISTED["tops"])
_CALLS = frozenset(_LISTED["calls"])
_DOTS = frozenset({"dot", "punkt", "point", "punto"})
_BRACKETS = frozenset("[]()")
# Of what is said aloud for an address; with all others a dot may be a dot: polka dot top.
_SPOKEN = frozenset({"com", "net", "org", "info", "biz", "example"})
# Gutscheincode, codice, kodem: in every language's spelling.
_POLISH_CODES = ("kod", "kodem", "kodu", "hasło", "hasłem", "hasła")
_COUPONS = ("coupon", "voucher", "gutschein", "bon", "cupón", "cupom", "cupão", "buono", "kupon")
_CODES = ("code", "código", "codigo", "codice", *_POLISH_CODES, *_COUPONS)
_BEFORE_A_CODE = frozenset(":\"'“„«") | {"is", "ist", "est", "es", "è", "é", "word"}
_CAPITALS = 4
_STARTERS = frozenset(".:@-_+")
# As dialled at home, without a zero before: 6555 0119, 22 33 44 55, 912 34 567.
_AT_HOME = re.compile(
    r"(?!(?:19|20)[0-9]{2}.(?:19|20)[0-9]{2})[2-9][0-9]{3}[ \u00a0-][0-9]{4}"
    r"|[2-9][0-9](?:[ \u00a0][0-9]{2}){3}|[2-9][0-9]{2}[ \u00a0][0-9]{2}[ \u00a0][0-9]{3}"
)
_PHONE = re.compile(r"\+?[ \u00a0]?\(?[0-9][0-9 \u00a0().\-/–]{4,28}[0-9]")
# What stands behind the end of a sentence is no part: AZ 85281. (480) 555-0133. 3100 W State Street
_ANOTHER = re.compile(r"\. (?=[(+])|(?<=[0-9]{4})\. ")
_VANITY = re.compile(
    r"(?:1[- ])?8[0-9]{2}[- ][A-Z][A-Z-]{3,11}(?![a-z])|0800[- ][A-Z][A-Z -]{3,11}(?![a-z])"
)


def read_link(text: Surroundings, index: int) -> Read:
    """Read a web or mail address or a bare host that begins at a token."""
    token = text.tokens[index]
    after = text.low(index + 1)
    if token.low in _DOTS or token.low in _BRACKETS:
        return _spelled(text, index)
    if token.kind == "s" or not (after in _STARTERS and text.tight(index + 1)):
        return None
    if text.tight(index) and text.low(index - 1) in {".", "-", "_", "+"}:
        return None
    low = text.folded.low
    match = _MAIL.match(low, token.start) or _WEB.match(low, token.start)
    if match is None:
        match = _HOST.match(low, token.start)
        if match is None:
            return None
        top = match["top"]
        written = text.folded.text[match.start("top") : match.end("top")]
        whole = text.folded.text[match.start() : match.end("top")]
        if not top.startswith("xn--") and (
            top not in _TOPS or (written != top and whole != whole.upper())
        ):
            return None
    end = match.start() + len(match[0].rstrip(_TRAILING))
    place = index
    while place < len(text.tokens) and text.tokens[place].start < end:
        place += 1
    return [Item(Kind.URL, "", token.start, text.tokens[place - 1].end)], place


def _spelled(text: Surroundings, index: int) -> Read:
    """Read rival dot com and rival[.]com, at the dot: its host stands before it."""
    end = index + 1
    bracketed = text.low(index) in _BRACKETS
    if bracketed:
        if text.low(end) not in {".", *_DOTS} or text.low(end + 1) not in _BRACKETS:
            return None
        end += 2
    top, words = text.low(end), text.words
    known = top in _TOPS and (len(top) == 2 or top in _SPOKEN)
    idle = top in words.listed("function") or top in words.listed("links")
    if not known or (idle and not bracketed) or text.kind(index - 1) not in {"w", "n"}:
        return None
    value = f"{text.low(index - 1)}.{top}"
    return [text.item(Kind.URL, index - 1, end + 1, value)], end + 1


def read_phone(text: Surroundings, index: int) -> Read:
    """Read a phone number that begins at a token; its value is its digits, with a leading plus."""
    token = text.tokens[index]
    if token.kind != "n" and token.low not in "+(":
        return None
    inside = text.tight(index) and text.low(index - 1) in "+("
    dated = token.low == "(" and index + 1 < len(text.tokens) and read_numeric(text, index + 1)
    if inside or dated:  # (12/27–1/2)
        return None
    vanity = _VANITY.match(text.folded.text, token.start)
    if vanity:
        return _phone(text, index, vanity.end(), vanity[0])
    match = _PHONE.match(text.folded.low, token.start)
    if match is None:
        return None
    end = _without_amount(text.folded.low, match)
    written = _ANOTHER.split(text.folded.low[token.start : end], maxsplit=1)[0]
    if is_two_hours(written) and not _is_called(text, index):
        return None
    end = token.start + len(written)
    return _phone(text, index, end, written) if _looks_like_one(text, index, written) else None


def _without_amount(low: str, match: re.Match[str]) -> int:
    """Return where a number ends: a percentage or price behind it is none of its groups."""
    end = match.end()
    following = low[end : end + 2].lstrip()
    clock = low[end : end + 1] == ":" and low[end + 1 : end + 2].isdigit()
    if clock or (following and following[0] in "%€£$hx"):
        end = match.start() + len(low[match.start() : end].rstrip("0123456789")) or end
    digits = sum(char.isdigit() for char in low[match.start() : end])
    while digits > 15:
        shorter = match.start() + len(
            low[match.start() : end].rstrip("0123456789").rstrip(" \u00a0().-/–")
        )
        if shorter in {end, match.start()}:
            break
        end = shorter
        digits = sum(char.isdigit() for char in low[match.start() : end])
    return match.start() + len(low[match.start() : end].rstrip(" \u00a0().-/–"))


def _looks_like_one(text: Surroundings, index: int, written: str) -> bool:
    digits = sum(char.isdigit() for char in written)
    if not 5 <= digits <= 15:
        return False
    if _is_called(text, index):
        return True
    if digits < 7:
        return False
    if _AT_HOME.fullmatch(written):
        return True
    if written.startswith(("+", "00", "(0")) or (written.startswith("0") and digits >= 8):
        return True
    return digits >= 9 and len(re.findall(r"[ \u00a0\-/.]", written)) >= 2


def _is_called(text: Surroundings, index: int) -> bool:
    return any(text.low(place) in _CALLS for place in range(max(0, index - 5), index))


def _phone(text: Surroundings, index: int, end: int, written: str) -> Read:
    place = index
    while place < len(text.tokens) and text.tokens[place].start < end:
        place += 1
    plus = "+" if "+" in written else ""
    digits = "".join(char for char in written if char.isalnum())
    return [Item(Kind.PHONE, plus + digits, text.tokens[index].start, end)], place


def read_code(text: Surroundings, index: int) -> Read:
    """Read the code of an offer: capitals behind a word for one, in a text that is not in them."""
    if not is_in_capitals(text, index):
        return None
    place = index - 1
    while text.low(place) in _BEFORE_A_CODE:
        place -= 1
    if not text.low(place).endswith(_CODES):
        return None
    end = index + 1
    while end < len(text.tokens) and text.tight(end) and text.kind(end) in {"n", "w"}:
        end += 1
    said = "".join(text.lows[index:end])
    return [text.item(Kind.NUMBER, index, end, said, role="code")], end


def names_a_code(text: Surroundings, index: int) -> bool:
    """Say whether a token is a word for a coupon, and its code follows: coupon SPIN15."""
    place = index + 1
    while text.low(place) in _BEFORE_A_CODE:
        place += 1
    coupon = text.low(index).endswith(_COUPONS)
    return coupon and place < len(text.tokens) and is_in_capitals(text, place)


def is_in_capitals(text: Surroundings, place: int) -> bool:
    """Say whether a token is in capitals, as codes are, and the rest of the text is not."""
    token = text.tokens[place].text
    return len(token) >= _CAPITALS and token.isupper() and not text.folded.text.isupper()
