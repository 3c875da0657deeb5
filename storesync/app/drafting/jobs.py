"""What is to be drafted of a campaign: its scenes, and the jobs with every check they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.app.drafting.file import look_at
from storesync.copywriting.basis import Basis, basis_of
from storesync.copywriting.brief import make_brief
from storesync.copywriting.checks import fact_check, own_checks
from storesync.copywriting.declared import declared_of
from storesync.copywriting.facts.declared.facts import facts_of
from storesync.copywriting.facts.language.word_lists import has_list
from storesync.copywriting.scene import Scene, make_scene, speaks
from storesync.copywriting.voice.draft import voice_check
from storesync.copywriting.walk import Job
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.resolve.copy import nearest_copy
from storesync.resolve.placement import template_of

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.catalog.catalog import Campaign
    from storesync.copywriting.declared import Declared
    from storesync.copywriting.facts.declared.facts import Facts
    from storesync.copywriting.scene import Sample
    from storesync.plan.piece import Piece
    from storesync.plugins.copywriter import Copywriter
    from storesync.search.hit import Hit

_MOST_EXAMPLES = 4


@dataclass(frozen=True)
class Wanted:
    """What is drafted: only these channels and languages, where some are named."""

    channels: Sequence[str]
    locales: Sequence[str]


@dataclass(frozen=True)
class Task:
    """A job with what else its file needs to know."""

    scene: Scene
    job: Job
    basis: Basis
    examples: Sequence[Hit]
    left_out: Sequence[str]


def scenes_of(chain: Chain, campaign: Campaign, wanted: Wanted) -> list[Scene]:
    """Return the scenes of a campaign that have something to be written.

    Raises UserError where there is nothing, or what is named is not in the campaign.
    """
    brand = chain.catalog.brands[campaign.brand]
    template = template_of(chain.catalog, campaign)
    if template is None or brand.file is None:
        raise UserError(
            f"{campaign.name} has no template or brand that can be used",
            hint="storesync validate says what is wrong",
        )
    dated = chain.assessment.dated[campaign.brand][campaign.id]
    scenes = [
        make_scene((brand, campaign, template), key, pieces, chain.production.sources)
        for key, pieces in _grouped(campaign, dated.pieces, wanted).items()
        if pieces
    ]
    _check_named(campaign, dated.pieces, wanted)
    found = [scene for scene in scenes if scene.variables]
    if not found:
        raise UserError(
            f"{campaign.name} has no words to be drafted",
            hint="texts are drafted that its channels show and that it sets under values:",
        )
    return found


def _grouped(
    campaign: Campaign, pieces: Sequence[Piece], wanted: Wanted
) -> Mapping[tuple[str, str], Sequence[Piece]]:
    """Return pieces by channel and the language that is wanted; one may be in none."""
    channels = wanted.channels or sorted({piece.key.channel for piece in pieces})
    spoken = sorted({piece.key.locale for piece in pieces})
    return {
        (channel, locale): [
            piece
            for piece in pieces
            if piece.key.channel == channel and speaks(piece.key.locale, locale)
        ]
        for channel in channels
        for locale in _languages(campaign, channel, spoken, wanted.locales)
    }


def _languages(
    campaign: Campaign, channel: str, spoken: Sequence[str], named: Sequence[str]
) -> list[str]:
    """Return the languages whose files are drafted: where fr is named, one of fr for all of it.

    But for fr-CA that of fr-CA, where there is one: nobody there would see the other.
    """
    if not named:
        return [_filed(campaign, channel, locale) for locale in spoken]
    return [
        locale if (channel, locale) in campaign.copies else asked
        for asked in named
        for locale in spoken
        if speaks(locale, asked)
    ]


def _filed(campaign: Campaign, channel: str, locale: str) -> str:
    """Return the language whose file has the words: fr for fr-CA, where there is one of fr alone.

    A file of fr-CA beside it would stand before words that somebody wrote for all of fr.
    """
    copy = nearest_copy(campaign, channel, locale)
    return copy.locale if copy is not None and speaks(locale, copy.locale) else locale


def _check_named(campaign: Campaign, pieces: Sequence[Piece], wanted: Wanted) -> None:
    if not pieces:
        raise UserError(
            f"{campaign.name} goes out nowhere: there is nothing to draft",
            hint=f"storesync status {campaign.name} says why",
        )
    channels = {piece.key.channel for piece in pieces}
    locales = {piece.key.locale for piece in pieces}
    for channel in wanted.channels:
        if channel not in channels:
            shown = ", ".join(sorted(channels))
            raise UserError(f"{campaign.name} has no {channel}", hint=f"it has {shown}")
    for locale in wanted.locales:
        if not any(speaks(item, locale) for item in locales):
            raise UserError(
                f'{campaign.name} does not speak "{printable(locale, limit=40)}"',
                hint=f"it speaks {', '.join(sorted(locales))}",
            )


def tasks_of(
    context: Context,
    chain: Chain,
    scenes: Sequence[Scene],
    copywriter: Copywriter,
    variants: int | None,
) -> Iterator[Task]:
    """Yield a task for each scene: its brief, its checks, and the examples it is shown.

    Where `variants` is None each has as many as its file has now.
    """
    from storesync.app.drafting.render import validate_check
    from storesync.app.search_index import examples_for

    for scene in scenes:
        hits = examples_for(
            context,
            scene.brand.id,
            scene.campaign.id,
            scene.channel,
            scene.locale,
            _MOST_EXAMPLES,
        )
        said = declared_of(
            scene.brand, scene.campaign, scene.template, scene.locale, context.now.date()
        )
        sure = (*said.statements, *said.claims)
        there = look_at(context.root, scene.path).texts if variants is None else {}
        count = variants or max(map(len, there.values()), default=1)
        told = make_brief(scene, hits, count, sure)
        checks = own_checks(scene, told.brief, copywriter.capabilities.instructions, sure)
        # Provenance must not claim more than was looked for.
        facts = "facts" if has_list(scene.locale) else "facts-in-figures"
        checks[facts] = fact_check(scene, partial(_facts, scene, said))
        checks["voice"] = voice_check(scene)
        checks["validate"] = validate_check(chain, scene)
        name = f"{scene.campaign.name} {scene.name}"
        basis = basis_of(scene.brand, scene.campaign, scene.template, scene.locale)
        yield Task(scene, Job(name, told.brief, checks), basis, told.used, told.left_out)


def _facts(scene: Scene, said: Declared, item: Sample) -> Facts:
    variables = scene.template.file.variables
    own, shared = item.piece.own, item.piece.shared
    return facts_of(shared, own, said.statements, said.claims, variables, said.others)
