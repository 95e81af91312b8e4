"""What the fields of an entry say of a work, by the field's practice, under the names of CSL.

Every format, tag and page takes its values from here. Sources: BibLaTeX's data model, BibTeX's
habits, the variables of CSL 1.0.2.
"""

import re
from collections.abc import Mapping

from portfolio.records.identifiers import ARXIV, address_in, arxiv_of, doi_of, is_arxiv
from portfolio.records.languages import code_of
from portfolio.records.paging import DASHES, pages_of

ARTICLES = frozenset({"article", "periodical", "suppperiodical", "review"})
BOOKS = frozenset({"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings",
                   "reference", "mvreference"})  # fmt: skip
PARTS = frozenset({"inbook", "bookinbook", "suppbook", "incollection", "suppcollection",
                   "inproceedings", "conference", "inreference"})  # fmt: skip
"""The types of what is part of a book."""
CONFERENCES = frozenset({"inproceedings", "conference"})
THESES = frozenset({"thesis", "phdthesis", "mastersthesis"})
REPORTS = frozenset({"report", "techreport"})

_PLAIN = {
    "series": "collection-title",
    "edition": "edition",
    "version": "version",
    "chapter": "chapter-number",
    "abbr": "container-title-short",
    "shorttitle": "title-short",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmcid": "PMCID",
    "abstract": "abstract",
    "keywords": "keyword",
    "library": "call-number",
    "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
}
_READ = _PLAIN | {
    "title": "title",
    "venue": "event-place",
    "eventtitle": "event-title",
    "volume": "volume",
    "pages": "page",
    "type": "genre",
    "pubstate": "status",
    "note": "note",
    "annotation": "annote",
    "language": "language",
    "doi": "DOI",
    "url": "URL",
    "pmid": "PMID",
    "address": "publisher-place",
}
VARIABLES = frozenset({
    *_READ.values(), "container-title", "volume-title", "publisher", "number", "issue",
    "collection-number", "event", "archive", "archive_location", "jurisdiction",
})  # fmt: skip
"""The variables that fields are read from."""
_PUBLISHERS = ("school", "institution", "organization", "howpublished", "publisher")
_STATES = {
    "inpreparation": "in preparation",
    "inpress": "in press",
    "prepublished": "pre-published",
}
_GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master\N{RIGHT SINGLE QUOTATION MARK}s thesis",
    "bathesis": "Bachelor\N{RIGHT SINGLE QUOTATION MARK}s thesis",
    "candthesis": "Candidate thesis",
    "resreport": "research report",
    "techreport": "technical report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patreq": "patent request",
}
for _key, _country in {"de": "German", "eu": "European", "fr": "French", "uk": "British",
                       "us": "U.S."}.items():  # fmt: skip
    _GENRES |= {
        f"patent{_key}": f"{_country} patent",
        f"patreq{_key}": f"{_country} patent request",
    }
_GENRE_OF_KIND = {"phdthesis": "phdthesis", "mastersthesis": "mathesis"}
_ARCHIVES = {
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "hdl": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com?id=",
}
_COUNTRIES = {
    "de": "Germany", "eu": "European Union", "ep": "European Union", "fr": "France",
    "uk": "United Kingdom", "us": "United States of America",
}  # fmt: skip
_COUNTRY = re.compile(rf"\bcountry({'|'.join(_COUNTRIES)})\b")
_ENDS = tuple("!?.,:;")


def values_of(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the values that ``fields`` give the variables of CSL, but for people and dates."""
    said = {variable: fields.get(name, "") for name, variable in _PLAIN.items()}
    is_scope = kind == "patent" and not fields.get("address")
    place = place_of(fields)
    said |= _titles(kind, fields) | _numbers(kind, fields) | _addresses(fields)
    said |= {
        "publisher": publisher_of(fields),
        "jurisdiction" if is_scope else "publisher-place": place,
        "event-title": _joined(
            ".", fields.get("eventtitle", ""), fields.get("eventtitleaddon", "")
        ),
        "event-place": event_place_of(kind, fields),
        "genre": genre_of(kind, fields),
        "status": state_of(fields),
        "note": _joined(".", fields.get("note", ""), fields.get("addendum", "")),
        "annote": fields.get("annotation") or fields.get("annote", ""),
        "language": code_of(fields),
    }
    return {variable: text for variable, text in said.items() if text}


def fields_of(kind: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that the variables of CSL stand for in an entry of ``kind``."""
    fields = {name: said.get(variable, "") for name, variable in _READ.items()}
    fields[publisher_field(kind)] = said.get("publisher", "")
    fields["location"] = said.get("jurisdiction", "")
    fields["eventtitle"] = fields["eventtitle"] or said.get("event", "")
    fields |= _read_numbers(kind, said) | _read_titles(kind, said)
    pages = " ".join(fields["pages"].split())
    fields["pages"] = DASHES.sub("\N{EN DASH}", pages)
    if fields["title"].startswith(fields["shorttitle"]):
        fields["shorttitle"] = ""
    if fields["type"] == genre_of(kind, {}):
        fields["type"] = ""
    if said.get("archive", "").lower() == "arxiv" and (arxiv := said.get("archive_location", "")):
        fields |= {"eprint": arxiv, "archiveprefix": "arXiv"}
        fields["url"] = "" if fields["url"] == ARXIV + arxiv else fields["url"]
    elif said.get("archive_location"):
        fields |= {"eprint": said["archive_location"], "eprinttype": said.get("archive", "")}
    return fields


def publisher_field(kind: str) -> str:
    """Return the field that names who publishes an entry of ``kind``."""
    return "school" if kind in THESES else "institution" if kind in REPORTS else "publisher"


def _read_numbers(kind: str, said: Mapping[str, str]) -> dict[str, str]:
    number = said.get("number", "")
    if kind in ARTICLES:
        return {"number": said.get("issue", ""), "eid": number}
    return {"number": said.get("collection-number") or number}


def _read_titles(kind: str, said: Mapping[str, str]) -> dict[str, str]:
    container, volume = said.get("container-title", ""), said.get("volume-title", "")
    if kind in PARTS:
        return {"booktitle": volume or container, "maintitle": container if volume else ""}
    if kind in BOOKS:
        return {"maintitle": container}
    return {"journal": container}


def title_of(fields: Mapping[str, str], of: str = "") -> str:
    """Return a title with its subtitle and what is added to it.

    It is that of the work or, where ``of`` says so, of its book, journal, issue or main work.
    """
    return "".join(mark + fields[name] for mark, name in title_parts(fields, of))


def title_parts(fields: Mapping[str, str], of: str = "") -> list[tuple[str, str]]:
    """Return the fields that make up a title, each with what stands before it."""
    parts: list[tuple[str, str]] = []
    before = ""
    for mark, part in ((":", "title"), (":", "subtitle"), (".", "titleaddon")):
        text = fields.get(of + part, "")
        if text and not (part == "subtitle" and before.casefold().endswith(text.casefold())):
            between = " " if before.endswith(_ENDS) else f"{mark} "
            parts.append((between if before else "", of + part))
            before = text
    return parts


def venues_of(kind: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a work may have appeared in: a journal, a book, or what a table calls so."""
    journal, book, venue = journal_of(fields), title_of(fields, "book"), _venue(kind, fields)
    if kind in PARTS:
        return book, title_of(fields, "main"), journal, venue
    return journal, book, venue


def journal_of(fields: Mapping[str, str]) -> str:
    """Return the journal with its subtitle."""
    return _joined(":", fields.get("journal", ""), fields.get("journalsubtitle", ""))


def publisher_of(fields: Mapping[str, str]) -> str:
    """Return who publishes a work: one house or several, a school, or the way it was published."""
    named = dict.fromkeys(fields.get(name, "") for name in _PUBLISHERS)
    return "; ".join(name for name in named if name and "://" not in name)


def place_of(fields: Mapping[str, str]) -> str:
    """Return where a work was published, or a patent holds; BibLaTeX's names of countries spelt."""
    place = fields.get("address") or fields.get("location", "")
    return _COUNTRY.sub(lambda found: _COUNTRIES[found[1]], place) if "country" in place else place


def event_place_of(kind: str, fields: Mapping[str, str]) -> str:
    """Return where an event took place.

    BibLaTeX's ``venue`` is that place; in tables it is what the work appeared in. An entry with
    both an ``address`` and a ``location`` gives the publisher's and the event's, as ACM's do.
    """
    told = any(fields.get(name) for name in ("eventtitle", "eventdate", "booktitle"))
    if fields.get("venue") and (told or kind in {"proceedings", "mvproceedings"}):
        return fields["venue"]
    place, other = fields.get("location", ""), fields.get("address", "")
    return place if place != other and other else ""


def genre_of(kind: str, fields: Mapping[str, str]) -> str:
    """Return of which kind a thesis, a report or anything else is, in words."""
    told = fields.get("type") or _GENRE_OF_KIND.get(kind, "")
    return _GENRES.get(told.lower(), told)


def state_of(fields: Mapping[str, str]) -> str:
    """Return how far the publication is, in words."""
    told = fields.get("pubstate", "")
    return _STATES.get(told.lower(), told)


def volume_of(fields: Mapping[str, str]) -> str:
    """Return the volume, with its part; DBLP puts arXiv's identifier there."""
    volume = fields.get("volume", "")
    return "" if is_arxiv(volume) else ".".join(filter(None, (volume, fields.get("part", ""))))


def number_of(kind: str, fields: Mapping[str, str]) -> str:
    """Return the number, and the issue of a journal where it has a name beside."""
    issue = fields.get("issue", "") if kind in ARTICLES else ""
    told = dict.fromkeys((fields.get("number", ""), issue))
    return ", ".join(one for one in told if one and not is_arxiv(one))


def _titles(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    title, main, book = title_of(fields), title_of(fields, "main"), title_of(fields, "book")
    container = next(filter(None, venues_of(kind, fields)), "")
    said = {"title": title, "container-title": container}
    if fields.get("subtitle") and not fields.get("shorttitle"):
        said["title-short"] = fields.get("title", "")
    if kind == "periodical":
        issue = title_of(fields, "issue")
        return said | {"container-title": title_of(fields), "title": issue or title}
    if main and kind in PARTS:
        return said | {"container-title": main, "volume-title": book}
    return said | ({"container-title": main} if main and (kind in BOOKS or not container) else {})


def _venue(kind: str, fields: Mapping[str, str]) -> str:
    venue = fields.get("venue", "")
    return "" if venue == event_place_of(kind, fields) else venue


def _numbers(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    number = number_of(kind, fields)
    said = {"volume": volume_of(fields), "page": pages_of(fields)}
    if kind in ARTICLES:
        eid = fields.get("eid", "")
        return said | {"issue": number, "number": "" if is_arxiv(eid) else eid}
    return said | {"collection-number" if kind in BOOKS | PARTS else "number": number}


def _addresses(fields: Mapping[str, str]) -> dict[str, str]:
    arxiv, archive = arxiv_of(fields), fields.get("eprinttype", fields.get("archiveprefix", ""))
    eprint = fields.get("eprint", "")
    address = address_in(fields.get("url", ""))
    if not address and "://" in fields.get("howpublished", ""):
        address = address_in(fields["howpublished"][fields["howpublished"].index("http") :])
    if not address and eprint:
        at = _ARCHIVES.get(archive.lower(), "")
        address = at + eprint if at else ""
    return {
        "DOI": doi_of(fields),
        "URL": address or (ARXIV + arxiv if arxiv else ""),
        "PMID": fields.get("pmid") or (eprint if archive.lower() == "pubmed" else ""),
        "archive": "arXiv" if arxiv else archive if eprint else "",
        "archive_location": arxiv or (eprint if archive else ""),
    }


def _joined(mark: str, *parts: str) -> str:
    """Return the parts with ``mark`` between them, unless one ends with a mark of its own."""
    text = ""
    for part in filter(None, parts):
        between = " " if text.endswith(_ENDS) else f"{mark} "
        text = f"{text}{between}{part}" if text else part
    return text
