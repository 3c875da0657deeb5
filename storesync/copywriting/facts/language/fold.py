"""From a text to the same text without disguises, each character with its place in the original.

Digits of all scripts become 0-9, look-alike letters those they look like, invisible characters
go (UTS #39, "Unicode Security Mechanisms", for the idea; the tables here hold what reads as a
word or a number in Latin script).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

# Spaces that hold the groups of a number together (CLDR uses the first two).
_TIGHT = frozenset("\u00a0\u202f\u2007\u2009")
# Blank without being a space, or a mark that may stand for nothing.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
_LISTED = tomllib.loads(
    resources.files("storesync.copywriting.facts.language")
    .joinpath("words/characters.toml")
    .read_text("utf-8")
)
_LATIN_LIKE = str.maketrans(_LISTED.pop("alike"), _LISTED.pop("latin"))
_CHARACTERS = {char: sign for sign, chars in _LISTED.items() for char in chars}
_BADGES, _LETTERS = (0x1F150, 0x1F170), 26  # letters on a filled ground, round and square
_GOES_ON = frozenset("‰$£€¥%") | {char for char, sign in _CHARACTERS.items() if sign == "%"}
_UNSEEN = frozenset({"Cf", "Mn", "Mc", "Me", "Co", "Cn", "Cs"})
_SPACES = {"Zl": "\n", "Zp": "\n", "Cc": "\n", "Zs": " "}
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
_OH = re.compile(r"(?<![^\W_])(?=[OoI]*[0-9])[0-9OoI]*[OoI][0-9OoI]*(?![^\W_])")
_ELL = re.compile(r"(?<![^\W_])[0-9OoIl]+(?=\s?%)")
_DIGIT_LIKE = str.maketrans("OoIl", "0011")
_MIXED = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` without disguises, `low` the same in lower case and of the same length."""

    text: str
    low: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the folded text stands in the original."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1024)
def fold(text: str, *, latin: bool = True) -> Folded:
    """Return a text without disguises. `latin` says that its language is written in Latin."""
    if text.isascii():
        plain = _digits_from_letters(text.replace("`", "'").replace("\r", "\n"))
        return Folded(plain, plain.lower(), range(len(text)), range(1, len(text) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        pieces = _raised(text, index, chars) if char in _RAISED else _plain(char)
        if char == "º" and chars and (chars[-1].isdigit() or chars[-1] == "."):
            pieces = "°"  # 1º is no 10
        if pieces is None:  # invisible, or a mark upon the character before
            if chars:
                _compose(chars, char)
                ends[-1] = index + 1
            continue
        if len(pieces) > 1 and "/" in pieces and chars and chars[-1].isdigit():
            pieces = " " + pieces  # 2½ is 2 1/2
        chars += pieces
        starts += [index] * len(pieces)
        ends += [index + 1] * len(pieces)
    joined = "".join(chars)
    shown = joined.translate(_LATIN_LIKE) if latin else _MIXED.sub(_unmix, joined)
    plain = _digits_from_letters(shown)
    low = "".join(lower if len(lower := char.lower()) == 1 else char for char in plain)
    return Folded(plain, low, starts, ends)


def _unmix(match: re.Match[str]) -> str:
    word = match[0]
    mixed = any(char.isascii() for char in word) and not word.isascii()
    return word.translate(_LATIN_LIKE) if mixed else word


def _digits_from_letters(text: str) -> str:
    """Read 5O% as 50%. A lone l is a litre, so it is a one only before a percent sign."""
    text = _OH.sub(lambda match: match[0].translate(_DIGIT_LIKE), text)
    return _ELL.sub(
        lambda match: match[0].translate(_DIGIT_LIKE) if re.search("[0-9]", match[0]) else match[0],
        text,
    )


@lru_cache(maxsize=4096)
def _plain(char: str) -> str | None:
    """Return what a character reads as, None where it is not seen."""
    category = unicodedata.category(char)
    for first in _BADGES:
        if first <= ord(char) < first + _LETTERS:
            return chr(ord("A") + ord(char) - first)
    if char in _BLANK or (category in _UNSEEN and char not in _CHARACTERS):
        return None
    if char in _CHARACTERS or char in _TIGHT:
        return _CHARACTERS.get(char, "\u00a0")
    if category in _SPACES:
        return "\t" if char == "\t" else _SPACES[category]
    value = unicodedata.numeric(char, None)
    if value is not None and category in {"Nd", "No", "Nl"} and value == int(value):
        return str(int(value))
    compatible = unicodedata.normalize("NFKC", char)
    return "".join(_CHARACTERS.get(piece, piece) for piece in compatible) or None


def _compose(chars: list[str], mark: str) -> None:
    if chars[-1].isalpha():
        whole = unicodedata.normalize("NFC", chars[-1] + mark)
        if len(whole) == 1:
            chars[-1] = whole


def _raised(text: str, index: int, chars: list[str]) -> str:
    """Read a raised or lowered digit: of a number, of its cents, of a unit or a footnote."""
    digit = str(unicodedata.digit(text[index]))
    before = chars[-1] if chars else " "
    first = index == 0 or text[index - 1] not in _RAISED
    length = 1
    while index + length < len(text) and text[index + length] in _RAISED and length < 4:
        length += 1
    after = text[index + length : index + length + 2].lstrip()
    if first and before.isdigit() and length == 2:  # £2⁹⁹
        return "." + digit
    goes_on = after[:1].isdigit() or (after[:1] in _GOES_ON and bool(after))
    if first and length == 1 and not goes_on and not before.isdigit() and before not in " $£€¥":
        return " "
    return digit
