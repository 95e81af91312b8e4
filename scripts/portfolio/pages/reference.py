"""Where and when a work appeared, in words: the line below its authors on its own page."""

import re
from collections.abc import Iterator

from portfolio.pages.dates import in_words
from portfolio.pages.words import Words
from portfolio.records.identifiers import is_arxiv
from portfolio.records.paging import says_itself
from portfolio.records.paper import Paper
from portfolio.records.people.names import read_names
from portfolio.records.values import ARTICLES, REPORTS, THESES, title_of

_ROLES = {
    "translator": "translated-by",
    "commentator": "commentary-by",
    "annotator": "annotated-by",
    "introduction": "introduction-by",
    "foreword": "foreword-by",
    "afterword": "afterword-by",
    "holder": "held-by",
}
_DONE = {
    "editor": "edited-by",
    "compiler": "compiled-by",
    "founder": "founded-by",
    "continuator": "continued-by",
    "redactor": "redacted-by",
    "reviser": "revised-by",
    "collaborator": "in-collaboration-with",
    "organizer": "organized-by",
    "director": "directed-by",
}
"""What BibLaTeX's kinds of editors have done, as keys of the words."""
_SAYS_EDITION = re.compile(r"\bed(?:n|ition|\.)|\baufl", re.IGNORECASE)


def reference(paper: Paper, say: Words) -> str:
    """Return the venue with all that tells where in it the work is, who published it, and when."""
    return say.listed(dict.fromkeys(filter(None, _parts(paper, say))))


def _parts(paper: Paper, say: Words) -> Iterator[str]:
    said, fields = paper.values, paper.fields
    genre = say.term(said.get("genre", ""))
    if paper.kind in THESES | REPORTS:
        yield genre
    yield say.term(paper.venue)
    yield "" if paper.kind in THESES | REPORTS else genre
    yield _edition(said.get("edition", ""), say)
    yield from _numbers(paper, say)
    yield title_of(fields, "issue")
    yield _named(say, "chapter", said.get("chapter-number", ""))
    pages, eid = said.get("page", "").replace("-", "\N{EN DASH}"), fields.get("eid", "")
    yield pages if says_itself(pages) else _named(say, "pages", pages)
    yield _named(say, "article", "" if is_arxiv(eid) or eid == pages else eid)
    yield from _editors(paper, say)
    for name, done in _ROLES.items():
        yield _people(say, done, fields.get(name, ""))
    yield _publishers(paper)
    yield said.get("publisher-place") or said.get("jurisdiction", "")
    yield said.get("event-title", "")
    yield said.get("event-place", "")
    yield _named(say, "version", said.get("version", ""))
    yield fields.get("addendum", "")
    yield say.term(said.get("status", "")) if said.get("status") != paper.when.text else ""
    yield in_words(paper.when, say) if paper.when.text not in paper.venue else ""


def _editors(paper: Paper, say: Words) -> Iterator[str]:
    """Yield who edited a work, and who else did with it what BibLaTeX lets an editor do."""
    fields = paper.fields
    for role in ("editor", "editora", "editorb", "editorc"):
        kind = fields.get(f"{role}type", "")
        done = _DONE.get(kind.lower(), "role-by" if kind else "edited-by")
        if role != "editor" or not paper.is_edited:
            yield _people(say, done, fields.get(role, ""), role=kind)


def _numbers(paper: Paper, say: Words) -> Iterator[str]:
    """Yield volume and number, of the journal, the series or the main work that they count in."""
    said = paper.values
    volume, series = said.get("volume", ""), said.get("collection-title", "")
    main = title_of(paper.fields, "main")
    issue = said.get("issue") or said.get("number" if paper.kind not in ARTICLES else "issue", "")
    number = issue or said.get("collection-number", "")
    if main and main != paper.venue:
        yield say("volume-of", volume=volume, whole=main) if volume else main
        volume = ""
    if volume and number and paper.kind in ARTICLES:
        yield say("volume-and-number", volume=volume, number=number)
        yield series
    elif paper.kind in ARTICLES or not series:
        yield _named(say, "volume", volume)
        yield _named(say, "number", number)
        yield series
    else:
        yield say("volume-of", volume=volume, whole=series) if volume else ""
        yield say("number-in", number=number, series=series) if number else ""
        yield series if not volume and not number else ""


def _publishers(paper: Paper) -> str:
    """Return who published it, but for the venue, which stands there already."""
    names = paper.values.get("publisher", "").split("; ")
    return "; ".join(name for name in names if name and name != paper.venue)


def _edition(edition: str, say: Words) -> str:
    if not edition or _SAYS_EDITION.search(edition):
        return edition
    if edition.isdecimal():
        return say("nth-edition", n=int(edition))
    return say("edition", edition=edition)


def _people(say: Words, done: str, said: str, **values: str) -> str:
    if not said:
        return ""
    read = read_names(said)
    names = [name.display for name in read.names] + [say("and-others")] * read.others
    return say(done, names=say.listed(names), **values) if names else ""


def _named(say: Words, key: str, value: str) -> str:
    return say(key, **{key: value}) if value else ""
