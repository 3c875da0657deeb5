"""A key of a mapping -> what is wrong with it, and the form in which it is compared with others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from storesync.diagnostics import printable
from storesync.source.prescan import describe

MERGE = "<<"
# Readers look for the colon 1024 characters far (YAML 1.2.2, section 7.4), escapes included; and
# what is longer than this is a sentence with a colon in it.
MAX_KEY = 200
# Scripts with letters that look like Latin ones; the first word of a character's Unicode name.
_LOOKALIKE_SCRIPTS = frozenset(
    {
        *("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GEORGIAN", "DESERET"),
        *("GOTHIC", "OLD", "CARIAN", "LYCIAN", "LYDIAN", "WARANG", "OSAGE", "OSMANYA", "ELBASAN"),
        *("VITHKUQI", "FULLWIDTH"),
    }
)
# Latin Extended-A ends here; behind it, and for these few before, letters imitate other letters.
_LAST_PLAIN_LATIN = "\u017e"
_LATIN_LOOKALIKES = frozenset("\u0131\u0138\u0149\u01c3")
# Letters without a look of their own: the fillers of Hangul.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


@lru_cache(maxsize=4096)
def check_key(key: str) -> tuple[str, str]:
    """Return the form in which keys are compared (NFC, folded) and a complaint, "" for a sound key.

    The complaint continues 'key "…" '.
    """
    folded = unicodedata.normalize("NFC", key).casefold()
    if not key:
        return folded, "is empty: write a name before the colon"
    if len(key) > MAX_KEY:
        return folded, f"is longer than {MAX_KEY} characters"
    if key != key.strip(" \t\r\n"):
        return folded, "starts or ends with a space: delete the space"
    if key.isascii() and key.isprintable():
        return folded, ""
    return folded, _odd_character(unicodedata.normalize("NFC", key))


def shown(key: str) -> str:
    """Return a key in quotes for a message, cut and escaped."""
    return f'"{printable(key, limit=60)}"'


def _odd_character(key: str) -> str:
    mixed = any(char.isascii() and char.isalpha() for char in key)
    for before, char in zip(f" {key}", key, strict=False):
        if char.isascii() and char.isprintable():
            continue
        category = unicodedata.category(char)
        if category[0] in "CZ" or char in _FILLERS:
            return f"holds {describe(char)}, which cannot be seen: delete it or type a space"
        if category[0] not in "LM" or (category[0] == "M" and before.isascii()):
            return f"holds {describe(char)}, which has no place in a key: type it again"
        if category[0] == "L" and _imitates(char, mixed=mixed):
            return f"holds {describe(char)}, which looks like another letter: type it again"
    return ""


def _imitates(letter: str, *, mixed: bool) -> bool:
    """Say whether a letter may be taken for one of ASCII; `mixed`: ASCII letters are beside it."""
    if unicodedata.normalize("NFKC", letter) != letter:
        return True
    script = unicodedata.name(letter, "UNKNOWN").split()[0]
    if script == "LATIN":
        return letter > _LAST_PLAIN_LATIN or letter in _LATIN_LOOKALIKES
    return mixed or script in _LOOKALIKE_SCRIPTS
