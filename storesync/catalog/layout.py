"""Which kind of file stands at which path; the path alone decides."""

from __future__ import annotations

import enum
import re
from functools import lru_cache
from typing import NamedTuple

from storesync.diagnostics import Diagnostic, printable
from storesync.model.base import LOCALE_PATTERN, RESERVED_NAMES, SLUG_PATTERN
from storesync.model.channel import KINDS
from storesync.source.tree import SETTINGS

_SLUG = re.compile(SLUG_PATTERN)
_LOCALE = re.compile(LOCALE_PATTERN)


class Kind(enum.StrEnum):
    """What a file is; also the name of its schema."""

    SETTINGS = "settings"
    BRAND = "brand"
    LOCATION = "location"
    DEFAULTS = "defaults"
    CAMPAIGN = "campaign"
    OVERRIDE = "override"
    RESULTS = "results"
    COPY = "copy"
    TEMPLATE = "template"
    PART = "part"


class Place(NamedTuple):
    """A file's kind and ids. `owner` is the brand (or `shared`), `id` the file's own id."""

    path: str
    kind: Kind
    owner: str = ""
    id: str = ""
    # Of a location or its defaults: below locations/. Of an override: its campaign. Of copy: the
    # file's name, channel and language; its id is the campaign.
    folder: str = ""

    @property
    def campaign(self) -> str:
        """The id of the campaign that the file is part of, "" where it is of none."""
        if self.kind is Kind.OVERRIDE:
            return self.folder
        return self.id if self.kind in {Kind.CAMPAIGN, Kind.RESULTS, Kind.COPY} else ""


def place_of(path: str) -> Place | None:
    """Return what stands at `path`, or None for a file StoreSync does not know."""
    if path == SETTINGS:
        return Place(path, Kind.SETTINGS)
    parts = path.split("/")
    if parts[0] == "brands" and len(parts) > 2:
        return _in_brand(path, parts)
    if parts[0] == "templates" and len(parts) == 4:
        return _in_templates(path, parts)
    return None


def standing(path: str) -> str | None:
    """Return where an archived campaign's file stood, and would again; None for any other file.

    What is in `brands/<brand>/archive/` is searched, and nothing else: it is over for good.
    """
    match path.split("/", 4):
        case ["brands", brand, "archive", campaign, rest]:
            return f"brands/{brand}/campaigns/{campaign}/{rest}"
    return None


def folders_of(brand: str, campaign: str) -> list[str]:
    """Return the folders in which a campaign's files are, or were before or after archiving."""
    return [f"brands/{brand}/{folder}/{campaign}" for folder in ("campaigns", "archive")]


def campaign_at(path: str) -> tuple[str, str] | None:
    """Return the brand and id of the campaign in whose folder a file stands, None elsewhere."""
    match path.split("/", 4):
        case ["brands", brand, "campaigns", campaign, _]:
            return brand, campaign
    return None


def _in_brand(path: str, parts: list[str]) -> Place | None:
    brand, rest = parts[1], parts[2:]
    if rest == ["brand.yaml"]:
        return Place(path, Kind.BRAND, brand, brand)
    if not path.endswith(".yaml"):
        return None
    name = rest[-1][: -len(".yaml")]
    if rest[0] == "locations" and len(rest) > 1:
        folder = "/".join(rest[1:-1])
        kind = Kind.DEFAULTS if name == "_defaults" else Kind.LOCATION
        return Place(path, kind, brand, name, folder)
    return _in_campaign(path, brand, rest[1:-1], name) if rest[0] == "campaigns" else None


def _in_campaign(path: str, brand: str, folders: list[str], name: str) -> Place | None:
    match folders:
        case [campaign] if name in {"campaign", "results"}:
            return Place(path, Kind(name), brand, campaign)
        case [campaign, "locations"]:
            return Place(path, Kind.OVERRIDE, brand, name, campaign)
        case [campaign, "copy"]:
            return Place(path, Kind.COPY, brand, campaign, name)
    return None


def _in_templates(path: str, parts: list[str]) -> Place | None:
    _, owner, template, name = parts
    if name == "template.yaml":
        return Place(path, Kind.TEMPLATE, owner, template)
    if name.endswith(".j2"):
        return Place(path, Kind.PART, owner, template, name)
    return None


def check_path(path: str, place: Place | None) -> list[Diagnostic]:
    """Return what is wrong with a path itself: names that cannot be ids, look-alike endings.

    `place` is what stands there.
    """
    if place is None:
        before = standing(path)
        archived = place_of(before) if before else None
        return check_path(path, archived) if archived else _unknown_file(path)
    if place.kind is Kind.COPY:
        named = _check_copy_name(path, place.folder)
        if named:
            return named
    folder = "" if place.kind in {Kind.PART, Kind.COPY} else place.folder
    if _is_id(place.id) and _are_ids(f"{place.owner}/{folder}"):
        return []
    names = [place.owner, place.id, *folder.split("/")]
    return [item for name in names if not _is_id(name) for item in _bad_name(path, name)]


def _check_copy_name(path: str, name: str) -> list[Diagnostic]:
    """Return what is wrong with the name of a copy file, which says what it is for."""
    channel, dot, locale = name.partition(".")
    if not dot:
        message = f'"{printable(name, limit=80)}" names no channel and language'
    elif channel not in KINDS:
        message = f'there is no channel "{printable(channel, limit=60)}"'
    elif not _LOCALE.fullmatch(locale):
        message = f'"{printable(locale, limit=60)}" is no language such as fr or fr-CA'
    else:
        return []
    hint = f"name it <channel>.<language>.yaml, the channel one of {', '.join(KINDS)}: web.fr-CA"
    return [Diagnostic("invalid-copy-name", message, path, hint=hint)]


def _is_id(name: str) -> bool:
    if len(name) <= 64 and _SLUG.match(name) and name not in RESERVED_NAMES:
        return True
    return name in {"", "_defaults", "_includes"}


@lru_cache(maxsize=1024)
def _are_ids(names: str) -> bool:
    return all(map(_is_id, names.split("/")))


def _bad_name(path: str, name: str) -> list[Diagnostic]:
    if name in RESERVED_NAMES:
        message = f'"{name}" cannot be an id: Windows reserves the name and cannot check it out'
        return [Diagnostic("reserved-name", message, path, hint="choose another file name")]
    message = f'"{printable(name, limit=80)}" cannot be an id'
    hint = "small letters, digits and single hyphens, without a space, at most 64: north-gate-2"
    return [Diagnostic("invalid-id", message, path, hint=hint)]


def _unknown_file(path: str) -> list[Diagnostic]:
    lower = path.lower()
    if lower.removesuffix(".txt").endswith((".yml", ".yaml", ".j2", ".jinja", ".jinja2")):
        message = "StoreSync does not read this file: no kind of file is expected here"
        hint = "check the folder and the ending (.yaml, .j2); docs/files.md shows the layout"
        return [Diagnostic("unknown-file", message, path, hint=hint)]
    return []
