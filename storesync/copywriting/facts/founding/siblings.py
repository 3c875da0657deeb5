"""Whether a thing is another kind of the product: smoked mackerel for smoked haddock."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.founding.stated import named_among
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import bare
from storesync.copywriting.facts.language.reach import alike

_PART = 4  # letters
_REST = 3  # letters
_NO_NOUNS = ("ked", "led", "ned", "ted", "ped", "sed", "ced", "ved", "red", "ly")  # baked daily
_VOWELS = frozenset("aeiouyáàâäãåéèêëíìîïóòôöõúùûüąęœæø")
_ENDINGS = ("en", "er", "e", "n", "s", "")


def is_of_another_kind(words: tuple[str, ...], named: Sequence[str], locale: str) -> bool:
    """Say whether cat beds are said where the product is a dog bed.

    Another word has the place of its own, or that of its head. *Half price beds* are dog beds, and
    *soft dog beds*, too.
    """
    known, listed = words_of(locale), lexicon(locale)
    same: dict[str, str] = listed.words.get("same_things", {})  # sourdough bread is a loaf
    words = tuple(same.get(word, word) for word in words)
    named = [same.get(word, word) for word in named]
    first = known.thing_first or bool(listed.words.get("inflected"))  # tort malinowy
    ties = OF | (_made_with(locale) if first else set())
    words = tuple(word for word in words if word not in ties)
    if all(named_among(word, words) for word in named if known.speaks(word) and len(word) > 2):
        return False
    things = [place for place, word in enumerate(words) if named_among(word, named)]
    step = 1 if first else -1
    beside = [words[place + step] for place in things if 0 <= place + step < len(words)]
    if (
        not first
        and words
        and named
        and words[-1].endswith("s")
        and not named_among(named[-1], words)
    ):
        beside += words[-1:]  # bath bombs for bath salts
    if not first and things:
        behind = words[things[-1] + 1 :][:1]  # smoked mackerel for smoked haddock
        beside += [word for word in behind if not word.endswith(_NO_NOUNS)]
    if first and things and not named_among(named[0], words):
        beside += words[:1]  # sandalias de piel for botas de piel
    return any(
        known.speaks(word)
        and word.isalpha()
        and word not in known.times
        and not named_among(word, named)
        and not listed.has(word, "generic", "uncounted", "scope", "describes")
        for word in beside
    )


def _made_with(locale: str) -> set[str]:
    """Return the words between a thing and what it is made with: à la lavande, al limone."""
    known = lexicon(locale)
    return {*known.listed("made_with"), *("à" for _ in known.listed("at_what")[:1])}


def without_company(words: tuple[str, ...], named: Sequence[str], locale: str) -> tuple[str, ...]:
    """Return words up to one such as au, unless the product is made of something, too."""
    ties = _made_with(locale)
    at = next((at for at, word in enumerate(words) if word in ties), len(words))
    return words if any(word in ties or word in OF for word in named) else words[:at]


def shares_a_part(word: str, named: Sequence[str], locale: str) -> bool:
    """Say whether a compound begins or ends as one of the product does: Tulpenstrauß."""
    if not lexicon(locale).words.get("joined"):
        return False
    forms = {word, _without_ending(word)}
    others = {form for one in named for form in (one, _without_ending(one))}
    return any(
        _common(form, other) or _common(form[::-1], other[::-1])
        for form in forms
        for other in others
    )


def _without_ending(word: str) -> str:
    return word.removesuffix(next(one for one in _ENDINGS if word.endswith(one)))


def _common(word: str, other: str) -> bool:
    same = 0
    while same < min(len(word), len(other)) and _alike(word[same], other[same]):
        same += 1
    return same >= _PART and min(len(word), len(other)) - same >= _REST


def _alike(letter: str, other: str) -> bool:
    """Say whether letters are one in several of a thing: Sträuße."""
    return letter == other or {letter, other} in ({"a", "ä"}, {"o", "ö"}, {"u", "ü"})


def in_full(words: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """Return words with those of a product that are cut short written out: bike svc, cinn. roll."""
    return tuple(
        next((one for one in named if _cuts(word, one)), word.removesuffix(".")) for word in words
    )


def _cuts(word: str, name: str) -> bool:
    """Say whether a word is another cut short: its beginning with a stop, or without vowels."""
    if word.endswith("."):
        return name.startswith(word[:-1]) and len(name) > len(word)
    if len(name) < _PART or word[:1] != name[:1] or not _VOWELS.isdisjoint(word):
        return False
    letters = iter(name)
    return len(word) > 1 and word.isalpha() and all(letter in letters for letter in word)


def is_of_its_parts(words: Sequence[str], named: Sequence[str], locale: str) -> bool:
    """Say whether words are what a compound is made of: Inspektion deines Fahrrads."""
    if not lexicon(locale).words.get("joined"):
        return False
    speaks = words_of(locale).speaks
    told = [_without_ending(word) for word in words if speaks(word) and len(word) > _REST]
    return len(told) > 1 and any(
        any(one.startswith(part) for part in told)
        and all(one.startswith(part) or one.endswith(part) for part in told)
        and any(one.endswith(part) for part in told)
        for one in map(_without_ending, named)
    )


def is_of_another_part(words: Sequence[str], named: Sequence[str], locale: str) -> bool:
    """Say whether the end of a compound is told of another thing: Inspektion Ihrer Heizung."""
    known, listed = words_of(locale), lexicon(locale)
    if not listed.words.get("joined") or any(named_among(word, named) for word in words):
        return False
    parts = [_without_ending(bare(one)) for one in named]
    heads = (at for at, word in enumerate(words) if any(one.endswith(word) for one in named))
    behind = words[next(heads, len(words)) + 1 :]
    return any(
        known.speaks(word)
        and len(word) > _REST
        and word not in known.times
        and not listed.has(word, "generic", "uncounted", "scope", "describes", "seasons")
        and not any(_without_ending(bare(word)) in one for one in parts)
        and not any(ends_alike(one, word) for one in named)
        for word in behind
    )


def behind_of(words: tuple[str, ...], named: Sequence[str], locale: str) -> tuple[str, ...]:
    """Return words behind what measures out one of the two that a product is: a plate of cod."""
    last = max((at for at, word in enumerate(words) if word in OF), default=-1)
    return words if words_of(locale).joins.isdisjoint(named) else words[last + 1 :]


def ends_alike(name: str, word: str) -> bool:
    """Say whether a compound ends in a form of a word: Fahrradhelm in Helme, fietstas in tassen."""
    if name.removesuffix("n").endswith(word.removesuffix("n")):
        return True
    ends = (name[-size:] for size in range(_REST, min(len(word) + 1, len(name) - _REST)))
    return any(alike(word, end) and end[0] == word[0] for end in ends)
