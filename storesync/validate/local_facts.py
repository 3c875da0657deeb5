"""What artifacts state at some locations only: in branches of templates, by attributes.

Where a template has words that hang on the location and state something, every artifact of it is
read, not one for all. A location's attribute that is shown is read at that location.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from storesync.diagnostics import Severity, printable
from storesync.model.channel import KINDS
from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.frames import dumps
from storesync.render.limits import Violation
from storesync.resolve.localise import translated
from storesync.validate.facts import Memory, is_strict
from storesync.validate.inspections import Inspection
from storesync.validate.of_itself import is_of_itself
from storesync.validate.shown_facts import LOOKED_FOR, Owner, ShownFacts, readable

_VERSION = "local 2"


def inspections_of_facts(
    shown: ShownFacts, sources: Mapping[str, str], memory: Memory, seed: str
) -> list[Inspection]:
    """Return what reads one artifact for all, and each where a template says more at some.

    `sources` are the texts of all templates, `seed` their hash.
    """
    looker = _Looker(shown, sources, memory, seed)
    return [
        Inspection(looker.look_at_sample, looker.seal_of_sample, sampled=True),
        Inspection(looker.look, looker.seal),
    ]


class _Looker:
    def __init__(
        self, shown: ShownFacts, sources: Mapping[str, str], memory: Memory, seed: str
    ) -> None:
        self._shown = shown
        self._sources = sources
        self._memory = memory
        self._seed = seed
        self._known: dict[tuple[str, str, str], tuple[bool, bool]] = {}

    def seal(self, piece: Piece) -> str:
        """Return a hash of all that may found something; empty where all are told alike."""
        return f"{_VERSION} {self._shown.seal(piece)}" if any(self._differs(piece)) else ""

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
        if owner is None or len(piece.locales) > 1:
            return False, False
        place = (piece.template, piece.key.channel, piece.key.locale)
        if place not in self._known:
            self._known[place] = self._remembered(owner, piece, place)
        return self._known[place]

    def _remembered(
        self, owner: Owner, piece: Piece, place: tuple[str, str, str]
    ) -> tuple[bool, bool]:
        file = owner[2].file
        choices = {name: one.enum for name, one in file.variables.items() if one.enum}
        key = [*place, choices, dict(file.texts)]
        digest = hashlib.blake2b(dumps([self._seed, *key]), digest_size=16).hexdigest()
        rows = self._memory.get(f"{_VERSION} {digest}")
        if rows is None:
            rows = [list(self._read(owner, piece))]
        self._memory[f"{_VERSION} {digest}"] = rows  # again: what is used is kept
        return rows[0][0], rows[0][1]

    def _read(self, owner: Owner, piece: Piece) -> tuple[bool, bool]:
        from storesync.render.branches import said_by
        from storesync.render.naming import Library

        channel, locale = piece.key.channel, piece.key.locale
        parts = KINDS[channel].parts if channel in KINDS else ()
        is_markup = any(part.markup for part in parts)
        words = attributes = False
        for said in said_by(Library(self._sources), piece.template, channel, locale):
            beside = "\n".join(_printed(owner, said.names, locale))
            whole = readable(said.whole, is_markup=is_markup)
            common = readable(said.common, is_markup=is_markup)
            more = _stated(f"{whole}\n{beside}", locale) - _stated(common, locale)
            words, attributes = words or bool(more), attributes or said.attributes
        return words, attributes

    def _attributes(self, piece: Piece, artifact: Artifact) -> Iterator[Violation]:
        from storesync.copywriting.facts.check import unfounded
        from storesync.copywriting.facts.read import read

        owner, locale = self._shown.owner(piece), piece.key.locale
        for name, value in _attributes_of(piece).items():
            reading = read(str(value), locale)
            if owner is None or not reading.items or not _shows(artifact, str(value)):
                continue
            for item in unfounded(reading, self._shown.facts(owner, piece)):
                row: list[Any] = [item.kind.value, item.text, item.start, item.end, item.role]
                if not is_of_itself(row, str(value), locale, is_fact=False):
                    yield _violation(owner, piece, name, item.message)


def _attributes_of(piece: Piece) -> Mapping[str, Any]:
    location = piece.own.get("location") or {}
    found: Mapping[str, Any] = location.get("attributes") or {}
    return found


def _printed(owner: Owner, names: frozenset[str], locale: str) -> Iterator[str]:
    """Yield the template's own texts and choices among names that are printed."""
    file = owner[2].file
    for name, text in file.texts.items():
        if f"t.{name}" in names:
            yield translated(text, locale, ())[0] or ""
    for name, variable in file.variables.items():
        if name in names and variable.enum:
            yield from map(str, variable.enum)


def _stated(text: str, locale: str) -> Counter[tuple[str, str, str]]:
    from storesync.copywriting.facts.read import read

    found = (item for item in read(text, locale).items if item.kind.value in LOOKED_FOR)
    return Counter((item.kind.value, item.text, item.role) for item in found)


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
