"""Ngày làm việc: weekdays that no declaration takes off, and weekend days declared worked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sct.catalogue.forms import Holiday

_DAY = timedelta(days=1)


def is_working(day: date, holidays: Mapping[date, Holiday]) -> bool:
    """A weekday that is not declared off, or a weekend day declared worked."""
    told = holidays.get(day)
    return day.weekday() < 5 if told is None else not told.off


def after(day: date, count: int, holidays: Mapping[date, Holiday]) -> date:
    """The working day that comes `count` working days after a day; none counted is the day itself."""
    while count:
        day += _DAY
        count -= is_working(day, holidays)
    return day


def between(first: date, last: date, holidays: Mapping[date, Holiday]) -> int:
    """Working days after `first` up to and with `last`; 0 where `last` is not later."""
    if last <= first:
        return 0
    weekdays = _weekdays_to(last) - _weekdays_to(first)
    inside = [told for told in holidays.values() if first < told.day <= last]
    off = sum(told.off and told.day.weekday() < 5 for told in inside)
    return weekdays - off + sum(not told.off and told.day.weekday() >= 5 for told in inside)


def _weekdays_to(day: date) -> int:
    """Mondays to Fridays up to and with a day, from the first week of the calendar."""
    weeks, past = divmod(day.toordinal() - 1, 7)  # ordinal 1 is a Monday
    return 5 * weeks + min(past + 1, 5)
