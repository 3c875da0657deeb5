"""Whether two ways of writing mean the same: phones as dialled, addresses as followed, words."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from storesync.copywriting.facts.language.phrases import bare

_PLURALS = (
    *(("f", "ves"), ("fe", "ves"), ("y", "ies")),  # loaf, knife, pastry
    *(("ao", "oes"), ("ao", "aes"), ("ão", "ães")),  # limão, alemão, pão
    *(("ol", "ois"), ("al", "ais"), ("el", "eis")),  # girassol, jornal, papel
)
_GENITIVES = tuple((f"k{one}", "ek") for one in "aei")  # lampka, lampek
# Endings of Polish cases: chleba żytniego, o przeglądzie.
_CASES = frozenset({"zie", "ami", "ach", "owi", "iem", "ego", "emu", "iego", "iemu", "ymi", "imi"})
_CASES |= {"iej", "ych"}
_STEM = 5  # letters
_LONGEST = max(len(one) for pair in (*_PLURALS, *_GENITIVES) for one in pair)
_DOUBLED = frozenset("aeou")
_VOICED = {"f": "v", "s": "z"}  # brief, brieven


@lru_cache(maxsize=4096)
def dialled(phone: str) -> frozenset[str]:
    """Return the digits by which a number in international form is dialled and written."""
    import phonenumbers  # late: few texts name a phone

    try:
        parsed = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return frozenset({phone})
    own = phonenumbers.national_significant_number(parsed)
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    national = "".join(char for char in written if char.isdigit())
    code = str(parsed.country_code)
    region = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    trunk = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) or ""
    forms = {
        own,
        national,
        trunk + own,
        code + own,
        f"00{code}{own}",
        f"011{code}{own}",
        code + national,
    }
    return frozenset(
        forms | {f"+{code}{own}", f"+{code}{national}", f"{code}0{own}", f"+{code}0{own}"}
    )


def same_address(said: str, declared: str) -> bool:
    """Say whether an address leads where a declared one does: that page, or its host's first."""
    if "://" not in said and "@" in said:
        return said.lower() == declared.lower().removeprefix("mailto:")
    if "://" not in declared:
        return False
    try:
        there = urlsplit(declared)
        here = urlsplit(said if "://" in said else f"{there.scheme}://{said}")
        port = here.port == there.port
    except ValueError:
        return False
    host = port and "@" not in here.netloc and _host(here.hostname) == _host(there.hostname)
    if not host or here.scheme.lower() != there.scheme.lower():
        return False
    known = set(parse_qsl(there.query, keep_blank_values=True))
    asked = set(parse_qsl(here.query, keep_blank_values=True)) - known
    only_counted = all(name.startswith("utm_") for name, _ in asked)
    page = here.path.rstrip("/") in {"", there.path.rstrip("/")}
    return page and only_counted and here.fragment in {"", there.fragment}


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")


@lru_cache(maxsize=65536)
def alike(word: str, other: str) -> bool:
    """Say whether two words are forms of one: bun and buns, Buch and Bücher."""
    # Forms of one begin alike, but for accents: what a short word is without an ending may be none.
    if (
        word[:1] != other[:1]
        and len(word) > _LONGEST < len(other)
        and (word[0] + other[0]).isascii()
    ):
        return False
    short, long = sorted(map(bare, (word, other)), key=len)
    if short == long or any(
        long.removesuffix(many) == short.removesuffix(one) != short for one, many in _PLURALS
    ):
        return True
    if _is_dutch_plural(short, long) or any(
        (one.endswith(k) and other.endswith(ek) and one[:-2] == other[:-2])
        for k, ek in _GENITIVES
        for one, other in ((short, long), (long, short))
    ):
        return True
    whole, longer = sorted((word, other), key=len)
    if len(whole) > 2 and longer.startswith(whole) and len(longer) - len(whole) <= 2:
        return True  # taça and taças, of which the shorter has its accent when bare
    common = 0
    while common < len(short) and short[common] == long[common]:
        common += 1
    if common < max(3, len(short) - 1):
        return False
    return len(long) - common <= 2 or (common >= _STEM and long[common:] in _CASES)


def _is_dutch_plural(short: str, long: str) -> bool:
    """Say whether a word is another with its vowel or its last letter once: brood, broden; pot."""
    if len(short) < 3 or not long.endswith("en"):
        return False
    last = short[-1]
    if long == f"{short}{last}en":
        return True
    vowel = short[-3:-2] if short[-3] == short[-2] and short[-2] in _DOUBLED else ""
    stem = short[:-2] if vowel else short[:-1]
    return long in {f"{stem}{last}en" if vowel else "", f"{stem}{_VOICED.get(last, last)}en"}
