"""What a search answers: a past campaign, why it was found, and what it achieved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """A past campaign that answers a question.

    `score` (0 to 1) orders the hits of one brand and compares with no other brand's. `title` is
    the campaign's name, `why` a sentence for people, `passage` the words that matched best, as
    they were written. `achieved` tells its results in words, empty where none are known, and
    `success` (0 to 1) is what they are worth beside the brand's other campaigns; 0.5: as most, or
    not known. `commit` is the newest commit that changed the campaign's folder, empty where that
    was not asked. `texts` are its words by variable, in one language. `weak` where perhaps
    nothing of the brand fits, and this is among the nearest. Of an example for copy `channels`
    and `language` say where its words stood, empty where it is as in the copy.
    """

    brand: str
    campaign: str
    score: float
    title: str
    why: str
    passage: str = ""
    achieved: str = ""
    commit: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    success: float = 0.5
    weak: bool = False
    channels: tuple[str, ...] = ()
    language: str = ""
