"""A brand's rules of style over every text that its customers may see, each text once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Catalog, Template
from storesync.catalog.merge import merge_defaults
from storesync.copywriting.voice.check import check, names_of, rules_of
from storesync.copywriting.voice.hit import Hit, Passage
from storesync.diagnostics import Diagnostic, did_you_mean
from storesync.model.channel import KINDS
from storesync.model.vary import Vary
from storesync.model.voice import Rule
from storesync.resolve.layers import At
from storesync.resolve.placement import template_of
from storesync.source.tree import Tree
from storesync.validate.spoken import language_of
from storesync.validate.template_words import (
    attributes_in,
    diagnostic_of,
    passage_of,
    template_sources,
)


class _Place(NamedTuple):
    """A text, and where it stands."""

    path: str
    at: At
    passage: Passage


class _Kind(NamedTuple):
    """What the texts of one place have in common: language unless said, channels, wholeness."""

    locale: str
    channels: frozenset[str]
    is_whole: bool = True


def check_voice(catalog: Catalog, tree: Tree) -> Iterator[Diagnostic]:
    """Yield what the rules of each brand find, and rules that name what is not there."""
    seen: set[Diagnostic] = set()
    for brand in catalog.brands.values():
        for found in _of_brand(catalog, tree, brand):
            if found not in seen:  # a shared template's, for several brands
                seen.add(found)
                yield found


def _of_brand(catalog: Catalog, tree: Tree, brand: Brand) -> Iterator[Diagnostic]:
    voice = brand.file.voice if brand.file else None
    rules = rules_of(voice)
    if not brand.file or not voice or not rules:
        return
    yield from _check_rules(brand, voice.rules)
    names = names_of(brand)
    used = (template_of(catalog, campaign) for campaign in brand.campaigns.values())
    templates = {template.ref: template for template in used if template is not None}
    sources = template_sources(tree, templates.keys())
    for source in sources:
        hits = check([passage_of(source, brand.file.locales[0])], rules, names)
        yield from (diagnostic_of(source, hit) for hit in hits)
    known: dict[tuple[Passage, ...], list[Hit]] = {}
    texts = _texts(catalog, brand, templates, attributes_in(sources))
    for path, places in _by_file(texts).items():
        passages = tuple(place.passage for place in places)
        if passages not in known:  # 10,000 locations may say the same
            known[passages] = check(passages, rules, names)
        yield from _diagnostics(path, places, known[passages])


def _check_rules(brand: Brand, rules: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    for name, rule in rules.items():
        for index, channel in enumerate(rule.channels):
            if channel not in KINDS:
                message = f'there is no channel "{channel}"'
                hint = did_you_mean(channel, KINDS) or f"there are {', '.join(KINDS)}"
                at = ("voice", "rules", name, "channels", index)
                yield Diagnostic("unknown-channel", message, brand.path, at, hint=hint)


def _by_file(places: Iterable[_Place]) -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = {}
    for place in places:
        found.setdefault(place.path, []).append(place)
    return found


def _diagnostics(path: str, places: list[_Place], hits: list[Hit]) -> Iterator[Diagnostic]:
    where: dict[Passage, list[At]] = {}
    for place in places:
        where.setdefault(place.passage, []).append(place.at)
    for hit in hits:
        for at in where[hit.passage]:
            yield Diagnostic(
                f"voice.{hit.rule}",
                hit.message,
                path,
                at,
                hint=hit.hint,
                severity=hit.severity,
                span=(hit.start, hit.end),
                fix=hit.fix,
            )


def _texts(
    catalog: Catalog, brand: Brand, templates: Mapping[str, Template], shown: Collection[str]
) -> Iterator[_Place]:
    """Yield every text of a brand's files, and of the templates that its campaigns use.

    Of the attributes of locations those that are `shown`.
    """
    if brand.file is None:
        return
    main = brand.file.locales[0]
    everywhere = _Kind(main, frozenset())
    fragment = everywhere._replace(is_whole=False)
    for campaign in brand.campaigns.values():
        yield from _of_campaign(brand, campaign, template_of(catalog, campaign))
    words = _words(templates.values())
    yield from _values(brand.path, brand.file.values, words, everywhere)
    for name, text in brand.file.products.items():
        yield from _walk(brand.path, ("products", name), text, fragment)
    folders = {folder: item.data for folder, item in brand.defaults.items()}
    for folder, defaults in brand.defaults.items():
        spoken = merge_defaults(folder, folders).get("locales") or [main]
        kind = everywhere._replace(locale=spoken[0])
        yield from _values(defaults.path, defaults.data.get("values", {}), words, kind)
        kind = fragment._replace(locale=spoken[0])
        yield from _attributes(defaults.path, defaults.data, shown, kind)
    for location in brand.locations.values():
        if "values" in location.own or shown:  # asked first, since there are 10,000
            locale = location.locales[0] if location.locales else main
            kind = everywhere._replace(locale=locale)
            yield from _values(location.path, location.own.get("values", {}), words, kind)
            kind = fragment._replace(locale=locale)
            yield from _attributes(location.path, location.own, shown, kind)
    for template in templates.values():
        yield from _of_template(template, main)


def _attributes(
    path: str, data: Mapping[str, Any], shown: Collection[str], kind: _Kind
) -> Iterator[_Place]:
    for name, value in data.get("attributes", {}).items():
        if name in shown:
            yield from _walk(path, ("attributes", name), value, kind)


def _of_campaign(brand: Brand, campaign: Campaign, template: Template | None) -> Iterator[_Place]:
    file = campaign.file
    main = language_of(brand, campaign)
    kind = _Kind(main, frozenset(file.channels))
    words = _words([template]) if template else None
    yield from _values(campaign.path, file.values, words, kind)
    for override in campaign.overrides.values():
        location = brand.locations.get(override.location)
        spoken = location.locales if location else ()
        own = next((tag for tag in spoken if not file.locales or tag in file.locales), main)
        own_kind = kind._replace(locale=own)
        yield from _values(override.path, override.file.values, words, own_kind)
    for copy in campaign.copies.values():
        copy_kind = _Kind(copy.locale, frozenset({copy.channel}))
        yield from _values(copy.path, copy.file.values, words, copy_kind)


def _of_template(template: Template, main: str) -> Iterator[_Place]:
    channels = frozenset(name.partition(".")[0] for name in template.parts)
    kind = _Kind(main, channels)
    for name in sorted(_words([template])):
        default = template.file.variables[name].default
        yield from _walk(template.path, ("variables", name, "default"), default, kind, name)
    for name, text in template.file.texts.items():
        yield from _walk(template.path, ("texts", name), text, kind._replace(is_whole=False))


def _words(templates: Iterable[Template]) -> frozenset[str]:
    """Return the variables that hold words for customers: texts, and none chosen from a list."""
    return frozenset(
        name
        for template in templates
        for name, variable in template.file.variables.items()
        if variable.holds_words
    )


def _values(
    path: str, values: Mapping[str, Any], words: frozenset[str] | None, kind: _Kind
) -> Iterator[_Place]:
    for name, value in values.items():
        if words is None or name in words:
            yield from _walk(path, ("values", name), value, kind, name)


def _walk(path: str, at: At, value: object, kind: _Kind, variable: str = "") -> Iterator[_Place]:
    """Yield the texts of a value: one, one for each language, or several to choose among."""
    if isinstance(value, str):
        # A plain text: files may hold a kind of text of their own that compares otherwise.
        passage = Passage(str(value), kind.locale, variable, kind.channels, kind.is_whole)
        yield _Place(path, at, passage)
    elif isinstance(value, Vary):
        yield from _walk(path, at, {"vary": value.vary}, kind, variable)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            inner_kind = kind if key == "vary" else kind._replace(locale=key)
            yield from _walk(path, (*at, key), inner, inner_kind, variable)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(path, (*at, index), inner, kind, variable)
