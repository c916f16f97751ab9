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
    days = (first + _DAY * n for n in range(1, (last - first).days + 1))
    return sum(is_working(day, holidays) for day in days)
