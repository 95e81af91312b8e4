"""A paper as people write it in a list: which of the words are its title, authors, venue, year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.moving.people_lists import are_several, is_people, list_of, names_in, people_before
from portfolio.moving.pieces import Pieces
from portfolio.moving.titles import (
    AWARD,
    NUMBER,
    TOLD_YEAR,
    YEAR,
    Span,
    lines_of,
    links_in,
    titles_in,
    without_year,
)

_LOCATED = re.compile(
    r"^[\s,.:;]*(?:vol(?:ume|\.)?\s*)?(\d{1,4})\s*(?:\(\s*(\d+(?:[\u2013-]\d+)?)\s*\))?\s*[,:]\s*"
    r"(?:pp?\.?\s*)?(e?\d{1,7}(?:\s*[\u2013-]+\s*e?\d+)?)(?!\d)"
)
_UNPUBLISHED = re.compile(
    r"\b(?:submitted|under (?:review|revision)|in (?:press|prep\w*|submission|revision)|forthcoming"
    r"|to appear|working paper|preprint|arxiv|accepted|R&R)\b",
    re.IGNORECASE,
)
_BETWEEN = " \n.,”\"'»:\u2013—-"
_LEAD = re.compile(r"^[\s,.;:|/\u2013—-]+|[\s,;:|/\u2013—-]+$")
_LONGEST = 300
_IN = re.compile(r"^(?:in|at|published in|forthcoming at|to appear in)[:\s]+", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """A paper as it was read; ``is_sure`` where its form left nothing to guess."""

    title: str
    authors: str = ""
    year: str = ""
    venue: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    """What leads somewhere, and where; the first may be the title itself, under no words."""
    people: tuple[tuple[str, str], ...] = ()
    is_sure: bool = False
    text: str = ""
    entry: str = ""
    """An entry of BibTeX that stands with it."""
    pictures: tuple[str, ...] = ()


def read_reference(pieces: Pieces) -> Reference | None:
    """Return the paper that pieces of a list tell of, or None where they have no title.

    Authors or a year may be missing: who asks knows whether that is a paper then.
    """
    text = pieces.text
    title = next(titles_in(pieces), None)
    if title is None:
        return None
    before, after = text[: title.start], text[title.end :]
    authors, start, end = _authors(pieces, title)
    used = [(title.start, title.end), (start, end)]
    year = _year(before, after)
    venue, at = _venue(pieces, used)
    used.append(at)
    links, people = _links(pieces, title, (start, end))
    fields = _located(text[at[1] :]) if venue else {}
    fields |= _remarks(pieces, used)
    return Reference(
        title=_tidy(text[title.start : title.end]),
        authors=authors,
        year=year,
        venue=venue,
        fields=fields,
        links=links,
        people=people,
        is_sure=title.is_sure and bool(authors and year),
        text=" ".join(text.split()),
        entry=next((text[one.start : one.end] for one in pieces.of("code") if "@" in text), ""),
        pictures=pieces.pictures,
    )


def _authors(pieces: Pieces, title: Span) -> tuple[str, int, int]:
    """Return who wrote it, and where that stands."""
    alone = ((one.start, one.end) for one in pieces.of("strong") if is_people(pieces.said(one)))
    for start, end in (*_marked_people(pieces, title), *_people_about(pieces, title), *alone):
        if said := list_of(pieces.text[start:end]):
            return said, start, end
    return "", title.end, title.end


def _marked_people(pieces: Pieces, title: Span) -> Iterator[tuple[int, int]]:
    """Yield where a class, or bold type about all of them, says that authors stand."""
    for one in pieces.of("authors"):
        if not one.start <= title.start < one.end:
            yield one.start, one.end
    for one in pieces.of("strong"):
        if is_people(pieces.said(one)) and are_several(pieces.said(one)):
            yield one.start, one.end


def _people_about(pieces: Pieces, title: Span) -> Iterator[tuple[int, int]]:
    """Yield where people stand before the title, else behind it."""
    text = pieces.text
    number = NUMBER.match(text[: title.start])
    start = number.end() if number else 0
    said = without_year(text[start : title.start]).strip(" \n“\"'.,:(")
    if said and is_people(said):
        yield start, start + people_before(text[start : title.start])
    elif count := people_before(text[start : title.start]):
        yield start, start + count
    rest = text[title.end :]
    begin = title.end + len(rest) - len(rest.lstrip(_BETWEEN))
    kinds = (*pieces.of("slanted"), *pieces.of("venue"))
    stop = min((one.start for one in kinds if one.start > begin), default=len(text))
    line = re.match(r"(?:[^\n]*,\s*\n)*[^\n]*", text[begin:stop])
    whole = is_people(text[begin:stop])
    end = stop if whole else begin + people_before((line[0] if line else "").replace("\n", " "))
    if len(names_in(text[begin:end])) > 1:
        yield begin, end
    for one, last in lines_of(rest):
        if is_people(rest[one:last]) and len(names_in(rest[one:last])) > 1:
            yield title.end + one, title.end + last
    yield begin, end


def _year(before: str, after: str) -> str:
    for text in (before, after):
        if found := TOLD_YEAR.search(text):
            return found[1]
    found = YEAR.search(after) or YEAR.search(before)
    return found.group() if found else ""


def _venue(pieces: Pieces, used: list[tuple[int, int]]) -> tuple[str, tuple[int, int]]:
    """Return where it appeared, and where that stands."""
    text, end = pieces.text, used[0][1]
    for kind in ("venue", "slanted"):
        for one in pieces.of(kind):
            said = pieces.said(one)
            inside = any(start < one.end and one.start < last for start, last in used)
            if not inside and not AWARD.search(said) and (kind == "venue" or one.start >= end):
                return _place(said), (one.start, one.end)
    if used[1][0] > end and (between := _place(text[end : used[1][0]].lstrip(_BETWEEN))):
        return between, (end, used[1][0])
    begin = max(end, used[1][1])
    links = (one.start for one in pieces.of("link") if one.start > begin)
    stop = min(links, default=len(text))
    for start, last in lines_of(text[begin:stop]):
        said = _place(text[begin + start : begin + last].lstrip(_BETWEEN))
        if len(said) <= _LONGEST // 2 and re.search(r"[^\W\d]{2}", said):
            return said, (begin + start, begin + last)
    for one in pieces.of("link"):  # a venue that leads somewhere has a year behind it
        if one.start >= begin and YEAR.match(text[one.end :].lstrip(" .,(")):
            return _place(pieces.said(one)), (one.start, one.end)
    before = NUMBER.sub("", text[: used[1][0]])
    return _place(before) if used[1][0] < end else "", (begin, begin)


def _place(said: str) -> str:
    """Return a venue without the year, numbers and words about it."""
    said = _IN.sub("", _LEAD.sub("", " ".join(TOLD_YEAR.sub("", said).split())))
    said = re.sub(r"[\s,]*\(?\b(?:19|20)\d{2}\b\)?(?=$|[,.;\s]*$)", "", said)
    said = re.sub(r"\b(?:doi|url)\s*:?\s*$", "", _LEAD.sub("", said), flags=re.IGNORECASE)
    return _LEAD.sub("", said).rstrip(".")


def _located(text: str) -> dict[str, str]:
    """Return volume, number and pages that stand right behind a venue."""
    found = _LOCATED.match(text)
    if not found:
        return {}
    pages = re.sub(r"\s*[\u2013-]+\s*", "--", found[3])
    said = {"volume": found[1], "number": (found[2] or "").replace("\u2013", "--"), "pages": pages}
    return {name: value for name, value in said.items() if value}


def _links(
    pieces: Pieces, title: Span, authors: tuple[int, int]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the links of the paper, and those of its authors."""
    links: list[tuple[str, str]] = []
    people: list[tuple[str, str]] = []
    for one in links_in(pieces):
        said = pieces.said(one)
        if one.start < title.end and title.start < one.end:
            links.insert(0, ("", one.href))
        elif authors[0] <= one.start < authors[1]:
            people.append((" ".join(names_in(said)[:1]).rstrip(".") or said, one.href))
        else:
            links.append((said, one.href))
    return tuple(links), tuple(people)


def _remarks(pieces: Pieces, used: list[tuple[int, int]]) -> dict[str, str]:
    """Return awards, the abstract, and what else is said of the paper."""
    told: dict[str, str] = {}
    for kind, name in (("award", "award"), ("abstract", "abstract"), ("remark", "summary")):
        if one := next(iter(pieces.of(kind)), None):
            said = re.sub(r"^abstract[\s.:]*", "", pieces.said(one), flags=re.IGNORECASE)
            if said:
                told[name] = said
                used.append((one.start, one.end))
    for start, end in lines_of(pieces.text):
        said = pieces.text[start:end].strip()
        free = not any(s < end and start < e for s, e in used)
        if free and AWARD.search(said) and len(said) < _LONGEST:
            told.setdefault("award", _LEAD.sub("", said))
        elif free and len(said.split()) > 12 and not _linked(pieces, start, end):  # noqa: PLR2004  a sentence
            told.setdefault("summary", said)
    if "award" not in told and (said := _bracketed(pieces, used)):
        told["award"] = said
    return told


def _bracketed(pieces: Pieces, used: list[tuple[int, int]]) -> str:
    for found in re.finditer(r"[(\[]([^()\[\]]{3,80})[)\]]", pieces.text):
        if AWARD.search(found[1]) and not used[0][0] <= found.start() < used[0][1]:
            return found[1].strip()
    return ""


def _linked(pieces: Pieces, start: int, end: int) -> bool:
    """Whether most of a line leads somewhere: a row of links is no remark."""
    there = sum(min(one.end, end) - max(one.start, start)
                for one in pieces.of("link") if one.start < end and start < one.end)  # fmt: skip
    return there * 2 > end - start


def _tidy(title: str) -> str:
    title = NUMBER.sub("", " ".join(title.split()))
    return re.sub(r"[\s.,:;]+$", "", title).strip('“”"«» ')


def is_unpublished(text: str) -> bool:
    """Whether words beside a title say that the paper has not appeared."""
    return bool(_UNPUBLISHED.search(text))
