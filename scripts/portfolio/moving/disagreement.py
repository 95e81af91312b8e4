"""A page of a paper and the entry beside it: where they disagree the page is right, and it is said.

What differs goes into the table beside the entries, so that a blank cell gives the entry its say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio.moving.found import VENUES, Cells, Found
from portfolio.moving.keys import title_of
from portfolio.moving.source import Source
from portfolio.records.fields import is_latex
from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import MONTHS
from portfolio.records.identifiers import doi_in
from portfolio.records.people.names import Name, fold, read_names
from portfolio.records.when import read_date, when_of

_OF_PLACES = frozenset({"vol", "volume", "no", "number", "issue", "p", "pp", "pages", "in"})
_APART = frozenset({"venue", "author", "date", "year", "month", "day", "slug", "kind", "category"})
_SHOWN = 60


@dataclass(frozen=True)
class _Difference:
    """A field of which a page says something else than the entry, by its name there."""

    name: str
    page: str
    entry: str
    cells: dict[str, str]


def page_first(source: Source, cells: Cells, found: Found, beside: str) -> Found:
    """Return a paper as its page has it, where that says other things than the entry ``beside``."""
    differences = list(_between(cells, found))
    for one in differences:
        what = f"the page says “{_short(one.page)}”, {beside} “{_short(one.entry)}”"
        remedy = "the page's is taken (blank its cell in papers.csv for the other)"
        source.report(found.where, f"{found.record.key}.{one.name}", what, remedy)
    told = {name: text for one in differences for name, text in one.cells.items()}
    record = replace(found.record, fields={**found.record.fields, **told})
    if "author" in told:
        record = replace(record, authors=read_names(told["author"]).names)
    return replace(found, record=record, over=frozenset(told))


def _between(cells: Cells, found: Found) -> Iterator[_Difference]:
    said, known = cells.said, found.record.fields
    for name in sorted(said.keys() & known.keys() - _APART):
        if _bare(name, said[name]) != _bare(name, known[name]):
            yield _Difference(name, said[name], known[name], {name: said[name]})
    yield from _of_venue(said.get("venue", ""), found)
    yield from _of_date(said.get("date", "") or said.get("year", ""), found)
    yield from _of_authors(said.get("author", ""), found)


def _bare(name: str, value: str) -> str:
    """Return what matters of a value: of a text its letters, of an address all of it."""
    if name == "doi":
        return doi_in(value) or value
    return title_of(value) if is_latex(name) else value


def _of_venue(said: str, found: Found) -> Iterator[_Difference]:
    """Yield a venue in other words; a volume or a year beside it makes no other one."""
    known = found.record.fields
    name = next((one for one in VENUES if known.get(one)), "")
    if said and name and _words(said) != _words(known[name]):
        yield _Difference(name, said, known[name], {name: said})


def _words(venue: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", venue.casefold())
    return [word for word in words if word not in _OF_PLACES]


def _of_date(said: str, found: Found) -> Iterator[_Difference]:
    """Yield a date of another year; pages have days for what has appeared in a year."""
    day, known = read_date(said).first, when_of(found.record.fields)
    if day.year and known.first.year and day.year != known.first.year:
        told = {"year": str(day.year)}
        told |= {"month": MONTHS[day.month - 1]} if day.month else {}
        told |= {"day": str(day.day)} if day.day else {}
        yield _Difference("year", str(day.year), known.text, told)


def _of_authors(said: str, found: Found) -> Iterator[_Difference]:
    """Yield authors of other family names; given names may be initials in either."""
    names = read_names(said, commas=True).names
    if names and [*map(_family, names)] != [*map(_family, found.record.authors)]:
        theirs = ", ".join(name.display for name in found.record.authors)
        ours = ", ".join(name.display for name in names)
        yield _Difference("author", ours, theirs, {"author": to_bibtex(names)})


def _family(name: Name) -> str:
    return fold(f"{name.particle} {name.family}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
