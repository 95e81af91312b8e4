"""The sections of a list of papers: by year, by kind, by topic, or by the first letter."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from portfolio.pages.listing_facets import topics_in
from portfolio.pages.words import Words
from portfolio.records.paper import Paper
from portfolio.records.people.names import fold
from portfolio.records.sections import KINDS, kind_of

GROUPS = ("year", "kind", "topic", "title")
"""What a list may be grouped by; by title means by its first letter."""
SORTS = ("year", "title")

_ARTICLES = re.compile(r"(?:the|an?|der|die|das|le|la|les|el|los|las)\s+", re.IGNORECASE)
_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC"}
_DIGITS, _OTHERS = "0\N{EN DASH}9", "\N{HORIZONTAL ELLIPSIS}"
_DECADE = 10


@dataclass(frozen=True)
class Section:
    """Some papers under a heading; ``span`` is the decade of its years, where it is known."""

    id: str
    text: str
    papers: tuple[Paper, ...]
    span: int | None = None


def sections_of(papers: Iterable[Paper], say: Words, *, group: str, sort: str) -> list[Section]:
    """Return the sections of a list, each in the order that ``sort`` says.

    By topic a paper stands under each of its topics. Raises ValueError for other words than those
    of ``GROUPS`` and ``SORTS``.
    """
    if group not in GROUPS or sort not in SORTS:
        raise ValueError(f"group is one of {', '.join(GROUPS)}, and sort of {', '.join(SORTS)}")
    makers = {"year": _by_year, "kind": _by_kind, "topic": _by_topic, "title": _by_title}
    sections = makers[group](list(papers), say)
    if sort == "title":
        return [
            replace(section, papers=tuple(sorted(section.papers, key=title_key)))
            for section in sections
        ]
    return sections


def title_key(paper: Paper) -> str:
    """Return what a title is sorted by: without marks, accents, and an article in front."""
    words = re.sub(r"[^\w\s]+", "", fold(paper.title)).strip()
    return _ARTICLES.sub("", words, count=1) if _ARTICLES.match(words) else words


def _by_year(papers: Sequence[Paper], say: Words) -> list[Section]:
    sections: list[Section] = []
    for label, some in groupby(papers, key=lambda paper: paper.when.label):
        of_label = tuple(some)
        year = of_label[0].year
        known = year is not None and label.isdigit()
        name = "-".join(label.split()) or "forthcoming"
        text = say.term(label) if label else say("forthcoming")
        span = year // _DECADE * _DECADE if known and year is not None else None
        sections.append(Section(f"year-{name}", text, of_label, span))
    return sections


def _by_kind(papers: Sequence[Paper], say: Words) -> list[Section]:
    found = defaultdict[str, list[Paper]](list)
    for paper in papers:
        found[kind_of(paper)].append(paper)
    return [
        Section(f"group-{kind}", say(f"kinds-{kind}"), tuple(found[kind]))
        for kind in KINDS
        if found[kind]
    ]


def _by_topic(papers: Sequence[Paper], say: Words) -> list[Section]:
    topics = topics_in(papers)
    places = {paper.slug: place for place, paper in enumerate(papers)}
    held = [tuple(papers[n] for n in sorted(map(places.__getitem__, one.slugs))) for one in topics]
    sections = [
        Section(f"group-{one.name}", one.text, some) for one, some in zip(topics, held, strict=True)
    ]
    named = set().union(*(topic.slugs for topic in topics))
    others = tuple(paper for paper in papers if paper.slug not in named)
    return sections + ([Section("group-", say("no-topic"), others)] if others else [])


def _by_title(papers: Sequence[Paper], say: Words) -> list[Section]:  # noqa: ARG001  as the others
    keyed = sorted((title_key(paper), number) for number, paper in enumerate(papers))
    found = defaultdict[str, list[Paper]](list)
    for key, number in keyed:
        found[_letter(key)].append(papers[number])
    order = sorted(found, key=lambda letter: (letter == _OTHERS, letter != _DIGITS, letter))
    return [Section(f"letter-{letter.lower()}", letter, tuple(found[letter])) for letter in order]


def _letter(key: str) -> str:
    first = key[:1]
    if first.isdigit():
        return _DIGITS
    alphabet = unicodedata.name(first, "").partition(" ")[0] if first.isalpha() else ""
    return first.upper() if alphabet in _ALPHABETS else _OTHERS
