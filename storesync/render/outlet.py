"""Frames on their way into a pipe that is never waited for: what it does not take now goes later.

Both ends use it, so that neither stops working because the other is busy.
"""

from __future__ import annotations

import os
import select
from collections import deque


class Outlet:
    """The writing end of a pipe, and the bytes that it has not taken yet."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.size = 0  # bytes in line
        self._line: deque[memoryview] = deque()

    def send(self, frame: bytes) -> None:
        """Put a frame in line. Raises BrokenPipeError where nobody reads any more."""
        self._line.append(memoryview(frame))
        self.size += len(frame)
        self.write()

    def write(self) -> None:
        """Write what the pipe takes now. Raises BrokenPipeError as `send` does."""
        while self._line:
            try:
                count = os.write(self.descriptor, self._line[0])
            except BlockingIOError:
                return
            self.size -= count
            if count < len(self._line[0]):
                self._line[0] = self._line[0][count:]
            else:
                self._line.popleft()

    def wait(self, most: int = 0) -> None:
        """Return when at most so many bytes are in line."""
        while self.size > most:
            select.select((), (self.descriptor,), ())
            self.write()

    def write_until(self, readable: int) -> None:
        """Go on writing until there is something to read from another pipe, or nothing in line."""
        while self._line:
            ready, _, _ = select.select((readable,), (self.descriptor,), ())
            self.write()
            if ready:
                return

    def drop(self) -> None:
        """Forget what is in line."""
        self._line.clear()
        self.size = 0
