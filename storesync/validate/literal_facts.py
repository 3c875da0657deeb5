"""What a template's own words state of days, times and counts: open until Friday, over 500 shops.

In an artifact they cannot be told from what the template works out of a location. So its source is
read, in which a mark stands for each value; one artifact brings the declared facts. A template is
for many locations: what only one of them founds, such as its hours, it may not say in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storesync.copywriting.facts.edition import edition
from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.resolve.localise import translated
from storesync.validate.facts import is_strict
from storesync.validate.shown_facts import Owner, ShownFacts, too_large, unfounded_in, violation_of
from storesync.validate.template_said import TemplateSaid

_VERSION = "literal 9"  # of what is remembered, beside the edition of the fact check
_LOOKED_FOR = frozenset({"number", "date", "weekday", "time"})


class Literals:
    """Says what templates state in words."""

    def __init__(self, shown: ShownFacts, templates: TemplateSaid) -> None:
        self._shown = shown
        self._templates = templates

    def seal(self, piece: Piece) -> str:
        """Return a hash of all that may found something; empty where nothing is stated."""
        owner = self._shown.owner(piece)
        found = owner and any(self._lines(owner, piece))
        return f"{_VERSION} {edition()} {self._shown.seal(piece)}" if found else ""

    def look(self, piece: Piece, _: Artifact) -> list[Violation]:
        """Return what the template of an artifact states and nothing founds that all share."""
        owner = self._shown.owner(piece)
        if owner is None:
            return []
        too_much, lines = self._lines(owner, piece)
        if too_much:
            return [too_large(piece, too_much)]
        facts = self._shown.facts(owner, piece, {"currency": piece.own.get("currency")})
        found: dict[str, Violation] = {}
        for line in lines:
            for item in unfounded_in(line, facts):
                if item.kind.value in _LOOKED_FOR and not _is_made(line, item.start, item.end):
                    told = violation_of(piece, item.message, strict=is_strict(owner[0]))
                    found.setdefault(item.text, told)
        return list(found.values())

    def _lines(self, owner: Owner, piece: Piece) -> tuple[str, list[str]]:
        """Return how much a template says where that is too much, and lines that state things."""
        place = (piece.template, piece.key.channel, *piece.locales)
        too_much, *lines = self._templates.remembered(
            f"{_VERSION} {edition()}",
            place,
            lambda: [dict(owner[2].file.texts)],
            lambda: self._read(owner, piece),
        )
        return too_much, lines

    def _read(self, owner: Owner, piece: Piece) -> Iterator[str]:
        said = self._templates.said(piece.template, piece.key.channel, piece.key.locale)
        yield next((one.too_much for one in said if one.too_much), "")
        texts = [one.whole for one in said]
        for text in owner[2].file.texts.values():
            texts += [translated(text, one, ())[0] or "" for one in piece.locales]
        lines = (line.strip() for text in texts for line in text.split("\n"))
        yield from (line for line in dict.fromkeys(lines) if _states(line, piece.locales))


def _states(line: str, locales: Sequence[str]) -> bool:
    from storesync.copywriting.facts.language.languages import apart
    from storesync.copywriting.facts.reading.read import read

    return any(
        item.kind.value in _LOOKED_FOR and not _is_made(line, item.first, item.last)
        for locale, said in apart(line, locales)
        for item in read(said, locale).items
    )


def _is_made(line: str, start: int, end: int) -> bool:
    """Say whether a value is part of what is stated, or a form of the plural: 1 day, {{ n }}:00."""
    from storesync.render.branches import VALUE, WORKED_OUT

    words = (line[:start].rsplit(maxsplit=1), line[end:].split(maxsplit=1))
    before = "" if line[:start][-1:].isspace() else "".join(words[0][-1:])
    behind = "" if line[end:][:1].isspace() else "".join(words[1][:1])
    near = f"{before}{line[start:end]}{behind}"
    return VALUE in near or WORKED_OUT in near or line[start:end] in {"0", "1"}
