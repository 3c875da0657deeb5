"""The small repository of the cases with some files changed, resolved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from casefile import base

from storesync.catalog.catalog import Catalog
from storesync.catalog.load import load
from storesync.source.tree import MemoryTree

WINTER = "brands/acme/campaigns/winter/campaign.yaml"


@pytest.fixture
def catalog() -> Callable[..., Catalog]:
    """Return a function: path -> text on top of the small repository, to a catalog."""

    def made(files: dict[str, str] | None = None, **winter: str) -> Catalog:
        texts = {**base(), **(files or {})}
        lines = dict(line.split(": ", 1) for line in texts[WINTER].splitlines())
        texts[WINTER] = "".join(
            f"{key}: {value}\n" for key, value in {**lines, **winter}.items() if value
        )
        found = load(MemoryTree(texts))
        assert not found.diagnostics, found.diagnostics
        return found

    return made
