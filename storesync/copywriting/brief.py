"""A scene -> the brief: the only place where anything of the files becomes part of a prompt.

What is not named here stays on this machine: notes, teams, budgets, costs, results, locations'
attributes and addresses, customers' data, other campaigns but for their words, other brands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storesync.copywriting.basis import offer_kinds, said
from storesync.copywriting.clean import clean, gives_orders
from storesync.copywriting.scene import Scene
from storesync.copywriting.voice.told import told
from storesync.copywriting.walk import brief_digest
from storesync.model.channel import KINDS
from storesync.plugins.copywriter import Brief, Example, Field, Slot
from storesync.render.locales import parse_locale
from storesync.search.hit import Hit

_LONGEST = 600
_LONGEST_NAME = 120
_MOST_EXAMPLES = 4
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """A brief, what was left out of it because it reads like an instruction, and its examples."""

    brief: Brief
    left_out: tuple[str, ...]
    used: tuple[Hit, ...]


class _Gate:
    """Cleans what goes into a brief, and keeps out what gives orders."""

    def __init__(self) -> None:
        self.left_out: list[str] = []

    def let(self, what: str, text: object, limit: int = _LONGEST) -> str:
        """Return a text as it may be told, "" for one that is kept out."""
        if not isinstance(text, str) or not text:
            return ""
        if gives_orders(text):
            self.left_out.append(what)
            return ""
        return clean(text, limit)

    def all(self, what: str, texts: Sequence[str], limit: int = _LONGEST) -> tuple[str, ...]:
        """Return the texts of several that may be told."""
        return tuple(filter(None, (self.let(what, text, limit) for text in texts)))


def make_brief(
    scene: Scene, hits: Sequence[Hit] = (), variants: int = 1, statements: Sequence[str] = ()
) -> Told:
    """Return what a copywriter is told about a scene.

    `hits` are earlier campaigns of the same brand, best first; `statements` are phrases declared
    as facts. Raises ValueError for a hit of another brand.
    """
    if any(hit.brand != scene.brand.id for hit in hits):
        message = "an example of another brand"
        raise ValueError(message)
    gate = _Gate()
    file = scene.brand.file
    voice = file.voice if file else None
    examples = list(_examples(scene, hits, gate))
    brief = Brief(
        brand=gate.let("the brand's name", file.name if file else "", _LONGEST_NAME),
        channel=scene.channel,
        locale=scene.locale,
        language=language_of(scene.locale),
        fields=tuple(_fields(scene, gate)),
        slots=tuple(_slots(scene, gate)),
        facts=_facts(scene, gate, statements),
        tone=gate.all("the brand's tone", voice.tone if voice else (), _LONGEST_NAME),
        avoid=gate.all("the words to avoid", voice.avoid if voice else (), _LONGEST_NAME),
        style=gate.all("a rule of style", _style(scene)),
        limits=tuple(_limits(scene.channel)),
        examples=tuple(example for example, _ in examples),
        variants=variants,
    )
    # No word that any copy could hold, and the same for the same brief: answers are kept by it.
    canary = f"zq-{hashlib.sha256(brief_digest(brief).encode()).hexdigest()[:12]}"
    used = tuple(hit for _, hit in examples)
    return Told(replace(brief, canary=canary), tuple(dict.fromkeys(gate.left_out)), used)


def language_of(locale: str) -> str:
    """Return the English name of a language, as models know it best."""
    return str(parse_locale(locale).get_display_name("en") or locale)


def _fields(scene: Scene, gate: _Gate) -> Iterator[Field]:
    for name, variable in scene.variables.items():
        about = gate.let(f"the description of {name}", variable.description, _LONGEST_NAME * 2)
        yield Field(name, about, variable.maxLength or 0, variable.minLength or 0)


def _slots(scene: Scene, gate: _Gate) -> Iterator[Slot]:
    for slot in scene.slots:
        # How long a phone number is matters, and not whose it is.
        shown = re.sub(r"\d", "0", slot.example) if slot.name == "phone" else slot.example
        example = gate.let(f"the example of {slot.name}", shown, _LONGEST_NAME)
        means = gate.let(f"the description of {slot.name}", slot.means, _LONGEST_NAME)
        yield Slot(slot.name, means, example or "…")


def _style(scene: Scene) -> tuple[str, ...]:
    voice = scene.brand.file.voice if scene.brand.file else None
    rules = voice.rules if voice else {}
    return tuple(told(rules, scene.channel, scene.locale, scene.variables))


def _facts(scene: Scene, gate: _Gate, statements: Sequence[str]) -> dict[str, str]:
    """Return what may be said: the offer in words, and the campaign's own texts."""
    campaign = scene.campaign.file
    context = scene.samples[0].context
    found = {
        "campaign": gate.let("the campaign's name", campaign.name, _LONGEST_NAME),
        "product": gate.let("the product's name", context.get("product_name"), _LONGEST_NAME),
        "offer": ", ".join(offer_kinds(campaign.offer)),
    }
    for name, text in said(scene.campaign, scene.template, scene.locale).items():
        found[f"said_by_the_marketer_{name}"] = gate.let(f"the campaign's {name}", text)
    for number, text in enumerate(statements, start=1):
        found[f"declared_{number}"] = gate.let("a declared fact", text)
    return {name: text for name, text in found.items() if text}


def _limits(channel: str) -> Iterator[str]:
    for part in KINDS[channel].parts:
        if part.max_characters:
            yield f"the whole {part.name} has at most {part.max_characters} characters"
        if part.max_segments:
            yield (
                f"the whole message fits into {part.max_segments} SMS segments of 153 plain"
                " characters: no emoji, no typographic quotes or dashes"
            )
        if part.one_line:
            yield f"the {part.name} is one line"


def _examples(scene: Scene, hits: Sequence[Hit], gate: _Gate) -> Iterator[tuple[Example, Hit]]:
    """Yield the words of earlier campaigns; figures are masked, since they are facts of others."""
    for hit in hits[:_MOST_EXAMPLES]:
        texts = {
            name: gate.let(f"an example of {hit.campaign}", _DIGITS.sub("#", text))
            for name, text in hit.texts.items()
            if name in scene.variables
        }
        kept = {name: text for name, text in texts.items() if text}
        if kept:
            language = language_of(hit.language) if hit.language else ""
            yield Example(kept, hit.channels, language), hit
