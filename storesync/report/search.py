"""Answers of a search, for people and for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storesync.diagnostics import printable
from storesync.search.document import Document
from storesync.search.hit import Hit

_LONGEST = 400


def as_data(hits: Sequence[tuple[Hit, Document, str]]) -> dict[str, Any]:
    """Return hits for JSON, brand by brand; each comes with its document and its state."""
    return {"results": [_row(*item) for item in hits]}


def _row(hit: Hit, document: Document, state: str) -> dict[str, Any]:
    return {
        "brand": hit.brand,
        "campaign": hit.campaign,
        "score": hit.score,
        "title": hit.title,
        "why": printable(hit.why, limit=_LONGEST),
        "passage": printable(hit.passage, limit=_LONGEST),
        "achieved": hit.achieved,
        "success": round(hit.success, 3),
        "weak": hit.weak,
        "state": state,
        "starts": document.start,
        "ends": document.end or None,
        "season": document.season,
        "channels": list(document.channels),
        "languages": list(document.languages),
        "products": list(document.products),
    }


def as_text(hits: Sequence[tuple[Hit, Document, str]]) -> str:
    """Return hits brand by brand: name, id and dates, why, and what was achieved.

    Where they are weak, the brand's line says so.
    """
    lines: list[str] = []
    brand = None
    for hit, document, state in hits:
        if hit.brand != brand:
            brand = hit.brand
            head = f"{brand}: perhaps nothing fits; the nearest" if hit.weak else brand
            lines += ["", head] if lines else [head]
        lines += _lines(hit, document, state)
    return "\n".join(lines)


def _lines(hit: Hit, document: Document, state: str) -> list[str]:
    until = f" to {document.end[:10]}" if document.end else ""
    lines = [
        f"  {printable(hit.title)}  {hit.campaign}  {state}, {document.start[:10]}{until}",
        f"    {printable(hit.why, limit=_LONGEST)}",
    ]
    if hit.achieved:
        lines.append(f"    achieved: {hit.achieved}")
    return lines


def index_as_data(model: str, rows: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return what building did, for JSON; `model` is empty where words alone are indexed."""
    return {
        "model": model or None,
        "brands": [{"brand": brand, **counts} for brand, counts in rows.items()],
    }


def index_as_text(model: str, rows: Mapping[str, Mapping[str, int]]) -> str:
    """Return a line for each brand."""
    lines = [
        f"{brand}: {row['campaigns']} campaigns, {row['read']} read, {row['gone']} gone, "
        f"{row['embedded']} passages embedded"
        for brand, row in rows.items()
    ]
    return "\n".join([*lines, f"by meaning: {printable(model)}" if model else "by words alone"])
