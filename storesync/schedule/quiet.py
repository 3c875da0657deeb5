"""When nothing may go out: blackouts for all channels, quiet hours for messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from storesync.catalog.catalog import Brand, Catalog, Location
from storesync.model.hours import DAYS, days_of
from storesync.schedule.zones import ending, instant, local_time, starting

if TYPE_CHECKING:
    from storesync.model.window import Blackout, QuietHours, Scope

S = TypeVar("S", bound="Scope")

# What a wait that never ends waits for.
NEVER = datetime.max.replace(tzinfo=UTC)
# A wait is bent by at most this many windows one after the other before it counts as for ever.
_MOST_STEPS = 400
_MINUTE = timedelta(minutes=1)
_DAY_MINUTES = 24 * 60


class Wait(NamedTuple):
    """The first moment (UTC) at which something may go out, and what it waits for."""

    until: datetime
    reason: str


class Rules(NamedTuple):
    """The windows that hold for one location and channel."""

    zone: str
    blackouts: Sequence[Blackout]
    quiet_hours: Sequence[QuietHours]

    def first_allowed(self, moment: datetime) -> Wait:
        """Return the first moment from `moment` (UTC) on at which something may go out."""
        reasons: list[str] = []
        for _ in range(_MOST_STEPS):
            wait = self._blocked(moment)
            if wait is None:
                return Wait(moment, "; ".join(dict.fromkeys(reasons)))
            moment = wait.until
            reasons.append(wait.reason)
        return Wait(NEVER, "; ".join(dict.fromkeys(reasons)))

    def _blocked(self, moment: datetime) -> Wait | None:
        for blackout in self.blackouts:
            start = instant(starting(blackout.start), self.zone).utc
            end = instant(ending(blackout.end), self.zone).utc
            if start <= moment < end:
                return Wait(end, f"blackout: {blackout.reason}")
        if not self.quiet_hours:
            return None
        local = local_time(moment, self.zone)
        for hours in self.quiet_hours:
            end_local = _quiet_end(hours, local)
            if end_local is not None:
                until = instant(end_local, self.zone).utc
                if until <= moment:  # in an overlap, at the second of two such times: go on
                    until = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
                return Wait(until, f"quiet hours {written(hours)}")
        return None


def rules_for(
    catalog: Catalog, brand: Brand, location: Location, channel: str, *, message: bool
) -> Rules:
    """Return the windows of the repository and the brand that hold here.

    `message` says that the channel sends messages, the only thing quiet hours are about.
    """
    sources = [catalog.settings, brand.file]
    blackouts = [item for source in sources if source for item in source.blackouts]
    quiet = [item for source in sources if source for item in source.quiet_hours] if message else []
    return Rules(
        location.timezone,
        tuple(_within(blackouts, location, channel)),
        tuple(_within(quiet, location, channel)),
    )


def _within(scopes: Iterable[S], location: Location, channel: str) -> list[S]:
    return [scope for scope in scopes if holds(scope, location, channel)]


def holds(scope: Scope, location: Location, channel: str) -> bool:
    """Say whether a window holds at a location on a channel."""
    return (
        (not scope.countries or location.country in scope.countries)
        and (not scope.regions or location.region in scope.regions)
        and (not scope.channels or channel in scope.channels)
    )


def _quiet_end(hours: QuietHours, local: datetime) -> datetime | None:
    """Return when the quiet hours that `local` lies in are over, or None outside of them.

    They may have begun yesterday, and belong to the day on which they begin.
    """
    begins, lasts = _span(hours)
    days = _days(hours)
    today = datetime.combine(local.date(), time())
    for midnight in (today - timedelta(days=1), today):
        start = midnight + begins
        if midnight.weekday() in days and start <= local < start + lasts:
            return start + lasts
    return None


def written(hours: QuietHours) -> str:
    """Return quiet hours as plans and messages name them: `sun 00:00-12:00`."""
    return " ".join(filter(None, (",".join(hours.days), f"{hours.start}-{hours.end}")))


def leave_no_moment(windows: Iterable[QuietHours]) -> bool:
    """Say whether quiet hours together take up the whole week, by the clock on the wall."""
    minutes = 0  # a bit for each minute of the week, and of the next one
    for hours in windows:
        begins, lasts = (span // _MINUTE for span in _span(hours))
        for day in _days(hours):
            minutes |= ((1 << lasts) - 1) << (day * _DAY_MINUTES + begins)
    week = (1 << 7 * _DAY_MINUTES) - 1
    return (minutes | minutes >> 7 * _DAY_MINUTES) & week == week


def _days(hours: QuietHours) -> set[int]:
    """Return the weekdays (Monday is 0) on which quiet hours begin."""
    return {DAYS.index(day) for span in hours.days or ["mon-sun"] for day in days_of(span)}


def _span(hours: QuietHours) -> tuple[timedelta, timedelta]:
    """Return how long after midnight quiet hours begin, and how long they last: a day at most."""
    begins, ends = _clock(hours.start), _clock(hours.end)
    return begins, ends - begins if begins < ends else ends - begins + timedelta(days=1)


def _clock(text: str) -> timedelta:
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))
