"""The same chain as a Hugo site: one content file a location, the same words on each page."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks import chain


def write_site(root: Path, shops: Iterable[chain.Shop]) -> None:
    """Write a site into a new folder; `hugo` there builds `public/`."""
    layouts = root / "layouts"
    (layouts / "_default").mkdir(parents=True)
    (layouts / "partials").mkdir()
    shutil.copyfile(chain.PAGES / "hugo/single.html", layouts / "_default/single.html")
    shutil.copyfile(chain.PAGES / "hugo/hours.html", layouts / "partials/hours.html")
    shutil.copyfile(chain.PAGES / "style.html", layouts / "partials/style.html")
    (root / "config.json").write_text(json.dumps(_SETTINGS), encoding="utf-8")
    for state in chain.STATES:
        (root / "content/us" / state).mkdir(parents=True)
    for shop in shops:
        path = root / "content/us" / shop.state / f"{shop.id}.md"
        path.write_text(content_text(shop), encoding="utf-8")


def content_text(shop: chain.Shop) -> str:
    """Return a content file: front matter in JSON, which Hugo reads faster than YAML or TOML."""
    front = {
        "title": shop.name,
        "address": {
            "street": shop.street,
            "city": shop.city,
            "region": shop.region,
            "postcode": shop.postcode,
            "country": "US",
        },
        "timezone": chain.STATES[shop.state][1],
        "phone": shop.phone,
        "geo": {"latitude": float(shop.latitude), "longitude": float(shop.longitude)},
        "weekly": _week(shop),
        "labels": shop.tags,
        "seats": shop.seats,
    }
    return json.dumps(front, indent=1) + "\n"


def _hours(hours: str, **days: str) -> dict[str, str]:
    opens, _, closes = hours.partition("-")
    return days if hours == "closed" else {**days, "opens": opens, "closes": closes}


def _week(shop: chain.Shop) -> list[dict[str, str]]:
    spans = ((days.partition("-"), hours) for days, hours in shop.week)
    return [_hours(hours, first=first, last=last) for (first, _, last), hours in spans]


# Nothing but the pages: no lists, feeds or site map, and no folder for each page.
_SETTINGS = {
    "baseURL": chain.WEBSITE,
    "languageCode": chain.LOCALE,
    "defaultContentLanguage": "en",
    "title": chain.NAME,
    "uglyURLs": True,
    "disableKinds": ["404", "RSS", "home", "robotsTXT", "section", "sitemap", "taxonomy", "term"],
    "params": {
        "currency": chain.CURRENCY,
        "end": chain.END,
        "headline": chain.HEADLINE,
        "message": chain.MESSAGE,
        "price": float(chain.PRICE),
        "prices": chain.PRICES,
        "product": chain.PRODUCT,
        "regular_price": float(chain.REGULAR_PRICE),
        "special": [_hours(hours, date=day) for day, hours in chain.SPECIAL_DAYS],
        "start": chain.START,
        "website": chain.WEBSITE,
    },
}


def words(page: str) -> str:
    """Return what a page says, for comparing pages: no markup, spacing or capitals."""
    body = page.partition("<body>")[2]
    text = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return " ".join(text.split()).casefold()
