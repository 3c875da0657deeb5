"""What is declared about a campaign besides its offer: statements that hold, claims it may make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.model.base import Translated
from storesync.model.template import VariableType
from storesync.resolve.localise import nearest, translated


class Declared(NamedTuple):
    """Phrases in one language.

    `statements` hold, and copy may say what they say in any notation; `claims` may be used word
    for word; `others` are the brand's products that the offer is not about.
    """

    statements: tuple[str, ...]
    claims: tuple[str, ...]
    others: tuple[str, ...]


def declared_of(
    brand: Brand, campaign: Campaign, template: Template, locale: str, day: date | None = None
) -> Declared:
    """Return what is declared about a campaign in a language, on a day if one is given.

    A text that the template calls a fact (`fact: true`) is a statement, too. What is declared in
    other languages alone counts as well: numbers are numbers in all of them.
    """
    file, own = brand.file, campaign.file
    facts = [*(file.facts if file else ()), *own.facts, *_values(brand, campaign, template)]
    made = [item for item in (file.claims if file else ()) if not isinstance(item, str)]
    claims = [
        item
        for item in (*made, *own.claims)
        if day is None or item.until is None or item.until >= day
    ]
    statements = [text for item in facts for text in _spoken(item, locale)]
    words = [text for item in claims for text in _spoken(item.says, locale)]
    return Declared(tuple(statements), tuple(words), tuple(_others(brand, campaign, locale)))


def _spoken(text: Translated, locale: str) -> Iterator[str]:
    """Yield a text in a language; in all of them where it is not in that one."""
    if isinstance(text, str):
        yield text
        return
    found = nearest(text, locale)
    yield from text.values() if found is None else (found,)


def _values(brand: Brand, campaign: Campaign, template: Template) -> Iterator[Translated]:
    """Yield the texts that headquarters sets for what the template calls a fact.

    What a location sets for it declares nothing: it is copy, and is checked as such.
    """
    ours = brand.file.values if brand.file else {}
    for name, variable in template.file.variables.items():
        if variable.fact and variable.type is VariableType.STRING:
            value = campaign.file.values.get(name, ours.get(name, variable.default))
            if isinstance(value, str):
                yield str(value)
            elif isinstance(value, dict) and "vary" not in value:
                yield {key: str(text) for key, text in value.items()}


def _others(brand: Brand, campaign: Campaign, locale: str) -> Iterator[str]:
    offer = campaign.file.offer
    if brand.file is None or offer is None or offer.product is None:
        return
    own = [offer.product] if isinstance(offer.product, str) else offer.product
    names = {name: translated(text, locale, ())[0] for name, text in brand.file.products.items()}
    mine = [(names.get(name) or "").casefold() for name in own]
    for name, text in names.items():
        # "Latte" is part of "Oat Latte": who says the longer one says the shorter one, too.
        if name not in own and text and not any(text.casefold() in item for item in mine):
            yield text
