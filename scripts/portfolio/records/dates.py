"""Dates as bibliographies give them: ISO and US dates, months by name or number, or a year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)-(\d{1,2})(?:-(\d{1,2}))?(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(?<!\d)(\d{1,2})/((?:1[5-9]|20)\d\d)(?!\d)")
_NAMED = re.compile(r"(?<![^\W\d_])(" + "|".join(_MONTHS) + r")[a-z]*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*0?(\d{1,2})\s*")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_CENTURY = 69
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True)
class Day:
    """A date known to the year, the month or the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Write what is known as ISO 8601 does: ``2019``, ``2019-03`` or ``2019-03-28``."""
        parts = [f"{self.year:04d}"] if self.year else []
        parts += [f"{self.month:02d}"] if parts and self.month else []
        parts += [f"{self.day:02d}"] if self.month and len(parts) > 1 and self.day else []
        return "-".join(parts)


def day_of(fields: Mapping[str, str]) -> Day:
    """Return the date in the fields ``year``, ``month`` and ``day``, else in ``date``."""
    told = read_day(fields.get("year", ""))
    full = read_day(fields.get("date", ""))
    if told.year is None or (told.year == full.year and told.month is None):
        told = full
    if told.year is None:
        told = read_day(fields.get("eventdate", ""))
    if told.month is not None:
        return told
    month, day = _month(fields.get("month", ""))
    if month and day is None and (found := _NUMBER.fullmatch(fields.get("day", ""))):
        day = int(found[1])
    return _checked(told.year, month, day)


def read_day(text: str) -> Day:
    """Read one date; of a range, its first day."""
    if found := _ISO.search(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := _US.search(text):
        return _us(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_AND_YEAR.search(text):
        return _checked(int(found[2]), int(found[1]), None)
    year = _YEAR.search(text)
    if not year:
        return Day()
    month, day = _month(_YEAR.sub(" ", text)) if _NAMED.search(text) else (None, None)
    return _checked(int(year[1]), month, day)


def _us(first: int, second: int, year: int) -> Day:
    if year < 100:  # noqa: PLR2004  two digits of a year
        year += 1900 if year >= _CENTURY else 2000
    if first > _MONTHS_IN_A_YEAR:
        first, second = second, first
    return _checked(year, first, second)


def _month(text: str) -> tuple[int | None, int | None]:
    if found := _NUMBER.fullmatch(text):
        return (int(found[1]) if 1 <= int(found[1]) <= _MONTHS_IN_A_YEAR else None), None
    named = _NAMED.search(text)
    if not named:
        return None, None
    day = _DAY.search(text)
    return _MONTHS.index(named[1].lower()) + 1, int(day[1]) if day else None


def _checked(year: int | None, month: int | None, day: int | None) -> Day:
    """Leave out what the calendar does not have."""
    if not month or not 1 <= month <= _MONTHS_IN_A_YEAR:
        return Day(year)
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        day = None
    return Day(year, month, day or None)
