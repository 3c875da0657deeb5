"""Two trees of a merge, made at random from one small chain: what people change in a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from casefile import base
from hypothesis import strategies as st

Files = dict[str, str]

AT = datetime(2026, 12, 5, 12, tzinfo=UTC)
ACME = "brands/acme"
PLACES = {
    "gb/north/york": "tags: [garden]",
    "gb/north/leeds": "tags: [kiosk]",
    "gb/south/hove": "attributes: {format: kiosk}",
    "gb/south/dover": "tags: [garden, kiosk]",
    "ca/sept-iles": "{address: {country: CA}, timezone: America/Toronto}",
}
SELECTS = [
    "",
    "select: [{folder: gb}]",
    "select: [{folder: gb/north}]",
    "select: [{folder: gb/south, except: [hove]}, {ids: [hove]}]",
    "select: [{ids: [york, hove]}]",
    "select: [{ids: [dover, laval], except: [dover]}]",
    "select: [{tags: [garden]}]",
    "select: [{tags: [kiosk], folder: gb/south}]",
    "select: [{attributes: {format: kiosk}}, {countries: [CA]}]",
    "select: [{folder: gb, except: [york, {tags: [kiosk]}]}]",
]
FLIGHTS = [
    "{start: 2026-12-01, end: 2026-12-24}",
    "{start: 2026-12-10, end: 2027-01-05}",
    "{start: 2026-12-04T09:00, end: 2026-12-09T18:00, zone: Europe/London}",
    "{start: 2027-02-01}",
    "{start: 2026-11-01, end: 2026-11-30}",
]
# Lines of a campaign's file, by their key.
LINES = {
    "select": SELECTS,
    "flight": [f"flight: {item}" for item in FLIGHTS],
    "priority": [f"priority: {number}" for number in range(1, 30)],
    "channels": ["channels: [web]", "channels: [web, sms]"],
    "offer": ["", "offer: {product: tea, discount_percentage: 9}", "offer: {price: 2.50}"],
    "stacks_with": ["", "stacks_with: [winter]", "stacks_with: [c3, c4]"],
    "participation": ["", "participation: opt_in", "participation: opt_out"],
    "cancelled": ["", "cancelled: Snow"],
    "locales": ["", "locales: [fr-CA]", "locales: [en-GB]"],
    "formerly": ["", "formerly: [c1]", "formerly: [c9]"],
    "values": ["values: {headline: Warm}", "values: {headline: Cold}", "values: {headline: 7}"],
    "waive": [
        "",
        "waive: [{rule: too-long, reason: Later, until: 2026-12-30, by: ann}]",
    ],
    "budget": ["", "budget: 10"],
}
OF_LOCATION = [
    "tags: [garden]", "tags: [kiosk]", "attributes: {format: kiosk}", "formerly: [leeds]",
    "formerly: [old]", "closed_until: 2026-12-08", "opens_on: 2026-12-07", "currency: CAD",
    "closes_on: 2026-12-06", "locales: [fr-CA]", "locales: [en-GB, fr-CA]", "values: {note: 5}",
    "timezone: America/Toronto", "x: y", "notes: Busy", "address: {country: CA}",
]  # fmt: skip
OVERRIDES = [
    "participation: in\nreason: Yes\n",
    "participation: out\nreason: No\n",
    "values: {discount_percentage: 11}\nreason: Rain\nuntil: 2026-12-07\n",
    "x: y\n",
]
COPIES = [
    "values: {headline: Warm copy}\n",
    'values: {headline: "{{ discount_percentage }} off in {{ city }}", note: {vary: [A, B, C]}}\n',
    "values: {note: {vary: [A, B]}}\n",
    'values: {headline: "Call {{ phone }}"}\n',
]


def chain() -> Files:
    """Return two brands, eight locations and eight campaigns, without a fault."""
    files = dict(base())
    for name, line in PLACES.items():
        text = f"name: {name.rpartition('/')[2].title()}\n"
        if line.startswith("{"):
            text += "address: {country: CA}\ntimezone: America/Toronto\n"
        else:
            text += f"{line}\n"
        files[f"{ACME}/locations/{name}.yaml"] = text
    page = "templates/shared/offer/web.html.j2"
    end = "{{ t.until }} {{ flight.end }}"
    files[page] = files[page].replace(end, f"{{% if flight.end %}}{end}{{% endif %}}")
    files["storesync.yaml"] += "channels: {web: {plugin: outbox}, sms: {plugin: outbox}}\n"
    files["storesync.yaml"] += "max_per_week: {sms: 9}\n"
    for number in range(1, 7):
        files[campaign(f"c{number}")] = _campaign(number)
    files |= {path.replace("acme", "zeta"): text for path, text in base().items() if "acme" in path}
    return files


def campaign(name: str, brand: str = ACME) -> str:
    """Return where a campaign's file lies."""
    return f"{brand}/campaigns/{name}/campaign.yaml"


def _campaign(number: int) -> str:
    lines = [SELECTS[number], f"flight: {FLIGHTS[number % 4]}", f"priority: {number + 1}"]
    lines += ["channels: [web]", "offer: {product: tea, discount_percentage: 9}"]
    lines += [LINES["values"][0]]
    return "\n".join([f"name: Campaign {number}", "template: shared/offer", *lines, ""])


@st.composite
def merges(draw: st.DrawFn, start: Files | None = None) -> tuple[Files, Files]:
    """Return the files of a base and of a head, both made from `start`."""
    files = dict(start or chain())
    for _ in range(draw(st.integers(0, 2))):
        draw(st.sampled_from(EDITS))(draw, files)
    before = dict(files)
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(EDITS))(draw, files)
    return before, files


def _pick(draw: st.DrawFn, files: Files, part: str, end: str = ".yaml") -> str:
    found = [path for path in files if part in path and path.endswith(end)]
    return draw(st.sampled_from(sorted(found)))


def _edit_campaign(draw: st.DrawFn, files: Files) -> None:
    path = _pick(draw, files, "/campaigns/", "/campaign.yaml")
    key = draw(st.sampled_from(sorted(LINES)))
    rest = [line for line in files[path].splitlines() if not line.startswith(f"{key}:")]
    files[path] = "\n".join([*rest, draw(st.sampled_from(LINES[key])), ""])


def _add_campaign(draw: st.DrawFn, files: Files) -> None:
    name = draw(st.sampled_from(["c1", "c3", "c8", "c9"]))
    files[campaign(name)] = files[_pick(draw, files, "/campaigns/", "/campaign.yaml")]


def _remove_campaign(draw: st.DrawFn, files: Files) -> None:
    folder = _pick(draw, files, "/campaigns/", "/campaign.yaml").rpartition("/")[0] + "/"
    if folder.startswith(f"{ACME}/campaigns/c"):
        for path in [path for path in files if path.startswith(folder)]:
            del files[path]


def _rename_campaign(draw: st.DrawFn, files: Files) -> None:
    old = _pick(draw, files, f"{ACME}/campaigns/", "/campaign.yaml")
    text = files.pop(old)
    if draw(st.booleans()):
        text += f"formerly: [{old.split('/')[3]}]\n"
    files[campaign("c7")] = text


def _override(draw: st.DrawFn, files: Files) -> None:
    folder = _pick(draw, files, "/campaigns/", "/campaign.yaml").rpartition("/")[0]
    place = draw(st.sampled_from(["york", "hove", "laval", "bath", "nowhere"]))
    files[f"{folder}/locations/{place}.yaml"] = draw(st.sampled_from(OVERRIDES))


def _copy(draw: st.DrawFn, files: Files) -> None:
    folder = _pick(draw, files, "/campaigns/", "/campaign.yaml").rpartition("/")[0]
    name = draw(st.sampled_from(["web.en", "web.en-GB", "web.fr-CA", "sms.en", "web.fr"]))
    files[f"{folder}/copy/{name}.yaml"] = draw(st.sampled_from(COPIES))


def _edit_location(draw: st.DrawFn, files: Files) -> None:
    path = _pick(draw, files, "/locations/")
    lines = files[path].splitlines()
    if draw(st.booleans()):
        del lines[draw(st.integers(0, len(lines) - 1)) if lines else 0 :]
    line = draw(st.sampled_from(OF_LOCATION))
    lines = [item for item in lines if not item.startswith(line.partition(":")[0])]
    files[path] = "\n".join([*(lines or ["name: New"]), line, ""])


def _rename_location(draw: st.DrawFn, files: Files) -> None:
    old = _pick(draw, files, f"{ACME}/locations/gb/")
    text = files.pop(old)
    if draw(st.booleans()):
        name = old.rpartition("/")[2].removesuffix(".yaml")
        files[f"{ACME}/locations/gb/moved.yaml"] = f"{text}formerly: [{name}]\n"


def _edit_surroundings(draw: st.DrawFn, files: Files) -> None:
    there = [
        "storesync.yaml",
        "brands/zeta/brand.yaml",
        f"{ACME}/brand.yaml",
        f"{ACME}/locations/gb/_defaults.yaml",
        "templates/shared/offer/web.html.j2",
    ]
    path = draw(st.sampled_from([item for item in there if item in files]))  # unless renamed
    files[path] += "<b>New</b>\n" if path.endswith(".j2") else "notes: New\n"


EDITS: list[Callable[[st.DrawFn, Files], None]] = [
    *[_edit_campaign] * 5,
    *[_edit_location] * 2,
    _add_campaign,
    _remove_campaign,
    _rename_campaign,
    _override,
    _copy,
    _rename_location,
    _edit_surroundings,
]
