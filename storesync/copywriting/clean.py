"""Texts of files before a model reads them: what hides is taken out, what orders is left out.

This lowers the odds and is no wall: whoever writes an order that is not in this list gets it
through. The wall is the check of what comes back (`copywriting.checks`).
"""

from __future__ import annotations

import re
import unicodedata

_SHORTENED = "…"
# Orders to a model, in English, German, French, Spanish, Italian and Dutch. Read in text that
# is NFKC, in small letters, without accents and with single blanks.
_ORDERS = (
    # to forget
    (
        r"\b(?:ignor\w*|disregard\w*|forget\w*|overrid\w*|oubli\w*|vergiss|vergessen|missacht\w*|"
        r"olvid\w*|omit\w*|dimentic\w*|trascur\w*|scorda\w*|negeer\w*|vergeet)\b.{0,40}"
        r"\b(?:instruct\w*|anweisung\w*|rules?|regeln?|regles?|reglas?|regol[ae]|regels?|istruzion\w*|"
        r"instructies?|prompts?|consignes?|facts?|fakten|fatti|feiten|above|previous|prior|oben|dessus|"
        r"anterior\w*|precedent[ei]|sopra|hierboven|voorgaande|eerdere)\b"
    ),
    # to be somebody
    (
        r"\b(?:you are|act as|pretend|du bist|tu es|vous etes|eres|usted es|tu sei|sei ora|"
        r"je bent|jij bent|u bent)\b.{0,30}"
        r"\b(?:assist[ae]nt\w*|asistente\w*|assistente\w*|modello|ai|ki|ia|model\w*|copywriter|bot|chatbot|system)\b"
    ),
    # to answer something, where a clause begins: "we print it ourselves, with room" is none
    (
        r"(?:^|[^\w\s]\s*|\b(?:and|then|please|must|should|to|und|bitte|et|puis|y|por favor|"
        r"e|poi|per favore|en|dan) )"
        r"(?:respond|reply|answer|output|print|write|repeat|repond\w*|ecri\w*|antworte\w*|"
        r"schreib\w*|respond\w*|escrib\w*|rispond\w*|scriv\w*|ripet\w*|antwoord\w*|schrijf|herhaal)\b"
        r".{0,20}\b(?:with|only|exactly|instead|following|nur|stattdessen|uniquement|seulement|solo|"
        r"solamente|soltanto|invece|alleen|uitsluitend|letterlijk|prompt|instructions?)\b"
    ),
    # what a prompt is made of
    (
        r"\bsystem (?:prompt|message|anweisung)\b|\b(?:new|neue|nouvelles?|nuevas?|nuov[ei]|"
        r"nieuwe) (?:instructions?|anweisung\w*|consignes?|instrucciones|istruzioni|instructies)\b"
    ),
    (
        r"\b(?:as an ai|language model|sprachmodell|modele de langage|modelo de lenguaje|"
        r"modello linguistico|taalmodel|jailbreak)\b"
    ),
    r"(?:^|\W)(?:system|assistant|user|developer|human)\s*:",
    r"<\|[^|>]{0,40}\|>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|user|instructions?)>",
    r"```|\{%|\{#|#{3,}",
)
_ORDER = re.compile("|".join(f"(?:{pattern})" for pattern in _ORDERS))
_BLANKS = re.compile(r"\s+")
_GAPS = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")
# Cyrillic, Greek and phonetic letters that look like Latin ones, in small letters.
_TWINS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb"
    "\u0501\u0261\u03b1\u03bf\u03c1\u03bd\u03c5\u03b9",
    "aeopcyxisjhdgaopvui",
)


def clean(text: str, limit: int) -> str:
    """Return a text as plain words on one line, of at most `limit` characters."""
    shown = "".join(char for char in unicodedata.normalize("NFC", text) if _is_shown(char))
    line = _BLANKS.sub(" ", shown).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + _SHORTENED


def _is_shown(char: str) -> bool:
    """Say whether a character can be seen: no control, bidi, tag, joiner or unassigned one."""
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def gives_orders(text: str) -> bool:
    """Say whether a text reads like an instruction to a model; it is linear in its length."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    seen = "".join(
        char for char in folded if not unicodedata.combining(char) and _is_shown(char)
    ).translate(_TWINS)
    line = _BLANKS.sub(" ", seen)
    joined = _GAPS.sub(lambda found: re.sub(r"[ .\-_*]", "", found[0]), line)
    return bool(_ORDER.search(line) or _ORDER.search(joined))
