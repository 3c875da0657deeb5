"""Many files read by a second process from the first one on, so that this one can go on with them.

It is a matter of speed only: while there is no answer yet, this process reads as well, from the
last one on, and whatever goes wrong with the other one means no more than that. Where the two meet,
it is ended.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from storesync.source import reading
from storesync.source.document import Document, restored
from storesync.source.encoding import from_json
from storesync.source.yaml import read

# With fewer files a second process takes longer to start than it saves.
FEWEST = 2_000
_LIBRARIES = ("storesync", "yaml", "orjson")
# Some Pythons find their own library by these (GitHub's setup-python sets the first).
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Ahead:
    """Documents that a second process has read. `fewest` files are worth starting it."""

    def __init__(self, fewest: int = FEWEST) -> None:
        self._fewest = fewest
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None
        self._offset = 0
        self._files: list[tuple[str, bytes]] = []  # those that nobody has read here, in order
        self._places: dict[str, int] = {}  # of the paths
        self._answers: list[Any] = []  # of the first files
        self._last: dict[int, Document | None] = {}  # of the last files, by place

    def start(self, paths: Sequence[str], raws: Sequence[bytes]) -> None:
        """Begin to read files from the first one on, if it is worth it and not yet begun."""
        if self._places or len(raws) < self._fewest or (os.cpu_count() or 1) < 2:
            return
        self._places = {path: place for place, path in enumerate(paths)}
        with suppress(OSError, subprocess.SubprocessError):
            # Files and no pipes: neither process ever waits for the other.
            self._output = tempfile.TemporaryFile()  # noqa: SIM115 - open until `close`
            with tempfile.TemporaryFile() as source:
                source.write(b"".join(len(raw).to_bytes(4, "big") + raw for raw in raws))
                source.seek(0)
                self._process = _spawn(source, self._output)
            self._files = list(zip(paths, raws, strict=True))

    @property
    def is_reading(self) -> bool:
        """Say whether the other process is at work."""
        return self._process is not None

    def get(self, path: str) -> Document | None:
        """Return the document of a file, None where there is no sound one.

        Files are asked for in the order they were given, though not all of them need be.
        """
        place = self._places.get(path)
        if place is None:
            return None
        while len(self._answers) <= place < len(self._files):
            self._take()
            if len(self._answers) <= place:
                self._read_last()
        if place < len(self._answers):
            answer = self._answers[place]
            return None if answer is None else restored(path, *answer)
        self._stop()  # all files behind this one are read as well
        return self._last.pop(place, None)

    def _read_last(self) -> None:
        """Read the last file that was not read here."""
        path, raw = self._files.pop()
        document, found = read(path, raw)
        self._last[len(self._files)] = None if found else document

    def close(self) -> None:
        """End the process, if it has not ended, and give everything back."""
        self._stop()
        if self._output is not None:
            self._output.close()
            self._output = None
        self._files, self._places, self._answers, self._last = [], {}, [], {}

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _take(self) -> None:
        """Take the frames that are complete."""
        output = self._output
        if output is None:
            return
        try:
            while len(head := os.pread(output.fileno(), 4, self._offset)) == 4:
                size = int.from_bytes(head, "big")
                payload = os.pread(output.fileno(), size, self._offset + 4)
                if len(payload) < size:
                    return
                self._offset += 4 + size
                self._answers += from_json(payload)
        except (OSError, ValueError):
            self._stop()


def _spawn(source: IO[bytes], target: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the process with an empty environment, and with nothing of ours but the two files."""
    folders: dict[str, None] = {}
    for name in _LIBRARIES:
        spec = importlib.util.find_spec(name)
        for place in (spec.submodule_search_locations or []) if spec else []:
            folders[str(Path(place).resolve().parent)] = None
    script = str(Path(reading.__file__).resolve())
    return subprocess.Popen(  # noqa: S603 - a list of our own, no shell
        [sys.executable, "-I", "-S", "-X", "utf8", script, *folders],
        stdin=source,
        stdout=target,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
        start_new_session=True,
    )
