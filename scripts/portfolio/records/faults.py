"""What is odd in the record of a paper, said so that its author can mend it."""

from collections.abc import Iterator
from pathlib import Path

from portfolio.content import NOT_THERE, why_not
from portfolio.records.fields import ADDRESSES, KINDS, is_switch
from portfolio.records.identifiers import address_in, doi_in, own_file, web_address
from portfolio.records.paper import Paper
from portfolio.records.people.rosters import maybe_two
from portfolio.records.problems import Problem
from portfolio.records.sections import KINDS as SECTIONS
from portfolio.records.sections import near_kind, told_kind
from portfolio.records.spelling import misspelt
from portfolio.records.when import is_word

_STATUS = ("pubstate", "month", "note", "howpublished", "journal", "status")
"""The fields that may say in a year's place how far a work is."""
_BY_NOBODY = {
    "bibnote", "collection", "dataset", "inreference", "jurisdiction", "legal", "legislation",
    "manual", "movie", "mvcollection", "mvproceedings", "mvreference", "online", "periodical",
    "proceedings", "reference", "software", "standard", "suppperiodical", "www",
}  # fmt: skip
"""The types of works that may well have no author."""

_BY_ISSUERS = {"misc", "report", "techreport"}
_ISSUED_BY = ("organization", "institution", "publisher", "url", "howpublished")

_PUBLISH = "write an address on the web, or the path of a file in publications/{}"


def faults(paper: Paper, root: Path) -> Iterator[Problem]:
    """Yield what the paper lacks and which of its fields cannot be used as they are."""
    lacking = paper.again("gaps", None, lambda: [*_gaps(paper), *_unread(paper)])
    for field, what, remedy in (*lacking, *_unsafe(paper, root)):
        yield paper.problem(field, what, remedy)
    for field, what, remedy in paper.again("odd", None, lambda: list(_odd(paper))):
        yield paper.problem(field, what, remedy, hint=True)


def _gaps(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """Yield what is lacking that no such work is without, and what is there but unreadable."""
    gaps = {
        "title": not paper.fields.get("title"),
        "author": not paper.authors and not _may_lack_author(paper),
        "year": paper.year is None and not _is_told(paper),
    }
    for field, missing in gaps.items():
        if missing:
            value = paper.fields.get(field)
            what = f"the {field} cannot be read ({value})" if value else f"there is no {field}"
            yield field, what, _give(field)


def _may_lack_author(paper: Paper) -> bool:
    if paper.fields.get("author"):
        return False
    issued = any(paper.fields.get(name) for name in _ISSUED_BY)
    return paper.kind in _BY_NOBODY or (paper.kind in _BY_ISSUERS and issued)


def _give(field: str) -> str:
    return f"give the entry {'an' if field == 'author' else 'a'} {field} field"


def _is_told(paper: Paper) -> bool:
    """Whether something says in words why there is no year, or says it in another script."""
    said = (paper.when.text, *(paper.fields.get(name, "") for name in _STATUS))
    return not paper.when.text.isascii() or any(map(is_word, said))


def _unread(paper: Paper) -> Iterator[tuple[str, str, str]]:
    fields = paper.fields
    if fields.get("doi") and not doi_in(fields["doi"]) and not _leads_elsewhere(fields["doi"]):
        yield "doi", f"the doi cannot be read ({fields['doi']})", "write it as 10.1234/abcd"
    told, field = fields.get("arxiv", ""), "arxiv"
    if fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv":
        told, field = (told, field) if told else (fields.get("eprint", ""), "eprint")
    if told and not paper.arxiv:
        yield field, f"the arXiv identifier cannot be read ({told})", "write it as 1706.03353"
    when = paper.when
    if when.is_cut:
        yield "year", f"the year cannot be read ({when.text})", "write all its digits"


def _odd(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """Yield what is shown or left out as well as can be."""
    yield from _odd_names(paper)
    fields, when = paper.fields, paper.when
    if (said := fields.get("section", "")) and paper.entry and not told_kind(said):
        near = near_kind(said) or "one of " + ", ".join(SECTIONS)
        yield "section", f"it is no kind of works ({said})", f"write {near}"
    for name, near in misspelt(paper.entry.fields if paper.entry else {}):
        yield name, f"no field is called {name}", f"write {near}"
    if _leads_elsewhere(doi := fields.get("doi", "")):
        yield "doi", f"the doi is another address ({doi})", "write it as url"
    for field in (*ADDRESSES, "preview"):
        value = fields.get(field, "")
        if value and not is_switch(value) and _is_of_another_kind(field, value):
            yield field, f"the {field} is no address ({value})", "write one, or leave it empty"
    for field in filter(lambda name: _is_of_old(fields.get(name, "")), ADDRESSES):
        yield field, f"no browser opens the {field} ({fields[field]})", "write an https address"
    if fields.get("month") and not when.first.month and when.first.year and not when.season:
        yield "month", f"the month cannot be read ({fields['month']})", "write it as apr or 4"
    if paper.kind not in KINDS:
        yield "", f"the type @{paper.kind} is unknown", "write @misc, or the type that it is"


def _odd_names(paper: Paper) -> Iterator[tuple[str, str, str]]:
    if not paper.authors and _may_lack_author(paper):
        yield "author", "there is no author", _give("author")
    in_bibtex = paper.entry if paper.path.endswith(".bib") else None
    if in_bibtex and (two := maybe_two(in_bibtex.fields.get("author", ""))):
        remedy = "write `and` between two, or braces about the family name of one"
        yield "author", f"it may be one name or two ({two})", remedy


def _is_of_another_kind(field: str, value: str) -> bool:
    """Whether a field holds a word or a date, as ``data`` does that is Italian for it."""
    return field != "url" and not any(sign in value for sign in "./:\\")


def _is_of_old(value: str) -> bool:
    """Whether an address is one that browsers have given up."""
    return address_in(value).lower().startswith(("ftp://", "gopher://"))


def _leads_elsewhere(doi: str) -> bool:
    """Whether a DOI's field has an address that is none, such as a handle's."""
    return not doi_in(doi) and bool(web_address(address_in(doi)))


def _unsafe(paper: Paper, root: Path) -> Iterator[tuple[str, str, str]]:
    for field in (*ADDRESSES, "preview"):
        value = paper.fields.get(field, "")
        if not value or is_switch(value) or web_address(address_in(value)) or _is_of_old(value):
            continue
        folder = "previews" if field == "preview" else "files"
        if _is_of_another_kind(field, value):
            continue
        if not own_file(value):
            yield field, f"nothing can link to the {field} ({value})", _PUBLISH.format(folder)
        elif not (why := why_not(root / value, root)):
            continue
        elif why == NOT_THERE:
            what = f"the file of the {field} is not there ({value})"
            yield field, what, "add it, or correct its name"
        else:
            what = f"the file of the {field} is not published ({value}): {why}"
            yield field, what, "put the file itself there"
