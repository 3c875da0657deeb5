"""docs/templates.md: parts and limits, names, and filters with what they really give."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from storesync.model.channel import KINDS, MAX_PART_BYTES, Part
from storesync.render import vocabulary
from storesync.render.engine import Engine, Failure

_CONTEXT: Mapping[str, Any] = {
    "price": "3.5",
    "link": "https://corner-bakery.example.com/pie",
    "flight": {"start": "2026-12-01T07:00", "end": "2026-12-24"},
    "currency": "USD",
    "location": {
        "phone": "+15125550199",
        "address": {"country": "US"},
        "hours": {
            "weekly": [
                {"days": ["mon", "tue", "wed", "thu", "fri"], "ranges": [["06:00", "20:00"]]},
                {"days": ["sat", "sun"], "ranges": []},
            ],
            "seasonal": [],
            "special": [],
        },
    },
    "t": {},
}
_SEGMENTS = "160 letters of the GSM alphabet, or 70 others; from two on 153, or 67"
_LOCALES = ("en-US", "de-DE", "fr-CA")
# What to try each of our own filters on.
EXAMPLES = {
    "money": ("price|money", 'price|money("EUR")'),
    "number": ("1234.5|number",),
    "percent": ("20|percent",),
    "date": ("flight.end|date", 'flight.end|date("full")', 'flight.end|date("day_month")'),
    "time": ("flight.start|time",),
    "datetime": ("flight.start|datetime",),
    "weekday": ("flight.end|weekday", '"mon"|weekday("abbreviated")'),
    "hours": ("location.hours|hours",),
    "phone": ("location.phone|phone",),
    "phone_link": ("location.phone|phone_link",),
    "url": ("link|url",),
    "utm": ('link|utm("sms", "text", "winter-pies")',),
    "decimal": ("price|decimal * 2",),
    "round": ("2.345|round(2)",),
    "format": ('"%.2f"|format(price|decimal)',),
    "default": ('location.nothing|default("none")',),
    "int": ('"12"|int',),
    "float": ('"1.5"|float',),
}


def filters() -> str:
    """Return a row for each example of each filter of our own, as three languages write it."""
    own = [name for name in vocabulary.FILTERS if name not in _stock()]
    missing = set(own) - set(EXAMPLES)
    if missing:
        message = f"no example for the filters {', '.join(sorted(missing))}"
        raise ValueError(message)
    rows = [row for name in EXAMPLES for row in _rows(name)]
    head = f"| filter | | example | {' | '.join(_LOCALES)} |"
    return "\n".join([head, "|" + "---|" * (3 + len(_LOCALES)), *rows, ""])


def _rows(name: str) -> Iterator[str]:
    meaning = _summary(vocabulary.FILTERS[name])
    for index, expression in enumerate(EXAMPLES[name]):
        lead = f"`{name}` | {meaning}" if index == 0 else " | "
        shown = [_code(_render(expression, locale)) for locale in _LOCALES]
        if len(set(shown)) == 1:
            shown[1:] = ["the same"] * (len(shown) - 1)
        yield f"| {lead} | {_code(expression)} | {' | '.join(shown)} |"


def _summary(function: Callable[..., Any]) -> str:
    text = inspect.getdoc(function) or ""
    return text.split("\n\n")[0].split("\n")[0].replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _render(expression: str, locale: str) -> str:
    path = "templates/shared/try/social.txt.j2"
    engine = Engine({path: "{{ " + expression + " }}"})
    given = engine.render("shared/try", "social", locale, dict(_CONTEXT), (5.0, 5.0))
    if isinstance(given, Failure):
        message = f"{expression}: {given.message}"
        raise TypeError(message)
    return given["txt"].decode()


def _stock() -> frozenset[str]:
    """Return the filters that are Jinja's own, or Jinja's under the same name, and `d`."""
    return frozenset(vocabulary.FILTERS) - frozenset(EXAMPLES)


def stock_words() -> str:
    """Return what Jinja has and templates may use, and what it has and they may not."""
    lists = {
        "Jinja's filters": sorted(_stock()),
        "tests (`is …`)": [name for name in sorted(vocabulary.TESTS) if name.isalpha()],
        "functions": sorted(vocabulary.FUNCTIONS),
        "methods of text": sorted(vocabulary.TEXT_METHODS),
        "methods of mappings": sorted(vocabulary.MAPPING_METHODS),
        "methods of lists": sorted(vocabulary.LIST_METHODS),
        "inside a loop (`loop.…`)": sorted(vocabulary.LOOP_ATTRIBUTES),
        "**not** allowed filters": sorted(vocabulary.BANNED_FILTERS),
        "**not** allowed functions": sorted(vocabulary.BANNED_FUNCTIONS),
    }
    rows = [
        f"| {what} | {', '.join(f'`{name}`' for name in names)} |" for what, names in lists.items()
    ]
    return "\n".join(["| | |", "|---|---|", *rows, ""])


def channel_parts() -> str:
    """Return a row for each part of each channel, with its limits."""
    rows = []
    for kind in KINDS.values():
        for part in kind.parts:
            cells = [
                kind.name,
                f"`{kind.name}.{part.name}.j2`",
                "yes" if part.required else "no",
                "; ".join(_limits(part)) or "–",
                f"`{part.file}`",
            ]
            rows.append("| " + " | ".join(cells) + " |")
    head = (
        "| channel | file of the template | needed | limits of the rendered text | in the outbox |"
    )
    return "\n".join([head, "|" + "---|" * 5, *rows, ""])


def _limits(part: Part) -> Iterator[str]:
    if part.markup:
        yield "HTML; values are escaped"
    if part.one_line:
        yield "one line"
    if part.max_characters:
        yield f"{part.max_characters:,} characters"
    if part.max_bytes < MAX_PART_BYTES:
        yield f"{part.max_bytes:,} bytes"
    if part.max_segments:
        yield f"{part.max_segments} segments: {_SEGMENTS}"
    if part.plain_marks:
        yield "curly quotes and long dashes become plain ones"


# What each name means; the test of this page asks the product which names there are.
NAMES = {
    "brand": "the brand: `brand.name`, `brand.website`, `brand.colours.primary`, …",
    "brand_name": "its name",
    "campaign": "the campaign: `campaign.name`, `campaign.id`, `campaign.tags`",
    "campaign_name": "its name",
    "city": "the location's town, or nothing",
    "currency": "the location's currency",
    "flight": "`flight.start` and `flight.end`, in the location's own time; no end: nothing",
    "legal": "the brand's legal texts by id, or the location's own: `legal.offer_terms`",
    "locale": "the language that is written: fr-CA",
    "location": "the location: `location.phone`, `location.address.city`, …",
    "location_name": "its name, in this language",
    "offer": "the offer, or nothing: `offer.discount_percentage`, …",
    "product": "the offer's first product's id, or nothing",
    "product_name": "the names of the offer's products, in this language",
    "t": "the template's `texts`, in this language: `t.until`",
}


def template_names() -> str:
    """Return a row for each name that every template has besides its variables."""
    rows = [f"| `{name}` | {meaning} |" for name, meaning in NAMES.items()]
    return "\n".join(["| name | |", "|---|---|", *rows, ""])


PARTS = {
    "channel-parts": channel_parts,
    "filters": filters,
    "stock-words": stock_words,
    "template-names": template_names,
}
