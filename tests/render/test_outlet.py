"""A pipe that is never waited for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from storesync.render.outlet import Outlet

MUCH = bytes(range(256)) * 4_096  # a megabyte, which no pipe takes at once unless it was widened
Pipe = tuple[Outlet, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    yield Outlet(writing), reading
    for descriptor in (reading, writing):
        os.close(descriptor)


def drained(reading: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += os.read(reading, size - len(data))
    return data


def test_what_a_pipe_does_not_take_stays_in_line(pipe: Pipe):
    outlet, reading = pipe
    outlet.send(b"first")
    outlet.send(MUCH)
    assert 0 < outlet.size < len(MUCH)
    taken = 5 + len(MUCH) - outlet.size
    got = drained(reading, taken)
    outlet.write()
    assert got + drained(reading, 100) == (b"first" + MUCH)[: taken + 100]


def test_waiting_ends_when_no_more_than_that_is_in_line(pipe: Pipe):
    outlet, reading = pipe
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(drained(reading, 2 * len(MUCH))))
    outlet.send(MUCH)
    reader.start()
    outlet.send(MUCH)
    outlet.wait(len(MUCH))
    assert outlet.size <= len(MUCH)
    outlet.wait()
    reader.join()
    assert outlet.size == 0
    assert got == [MUCH + MUCH]


def test_writing_stops_when_there_is_something_to_read(pipe: Pipe):
    outlet, _ = pipe
    outlet.send(MUCH)
    readable, other = os.pipe()
    os.write(other, b"!")
    outlet.write_until(readable)
    assert outlet.size > 0
    for descriptor in (readable, other):
        os.close(descriptor)


def test_nothing_in_line_is_not_waited_for(pipe: Pipe):
    outlet, reading = pipe
    outlet.write_until(reading)
    outlet.wait()
    assert outlet.size == 0


def test_a_pipe_that_nobody_reads_is_told_and_can_be_forgotten():
    reading, writing = os.pipe()
    os.close(reading)
    outlet = Outlet(writing)
    with pytest.raises(BrokenPipeError):
        outlet.send(b"lost")
    outlet.drop()
    assert outlet.size == 0
    os.close(writing)
