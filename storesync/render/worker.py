"""A render worker: `python -I -S worker.py FOLDER…`, jobs on stdin, texts on stdout, then gone.

Started by `storesync.render.link` and by nobody else. The folders are where to import from, so
that neither the environment nor the working directory can add code.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from io import RawIOBase
    from struct import Struct
    from types import ModuleType

    from storesync.render.engine import Engine
    from storesync.render.outlet import Outlet

# What rendering imports or reads data of, beside Python itself.
LIBRARIES = ("storesync", "jinja2", "markupsafe", "babel", "phonenumbers", "orjson")
# CPU seconds: to check a file, to get a job's templates ready, to render one part; and to render
# once a job with the same template has taken too long.
_CHECK = 0.75
_READY = 0.75
_RENDER = 0.3
_RENDER_AGAIN = 0.06
# So many jobs of one campaign and template that go over a limit speak for all of that campaign;
# so many of a template, whatever the campaign, for all of the template.
MAX_STRIKES = 3
MAX_TEMPLATE_STRIKES = 6
# Objects that may be garbage before it is looked for; what was there at the start is left out.
_GARBAGE = 200_000
_NICENESS = 5
# Texts go back when so many bytes, or so many seconds, have come together.
_FLUSH_BYTES = 1_000_000
_FLUSH_SECONDS = 0.05
# So many bytes of answers may wait for a parent that has other work; then the worker waits as well.
_UNREAD_BYTES = 4_000_000


def main(folders: list[str]) -> None:
    """Answer requests until stdin ends."""
    gc.disable()  # what importing makes stays: looking through it again and again finds nothing
    _give_way()
    sys.path[:] = [*sys.path, *folders]
    requests, target = _take_over()
    from storesync.render import confine, engine, frames, outlet, phones

    answers = outlet.Outlet(target)
    opening = _read(requests, frames.LENGTHS)
    clock = confine.Stopwatch()
    worker = engine.Engine(opening[0]["sources"], clock) if opening else None
    if opening and any("phone" in text for text in opening[0]["sources"].values()):
        phones.load()  # no template's time is to pay for it
    gc.freeze()  # what little garbage importing left is not worth looking for
    limited = confine.confine(_library_folders(folders))
    answers.send(frames.encode({"ready": True, "limited": limited}))
    while worker and (batch := _read(requests, frames.LENGTHS)):
        if _Batch(worker, *batch, answers, frames).run():
            break  # something ran out: a fresh process takes over
        if gc.get_count()[0] > _GARBAGE:
            gc.collect()
        answers.write_until(requests.fileno())
    answers.wait()


def _give_way() -> None:
    """Let the parent go first where there are fewer processors than processes.

    It does as much for each job as a worker, and is what lasts. Linux weighs a session as a whole
    (sched(7), autogroup), and a worker is one of its own: then its niceness alone says nothing.
    """
    with suppress(OSError, AttributeError):  # there is no niceness in Windows
        os.nice(_NICENESS)
    with suppress(OSError):
        handle = os.open("/proc/self/autogroup", os.O_WRONLY)
        try:
            os.write(handle, b"%d" % _NICENESS)
        finally:
            os.close(handle)


def _library_folders(folders: list[str]) -> list[str]:
    """Return where Python's own modules and those with data of languages and countries lie."""
    own = [folder for folder in sys.path if folder not in folders]
    theirs = [os.path.join(folder, name) for folder in folders for name in LIBRARIES]  # noqa: PTH118 - pathlib is not needed here otherwise
    return own + theirs


def _take_over() -> tuple[RawIOBase, int]:
    """Keep the pipes for ourselves, so that nothing printed can get between the frames."""
    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return os.fdopen(requests, "rb", buffering=0), answers


def _read(requests: RawIOBase, lengths: Struct) -> tuple[Any, Any] | None:
    """Return the JSON of a frame and what is behind it, None where there is none to come."""
    from storesync.source.encoding import from_json

    head = _exactly(requests, lengths.size)
    if len(head) < lengths.size:
        return None
    length, behind = lengths.unpack(head)
    payload, rest = _exactly(requests, length), _exactly(requests, behind)
    if len(payload) + len(rest) < length + behind:
        return None
    return from_json(payload), from_json(rest) if rest else None


def _exactly(requests: RawIOBase, size: int) -> bytearray:
    """Return so many bytes, fewer where there are no more to come."""
    data, at = bytearray(size), 0
    while at < size and (count := requests.readinto(memoryview(data)[at:])):
        at += count
    return data[:at] if at < size else data


class _Batch:
    """One request: its items are answered in order, in one frame or several."""

    def __init__(
        self,
        engine: Engine,
        request: Mapping[str, Any],
        owns: list[dict[str, Any] | None],
        answers: Outlet,
        frames: ModuleType,
    ) -> None:
        self._engine = engine
        self._shared: list[dict[str, Any]] = request["shared"]
        self._items: list[list[Any]] = request["items"]
        self._owns = owns
        self._careful = bool(request.get("careful"))
        self._answers = answers
        self._frames = frames
        self._strikes: dict[tuple[str, int], int] = {}
        self._template_strikes: dict[str, int] = {}

    def run(self) -> bool:
        """Answer every item; say whether a limit was hit, so that this process should end."""
        done: list[list[Any]] = []
        size, since = 0, time.monotonic()
        for item, own in zip(self._items, self._owns, strict=True):
            answer, length = self._answer(item, own)
            done.append(answer)
            size += length
            if self._careful or size > _FLUSH_BYTES or time.monotonic() - since > _FLUSH_SECONDS:
                self._send(done)
                done, size, since = [], 0, time.monotonic()
        self._send(done)
        if self._strikes:
            self._answers.send(self._frames.encode({"retire": True}))
        return bool(self._strikes)

    def _send(self, done: list[list[Any]]) -> None:
        if done:
            self._answers.send(self._frames.encode_answers(done))
            # Of the item that ends this process, all before it have to be known as answered.
            self._answers.wait(0 if self._careful else _UNREAD_BYTES)

    def _answer(self, item: list[Any], own: dict[str, Any] | None) -> tuple[list[Any], int]:
        if item[0] == "check":
            found = self._engine.check(item[1], _CHECK)
            return ["checked", [_plain(diagnostic) for diagnostic in found]], 0
        _, template, channel, locale, shared = item
        key = (template, shared)
        strikes = self._strikes.get(key, 0)
        total = self._template_strikes.get(template, 0)
        if strikes >= MAX_STRIKES or total >= MAX_TEMPLATE_STRIKES or own is None:
            return ["stopped"], 0
        is_suspect = strikes or total >= MAX_STRIKES
        seconds = (_READY, _RENDER_AGAIN if is_suspect else _RENDER)
        context = {**self._shared[shared], **own}
        result = self._engine.render(template, channel, locale, context, seconds)
        if isinstance(result, dict):
            return ["parts", result], sum(map(len, result.values()))
        if result.limit:
            self._strikes[key] = strikes + 1
            self._template_strikes[template] = total + 1
        return ["failed", result._asdict()], 0


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__ if name != "at"}


if __name__ == "__main__":
    main(sys.argv[1:])
