"""The texts of a campaign that customers see or may see: slots filled, every option of `vary`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.model.slot import COPY, slots_in
from storesync.model.vary import Vary
from storesync.plan.piece import Piece
from storesync.resolve.vary import VARY
from storesync.validate.standing import Standing, options_beside, standing_of

_MOST_FILLED = 20  # pieces by which an option is judged that they do not show today
_Owner = tuple[Brand, Campaign, Template]


class Seen(NamedTuple):
    """A text as some pieces show it; `is_exact` where it stands in its file just so.

    `option` is where it stands, of a text that they do not show today.
    """

    text: str
    pieces: list[Piece]
    is_exact: bool
    option: Standing | None = None

    def standing(self, owner: _Owner, locale: str, name: str) -> Standing:
        """Return where the text stands."""
        return self.option or standing_of(owner, self.pieces[0], locale, name)


def worded_variables(template: Template) -> tuple[str, ...]:
    """Return the variables that hold words: texts that are no choice."""
    return tuple(name for name, variable in template.file.variables.items() if variable.holds_words)


def varied_in(brand: Brand) -> frozenset[str]:
    """Return the variables for which the brand or a location gives several texts."""
    values: list[Mapping[str, Any]] = [brand.file.values if brand.file else {}]
    values += [item.data.get("values") or {} for item in brand.defaults.values()]
    values += [item.own.get("values") or {} for item in brand.locations.values()]
    return _varied(values)


def varied_by(campaign: Campaign) -> frozenset[str]:
    """Return the variables for which a file of a campaign gives several texts."""
    values: list[Mapping[str, Any]] = [campaign.file.values]
    values += [item.file.values for item in campaign.overrides.values()]
    values += [item.file.values for item in campaign.copies.values()]
    return _varied(values)


def _varied(values: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(
        name
        for one in values
        for name, value in one.items()
        if isinstance(value, Vary) or (isinstance(value, Mapping) and VARY in value)
    )


def texts_seen(
    owner: _Owner,
    context: Mapping[str, Any],
    where: tuple[str, str],
    group: list[Piece],
    varied: frozenset[str],
) -> Iterator[Seen]:
    """Yield the texts of a variable at pieces that share a context; `where`: language, variable."""
    locale, name = where
    text = context.get(name)
    if not isinstance(text, str) or not text:
        return
    slotted = name in context.get(COPY, {})
    if not slotted:
        yield Seen(text, group, is_exact=True)
    for shown, pieces in (_filled(text, context, locale, group) if slotted else {}).items():
        yield Seen(shown, pieces, is_exact=False)
    for option, standing in options_beside(owner, group[0], locale, name) if name in varied else ():
        # Copy with an error is not shown, so its options are not told to be slotted.
        if not slotted and not slots_in(option):
            yield Seen(option, group, is_exact=True, option=standing)
            continue
        for shown, pieces in _filled(option, context, locale, group[:_MOST_FILLED]).items():
            yield Seen(shown, pieces, is_exact=False, option=standing)


def _filled(
    text: str, context: Mapping[str, Any], locale: str, group: list[Piece]
) -> dict[str, list[Piece]]:
    """Return the pieces by what they show of a text: a city's name is a fact in that city.

    Where a slot cannot be filled, that is told elsewhere.
    """
    from storesync.render.slots import SlotError, fill

    groups: dict[str, list[Piece]] = {}
    for piece in group:
        try:
            shown = fill(text, {**context, **piece.own}, locale)
        except SlotError:
            continue
        groups.setdefault(shown, []).append(piece)
    return groups
