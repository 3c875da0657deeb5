"""Past campaigns for tests of search, and a process that indexes them."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from multiprocessing.synchronize import Event
from pathlib import Path

from storesync.plugins.embedder import EmbedderCapabilities, EmbedRequest

BRAND = """
name: {name}
locales: [{locales}]
currency: GBP
products:
  rye-loaf: {{en: Dark Rye, de: Roggenbrot}}
  tulips: {{en: Tulips, de: Tulpen}}
"""
TEMPLATE = """
name: Offer
variables:
  headline: {}
  message: {}
  look: {enum: [plain, tide], default: plain}
"""
CAMPAIGN = """
name: {name}
template: shared/offer
flight: {{start: {start}, end: {end}}}
channels: [web, email]
values: {{headline: "{headline}", message: "{message}", look: tide}}
"""


def campaign(
    name: str, headline: str, message: str, start: str = "2025-03-01", end: str = "2025-03-20"
) -> str:
    return CAMPAIGN.format(name=name, headline=headline, message=message, start=start, end=end)


BAKERY = {
    "rye": campaign("January rye", "Good intentions", "Wholegrain keeps you full until lunch."),
    "tulips": campaign("Frische Tulpen", "Blumen zum Ostermontag", "Zehn Stiele im Strauß."),
    "buns": campaign("Cinnamon buns", "Warm from the oven", "Ask for code BUN-2041 at the till."),
    "coffee": campaign("Night shift", "Hot coffee for nurses", "Open until two in the morning."),
    "soup": campaign("Soup days", "A bowl against the rain", "Lentils, carrots, a slice of bread."),
    "cake": campaign("Geburtstag", "Torte auf Bestellung", "Drei Tage vorher anrufen."),
}


def files(brands: Mapping[str, Mapping[str, str]], locales: str = "en-GB, de-DE") -> dict[str, str]:
    found = {
        "storesync.yaml": "format: 1\nrepository: 0123456789abcdef\n",
        "templates/shared/offer/template.yaml": TEMPLATE,
    }
    for brand, campaigns in brands.items():
        found[f"brands/{brand}/brand.yaml"] = BRAND.format(name=brand, locales=locales)
        for name, text in campaigns.items():
            file = name if name.endswith(".yaml") else f"{name}/campaign.yaml"
            folder = (
                f"brands/{brand}" if name.startswith("archive/") else f"brands/{brand}/campaigns"
            )
            found[f"{folder}/{file}"] = text
    return found


def build(folder: Path, brands: Mapping[str, str], started: Event) -> None:
    """Build the index of a bakery: what a process of its own does."""
    from storesync.plugins.embedder import EmbedderSetting
    from storesync.plugins.registry import open_embedder
    from storesync.search.concepts import lexicon
    from storesync.search.index import Place
    from storesync.search.session import Session
    from storesync.source.tree import MemoryTree

    place = Place(folder / "search", folder / "chroma", None, "one")
    embedder = open_embedder("minilm", EmbedderSetting(), [], folder / "none")
    session = Session(place, MemoryTree(brands), lexicon(), embedder, print)
    started.set()
    session.refresh("bakery")


class Counting:
    """An embedder on a server that says how many texts it was `asked` for."""

    def __init__(self, model: str = "counting", length: int = 384) -> None:
        self.capabilities = EmbedderCapabilities(model, length, frozenset(), needs_network=True)
        self.asked = 0

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        self.asked += len(request.texts)
        return [self._vector(random.Random(text)) for text in request.texts]

    def _vector(self, chance: random.Random) -> list[float]:
        numbers = [chance.gauss() for _ in range(self.capabilities.dimensions)]
        return [number / math.hypot(*numbers) for number in numbers]
