"""Other ways to write a street: its house behind it, its kind shortened or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_HOUSE = re.compile(r"(\d+\w?),? (\D+)|(\D+?),? (\d+\w?)")
_SHORT_NAME = 4  # letters
# Words that are shortened in addresses, in whichever form they are declared.
_SHORTENED = (
    ("street", "st"),
    ("road", "rd"),
    ("lane", "ln"),
    ("avenue", "ave"),
    ("avenue", "av"),
    ("boulevard", "blvd"),
    ("boulevard", "bd"),
    ("drive", "dr"),
    ("square", "sq"),
    ("place", "pl"),
    ("court", "ct"),
    ("highway", "hwy"),
    ("parkway", "pkwy"),
    ("terrace", "tce"),
    ("crescent", "cres"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("saint", "st"),
    ("calle", "c/"),
    ("avenida", "av"),
    ("avenida", "avda"),
    ("bulevar", "bv"),
    ("plaza", "pl"),
)
# Whole as the end of a word: Hafenstraße, Hafenstr.
_ENDINGS = (("straße", "str"), ("strasse", "str"), ("platz", "pl"))
_KINDS = re.compile(
    r"(?:calle|avenida|av|avda|bulevar|bv|boulevard|plaza|paseo|rambla|ronda|carrera)\.? "
    r"(?:(?:de|del|la|las|los|el) ){0,2}(?P<name>\S.*)",
    re.IGNORECASE,
)


_PAIRS = tuple(
    (re.compile(rf"{left}{re.escape(word)}(?!\w)\.?"), other, len(other) < len(word))
    for left, pairs in ((r"(?<!\w)", _SHORTENED), (r"(?<=\w)", _ENDINGS))
    for long, short in pairs
    for word, other in ((long, short), (short, long))
)


@lru_cache(maxsize=65536)
def heart_of(street: str) -> str:
    """Return the part that all forms of a street share, in lower case: its longest word."""
    kinds = {word for pair in _SHORTENED for word in pair}
    words = [word for word in re.findall(r"[^\W\d_]+", street.lower()) if word not in kinds]
    longest = max(words, key=len, default="")
    ended = (longest.removesuffix(end) for pair in _ENDINGS for end in pair)
    return min(ended, key=len, default="")


@lru_cache(maxsize=65536)
def other_forms(street: str) -> tuple[str, ...]:
    """Return a street without its house and in its other forms with it, if it has a house."""
    shorter = street.strip("0123456789 ,-")
    if shorter == street:
        return ()
    forms = dict.fromkeys(form for one in _shortened(street) for form in _turned(one))
    if len(shorter) > _SHORT_NAME:
        forms |= dict.fromkeys((shorter, *_shortened(shorter)))
    forms.pop(street, None)
    return tuple(forms)


def _turned(street: str) -> Iterator[str]:
    """Yield a street with its house behind it or before, with a comma and without."""
    yield street
    house = _HOUSE.fullmatch(street)
    if house:
        first, second = filter(None, house.groups())
        yield from (f"{first}, {second}", f"{first} {second}")


def _shortened(street: str) -> Iterator[str]:
    """Yield a street, and it with its kind written otherwise or, as in Spanish, left out."""
    yield street
    low = street.lower()
    for pattern, other, is_shorter in _PAIRS:
        for written in (other, f"{other}.") if is_shorter else (other,):
            found = pattern.sub(written, low)
            if found != low:
                yield found
    kind = _KINDS.fullmatch(street)
    if kind and any(map(str.isdigit, kind["name"])):  # Oroño 678
        yield kind["name"]
