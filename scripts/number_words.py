"""Writes the number words of languages that have no list of their own, as num2words knows them.

    python3 -m venv /tmp/words && /tmp/words/bin/pip install num2words
    /tmp/words/bin/python scripts/number_words.py en fr de es it pt nl pl

The arguments are the languages that have a list. In the others, the fact check reads a word for a
number with this table; what role the number has, it does not know. Left out are languages whose
tens or teens are of several words (dua puluh), and those without spaces between words.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from num2words import CONVERTER_CLASSES, num2words

TABLE = (
    Path(__file__).resolve().parents[1] / "storesync/copywriting/facts/language/words/numbers.toml"
)
HEAD = "# Made by scripts/number_words.py: words of languages without a list of their own.\n"
TENS = range(20, 100, 10)
SINGLE = (*range(1, 101), *range(200, 1000, 100))
LARGE = (100, 1000)
MOST = 6  # of eight tens: Ukrainian writes two with an apostrophe
TAGS = {"no": ("nb", "nn"), "kz": ("kk",)}  # where CLDR has another tag
# Teens of two words in one or another gender, or numerals that the check reads as such.
LEFT_OUT = frozenset({"am", "ar", "he", "ja", "ko", "tet", "tg"})
# Words that mean something else more often: new, week, no.
SPARED = {"ca": {"nou"}, "hu": {"hét"}, "fa": {"نه"}}


def words(language: str) -> dict[str, int]:
    """Return the words of a language for numbers that are of one word."""
    told = {number: num2words(number, lang=language).lower() for number in SINGLE}
    found = {word: number for number, word in told.items() if word.isalpha()}
    for number in LARGE:  # o sută, en hundre, одна тысяча
        last = num2words(number, lang=language).lower().split()[-1]
        if last.isalpha():
            found[last] = number
    return {word: found[word] for word in found if word not in SPARED.get(language, ())}


def glue(language: str, known: dict[str, int]) -> list[str]:
    """Return the words that stand between tens and units: și, og."""
    between = (num2words(tens + 2, lang=language).lower().split()[1:-1] for tens in TENS)
    return sorted({word for one in between for word in one if word.isalpha()} - known.keys())


def quoted(value: str | list[str]) -> str:
    """Return a text or a list of texts as TOML writes it."""
    return json.dumps(value, ensure_ascii=False)


def lists(language: str) -> str:
    """Return the lists of a language, nothing where most of its tens are of several words."""
    known = words(language)
    if sum(num2words(tens, lang=language).lower() in known for tens in TENS) < MOST:
        return ""
    pairs = ", ".join(f"{quoted(word)} = {number}" for word, number in known.items())
    rows = (
        f"glue = {quoted(glue(language, known))}",
        f"plain = {quoted([word for word, number in known.items() if number == 1])}",
        f"numbers = {{{pairs}}}",
    )
    return "\n".join(rows)


def main(listed: list[str]) -> int:
    """Write the table of all languages but those that have a list; return the exit code."""
    parts = [HEAD]
    for language in sorted(CONVERTER_CLASSES.keys() - {*listed, *LEFT_OUT}):
        found = "" if "_" in language else lists(language)
        parts += [f"[{tag}]\n{found}\n" for tag in TAGS.get(language, (language,)) if found]
    TABLE.write_text("\n".join(parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
