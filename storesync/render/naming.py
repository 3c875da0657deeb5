"""Which template file is meant: names of files, variants by language, and where an include lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from storesync.model.channel import KINDS, Part

INCLUDES = "_includes"
SHARED = "shared"
# A name as a template may include it: a bare file name, of one form, without a language.
INCLUDE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}\.(html|txt)\.j2\Z")
_FILE = re.compile(
    r"templates/(?P<group>[A-Za-z0-9][A-Za-z0-9_-]*)/(?P<folder>[A-Za-z0-9_][A-Za-z0-9_-]*)/"
    r"(?P<stem>[A-Za-z0-9_][A-Za-z0-9_-]*)\.(?P<form>html|txt|subject)"
    r"(?:\.(?P<locale>[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?))?\.j2\Z"
)


class FileName(NamedTuple):
    """The parts of a template file's path; `locale` is empty in the file for all languages."""

    folder: str
    stem: str
    form: str
    locale: str

    @property
    def base(self) -> str:
        """The path without its language."""
        return f"{self.folder}/{self.stem}.{self.form}.j2"


def parse_path(path: str) -> FileName | None:
    """Take a template file's path apart; None where it is not named as one is."""
    match = _FILE.match(path)
    if not match:
        return None
    folder = f"templates/{match['group']}/{match['folder']}"
    return FileName(folder, match["stem"], match["form"], match["locale"] or "")


def folders_of(template: str) -> set[str]:
    """Return the folders of all files that a template can be made of: see `Library.find`."""
    groups = {template.partition("/")[0], SHARED}
    return {f"templates/{template}", *(f"templates/{group}/{INCLUDES}" for group in groups)}


def is_markup(path: str) -> bool:
    """Say whether a file is HTML, so that values in it are escaped."""
    name = parse_path(path)
    return name is not None and name.form == "html"


def nearest(locale: str) -> Iterator[str]:
    """Yield a language tag and the wider ones it stands in: zh-Hant-TW, zh-Hant, zh."""
    parts = locale.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


class Library:
    """The template files of one revision, by path.

    An included name is looked for beside the file that includes it, then in
    `templates/<its group>/_includes/`, then in `templates/shared/_includes/`; in each place the
    variant nearest to the language wins (fr-CA, then fr, then the one without a language).
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources
        names = map(parse_path, sources)
        self._locales = frozenset(name.locale for name in names if name and name.locale)

    def parts(self, template: str, channel: str, locale: str) -> list[tuple[Part, str]]:
        """Return the parts of a channel that a template has, with the file of each.

        `template` is a reference such as `shared/seasonal-offer`.
        """
        kind = KINDS.get(channel)
        found = []
        for part in kind.parts if kind else ():
            path = self.variant(f"templates/{template}/{channel}.{part.name}.j2", locale)
            if path:
                found.append((part, path))
        return found

    def variant(self, base: str, locale: str) -> str | None:
        """Return the file nearest to a language of the one at `base`, or None."""
        for tag in nearest(locale):
            path = f"{base[:-2]}{tag}.j2"
            if tag in self._locales and path in self.sources:
                return path
        return base if base in self.sources else None

    def find(self, name: str, beside: str, locale: str) -> str | None:
        """Return the file that `name` means in the file at the path `beside`, or None."""
        at = parse_path(beside)
        if at is None or not INCLUDE_NAME.match(name):
            return None
        group = at.folder.split("/")[1]
        folders = (at.folder, f"templates/{group}/{INCLUDES}", f"templates/{SHARED}/{INCLUDES}")
        for folder in folders:
            path = self.variant(f"{folder}/{name}", locale)
            if path:
                return path
        return None

    def language_key(self, locale: str) -> str:
        """Return the part of a language tag that any file here differs by; mostly empty."""
        return next((tag for tag in nearest(locale) if tag in self._locales), "")
