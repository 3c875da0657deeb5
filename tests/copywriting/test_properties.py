"""What holds for every number, notation and text."""

from __future__ import annotations

import dataclasses
import time
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.reading.read import read
from storesync.model.template import Variable
from storesync.render.locales import parse_locale

LISTED = [
    "en-GB",
    "en-US",
    "en-CA",
    "en-IN",
    "fr-FR",
    "fr-CA",
    "fr-CH",
    "de-DE",
    "de-CH",
    "de-AT",
    "es-ES",
    "es-MX",
    "it-IT",
    "pt-BR",
    "pt-PT",
    "nl-NL",
    "nl-BE",
    "pl-PL",
]
OTHERS = [
    "sv-SE",
    "ja-JP",
    "ar-EG",
    "hi-IN",
    "tr-TR",
    "ko-KR",
    "zh-CN",
    "ru-RU",
    "he-IL",
    "cs-CZ",
    "da-DK",
    "fi-FI",
    "nb-NO",
    "el-GR",
    "hu-HU",
    "th-TH",
    "vi-VN",
    "fa-IR",
    "ca-ES",
    "eu-ES",
    "cy-GB",
    "sr-RS",
    "bn-BD",
    "sl-SI",
]
OFF = 50
PRICE, REGULAR = Decimal("2.00"), Decimal("4.00")
START, END = date(2026, 12, 4), date(2026, 12, 9)
SCRIPTS = [
    digit
    for digit in filter(str.isdecimal, map(chr, range(0x110000)))
    if unicodedata.decimal(digit) == 0
]
CARRIERS = {
    "en": ["{} off flat whites", "Save {} now", "Only {}!", "now{}today", "({})", "Get {}.", "{}"],
    "fr": ["{} de réduction", "Économisez {} ici", "seulement {}", "Profitez-en : {} !"],
    "de": ["{} Rabatt", "Sie sparen {}", "nur {}!", "jetzt {} auf alles"],
    "es": ["{} de descuento", "Ahorra {} ya", "solo {}", "¡{}!"],
    "it": ["{} di sconto", "Risparmia {} subito", "solo {}", "Ora {}!"],
    "pt": ["{} de desconto", "Economize {} já", "só {}", "Agora {}!"],
    "nl": ["{} korting", "Bespaar {} bij ons", "slechts {}!", "nu {} op alles"],
    "pl": ["{} taniej", "Oszczędź {} u nas", "tylko {}!", "teraz {} na wszystko"],
}
UNITS = [
    "%",
    " hours",
    " people",
    " minutes",
    " cups",
    " %",
    " percent",
    "",
    "€",
    " €",
    "£",
    " USD",
    "\u00a0%",
    "٪",
    "‰",
    " pct",
]
INVISIBLE = ["", "\u200b", "\u200d", "\u00ad", "\u2060", "\u202e", "\ufe0f", "\u20e3", "\u0338"]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return _facts("en-GB", "GBP")


def _facts(locale: str, currency: str) -> Facts:
    shared = {
        "locale": locale,
        "brand": {"name": "Acme Coffee"},
        "offer": {
            "product": "p",
            "discount_percentage": OFF,
            "price": str(PRICE),
            "regular_price": str(REGULAR),
        },
        "product_name": "flat white",
        "flight": {"start": START.isoformat(), "end": END.isoformat()},
    }
    return facts_of(shared, {"currency": currency, "location": {"name": "Leith"}})


def _founding_values() -> set[int]:
    return {OFF, OFF * 10, 2, 4, 2026}  # per mille, prices, the year


other = st.integers(0, 10**9).filter(lambda value: value not in _founding_values())


@settings(max_examples=200, deadline=None)
@given(
    value=other,
    script=st.sampled_from([*SCRIPTS, "0", "0", "0"]),
    between=st.sampled_from(INVISIBLE),
    unit=st.sampled_from(UNITS),
    place=st.sampled_from([(lang, text) for lang, texts in CARRIERS.items() for text in texts]),
)
@example(
    value=70,
    script="\N{MATHEMATICAL BOLD DIGIT ZERO}",
    between="",
    unit="%",
    place=("en", "{} off flat whites"),
)
@example(value=7, script="0", between="", unit="", place=("fr", "seulement {}"))
def test_every_other_number_is_found(value, script, between, unit, place):
    language, carrier = place
    written = between.join(chr(ord(script) + int(digit)) for digit in str(value))
    text = carrier.format(written + unit)
    found = check(text, language, _facts(language, "GBP"))
    assert found, text
    assert any(one.start < text.index(written) + len(written) for one in found)


WORDS = {
    "en": ["seventy", "ninety-nine", "seventy five", "one hundred and five", "three thousand"],
    "fr": ["soixante-dix", "quatre-vingt-dix-neuf", "vingt et un", "cent cinq", "trois mille"],
    "de": ["siebzig", "neunundneunzig", "fünfundsiebzig", "hundertfünf", "dreitausend"],
    "es": ["setenta", "noventa y nueve", "veinticinco", "ciento cinco", "tres mil"],
    "it": ["settanta", "novantanove", "settantacinque", "centotrentotto", "tremilacento"],
    "pt": ["setenta", "noventa e nove", "cento e vinte e cinco", "mil e duzentos", "três mil"],
    "nl": ["zeventig", "negenennegentig", "tweeëntwintig", "honderdvijf", "drieduizend"],
    "pl": ["siedemdziesiąt", "dziewięćdziesiąt dziewięć", "dwudziestu pięciu", "sto pięć"],
}


@pytest.mark.parametrize("language", WORDS)
def test_numbers_in_words_are_found_whole(language: str):
    for words in WORDS[language]:
        for carrier in [one for one in CARRIERS[language] if "now{}" not in one]:
            for text in (words, words.upper(), words.capitalize(), "\u200b".join(words)):
                said = carrier.format(text)
                found = check(said, language, _facts(language, "GBP"))
                assert any(text in one.text for one in found), said


@pytest.mark.parametrize("locale", LISTED + OTHERS)
def test_declared_facts_pass_however_a_language_writes_them(locale: str):
    known = parse_locale(locale)
    for currency in ("GBP", "EUR", "CAD"):
        declared = _facts(locale, currency)
        said = [
            format_percent(Decimal(OFF) / 100, locale=known),
            format_currency(PRICE, currency, locale=known, currency_digits=False),
            format_currency(REGULAR, currency, locale=known)
            + " "
            + format_currency(PRICE, currency, locale=known),
            format_currency(PRICE, currency, locale=known, format_type="standard"),
            format_decimal(PRICE, "0.00", locale=known),
            *(
                format_date(day, style, known)
                for day in (START, END)
                for style in ("short", "medium", "long", "full")
            ),
            START.isoformat(),
        ]
        refused = [(text, check(text, locale, declared)) for text in said]
        assert [(text, found) for text, found in refused if found] == []


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    locale=st.sampled_from(LISTED),
    style=st.sampled_from(["short", "medium", "long", "full"]),
)
def test_other_dates_are_found(day, locale, style):
    text = format_date(day, style, parse_locale(locale))
    found = check(text, locale, _facts(locale, "GBP"))
    short = style == "short" and "yyyy" not in parse_locale(locale).date_formats["short"].pattern
    first, last, said = (f"{item:%m-%d}" if short else str(item) for item in (START, END, day))
    if not first <= said <= last:  # a flight of less than a week has each of its days
        assert found, text


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(max_size=60),
    locale=st.sampled_from(["en", "fr", "de", "es", "nl", "pl", "ja", "ar"]),
)
def test_offsets_slice_any_text(text, locale):
    for one in check(text, locale, _facts(locale, "GBP")):
        assert one.text == text[one.start : one.end] != ""


HOSTILE = {
    "prices": "drei euro und ",
    "elisions": "l'",
    "feiras": "segunda ",
    "digits": "7",
    "spaced": "7 ",
    "dots": "1.",
    "groups": "1,000",
    "words": "twenty ",
    "german": "fünfundzwanzig",
    "german words": "zweihundertfünfundzwanzigtausend ",
    "dutch words": "tweehonderdvijfentwintigduizend ",
    "polish words": "dwudziestopięcioprocentowy ",
    "hosts": "a.",
    "mails": "a@",
    "urls": "https://a.b/",
    "phones": "0 131-",
    "offers": "buy one get ",
    "percents": "50% off ",
    "capitals": "Walk Street ",
    "dashes": "- ",
    "letters": "F R E E ",
    "marks": "a\u0338\u0338\u0338",
    "money": "£",
    "dates": "6 to 7 to ",
    "fractions": "1/2/",
    "scripts": "\N{ARABIC-INDIC DIGIT SEVEN}",
    "spaces": " ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str, facts: Facts):
    """Half a second is what the slowest takes here; what is quadratic takes many."""
    text = HOSTILE[name] * (10_000 // len(HOSTILE[name]))
    known = {"elisions": "it", "feiras": "pt", "dutch words": "nl", "polish words": "pl"}
    language = known.get(name, "de")
    read("warm", language)
    started = time.process_time()
    check(text, language, facts)
    assert time.process_time() - started < 3


def test_a_long_text_takes_as_much_longer_as_it_is(facts: Facts):
    """Four times the text is four times the work; what is quadratic would be sixteen times."""
    said = "Warm hands, warm heart: 50% off flat whites at Leith until 9 December. "
    check(said, "en-GB", facts)
    short, long = (
        min(_seconds(said * count + end, facts) for end in ("", "Come!")) for count in (350, 1_400)
    )
    assert long < 8 * short


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "9-5 ",
            "1 = 2 \u2212 ",
            "#free ",
            "/ ",
            "→ ",
            "% ",
            "and ",
            "1) ",
            "1. a ",
            "£8 → £4 ",
            "£8 - ",
        ),
        *(
            "to nine ",
            "for every £10 ",
            "3, 4, ",
            "60 \u00d7 0.8 ",
            "12 and 13 and ",
            "one ",
            "5 March ",
        ),
    ],
)
def test_what_is_repeated_takes_as_much_longer_as_it_is(unit: str, facts: Facts):
    """Four times the text again, of what each reader looks for; the better of two, read anew."""
    check(unit, "en-GB", facts)
    short, long = (
        min(_seconds(unit * (size // len(unit)) + end, facts) for end in ("", "."))
        for size in (4_000, 16_000)
    )
    assert long < 8 * short + 0.1


def _seconds(text: str, facts: Facts) -> float:
    started = time.process_time()
    check(text, "en-GB", facts)
    return time.process_time() - started


def test_many_locations_with_one_text_cost_little(facts: Facts):
    text = "50% off flat whites at Leith, 4 to 9 December."
    check(text, "en-GB", facts)
    started = time.process_time()
    for _ in range(1_000):
        check(text, "en-GB", facts)
    assert time.process_time() - started < 1
    assert check(text, "en-GB", facts) == []


def test_a_legal_text_may_be_wrapped_and_indented(facts: Facts):
    legal = dataclasses.replace(facts, legal=("While stocks last. One per customer, 3 in all.",))
    text = (
        "50% off flat whites.\n    While stocks last.\n    One per customer, 3 in all.\n\n3 left."
    )
    found = check(text, "en-GB", legal)
    assert [(one.text, one.start) for one in found] == [("3", text.index("3 left"))]


@settings(max_examples=100, deadline=None)
@given(
    texts=st.lists(
        st.sampled_from(
            ["70% off", "", "\N{FULLWIDTH DIGIT FOUR} é", "Fr\u00ade\u0435!", "50% off"]
        ),
        max_size=8,
    )
)
def test_lines_are_read_as_they_are_alone(texts):
    facts = _facts("en", "GBP")
    whole = check("\n".join(texts), "en", facts)
    alone = [one.text for text in texts for one in check(text, "en", facts)]
    assert [one.text for one in whole] == alone
    assert all(one.text == "\n".join(texts)[one.start : one.end] for one in whole)


def test_declared_number_of_another_kind_founds_nothing():
    shared = {"locale": "en", "brand": {"name": "Acme"}, "seats": 50}
    declared = facts_of(shared, variables={"seats": Variable(type="integer", unit="seats")})
    assert check("50 seats by the window", "en", declared) == []
    assert [one.kind for one in check("50% off", "en", declared)] == [Kind.PERCENT]
    assert [one.kind for one in check("50 cups", "en", declared)] == [Kind.NUMBER]
    assert not check("50% off", "en", declared)[0].contradicts


def test_other_days_of_the_flight_are_no_declared_dates(facts: Facts):
    for step in range(1, (END - START).days):
        day = START + timedelta(days=step)
        assert check(f"Until {day.day} December.", "en", facts)
