"""Reading words that promise: offers, claims, relative days, and echoes of a prompt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.around import around
from storesync.copywriting.facts.reading.contacts import names_a_code
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.day_roles import role_before
from storesync.copywriting.facts.reading.days_of_month import month_after
from storesync.copywriting.facts.reading.digits import a_year
from storesync.copywriting.facts.reading.holidays import fixed
from storesync.copywriting.facts.reading.hours import days_of
from storesync.copywriting.facts.reading.no_offers import is_measured
from storesync.copywriting.facts.reading.phrase_values import on_what, value_of
from storesync.copywriting.facts.reading.plain_hours import is_behind_hours
from storesync.copywriting.facts.reading.price_labels import is_saved_by
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.superlatives import read_rank
from storesync.copywriting.facts.reading.surroundings import PERIODS, Surroundings
from storesync.copywriting.facts.reading.tied_prices import read_tied_price

_AMOUNT = frozenset({"%", "‰", "/"})
_UNTIL = frozenset({"until", "till", "by", "bis", "jusqu", "hasta", "fino", "até", "tot", "do"})
_A_TIME = frozenset(
    {"a", "an", "per", "each", "every", "im", "pro", "die", "in", "am", "par", "al", "por", "cada"}
)
_PAIRED = frozenset({":", "x"})
_SUMS = frozenset({"offers", "multibuys"})
_SAYINGS = frozenset({"innocent", "spare"})
_WORDS = 3  # la noche más larga del año
_STARS = frozenset({"# star*", "# sterne", "# étoiles", "# estrellas", "# stelle", "# estrelas"})
_STARS |= {"# sterren", "# gwiazdk*", "# gwiazdek"}
_MOST_STARS = 10
_BULLET = 2  # signs before the first word of a line
_EVENINGS = {
    "de": ("tage", "tagen", "abend", "abende", "abenden", "nächte", "nächten", "stunden"),
    "nl": ("dagen", "avond", "avonden", "nachten", "uren"),
}
_PLACED = frozenset({"at"})  # a free seat at the bar
_YOURS = frozenset({"your", "my"})
_AFTER_SPARE = frozenset({"?", ",", ";"})
_KINDS = {
    "leaks": Kind.LEAK,
    "always": Kind.TIME,
    "every_day": Kind.TIME,
    "offers": Kind.OFFER,
    "multiples": Kind.OFFER,
    "multibuys": Kind.OFFER,
    "relative": Kind.DATE,
    "claims": Kind.CLAIM,
    "prizes": Kind.CLAIM,
}


def read_wording(text: Surroundings, index: int) -> Read:
    """Read a listed phrase that begins at a token; innocent ones are passed over."""
    match = text.words.phrases.longest(text.tokens, index, text.numbers)
    single = _share(text, index) or read_rank(text, index)
    # Half price on the second is more than half price.
    if single and not (match and match.label == "multibuys" and match.end > single[1]):
        return single
    if match and match.label in _SAYINGS and _promises(text, match):
        others = text.words.phrases.at(text.tokens, index, text.numbers)
        listed = [other for other in others if other.label not in _SAYINGS]
        match = max(listed, key=lambda other: other.end, default=None)
    if match is None or _is_no_phrase(text, match):
        return None
    first = index <= _BULLET and all(text.kind(at) == "s" for at in range(index))
    if match.pattern in text.words.listed("subject_lines") and first:
        return [], match.end
    if match.label in _SAYINGS or _is_idle(text, match) or names_a_code(text, index):
        return [], match.end
    told = _often(text, match) or _dated(text, match)
    if told:
        return told
    kind = _KINDS[match.label]
    role = match.label if kind is Kind.DATE else ""
    if match.label == "claims" and match.pattern in text.words.listed("properties"):
        role = "property"
    beside = kind is Kind.OFFER or role == "property"
    extra = around(text, index, match.end) if beside else None
    if match.label == "multibuys":
        extra = on_what(text, match, around(text, index, match.end))
    value = value_of(text, match)
    end = match.end + (match.label == "prizes" and a_year(text, match.end) is not None)
    return [text.item(kind, index, end, value, role=role, extra=extra)], end


def _share(text: Surroundings, index: int) -> Read:
    """Read half price, which is a percentage without a figure."""
    share = text.words.shares.longest(text.tokens, index, text.numbers)
    if share is None:
        return None
    if share.pattern in text.words.listed("halfway") and _speaks_on(text, share.end):
        return None  # à moitié réveillé
    value = ("share", int(share.label))
    beside = around(text, index, share.end)
    return [text.item(Kind.OFFER, index, share.end, value, extra=beside)], share.end


def _speaks_on(text: Surroundings, end: int) -> bool:
    beside = end < len(text.tokens) and text.clause[end] == text.clause[end - 1]
    return beside and words_of(text.words.language).speaks(text.low(end))


def _is_no_phrase(text: Surroundings, match: Match) -> bool:
    """Say whether other readers have to read what looks like a phrase: a percentage, a date."""
    number, words = text.numbers.get(match.start), text.words
    percent = number and (text.low(number.end) == "%" or text.cue_at("percent", number.end))
    listed = match.label != "innocent"
    dated = match.label == "relative" and _names_a_day(text, match)
    priced = match.pattern == "# por #" and text.low(match.start - 1) == "de"  # de dez por oito
    joined = text.low(match.end) == "-" and match.end - 1 in text.numbers  # this two-person tent
    dated = dated or (match.label == "relative" and joined)
    inside = [text.numbers[at] for at in range(match.start, match.end) if at in text.numbers]
    if inside and inside[-1].end == match.end and text.low(match.end) in words.words["fractions"]:
        return True  # paghi tre quarti
    if match.label == "multibuys" and any(number.suffix for number in inside):
        return True  # a double room for 81
    priced |= match.pattern in text.words.listed("for_prices") and _is_priced(text, match.end)
    priced = priced or (match.label in _SUMS and _is_paid(text, match))
    priced = priced or is_saved_by(text, match.start, match.end)
    return _is_amount(text, match) or (listed and bool(percent)) or dated or priced


def _is_priced(text: Surroundings, end: int) -> bool:
    """Say whether an amount follows: w cenie 9 zł, w cenie od 9 zł."""
    cued = any(text.cue_at(label, end) for label in ("least", "now", "bound"))
    return end in text.numbers or cued


def _is_paid(text: Surroundings, match: Match) -> bool:
    """Say whether the number that ends a phrase is a price: paghi 9 €, invece di 12 €, paghi 9."""
    near = range(match.start + 1, match.end) if match.pattern[-1] == "#" else ()
    numbers = [place for place in near if place in text.numbers]
    named = numbers and currency_at(text, text.numbers[numbers[-1]].end)  # paghi 40 €
    return bool(named) or any(read_tied_price(text, place) is not None for place in numbers)


def _is_amount(text: Surroundings, match: Match) -> bool:
    """Say whether the number that ends a phrase is an amount: round 50 % off, tip 3 for 2."""
    end = match.end
    if match.label == "offers" and match.start in text.numbers:
        return text.low(match.start - 1) in text.words.listed("whys")  # warum 16 zahlen?
    number = text.numbers.get(end - 1)
    if match.label != "innocent" or number is None or number.end > end:
        return match.label == "innocent" and number is not None
    after = text.low(end)
    signed = after in _AMOUNT or after in text.words.currencies or after in text.words.units
    measured = bool(text.cue_at("percent", end)) or (
        end + 1 in text.numbers and (after in _PAIRED or after in text.words.listed("for"))
    )
    return signed or measured or after in text.words.words["minor"]


def _is_idle(text: Surroundings, match: Match) -> bool:
    """Say whether a phrase promises nothing here: proved all night, double the fun."""
    if match.label == "multiples":
        return any(word in text.words.listed("uncounted") for word in text.unit(match.end))
    if match.label == "claims" and match.pattern in _STARS:
        number = text.numbers[match.start]
        return number.spelled and number.value > _MOST_STARS  # a thousand-star hotel: outdoors
    if match.label == "prizes":  # time of the year is none
        before = range(max(0, match.start - _WORDS), match.start)
        return text.kind(match.start - 1) != "w" or any(_is_when(text, at) for at in before)
    if match.label == "claims" and (_is_of_a_time(text, match) or _is_than_before(text, match)):
        return True
    if is_measured(text, match):
        return True
    by_hours = match.pattern in text.words.listed("by_hours")
    return by_hours and not text.in_sentence("hours_words", match.start)


def _is_than_before(text: Surroundings, match: Match) -> bool:
    """Say whether a price is compared with the own one before: 40% *cheaper than usual*.

    How much cheaper stands in the sentence, and is asked by itself. Than others is a claim.
    """
    cheaper = any(text.cue_at("off", place) for place in range(match.start, match.end))
    ends = (text.cue_at("own_price", place) for place in (match.end - 1, match.end))
    told = next((cue for cue in ends if cue), None)
    if not cheaper or told is None:
        return False
    near = (at for at in text.numbers if text.sentence[at] == text.sentence[match.start])
    return any(_is_money_or_share(text, at) for at in near)


def _is_money_or_share(text: Surroundings, at: int) -> bool:
    end = text.numbers[at].end
    share = text.low(end) == "%" or text.cue_at("percent", end)
    return bool(share or currency_at(text, end) or currency_at(text, at - 1))


def _often(text: Surroundings, match: Match) -> Read:
    """Read how often something is: twice a year, zweimal im Jahr, trois fois par an."""
    if match.label != "multiples":
        return None
    words, end = text.words, match.end
    per = text.low(end) in _A_TIME and text.low(end + 1)
    unit = words.units.get(per or "", "")
    told = [text.numbers[at].value for at in range(match.start, end) if at in text.numbers]
    times = told[0] if told else words.words["times"].get(text.low(match.start))
    if unit not in PERIODS or times is None:
        return None
    more = {"unit": ("time", unit), "extra": text.words_before(match.start)}
    return [text.item(Kind.NUMBER, match.start, end, Decimal(times), **more)], end


def _is_of_a_time(text: Surroundings, match: Match) -> bool:
    """Say whether a superlative is said of a time and of no place: die schönsten Leseabende."""
    words, end = text.words, match.end
    one = match.end - match.start == 1 and text.low(match.start).endswith(words.superlative)
    if not one or text.low(match.start - 1) not in words.listed("article"):  # Kiels schönste
        return False
    times = {*words.listed("parts"), *words.listed("seasons"), *words.listed("weather")}
    noun = text.low(end)
    compound = noun.endswith(_EVENINGS.get(words.language, ()))
    ends = end < len(text.tokens) and text.kind(end + 1) != "w"
    return ends and (noun in times or compound)


def _is_when(text: Surroundings, place: int) -> bool:
    """Say whether a word is one for a time or for a part of it: day, half, end."""
    low, words = text.low(place), text.words
    listed = (*words.listed("parts"), *words.listed("seasons"))
    return low in words.units or low in words.weekdays or low in listed


def _promises(text: Surroundings, match: Match) -> bool:
    """Say whether what may be a saying goes on as an offer: free from Sunday on, free hour of play.

    A spare phrase says nothing of what is given only where nothing follows that could be: *got a
    free evening?* is none, *free evening parking* and *free weekends all month* are.
    """
    if match.label == "innocent":
        if _is_a_date(text, match):
            return True
        timed = any(at in text.numbers for at in range(match.start, match.end))
        opens = text.cue_before("opens", match.start) is not None
        hours = opens or is_behind_hours(text, match.start)
        hours = hours or bool(days_of(text, match.start, match.end))
        return (timed and hours) or _leads_to_a_day(text, match.end)
    place = match.end + (text.low(match.end) == "-")
    after, words = text.low(place), words_of(text.words.language)
    verb = after.removesuffix("s") in text.words.listed("verbs")
    if text.kind(place) == "w" and words.speaks(after) and not (verb or after == "back"):
        return True
    if match.start in text.numbers:  # ten out of ten for effort, and not of dentists
        return after in OF
    if after in OF or (after in words.links and after not in _PLACED):
        return text.low(place + 1) not in _YOURS  # in your diary
    before = match.start - 1
    first = match.start == 0 or text.sentence[before] != text.sentence[match.start]
    return first and after not in _AFTER_SPARE and not verb


def _is_a_date(text: Surroundings, match: Match) -> bool:
    """Say whether a day that is a saying is told as a date here: vendredi 13 novembre, dès le."""
    inside = range(match.start, match.end)
    if not (text.names_day(match.start) and any(at in text.numbers for at in inside)):
        return False
    listed = text.lists(match.end) and (
        text.names_day(match.end + 1) or match.end + 1 in text.numbers
    )
    return bool(listed or month_after(text, match.end) or role_before(text, match.start))


def _leads_to_a_day(text: Surroundings, end: int) -> bool:
    """Say whether a day follows from: free from Sunday on, which is not free from nuts."""
    low = text.low(end)
    day = low in text.words.weekdays or low in text.words.months or end in text.numbers
    return day and text.low(end - 1) == "from"


def _dated(text: Surroundings, match: Match) -> Read:
    """Read the date that tells when a holiday is: until Mother's Day, 14 March."""
    place = match.end + (text.low(match.end) in {",", "("})
    until = match.label == "relative" and text.low(match.start) in _UNTIL
    found = read_date(text, place) if until and place < len(text.tokens) else None
    when = found[0][-1].value if found and found[0] else None
    if found is None or not (isinstance(when, tuple) and len(when) == 3 and all(when[1:])):
        return None
    return [replace(item, role="end") for item in found[0]], found[1]


def _names_a_day(text: Surroundings, match: Match) -> bool:
    """Say whether a phrase names its day or month: until Christmas Eve, à la fin du mois de mai."""
    of_month = match.end + (text.low(match.end) in text.words.listed("month_glue"))
    return text.low(of_month) in text.words.months or any(
        fixed(text, place) for place in range(match.start + 1, match.end)
    )
