"""Drafts against a brand's rules of style, before anybody sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storesync.copywriting.scene import Scene
from storesync.copywriting.voice.check import check, names_of, rules_of
from storesync.copywriting.voice.hit import Passage
from storesync.copywriting.walk import Check
from storesync.diagnostics import printable


def voice_check(scene: Scene) -> Check:
    """Return the check that drafts keep every rule of the brand, warnings too.

    People may write what is only warned of; a model can as well try once more.
    """
    file = scene.brand.file
    rules = rules_of(file.voice) if file else {}
    names = names_of(scene.brand)
    channels = frozenset({scene.channel})

    def held(texts: Mapping[str, Sequence[str]]) -> list[str]:
        passages = [
            Passage(text, scene.locale, name, channels)
            for name, options in texts.items()
            for text in options
        ]
        hits = check(passages, rules, names)
        said = (f"{hit.passage.variable}: {hit.message}; {hit.hint}" for hit in hits)
        return list(dict.fromkeys(map(printable, said)))

    return held
