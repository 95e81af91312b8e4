"""Dates of CSL-JSON, and the fields that they are read into."""

from collections.abc import Mapping
from typing import Any

from portfolio.records.dates import Day
from portfolio.records.formats.record import MONTHS, parts_of
from portfolio.records.when import SEASONS, When

_PARTS = 3


def date_of(when: When) -> dict[str, Any]:
    """Return a date or a period; literally where its year is in no digits that all can read."""
    if when.first.year is None or not when.is_countable:
        return {"literal": when.text} if when.text else {}
    days = [when.first, *([when.last] if when.last and when.last.year is not None else [])]
    date: dict[str, Any] = {"date-parts": [_parts(day) for day in days]}
    date |= {"season": when.season} if when.season else {}
    return date | ({"circa": True} if when.is_about else {})


def date_in(value: Any) -> str:
    """Return a date as ISO 8601 writes it, a period with a slash, or the words for it."""
    days = _days(value)
    if days:
        return "/".join(map(str, days))
    return str(value.get("literal") or value.get("raw") or "") if isinstance(value, Mapping) else ""


def issued_in(value: Any) -> dict[str, str]:
    """Return the fields for a date of publication, as BibTeX has them."""
    days = _days(value)
    if not days:
        return {"year": date_in(value)}
    if len(days) > 1 or (days[0].year or 0) <= 0:
        return {"date": date_in(value)}
    season = value.get("season")
    known = isinstance(season, int) and season in range(1, len(SEASONS) + 1)
    month = MONTHS[days[0].month - 1] if days[0].month else SEASONS[season - 1] if known else ""
    return {"year": str(days[0].year), "month": month, "day": str(days[0].day or "")}


def _parts(day: Day) -> list[int]:
    """Return a date's numbers; the year before the year 1 is -1 in CSL."""
    year, *others = parts_of(day)
    return [year if year > 0 else year - 1, *others]


def _days(value: Any) -> list[Day]:
    try:
        listed = [[int(part) for part in parts] for parts in value["date-parts"]]
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return []
    days = []
    for parts in listed[:2]:
        year, month, day = [*parts, 0, 0, 0][:_PARTS]
        if year:
            month = month if 1 <= month <= len(MONTHS) else 0
            days.append(Day(year + (year < 0), month or None, (month and day) or None))
    return days
