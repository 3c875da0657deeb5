"""How the renderer and its worker processes talk: lengths in four bytes, then JSON.

JSON and not pickle: what comes from a worker has seen templates, and must not be able to run.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal

_LENGTH = struct.Struct(">I")
# A batch's texts are sent on in pieces of some megabytes; more than this is no honest worker.
MAX_FRAME = 32 * 1024 * 1024


class FrameError(Exception):
    """Bytes that are no frame: whoever sent them is broken."""


def encode(value: object) -> bytes:
    """Return a value as one frame. Mappings are sorted, so that their order decides nothing."""
    text = json.dumps(value, separators=(",", ":"), sort_keys=True, default=_plain)
    return framed(text.encode("ascii"))


def framed(payload: bytes) -> bytes:
    """Return JSON bytes as one frame."""
    return _LENGTH.pack(len(payload)) + payload


def _plain(value: object) -> object:
    """Return what JSON has no word for as templates expect it: dates and decimals as text."""
    if isinstance(value, Decimal | date | time):
        return value.isoformat() if isinstance(value, date | time) else format(value, "f")
    if isinstance(value, Mapping):
        return dict(value)
    message = f"{type(value).__name__} is not plain data for a template"
    raise TypeError(message)


class Inbox:
    """Bytes as they arrive, taken apart into values."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[object]:
        """Add bytes and yield what is complete. Raises FrameError."""
        self._data += data
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            if length > MAX_FRAME:
                raise FrameError("a frame is too long")
            end = _LENGTH.size + length
            if len(self._data) < end:
                return
            payload = bytes(memoryview(self._data)[_LENGTH.size : end])
            del self._data[:end]
            try:
                yield json.loads(payload)
            except (ValueError, RecursionError) as error:
                raise FrameError("a frame is no JSON") from error
