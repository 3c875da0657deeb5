"""Rules of style: what each shape finds, where, and what it would write instead."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from storesync.copywriting.voice.check import check, rules_of
from storesync.copywriting.voice.hit import Hit, Passage
from storesync.copywriting.voice.measure import grade_of, lix_of, syllables
from storesync.copywriting.voice.phrase import compiled
from storesync.copywriting.voice.reading import read
from storesync.model.voice import Rule, Voice

RULE: TypeAdapter[Any] = TypeAdapter(Rule)


def rule(extends: str, **fields: Any) -> Any:
    return RULE.validate_python({"extends": extends, **fields})


def hits(one: Any, text: str, locale: str = "en-GB", **of: Any) -> list[Hit]:
    return check([Passage(text, locale, **of)], {"r": one}, ["Harbor Coffee", "Flat White"])


def existence(*tokens: str, **fields: Any) -> Any:
    return rule("existence", tokens=list(tokens), **fields)


ORGANISATION = "Organisational considerations notwithstanding, availability fluctuates."
GERMAN = "Verf\u00fcgbarkeitsschwankungen beeintr\u00e4chtigen Bestellungen."
TWICE = "The the -> The|is\nIs -> is"
# (rule, text, language, what is found; `old -> new` where there is a fix)
CASES = {
    "a word": (existence("cheap"), "Cheap tea, cheapest, not so cheap.", "en", "Cheap|cheap"),
    "a phrase over lines": (existence("last chance"), "The last\n  chance", "en", "last\n  chance"),
    "a beginning": (existence("hurr*"), "Hurry, no hurrying, churr", "en", "Hurry|hurrying"),
    "an ending": (existence("*est"), "The best test, nested", "en", "best|test"),
    "a middle": (existence("un*able"), "unbeatable, unable, able", "en", "unbeatable|unable"),
    "any word": (existence("very *"), "Very, very good and very, so", "en", "very good"),
    "the longest": (existence("tea", "tea time"), "tea time tea", "en", "tea time|tea"),
    "a mark": (existence("!!"), "Wow!! No!", "en", "!!"),
    "a word with marks": (existence("C++", "& Co."), "C++ & Co. C++x", "en", "C++|& Co.|C++"),
    "any apostrophe": (existence("don't"), "Don\u2019t, don't", "en", "Don\u2019t|don't"),
    "small alone": (existence("us", ignorecase=False), "the US and us", "en", "us"),
    "marks are no patterns": (existence("a.c", "(b)+"), "abc a.c b (b)+", "en", "a.c|(b)+"),
    "umlauts": (existence("schn\u00e4ppchen"), "SCHN\u00c4PPCHEN!", "de", "SCHN\u00c4PPCHEN"),
    "composed or not": (existence("\u00e9t\u00e9"), "L'e\u0301te\u0301!", "fr", "e\u0301te\u0301"),
    "a soft hyphen in it": (existence("bargain"), "A bar\u00adgain.", "en", "bar\u00adgain"),
    "without blanks": (
        existence("\u5b89\u3044", "tea"),
        "\u3068\u3066\u3082\u5b89\u3044\u3067\u3059 tea teas",
        "ja-JP",
        "\u5b89\u3044|tea",
    ),
    "not in a link": (existence("cheap"), "https://cheap.example/ a@cheap.example", "en", ""),
    "not in a slot": (existence("price"), "{{ price }} is the price", "en", "price"),
    "but for an exception": (
        existence("cup", exceptions=["cup of tea"]),
        "Cup of tea, cup",
        "en",
        "cup",
    ),
    "another language": (existence("gift", locales=["en"]), "Kein Gift", "de-DE", ""),
    "its language": (existence("gift", locales=["en"]), "A gift", "en-GB", "gift"),
    "in other words": (
        rule("substitution", swap={"customer": "guest", "utilise": "use|apply"}),
        "Customer or customer, utilise it",
        "en",
        "Customer -> Guest|customer -> guest|utilise",
    ),
    "as it is written": (
        rule("substitution", swap={"wifi": "Wi-Fi"}),
        "Wi-Fi, WiFi and wifi",
        "en",
        "WiFi -> Wi-Fi|wifi -> Wi-Fi",
    ),
    "in capitals alone": (
        rule("substitution", swap={"customer": "guest", "wifi": "Wi-Fi", "a": "one"}),
        "CUSTOMER WIFI, A",
        "en",
        "CUSTOMER -> GUEST|WIFI -> Wi-Fi|A -> One",
    ),
    "but for what it is to be": (
        rule("substitution", swap={"flat white*": "Flat White"}),
        "Flat White, flat whites",
        "en",
        "flat whites -> Flat White",
    ),
    "at most": (rule("occurrence", token="!", max=1), "Ah! Oh! Uh!", "en", "!"),
    "at least": (rule("occurrence", token="Acme", min=1), "Hello", "en", "Hello"),
    "in a sentence": (
        rule("occurrence", token="*", max=3, scope="sentence"),
        "One two three. One two three four. One",
        "en",
        "four",
    ),
    "in a paragraph": (
        rule("occurrence", token="and", max=1, scope="paragraph"),
        "a and b\n\nc and d and e",
        "en",
        "and",
    ),
    "shouting": (
        rule("capitalization", match="few", exceptions=["DIY"]),
        "DIY is FUN. STOP it",
        "en",
        "FUN|STOP -> Stop",
    ),
    "some shouting": (rule("capitalization", match="few", max=1), "AB cd EF", "en", "EF"),
    "a sentence": (
        rule("capitalization", match="sentence"),
        "warm Hands. I'm at Harbor Coffee: No iPhone. {{ price }} off. Two",
        "en",
        "warm -> Warm|Hands",
    ),
    "names of days, shirts and what is quoted or abbreviated": (
        rule("capitalization", match="sentence"),
        "iPhone on Monday\u2019s or in May: T-shirts, 9 a.m. to 5 p.m., vs. \u201cBig\u201d",
        "en",
        "",
    ),
    "lines and dots within a sentence": (
        rule("capitalization", match="sentence"),
        "Warm hands\u2026 warm heart\nand more ... than that.\nsee you",
        "en",
        "see -> See",
    ),
    "a French sentence": (
        rule("capitalization", match="sentence"),
        "\xab\xa0bonjour\xa0\xbb, dit Vous",
        "fr",
        "bonjour -> Bonjour|Vous",
    ),
    "a Dutch sentence": (rule("capitalization", match="sentence"), "ijs!", "nl", "ijs -> IJs"),
    "a German sentence": (
        rule("capitalization", match="sentence"),
        "warme H\u00e4nde und ein Herz",
        "de",
        "warme -> Warme",
    ),
    "a French title": (
        rule("capitalization", match="title"),
        "La f\xeate de la mer",
        "fr",
        "f\xeate -> F\xeate|mer -> Mer",
    ),
    "codes and sizes do not shout": (
        rule("capitalization", match="few"),
        "PIE20 in 2XL",
        "en",
        "",
    ),
    "German nouns in capitals": (
        rule("capitalization", match="few"),
        "Mehr KAFFEE. ZUCKER",
        "de",
        "KAFFEE|ZUCKER -> Zucker",
    ),
    "three times in a row": (rule("repetition"), "so the the the end", "en", "the the the -> the"),
    "twice by grammar": (rule("repetition"), "Ce que vous vous offrez", "fr", ""),
    "a word of capitals of its own": (
        rule("substitution", swap={"iphone": "iPhone"}),
        "IPHONE",
        "en",
        "IPHONE -> iPhone",
    ),
    "sharp s in capitals": (existence("hei\xdf"), "HEISS", "de", "HEISS"),
    "letters of another look": (
        existence("free", "office"),
        "\U0001d405\U0001d42b\U0001d41e\U0001d41e o\ufb03ce \uff26ree fr\u034fee",
        "en",
        "\U0001d405\U0001d42b\U0001d41e\U0001d41e|o\ufb03ce|\uff26ree|fr\u034fee",
    ),
    "addresses": (
        existence("cheap"),
        "www.cheap.com/{{ id }}cheap https://x.com/{{ id }}/cheap",
        "en",
        "",
    ),
    "words with marks within": (
        rule("occurrence", token="*", max=3),
        "It's don't well-known l'or",
        "en",
        "l'or",
    ),
    "a condition past an exception": (
        rule("conditional", first="free", second="terms", exceptions=["sugar-free"]),
        "Sugar-free. Free cake, free tea",
        "en",
        "Free",
    ),
    "no blanks between words": (
        rule("readability", lix="10", min_words=1),
        "\u79c1\u305f\u3061\u306e\u30b3\u30fc\u30d2\u30fc\u3067\u3059",
        "ja",
        "",
    ),
    "Japanese sentences": (
        rule("occurrence", token="*", max=1, scope="sentence"),
        "\u79c1\u3002\u79c1\uff01\u79c1",
        "ja",
        "",
    ),
    "a title": (
        rule("capitalization", match="title"),
        "the Best Of tea in Town of",
        "en",
        "the -> The|Of -> of|tea -> Tea|of -> Of",
    ),
    "small letters": (rule("capitalization", match="lower"), "So it Is", "en", "So -> so|Is -> is"),
    "capital letters": (rule("capitalization", match="upper"), "SO it", "en", "it -> IT"),
    "one without the other": (
        rule("conditional", first="free", second="while stocks last"),
        "It is free, free",
        "en",
        "free",
    ),
    "one with the other": (
        rule("conditional", first="free", second="while stocks last"),
        "Free while stocks last",
        "en",
        "",
    ),
    "twice": (
        rule("repetition"),
        "The the tea, tea 10 10 is\nIs",
        "en",
        "The the -> The|is\nIs -> is",
    ),
    "twice on purpose": (rule("repetition", exceptions=["so so"]), "so so", "en", ""),
    "hard": (rule("readability", grade="5", min_words=5), ORGANISATION, "en", ORGANISATION),
    "easy": (rule("readability", grade="5", min_words=5), "The cat sat on the mat.", "en", ""),
    "too short": (rule("readability", grade="1"), ORGANISATION, "en", ""),
    "hard in German": (
        rule("readability", grade="1", lix="40", min_words=3),
        GERMAN,
        "de",
        GERMAN,
    ),
    "no measure for it": (rule("readability", grade="1", min_words=1), "Ja sicher", "de", ""),
}


def shown(hit: Hit) -> str:
    return hit.found if hit.fix is None else f"{hit.found} -> {hit.fix}"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_rule_finds(case: tuple[Any, str, str, str]):
    one, text, locale, expected = case
    assert "|".join(map(shown, hits(one, text, locale))) == expected


def test_words_to_avoid_are_a_rule_that_may_be_written_otherwise():
    (hit,) = check([Passage("so cheap", "fr")], rules_of(Voice(avoid=["cheap"])))
    assert (hit.rule, hit.severity, hit.message) == ("avoid", "error", 'avoid "cheap"')
    milder = Voice(avoid=["cheap"], rules={"avoid": existence("dear")})
    assert check([Passage("cheap", "fr")], rules_of(milder)) == []


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("say %s, not %s", "say guest, not customer"),
        ("%s!", "guest!"),
        ("100 % ours: %s %s %s", "100 % ours: guest customer customer"),
        ("ours", "ours"),
    ],
)
def test_a_message_is_as_in_vale(message: str, said: str):
    one = rule("substitution", swap={"customer": "guest"}, message=message)
    assert [hit.message for hit in hits(one, "a customer")] == [said]


def test_what_is_found_does_no_harm_in_messages():
    (hit,) = hits(existence("a *", message="%s and %s"), "a \u0627\u202e")
    assert hit.message == "a \u0627 and a \u0627"
    (hit,) = hits(rule("occurrence", token="a", min=1), "x" * 500)
    assert len(hit.message) < 250


@pytest.mark.parametrize(
    ("rule_of", "text", "said"),
    [
        ({"token": "!", "max": 0}, "Ah!", '1 time "!" in a text: at most 0'),
        ({"token": "!", "max": 1}, "Ah! Oh!", '2 times "!" in a text: at most 1'),
        ({"token": "*", "max": 0}, "Ah", "1 word in a text: at most 0"),
        ({"token": "*", "min": 3}, "Ah oh", "2 words in a text: at least 3"),
    ],
)
def test_what_is_counted_is_told_as_one_or_many(rule_of: dict, text: str, said: str):
    assert [hit.message for hit in hits(rule("occurrence", **rule_of), text)] == [said]


def test_for_some_channels_variables_and_whole_texts():
    one = existence("x", channels=["sms"], variables=["headline"])
    of = {"variable": "headline", "channels": frozenset({"sms", "web"})}
    assert hits(one, "x", **of)
    assert not hits(one, "x", **{**of, "variable": "message"})
    assert not hits(one, "x", **{**of, "channels": frozenset({"web"})})
    assert hits(one, "x", **{**of, "channels": frozenset()}), "on every channel, for all one knows"
    assert not hits(rule("occurrence", token="x", max=0), "x", is_whole=False)
    assert hits(existence("x"), "x", is_whole=False)


def test_a_condition_holds_for_a_file_and_a_language():
    one = {"r": rule("conditional", first="free", second="terms")}
    texts = [Passage("Free", "en"), Passage("See terms", "en-GB"), Passage("Free", "fr")]
    assert [hit.passage.locale for hit in check(texts, one)] == ["fr"]


@pytest.mark.parametrize(
    "bad",
    [
        {"extends": "existence", "tokens": []},
        {"extends": "existence", "tokens": ["a*b*"]},
        {"extends": "existence", "tokens": [" "]},
        {"extends": "substitution", "swap": {"buy *": "get *"}},
        {"extends": "substitution", "swap": {"utilise": "use|"}},
        {"extends": "occurrence", "token": "!"},
        {"extends": "occurrence", "token": "!", "max": 1, "min": 2},
        {"extends": "readability"},
        {"extends": "sequence"},
        {"tokens": ["x"]},
        {"extends": "existence", "tokens": ["x"], "raw": ["[a-z]+"]},
    ],
)
def test_a_rule_that_is_none(bad: dict[str, Any]):
    with pytest.raises(ValidationError):
        RULE.validate_python(bad)


LETTERS = st.text(
    st.sampled_from("aAbB \n.!'-\u00e9e\u0301\u00ad\u200b{}@:/1\ufb03\uff21\ufe0f"), max_size=40
)
PHRASES = st.text(st.sampled_from("aAbB *.!'-\u00e9"), min_size=1, max_size=8).filter(
    lambda text: bool(text.split()) and all(word.count("*") < 2 for word in text.split())
)
WORDS = st.sampled_from(["the", "The", "guest", "customer", "TEAS", ",", "is", "."])


@given(PHRASES, LETTERS)
def test_what_is_found_is_the_phrase(phrase: str, text: str):
    for hit in hits(existence(phrase), text):
        assert 0 <= hit.start < hit.end <= len(text)
        found = read(text).shown if "{{" in text else read(hit.found).shown
        assert compiled([phrase], ignorecase=True).search(found)


@given(st.lists(WORDS, max_size=9))
def test_what_is_mended_is_not_found_again(words: list[str]):
    rules = {
        "words": rule("substitution", swap={"customer": "guest"}),
        "doubled": rule("repetition"),
        "calm": rule("capitalization", match="few"),
    }
    for name, one in rules.items():
        text = " ".join(words)
        for _ in words:
            found = check([Passage(text, "en")], {name: one})
            if found:
                last = found[-1]
                assert last.fix is not None
                text = text[: last.start] + last.fix + text[last.end :]
        assert check([Passage(text, "en")], {name: one}) == []


@given(LETTERS)
def test_places_in_what_is_read_are_places_in_the_text(text: str):
    reading = read(text)
    if reading.places is not None:
        assert len(reading.places) == len(reading.shown) + 1
        assert list(reading.places) == sorted(reading.places)
    if "\ufffc" not in reading.shown:
        visible = re.sub("[\u00ad\u200b\ufe0f]\u0301*", "", text)
        plain = visible.replace("\ufb03", "ffi").replace("\uff21", "A")
        assert unicodedata.normalize("NFC", reading.shown) == unicodedata.normalize("NFC", plain)


HOSTILE = {
    "one word": "a" * 20_000,
    "blanks": "a" + " " * 20_000,
    "words": "a " * 10_000,
    "marks": "." * 20_000 + "x",
    "quoted marks": ".\"'" * 6_000 + "x",
    "lines": "\n " * 10_000,
    "at signs": "a@" * 10_000,
    "braces": "{{" * 10_000,
    "marks upon marks": "e" + "\u0301\u0323" * 10_000,
    "hyphens": "a-" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_longer(text: str):
    stars = [f"{left}*{right}" for left in ("a", "aa", "") for right in ("b", "ab")]
    tokens = [
        *stars,
        *("a* " * count + "b" for count in (1, 5, 40)),
        *("a" * n for n in range(1, 99)),
    ]
    rules = {
        "words": existence(*tokens, exceptions=["a a", "a"]),
        "count": rule("occurrence", token="*", max=1, scope="sentence"),
        "paragraphs": rule("occurrence", token="a*", max=1, scope="paragraph"),
        "case": rule("capitalization", match="sentence"),
        "title": rule("capitalization", match="title"),
        "twice": rule("repetition"),
        "hard": rule("readability", grade="1", min_words=1),
        "if": rule("conditional", first="a* a*", second="b b"),
    }
    began = time.process_time()
    check([Passage(text, "en")], rules)
    assert time.process_time() - began < 2


SYLLABLES = [("tea", 1), ("coffee", 2), ("table", 2), ("baked", 1), ("wanted", 2), ("rhythm", 1)]


@pytest.mark.parametrize(("word", "count"), SYLLABLES)
def test_syllables(word: str, count: int):
    assert syllables(word) == count


def test_measures():
    assert grade_of("").words == lix_of("").words == 0
    assert grade_of("The cat sat on the mat.").value == 0
    # 8 words, 1 sentence, 2 long ones: 8 + 25.
    assert str(lix_of("Wir backen jeden Morgen frisches Brot mit Sauerteig.").value) == "33.0"
