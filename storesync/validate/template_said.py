"""What templates say in their own words: each is parsed once, and what is worked out remembered."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from storesync.model.channel import KINDS
from storesync.validate.memory import Memory, remembered
from storesync.validate.shown_facts import readable, too_long

if TYPE_CHECKING:
    from storesync.render.branches import Said


class TemplateSaid:
    """Templates by their words. `sources` are the texts of all, `seed` is their hash.

    `memory` knows what earlier runs worked out.
    """

    def __init__(self, sources: Mapping[str, str], memory: Memory, seed: str) -> None:
        self._sources = sources
        self._memory = memory
        self._seed = seed
        self._said = _kept(frozenset(sources.items()))
        self._known: dict[tuple[str, ...], list[Any]] = {}

    def said(self, template: str, channel: str, locale: str) -> list[Said]:
        """Return what each part of a channel says in a language, as people read it."""
        key = (template, channel, locale)
        if key not in self._said:
            from storesync.render.branches import said_by
            from storesync.render.naming import Library

            parts = KINDS[channel].parts if channel in KINDS else ()
            is_markup = any(part.markup for part in parts)
            every = said_by(Library(self._sources), *key)
            self._said[key] = [_as_read(one, is_markup=is_markup) for one in every]
        return self._said[key]

    def remembered(
        self,
        version: str,
        place: tuple[str, ...],
        beside: Callable[[], list[Any]],
        work: Callable[[], Iterable[Any]],
    ) -> list[Any]:
        """Return what `work` gives for a template, channel and languages, worked out once.

        `beside` is what it hangs on besides the sources, and `version` the way it is worked out.
        """
        key = (version, *place)
        if key not in self._known:
            hangs_on = (version, self._seed, *place, *beside())
            [self._known[key]] = remembered(self._memory, hangs_on, lambda: [work()])
        return self._known[key]


def _as_read(said: Said, *, is_markup: bool) -> Said:
    whole = readable(said.whole, is_markup=is_markup)
    if too_much := too_long(whole):
        return type(said)(too_much=too_much)
    return said._replace(whole=whole, common=readable(said.common, is_markup=is_markup))


@functools.lru_cache(maxsize=2)
def _kept(sources: frozenset[tuple[str, str]]) -> dict[tuple[str, str, str], list[Said]]:
    """Return where what these sources say is kept, for all chains that this process opens.

    Both sides of a review have the same templates mostly, and each round of `publish --every`.
    """
    del sources
    return {}
