"""What a work is told from others by: identifiers, title, people, year, and where it appeared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.moving.keys import title_of
from portfolio.records.formats.record import OTHERS, Record
from portfolio.records.identifiers import doi_of
from portfolio.records.people.names import Name, fold
from portfolio.services.works import (
    identifiers_of,
    is_preprint,
    title_of_record,
    venue_of,
)

_SUBTITLE = re.compile(r"(?<=\S)(?:\s*[:?!]\s+|\s+[-\N{EN DASH}\N{EM DASH}]+\s+|\N{EM DASH}|\.\s+)")
_NOTICE = re.compile(
    r"(?:(?:publisher|author)?\s*correction(?:s)?|errat(?:um|a)|corrigend(?:um|a)|addendum"
    r"|retract(?:ion|ed)(?:\s+(?:note|article|notice))?|expression of concern|withdrawn)"
    r"(?:\s+(?:to|for|of|on))?\s*[:\-\N{EN DASH}\N{EM DASH}]?\s+(?=\S)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"}
    | {"via", "with", "using", "towards", "toward"}
)
_PAGE = re.compile(r"\w+")


@dataclass(frozen=True)
class Traits:
    """What tells one record from others; ``notice`` is whether it speaks of another work."""

    identifiers: frozenset[str]
    related: frozenset[str]
    title: str
    main: str
    words: tuple[str, ...]
    main_words: int
    people: frozenset[str]
    whole: bool
    """Whether all the people are known."""
    year: int | None
    preprint: bool
    notice: bool
    venue: str
    kind: str
    volume: str
    page: str

    @property
    def doi(self) -> str:
        """The identifier that is a DOI, or nothing."""
        return next((each for each in self.identifiers if each.startswith("doi:")), "")

    @property
    def arxiv(self) -> str:
        """The identifier that arXiv gave, or nothing."""
        return next((each for each in self.identifiers if each.startswith("arxiv:")), "")


def traits_of(record: Record, related: frozenset[str] = frozenset()) -> Traits:
    """Return what tells a record from others."""
    told = title_of_record(record)
    title = _NOTICE.sub("", told, count=1) if _NOTICE.match(told) else told
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    people = [name for name in record.authors if name != OTHERS]
    found = identifiers_of(record)
    return Traits(
        identifiers=found,
        related=related - found,
        title=title_of(title),
        main=title_of(main),
        words=tuple(_words(title)),
        main_words=len(main.split()),
        people=frozenset(filter(None, map(person, people))),
        whole=bool(people) and OTHERS not in record.authors,
        year=record.date[0] if record.date else None,
        preprint=is_preprint(record),
        notice=title != told,
        venue=fold(venue_of(record)),
        kind=record.kind,
        volume=fold(record.fields.get("volume", "")),
        page=next(iter(_PAGE.findall(record.fields.get("pages", ""))), "").lower(),
    )


def person(name: Name) -> str:
    """Return what a person is known by, however the name is abbreviated: the family name."""
    return re.sub(r"\W", "", fold(f"{name.particle} {name.family}"))


def doi_of_record(record: Record) -> str:
    """Return a record's DOI in small letters."""
    return doi_of(record.fields).lower()


def _words(title: str) -> Iterator[str]:
    yield from (word for word in re.findall(r"\w+", fold(title)) if word not in _SMALL)
