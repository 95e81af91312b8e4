"""When something was: a day, a term, or from when to when, as people write it."""

import re
from dataclasses import dataclass
from datetime import date

from portfolio.records.dates import Day
from portfolio.records.when import NO_DAY, read_date, season_in

PRESENT = "present"
_NOW = re.compile(
    r"present|now|current(?:ly)?|today|ongoing|date|heute|jetzt|aujourd.hui|présent|actualidad"
    r"|presente|hoje|н\.\s?в\.|现在|至今|現在",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:since|seit|depuis|desde|from|\u0441|自)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s*[\u2012-\u2015]\s*|\s+-{1,3}\s+|--+|\s+(?:to|until|till|bis|à)\s+")
_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4}|(?=[^\W\d])\w+)?")
_YEAR_TO_YEAR = re.compile(r"(\d\d)(\d\d)\s*(?:[\u2012-\u2015/]|--+|-(?=1[3-9]|[2-9]))\s*(\d\d)")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_TIME = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]\d\d:.*")
_SEASON = {1: 3, 2: 6, 3: 9, 4: 12}


@dataclass(frozen=True)
class Span:
    """One time or two, as written: ``("2019-09", "present")``; ``first`` and ``last`` as days.

    Where it goes on, the last part is ``PRESENT``, and where nothing is told, there are no parts.
    """

    parts: tuple[str, ...] = ()
    first: Day = NO_DAY
    last: Day = NO_DAY

    @property
    def goes_on(self) -> bool:
        """Whether it has no end yet."""
        return self.parts[-1:] == (PRESENT,)

    @property
    def year(self) -> int | None:
        """The year under which it stands: its last one, the first where it goes on."""
        return self.last.year if not self.goes_on and self.last.year else self.first.year

    @property
    def order(self) -> tuple[int, int, int, int, int, int, int]:
        """What sorts the newest first: what goes on, then by the end, then by the beginning."""
        if not self.parts:
            return (1, 0, 0, 0, 0, 0, 0)
        end = (
            (-(10**6), 0, 0) if self.goes_on else _key(self.last if self.last.year else self.first)
        )
        return (0 if self.goes_on or self.year else 1, *end, *_key(self.first))


def read_span(when: str, start: str = "", end: str = "") -> Span:
    """Return what ``when`` says, or ``start`` and ``end``."""
    parts = [_TIME.sub("", part) for part in _parts(when) if part]
    if start or end:
        first = start or (parts[0] if parts else "")
        parts = [*filter(None, (first, end or ("" if when else PRESENT * bool(start))))]
        parts = [part for whole in parts for part in _parts(whole)][:2]
    parts = [PRESENT if _NOW.fullmatch(part.strip(" .")) else part for part in parts]
    if not parts:
        return Span()
    begins, ends = _day(parts[0]), _day(parts[-1])
    if len(parts) > 1 and not begins.year and ends.year:
        begins = _day(f"{parts[0]} {ends.year}")
    return Span(tuple(parts), begins, ends)


def fault_of(span: Span) -> str:
    """Return what is wrong with a span, or nothing; what is no date is shown as it is written."""
    for part in span.parts:
        if _ISO.fullmatch(part) and not _is_there(part):
            return f"there is no such day ({part})"
    if len(span.parts) > 1 and span.first.year and span.last.year:
        first, last = _tuple(span.first), _tuple(span.last)
        if last[: len(first)] < first[: len(last)]:
            return f"it ends before it begins ({' to '.join(span.parts)})"
    return ""


def _parts(text: str) -> list[str]:
    text = " ".join(text.split())
    if since := _SINCE.match(text):
        return [text[since.end() :], PRESENT]
    if years := _YEARS.fullmatch(text):
        return [years[1], years[2] or PRESENT]
    if years := _YEAR_TO_YEAR.fullmatch(text):
        return [years[1] + years[2], years[1] + years[3]]
    pieces = [piece.strip() for piece in _DASH.split(text, maxsplit=1)]
    if len(pieces) == 1 and "/" in text:
        ends = text.split("/")
        if len(ends) == 2 and _ISO.fullmatch(ends[0]):  # noqa: PLR2004  a beginning and an end
            pieces = ends
    if len(pieces) == 2 and pieces[0] and not pieces[1]:  # noqa: PLR2004  the same
        pieces[1] = PRESENT
    return [PRESENT if piece in {"..", ""} else piece for piece in pieces] if text else []


def _day(part: str) -> Day:
    if part == PRESENT:
        return NO_DAY
    when = read_date(part)
    day = when.first
    if day.month or not day.year:
        return day
    season = when.season or season_in(part)
    return Day(day.year, _SEASON[season]) if season else day


def _key(day: Day) -> tuple[int, int, int]:
    return (-(day.year or 0), -(day.month or 0), -(day.day or 0))


def _tuple(day: Day) -> tuple[int, ...]:
    return tuple(number for number in (day.year, day.month, day.day) if number)


def _is_there(iso: str) -> bool:
    year, month, day = f"{iso}-01-01".split("-")[:3]
    try:
        return bool(date(int(year) or 1, int(month), int(day)))
    except ValueError:
        return False
