"""Where and when a work appeared, in words: the line below its authors on its own page."""

import re
from collections.abc import Iterator

from portfolio.records.identifiers import is_arxiv
from portfolio.records.paging import says_itself
from portfolio.records.paper import Paper
from portfolio.records.people.names import read_names
from portfolio.records.values import ARTICLES, REPORTS, THESES, title_of

_ORDINAL = {"1": "st", "2": "nd", "3": "rd"}
_TEENS = {"11", "12", "13"}
_ROLES = {
    "translator": "translated by",
    "commentator": "commentary by",
    "annotator": "annotated by",
    "introduction": "introduction by",
    "foreword": "foreword by",
    "afterword": "afterword by",
    "holder": "held by",
}
_DONE = {
    "editor": "edited by",
    "compiler": "compiled by",
    "founder": "founded by",
    "continuator": "continued by",
    "redactor": "redacted by",
    "reviser": "revised by",
    "collaborator": "in collaboration with",
    "organizer": "organized by",
    "director": "directed by",
}
"""What BibLaTeX's kinds of editors have done."""


def reference(paper: Paper) -> str:
    """Return the venue with all that tells where in it the work is, who published it, and when."""
    said: list[str] = []
    for part in _parts(paper):
        if part and part not in said:
            said.append(part)
    return ", ".join(said)


def _parts(paper: Paper) -> Iterator[str]:
    said, fields = paper.values, paper.fields
    genre = said.get("genre", "")
    if paper.kind in THESES | REPORTS:
        yield genre
    yield paper.venue
    yield "" if paper.kind in THESES | REPORTS else genre
    yield _edition(said.get("edition", ""))
    yield from _numbers(paper)
    yield title_of(fields, "issue")
    yield _named("chapter", said.get("chapter-number", ""))
    pages, eid = said.get("page", "").replace("-", "\N{EN DASH}"), fields.get("eid", "")
    yield pages if says_itself(pages) else _named("pages", pages)
    yield _named("article", "" if is_arxiv(eid) or eid == pages else eid)
    yield from _editors(paper)
    yield from (_people(role, fields.get(name, "")) for name, role in _ROLES.items())
    yield _publishers(paper)
    yield said.get("publisher-place") or said.get("jurisdiction", "")
    yield said.get("event-title", "")
    yield said.get("event-place", "")
    yield _named("version", said.get("version", ""))
    yield fields.get("addendum", "")
    yield said.get("status", "") if said.get("status") != paper.when.text else ""
    yield paper.when.in_full if paper.when.text not in paper.venue else ""


def _editors(paper: Paper) -> Iterator[str]:
    """Yield who edited a work, and who else did with it what BibLaTeX lets an editor do."""
    fields = paper.fields
    for role in ("editor", "editora", "editorb", "editorc"):
        kind = fields.get(f"{role}type", "")
        done = _DONE.get(kind.lower(), f"{kind}:" if kind else "edited by")
        if role != "editor" or not paper.is_edited:
            yield _people(done, fields.get(role, ""))


def _numbers(paper: Paper) -> Iterator[str]:
    """Yield volume and number, of the journal, the series or the main work that they count in."""
    said = paper.values
    volume, series = said.get("volume", ""), said.get("collection-title", "")
    main = title_of(paper.fields, "main")
    issue = said.get("issue") or said.get("number" if paper.kind not in ARTICLES else "issue", "")
    number = issue or said.get("collection-number", "")
    if main and main != paper.venue:
        yield f"volume {volume} of {main}" if volume else main
        volume = ""
    if paper.kind in ARTICLES or not series:
        both = f"{volume} ({number})" if volume and number and paper.kind in ARTICLES else ""
        yield _named("volume", both or volume)
        yield "" if both else _named("number", number)
        yield series
        return
    yield f"volume {volume} of {series}" if volume else ""
    yield f"number {number} in {series}" if number else ""
    yield series if not volume and not number else ""


def _publishers(paper: Paper) -> str:
    """Return who published it, but for the venue, which stands there already."""
    names = paper.values.get("publisher", "").split("; ")
    return "; ".join(name for name in names if name and name != paper.venue)


def _edition(edition: str) -> str:
    if not edition or re.search(r"\bed(?:n|ition|\.)|\baufl", edition, re.IGNORECASE):
        return edition
    if edition.isdigit():
        ending = "th" if edition[-2:] in _TEENS else _ORDINAL.get(edition[-1], "th")
        return f"{edition}{ending} edition"
    return f"{edition} edition"


def _people(role: str, said: str) -> str:
    read = read_names(said)
    names = [name.display for name in read.names] + ["et al."] * read.others
    return f"{role} {', '.join(names)}" if names else ""


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
