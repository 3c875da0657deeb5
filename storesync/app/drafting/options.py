"""What `generate` was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """The options, as they stand in the help."""

    channels: tuple[str, ...]
    locales: tuple[str, ...]
    variants: int | None
    only_estimate: bool
    batch: bool
    wait: bool
    fresh: bool
    force: bool
