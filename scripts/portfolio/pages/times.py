"""When something of a table was, in the words of a page's language."""

import re
from datetime import date
from html import escape

from portfolio.pages.html import tag
from portfolio.pages.words import Words
from portfolio.records.kinds.spans import PRESENT, Span

_ISO = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_DASH = "\N{EN DASH}"


def span_in_words(span: Span, say: Words) -> str:
    """Return a span as a reader of the language writes it; words of the author's stay."""
    parts = span.parts
    if len(parts) > 1 and parts[0] == parts[1]:
        parts = parts[:1]
    told = [_ISO.fullmatch(part) for part in parts]
    years = [found[1] for found in told if found and found[2]]  # of those that tell a month
    if say.is_english and len(years) > 1 and years[0] == years[1]:
        return _within_a_year(parts, say)
    said = [_said(part, say) for part in parts]
    spaced = any(" " in part for part in said) or PRESENT in parts
    return (f" {_DASH} " if spaced else _DASH).join(said)


def time_of(span: Span, say: Words) -> str:
    """Return a span as HTML, as a time where programs can read it."""
    said = escape(span_in_words(span, say))
    if len(span.parts) == 1 and _ISO.fullmatch(span.parts[0]) and str(span.first):
        return tag("time", said, datetime=str(span.first))
    return said


def _within_a_year(parts: tuple[str, ...], say: Words) -> str:
    start, end = (_said(part, say) for part in parts)
    year = parts[0][:4]
    (one, _, month), (other, _, rest) = start.partition(" "), end.partition(" ")
    if one.isdigit() and other.isdigit() and month and month == rest:
        return f"{one}{_DASH}{end}"
    return f"{start.removesuffix(f' {year}')} {_DASH} {end}"


def _said(part: str, say: Words) -> str:
    if part == PRESENT:
        return say("present")
    found = _ISO.fullmatch(part)
    if not found or not found[2]:
        return _term(part, say)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return part
    return say.day(day) if found[3] else say.month(day)


def _term(part: str, say: Words) -> str:
    """Return a term such as ``Spring 2020`` with the season's name in the language."""
    season, _, year = part.partition(" ")
    if year.isdigit() and (season := {"Fall": "Autumn"}.get(season, season)) and not say.is_english:
        return f"{say.term(season)} {year}"
    return part
