"""A list of papers divided into pages, so that none is too heavy, however many papers there are.

A list of years keeps its newest papers on its first page; the others lie by decade, or by year
where a decade holds too many, so that their addresses stay as years go by. Any other list is cut
where it is full.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from portfolio.numbering import free
from portfolio.pages.listing_groups import Section

FULL = 400
"""As many papers one page shows at most."""
HOME = "/publications/index.html"


@dataclass(frozen=True)
class ListPage:
    """One page of a list, at an address from the site's root, with the name of what it shows."""

    address: str
    text: str
    sections: tuple[Section, ...]


def pages_of(
    sections: Sequence[Section], *, group: str, home: str, full: int = FULL
) -> list[ListPage]:
    """Divide a list into pages, of which the first lies at ``home``."""
    if sum(len(section.papers) for section in sections) <= full:
        return [ListPage(home, "", tuple(sections))]
    if group == "year":
        return list(_by_years(sections, home, full))
    pages, taken = [], list(_filled(sections, full))
    for number, some in enumerate(taken, 1):
        address = home if number == 1 else f"/publications/by/{group}-{number}.html"
        pages.append(ListPage(address, _from_to(some), some))
    return pages


def _by_years(sections: Sequence[Section], home: str, full: int) -> Iterator[ListPage]:
    """Yield the newest papers, then each decade, or year, that has more of them."""
    units = [unit for span, some in groupby(sections, key=lambda one: one.span)
             for unit in _units(span, list(some), full)]  # fmt: skip
    first: list[Section] = []
    while units and sum(len(s.papers) for s in (*first, *units[0][1])) <= full:
        first += units.pop(0)[1]
    if not first and units:
        first += units.pop(0)[1]
    yield ListPage(home, _from_to(first), tuple(first))
    taken: set[str] = set()
    for name, some in units:
        yield ListPage(f"/publications/in/{free(name, taken)}.html", _from_to(some), some)


def _units(
    span: int | None, sections: list[Section], full: int
) -> Iterator[tuple[str, tuple[Section, ...]]]:
    """Yield what stays together of one decade: its name in addresses and its sections."""
    if span is not None and sum(len(section.papers) for section in sections) <= full:
        yield f"{span}s", tuple(sections)
        return
    for section in sections:
        for part in _filled([section], full):
            yield section.id.removeprefix("year-").lower(), part


def _filled(sections: Iterable[Section], full: int) -> Iterator[tuple[Section, ...]]:
    """Yield sections, cut where needed, that together hold at most ``full`` papers."""
    page: list[Section] = []
    room = full
    for section in sections:
        rest, is_first = section.papers, True
        if len(rest) > room and len(rest) <= full and room < full // 2:
            yield tuple(page)
            page, room = [], full
        while rest:
            some, rest = rest[:room], rest[room:]
            name = section.id if is_first else f"{section.id}-on"
            page.append(replace(section, id=name, papers=some))
            room, is_first = room - len(some), False
            if not room:
                yield tuple(page)
                page, room = [], full
    if page:
        yield tuple(page)


def _from_to(sections: Sequence[Section]) -> str:
    """Return the names of the first and the last section; of years, the earlier one first."""
    dated = [section for section in sections if section.span is not None]
    ends = (dated[-1], dated[0]) if dated else (sections[0], sections[-1])
    names = list(dict.fromkeys(section.text for section in ends))
    return "\N{EN DASH}".join(names)
