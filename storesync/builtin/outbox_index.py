"""Which index pages of an outbox change, from what its folders hold: only touched campaigns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from storesync.builtin import outbox_pages as pages
from storesync.builtin import outbox_record as records
from storesync.builtin.outbox_pages import Entry, Summary
from storesync.builtin.outbox_record import SIDECAR, Record
from storesync.builtin.outbox_step import inspect
from storesync.source.tree import content_id

# The outbox's own: what the pages were made from, so that one changed delivery costs one read.
OWN = ".outbox"
LISTS = f"{OWN}/lists"
SUMMARY = f"{OWN}/summary"
TOP = "index.html"
# Another number has every page written again: raise it when the pages look different.
DESIGN = 1

Edits = list[tuple[str, bytes | None]]


class View(Protocol):
    """An outbox as it is read. Paths are relative to it, with `/`."""

    def names(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files directly in a folder, sorted."""

    def read_many(self, paths: Iterable[str]) -> list[bytes | None]:
        """Return each file's bytes, None where there is no such file."""


def edits(view: View, touched: Iterable[str], known: Mapping[str, Record | None]) -> Edits:
    """Return (path, bytes or None to delete it) of the index files that have to change.

    `touched` are the delivery folders changed since the last time; `known` is what those of them
    hold that need not be read. Where the top page or the summary is missing, all is made anew.
    Raises UserError where a newer StoreSync wrote the outbox.
    """
    summaries = _load_summaries(view)
    rebuild = summaries is None or None in view.read_many([TOP])
    summaries = summaries or {}
    campaigns: dict[tuple[str, str], set[str]] = {}
    if rebuild:
        campaigns = {key: set() for key in [*_campaigns(view), *summaries]}
    for folder in touched:
        brand, campaign, *_ = folder.split("/")
        campaigns.setdefault((brand, campaign), set()).add(folder)
    files: dict[str, bytes | None] = {}
    for key, folders in sorted(campaigns.items()):
        # Of a campaign not listed before, everything was touched since the last time.
        empty: dict[str, Entry] | None = {} if key not in summaries else None
        listed = None if rebuild else _load_list(view, key) or empty
        entries = _entries(view, key, listed, folders, known)
        files |= _campaign_files(view, key, entries, summaries)
    if campaigns or rebuild:
        files |= _shared_files({brand for brand, _ in campaigns}, summaries)
    return _changes(view, files)


def _changes(view: View, files: Mapping[str, bytes | None]) -> Edits:
    """Return what of `files` is not so already; a page that someone else wrote stays."""
    found: Edits = []
    for (path, data), old in zip(files.items(), view.read_many(files), strict=True):
        is_ours = path.startswith(OWN) or (old is not None and pages.is_ours(old))
        if data != old and (data is not None or is_ours):
            found.append((path, data))
    return found


def _campaign_files(
    view: View,
    key: tuple[str, str],
    entries: Mapping[str, Entry],
    summaries: dict[tuple[str, str], Summary],
) -> dict[str, bytes | None]:
    """Return a campaign's list and pages, and bring its summary up to date."""
    brand, campaign = key
    path = f"{brand}/{campaign}"
    old = [name for name in view.names(path)[1] if name.endswith(".html")]
    files: dict[str, bytes | None] = {f"{path}/{name}": None for name in old}
    files[_list_path(key)] = None
    summaries.pop(key, None)
    if entries:
        summaries[key] = _summary(key, entries.values())
        files[_list_path(key)] = _dump({"entries": [entry for _, entry in sorted(entries.items())]})
        made = pages.campaign_pages(summaries[key], entries.values())
        files |= {f"{path}/{name}": data for name, data in made.items()}
    return files


def _shared_files(
    brands: Iterable[str], summaries: Mapping[tuple[str, str], Summary]
) -> dict[str, bytes | None]:
    """Return the pages above campaigns, and last the summary that says all is done."""
    files: dict[str, bytes | None] = {}
    for brand in sorted(brands):
        own = [item for item in summaries.values() if item.brand == brand]
        files[f"{brand}/{TOP}"] = pages.brand_page(own) if own else None
    ordered = [summary for _, summary in sorted(summaries.items())]
    files[TOP] = pages.top_page(ordered)
    files[SUMMARY] = _dump({"design": DESIGN, "campaigns": ordered})
    return files


def _entries(
    view: View,
    key: tuple[str, str],
    listed: dict[str, Entry] | None,
    folders: Iterable[str],
    known: Mapping[str, Record | None],
) -> dict[str, Entry]:
    """Return what a campaign has out there, by place: as listed, with `folders` read anew."""
    found = dict(listed or {})
    wanted = [*folders] if listed is not None else sorted({*folders, *_folders(view, key)})
    unread = [folder for folder in wanted if folder not in known]
    sidecars = view.read_many(f"{folder}/{SIDECAR}" for folder in unread)
    read = {folder: _record(data) for folder, data in zip(unread, sidecars, strict=True)}
    for folder in wanted:
        record = known[folder] if folder in known else read[folder]
        place = folder.split("/", 2)[2]
        found.pop(place, None)
        if record and record.state == records.LIVE and is_at(record, folder):
            found[place] = pages.entry_of(record)
    return found


def is_at(record: Record, folder: str) -> bool:
    """Say whether a record belongs where it lies: a folder copied by hand is no delivery."""
    return records.folder_of(record.placement) == folder


def _record(sidecar: bytes | None) -> Record | None:
    return inspect({SIDECAR: sidecar}).record


def _campaigns(view: View) -> list[tuple[str, str]]:
    """Return every brand and campaign that has a folder."""
    brands = [name for name in view.names("")[0] if name != OWN]
    return [(brand, campaign) for brand in brands for campaign in view.names(brand)[0]]


def _folders(view: View, key: tuple[str, str]) -> list[str]:
    """Return the folders of a campaign that have the shape of a delivery's."""
    level = ["/".join(key)]
    for _ in range(3):
        level = [f"{folder}/{name}" for folder in level for name in view.names(folder)[0]]
    return [folder for folder in level if records.is_folder(folder)]


def _summary(key: tuple[str, str], entries: Iterable[Entry]) -> Summary:
    found = list(entries)
    channels = Counter(entry.place.split("/")[1] for entry in found)
    ends = [entry.ends for entry in found]
    return Summary(
        *key,
        _most_common(entry.brand for entry in found),
        _most_common(entry.campaign for entry in found),
        len(found),
        len({entry.place.split("/")[0] for entry in found}),
        dict(sorted(channels.items())),
        min(entry.starts for entry in found),
        max(ends) if all(ends) else "",
    )


def _most_common(names: Iterable[str]) -> str:
    """Return the name that most have; a brand may have been renamed while some were out."""
    counts = Counter(names)
    most = max(counts.values())
    return min(name for name, count in counts.items() if count == most)


def _load_summaries(view: View) -> dict[tuple[str, str], Summary] | None:
    """Read the summary; None where it is missing, damaged, or of pages that looked different."""
    fields = _load(view, SUMMARY)
    if fields is None or fields["design"] != DESIGN:
        return None
    found = [Summary(*values) for values in fields["campaigns"]]
    return {(item.brand, item.campaign): item for item in found}


def _load_list(view: View, key: tuple[str, str]) -> dict[str, Entry] | None:
    """Read a campaign's list; None where it is missing or damaged."""
    fields = _load(view, _list_path(key))
    return None if fields is None else {item[0]: Entry(*item) for item in fields["entries"]}


def _list_path(key: tuple[str, str]) -> str:
    return f"{LISTS}/{key[0]}/{key[1]}"


def _dump(fields: Mapping[str, Any]) -> bytes:
    """Return the bytes of a file of our own: a line that vouches for the rest, then JSON."""
    whole = {"format": records.FORMAT, **fields}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    body = f"{text}\n".encode()
    return f"{content_id(body)}\n".encode() + body


def _load(view: View, path: str) -> dict[str, Any] | None:
    """Read what `_dump` wrote; None where it is missing or was cut or changed."""
    [data] = view.read_many([path])
    head, _, body = (data or b"").partition(b"\n")
    if head.decode(errors="replace") != content_id(body):
        return None
    fields: dict[str, Any] = json.loads(body)
    records.check_format(fields["format"])
    return fields
