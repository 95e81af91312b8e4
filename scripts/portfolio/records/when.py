"""When a work appeared: a day, a period, or what stands in a date's place, with all its doubts.

Sources: BibLaTeX's date specifications (ISO 8601-2, "EDTF", level 1), and the habits of BibTeX, in
which a year is any text at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from portfolio.records.calendars import CHINESE, first_of_century, roman, year_of_era
from portfolio.records.dates import Day, checked, read_day, read_month

_FIELDS = ("year", "month", "day", "date", "eventdate")
_OF_STATE = ("pubstate", "note", "howpublished")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASON = re.compile(
    r"\b(?:(spring|fr[üu]h|printemps|primavera)|(summer|sommer|été|verano|estate|verão)"
    r"|(autumn|fall\b|herbst|automne|oto[ñn]o|autunno|outono)|(winter|hiver|invierno|inverno))",
    re.IGNORECASE,
)
_FIRST_SEASON = 21
_ISO = re.compile(
    r"(?P<before>[?~%]?)(?P<year>y?-?\d[\dXxu]{3,8})(?:-(?P<month>\d\d|[\dXxu]{2}))?"
    r"(?:-(?P<day>\d\d|[\dXxu]{2}))?(?:[T ]\d\d?:\d\d[\d:.]*(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
    r"(?P<after>[?~%]?)"
)
_OPEN = {"", ".."}
_PLAIN = re.compile(r"(\d{4})[a-z]?")
_BEFORE_OURS = re.compile(
    r"^[-\u2212]\d+$|\bB\.? ?C\.?(?: ?E\.?)?(?![a-z])|\bv\. ?Chr\b|\bav\. J|\ba\. ?C\."
)
_OF_OURS = re.compile(r"\bC\.?E\b|\bA\.? ?D\b|\bn\. ?Chr\b")
_OTHER_ERA = re.compile(
    r"(?<![\w.])(?:A\.?H|S\.?H|H\.?S|B\.?E|A\.?M|B\.?S)\.?(?!\w)", re.IGNORECASE
)
_ABOUT = re.compile(r"(?<!\w)(?:c|ca|circa|approx|about|um|vers)(?!\w)|[~?≈]", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_IN_CHINESE = re.compile(f"[{''.join(CHINESE)}○零]{{4}}")
_WORDS = re.compile(
    r"forthcoming|in[ -]?(?:press|print|preparation|prep|revision|review|submission)|to appear"
    r"|(?:to be )?(?:accepted|submitted|published)|under review|unpublished|pre-?published"
    r"|online first|early access|ahead of print|preprint|ongoing|present|current|draft|pending"
    r"|t\.?b\.?[acd]\b|im (?:druck|erscheinen)|à paraître|sous presse|en prensa"
    r"|in (?:corso di )?stampa|no prelo",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\W*(?:to appear|forthcoming|accepted|submitted|under review"
    r"|in ?(?:press|print|prep|review|revision|submission))",
    re.IGNORECASE,
)
_NO_DATE = re.compile(r"\bn\. ?d\b|no date|undated|\bs\. ?[ad]\b|\bo\. ?J\b", re.IGNORECASE)
UNDATED = "Undated"
_CALENDAR = range(1500, 2200)
"""The years that are surely of the calendar that machines take a year to be of."""
_DIGITS = 3
"""The fewest digits of a year whose era is not told."""
_MODERN = 1000
_UNKNOWN = re.compile(r"\d{3}[?xX_-]|\d\d(?:\?\?|--|__)")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


NO_DAY = Day()


@dataclass(frozen=True)
class When:
    """A day or the first one of a period, the ``last`` one (unknown where it goes on), and words.

    ``text`` is what readers see: the year, or what stands in its place; ``label`` is the year to
    list it under, empty for what is yet to come; ``month`` is the month or season as written.
    """

    first: Day = NO_DAY
    last: Day | None = None
    text: str = ""
    label: str = ""
    month: str = ""
    season: int = 0
    is_about: bool = False
    """Whether the year is one that somebody has guessed, or known in part."""

    @property
    def order(self) -> int:
        """The number to sort by, newest first: what is yet to come stands before, undated last."""
        if self.label == UNDATED:
            return 10**6
        return -self.first.year if self.first.year is not None else -(10**6)

    @property
    def certain(self) -> Day:
        """The day for machines: none where they could take it for another one."""
        known = self.first.year in _CALENDAR and not self.is_about and self.is_countable
        return self.first if known else NO_DAY

    @property
    def is_cut(self) -> bool:
        """Whether too few digits of a year are there, as in 97, and no era says why."""
        return self.label.isdigit() and self.label.isascii() and len(self.label) < _DIGITS

    @property
    def in_full(self) -> str:
        """The text, with day and month before the year where they are known."""
        return f"{self.month} {self.text}" if self.month and self.text else self.text

    @property
    def is_countable(self) -> bool:
        """Whether the year is a number in the digits that all programs read, and no digit open."""
        return self.label.isascii() and self.label.partition(" ")[0].isdigit()


def when_of(fields: Mapping[str, str]) -> When:
    """Return what the fields ``year``, ``month``, ``day`` and ``date``, else ``eventdate`` say.

    A work without any of them is yet to come only where a field says so in words.
    """
    year, month, day, date, event = (fields.get(name, "").strip() for name in _FIELDS)
    date = date if year or date else event
    if year or date or any(_TO_COME.match(fields.get(name, "")) for name in _OF_STATE):
        return _when(year, month, day, date)
    return replace(_when(year, month, day, date), label=UNDATED)


@lru_cache(maxsize=4096)
def _when(year: str, month: str, day: str, date: str) -> When:
    date = date.strip("{} ")
    told = read_year(year) if year else When()
    full = read_date(date) if date else When()
    if not year or (told.first.year == full.first.year and told.first.month is None):
        told = full if date else told
    return _with_month(told, month, day)


def is_word(text: str) -> bool:
    """Whether ``text`` says in words why there is no year: in press, to appear, no date."""
    return bool(_WORDS.search(text) or _NO_DATE.search(text))


def read_year(text: str) -> When:
    """Read BibTeX's ``year``, which is shown as it is written and sorted by its number."""
    if plain := _PLAIN.fullmatch(text):
        return When(Day(int(plain[1])), text=str(plain[1]), label=str(plain[1]))
    if _UNKNOWN.fullmatch(text):
        year = int(re.sub(r"\D", "0", text))
        return When(Day(year), text=text, label=text, is_about=True)
    return _period(text) or _in_figures(text) or _in_other_words(text)


def _in_figures(text: str) -> When | None:
    """Read a year of our time, with or without words and days about it."""
    day = read_day(text) if not _BEFORE_OURS.search(text) else NO_DAY
    if day.month:
        return When(day, text=str(day.year), label=str(day.year), month=day_named(day))
    if day.year is not None:
        words = text.replace(str(day.year), " ")
        about = bool(_ABOUT.search(words) or _OTHER_ERA.search(words))
        return When(day, _end(text, day), _shown(text), str(day.year), is_about=about)
    return None


def read_date(text: str) -> When:
    """Read BibLaTeX's ``date``, or a date in any other form."""
    return _period(text) or _one(text) or read_year(text)


def _period(text: str) -> When | None:
    """Read ``2024-05/2024-06``, either end of which may be open."""
    start, slash, end = (part.strip() for part in text.partition("/"))
    first, last = _one(start), _one(end)
    if not slash or not (first or start in _OPEN) or not (last or end in _OPEN):
        return None
    if not first:
        return replace(last, text=f"\N{EN DASH}{last.text}", is_about=True) if last else None
    if not last:
        return replace(first, last=NO_DAY, text=f"{first.text}\N{EN DASH}", month="")
    if _is_before(last.first, first.first):
        return None
    same = first.label == last.label
    shown = first.text if same else f"{first.text}\N{EN DASH}{last.text}"
    month = _months(first, last) if same else ""
    about = first.is_about or last.is_about
    return replace(first, last=last.first, text=shown, month=month, is_about=about)


def _is_before(one: Day, other: Day) -> bool:
    """Whether a day is before another one, as far as both are known."""
    days = [(day.year or 0, day.month or 0, day.day or 0) for day in (one, other)]
    known = next((n for n, pair in enumerate(zip(*days, strict=True)) if not all(pair)), 3)
    return days[0][: max(known, 1)] < days[1][: max(known, 1)]


def _months(first: When, last: When) -> str:
    """Return the months, or days, between which a period within one year lies."""
    start, end = first.month, last.month
    if start == end or not (start and end):
        return start if start == end else ""
    if first.first.month == last.first.month and first.first.day and last.first.day:
        return f"{first.first.day}\N{EN DASH}{end}"
    return f"{start}\N{EN DASH}{end}"


def _one(text: str) -> When | None:
    """Read one date of ISO 8601-2: with unknown digits, doubts, a season, or of long ago."""
    found = _ISO.fullmatch(text)
    if not found:
        return None
    written = found["year"].removeprefix("y")
    unknown = not written.removeprefix("-").isdigit()
    year = int(re.sub("[Xxu]", "0", written))
    month, day = (
        int(part) if part and part.isdigit() else 0 for part in found.group("month", "day")
    )
    label = written if unknown else _era(year)
    doubt = found["before"] + found["after"]
    shown = f"c. {label}" if doubt and doubt in "~%" else label
    shown += "?" if doubt and doubt in "?%" else ""
    season = month - _FIRST_SEASON + 1 if _FIRST_SEASON <= month < _FIRST_SEASON + 4 else 0
    name = SEASONS[season - 1] if season else ""
    first = checked(year, month or None, day or None)
    named = day_named(first) or name
    about = unknown or bool(doubt)
    return When(first, None, shown, label, named, season, is_about=about)


def _in_other_words(text: str) -> When:
    """Read a year of another calendar, of long ago, in other digits, or no year at all."""
    plain = "".join(CHINESE.get(c, c) for c in text) if _IN_CHINESE.search(text) else text
    if year := roman(text):
        return When(Day(year), text=text, label=str(year))
    before, ours = _BEFORE_OURS.search(plain), _OF_OURS.search(plain)
    counted = year_of_era(text)
    counted = first_of_century(text, before_ours=bool(before)) if counted is None else counted
    if counted is not None:
        return When(Day(counted), text=_shown(text), label=_shown(text), is_about=True)
    numbers = _NUMBER.findall(plain)
    if not numbers:
        label = "" if _WORDS.search(text) else text
        return When(text=text, label=UNDATED if _NO_DATE.search(text) else label)
    number = int(numbers[0])
    year = 1 - number if before else number
    label = numbers[0] if plain.isascii() else plain
    if before or ours:
        label = _era(year) if before or year >= _MODERN else f"{year} CE"
    about = bool(_ABOUT.search(text.replace(numbers[0], " ")))
    return When(Day(year), text=_shown(text), label=label, is_about=about)


def _with_month(told: When, month: str, day: str) -> When:
    """Complete a year by the fields that say the month and the day."""
    if told.first.month is not None or told.season or not month:
        return told
    number, day_of_month = read_month(month)
    season = 0 if number else season_in(month)
    if number and day_of_month is None and day.strip().isdecimal() and len(day) < _DIGITS:
        day_of_month = int(day)
    first = checked(told.first.year, number, day_of_month)
    month = _shown(month.strip(" ,.;"))
    is_plain = bool(number) and (
        month.isdigit() or month.lower() in day_named(Day(1, number)).lower()
    )
    return replace(told, first=first, month=day_named(first) if is_plain else month, season=season)


def season_in(text: str) -> int:
    """Return the number of the season that is named, as `SEASONS` counts them from 1; or 0."""
    named = _SEASON.search(text)
    return (named.lastindex or 0) if named else 0


def day_named(day: Day) -> str:
    """Return the month of a day in English, with its day where that is known."""
    if not day.month:
        return ""
    return " ".join(filter(None, (str(day.day or ""), _MONTHS[day.month - 1])))


def _era(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BCE"


def _end(text: str, first: Day) -> Day | None:
    """Return the second year of ``2024--2025``."""
    years = [int(number) for number in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    is_span = re.search(r"\d\s*(?:-+|[\u2010-\u2015/])\s*\d", text)
    later = [year for year in years if first.year and year > first.year]
    return Day(later[0]) if is_span and later else None


def _shown(text: str) -> str:
    return re.sub(r"(?<=\d)\s*--?\s*(?=\d)", "\N{EN DASH}", text)
