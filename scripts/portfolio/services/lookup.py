"""The open services that know papers: DOI content negotiation, and arXiv's Atom feed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import quote

from portfolio.records.formats import csl
from portfolio.records.formats.record import Record
from portfolio.records.identifiers import doi_of
from portfolio.refusal import Refusal
from portfolio.services.atom import entries_in, record_of, text_of
from portfolio.services.entries import records_in
from portfolio.services.heads import identifiers_in
from portfolio.services.identify import Reference, of_arxiv, of_doi
from portfolio.services.shapes import value_in
from portfolio.services.web import Web, get

_FROM_DOI = "application/vnd.citationstyles.csl+json, application/x-bibtex;q=0.5"
_MOST = 10
"""How many records are looked through for the one that was asked for."""
_KEPT = frozenset(
    {"title", "journal", "booktitle", "school", "institution", "series", "volume", "number"}
    | {
        "pages",
        "publisher",
        "year",
        "month",
        "doi",
        "isbn",
        "eprint",
        "archiveprefix",
        "subtitle",
        "eid",
    }
)
"""The fields of an answer that make an entry; the rest is the service's own business."""


def look_up(reference: Reference, web: Web) -> Record:
    """Return the record of a paper from the service that knows it; its key is yet to be made.

    Raises Refusal if the service cannot be reached, knows no such paper, or makes no sense.
    """
    return _SERVICES[reference.kind](reference, web)


def _by_doi(reference: Reference, web: Web) -> Record:
    address = f"{web.doi.rstrip('/')}/{quote(reference.value, safe='/:;,.()_-')}"
    answer = get(web, address, accept=_FROM_DOI).text.strip()
    records = _of_csl(answer) if answer[:1] in {"{", "["} else list(_of_bibtex(answer))
    asked = [one for one in records if doi_of(one.fields).lower() == reference.value.lower()]
    found = next(iter(asked or records), None)
    if not found or not found.fields.get("title") or (len(records) > 1 and not asked):
        raise _no_sense(reference)
    fields = {name: text for name, text in found.fields.items() if name in _KEPT}
    return replace(found, fields=fields | {"doi": fields.get("doi", reference.value)})


def _of_csl(answer: str) -> list[Record]:
    said = value_in(answer)
    items = said if isinstance(said, list) else [said]
    known = [each for each in items[:_MOST] if isinstance(each, dict) and "type" in each]
    return [csl.record_of_item(each) for each in known]


def _of_bibtex(answer: str) -> Iterator[Record]:
    """Read entries; what has anything before its first entry, such as a page, is no answer."""
    return islice(records_in(answer), _MOST if answer.startswith("@") else 0)


def _by_arxiv(reference: Reference, web: Web) -> Record:
    query = {"id_list": reference.value, "max_results": "1"}
    entries = entries_in(get(web, web.arxiv, accept="application/atom+xml", query=query))
    if entries is None:
        raise _no_sense(reference)
    if not entries or "/abs/" not in text_of(entries[0], "id"):
        raise Refusal(reference, "arXiv has no such paper", "check the identifier")
    record = record_of(entries[0], reference.value)
    if not record.fields.get("title"):
        raise _no_sense(reference)
    return record


def _by_page(reference: Reference, web: Web) -> Record:
    """Look up a page by the identifier that it gives in its head."""
    said = identifiers_in(get(web, reference.value, accept="text/html").text)
    if doi := said.get("doi"):
        return look_up(of_doi(doi), web)
    if arxiv := said.get("arxiv"):
        return look_up(of_arxiv(arxiv), web)
    what = "the page names neither a DOI nor an arXiv identifier"
    raise Refusal(reference, what, "look there for its DOI, and add that")


def _no_sense(reference: Reference) -> Refusal:
    return Refusal(reference, "the service's answer is no record of a paper", "try again later")


_SERVICES: dict[str, Callable[[Reference, Web], Record]] = {
    "doi": _by_doi,
    "arxiv": _by_arxiv,
    "page": _by_page,
}
