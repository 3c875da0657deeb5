"""A draft that passed -> the copy file, with where its words came from; and whose file it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from storesync.copywriting.basis import Basis
from storesync.copywriting.generate import Outcome
from storesync.copywriting.walk import brief_digest
from storesync.plugins.copywriter import CopywriterCapabilities
from storesync.search.hit import Hit
from storesync.source.emit import dump, modeline


@dataclass(frozen=True, slots=True)
class Origin:
    """What a draft came from, besides its brief: who wrote it, from what, and when (UTC)."""

    copywriter: str
    capabilities: CopywriterCapabilities
    basis: Basis
    examples: Sequence[Hit]
    cost: Decimal | None
    currency: str
    at: datetime


def copy_file(path: str, outcome: Outcome, origin: Origin, kept: Mapping[str, Any]) -> str:
    """Return the whole text of a copy file. `kept` are people's own parts of the one before.

    Raises ValueError for an outcome without a draft.
    """
    draft = outcome.walk.draft
    if draft is None:
        message = "no draft passed"
        raise ValueError(message)
    values = {
        name: texts[0] if len(texts) == 1 else {"vary": list(texts)}
        for name, texts in draft.values.items()
    }
    used = outcome.walk.usage
    provenance = {
        "copywriter": origin.copywriter,
        "model": draft.model or origin.capabilities.model,
        "parameters": dict(sorted(origin.capabilities.parameters.items())) or None,
        "brief": brief_digest(outcome.walk.job.brief),
        "facts": origin.basis.facts,
        "slots": origin.basis.slots,
        "values": values_digest(values),
        "examples": [_example(hit) for hit in origin.examples] or None,
        "checks": list(outcome.walk.job.checks),
        "tokens": {"input": used.input, "output": used.output},
        "attempts": len(outcome.walk.attempts),
        "cost": origin.cost,
        "currency": origin.currency if origin.cost is not None else None,
        "seconds": Decimal(f"{max(outcome.seconds, 0):.1f}"),
        "made_at": origin.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
    }
    data = {"values": values, "provenance": provenance, **kept}
    return dump(data, comment=modeline(path, "copy"))


def _example(hit: Hit) -> dict[str, Any]:
    return {
        "campaign": hit.campaign,
        "commit": hit.commit or "not committed",
        "channels": list(hit.channels) or None,
        "language": hit.language or None,
    }


def values_digest(values: Mapping[str, Any]) -> str:
    """Return SHA-256 of a copy file's values: whoever edits them makes them another's words."""
    plain = {
        name: {"vary": list(text["vary"])} if isinstance(text, Mapping) else text
        for name, text in values.items()
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_ours(data: Mapping[str, Any]) -> bool:
    """Say whether a copy file's data is as it was generated: nobody has edited the words since."""
    provenance, values = data.get("provenance"), data.get("values")
    if not isinstance(provenance, Mapping) or not isinstance(values, Mapping):
        return False
    try:
        return provenance.get("values") == values_digest(values)
    except (TypeError, KeyError, ValueError):
        return False
