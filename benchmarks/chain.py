"""A made-up chain of N locations: the same for the same seed, as a StoreSync repository in Git."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).with_name("pages")
BRAND = "northstar"
CAMPAIGN = "2026-summer-cold-brew"
# Inside the flight, everywhere in the country.
AT = "2026-07-01T12:00Z"
START, END = "2026-06-01", "2026-08-31"
NAME = "Northstar Coffee"
WEBSITE = "https://northstar.example.com"
PRODUCT = "Cold Brew"
PRICE, REGULAR_PRICE, CURRENCY, LOCALE = "4.25", "5.10", "USD", "en-US"
HEADLINE = "Slow coffee for fast days"
MESSAGE = (
    "Eighteen hours in cold water, a slice of orange, and nothing else. "
    "Made here every evening and poured until the last drop is gone."
)
PRICES = "Prices before tax. Not combinable with other offers on the same drink."

# State folder -> its code on a letter, its time zone, its area codes.
STATES = {
    "arizona": ("AZ", "America/Phoenix", (480, 520, 602)),
    "california": ("CA", "America/Los_Angeles", (213, 310, 415, 619)),
    "colorado": ("CO", "America/Denver", (303, 719, 970)),
    "florida": ("FL", "America/New_York", (305, 407, 813)),
    "georgia": ("GA", "America/New_York", (404, 706, 912)),
    "illinois": ("IL", "America/Chicago", (217, 312, 708)),
    "massachusetts": ("MA", "America/New_York", (413, 508, 617)),
    "new-york": ("NY", "America/New_York", (212, 315, 516, 716)),
    "oregon": ("OR", "America/Los_Angeles", (503, 541)),
    "tennessee": ("TN", "America/Chicago", (615, 731, 901)),
    "texas": ("TX", "America/Chicago", (210, 214, 512, 713)),
    "washington": ("WA", "America/Los_Angeles", (206, 360, 509)),
}
_STREETS = ("Main", "Oak", "Cedar", "Lake", "Hill", "Park", "Pine", "Walnut", "Mission", "Spring")
_KINDS = ("Street", "Avenue", "Road", "Boulevard", "Drive")
_CITIES = (
    "Ashford",
    "Brookdale",
    "Clayton",
    "Dunmore",
    "Easton",
    "Fairview",
    "Hartwell",
    "Kingsley",
)
_PLACES = ("Corner", "Station", "Square", "Market", "Crossing", "Terminal", "Plaza")
_WEEKS = (
    (("mon-fri", "06:00-20:00"), ("sat-sun", "07:00-21:00")),
    (("mon-thu", "06:30-19:00"), ("fri-sat", "06:30-22:00"), ("sun", "08:00-18:00")),
    (("mon-fri", "05:30-18:30"), ("sat-sun", "closed")),
    (("mon-sun", "07:00-22:00"),),
    (("mon-fri", "07:00-19:00"), ("sat", "08:00-17:00"), ("sun", "closed")),
)
SPECIAL_DAYS = (
    ("2026-07-03", "07:00-16:00"),
    ("2026-07-04", "closed"),
    ("2026-09-07", "08:00-14:00"),
)
LABELS = ("drive-thru", "downtown", "campus", "mall", "patio")


@dataclass(frozen=True)
class Shop:
    """One location, inheritance already worked out."""

    id: str
    name: str
    street: str
    city: str
    postcode: str
    state: str
    phone: str
    latitude: str
    longitude: str
    week: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    seats: int

    @property
    def region(self) -> str:
        """Return the state as on a letter."""
        return STATES[self.state][0]

    @property
    def path(self) -> str:
        """Return the location file's path in the repository."""
        return f"brands/{BRAND}/locations/us/{self.state}/{self.id}.yaml"


def make_shops(count: int, seed: int = 1) -> Iterator[Shop]:
    """Yield `count` locations; equal arguments give equal locations."""
    rng = random.Random(seed)
    states = list(STATES)
    for number in range(1, count + 1):
        state = rng.choice(states)
        city, street = rng.choice(_CITIES), f"{rng.choice(_STREETS)} {rng.choice(_KINDS)}"
        yield Shop(
            id=f"store-{number:05}",
            name=f"{city} {rng.choice(_PLACES)} {number}",
            street=f"{rng.randint(1, 9_999)} {street}",
            city=city,
            postcode=f"{rng.randint(1_000, 99_999):05}",
            state=state,
            phone=f"+1{rng.choice(STATES[state][2])}{rng.randint(2_000_000, 9_999_999)}",
            latitude=f"{rng.uniform(26, 48):.4f}",
            longitude=f"-{rng.uniform(70, 124):.4f}",
            week=rng.choice(_WEEKS),
            tags=tuple(sorted(rng.sample(LABELS, rng.randint(1, 3)))),
            seats=rng.randint(8, 90),
        )


def location_text(shop: Shop) -> str:
    """Return a location file as a person would write it; country, region, zone come from above."""
    hours = ", ".join(f"{days}: {hours}" for days, hours in shop.week)
    return (
        "# yaml-language-server: $schema=../../../../../schemas/location.json\n"
        f"name: {shop.name}\n"
        f'address: {{street: {shop.street}, city: {shop.city}, postcode: "{shop.postcode}"}}\n'
        f'phone: "{shop.phone}"\n'
        f"geo: {{latitude: {shop.latitude}, longitude: {shop.longitude}}}\n"
        f"hours: {{{hours}}}\n"
        f"tags: [{', '.join(shop.tags)}]\n"
        f'attributes: {{seats: "{shop.seats}"}}\n'
    )


def write_repository(root: Path, shops: list[Shop]) -> None:
    """Write the chain with one campaign on one channel into a new folder and commit it."""
    write_files(root, {shop.path: location_text(shop) for shop in shops})
    commit(root, "The chain")


def write_files(root: Path, texts: dict[str, str]) -> None:
    """Write files, and all that a chain has besides, into a new folder that is a repository."""
    texts = {**texts, **_surrounding_texts()}
    for folder in {(root / path).parent for path in texts}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    template = root / "templates/shared/drink"
    shutil.copytree(PAGES / "storesync", template)
    shutil.copyfile(PAGES / "style.html", template / "style.html.j2")
    git(root, "init", "-q", "-b", "main")


def _surrounding_texts() -> dict[str, str]:
    brand = f"brands/{BRAND}"
    special = "".join(f"  {day}: {hours}\n" for day, hours in SPECIAL_DAYS)
    texts = {
        ".gitignore": ".storesync/\n",
        "storesync.yaml": "format: 1\nrepository: benchmark0000000000000000\n"
        "channels:\n  web: {plugin: outbox}\n",
        f"{brand}/brand.yaml": f"name: {NAME}\nwebsite: {WEBSITE}\nlocales: [{LOCALE}]\n"
        f"currency: {CURRENCY}\nproducts:\n  cold-brew: {PRODUCT}\nlegal:\n  prices: {PRICES}\n",
        f"{brand}/locations/us/_defaults.yaml": f"address: {{country: US}}\nhours:\n{special}",
        f"{brand}/campaigns/{CAMPAIGN}/campaign.yaml": f"name: {HEADLINE}\n"
        f"template: shared/drink\nflight: {{start: {START}, end: {END}}}\nchannels: [web]\n"
        f"offer: {{product: cold-brew, price: {PRICE}, regular_price: {REGULAR_PRICE},"
        f" prior_price: {REGULAR_PRICE}, prior_price_source: Tills}}\n"
        "facts: [eighteen hours in cold water, made here every evening]\n"
        f"values:\n  headline: {HEADLINE}\n  message: {MESSAGE}\n",
    }
    for state, (region, zone, _codes) in STATES.items():
        text = f"address: {{region: {region}}}\ntimezone: {zone}\n"
        texts[f"{brand}/locations/us/{state}/_defaults.yaml"] = text
    return texts


def change_one(root: Path, shop: Shop, turn: int) -> None:
    """Give one location a name it never had, and commit that."""
    text = location_text(shop).replace(shop.name, f"{shop.name} No. {turn}")
    (root / shop.path).write_text(text, encoding="utf-8")
    commit(root, f"Change {turn}")


def commit(root: Path, message: str) -> None:
    """Commit everything."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def git(root: Path, *args: str) -> None:
    """Run Git as one made-up person, without this machine's settings."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        settings |= {f"GIT_{role}_NAME": "Bench", f"GIT_{role}_EMAIL": "bench@example.com"}
        settings[f"GIT_{role}_DATE"] = "2026-05-01T12:00:00Z"
    subprocess.run(["git", *args], cwd=root, env=os.environ | settings, check=True)
