"""What is to be drafted: a campaign on one channel in one language, and what is seen there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.model.slot import FORMS, SLOTS, Form
from storesync.model.template import Variable
from storesync.plan.piece import Piece
from storesync.plugins.copywriter import Slot
from storesync.render.slots import SlotError, written
from storesync.resolve.copy import forms_of, why_no_copy

_MOST_SAMPLES = 24
_INCLUDED = re.compile(r"[\"']([A-Za-z0-9_./-]+\.j2)[\"']")
# Slots whose values are a location's own: that they are there is asked of every location.
_LOCAL = ("location_name", "city", "phone")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a template sees at one location, shared and own together, and the piece it is of."""

    piece: Piece
    context: Mapping[str, Any]

    @property
    def location(self) -> str:
        """Return the location's id."""
        return self.piece.key.location


@dataclass(frozen=True, slots=True)
class Scene:
    """A campaign on a channel in a language (`fr-CA`, or `fr` for all French ones).

    `samples` hold every different set of values, with the longest names there are. `slots` can be
    filled at every location. `variables` are the texts to be written.
    """

    brand: Brand
    campaign: Campaign
    template: Template
    channel: str
    locale: str
    samples: tuple[Sample, ...]
    slots: tuple[Slot, ...]
    variables: Mapping[str, Variable]

    @property
    def name(self) -> str:
        """Return its name for people, and the stem of its file: `sms.fr-CA`."""
        return f"{self.channel}.{self.locale}"

    @property
    def path(self) -> str:
        """Return the path of the copy file."""
        return f"{self.campaign.path.rpartition('/')[0]}/copy/{self.name}.yaml"


def speaks(locale: str, wanted: str) -> bool:
    """Say whether a placement's language is the one wanted, or of it: `fr-CA` is `fr`."""
    return locale == wanted or ("-" not in wanted and locale.partition("-")[0] == wanted)


def make_scene(
    owner: tuple[Brand, Campaign, Template],
    key: tuple[str, str],
    pieces: Sequence[Piece],
    sources: Mapping[str, str],
) -> Scene:
    """Return the scene of a channel and a language (`key`) over its pieces; there are some.

    `sources` are the texts of templates by path.
    """
    brand, campaign, template = owner
    channel, locale = key
    samples = sample(pieces, forms_of(template.file.variables))
    used = used_names(template.ref, channel, sources, template.file.variables)
    variables = {
        name: variable
        for name, variable in template.file.variables.items()
        if name in used and is_written(name, variable, campaign, samples)
    }
    slots = tuple(slots_of(samples, pieces, template))
    return Scene(brand, campaign, template, channel, locale, samples, slots, variables)


def sample(pieces: Iterable[Piece], forms: Mapping[str, Form]) -> tuple[Sample, ...]:
    """Return pieces that differ: of each shared context the first, and the longest names.

    `forms` says how the template's own variables are written in slots.
    """
    kinds: dict[int, list[Piece]] = {}
    for piece in pieces:
        kinds.setdefault(id(piece.shared), []).append(piece)
    chosen: dict[int, Piece] = {}
    for alike in kinds.values():
        for name in ("location_name", "city"):
            longest = max(alike, key=lambda item: len(str(item.own.get(name) or "")))
            chosen[id(longest)] = longest
        chosen[id(alike[0])] = alike[0]
    most = sorted(chosen.values(), key=lambda item: -len(str(item.own.get("location_name"))))
    seen: Mapping[str, Any] = {FORMS: forms}
    return tuple(Sample(item, {**seen, **item.shared, **item.own}) for item in most[:_MOST_SAMPLES])


def is_written(
    name: str, variable: Variable, campaign: Campaign, samples: Sequence[Sample]
) -> bool:
    """Say whether a text is drafted: free words that the campaign sets, or that nothing else does.

    Never a choice of a list, a pattern, or what the template calls a fact.
    """
    if why_no_copy(name, variable) or variable.enum or variable.pattern:
        return False
    if name in campaign.file.values:
        return True
    return variable.required and any(not item.context.get(name) for item in samples)


def used_names(
    ref: str, channel: str, sources: Mapping[str, str], names: Collection[str]
) -> set[str]:
    """Return which variables the parts of a channel name, in themselves or in what they include.

    By their words alone: what is named in vain is drafted in vain, and does no harm.
    """
    waiting = [path for path in sources if path.startswith(f"templates/{ref}/{channel}.")]
    seen: set[str] = set()
    words: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        text = sources[path]
        words |= set(re.findall(r"[a-z_][a-z0-9_]*", text))
        for name in _INCLUDED.findall(text):
            stem = name.rpartition("/")[2].removesuffix(".j2")
            waiting += [item for item in sources if item.rpartition("/")[2].startswith(f"{stem}.")]
    return words.intersection(names)


def slots_of(
    samples: Sequence[Sample], pieces: Iterable[Piece], template: Template
) -> Iterable[Slot]:
    """Yield the slots that can be filled at every location, with what they are filled with."""
    everywhere = list(pieces)
    forms = samples[0].context[FORMS]
    # Without the figure that stands there as an example: it is a fact of nobody's.
    means = {name: kind.what.partition(":")[0] for name, kind in SLOTS.items()}
    for name in forms:
        described = template.file.variables.get(name)
        means.setdefault(name, (described and described.description) or name.replace("_", " "))
    for name, meaning in means.items():
        if name in _LOCAL and not all(_has(piece, name) for piece in everywhere):
            continue
        try:
            filled = [written(name, item.context, item.context["locale"]) for item in samples]
        except SlotError:
            continue
        # What a location is called is nobody's business; how long it is matters.
        example = max(filled, key=len) if name not in _LOCAL else filled[0]
        yield Slot(name, meaning, example)


def _has(piece: Piece, name: str) -> bool:
    own = piece.own["location"] if name == "phone" else piece.own
    return bool(own.get(name))
