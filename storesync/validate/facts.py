"""Whether copy states what is declared: every text that customers see, slots filled.

A text is read once for all locations that see the same values. Only where it states something
that a location alone can found (its hours, its street) each location is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Catalog, Template
from storesync.copywriting.facts.edition import edition
from storesync.diagnostics import Diagnostic
from storesync.model.brand import Unfounded
from storesync.model.slot import COPY
from storesync.plan.piece import Piece
from storesync.plan.pieces import Dated
from storesync.resolve.placement import template_of
from storesync.validate.bearing import OF_HOURS, bearing
from storesync.validate.memory import Memory, Rows, digest, remembered
from storesync.validate.of_itself import is_of_itself
from storesync.validate.standing import Standing
from storesync.validate.texts import texts_seen, varied_by, varied_in, worded_variables
from storesync.validate.unfounded import CLAIM, LEAK, diagnostic_of

if TYPE_CHECKING:
    from storesync.copywriting.declared import Declared
    from storesync.copywriting.facts.declared.facts import Facts
    from storesync.copywriting.facts.finding import Finding
    from storesync.copywriting.facts.item import Item

# What a shared context says beside texts: each may found something.
_FOUNDING = ("brand", "campaign_name", "offer", "product_name", "legal", "flight", "currency")
# What no location founds by what it is: its hours and its street have nothing to do with these.
_NOWHERE = frozenset({"percent", "offer", CLAIM, LEAK})
_VERSION = "stated 12"  # of the rows that are remembered, beside the edition of the fact check
_MOST_ASKED = 20  # locations, to know whether something is wrong at all of them


class _Scene(NamedTuple):
    """A campaign with all that its texts are judged by."""

    brand: Brand
    campaign: Campaign
    template: Template
    day: date
    words: tuple[str, ...]
    varied: frozenset[str]
    memory: Memory

    @property
    def owner(self) -> tuple[Brand, Campaign, Template]:
        """Return whose texts these are."""
        return self.brand, self.campaign, self.template

    @property
    def is_strict(self) -> bool:
        """Say whether people's copy may state nothing but facts."""
        return is_strict(self.brand)


def is_strict(brand: Brand) -> bool:
    """Say so of a brand."""
    return brand.file is not None and brand.file.unfounded is Unfounded.ERROR


def check_facts(
    catalog: Catalog, brand: Brand, dated: Mapping[str, Dated], day: date, memory: Memory
) -> Iterator[Diagnostic]:
    """Yield what the copy of a brand's campaigns states and no fact does.

    `day` decides which claims still hold.
    """
    varied = varied_in(brand)
    for one in dated.values():
        template = template_of(catalog, one.campaign)
        if template is None or brand.file is None or not one.pieces:
            continue
        names = varied | varied_by(one.campaign)
        scene = _Scene(
            brand, one.campaign, template, day, worded_variables(template), names, memory
        )
        told: set[tuple[object, ...]] = set()
        for wording, found in _of_campaign(scene, one.pieces):
            key = (found.path, found.at, found.span or wording)
            if key not in told:
                told.add(key)
                yield found


def _of_campaign(
    scene: _Scene, pieces: Iterable[Piece]
) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    """Yield what is unfounded with its kind and words; where most locations are concerned first."""
    groups: dict[tuple[int, str, str], list[Piece]] = {}
    for piece in pieces:
        for context in contexts_of(piece):
            key = (id(context), piece.key.channel if COPY in context else "", context["locale"])
            groups.setdefault(key, []).append(piece)
    spoken: set[str] = set()
    for (known, _, locale), group in sorted(groups.items(), key=lambda item: -len(item[1])):
        context = next(item for item in contexts_of(group[0]) if id(item) == known)
        for row, where, place, is_exact in _of_context(scene, context, locale, group):
            # What few locations say that differ from the others is told with one of them.
            few = place or (group[0].key.location if locale in spoken else "")
            at = "" if where.path.endswith(f"/{few}.yaml") else few  # the path says it already
            yield (
                (row[0], row[1]),
                diagnostic_of(row, where, at, is_strict=scene.is_strict, is_exact=is_exact),
            )
        spoken.add(locale)


def contexts_of(piece: Piece) -> Sequence[Mapping[str, Any]]:
    """Return what a piece's template sees, in each of its languages."""
    return piece.own.get("locales") or (piece.shared,)


def _of_context(
    scene: _Scene, context: Mapping[str, Any], locale: str, group: list[Piece]
) -> Iterator[tuple[list[Any], Standing, str, bool]]:
    """Yield what the texts of one context state unfounded, at the pieces that see it.

    Each with where it stands, a location if not for all, and whether its place is exact.
    """
    from storesync.copywriting.declared import declared_of

    said = declared_of(scene.brand, scene.campaign, scene.template, locale, scene.day)
    flight = group[0].shared.get("flight")
    # Locations that share a context share their currency, and no amount of another is founded.
    seen = {**context, "flight": flight, "currency": group[0].own.get("currency")}
    basis = basis_of(scene.owner, seen, said)
    for name in scene.words:
        is_fact = bool(scene.template.file.variables[name].fact)
        for one in texts_seen(scene.owner, seen, (locale, name), group, scene.varied):
            rows = _remembered(scene, (one.text, locale, basis), seen, said)
            left = _left(scene, rows, (one.text, locale), (seen, said, one.pieces)) if rows else []
            if not left:
                continue
            where = one.standing(scene.owner, locale, name)
            is_own = where.is_local or is_fact
            for row, place in left:
                if not (is_own and is_of_itself(row, one.text, locale, is_fact=is_fact)):
                    # What a slot brought in is wrong where it did: a name that says 70%.
                    brought = not one.is_exact and row[1] not in str(seen.get(name))
                    at = place or (one.pieces[0].key.location if brought else "")
                    yield row, where, at, one.is_exact


def basis_of(
    owner: tuple[Brand, Campaign, Template], context: Mapping[str, Any], said: Declared
) -> str:
    """Return a hash of all that may found something: in a shared context, and what is declared."""
    variables = owner[2].file.variables
    names = [*_FOUNDING, *(set(variables) - set(worded_variables(owner[2])))]
    kinds = {name: [one.type.value, one.unit] for name, one in sorted(variables.items())}
    parts = [{name: context.get(name) for name in sorted(names)}, kinds]
    known = [said.statements, said.claims, said.others]
    return digest([parts, known])


def _remembered(
    scene: _Scene, text: tuple[str, str, str], context: Mapping[str, Any], said: Declared
) -> Rows:
    """Return what a text states that nothing founds which all locations share."""

    def rows() -> Rows:
        from storesync.copywriting.facts.check import check

        shown, locale, _ = text
        own = {"currency": context.get("currency")}
        return [_row(item) for item in check(shown, locale, _facts(scene, context, own, said))]

    return remembered(scene.memory, (_VERSION, edition(), *text), rows)


def _facts(
    scene: _Scene, context: Mapping[str, Any], own: Mapping[str, Any], said: Declared
) -> Facts:
    from storesync.copywriting.facts.declared.facts import facts_of

    variables = scene.template.file.variables
    return facts_of(context, own, said.statements, said.claims, variables, said.others)


def _row(item: Finding) -> list[Any]:
    place = [item.kind.value, item.text, item.start, item.end]
    return [*place, item.message, item.contradicts, item.role]


def _left(
    scene: _Scene,
    rows: Rows,
    text: tuple[str, str],
    where: tuple[Mapping[str, Any], Declared, list[Piece]],
) -> list[tuple[list[Any], str]]:
    """Return what is unfounded at some location; with that one where others do found it."""
    from storesync.copywriting.facts.check import unfounded
    from storesync.copywriting.facts.reading.read import read

    shown, locale = text
    reading = read(shown, locale)
    context, said, group = where
    left = {_place(row): (row, "") for row in rows if row[0] in _NOWHERE}
    waiting = {_place(row) for row in rows} - left.keys()
    wrong: Counter[tuple[Any, ...]] = Counter()
    looked = 0
    alike = all(kind in OF_HOURS for _, _, kind in waiting)
    verdicts: dict[object, Rows] = {}

    def is_asked(item: Item) -> bool:  # claims are, since they cover the places in them
        place = (item.first, item.last, item.kind.value)
        return item.kind.value == CLAIM or place in waiting

    for piece in group if waiting else ():
        looked += 1
        key = bearing(piece.own, reading.low) if alike else looked
        if key not in verdicts:
            facts = _facts(scene, context, piece.own, said)
            verdicts[key] = [_row(item) for item in unfounded(reading, facts, is_asked)]
        for row in verdicts[key]:
            if _place(row) in waiting:
                wrong[_place(row)] += 1
                known = left.get(_place(row))
                if known is None or (row[5] and not known[0][5]):  # the worse of both is told
                    left[_place(row)] = (row, piece.key.location)
        if looked >= _MOST_ASKED and wrong.keys() == waiting:
            break
    for place in (item for item, count in wrong.items() if count == looked):
        left[place] = (left[place][0], "")  # wrong wherever it was looked: no place to name
    return [left[place] for place in sorted(left)]


def _place(row: list[Any]) -> tuple[Any, ...]:
    kind, _, start, end, *_ = row
    return start, end, kind
