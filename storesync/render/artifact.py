"""What a customer would see at one placement, and the fingerprint of exactly that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import orjson


@dataclass(frozen=True, slots=True)
class Artifact:
    """The rendered parts of one placement, such as `subject`, `html` and `txt` of an email."""

    channel: str
    locale: str
    parts: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the parts and the locale: never over time, tool version or an encoding."""
        whole = {"channel": self.channel, "locale": self.locale, "parts": dict(self.parts)}
        try:  # of texts alone this is their canonical JSON, four times as fast
            return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()
        except TypeError:
            return fingerprint(whole)


def canonical_json(value: object) -> bytes:
    """Return the one JSON text of a value: sorted keys, no spaces, UTF-8 (as RFC 8785 orders)."""
    return _CANONICAL.encode(value).encode()


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    message = f"not a canonical value: {type(value).__name__}"
    raise TypeError(message)


_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
