"""What a campaign is to a search: facets to filter by, and passages to be found by.

In come a brand and its campaigns, out come documents; nothing here reads or writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Catalog
from storesync.search.language import language_of
from storesync.search.season import day_of, months_of, season_of
from storesync.search.success import Outcome, outcome_of

WORDS, NOTES = "words", "notes"
# A slot of drafted copy; its name says what stands there: {{ discount_percentage }}
_SLOT = re.compile(r"\{\{\s*([a-z0-9_]+)[^}]*\}\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a campaign: customers' (`words`) or colleagues' (`notes`), and their file."""

    kind: str
    language: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A campaign as it is searched.

    `texts` are its words for customers, language -> variable -> text. `start` and `end` are
    written as in the flight, `end` empty where it runs on; `cancelled`, or archived, it is over
    whatever they say. `months` are those of the flight, empty where it is of no season. `terms`
    are facts beside the words: codes, a discount.
    """

    brand: str
    campaign: str
    title: str
    start: str
    end: str
    cancelled: bool
    season: str
    months: tuple[int, ...]
    channels: tuple[str, ...]
    languages: tuple[str, ...]
    products: tuple[str, ...]
    tags: tuple[str, ...]
    discounted: bool
    code: str
    passages: tuple[Passage, ...]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outcome: Outcome | None = None


def document_of(catalog: Catalog, campaign: Campaign) -> Document:
    """Return what a search knows of a campaign."""
    brand = catalog.brands[campaign.brand]
    file = campaign.file
    months = months_of(file.flight)
    texts = texts_of(catalog, campaign)
    offer = file.offer
    return Document(
        brand=brand.id,
        campaign=campaign.id,
        title=file.name,
        start=file.flight.start.isoformat(),
        end=file.flight.end.isoformat() if file.flight.end else "",
        cancelled=file.cancelled is not None,
        season=season_of(months, _home(brand)),
        months=months,
        channels=tuple(file.channels),
        languages=tuple(texts),
        products=_products(campaign),
        tags=tuple(file.tags),
        discounted=offer is not None
        and any((offer.discount_percentage, offer.discount_amount, offer.regular_price)),
        code=offer.code or "" if offer is not None else "",
        passages=tuple(_passages(brand, campaign, texts)),
        texts=texts,
        outcome=_outcome(brand, campaign),
    )


def _outcome(brand: Brand, campaign: Campaign) -> Outcome | None:
    if campaign.results is None:
        return None
    flight, measured = campaign.file.flight, campaign.results.measured_on
    last = measured if flight.end is None else min(day_of(flight.end), measured)
    days = (last - day_of(flight.start)).days + 1.0
    currency = brand.file.currency if brand.file is not None else ""
    return outcome_of(campaign.results, days=max(days, 1.0), currency=currency)


def languages_of(brand: Brand) -> list[str]:
    """Return a brand's languages (ISO 639-1), the main one first."""
    locales = brand.file.locales if brand.file is not None else ["en"]
    return list(dict.fromkeys(locale.partition("-")[0] for locale in locales))


def texts_of(catalog: Catalog, campaign: Campaign) -> dict[str, dict[str, str]]:
    """Return a campaign's words for customers: language -> variable -> text.

    A text that does not say its language is of the one that its small words tell.
    """
    languages = languages_of(catalog.brands[campaign.brand])
    plain: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for name, value in campaign.file.values.items():
        if not _holds_words(catalog, campaign, name):
            continue
        if isinstance(value, str):
            plain[name] = value
        elif isinstance(value, Mapping):
            for locale, text in value.items():
                if isinstance(text, str):
                    language = str(locale).partition("-")[0]
                    found.setdefault(language, {}).setdefault(name, text)
    for (_, locale), copy in sorted(campaign.copies.items()):
        language = locale.partition("-")[0]
        for name, words in copy.file.values.items():
            options = [words] if isinstance(words, str) else words.vary
            found.setdefault(language, {}).setdefault(name, _SLOT.sub(r"\1", options[0]))
    if plain:
        first = _language_by_place(catalog.brands[campaign.brand], campaign, languages)
        guessed = language_of(" ".join(plain.values()), first)
        found.setdefault(guessed, {}).update(plain)
    return found


def _language_by_place(brand: Brand, campaign: Campaign, languages: list[str]) -> list[str]:
    """Return languages, those likely first: the campaign's own, then those of its countries."""
    countries = {country for selector in campaign.file.select for country in selector.countries}
    locales = brand.file.locales if brand.file is not None else []
    likely = [
        *campaign.file.locales,
        *(locale for locale in locales if locale.partition("-")[2] in countries),
    ]
    return list(dict.fromkeys([*(item.partition("-")[0] for item in likely), *languages]))


def _holds_words(catalog: Catalog, campaign: Campaign, name: str) -> bool:
    template = catalog.templates.get(campaign.file.template)
    variable = template.file.variables.get(name) if template is not None else None
    return variable is not None and variable.holds_words


def _passages(
    brand: Brand, campaign: Campaign, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[Passage]:
    name = campaign.file.name
    main = languages_of(brand)[0]
    for language, values in (texts or {main: {}}).items():
        parts = [name, *values.values(), *_product_names(brand, campaign, language)]
        yield Passage(WORDS, language, campaign.path, sentence(parts))
    results = campaign.results.summary if campaign.results is not None else None
    folder = campaign.path.rpartition("/")[0]
    for path, text in ((campaign.path, campaign.file.notes), (f"{folder}/results.yaml", results)):
        if text:
            yield Passage(NOTES, language_of(text, languages_of(brand)), path, sentence([text]))


def sentence(parts: list[str]) -> str:
    """Return texts as one, each ended."""
    clean = [" ".join(part.split()) for part in parts]
    return " ".join(part if part[-1:] in ".!?…" else f"{part}." for part in clean if part)


def _products(campaign: Campaign) -> tuple[str, ...]:
    named = campaign.file.offer.product if campaign.file.offer is not None else None
    return tuple([named] if isinstance(named, str) else named or ())


def _product_names(brand: Brand, campaign: Campaign, language: str) -> list[str]:
    known: Mapping[str, Any] = brand.file.products if brand.file is not None else {}
    names = []
    for product in _products(campaign):
        name = known.get(product, product.replace("-", " "))
        if isinstance(name, Mapping):
            name = name.get(language) or next(iter(name.values()))
        names.append(str(name))
    return names


def _home(brand: Brand) -> str:
    locales = brand.file.locales if brand.file is not None else ["en-US"]
    return locales[0].partition("-")[2]


def state_of(document: Document, at: datetime) -> str:
    """Return a merged campaign's state by its flight: scheduled, active or completed.

    `at` in UTC; a place's own time may put it up to a day apart.
    """
    now = at.replace(tzinfo=None).isoformat()
    end = document.end if "T" in document.end else f"{document.end}T24"
    if document.cancelled or (document.end and end <= now):
        return "completed"
    return "scheduled" if document.start > now else "active"


def question_of(document: Document) -> tuple[str, str]:
    """Return what asks for campaigns like one: a text by its meaning, and one by its words."""
    customers = [passage.text for passage in document.passages if passage.kind == WORDS]
    named = [document.title, *document.products, *document.tags]
    return customers[0] if customers else document.title, " ".join(named).replace("-", " ")
