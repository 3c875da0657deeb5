"""Texts that many locations share on channels that take it for spam.

Google Business Profile counts identical posts over many locations as spam. The work goes with the
number of different texts, not of locations: what many share is one object and looked at once.
A run that looks at a few changed locations does not count them: the next whole one does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from storesync.catalog.catalog import Brand, Catalog
from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.model.channel import KINDS
from storesync.plan.pieces import Dated
from storesync.render.naming import Library
from storesync.schedule.flight import is_over
from storesync.source.tree import Tree

if TYPE_CHECKING:
    from storesync.model.likeness import NearDuplicates

_Words = tuple[str, ...]
# More texts than these are not compared with each other: the ones that most locations have count,
# so that what is reported is a lower bound.
_MOST_TEXTS = 400
_MOST_GROUPS = 40
# Larger templates are not looked at, nor texts of fewer words.
_LONGEST_SOURCE = 20_000
_FEWEST_WORDS = 4
_MOST_INCLUDED = 100  # files, of one that is written to go deep
_INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"'{}%]{1,99})["'][^{}%]{0,99}%\}""")


class _Said(NamedTuple):
    """One channel and language of a campaign: each text, with the locations that say it.

    The same English in two countries is one language.
    """

    channel: str
    locales: set[str]
    texts: dict[_Words, set[str]]

    @property
    def locale(self) -> str:
        """Return what the texts are in: en-GB, or en where there are several."""
        tag = min(self.locales)
        return tag if len(self.locales) == 1 else tag.partition("-")[0]


def check_near_duplicates(
    tree: Tree, catalog: Catalog, brand: Brand, dated: Mapping[str, Dated], at: datetime
) -> Iterator[Diagnostic]:
    """Yield campaigns that say nearly the same at more locations than a channel puts up with.

    Campaigns that are over at `at` (UTC) are left alone, as are channels that nobody limits.
    """
    limits = _limits(catalog, brand)
    sources = _Sources(tree)
    for item in dated.values():
        file = item.campaign.file
        chosen = [channel for channel in file.channels if channel in limits]
        if not chosen or is_over(file.flight, at) or item.selected <= _least(limits, chosen):
            continue
        for said in _said(item, limits, sources):
            yield from _check(item, said, limits[said.channel])


def _limits(catalog: Catalog, brand: Brand) -> dict[str, NearDuplicates]:
    from storesync.model.likeness import NearDuplicates

    own = {name: NearDuplicates() for name, kind in KINDS.items() if kind.punishes_duplicates}
    settings = catalog.settings.near_duplicates if catalog.settings else {}
    return {**own, **settings, **(brand.file.near_duplicates if brand.file else {})}


def _least(limits: Mapping[str, NearDuplicates], channels: list[str]) -> int:
    return min(limits[channel].most for channel in channels)


class _Sources:
    """Templates' parts by channel and language, read once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, template: str, channel: str, locale: str) -> str:
        """Return the texts of a channel's parts one after another, empty for none."""
        key = (template, channel, locale)
        if key not in self._known:
            parts = self._library.parts(template, channel, locale)
            whole = "\n".join(self._text(path, locale, set()) for _, path in parts)
            self._known[key] = whole if len(whole) <= _LONGEST_SOURCE else ""
        return self._known[key]

    @cached_property
    def _library(self) -> Library:
        # Which files there are is all that is asked of it.
        return Library(dict.fromkeys(self._tree.paths(), ""))

    def _text(self, path: str, locale: str, told: set[str]) -> str:
        """Return a file of a template with what it includes in its place, each file once."""
        told.add(path)
        source = self._tree.read(path).decode("utf-8", "replace")

        def included(found: re.Match[str]) -> str:
            inner = self._library.find(found[1], path, locale)
            is_new = inner is not None and inner not in told and len(told) <= _MOST_INCLUDED
            return self._text(inner, locale, told) if inner and is_new else ""

        return _INCLUDE.sub(included, source) if len(source) <= _LONGEST_SOURCE else ""


def _said(dated: Dated, limits: Mapping[str, NearDuplicates], sources: _Sources) -> list[_Said]:
    from storesync.validate.skeleton import says_own_things, words_of

    found: dict[tuple[str, str], _Said] = {}
    known: dict[tuple[int, str], _Words] = {}
    for piece in dated.pieces:
        key = piece.key
        if key.channel not in limits:
            continue
        source = sources.of(piece.template, key.channel, key.locale)
        place = (id(piece.shared), key.channel)
        words = known.get(place)
        if words is None:
            words = words_of(source, piece.shared, piece.own)
            if not says_own_things(source):
                known[place] = words
        if len(words) >= _FEWEST_WORDS:
            said = found.setdefault(
                (key.channel, key.locale.partition("-")[0]),
                _Said(key.channel, set(), defaultdict(set)),
            )
            said.locales.add(key.locale)
            said.texts[words].add(key.location)
    return list(found.values())


def _check(dated: Dated, said: _Said, limit: NearDuplicates) -> Iterator[Diagnostic]:
    groups = _alike(said.texts, float(limit.share))
    locations = max(groups, key=len)
    if len(locations) <= limit.most:
        return
    every = set().union(*said.texts.values())
    count, total = len(locations), len(every)
    who = f"all {total}" if count == total else f"{count} of {total}"
    example = printable(min(locations))
    message = (
        f"{who} locations (such as {example}) say nearly the same on {said.channel} in"
        f" {said.locale}; more than {limit.most} may count as spam there"
    )
    copy = f"copy/{said.channel}.{said.locale}.yaml"
    hint = (
        f"write several wordings with vary: in {copy}, let locations add words of their own,"
        " or set near_duplicates in brand.yaml"
    )
    index = dated.campaign.file.channels.index(said.channel)
    yield Diagnostic(
        "near-duplicates",
        message,
        dated.campaign.path,
        ("channels", index),
        hint=hint,
        severity=Severity.WARNING,
    )


def _alike(texts: Mapping[_Words, set[str]], share: float) -> list[set[str]]:
    """Return the locations of texts that are alike; each text joins the first group it is like.

    Alike are texts of which the runs of three words that both have are `share` of those that
    either has (Jaccard; Broder 1997).
    """
    from storesync.validate.skeleton import runs_of

    ranked = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))
    groups: list[tuple[frozenset[_Words], set[str]]] = []
    for words, locations in ranked[:_MOST_TEXTS]:
        runs = runs_of(words)
        for leader, members in groups:
            both = len(leader & runs)
            if both >= share * (len(leader) + len(runs) - both):
                members.update(locations)
                break
        else:
            if len(groups) < _MOST_GROUPS:
                groups.append((runs, set(locations)))
    return [members for _, members in groups]
