"""The caps of one run over the journal of the month: every request is reserved here first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from storesync.copywriting.journal import Journal, Reservation
from storesync.copywriting.spend import (
    NOTHING,
    CapReached,
    Caps,
    NoRoomYet,
    Price,
    Spent,
    priced,
)
from storesync.errors import UserError
from storesync.plugins.copywriter import Usage


@dataclass(frozen=True, slots=True)
class Held:
    """What was reserved for a request, in the month's journal and of the run."""

    reservation: Reservation
    most: Spent


@dataclass
class Purse:
    """Threads share it. `name` makes a new name for each reservation."""

    caps: Caps
    price: Price | None
    journal: Journal
    name: Callable[[], str]
    run: Spent = NOTHING
    _held: dict[str, Held] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        """Refuse a cap of money where nobody knows what anything costs."""
        if self.caps.of_money and self.price is None:
            raise UserError(
                "there is a cap of money, and no price for the model",
                hint="add it under copywriter: {prices: {MODEL: {input: …, output: …}}}",
            )

    def reserve(self, most: Usage, name: str = "") -> Held:
        """Set aside what a request costs at most. Raises CapReached; then it must not be made.

        Raises NoRoomYet where others of this run were held at that moment: ask again once one of
        them is settled.
        """
        wanted = priced(most, self.price)
        with self._lock:
            try:
                reservation = self.journal.reserve(
                    name or self.name(),
                    wanted,
                    lambda month: self.caps.check(wanted, self.run, month),
                )
            except CapReached as error:
                if self._held:
                    raise NoRoomYet(error.message, hint=error.hint) from error
                raise
            return self._hold(reservation, wanted)

    def settle(self, held: Held, usage: Usage) -> Spent:
        """Put what a request did cost in place of its most, and return it."""
        actual = priced(usage, self.price)
        with self._lock:
            self.journal.settle(held.reservation, actual)
            self.run = self.run.minus(held.most).plus(actual)
            self._held.pop(held.reservation.id, None)
        return actual

    def again(self, name: str, most: Usage) -> Held | None:
        """Return what this run or an earlier one set aside under a name and did not settle."""
        wanted = priced(most, self.price)
        with self._lock:
            if name in self._held:
                return self._held[name]
            reservation = self.journal.find(name)
            if reservation is None:
                return None
            return self._hold(reservation, wanted)

    def _hold(self, reservation: Reservation, most: Spent) -> Held:
        self.run = self.run.plus(most)
        held = self._held[reservation.id] = Held(reservation, most)
        return held
