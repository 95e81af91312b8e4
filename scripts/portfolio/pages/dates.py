"""When a work appeared, in the words of a page's language."""

from datetime import date

from portfolio.pages.words import Words
from portfolio.records.dates import Day
from portfolio.records.when import When, day_named


def in_words(when: When, say: Words) -> str:
    """Return what readers see of a date in full: month and day where they are known.

    What the author has written in words of their own stays as it is.
    """
    if not when.month:
        return say.term(when.text)
    if say.is_english or when.text != str(when.first.year):
        return f"{say.term(when.month)} {when.text}"
    first, last = _date(when.first), _date(when.last)
    if when.month == day_named(when.first) and first:
        return say.in_full(first, with_day=bool(when.first.day))
    if first and last and "\N{EN DASH}" in when.month:
        return say.period(first, last, with_day=bool(when.first.day))
    return f"{say.term(when.month)} {when.text}"


def _date(day: Day | None) -> date | None:
    """Return a day as calendars have it, the first of its month where only that is known."""
    if day is None or not day.month or not day.year or day.year < 1:
        return None
    return date(day.year, day.month, day.day or 1)
