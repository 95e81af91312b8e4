"""Which words of an entry in a list of papers are its title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio.moving.people_lists import is_people, people_before
from portfolio.moving.pieces import Pieces, Stretch

_QUOTED = re.compile(r"[“„«]([^“”«»]{12,400}?)[”“»]|\"([^\"]{12,400}?)\"|``(.{12,400}?)''")
YEAR = re.compile(r"(?<![\w/.\u2013-])(?:19|20)\d{2}(?:(?=[a-z]?\+?(?:[^\w\u2013-]|$))|$)(?![.]\d)")
TOLD_YEAR = re.compile(r"[(\[]\s*((?:19|20)\d{2})[a-z]?\+?\s*(?:,[^()]*)?[)\]]")
NUMBER = re.compile(r"^\s*(?:\[[\w-]{1,8}\]|\(?\d{1,3}[.)]|[•·▪‣\u2013-])\s*")
AWARD = re.compile(
    r"\b(?:awards?|best (?:student |short |long |demo )?papers?|oral|spotlight|honou?rable mention"
    r"|outstanding paper|runner[- ]up|finalist|prize|winner)\b",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(
    r"(?<=[^A-Z]{2})[.?!](?=\s|$)|,?\s+[Ii]n:\s|\n|\s\((?=[^()]*(?:19|20)\d{2}\))"
)
_AFTER_PEOPLE = re.compile(r"[\s.,:;]*(?:[(\[]\s*(?:19|20)\d{2}[^)\]]*[)\]])?[\s.,:;]*")
_FEW, _SHORT, _LONG = 3, 15, 300


@dataclass(frozen=True)
class Span:
    """Where a title stands, and whether the form of the list says that it is one."""

    start: int
    end: int
    is_sure: bool


def titles_in(pieces: Pieces) -> Iterator[Span]:
    """Yield what may be the title, the surest first."""
    text = pieces.text
    headings = [*pieces.of("heading")]
    for one in (*pieces.of("title"), *headings):
        within = (each for each in headings if one.start <= each.start and each.end <= one.end)
        told = next(within, one)
        yield Span(told.start, told.end, is_sure=True)
    for found in _QUOTED.finditer(text):
        group = found.lastindex or 0
        if len(found[group].split()) > 1:
            yield Span(found.start(group), found.end(group), is_sure=True)
    for one in pieces.of("strong"):
        if _may_be_title(pieces.said(one)) and _fills_its_line(text, one):
            yield Span(one.start, one.end, is_sure=True)
    linked = [one for one in links_in(pieces) if _may_be_title(pieces.said(one))]
    yield from (Span(one.start, one.end, is_sure=True) for one in linked[:1])
    for kind in ("strong", "slanted"):
        for one in pieces.of(kind):
            if _may_be_title(pieces.said(one)) and _is_alone(pieces, one, kind):
                yield Span(one.start, one.end, is_sure=True)
    yield from _by_lines(text)
    yield from _by_sentences(pieces)


def links_in(pieces: Pieces) -> Iterator[Stretch]:
    """Yield the links; those to one address that follow each other are one."""
    last: Stretch | None = None
    for one in pieces.stretches:
        if one.kind != "link":
            continue
        if last and one.href == last.href and not pieces.text[last.end : one.start].strip():
            last = replace(last, end=one.end)
        else:
            if last:
                yield last
            last = one
    if last:
        yield last


def _may_be_title(said: str) -> bool:
    words = said.split()
    return (
        len(words) >= _FEW
        and len(said) >= _SHORT
        and len(said) <= _LONG
        and "://" not in said
        and not is_people(said)
        and not AWARD.search(said)
    )


def _fills_its_line(text: str, one: Stretch) -> bool:
    begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end - 1)
    return not (text[begin : one.start] + text[one.end : max(end, one.end)]).strip(" .")


def _is_alone(pieces: Pieces, one: Stretch, kind: str) -> bool:
    """Whether emphasised words can be a title: a venue in italics has a title before it."""
    before = NUMBER.sub("", pieces.text[: one.start])
    rest = before[people_before(before) :] if before.strip() else ""
    rest = TOLD_YEAR.sub("", YEAR.sub("", rest)).strip(" .,:;()-\n")
    return kind == "strong" or len(rest.split()) < _FEW


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the beginnings and ends of lines that are not empty."""
    for found in re.finditer(r"[^\n]+", text):
        if found.group().strip():
            yield found.start(), found.end()


def _by_lines(text: str) -> Iterator[Span]:
    lines = list(lines_of(text))
    if len(lines) < 2:  # noqa: PLR2004  one line alone has no second
        return
    (first, second) = lines[:2]
    one, two = text[slice(*first)], text[slice(*second)]
    number = NUMBER.match(one)
    start = first[0] + (number.end() if number else 0)
    if is_people(without_year(text[start : first[1]])) and len(two.split()) >= _FEW:
        yield Span(*second, is_sure=True)
    elif _starts_with_people(two) and len(one.split()) >= _FEW and not people_before(one):
        yield Span(start, first[1], is_sure=True)


def _by_sentences(pieces: Pieces) -> Iterator[Span]:
    """Yield what stands between the authors and a full stop, a venue or a year."""
    text = pieces.text
    number = NUMBER.match(text)
    start = number.end() if number else 0
    people = people_before(text[start:])
    begin = start + people
    found = _AFTER_PEOPLE.match(text, begin)
    begin = found.end() if found else begin
    slanted = next((one for one in pieces.of("slanted") if one.start > begin), None)
    stop = slanted.start if slanted else len(text)
    rest = text[begin:stop]
    found = _TITLE_ENDS.search(rest)
    end = begin + (found.start() + found.group().startswith("?") if found else len(rest))
    if end > begin and len(text[begin:end].split()) > 1:
        told = bool(TOLD_YEAR.search(text[start : begin + 1]))
        yield Span(begin, end, is_sure=bool(people) and (told or slanted is not None))


def without_year(text: str) -> str:
    """Return a text without the years in it."""
    return YEAR.sub("", TOLD_YEAR.sub("", text))


def _starts_with_people(line: str) -> bool:
    return bool(people_before(without_year(line)))
