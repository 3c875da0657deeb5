"""In words: why a placement is not out for all of its flight, and whether it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from storesync.plan.piece import Cut, Piece
from storesync.schedule.window import Window
from storesync.schedule.zones import instant, local_time, starting, written

# How a reason begins that keeps a location out at first, and one that ends it for good.
_NOT_YET = ("closed until ", "opens on ")
_FOR_GOOD = "closes on "
_PRIORITY = " has priority from "


def cut_of(winner: str, window: Window, zone: str) -> Cut:
    """Say who takes a placement's time, from when to when by the location's own clock.

    So thousands of locations in many zones read the same. A last day is included, as in flights.
    """
    until = f" to {_last(window.end, zone)}" if window.end else ""
    words = f"{winner}{_PRIORITY}{_first(window.start, zone)}{until}"
    return Cut(winner, window, words)


def _first(moment: datetime, zone: str) -> str:
    local = local_time(moment, zone)
    return _written(local) if local.time() != local.min.time() else str(local.date())


def _last(moment: datetime, zone: str) -> str:
    local = local_time(moment, zone)
    is_day = local.time() == local.min.time()
    return str((local - timedelta(days=1)).date()) if is_day else _written(local)


def _written(local: datetime) -> str:
    return written(local).replace("T", " ")


def until_later(pieces: Sequence[Piece], later: Piece, at: datetime) -> str:
    """Return why something comes down at a moment, whose next stretch is `later`."""
    reason = _away(pieces, later, at)
    if reason:
        return f"{reason}, then back"
    return later.reason or f"starts {shown(later.starts)}"


def over(pieces: Iterable[Piece]) -> str:
    """Say why the last piece is over: a rival that took over, a closing, or the flight itself."""
    last = max(
        (piece for piece in pieces if piece.ends), key=lambda piece: piece.ends or piece.starts
    )
    taken = [cut.words for cut in last.cuts if cut.window.start == last.ends]
    closing = [part for part in last.reason.split("; ") if part.startswith(_FOR_GOOD)]
    return "; ".join(taken or closing) or f"flight ended {shown(last.ends)}"


def kept_out(pieces: Sequence[Piece], at: datetime) -> str:
    """Return why nothing is out now though the flight runs and goes on later, or nothing."""
    ahead = [piece for piece in pieces if piece.starts > at]
    later = min(ahead, key=lambda piece: piece.starts, default=None)
    if later is None or flight_start(later) > at:
        return ""
    reason = _away(pieces, later, at)
    if reason or not later.reason or any(piece.starts <= at for piece in pieces):
        return reason
    return f"waits until {shown(later.starts)}: {later.reason}"  # a blackout, or quiet hours


def kept_up_for(reason: str) -> str:
    """Say of what is out, and would not be in a rival's time, why it is: nothing of it is there."""
    if _PRIORITY not in reason:
        return reason
    return f"stays live while nothing of the rival comes out: {reason}"


def turns(piece: Piece) -> Iterator[datetime]:
    """Yield the moments at which `kept_out` may say something else of a piece to come."""
    yield flight_start(piece)
    for cut in piece.cuts:
        yield cut.window.start
        if cut.window.end:
            yield cut.window.end


def is_foreseen(reason: str) -> bool:
    """Say whether an opening state, a rival's flight or a cancellation takes something down."""
    begins = (*_NOT_YET, _FOR_GOOD, "campaign cancelled")
    return reason.startswith(begins) or _PRIORITY in reason


def _away(pieces: Sequence[Piece], later: Piece, at: datetime) -> str:
    """Return whose time it is at a moment, or that the location is closed, or nothing."""
    rivals = [cut.words for cut in later.cuts if cut.window.contains(at)]
    if rivals or any(piece.starts <= at for piece in pieces):
        return "; ".join(rivals)
    return "; ".join(part for part in later.reason.split("; ") if part.startswith(_NOT_YET))


def roughly(span: timedelta) -> str:
    """Return a span in the largest unit that it has two of: so locations of many zones agree."""
    hours = span // timedelta(hours=1)
    if hours < 2:
        return f"{span // timedelta(minutes=1)} minutes"
    return f"{hours} hours" if hours < 48 else f"{span.days} days"


def shown(moment: datetime | None) -> str:
    """Return a moment in UTC as plans write it."""
    return f"{moment:%Y-%m-%d %H:%MZ}" if moment else "never"


def flight_start(piece: Piece) -> datetime:
    """Return when a piece's flight starts by itself: its start as written, in its zone."""
    start, _, zone, *_ = piece.flight
    return instant(starting(datetime.fromisoformat(start)), zone).utc


def down(pieces: list[Piece], at: datetime) -> str:
    """Say why nothing is out of a placement at a moment."""
    later = next((piece for piece in pieces if piece.starts > at), None)
    return over(pieces) if later is None else until_later(pieces, later, at)
