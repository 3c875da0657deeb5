"""Search, wired to a repository: the index of its brands, and examples for copywriters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storesync.cli.context import Context

if TYPE_CHECKING:
    from storesync.search.hit import Hit


def examples_for(
    context: Context,
    brand: str,
    campaign: str,
    channel: str,
    locale: str,
    limit: int,
) -> list[Hit]:
    """Return past campaigns of the same brand that are like one and did well, the best first.

    Only campaigns of the newest commit whose flight has begun, that run on `channel` and have
    words in the language of `locale`; never the campaign itself. Empty where there is none.
    """
    del context, brand, campaign, channel, locale, limit
    return []
