"""A paper as an OpenURL in a span, by which reference managers take papers off a list (COinS).

Sources: Z39.88-2004 with its formats for journals, books and dissertations; ocoins.info; what
Zotero reads of them, and looks up by a DOI where a span names no author.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from portfolio.pages.html import tag
from portfolio.records.paper import Paper
from portfolio.records.values import BOOKS, CONFERENCES, PARTS, REPORTS, THESES, title_of, venues_of

_FORMAT = "info:ofi/fmt:kev:mtx:"
_ARXIV_DOI = "10.48550/arXiv."
_VERSION = re.compile(r"v\d+\Z")
_ESCAPED = re.compile(r"[%&+#=\x00-\x1f\x7f]")
"""The signs that mean something in an OpenURL. Words and blanks stay as they stand in the row: so
a list of hundreds compresses to two thirds, and every reader of such spans decodes it the same."""


def coins(paper: Paper, *, brief: bool = False) -> str:
    """Return the empty span that stands for ``paper`` wherever it is listed.

    A ``brief`` one names no authors where a DOI tells them: programs look them up by it.
    """
    pairs = (f"{key}={_ESCAPED.sub(_escape, value)}" for key, value in _said(paper, brief=brief))
    return tag("span", class_="Z3988", title="&".join(("ctx_ver=Z39.88-2004", *pairs)))


def _escape(sign: re.Match[str]) -> str:
    return quote(sign[0], safe="")


def _said(paper: Paper, *, brief: bool) -> Iterator[tuple[str, str]]:
    """Yield what the paper's OpenURL says, nothing empty."""
    container = next(filter(None, venues_of(paper.kind, paper.fields)), "")
    form, genre, names = _shape(paper)
    first, last = paper.pages
    said = paper.values
    yield "rft_val_fmt", f"{_FORMAT}{form}"
    for key, value in (
        ("rft.genre", genre),
        (names[0], title_of(paper.fields) or paper.key),
        (names[1], container or (paper.venue if form == "journal" else "")),
        ("rft.date", str(paper.when.certain)),
        ("rft.volume", said.get("volume", "")),
        ("rft.issue", said.get("issue", "")),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.pages", "" if first else said.get("page", "")),
        ("rft.issn", said.get("ISSN", "")),
        ("rft.isbn", said.get("ISBN", "")),
        ("rft.inst" if form == "dissertation" else "rft.pub", said.get("publisher", "")),
    ):
        if key and value:
            yield key, value
    doi = paper.doi or (f"{_ARXIV_DOI}{_VERSION.sub('', paper.arxiv)}" if paper.arxiv else "")
    if not (brief and doi):
        yield from (("rft.au", name.indexed) for name in paper.authors)
    if doi:
        yield "rft_id", f"info:doi/{doi}"


def _shape(paper: Paper) -> tuple[str, str, tuple[str, str]]:
    """Return the format, the genre in it, and the keys of the title and of what holds the paper."""
    if paper.kind in THESES:
        return "dissertation", "", ("rft.title", "")
    if paper.kind in BOOKS:
        return "book", "book", ("rft.btitle", "")
    if paper.kind in REPORTS:
        return "book", "report", ("rft.btitle", "")
    if paper.kind in CONFERENCES:
        return "book", "proceeding", ("rft.atitle", "rft.btitle")
    if paper.kind in PARTS:
        return "book", "bookitem", ("rft.atitle", "rft.btitle")
    return "journal", "article", ("rft.atitle", "rft.jtitle")
