"""Which values state a fact (a price, a number, a claim) and which are words without one.

Where it cannot be told, a value is a fact: then somebody is asked, instead of nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storesync.catalog.catalog import Template
from storesync.model.brand import BrandFile
from storesync.model.claim import Claim
from storesync.model.slot import slots_in
from storesync.model.template import NUMBERS, Variable, VariableType
from storesync.resolve.layers import variables_of

_FACTS = NUMBERS | {VariableType.DATE}
_OFFERED = frozenset({"code"})
_NAMES = frozenset({"product_name", "brand_name", "location_name", "city"})
# Digits of all scripts, fractions and the like, currency signs.
_FIGURES = frozenset({"Nd", "Nl", "No", "Sc"})
_PERCENT = frozenset("%‰٪")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the values of a template's variables are.

    `facts` always state one; `texts` do where they hold a figure or one of the claims; `plain`
    are texts of which the template says that they do not. All others are neither.
    """

    facts: frozenset[str]
    texts: frozenset[str]
    plain: frozenset[str]
    claims: re.Pattern[str] | None

    def is_fact(self, name: str, *values: object) -> bool:
        """Say whether a variable states a fact with one of some values."""
        if name in self.facts:
            return any(value is not None for value in values)
        texts = [value for value in values if isinstance(value, str)]
        if name in self.plain:
            return any(map(_shows_figure, texts))
        return name in self.texts and any(map(self.says_fact, texts))

    def is_words(self, name: str) -> bool:
        """Say whether a variable is a text that need not state a fact."""
        return name in self.texts or name in self.plain

    def says_fact(self, text: str) -> bool:
        """Say whether a text holds a figure, a percent or currency sign, or one of the claims."""
        if _shows_figure(text):
            return True
        if any(char in _PERCENT or unicodedata.category(char) in _FIGURES for char in text):
            return True
        return self.claims is not None and self.claims.search(_folded(text)) is not None


def meaning(templates: Iterable[Template], claims: Iterable[str]) -> Meaning:
    """Return what a template's variables mean, as it stands in one tree or in several.

    What one of them calls a fact is one: a change cannot declare itself harmless.
    """
    declared = [variables_of(template) for template in templates]
    names = {name for variables in declared for name in variables}
    found: dict[str, list[Variable]] = {
        name: [variables[name] for variables in declared if name in variables] for name in names
    }
    facts = {name for name, said in found.items() if any(_is_fact(name, item) for item in said)}
    texts = {name for name, said in found.items() if all(item.holds_words for item in said)} - facts
    plain = {name for name in texts if all(item.fact is False for item in found[name])}
    return Meaning(frozenset(facts), frozenset(texts - plain), frozenset(plain), _pattern(claims))


def claimed(file: BrandFile) -> Iterator[str]:
    """Yield the words of a brand's claims, in all languages."""
    for claim in file.claims:
        says = claim.says if isinstance(claim, Claim) else claim
        yield from (says,) if isinstance(says, str) else says.values()


def _is_fact(name: str, variable: Variable) -> bool:
    if variable.fact is not None:
        return variable.fact
    return variable.type in _FACTS or variable.unit is not None or name in _OFFERED


def _shows_figure(text: str) -> bool:
    """Say whether a text of copy has a slot that is no mere name: a fact, whatever surrounds it."""
    return any(slot.name not in _NAMES for slot in slots_in(text))


def _pattern(claims: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted({_folded(claim) for claim in claims})
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _folded(text: str) -> str:
    """Return a text as it is searched: case, composition and kinds of white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
