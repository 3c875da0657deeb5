"""Whether the dates and days of the week in a text are declared: by the flight, by the hours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.stated import stated_in
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.lexicon import lexicon

_PARTS = frozenset({"month_starts", "month_middles", "month_ends"})
_EXACT = frozenset({("start", "month_starts"), ("end", "month_ends")})
_THIRD = 10  # days of a month
_MOST_OF_A_MONTH, _LONGEST, _WEEK, _SHORTEST_MONTH = 20, 400, 7, 28  # days


def is_declared_date(item: Item, facts: Facts) -> bool:
    """Say whether a date is one of the flight, of a variable or of the hours."""
    if item.role == "relative" or not isinstance(item.value, tuple) or len(item.value) != 3:
        return False
    year, month, day = item.value
    if day is None:
        return _is_declared_month(item, facts)
    if item.role in _LIES:
        return _LIES[item.role](item.value, facts)
    short = not item.role and not item.bound and _short_flight(facts)
    if short and _within_flight(item.value, facts):
        return True
    ends = [one.value for one in facts.days if one.role == "end"]
    if item.bound == "under" and any(_is_day_after(item.value, last) for last in ends):
        return True
    return any(
        declared.value.day == day
        and month in {None, declared.value.month}
        and year in {None, declared.value.year}
        and (not item.role or declared.role in {item.role, ""} or _single_day(facts))
        for declared in facts.days
    )


def _is_declared_month(item: Item, facts: Facts) -> bool:
    """Say whether a month, or the part or all of it that is meant, is one of the flight."""
    year, month, _ = item.value
    if item.extra in _PARTS:
        return _is_part_of_flight(item, facts)
    whole = item.extra != "whole" or _is_all_of(month, facts)
    return whole and any(
        month == at.month and year in {None, at.year} for at in _flight_days(facts)
    )


def _is_part_of_flight(item: Item, facts: Facts) -> bool:
    """Say whether the flight begins or ends in a part of a month: until the end of May.

    Until the end it is to one of the last two days, from the beginning on from one of the first.
    """
    year, month, _ = item.value
    roles = {item.role, ""} if item.role else {"start", "end", ""}
    days = [one.value for one in facts.days if one.role in roles]
    return any(
        _is_in_part(day, item.extra, exact=(item.role, item.extra) in _EXACT)
        for day in days
        if month == day.month and year in {None, day.year}
    )


def _is_in_part(day: date, part: str, *, exact: bool) -> bool:
    """Say whether a day lies in a third of its month, exactly at its first or last two days."""
    left = monthrange(day.year, day.month)[1] - day.day
    if exact:
        return min(day.day - 1, left) <= 1
    third = "month_starts" if day.day <= _THIRD else "month_ends" if left <= _THIRD else ""
    return (third or "month_middles") == part


def _is_all_of(month: int | None, facts: Facts) -> bool:
    """Say whether most of a month lies in the flight, so that people say all of it."""
    flight = {one.role: one.value for one in facts.days if one.role}
    if len(flight) != 2:
        return False
    length = min((flight["end"] - flight["start"]).days + 1, _LONGEST)
    days = (flight["start"] + timedelta(days=step) for step in range(length))
    return sum(day.month == month for day in days) >= _MOST_OF_A_MONTH


def _is_day_after(when: tuple[int | None, int | None, int], last: date) -> bool:
    """Say whether what ends before a day has a declared day as its last: before 1 October."""
    following = last + timedelta(days=1)
    year, month, day = when
    return day == following.day and month == following.month and year in {None, following.year}


def _within_flight(when: tuple[int | None, int | None, int], facts: Facts) -> bool:
    """Say whether a day of a list lies in the flight, its year taken from there if not said."""
    year, month, day = when
    flight = {one.role: one.value for one in facts.days if one.role}
    if len(flight) != 2:
        return False
    if month is None:  # Friday the 5th, 6th and 7th
        length = (flight["end"] - flight["start"]).days
        days = (flight["start"] + timedelta(days=step) for step in range(length + 1))
        return length < _SHORTEST_MONTH and any(one.day == day for one in days)
    for guess in {year} if year else {flight["start"].year, flight["end"].year}:
        try:
            if flight["start"] <= date(guess, month, day) <= flight["end"]:
                return True
        except ValueError:
            return False
    return False


def _is_week_of_flight(when: tuple[int | None, int | None, int], facts: Facts) -> bool:
    """Say whether a flight lies in the seven days from one on: the week of September 13."""
    flight = {one.role: one.value for one in facts.days if one.role}
    if len(flight) != 2:
        return False
    first, (year, month, day) = flight["start"], when
    try:
        begins = date(year or first.year, month or first.month, day)
    except ValueError:
        return False
    return begins <= first and flight["end"] < begins + timedelta(days=_WEEK)


def _is_calendar_week(when: tuple[int | None, int | None, int], facts: Facts) -> bool:
    """Say whether the flight lies in the week of that number: KW 15."""
    days = [one.value.isocalendar() for one in facts.days if one.role]
    year, _, week = when
    return bool(days) and all(day.week == week and year in {None, day.year} for day in days)


# How a day lies in the flight that is said to be neither of its ends.
_LIES = {"within": _within_flight, "week": _is_week_of_flight, "calendar_week": _is_calendar_week}


def _single_day(facts: Facts) -> bool:
    return len({day.value for day in facts.days if day.role}) == 1


def _flight_days(facts: Facts) -> list[date]:
    """Return a day of each month that is declared or lies in the flight."""
    days = [day.value for day in facts.days]
    flight = {day.role: day.value for day in facts.days if day.role}
    if "start" in flight and "end" in flight:
        at = flight["start"]
        while at < flight["end"] and len(days) < 400:
            days.append(at)
            at += timedelta(days=7)
    return days


def dated_day(item: Item, facts: Facts) -> date | None:
    """Return the day that a weekday stands beside, its year taken from the flight if not said."""
    when = item.extra["date"]
    if when is None:
        return None
    year, month, day = when
    for declared in facts.days:
        if (
            declared.value.day == day
            and month in {None, declared.value.month}
            and year in {None, declared.value.year}
        ):
            return declared.value
    try:
        return date(year or facts.days[0].value.year, month or facts.days[0].value.month, day)
    except (ValueError, IndexError):
        return None


def is_declared_weekday(item: Item, facts: Facts) -> bool:
    """Say whether a day of the week agrees with its date, the flight or the hours."""
    if item.extra["date"] is not None or item.extra.get("twice"):
        day = None if item.extra.get("twice") else dated_day(item, facts)
        return day is not None and day.weekday() == item.value and not _is_shut(item, day, facts)
    offered = item.extra["plural"] and item.extra["offered"] and not item.extra["open"]
    if offered or item.extra["nth"]:  # a phrase has to say so, whatever the hours are
        return bool(item.extra["nth_of"]) and _is_nth_of_its_month(item, facts)
    of_hours = item.extra["hours"] and (item.extra["range"] or not item.role)
    of_hours = of_hours or item.extra["plural"] or (item.extra["closed"] and not item.role)
    if of_hours and not facts.is_located:
        return False  # each location is asked
    if of_hours and facts.open_days:
        return (item.value in facts.open_days) is not bool(item.extra["closed"])
    if item.extra["days"] and not _short_flight(facts):  # of each week
        legal = stated_in(facts.legal, facts.locale).get(Kind.WEEKDAY, ())
        weekly = item.extra["days"] in {facts.open_days, *(one.extra["days"] for one in legal)}
        if weekly or not item.extra["from"]:  # du mardi au samedi, and no offer from then on
            return weekly and not (item.extra["from"] and item.extra["offered"])
    role = item.extra["range"] or item.role
    roles = {role, ""} if role else {"start", "end", ""}
    known = any(day.value.weekday() == item.value and day.role in roles for day in facts.days)
    if item.extra["asked"] and not (role or item.extra["offered"]):
        known = known or item.value in facts.open_days
    return known or (not role and item.value in _short_flight(facts))


def _is_nth_of_its_month(item: Item, facts: Facts) -> bool:
    """Say whether a declared day is that one of its month: the last Saturday in April."""
    roles = {item.role, ""} if item.role else {"start", "end", ""}
    days = [one.value for one in facts.days if one.role in roles or _single_day(facts)]
    of_month = [day for day in days if day.month == item.extra["nth_of"]]
    if item.extra["nth"] == "last":
        right = [day for day in of_month if (day + timedelta(days=_WEEK)).month != day.month]
    else:
        nth = lexicon(facts.locale).nth
        right = [
            day for day in of_month if nth.get((day.day + _WEEK - 1) // _WEEK) == item.extra["nth"]
        ]
    return any(day.weekday() == item.value for day in right)


def _is_shut(item: Item, day: date, facts: Facts) -> bool:
    """Say whether a day is said to be open that the hours leave out: open on Sunday 14 March."""
    said_open = item.extra.get("open") and not (item.role or item.extra["closed"])
    if not said_open or not facts.open_days or item.value in facts.open_days:
        return False
    return not any(one.value == day and not one.role for one in facts.days)


def _short_flight(facts: Facts) -> set[int]:
    """Return the days of the week in a flight of less than a week: each is one day."""
    flight = {day.role: day.value for day in facts.days if day.role}
    if len(flight) != 2:
        return set()
    length = (flight["end"] - flight["start"]).days
    if length >= 7:
        return set()
    return {(flight["start"] + timedelta(days=step)).weekday() for step in range(length + 1)}
