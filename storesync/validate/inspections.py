"""What looks at rendered artifacts: inspectors, and how often each has to look.

An inspector says what is wrong with an artifact. What it finds is remembered with the artifact,
so that a run in which nothing changed renders nothing and says the same. For that each
`Inspection` has a seal: a text that changes with everything its findings hang on besides what
went into the artifact, such as the rules themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation

Inspector = Callable[[Piece, Artifact], list[Violation]]


class Inspection(NamedTuple):
    """An inspector, and when it has to look.

    `seal` is asked once for pieces that share their channel and what their templates see; an
    empty text says that there is nothing to look at. A `sampled` inspector sees one artifact of
    those that share template, channel, languages and the shared context, and speaks for all of
    them: what it finds must hang on nothing that a location has of its own, or a run that looks
    at a part would find other things than one that looks at all. One that is not sampled sees
    every artifact, and has to be quick.
    """

    look: Inspector
    seal: Callable[[Piece], str]
    sampled: bool = False


class Inspections:
    """Several inspections as one."""

    def __init__(self, inspections: Iterable[Inspection]) -> None:
        self._inspections = tuple(inspections)
        # By identity of the shared context, which is kept so that its id stays its own.
        self._seals: dict[tuple[int, str], tuple[str, list[Inspection], Any]] = {}
        # What samples showed, and who looks at every artifact.
        self._samples: dict[
            tuple[int, str, tuple[str, ...]], tuple[list[Violation], list[Inspection]]
        ] = {}

    def seal(self, piece: Piece) -> str:
        """Return what stands for all that the findings on a piece hang on; empty: none can be."""
        return self._of(piece)[0]

    def look(self, piece: Piece, artifact: Artifact) -> list[Violation]:
        """Return what is wrong with the artifact of a piece."""
        key = (id(piece.shared), piece.key.channel, piece.locales)
        if key not in self._samples:
            asked = self._of(piece)[1]
            shown = [one for item in asked if item.sampled for one in item.look(piece, artifact)]
            self._samples[key] = (shown, [item for item in asked if not item.sampled])
        shown, each = self._samples[key]
        return [*shown, *(one for item in each for one in item.look(piece, artifact))]

    def _of(self, piece: Piece) -> tuple[str, list[Inspection], Any]:
        key = (id(piece.shared), piece.key.channel)
        known = self._seals.get(key)
        if known is None:
            sealed = [(item.seal(piece), item) for item in self._inspections]
            asked = [item for seal, item in sealed if seal]
            text = "\0".join(seal for seal, _ in sealed) if asked else ""
            known = self._seals[key] = (text, asked, piece.shared)
        return known
