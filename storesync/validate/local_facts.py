"""What artifacts state at some locations only: in branches of templates, by attributes.

Where a template has words that hang on the location and state something, every artifact of it is
read, not one for all. A location's attribute that is shown is read at that location.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from storesync.copywriting.facts.edition import edition
from storesync.diagnostics import Severity, printable
from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.resolve.localise import translated
from storesync.validate.facts import is_strict
from storesync.validate.inspections import Inspection
from storesync.validate.literal_facts import Literals
from storesync.validate.memory import Memory
from storesync.validate.of_itself import is_of_itself
from storesync.validate.shown_facts import LOOKED_FOR, Owner, ShownFacts, unfounded_in
from storesync.validate.template_said import TemplateSaid

if TYPE_CHECKING:
    from storesync.copywriting.facts.item import Item

_VERSION = "local 9"  # of what is remembered, beside the edition of the fact check


def inspections_of_facts(
    shown: ShownFacts, sources: Mapping[str, str], memory: Memory, seed: str
) -> list[Inspection]:
    """Return what reads one artifact for all, a template's words, and each where it says more.

    `sources` are the texts of all templates, `seed` their hash.
    """
    templates = TemplateSaid(sources, memory, seed)
    looker = _Looker(shown, templates)
    literals = Literals(shown, templates)
    return [
        Inspection(looker.look_at_sample, looker.seal_of_sample, sampled=True),
        Inspection(literals.look, literals.seal, sampled=True),
        Inspection(looker.look, looker.seal),
    ]


class _Looker:
    def __init__(self, shown: ShownFacts, templates: TemplateSaid) -> None:
        self._shown = shown
        self._templates = templates

    def seal(self, piece: Piece) -> str:
        """Return a hash of all that may found something; empty where all are told alike."""
        return (
            f"{_VERSION} {edition()} {self._shown.seal(piece)}" if any(self._differs(piece)) else ""
        )

    def seal_of_sample(self, piece: Piece) -> str:
        """Return the same of one artifact that speaks for all; empty where none can."""
        return "" if self._differs(piece)[0] else self._shown.seal(piece)

    def look_at_sample(self, piece: Piece, artifact: Artifact) -> list[Violation]:
        """Return what an artifact states that all of its campaign do."""
        return self._shown.look(piece, artifact, self._told(piece))

    def look(self, piece: Piece, artifact: Artifact) -> list[Violation]:
        """Return what an artifact states that others of its campaign may not."""
        by_words, by_attributes = self._differs(piece)
        found = self._shown.look_at(piece, artifact, self._told(piece)) if by_words else []
        return [*found, *(self._attributes(piece, artifact) if by_attributes else ())]

    def _told(self, piece: Piece) -> frozenset[str]:
        """Return the attributes that are told of where they stand: those that are printed."""
        values = _attributes_of(piece).values() if self._differs(piece)[1] else ()
        return frozenset(map(str, values))

    def _differs(self, piece: Piece) -> tuple[bool, bool]:
        """Say whether words of a template, and attributes, may state something at some alone."""
        owner = self._shown.owner(piece)
        if owner is None:
            return False, False
        place = (piece.template, piece.key.channel, *piece.locales)
        words, attributes = self._templates.remembered(
            f"{_VERSION} {edition()}",
            place,
            lambda: _beside(owner),
            lambda: self._read(owner, piece),
        )
        return words, attributes

    def _read(self, owner: Owner, piece: Piece) -> tuple[bool, bool]:
        locales = piece.locales
        words = attributes = False
        for said in self._templates.said(piece.template, piece.key.channel, piece.key.locale):
            beside = "\n".join(_printed(owner, said.names, locales))
            more = _stated(f"{said.whole}\n{beside}", locales) - _stated(said.common, locales)
            words = words or any(kind in LOOKED_FOR for kind, _, _ in more)
            attributes = attributes or said.attributes
        return words, attributes

    def _attributes(self, piece: Piece, artifact: Artifact) -> Iterator[Violation]:
        owner, locales = self._shown.owner(piece), piece.locales
        for name, value in _attributes_of(piece).items():
            text = str(value)
            if owner is None or not any(_items(text, locales)) or not _shows(artifact, text):
                continue
            for item in unfounded_in(text, self._shown.facts(owner, piece, piece.own)):
                row: list[Any] = [item.kind.value, item.text, item.start, item.end, item.role]
                if not any(is_of_itself(row, text, one, is_fact=False) for one in locales):
                    yield _violation(owner, piece, name, item.message)


def _attributes_of(piece: Piece) -> Mapping[str, Any]:
    location = piece.own.get("location") or {}
    found: Mapping[str, Any] = location.get("attributes") or {}
    return found


def _beside(owner: Owner) -> list[Any]:
    """Return what the words of a template hang on besides its sources."""
    file = owner[2].file
    choices = {name: one.enum for name, one in file.variables.items() if one.enum}
    return [choices, dict(file.texts)]


def _printed(owner: Owner, names: frozenset[str], locales: Sequence[str]) -> Iterator[str]:
    """Yield the template's own texts and choices among names that are printed."""
    file = owner[2].file
    for name, text in file.texts.items():
        if f"t.{name}" in names:
            yield from (translated(text, locale, ())[0] or "" for locale in locales)
    for name, variable in file.variables.items():
        if name in names and variable.enum:
            yield from map(str, variable.enum)


def _stated(text: str, locales: Sequence[str]) -> Counter[tuple[str, str, str]]:
    return Counter((one.kind.value, one.text, one.role) for one in _items(text, locales))


def _items(text: str, locales: Sequence[str]) -> Iterator[Item]:
    from storesync.copywriting.facts.language.languages import apart
    from storesync.copywriting.facts.reading.read import read

    for locale, said in apart(text, locales):
        yield from read(said, locale).items


def _shows(artifact: Artifact, value: str) -> bool:
    from html import escape

    return any(value in text or escape(value) in text for text in artifact.parts.values())


def _violation(owner: Owner, piece: Piece, name: str, message: str) -> Violation:
    location = owner[0].locations[piece.key.location]
    return Violation(
        "unfounded-fact",
        f"{name}: {printable(message, limit=300)}",
        hint="say of the place what it is, and let campaigns say what they offer",
        path=location.path,
        at=("attributes", name),
        severity=Severity.ERROR if is_strict(owner[0]) else Severity.WARNING,
    )
