"""Whether rendered artifacts show amounts, phones, offers and claims that nobody declared.

The words of campaigns are checked where they stand (`validate.facts`). What is left are the
template's own: literals, texts, and what it works out. One artifact of those that share their
values speaks for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from storesync.catalog.catalog import Brand, Campaign, Catalog, Template
from storesync.copywriting.facts.edition import edition
from storesync.diagnostics import Severity, printable
from storesync.model.channel import KINDS
from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.resolve.placement import template_of
from storesync.validate.facts import basis_of, contexts_of, is_strict
from storesync.validate.memory import Memory, Rows, remembered
from storesync.validate.texts import worded_variables
from storesync.validate.unfounded import is_firm

if TYPE_CHECKING:
    from storesync.copywriting.declared import Declared
    from storesync.copywriting.facts.declared.facts import Facts
    from storesync.copywriting.facts.finding import Finding, Kind
    from storesync.copywriting.facts.item import Item
    from storesync.copywriting.facts.reading.read import Reading

Owner = tuple[Brand, Campaign, Template]
# Says of what a text states, and of its value, whether anybody is told where nothing founds it.
Matters = Callable[["Finding | Item", object], bool]
_VERSION = "facts 12"  # of what is remembered, beside the edition of the fact check
# Places, days and counts are what templates work out of the location; links are built of it.
LOOKED_FOR = frozenset({"percent", "money", "phone", "offer", "claim"})
_AMOUNTS = frozenset({"percent", "money", "phone"})
_OPPOSITE = frozenset({"off", "more"})
_MOST_READ = 100_000  # characters that customers read of one part: some thirty printed pages
_TOO_LONG = f"more than {_MOST_READ:,} characters of text, which nobody checks for facts"


class ShownFacts:
    """Says what artifacts show and nothing founds; `day` decides which claims still hold.

    What a sample showed by templates of the hash `seed` is remembered: it speaks for all that see
    the same values, in other runs as well.
    """

    def __init__(self, catalog: Catalog, day: date, memory: Memory, seed: str) -> None:
        self._catalog = catalog
        self._day = day
        self._memory = memory
        self._seed = seed

    def seal(self, piece: Piece) -> str:
        """Return a hash of all that may found something."""
        owner = self.owner(piece)
        if owner is None:
            return ""
        brand = owner[0]
        bases = [
            basis_of(owner, context, self._said(owner, context["locale"]))
            for context in _seen_by(piece)
        ]
        return f"{_VERSION} {edition()} {is_strict(brand)} {' '.join(bases)}"

    def look(
        self, piece: Piece, artifact: Artifact, told: frozenset[str] = frozenset()
    ) -> list[Violation]:
        """Return what an artifact shows and nothing founds, nor `told` texts that others check."""
        owner = self.owner(piece)
        if owner is None:
            return []
        place = (self._seed, piece.template, piece.key.channel, *piece.locales)
        contexts = contexts_of(piece)
        words = [{name: one.get(name) for name in worded_variables(owner[2])} for one in contexts]
        hangs_on = ("shown", *place, words, self.seal(piece))
        rows = remembered(self._memory, hangs_on, lambda: self._shown(owner, piece, artifact, told))
        return [violation_of(piece, message, strict=strict) for message, strict in rows]

    def look_at(self, piece: Piece, artifact: Artifact, told: frozenset[str]) -> list[Violation]:
        """Return the same of this very artifact, whatever others showed."""
        owner = self.owner(piece)
        rows = self._shown(owner, piece, artifact, told) if owner else []
        return [violation_of(piece, message, strict=strict) for message, strict in rows]

    def facts(self, owner: Owner, piece: Piece, own: Mapping[str, Any]) -> dict[str, Facts]:
        """Return what is declared at a piece in each of its languages.

        `own` is what is taken of the location: `piece.own`, or less of it.
        """
        from storesync.copywriting.facts.declared.facts import facts_of

        found: dict[str, Facts] = {}
        kinds = owner[2].file.variables
        for context in _seen_by(piece):
            said = self._said(owner, context["locale"])
            found[context["locale"]] = facts_of(
                context, own, said.statements, said.claims, kinds, said.others
            )
        return found

    def _shown(
        self, owner: Owner, piece: Piece, artifact: Artifact, others: frozenset[str]
    ) -> Rows:
        """Return as rows what a person is told of each finding, and whether it is an error."""
        facts = self.facts(owner, piece, piece.own)
        known = {amount for one in facts.values() for amount in _known(one)}
        names = worded_variables(owner[2])
        told = {text for one in contexts_of(piece) for name in names if (text := one.get(name))}
        told |= {*_of_location(piece), *others}

        def matters(item: Finding | Item, value: object) -> bool:
            if item.kind not in LOOKED_FOR:
                return False
            said_as = item.role if item.kind == "percent" and item.role in _OPPOSITE else ""
            return (item.kind.value, value, said_as) not in known and not _told(item, told)

        found: dict[str, list[Any]] = {}
        for name, rendered in artifact.parts.items():
            part = KINDS[artifact.channel].part(name)
            text = readable(rendered, is_markup=bool(part and part.markup))
            if too_much := too_long(text):
                found[name] = [too_much, True]
                continue
            for item in unfounded_in(text, facts, matters):
                firm = is_firm(item.kind.value, item.text, contradicts=item.contradicts)
                strict = firm or is_strict(owner[0])
                found.setdefault(item.text, [item.message, strict])
        return list(found.values())

    def owner(self, piece: Piece) -> Owner | None:
        """Return whose texts a piece shows."""
        brand = self._catalog.brands[piece.key.brand]
        campaign = brand.campaigns.get(piece.key.campaign)
        template = template_of(self._catalog, campaign) if campaign else None
        return (brand, campaign, template) if campaign and template else None

    def _said(self, owner: Owner, locale: str) -> Declared:
        from storesync.copywriting.declared import declared_of

        return declared_of(*owner, locale, self._day)


def _seen_by(piece: Piece) -> Sequence[Mapping[str, Any]]:
    """Return what a template sees in each language, with the flight, which all share."""
    contexts = contexts_of(piece)
    if len(contexts) == 1 and contexts[0] is piece.shared:
        return contexts
    return [{**context, "flight": piece.shared.get("flight")} for context in contexts]


def unfounded_in(
    text: str, facts: Mapping[str, Facts], matters: Matters | None = None
) -> list[Finding]:
    """Return what a text states and nothing founds, each line in its language, if it `matters`.

    Where a line may be in several languages, an amount is wrong that none of them founds.
    """
    from storesync.copywriting.facts.check import unfounded
    from storesync.copywriting.facts.language.languages import apart
    from storesync.copywriting.facts.reading.read import read

    versions = list(apart(text, list(facts)))
    readings = [read(said, locale) for locale, said in versions]
    asked = {place for one in readings for place in _places(one, matters)} if matters else set()
    if matters and not asked:  # as on most pages
        return []

    def is_asked(item: Item) -> bool:
        return matters is None or (item.first, item.kind) in asked

    found: dict[tuple[int, Kind], list[tuple[Finding, object]]] = {}
    for reading in readings:
        values = {item.first: item.value for item in reading.items}
        for item in unfounded(reading, facts[reading.locale], is_asked):
            rows = found.setdefault((item.start, item.kind), [])
            rows.append((item, values.get(item.start)))
    return [
        rows[0][0]
        for (start, kind), rows in sorted(found.items())
        if (matters is None or matters(*rows[0]))
        and (
            kind not in _AMOUNTS
            or len(rows) == sum(not said[start].isspace() for _, said in versions)
        )
    ]


def _places(reading: Reading, matters: Matters) -> Iterator[tuple[int, Kind]]:
    """Yield where a text states what matters, and of which kind it is."""
    for _, begins, line in reading.lines:
        values = {item.first: item.value for item in line.items}
        for item in line.items:
            if matters(item, values[item.first]):
                yield begins + item.first, item.kind


def readable(rendered: str, *, is_markup: bool) -> str:
    """Return what people are told by a rendered part: its text, its title, its descriptions."""
    from storesync.render.visible import seen, spoken

    return "\n".join((seen(rendered), *spoken(rendered))) if is_markup else rendered


def too_long(text: str) -> str:
    """Say how much a text is that is too long to be read, else nothing."""
    return _TOO_LONG if len(text) > _MOST_READ else ""


def _of_location(piece: Piece) -> set[str]:
    """Return a location's name and address: what they offer is told of where they stand."""
    location = piece.own.get("location") or {}
    shown = [location.get("name"), *(location.get("address") or {}).values()]
    return {text for text in shown if isinstance(text, str) and text}


def _known(facts: Facts) -> set[tuple[str, object, str]]:
    """Return declared amounts and phones by kind, value and how they may be said.

    Which of two prices is the old one a page may say by its looks: values count, not roles. More
    is never off, though.
    """
    from storesync.copywriting.facts.language.reach import dialled

    known: set[tuple[str, object, str]] = {("money", item.value, "") for item in facts.prices}
    known |= {("phone", digits, "") for phone in facts.phones for digits in dialled(phone)}
    for item in facts.percentages:
        known |= {
            ("percent", item.value, role) for role in ("", item.role or "off", item.role or "more")
        }
    return known


def _told(item: Finding | Item, texts: Collection[str]) -> bool:
    """Say whether one of the texts that are checked where they stand says the same."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(item.text)}(?!\w)")
    return any(whole.search(text) for text in texts)


def too_large(piece: Piece, too_much: str) -> Violation:
    """Return what is said of a template that says or shows too much to be read."""
    return Violation(
        "template-too-large",
        f"{piece.key.channel} has {too_much}",
        hint="take out what no page shows, or make several templates of it",
        path=f"templates/{piece.template}/template.yaml",
        at=("name",),
    )


def violation_of(piece: Piece, message: str, *, strict: bool) -> Violation:
    """Return what is said of a template that shows what nobody declared."""
    if message == _TOO_LONG:
        return too_large(piece, message)
    return Violation(
        "wrong-fact" if strict else "unfounded-fact",
        f"the template shows {printable(message, limit=300)}",
        hint="let a variable say it, or declare what holds: facts: […]",
        path=f"templates/{piece.template}/template.yaml",
        at=("name",),
        severity=Severity.ERROR if strict else Severity.WARNING,
    )
