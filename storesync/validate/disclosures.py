"""Required disclosures: legal texts that have to be seen, word for word, in what goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Catalog, Location, folders_above
from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.channel import KINDS, Part
from storesync.model.disclosure import Disclosure, WideDisclosure
from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.render.visible import parts_read, shows, surroundings
from storesync.resolve.localise import nearest
from storesync.source.tree import SETTINGS
from storesync.validate.inspections import Inspection

_VERSION = "2"  # of how artifacts are looked at: another one has all of them looked at again


class _Asked(NamedTuple):
    """A disclosure, and the file that asks for it."""

    disclosure: Disclosure
    path: str


def check_disclosures(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield names in disclosures that point to nothing."""
    if catalog.settings is not None:
        yield from _names(catalog, SETTINGS, catalog.settings.disclosures)
    for brand in catalog.brands.values():
        if brand.file is not None:
            yield from _names(catalog, brand.path, brand.file.disclosures, brand)
    for template in catalog.templates.values():
        yield from _names(catalog, template.path, template.file.disclosures)


def _names(
    catalog: Catalog, path: str, asked: Sequence[Disclosure], brand: Brand | None = None
) -> Iterator[Diagnostic]:
    for index, item in enumerate(asked):
        at = ("disclosures", index)
        legal = brand.file.legal if brand and brand.file else None
        if legal is not None and item.legal not in legal:
            message = f'there is no legal text "{item.legal}"'
            hint = did_you_mean(item.legal, legal) or "add it under legal:"
            yield Diagnostic("missing-legal", message, path, (*at, "legal"), hint=hint)
        for place, channel in enumerate(item.channels):
            if channel not in KINDS:
                message = f'there is no channel "{channel}"'
                hint = did_you_mean(channel, KINDS) or f"there are {', '.join(KINDS)}"
                where = (*at, "channels", place)
                yield Diagnostic("unknown-channel", message, path, where, hint=hint)
        for place, ref in enumerate(getattr(item, "templates", ())):
            if ref not in catalog.templates and ref not in catalog.broken_templates:
                message = f'there is no template "{printable(ref)}"'
                hint = did_you_mean(ref, catalog.templates)
                where = (*at, "templates", place)
                yield Diagnostic("unknown-template", message, path, where, hint=hint)


def inspection_of(catalog: Catalog) -> Inspection:
    """Return what looks for the disclosures in every artifact that has to show one.

    Not a sample: a template may show a legal text at some locations only.
    """
    looker = _Looker(catalog)
    return Inspection(looker.look, looker.seal)


@dataclass(slots=True)
class _Looker:
    catalog: Catalog
    _asked: dict[tuple[int, str], tuple[list[_Asked], Any]]
    _seen: dict[tuple[int, str, str], set[str]]

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._asked = {}
        self._seen = {}

    def seal(self, piece: Piece) -> str:
        """Return the disclosures that may be asked of a piece, as text."""
        asked = self._of(piece)
        if not asked:
            return ""
        brand = self.catalog.brands[piece.key.brand].file
        legal = brand.legal if brand else {}
        return "\n".join(
            [_VERSION, *(f"{item!r} {legal.get(item.disclosure.legal)!r}" for item in asked)]
        )

    def look(self, piece: Piece, artifact: Artifact) -> list[Violation]:
        """Return the disclosures that an artifact does not show."""
        country = piece.own["location"]["address"]["country"]
        return [
            violation
            for item in self._of(piece)
            if not item.disclosure.countries or country in item.disclosure.countries
            for violation in self._missing(item, piece, artifact)
        ]

    def _of(self, piece: Piece) -> list[_Asked]:
        key = (id(piece.shared), piece.key.channel)
        if key not in self._asked:
            found = [item for item in self._all(piece) if _is_asked(item.disclosure, piece)]
            self._asked[key] = (found, piece.shared)  # what is kept keeps its id its own
        return self._asked[key][0]

    def _all(self, piece: Piece) -> Iterator[_Asked]:
        settings, brand = self.catalog.settings, self.catalog.brands[piece.key.brand]
        template = self.catalog.templates[piece.template]
        sources: list[tuple[str, Sequence[Disclosure]]] = [
            (SETTINGS, settings.disclosures if settings else ()),
            (brand.path, brand.file.disclosures if brand.file else ()),
            (template.path, template.file.disclosures),
        ]
        for path, disclosures in sources:
            yield from (_Asked(item, path) for item in disclosures)

    def _missing(self, item: _Asked, piece: Piece, artifact: Artifact) -> Iterator[Violation]:
        name = item.disclosure.legal
        path = self.catalog.templates[piece.template].path
        for context in piece.own.get("locales") or ({**piece.shared, **piece.own},):
            locale = context["locale"]
            text = context["legal"].get(name)
            brand = self.catalog.brands[piece.key.brand]
            location = brand.locations[piece.key.location]
            if text is None or not _speaks(brand, location, name, locale):
                message = f'there is no legal text "{name}" in {locale}, which has to be shown'
                hint = (
                    f"add {locale}: … to {name}: under legal: in {_holder(brand, location, name)}"
                )
                yield Violation("missing-disclosure", message, hint=hint, path=path)
                continue
            kind = KINDS[piece.key.channel]
            for part, rendered in parts_read(dict(artifact.parts), kind.parts):
                if not self._shows(piece, part, rendered, text):
                    message = f'{part.name} does not show the legal text "{name}" word for word'
                    hint = (
                        f"print {{{{ legal.{name} }}}} in {kind.name}.{part.name}.j2:"
                        f" {item.path} asks for it"
                    )
                    yield Violation("missing-disclosure", message, hint=hint, path=path)

    def _shows(self, piece: Piece, part: Part, rendered: str, text: str) -> bool:
        """Say whether a part shows a text; what was read before is known by its surroundings."""
        known = self._seen.setdefault((id(piece.shared), piece.key.channel, part.name), set())
        around = surroundings(part, rendered, text)
        if around and around in known:
            return True
        if not shows(part, rendered, text):
            return False
        if around:
            known.add(around)
        return True


def _is_asked(disclosure: Disclosure, piece: Piece) -> bool:
    """Say whether a disclosure is asked of a piece, wherever its location lies."""
    templates = disclosure.templates if isinstance(disclosure, WideDisclosure) else ()
    if templates and piece.template not in templates:
        return False
    if disclosure.channels and piece.key.channel not in disclosure.channels:
        return False
    tags: Mapping[str, Any] = piece.shared["campaign"]
    return set(disclosure.tags) <= set(tags["tags"])


def _holder(brand: Brand, location: Location, name: str) -> str:
    """Return the file that sets a legal text for a location: a folder's, else the brand's."""
    above = (brand.defaults.get(folder) for folder in reversed(folders_above(location.folder)))
    found = (item.path for item in above if item and name in item.data.get("legal", {}))
    return next(found, brand.path)


def _speaks(brand: Brand, location: Location, name: str, locale: str) -> bool:
    """Say whether a legal text, the location's own or the brand's, is there in a language."""
    texts = brand.file.legal if brand.file else {}
    legal = {**texts, **location.data.get("legal", {})}.get(name)
    return not isinstance(legal, Mapping) or nearest(legal, locale) is not None
