"""What an offer is said of and is no thing: the bill, the reader, what was named before."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.reading.surroundings import Surroundings

_MOST = 24  # tokens of a question
_MANY = 3  # letters
_SHORT = range(3, 6)  # letters
# Whose predicates are no things: *what* holds books and costs £18?
_ASKED = frozenset({"what", "who", "was", "wer", "qu", "quoi", "qué", "quién", "cosa", "che"})
_ASKED |= {"chi", "que", "quem", "wat", "wie", "co", "kto"}


def names_none(text: Surroundings, words: Sequence[str], *, whole: bool) -> bool:
    """Say whether words name no thing: off the bill, on every one, £8 off they come to £12."""
    none, known = text.words.listed("no_things"), words_of(text.words.language)
    pronoun = not whole and words[0] in none and words[0] in known.function
    only = all(word in none or not known.speaks(word) for word in words)
    return (
        pronoun
        or (len(words) == 1 and words[0] in text.words.currencies)  # 80 cents on the dollar
        or (only and any(word in none for word in words))
        or (not whole and (_are_idle(text.words, words) or is_caption(text.words, words)))
    )


def is_vague(text: Surroundings, words: Sequence[str]) -> bool:
    """Say whether words leave a thing open: something sweet, which may be told behind a mark."""
    return bool(words) and words[0] in text.words.listed("something")


def _are_idle(words: Lexicon, said: Sequence[str]) -> bool:
    """Say whether words name nothing: 50 % off either way."""
    speaks = words_of(words.language).speaks
    return len(said) > 1 and all(words.has(one, "generic") or not speaks(one) for one in said)


def is_caption(words: Lexicon, said: Sequence[str]) -> bool:
    """Say whether words speak of the sum itself, or call for attention: old, difference, PSA."""
    captions = sum(words.has(one, "captions") for one in said)
    return bool(captions) and all(words.has(one, "captions", "generic") for one in said)


def ends_in_none(text: Surroundings, words: Sequence[str]) -> bool:
    """Say whether words are a verb and its object, or no thing: vos invités méritent ça."""
    behind = len(words) == 1 or words_of(text.words.language).thing_first  # no winter check
    none = words[-1] in text.words.listed("no_things")
    return none and (behind or words[-1] in text.words.listed("captions"))  # loaf maths: 4 - 1


def is_a_measure(text: Surroundings, start: int, end: int) -> bool:
    """Say whether tokens are a number of no things: sixteen days, four fifths, 30 per cent."""
    if start not in text.numbers:
        return False
    beyond, words = text.numbers[start].end, text.words
    low = text.low(beyond)
    shares: set[str] = {*words.words["fractions"], *words.words["ordinals"], *words.units}
    measured = not shares.isdisjoint({low, low.removesuffix("s")})
    return beyond >= end or measured or text.cue_at("percent", beyond) is not None


def is_bidden(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a word before a particle is a verb: *suit* up for £132, *walk* out with it.

    It begins its clause or stands behind a word such as and, and the amount is farther away.
    """
    low, particles = text.low(start), text.words.listed("particles")
    objects = {*text.words.listed("shells"), *text.words.listed("no_things")}  # spice things up
    alone = end - start == 1 or (end - start == 2 and text.low(end - 1) in objects)
    single = alone and start not in text.numbers
    plural = len(low) > _MANY and low.endswith("s") and not low.endswith("ss")
    apart = text.kind(end + 1) == "w" or text.low(end + 1) in {":", ","}
    return single and not plural and text.low(end) in particles and apart


def is_of_a_riddle(text: Surroundings, start: int) -> bool:
    """Say whether a clause goes on with what a question asks for: what's red, *holds tea* and…?"""
    if not text.is_asked(start):
        return False
    for place in range(start - 2, max(-1, start - _MOST), -1):
        if text.sentence[place] != text.sentence[start]:
            return False
        if text.low(place) in _ASKED:
            return not words_of(text.words.language).speaks(text.low(place + 1))
    return False


def is_a_call(text: Surroundings, place: int) -> bool:
    """Say whether a word bids to dial what follows: 25 % OFF LEITH CALL 0131 496 0185."""
    dialled = place + 1 in text.numbers or text.low(place + 1) in {"+", "("}
    return dialled and text.low(place) in text.words.listed("calls")


def is_shortened(text: Surroundings, stop: int) -> bool:
    """Say whether a stop may end a word that is cut short, and no sentence: cinn. rolls."""
    short = stop > 0 and len(text.low(stop - 1)) in _SHORT
    goes_on = text.kind(stop + 1) == "w" and text.tokens[stop + 1].text[0].islower()
    return short and goes_on and text.low(stop) == "." and text.tight(stop)
