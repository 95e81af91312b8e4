"""Highwire tags, from which Google Scholar and Zotero take a paper.

Sources: Google Scholar's inclusion guidelines; zotero.org/support/dev/exposing_metadata.
"""

from collections.abc import Iterator

from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.records.keywords import keywords_of
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name
from portfolio.records.values import ARTICLES, BOOKS, PARTS, REPORTS, THESES, venues_of

CONFERENCES = frozenset({"inproceedings", "conference"})
_TYPES = {"dataset": "dataset", "software": "computerProgram", "patent": "patent"}
_TYPES |= {"unpublished": "manuscript", "online": "webpage", "electronic": "webpage"}
_TYPES |= dict.fromkeys(BOOKS, "book")
"""Zotero's names for kinds of work that no tag for a venue decides."""


def tags(here: Portfolio, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the tags: one author each, the date as a year or a day, one tag for the venue."""
    yield "citation_title", paper.title
    role = "citation_editor" if paper.is_edited else "citation_author"
    alone = len(paper.authors) == 1
    yield from ((role, _written(name, alone=alone)) for name in paper.authors)
    yield "citation_publication_date", _slashed(paper)
    yield _venue(paper)
    yield "z:itemType", "" if _venue(paper)[1] else _type(paper)
    first, last = paper.pages
    said = paper.values
    yield "citation_volume", said.get("volume", "")
    yield "citation_issue", said.get("issue", "")
    if paper.kind in REPORTS:
        yield "citation_technical_report_number", said.get("number", "")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", paper.fields.get("publisher", "")
    yield "citation_isbn", said.get("ISBN", "")
    yield "citation_issn", said.get("ISSN", "")
    yield "citation_doi", paper.doi
    yield "citation_arxiv_id", paper.arxiv
    yield "citation_pmid", said.get("PMID", "")
    yield "citation_language", said.get("language", "")
    yield "citation_keywords", "; ".join(keywords_of(paper))
    yield "citation_abstract", paper.words("abstract")
    yield "citation_pdf_url", here.url(paper.own_pdf) if paper.own_pdf else ""
    yield "citation_abstract_html_url", here.url(page_of(paper))


def _written(name: Name, *, alone: bool) -> str:
    """Return a name as indexers read it.

    A single one with blanks on both sides of its comma would be taken for two people: there the
    blanks of the given name do not break.
    """
    family, comma, given = name.indexed.partition(", ")
    if alone and " " in family and " " in given:
        return family + comma + given.replace(" ", "\N{NO-BREAK SPACE}")
    return name.indexed


def _venue(paper: Paper) -> tuple[str, str]:
    """Return the one tag that says what the paper appeared in, by which its type is known."""
    container = next(filter(None, venues_of(paper.kind, paper.fields)), "")
    if paper.kind in THESES:
        return "citation_dissertation_institution", paper.venue
    if paper.kind in REPORTS:
        return "citation_technical_report_institution", paper.venue
    if paper.kind in CONFERENCES:
        return "citation_conference_title", container or paper.values.get("event-title", "")
    if paper.kind in PARTS:
        return "citation_inbook_title", container
    is_preprint = not container and bool(paper.arxiv)
    named = "arXiv preprint" if is_preprint else container
    return "citation_journal_title", named if paper.kind in ARTICLES else ""


def _type(paper: Paper) -> str:
    """Return the type of a work that names no venue, where Zotero would not guess it."""
    if paper.kind in CONFERENCES:
        return "conferencePaper"
    if paper.kind in PARTS:
        return "bookSection"
    if paper.arxiv and paper.kind in {"misc", "online", "unpublished"}:
        return "preprint"
    if paper.kind in THESES | REPORTS:
        return "thesis" if paper.kind in THESES else "report"
    return _TYPES.get(paper.kind, "")


def _slashed(paper: Paper) -> str:
    """Return the day as scholars' indexers want it, or the year where no day is known."""
    day = paper.when.certain
    return str(day).replace("-", "/") if day.day else str(day.year or "")
