"""The outbox's index pages: strings from entries, the same ones from the same entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from storesync.builtin.outbox_frame import Crumb, counted, frame, shown, span
from storesync.builtin.outbox_record import Record
from storesync.model.channel import KINDS
from storesync.source.tree import content_id

INDEX = "index.html"
# What a phone still scrolls with ease; a campaign with more is divided by area.
LOCATIONS_ON_A_PAGE = 400
CAMPAIGNS_ON_TOP = 12

_AREA = re.compile(r"(?=.{1,100}\Z)[a-z0-9-]+(?:/[a-z0-9-]+)*\Z")
# The file that stands for its channel, and what the others beside it are called.
_LABELS = {
    "page.html": "",
    "message.html": "",
    "sms.txt": "",
    "post.txt": "",
    "subject.txt": "subject",
    "message.txt": "plain text",
}
_ORDER = {name: number for number, name in enumerate(_LABELS)}


class Entry(NamedTuple):
    """One delivery that is out: `place` is location/channel/locale, the rest is for people."""

    place: str
    brand: str
    campaign: str
    title: str
    area: str
    starts: str
    ends: str
    files: Sequence[str]


class Summary(NamedTuple):
    """One campaign of which something is out. `starts` and `ends` as in `Record`."""

    brand: str
    campaign: str
    brand_title: str
    title: str
    deliveries: int
    locations: int
    channels: Mapping[str, int]
    starts: str
    ends: str


def entry_of(record: Record) -> Entry:
    """Return what the pages tell of a delivery; an id stands in for a title that is missing."""
    at, titles = record.placement, record.titles
    files = sorted(record.parts, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
    return Entry(
        f"{at.location}/{at.channel}/{at.locale}",
        titles.get("brand", "") or at.brand,
        titles.get("campaign", "") or at.campaign,
        titles.get("location", "") or at.location,
        titles.get("folder", ""),
        record.starts,
        record.ends,
        files,
    )


def top_page(summaries: Sequence[Summary]) -> bytes:
    """Return the first page: brands, each with its campaigns, counted."""
    found = list(summaries)
    if not found:
        lead = "Nothing is out at the moment."
        return frame("Outbox", [], lead, "<p class=empty>What is published next shows up here.</p>")
    parts = []
    brands = 0
    for brand, group in groupby(found, key=lambda item: item.brand):
        own = list(group)
        brands += 1
        more = len(own) - CAMPAIGNS_ON_TOP
        rest = f'<p class=more><a href="{brand}/{INDEX}">{counted(more, "more campaign")}</a></p>'
        parts.append(
            f'<section><h2><a href="{brand}/{INDEX}">{shown(_brand_title(own))}</a></h2>'
            f"{_campaigns(own[:CAMPAIGNS_ON_TOP], f'{brand}/')}{rest if more > 0 else ''}</section>"
        )
    words = (counted(brands, "brand"), counted(len(found), "campaign"))
    lead = f"{_total(found)} out, of {words[1]} of {words[0]}."
    return frame("Outbox", [], lead, "".join(parts))


def brand_page(summaries: Sequence[Summary]) -> bytes:
    """Return a brand's page: all of its campaigns. `summaries` are those of one brand."""
    own = sorted(summaries)
    lead = f"{_total(own)} out, of {counted(len(own), 'campaign')}."
    body = f"<section>{_campaigns(own, '')}</section>"
    return frame(_brand_title(own), [Crumb("Outbox", f"../{INDEX}")], lead, body)


def campaign_pages(summary: Summary, entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return file name -> page: one for a small campaign, else an overview and one an area."""
    areas = _areas(entries)
    crumbs = [Crumb("Outbox", f"../../{INDEX}"), Crumb(summary.brand_title, f"../{INDEX}")]
    lead = (
        f"{counted(summary.deliveries, 'delivery')} at {counted(summary.locations, 'location')}, "
        f"{span(summary.starts, summary.ends)}."
    )
    chips = f"<p class=chips>{_chips(summary.channels)}</p>"
    if summary.locations <= LOCATIONS_ON_A_PAGE:
        sections = [_section(area, rows) for area, rows in areas.items()]
        return {INDEX: frame(summary.title, crumbs, lead, chips + "".join(sections))}
    pages: dict[str, bytes] = {}
    inside = [*crumbs, Crumb(summary.title, INDEX)]
    for area, rows in areas.items():
        pages |= _area_pages(area, rows, inside)
    pages[INDEX] = frame(summary.title, crumbs, lead, chips + _overview(areas))
    return pages


def is_ours(page: bytes) -> bool:
    """Say whether a page was written by the outbox."""
    return b'<meta name=generator content="StoreSync outbox">' in page[:300]


Rows = list[tuple[str, list[Entry]]]


def _areas(entries: Iterable[Entry]) -> dict[str, Rows]:
    """Return area -> (location's id, its entries), in the order of titles."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        location = entry.place.partition("/")[0]
        found.setdefault(entry.area, {}).setdefault(location, []).append(entry)
    return {
        area: sorted(rows.items(), key=lambda row: (row[1][0].title.casefold(), row[0]))
        for area, rows in sorted(found.items())
    }


def _area_pages(area: str, rows: Rows, crumbs: Sequence[Crumb]) -> dict[str, bytes]:
    """Return an area's locations on as many pages as they need."""
    starts = range(0, len(rows), LOCATIONS_ON_A_PAGE)
    names = [_page_name(area, number) for number in range(1, len(starts) + 1)]
    pages = {}
    for start, name in zip(starts, names, strict=True):
        cut = rows[start : start + LOCATIONS_ON_A_PAGE]
        body = f"<section>{_locations(cut)}</section>{_pager(names, name)}"
        lead = counted(len(rows), "location")
        if len(names) > 1:
            lead = f"{start + 1:,}–{start + len(cut):,} of {lead}: {_ends(cut)}"
        pages[name] = frame(_area_title(area), crumbs, f"{lead}.", body)
    return pages


def _page_name(area: str, number: int) -> str:
    """Return a file name that no location's folder can have, the same for the same area.

    Names of folders hold no dot and no underscore; any other text is told apart by its hash.
    """
    words = area.replace("/", ".") if _AREA.match(area) else f"_{content_id(area.encode())}"
    count = f"_{number}" if number > 1 else ""
    return f"in.{words}{count}.html" if area else f"in{count}.html"


def _ends(rows: Rows) -> str:
    return f"{shown(rows[0][1][0].title)} to {shown(rows[-1][1][0].title)}"


def _pager(names: Sequence[str], current: str) -> str:
    if len(names) < 2:
        return ""
    links = (
        f"<b>{number}</b>" if name == current else f'<a href="{name}">{number}</a>'
        for number, name in enumerate(names, 1)
    )
    return f"<nav class=pager aria-label=Pages>{' '.join(links)}</nav>"


def _overview(areas: Mapping[str, Rows]) -> str:
    """Return links to the areas, those of one country (the first folder) together."""
    parts = []
    for first, group in groupby(areas, key=lambda area: area.partition("/")[0]):
        own = list(group)
        total = sum(len(areas[area]) for area in own)
        names = [(area, _area_title(area.partition("/")[2] or area)) for area in own]
        links = "".join(
            f'<li><a href="{_page_name(area, 1)}">{shown(name)}</a>'
            f" <span>{len(areas[area]):,}</span></li>"
            for area, name in names
        )
        head = f"<h2>{shown(_area_title(first))} <small>{total:,}</small></h2>"
        parts.append(f"<section>{head}<ul class=areas>{links}</ul></section>")
    return "".join(parts)


def _section(area: str, rows: Rows) -> str:
    head = f"<h2>{shown(_area_title(area))} <small>{len(rows):,}</small></h2>"
    return f"<section>{head}{_locations(rows)}</section>"


def _locations(rows: Rows) -> str:
    return f"<ul class=rows>{''.join(_location(name, entries) for name, entries in rows)}</ul>"


def _location(name: str, entries: Sequence[Entry]) -> str:
    spoken: dict[str, list[Entry]] = {}
    for entry in entries:
        spoken.setdefault(entry.place.rpartition("/")[2], []).append(entry)
    lines = (
        f"{f'<small>{locale}</small> ' if len(spoken) > 1 else ''}"
        f"{''.join(map(_links, sorted(own, key=_channel_order)))}"
        for locale, own in sorted(spoken.items())
    )
    links = "<br>".join(lines)
    spans = sorted({(entry.starts, entry.ends) for entry in entries})
    when = "<br>".join(span(*item) for item in spans)
    title = shown(entries[0].title)
    return (
        f"<li><div><b>{title}</b> <code>{name}</code></div>"
        f"<div class=what>{links}</div><div class=when>{when}</div></li>"
    )


def _links(entry: Entry) -> str:
    channel = entry.place.split("/")[1]
    main = _title(channel)
    links = (
        f'<a href="{entry.place}/{name}">{_LABELS.get(name, name) or main}</a>'
        for name in entry.files
    )
    return f"<span>{''.join(links)}</span>"


def _channel_order(entry: Entry) -> tuple[int, str]:
    return _rank(entry.place.split("/")[1])


def _rank(channel: str) -> tuple[int, str]:
    known = list(KINDS)
    return known.index(channel) if channel in KINDS else len(known), channel


def _title(channel: str) -> str:
    return KINDS[channel].title if channel in KINDS else channel


def _campaigns(summaries: Sequence[Summary], prefix: str) -> str:
    rows = "".join(
        f'<li><div><a href="{prefix}{item.campaign}/{INDEX}"><b>{shown(item.title)}</b></a> '
        f"<code>{item.campaign}</code></div>"
        f"<div class=chips>{_chips(item.channels)}</div>"
        f"<div class=when>{counted(item.locations, 'location')}<br>"
        f"{span(item.starts, item.ends)}</div></li>"
        for item in summaries
    )
    return f"<ul class=rows>{rows}</ul>"


def _chips(channels: Mapping[str, int]) -> str:
    return " ".join(
        f"<span>{_title(name)} <b>{count:,}</b></span>"
        for name, count in sorted(channels.items(), key=lambda item: _rank(item[0]))
    )


def _total(summaries: Iterable[Summary]) -> str:
    return counted(sum(item.deliveries for item in summaries), "delivery")


def _brand_title(summaries: Sequence[Summary]) -> str:
    """Return the name that most of a brand's deliveries have."""
    counts: dict[str, int] = {}
    for item in summaries:
        counts[item.brand_title] = counts.get(item.brand_title, 0) + item.deliveries
    return min(counts, key=lambda name: (-counts[name], name))


def _area_title(area: str) -> str:
    """Return a folder as a heading: us/new-york is "US / New York"."""
    words = [
        name.upper() if len(name) == 2 else name.replace("-", " ").title()
        for name in area.split("/")
    ]
    return " / ".join(words) or "All locations"
