"""Reading places: streets, towns and postcodes, by their cues."""

from __future__ import annotations

import re

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.word_lists import listed, places
from storesync.copywriting.facts.reading.headlines import shouted_beside
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.towns import town_at

_LINKS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "del", "los", "las", "'", "-", "of", "the"}
) | {"do", "da", "dos", "das", "di", "del", "della", "dei", "degli", "delle"}
_PREMISES = frozenset(
    {"store", "stores", "shop", "branch", "café", "cafe", "bakery", "restaurant", "winkel"}
    | {"shops", "branches", "cafés", "cafes", "bakeries", "restaurants", "winkels"}
)
# What a trade has, too, and what capitals make a title of: our Pottery Studio.
_WORKPLACES = frozenset(
    {"studio", "studios", "salon", "salons", "workshop", "garage", "clinic", "nursery", "gym"}
    | {"location", "locations", "outlet", "outlets", "showroom", "warehouse", "depot"}
)
# British and Canadian ones: letters tell them from other numbers.
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])(?![A-Za-z0-9])"
)
_BEYOND = 8  # tokens
_OUR = frozenset({"the", "our"})
_BRANCH_LINKS = frozenset({"in", "de", "d", "'", "en", "à"})
_ALSO = frozenset(
    {"auch", "neu", "jetzt", "nun", "bald", "ebenso", "sogar", "demnächst", "sondern"}
)
# In German, of what is no town: Beratung, Familienbesitz, Größe.
_NO_TOWN = ("ung", "eit", "schaft", "tion", "besitz", "hand", "mitte", "lage", "nähe", "größe")
_LIST = 8  # tokens
_ABBREVIATED = 3  # letters
_UNSURE = frozenset({"st", "close", "court", "drive", "row", "square", "walk", "parade", "quay"})


def read_place(text: Surroundings, index: int) -> Read:
    """Read a street, a known town after a word such as in, or a capitalised name after it."""
    capital = text.folded.text[text.tokens[index].start].isupper()
    if not capital and text.low(index) not in text.words.listed("street_before"):
        return None
    return _postcode(text, index) or _street(text, index) or _town(text, index)


def _postcode(text: Surroundings, index: int) -> Read:
    """Read EH6 5AB and H2J 1X1."""
    token = text.tokens[index]
    match = _POSTCODE.match(text.folded.text, token.start)
    if match is None or token.kind != "w" or text.tight(index):
        return None
    end = next(at for at in range(index, _BEYOND + index) if text.tokens[at].end >= match.end())
    return [text.item(Kind.PLACE, index, end + 1, tuple(match[0].lower().split()))], end + 1


def _capital(text: Surroundings, index: int) -> bool:
    token = text.tokens[index] if 0 <= index < len(text.tokens) else None
    return token is not None and token.kind == "w" and token.text[0].isupper()


def _street(text: Surroundings, index: int) -> Read:
    if text.low(index) in text.words.listed("street_before"):
        return _street_before(text, index)
    if text.kind(index) != "w" or not _capital(text, index):
        return None
    return _street_in_one(text, index) or _street_in_two(text, index) or _street_after(text, index)


def _street_before(text: Surroundings, index: int) -> Read:
    """Read rue de la République and calle Toro."""
    end = index + 1
    if text.low(end) == "." and text.tight(end) and len(text.low(index)) <= _ABBREVIATED:
        end += 1  # ul. Mostowa
    while text.low(end) in _LINKS and end - index < 5:
        end += 1
    if not _capital(text, end):
        return None
    while _capital(text, end) or (text.low(end) in _LINKS and _capital(text, end + 1)):
        end += 1
    if text.words.words.get("inflected") and text.kind(end) == "n":  # the house, too
        end += 1
    return [text.item(Kind.PLACE, index, end, _name(text, index, end))], end


def _street_in_one(text: Surroundings, index: int) -> Read:
    """Read Deichstraße."""
    low = text.low(index)
    for ending in text.words.listed("street_endings"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return [text.item(Kind.PLACE, index, index + 1, (low,))], index + 1
    return None


def _street_in_two(text: Surroundings, index: int) -> Read:
    """Read Venloer Straße, where a street may be the end of a word as well."""
    words, low = text.words, text.low(index)
    street = _capital(text, index + 1) and text.low(index + 1) in words.listed("street_endings")
    if not street or low in words.listed("function") or text.low(index - 1) == "-":
        return None
    return [text.item(Kind.PLACE, index, index + 2, _name(text, index, index + 2))], index + 2


def _street_after(text: Surroundings, index: int) -> Read:
    """Read Leith Walk and Gloucester Road."""
    words, end = text.words, index + 1
    while _capital(text, end) and end - index < 5:
        landmark = text.low(end) in words.listed("landmarks")
        if landmark or text.low(end) in words.listed("street_after"):
            cued = text.low(index - 1) in words.listed("street_cues") or text.kind(index - 1) == "n"
            told = cued or _is_between_commas(text, index, end)
            if (landmark or text.low(end) in _UNSURE) and not told:
                return None
            return [text.item(Kind.PLACE, index, end + 1, _name(text, index, end + 1))], end + 1
        end += 1
    return None


def _is_between_commas(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a name stands before the town that ends an address: Fern, Eyre Square, Cork."""
    between = text.low(index - 1) == "," and text.low(end + 1) == ","
    return between and _capital(text, end + 2) and text.low(end + 3) in {"", *".,!)"}


def _town(text: Surroundings, index: int) -> Read:
    known, cues = places()
    if not _capital(text, index):
        return None
    cue = _cue_of_list(text, index)
    before = "de" if _is_elided(text, cue) else text.low(cue)
    match = known.longest(text.tokens, index, text.numbers)
    premises = text.low(match.end) in _PREMISES if match else False
    greeted = match and _is_called(text, index, match.end)
    if match and (before in cues or before in _OUR or premises or greeted):
        end = _past_hyphen(text, match.end)
        while _goes_on(text, end):  # Leith Links is no Leith
            end += 1
        shouted = shouted_beside(text, cue, index, end) if end > match.end else ()
        return [text.item(Kind.PLACE, index, end, _name(text, index, end), extra=shouted)], end
    return _unknown_town(text, index, cue)


def _goes_on(text: Surroundings, place: int) -> bool:
    """Say whether a capitalised word is part of the name before it, and no day or adjective."""
    low, words = text.low(place), text.words
    days = low.removesuffix("s") in words.weekdays or low in words.months
    other = days or low in words.listed("not_places") or low in _PREMISES
    return _capital(text, place) and words.language != "de" and not other


def _past_hyphen(text: Surroundings, end: int) -> int:
    """Return the token behind a part of a town that a hyphen ties to it: Köln-Ehrenfeld."""
    tied = text.low(end) == "-" and text.tight(end) and text.tight(end + 1)
    part = tied and _capital(text, end + 1) and not text.tokens[end + 1].text.isupper()
    return end + 2 if part else end


def _is_elided(text: Surroundings, cue: int) -> bool:
    """Say whether an apostrophe is all that is left of a vowel: d'Angers."""
    return text.low(cue) == "'" and text.low(cue - 1) == "d"


def _is_called(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a town stands behind a comma and ends a sentence: good morning, Linz!"""
    unsure = text.low(index) in listed("places")["unsure"]
    return text.low(index - 1) == "," and text.low(end) in {"", *".!?"} and not unsure


def _unknown_town(text: Surroundings, index: int, cue: int) -> Read:
    """Read a capitalised name that is where a place stands: in Xyz, our Xyz branch."""
    words, low, before = text.words, text.low(index), text.low(cue)
    branch = _branch(text, index, cue)
    town = town_at(text, index, cue)
    if town:
        return [text.item(Kind.PLACE, index, town, _name(text, index, town))], town
    if branch:
        return branch
    if before in words.listed("towns_behind"):
        ended = low.endswith(tuple(words.listed("town_endings"))) or _is_new(text, index, cue)
        return ([text.item(Kind.PLACE, index, index + 1, (low,))], index + 1) if ended else None
    behind = _after_list(text, index)
    studio = text.low(behind) in _WORKPLACES and not _capital(text, behind)
    shop = before in _OUR and (text.low(behind) in _PREMISES or studio)
    beside = {before, f"{text.low(cue - 1)} {before}"}  # next to
    cued = text.low(index - 1) != "," and not beside.isdisjoint(words.listed("places_in"))
    if not shop and not cued:
        return None
    unlike = low in words.listed("not_places") or low in words.weekdays or low in words.months
    if unlike or low.endswith(("ish", "ese")):
        return None
    end = index + 1
    while _capital(text, end) and end - index < 4:
        end += 1
    shouted = shouted_beside(text, cue, index, end)
    return [text.item(Kind.PLACE, index, end, _name(text, index, end), extra=shouted)], end


def _is_new(text: Surroundings, index: int, cue: int) -> bool:
    """Say whether a shop is told to be at a German name, too: jetzt auch in Schwabing."""
    news, words = text.words.listed("news"), text.words
    told = text.low(cue - 1) == "auch" and text.low(cue - 2) in news and cue == index - 1
    name = text.tokens[index].text
    closed = text.kind(index + 1) != "n" and not (
        text.tight(index + 1) and text.low(index + 1) == "-"
    )
    noun = _may_be_named(text, index) and not name.isupper() and text.low(index) not in words.units
    return told and closed and noun and not _capital(text, index + 1)


def _branch(text: Surroundings, index: int, cue: int) -> Read:
    """Read a name that stands where a branch is told of, or beside a town: in Chur und Davos.

    Nouns have capitals in German: a name beside another is held to it, and asked only if that is
    a declared place.
    """
    words = text.words
    if not _may_be_named(text, index):
        return None
    linked = text.low(cue) in _BRANCH_LINKS
    premises = cue - linked - (linked and text.low(cue) == "'")
    if text.low(premises) in words.listed("joins") and _capital(text, premises - 1):
        premises -= 3  # nos boutiques de Nantes et de Rezé
    shop = text.low(premises) in words.listed("branches")
    ours = any(text.low(at) in words.listed("ours") for at in range(max(0, premises - 2), premises))
    named = text.low(cue) in words.listed("branch_names")
    if (linked and shop and (ours or words.language == "de")) or named:
        return [text.item(Kind.PLACE, index, index + 1, (text.low(index),))], index + 1
    beside = _beside(text, index, cue) if words.language == "de" else -1
    if beside < 0:
        return None
    other = (text.low(beside),)
    return [text.item(Kind.PLACE, index, index + 1, (text.low(index),), unit=other)], index + 1


def _may_be_named(text: Surroundings, index: int) -> bool:
    low, words = text.low(index), text.words
    known = low in words.weekdays or low in words.months or low in words.listed("not_places")
    known = known or text.cue_at("start", index) is not None  # in Nippes, Start am Montag
    return not known and words_of(words.language).speaks(low) and not low.endswith(_NO_TOWN)


def _beside(text: Surroundings, index: int, cue: int) -> int:
    """Return the first name that one is listed with behind in, or that stands before und in."""
    words = text.words
    if cue < index - 1 and text.low(cue) in words.listed(
        "towns_behind"
    ):  # in Chur, Davos und Arosa
        return cue + 1
    place = index - 1
    if text.low(place) not in words.listed("towns_behind"):
        return -1
    while place > 0 and text.low(place - 1) in _ALSO:
        place -= 1
    joined = text.lists(place - 1)
    town = place - 2
    told = joined and _capital(text, town) and text.low(town - 1) in words.listed("towns_behind")
    return town if told else -1


def _after_list(text: Surroundings, index: int) -> int:
    """Return the token after a name and those listed behind it: our Cork and Limerick shops."""
    place = index + 1
    joins = {",", *text.words.listed("joins")}
    while place - index < _LIST and text.low(place) in joins and _capital(text, place + 1):
        place += 2
    return place


def _cue_of_list(text: Surroundings, index: int) -> int:
    """Return the token before a name, or before those it is listed with: in Cork and Limerick."""
    place = index - 1
    joined = text.low(place) in text.words.listed("joins") or text.low(place) == ","
    if not joined or not _capital(text, place - 1):
        return place
    while index - place < _LIST and (_capital(text, place - 1) or text.low(place - 1) == ","):
        if text.low(place - 1) in text.words.listed("links"):  # In Cork and Limerick
            break
        place -= 1
    return place - 1


def _name(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    return tuple(
        text.low(place) for place in range(start, end) if text.low(place) not in {"-", "'", "."}
    )
