"""The lists of words beside this module: which languages have one, and what is in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from babel import Locale

from storesync.copywriting.facts.language.calendars import OTHER_SCRIPTS
from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.phrases import Phrases
from storesync.render.locales import locale_of

LISTED = frozenset({"en", "fr", "de", "es", "it", "pt", "nl", "pl"})
NO_LIST = "figures, signs and number words were checked: offers and claims in words pass"


@lru_cache(maxsize=128)
def known_locale(tag: str) -> Locale:
    """Return the locale of a tag, or of its language, or English."""
    for wanted in (tag, tag.partition("-")[0], "en"):
        try:
            return locale_of(wanted)
        except LookupError:
            continue
    return locale_of("en")


def has_list(tag: str) -> bool:
    """Say whether the words of a language are known; of others figures and signs are read."""
    return known_locale(tag).language in LISTED


@lru_cache(maxsize=16)
def listed(name: str) -> Mapping[str, Any]:
    """Return one of the lists beside this module: of a language, or such as places.

    A language has every list that English has, empty where it says nothing.
    """
    folder = resources.files("storesync.copywriting.facts.language").joinpath("words")
    own = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    if name not in {"any", *LISTED} - {"en"}:
        return own
    if name == "de":
        own = {key: _with_double_s(value) for key, value in own.items()}
    return {**{key: type(value)() for key, value in listed("en").items()}, **own}


def _with_double_s(value: Any) -> Any:
    """Return words of German with their Swiss spellings: schließen and schliessen."""
    if isinstance(value, Mapping):
        told = {key: _with_double_s(one) for key, one in value.items()}
        return {key.replace("ß", "ss"): one for key, one in told.items()} | told
    if isinstance(value, list):
        return [*value, *(one.replace("ß", "ss") for one in value if "ß" in str(one))]
    return value


def words_of_language(language: str) -> Mapping[str, Any]:
    """Return the lists of a language; of one without its own, what all have and its numbers."""
    if language in LISTED:
        return listed(language)
    known = listed("numbers").get(language, {})
    numbers = known.get("numbers", {}).items()
    latin = language not in OTHER_SCRIPTS
    folded = {fold(word, latin=latin).low: value for word, value in numbers}
    return {**listed("any"), **known, "numbers": folded}


@lru_cache(maxsize=1)
def places() -> tuple[Phrases, frozenset[str]]:
    """Return known towns, and the words that stand before one."""
    known = listed("places")
    return Phrases([(name, "place") for name in known["known"]]), frozenset(known["cues"])


@lru_cache(maxsize=1)
def german_towns() -> frozenset[str]:
    """Return what towns are called in German, where a capital tells none: asked late, once."""
    return frozenset(listed("towns")["names"].strip().replace("\n", ",").split(","))
