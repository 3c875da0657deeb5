"""One request, reserved first and asked again while that may help; times are arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storesync.copywriting.purse import Held, Purse
from storesync.copywriting.spend import CapReached, NoRoomYet
from storesync.errors import UserError
from storesync.plugins.copywriter import Brief, Copywriter, Draft, TryLater, Usage

_FIRST_WAIT = 0.5
_AWAY_SECONDS = 20.0
_LONGEST_WAIT = 30.0
_ROOM_WAIT = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited. `patience`: seconds in all for one answer; `clock` in seconds.

    `wait` sleeps for so long, or until the run is to end, and says whether that is so: it is what
    `threading.Event.wait` does with `stop`. `chance` is from 0 to 1, anew each time.
    """

    patience: float
    clock: Callable[[], float]
    wait: Callable[[float], bool]
    chance: Callable[[], float]
    stop: Callable[[], object]


class Stopped(Exception):  # noqa: N818 - no error: somebody or something else ended the run
    """The run is to end, and this answer was not waited for."""

    message = "the run was stopped"


def ask(copywriter: Copywriter, brief: Brief, purse: Purse, pace: Pace) -> Draft:
    """Return an answer to a brief.

    What failed and may pass is asked again until `pace.patience` is over, no sooner than the
    server asked for. Raises CapReached before a request that could pass a cap, once no other one
    of this run is under way, Stopped, and UserError where there is no answer to be had.
    """
    most = copywriter.most(brief)
    started = pace.clock()
    until = started + pace.patience
    tries, trouble = 0, ""
    while True:
        held, waited = _reserve(most, purse, pace, (tries, trouble))
        until += waited  # the server is not to blame
        tries += 1
        try:
            draft = copywriter.write(brief)
        except TryLater as error:
            trouble = error.message
            # A request without an answer may be counted all the same.
            purse.settle(held, most if error.counted else Usage())
            seconds = _pause(tries, error.after, pace.chance())
            # A server that was never started is no busy one.
            limit = min(until, started + _AWAY_SECONDS) if error.away else until
            if pace.clock() + seconds >= limit:
                raise _given_up(error, tries) from error
            if pace.wait(seconds):
                raise Stopped from error
        except UserError:
            purse.settle(held, Usage())
            raise
        else:
            purse.settle(held, draft.usage)
            return draft


def _reserve(most: Usage, purse: Purse, pace: Pace, failed: tuple[int, str]) -> tuple[Held, float]:
    """Return what is set aside for a request, and the seconds that it took until there was room.

    Where the cap is full, the error tells how often the request `failed` before, and of what.
    """
    waited = 0.0
    while True:
        if pace.wait(0):
            raise Stopped
        try:
            return purse.reserve(most), waited
        except NoRoomYet:
            if pace.wait(_ROOM_WAIT):
                raise
            waited += _ROOM_WAIT
        except CapReached as error:
            tries, trouble = failed
            if not trouble:
                raise
            message = f"{error.message}; asked {_times(tries)} so far, and {trouble}"
            raise CapReached(message, hint=error.hint) from error


def _pause(tries: int, after: float | None, chance: float) -> float:
    """Return the seconds until the next try: as the server said, or doubling with a spread."""
    doubled = min(_FIRST_WAIT * 2.0 ** min(tries - 1, 16), _LONGEST_WAIT) * (0.75 + chance / 4)
    return doubled if after is None else max(after, 0.05)


def _given_up(error: TryLater, tries: int) -> UserError:
    later = f", and it asks for {error.after:.0f} seconds" if error.after else ""
    return UserError(
        f"{error.message}; asked {_times(tries)}{later}",
        hint="run the command again later: answers so far are kept",
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
