"""What drafting has cost, in `.storesync/spend/<month>.jsonl`: a reservation before each request.

A reservation is on disk before its request is made, and stands at its most until it is settled:
a run that is killed has spent what it might have. Runs at the same time see each other's, since
all reading and writing is done under one lock. Each line carries a hash of itself and the line
before, and a file that does not fit together is refused, never taken for nothing spent.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from storesync.copywriting.spend import NOTHING, Spent
from storesync.errors import UserError
from storesync.source.cache import make_folder

FOLDER = "spend"
_NEW = 0o600
_READ = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass
class _Month:
    """What a month's file says so far; `size` bytes of it have been read."""

    size: int = 0
    chain: str = ""
    settled: Spent = NOTHING
    open: dict[str, Spent] = field(default_factory=dict)

    @property
    def spent(self) -> Spent:
        """Return what is settled, and what is reserved at its most."""
        total = self.settled
        for item in self.open.values():
            total = total.plus(item)
        return total


@dataclass(frozen=True, slots=True)
class Reservation:
    """A request's most, taken in one month; settled in the same one however late."""

    id: str
    month: str


class Journal:
    """The journal of one repository; `folder` is its `.storesync`, `now` the clock."""

    def __init__(self, folder: Path, currency: str, now: Callable[[], datetime]) -> None:
        self._folder = folder / FOLDER
        self._currency = currency
        self._now = now
        self._months: dict[str, _Month] = {}

    def reserve(self, name: str, most: Spent, check: Callable[[Spent], None]) -> Reservation:
        """Take `most` of this month, if `check` of what the month has cost raises nothing."""
        month = self._month(self._now())
        with self._open(month) as (handle, known):
            check(known.spent)
            self._append(handle, known, {"id": name, "reserve": _data(most)})
        return Reservation(name, month)

    def settle(self, reservation: Reservation, actual: Spent) -> None:
        """Put what a request really cost in place of its most."""
        with self._open(reservation.month) as (handle, known):
            if reservation.id in known.open:
                self._append(handle, known, {"id": reservation.id, "settle": _data(actual)})

    def find(self, name: str) -> Reservation | None:
        """Return a reservation that is still open, of this month or the one before."""
        now = self._now()
        before = self._month(now.astimezone(UTC).replace(day=1) - timedelta(days=1))
        for month in (self._month(now), before):
            with self._open(month) as (_, known):
                if name in known.open:
                    return Reservation(name, month)
        return None

    def spent(self) -> Spent:
        """Return what this month has cost, reservations that were never settled at their most."""
        with self._open(self._month(self._now())) as (_, known):
            return known.spent

    @staticmethod
    def _month(moment: datetime) -> str:
        return moment.astimezone(UTC).strftime("%Y-%m")

    @contextmanager
    def _open(self, month: str) -> Iterator[tuple[int, _Month]]:
        """Hold the lock, with a month's file read up to its end."""
        path = self._folder / f"{month}.jsonl"
        try:
            make_folder(self._folder)
            lock = os.open(self._folder / "lock", _READ, _NEW)
        except OSError as error:
            raise _unreadable(self._folder, error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                handle = os.open(path, _READ, _NEW)
            except OSError as error:
                raise _unreadable(path, error) from error
            try:
                yield handle, self._read(handle, path, month)
            finally:
                os.close(handle)
        finally:
            os.close(lock)

    def _read(self, handle: int, path: Path, month: str) -> _Month:
        known = self._months.setdefault(month, _Month())
        size = os.fstat(handle).st_size
        if size < known.size:
            raise _damaged(path, "it has become shorter")
        body = os.pread(handle, size - known.size, known.size)
        whole = body.rfind(b"\n") + 1
        if whole < len(body):
            # Cut off in the middle: whoever wrote it was killed, and went no further.
            os.ftruncate(handle, known.size + whole)
        for line in body[:whole].splitlines():
            self._take(known, line, path)
        known.size += whole
        return known

    def _take(self, known: _Month, line: bytes, path: Path) -> None:
        try:
            record = json.loads(line)
            chain = record.pop("sum")
            fits = chain == _sum(known.chain, record)
            name, currency = str(record["id"]), str(record["currency"])
            kind = "reserve" if "reserve" in record else "settle"
            amount = Spent(int(record[kind]["tokens"]), Decimal(record[kind]["money"]))
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            raise _damaged(path, "a line of it was changed") from error
        if not fits:
            raise _damaged(path, "a line of it was changed")
        if currency != self._currency:
            raise UserError(
                f"this month was counted in {currency}, and the settings say {self._currency}",
                hint=f"keep currency: {currency} under copywriter: until next month",
            )
        known.chain = chain
        if kind == "reserve":
            known.open[name] = amount
        elif known.open.pop(name, None) is not None:
            known.settled = known.settled.plus(amount)

    def _append(self, handle: int, known: _Month, record: dict[str, Any]) -> None:
        record |= {"at": self._now().isoformat(), "currency": self._currency}
        line = json.dumps({**record, "sum": _sum(known.chain, record)}).encode() + b"\n"
        written = os.pwrite(handle, line, known.size)
        if written < len(line):
            raise OSError(28, "no space is left", str(self._folder))
        os.fsync(handle)
        self._take(known, line, self._folder)
        known.size += len(line)


@contextmanager
def exclusive(folder: Path, what: str) -> Iterator[None]:
    """Hold what one run at a time may do, such as submitting a batch; others wait."""
    make_folder(folder / FOLDER)
    lock = os.open(folder / FOLDER / f"{what}.lock", _READ, _NEW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _sum(before: str, record: dict[str, Any]) -> str:
    body = json.dumps([before, record], sort_keys=True).encode()
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _data(spent: Spent) -> dict[str, Any]:
    return {"tokens": spent.tokens, "money": str(spent.money)}


def _damaged(path: Path, why: str) -> UserError:
    return UserError(
        f"what drafting cost cannot be told: {path.name} is damaged ({why})",
        hint=f"look up what was spent, then delete {path.parent.name}/{path.name} in .storesync/",
    )


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"what drafting cost cannot be told: {path}: {error.strerror}",
        hint="the caps hold only where it can be read and written",
    )
