"""What the entries lack and is registered under their DOIs, where that is the same work."""

from collections.abc import Iterable, Mapping

from portfolio.records.bibtex.reader import Entry
from portfolio.records.fields import is_latex
from portfolio.records.formats.bib import record_of_entry
from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.record import Record
from portfolio.records.identifiers import doi_of
from portfolio.services import crossref
from portfolio.services.client import Client
from portfolio.services.memory import Memory
from portfolio.services.web import Web
from portfolio.syncing.evidence import Verdict
from portfolio.syncing.matching import compare
from portfolio.syncing.traits import traits_of

_WANTED = {
    "article": ("journal", "volume", "number", "pages", "year", "month"),
    "inproceedings": ("booktitle", "pages", "year", "publisher"),
    "incollection": ("booktitle", "pages", "year", "publisher"),
    "book": ("publisher", "year"),
}
_SAYING = {"journal": {"journaltitle"}, "year": {"date"}, "month": {"date"}, "number": {"issue"},
           "pages": {"eid"}, "booktitle": {"crossref"}, "publisher": {"crossref"}}  # fmt: skip


def completions(
    entries: Iterable[Entry], web: Web, memory: Memory
) -> Mapping[str, Mapping[str, str]]:
    """Return by keys the fields, in LaTeX, that entries lack; raise Refusal without an answer."""
    by_doi = {doi_of(entry.fields).lower(): entry for entry in entries}
    by_doi.pop("", None)
    client = Client(web, memory, gap=crossref.GAP)
    found = {}
    for each in crossref.by_doi(client, by_doi):
        entry = by_doi[each.doi]
        if fields := _lacking(entry, each.record):
            found[entry.key] = fields
    return found


def _lacking(entry: Entry, registered: Record) -> dict[str, str]:
    own = record_of_entry(entry)
    if compare(traits_of(own), traits_of(registered)).verdict is not Verdict.SAME:
        return {}
    said = {
        name: registered.fields[name]
        for name in _WANTED.get(entry.kind, ())
        if registered.fields.get(name)
        and not any(entry.fields.get(one) for one in {name, *_SAYING.get(name, ())})
    }
    return {name: to_latex(text) if is_latex(name) else text for name, text in said.items()}
