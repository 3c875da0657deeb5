"""Search, wired to a repository: the indexes of its brands, and examples for copywriters."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from storesync.app.context import Context, note, progress
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.model.settings import SearchSetting, SettingsFile
    from storesync.plugins.embedder import Embedder
    from storesync.search.document import Document
    from storesync.search.hit import Hit
    from storesync.search.search import Filters
    from storesync.search.session import Session
    from storesync.source.tree import Tree

# By this name no embedder is opened.
NONE = "none"
# What examples are taken from: a campaign that has not begun proves nothing.
BEGUN = frozenset({"active", "completed"})
# How much success moves, of examples for copy; in a search it only breaks ties.
_OF_EXAMPLES = 0.5


def open_session(context: Context) -> Session:
    """Return the indexes of what is committed, or of the files where nothing is."""
    if context.search is None:
        context.search = _open(context)
        context.on_close(context.search.close)
    return context.search


def _open(context: Context) -> Session:
    from storesync.catalog.load import load
    from storesync.search.concepts import lexicon
    from storesync.search.index import Place
    from storesync.search.session import Session
    from storesync.source.cache import FOLDER
    from storesync.source.part import ChosenTree
    from storesync.source.tree import SETTINGS

    tree = _tree(context)
    settings = load(ChosenTree(tree, [SETTINGS])).settings
    if settings is None:
        raise UserError("storesync.yaml has an error", hint="storesync validate says which")
    check_untracked(context)
    folder = context.root / FOLDER
    place = Place(folder / "search", folder / "chroma", settings.search.chroma, settings.repository)
    return Session(
        place=place,
        tree=tree,
        known=lexicon(),
        embedder=_embedder(context, settings),
        tell=lambda text: note(context, text),
        bar=lambda label, total: progress(label, total, quiet=context.quiet or not total),
    )


def check_untracked(context: Context) -> None:
    """Raise UserError where Git tracks the folder of caches: it could come with a commit."""
    from storesync.source.cache import MemoryCache

    if isinstance(context.cache, MemoryCache):
        return  # nothing is tracked where there is no Git


def _tree(context: Context) -> Tree:
    revision = None
    with suppress(UserError):
        revision = context.repository.head()
    return context.tree(revision)


def _embedder(context: Context, settings: SettingsFile) -> Embedder | None:
    """Return the embedder of the settings; None, with a remark, where it cannot be had."""
    from storesync.plugins.embedder import EmbedderSetting
    from storesync.plugins.registry import open_embedder

    search: SearchSetting = settings.search
    if search.embedder == NONE:
        note(context, "by words alone, as storesync.yaml says")
        return None
    setting = EmbedderSetting(search.options, dict(os.environ))
    try:
        return open_embedder(search.embedder, setting, settings.plugins, context.root)
    except UserError as error:
        note(
            context, f"by words alone: {error.message}" + (f" ({error.hint})" if error.hint else "")
        )
        return None


def brands_of(session: Session, named: str | None) -> list[str]:
    """Return the brand named, or all there are. Raises UserError where there is none such."""
    from storesync.search.campaigns import brands_in

    brands = brands_in(session.tree)
    if named is None:
        return brands
    if named not in brands:
        hint = did_you_mean(named, brands) or f"there are {', '.join(brands) or 'none'}"
        raise UserError(f'there is no brand "{printable(named)}"', hint=hint)
    return [named]


def document_named(context: Context, name: str) -> Document:
    """Return a campaign as it is on disk now: also one that nobody has committed.

    Raises UserError where there is none, or where it cannot be read.
    """
    from storesync.app.find import campaign_folder
    from storesync.search.campaigns import TreeCampaigns

    folder = campaign_folder(context.work_tree.paths(), name)
    _, brand, _, campaign = folder.split("/")
    found = list(TreeCampaigns(context.work_tree, brand).documents([campaign]))
    if not found:
        message = f'the file of the campaign "{printable(name)}" has an error'
        raise UserError(message, hint="storesync validate says which")
    return found[0]


def alike(
    session: Session, document: Document, filters: Filters, limit: int, success: float | None = None
) -> list[Hit]:
    """Return campaigns of the same brand that are like one; never that one."""
    from storesync.search.answer import hits_of
    from storesync.search.document import question_of
    from storesync.search.rank import FORMULA
    from storesync.search.search import Question

    text, words = question_of(document)
    question = Question(text, limit, filters, beside=document.campaign, words=words)
    formula = replace(FORMULA, floor=0.0, sure=0.0)
    if success is not None:
        formula = replace(formula, success=success)
    ranked = session.ask(document.brand, question, formula)
    language = next(iter(document.texts), "en")
    return hits_of(
        session.search(document.brand), ranked, language, session.known_to(document.brand)
    )


def examples_for(
    context: Context,
    brand: str,
    campaign: str,
    channel: str,
    locale: str,
    limit: int,
) -> list[Hit]:
    """Return past campaigns of the same brand that are like one and did well, the best first.

    Only campaigns of the newest commit whose flight has begun; never the campaign itself. They
    run on `channel` and have words in the language of `locale`. Where none does, they are of that
    language on other channels, and where there is none either, whatever there is: what sold the
    brand's things once says more than nothing. Empty where there is none at all.
    """
    from storesync.search.search import Filters

    session = open_session(context)
    document = document_named(context, f"{brand}/{campaign}")
    language = locale.partition("-")[0]
    for on, speaking in ((channel, language), ("", language), ("", "")):
        filters = Filters(channel=on, language=speaking, states=BEGUN, at=context.now)
        if hits := alike(session, document, filters, limit, success=_OF_EXAMPLES):
            break
    found = {item.campaign: item for item in session.search(brand).documents.values()}
    commits = _commits(context, brand, [hit.campaign for hit in hits])
    return [
        replace(
            _from(hit, found[hit.campaign], channel, language), commit=commits.get(hit.campaign, "")
        )
        for hit in hits
    ]


def _from(hit: Hit, document: Document, channel: str, language: str) -> Hit:
    """Return a hit with its words for copy, and where they stood if that is elsewhere."""
    spoken = language if language in document.texts else next(iter(document.texts), "")
    return replace(
        hit,
        texts=dict(document.texts.get(spoken, {})),
        channels=() if channel in document.channels else document.channels,
        language="" if spoken == language else spoken,
    )


def _commits(context: Context, brand: str, campaigns: Sequence[str]) -> dict[str, str]:
    """Return the newest commit of each campaign's folder."""
    from storesync.catalog.layout import folders_of
    from storesync.source.history import log

    with suppress(UserError):
        head = context.head()
        return {
            name: commits[0].id
            for name in campaigns
            if (commits := log(context.repository, folders_of(brand, name), head, limit=1))
        }
    return {}
