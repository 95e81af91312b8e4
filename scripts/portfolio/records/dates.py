"""Single dates as people write them: ISO and US dates, months by name or number, or a year."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)-(\d{1,2})(?:-(\d{1,2}))?(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(?<!\d)(\d{1,2})/((?:1[5-9]|20)\d\d)(?!\d)")
_ELSEWHERE = {
    "ene": 1, "gen": 1, "fév": 2, "fev": 2, "mär": 3, "avr": 4, "abr": 4, "mai": 5, "mag": 5,
    "juin": 6, "giu": 6, "juil": 7, "lug": 7, "aoû": 8, "aou": 8, "ago": 8, "set": 9, "okt": 10,
    "ott": 10, "out": 10, "déc": 12, "dez": 12, "dic": 12,
}  # fmt: skip
"""How months begin in German, French, Spanish, Italian and Portuguese, where not as in English."""
_NUMBERED = {name: number for number, name in enumerate(_MONTHS, 1)} | _ELSEWHERE
_NAMED = re.compile(rf"(?<![^\W\d_])({'|'.join(_NUMBERED)})[^\W\d_]*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*0?(\d{1,2})\s*")
_EASTERN = re.compile(r"\s*(0?[1-9]|1[0-2])\s*[月월]\s*(?:(\d{1,2})\s*[日일])?\s*")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_CENTURY = 69
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True)
class Day:
    """A date known to the year, the month or the day; the year before the year 1 is 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Write what is known as ISO 8601 does: ``2019``, ``2019-03`` or ``2019-03-28``."""
        if self.year is None:
            return ""
        parts = [f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}"]
        parts += [f"{self.month:02d}"] if self.month else []
        parts += [f"{self.day:02d}"] if self.month and self.day else []
        return "-".join(parts)


def read_day(text: str) -> Day:
    """Read one date; of a range, its first day."""
    if found := _ISO.search(text):
        return checked(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := _US.search(text):
        return _us(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_AND_YEAR.search(text):
        return checked(int(found[2]), int(found[1]), None)
    year = _YEAR.search(text)
    if not year:
        return Day()
    month, day = read_month(_YEAR.sub(" ", text)) if _NAMED.search(text) else (None, None)
    return checked(int(year[1]), month, day)


def _us(first: int, second: int, year: int) -> Day:
    if year < 100:  # noqa: PLR2004  two digits of a year
        year += 1900 if year >= _CENTURY else 2000
    if first > _MONTHS_IN_A_YEAR:
        first, second = second, first
    return checked(year, first, second)


def read_month(text: str) -> tuple[int | None, int | None]:
    """Read a month by number or name, with the day that may stand beside its name."""
    if found := _EASTERN.fullmatch(text):
        return int(found[1]), int(found[2]) if found[2] else None
    if found := _NUMBER.fullmatch(text):
        return (int(found[1]) if 1 <= int(found[1]) <= _MONTHS_IN_A_YEAR else None), None
    named = _NAMED.search(text)
    if not named:
        return None, None
    day = _DAY.search(text)
    return _NUMBERED[named[1].lower()], int(day[1]) if day else None


def checked(year: int | None, month: int | None, day: int | None) -> Day:
    """Return a day, without what the calendar does not have."""
    if not month or not 1 <= month <= _MONTHS_IN_A_YEAR:
        return Day(year)
    try:
        date(year if year and year > 0 else 2000, month, day or 1)
    except ValueError:
        day = None
    return Day(year, month, day or None)
