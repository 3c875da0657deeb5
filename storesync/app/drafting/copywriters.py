"""The copywriter that storesync.yaml names, opened; its caps; and whether its key may go there."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.errors import UserError
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.copywriting.generate import Desk
    from storesync.copywriting.spend import Price
    from storesync.model.copywriter import CopywriterFile
    from storesync.model.settings import SettingsFile
    from storesync.plugins.copywriter import Copywriter
    from storesync.source.tree import Tree

KEY = "OPENAI_API_KEY"
# What decides where a key and money go; a change of it has to be merged first.
_GUARDED = ("plugin", "base_url", "model", "prices", "caps", "currency", "options")
_EXAMPLE = "copywriter: {model: gpt-5-mini}"


def read_settings(tree: Tree) -> SettingsFile:
    """Return storesync.yaml of a tree. Raises UserError where it has an error."""
    from storesync.catalog.check import check
    from storesync.model.settings import SettingsFile
    from storesync.source.yaml import read

    document, found = read(SETTINGS, tree.read(SETTINGS))
    model = None
    if document is not None:
        model, more = check(document, SettingsFile)
        found = [*found, *more]
    if model is None or any(item.severity == "error" for item in found):
        first = next(item for item in found if item.severity == "error")
        raise UserError(f"{SETTINGS}:{first.line}: {first.message}", hint=first.hint)
    return model


def open_copywriter_of(
    context: Context, settings: SettingsFile
) -> tuple[CopywriterFile, Copywriter]:
    """Return the copywriter that settings name, and what they say. Nobody is asked anything yet.

    Raises UserError where none is named, a key is missing, or the key would go where nobody has
    approved it.
    """
    from storesync.plugins.copywriter import CopywriterSetting
    from storesync.plugins.registry import OPENAI, open_copywriter

    said = settings.copywriter
    if said is None:
        raise UserError(
            "storesync.yaml names no copywriter",
            hint=f"add {_EXAMPLE} and set {KEY}; or, with a local server and no key,"
            ' copywriter: {base_url: http://127.0.0.1:11434/v1, model: "llama3.1:8b"}',
        )
    given = CopywriterSetting(
        root=context.root,
        model=said.model,
        base_url=said.base_url or "",
        timeout=said.timeout_seconds,
        max_output=said.max_output_tokens,
        temperature=said.temperature,
        options=dict(said.options),
    )
    # Which secrets another plug-in reads nobody knows here.
    if os.environ.get(KEY) or said.plugin != OPENAI:
        _check_approved(context)
    return said, open_copywriter(said.plugin, given, settings.plugins)


def _check_approved(context: Context) -> None:
    """Raise UserError where the section differs from the published one: a key would follow it.

    A pull request may name any server; whoever drafts on its branch must not send it their key.
    """
    from storesync.app.proposals.forges import open_published

    here = _section(context.work_tree.read(SETTINGS))
    try:
        published = _section(open_published(context).base.tree.read(SETTINGS))
    except KeyError:
        published = {}
    except UserError as error:
        raise UserError(
            f"whether a key may go to this copywriter cannot be told: {error.message}",
            hint=f"commit storesync.yaml to the published branch, or unset {KEY}",
        ) from error
    changed = [name for name in _GUARDED if here.get(name) != published.get(name)]
    if changed:
        raise UserError(
            f"copywriter: {', '.join(changed)} in storesync.yaml is not merged yet,"
            " and keys go only where that was approved",
            hint=f"have storesync.yaml merged first, or unset {KEY} for a server without one",
        )


def _section(raw: bytes) -> Mapping[str, Any]:
    from storesync.source.yaml import read

    document, _ = read(SETTINGS, raw)
    said = document.data.get("copywriter") if document else None
    return said if isinstance(said, Mapping) else {}


def price_of(said: CopywriterFile, *, batch: bool) -> Price | None:
    """Return what the model costs, None where the settings do not say."""
    from storesync.copywriting.spend import Price

    known = said.prices.get(said.model)
    if known is None:
        return None
    if batch:
        return Price(
            known.input if known.batch_input is None else known.batch_input,
            known.output if known.batch_output is None else known.batch_output,
        )
    return Price(known.input, known.output)


def open_desk(
    context: Context, said: CopywriterFile, copywriter: Copywriter, *, batch: bool
) -> Desk:
    """Return what drafting works with: the caps over the month's journal, the cache, the pace."""
    from storesync.copywriting.answers import Answers
    from storesync.copywriting.ask import Pace
    from storesync.copywriting.generate import Desk
    from storesync.copywriting.journal import Journal
    from storesync.copywriting.purse import Purse
    from storesync.copywriting.spend import Caps
    from storesync.source.cache import FOLDER

    caps = Caps(
        said.caps.tokens_per_run,
        said.caps.tokens_per_month,
        said.caps.money_per_run,
        said.caps.money_per_month,
    )
    store = context.cache  # refused where Git tracks .storesync, the journal in it
    journal = Journal(context.root / FOLDER, said.currency, lambda: datetime.now(UTC))
    purse = Purse(caps, price_of(said, batch=batch), journal, lambda: secrets.token_hex(8))
    stop = threading.Event()
    chance = secrets.SystemRandom().random
    pace = Pace(said.patience_seconds, time.monotonic, stop.wait, chance, stop.set)
    return Desk(copywriter, Answers(store, purse.price), purse, pace, said.attempts)
