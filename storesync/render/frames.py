"""How the renderer and its worker processes talk: two lengths, then JSON, then plain bytes.

JSON and not pickle: what comes from a worker has seen templates, and must not be able to run.
What is large goes behind the JSON as it is: contexts, which their parent has as JSON already, and
rendered texts.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from storesync.source.encoding import to_json

LENGTHS = struct.Struct(">II")
# A batch's texts are sent on in pieces of some megabytes; more than this is no honest worker.
MAX_FRAME = 32 * 1024 * 1024


class FrameError(Exception):
    """Bytes that are no frame: whoever sent them is broken."""


def encode(value: object, behind: Sequence[bytes] = ()) -> bytes:
    """Return a value as one frame, with the bytes that go behind it."""
    head = dumps(value)
    return b"".join((LENGTHS.pack(len(head), sum(map(len, behind))), head, *behind))


def dumps(value: object) -> bytes:
    """Return a value as JSON. Mappings are sorted, so that their order decides nothing."""
    return to_json(value, _plain, ordered=True)


def _plain(value: object) -> object:
    """Return what JSON has no word for as templates expect it: dates and decimals as text."""
    if isinstance(value, Decimal | date | time):
        return value.isoformat() if isinstance(value, date | time) else format(value, "f")
    if isinstance(value, Mapping):
        return dict(value)
    message = f"{type(value).__name__} is not plain data for a template"
    raise TypeError(message)


def encode_answers(answers: Sequence[Sequence[Any]]) -> bytes:
    """Return answers as one frame. `["parts", name -> UTF-8]` are texts, which go behind."""
    head: list[Sequence[Any]] = []
    texts: list[bytes] = []
    for answer in answers:
        if answer[0] == "parts":
            parts = sorted(answer[1].items())
            head.append(["parts", [[name, len(text)] for name, text in parts]])
            texts += [text for _, text in parts]
        else:
            head.append(answer)
    return encode(head, texts)


def answers_of(value: Any, behind: bytes) -> list[list[Any]]:
    """Return the answers of a frame, texts as text. Raises FrameError."""
    at, answers = 0, []
    try:
        for kind, *rest in value:
            if kind == "parts":
                texts = {}
                for name, length in rest[0]:
                    texts[name] = str(behind[at : at + length], "utf-8")
                    at += length
                rest = [texts]  # noqa: PLW2901 - lengths become texts
            answers.append([kind, *rest])
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise FrameError("a frame holds no answers") from error
    if at != len(behind):
        raise FrameError("a frame holds more or less than its texts")
    return answers


class Inbox:
    """Bytes as they arrive, taken apart into values and what is behind them."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[object, bytes]]:
        """Add bytes and yield what is complete. Raises FrameError."""
        self._data += data
        while len(self._data) >= LENGTHS.size:
            length, behind = LENGTHS.unpack_from(self._data)
            if length + behind > MAX_FRAME:
                raise FrameError("a frame is too long")
            start = LENGTHS.size + length
            if len(self._data) < start + behind:
                return
            head = bytes(memoryview(self._data)[LENGTHS.size : start])
            rest = bytes(memoryview(self._data)[start : start + behind])
            del self._data[: start + behind]
            try:
                value = json.loads(head)
            except (ValueError, RecursionError) as error:
                raise FrameError("a frame is no JSON") from error
            yield value, rest
