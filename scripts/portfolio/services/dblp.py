"""dblp: a person's papers in computer science, as BibTeX, many of which have no DOI."""

from dataclasses import replace

from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats.bib import record_of_entry
from portfolio.records.formats.record import Record
from portfolio.refusal import Refusal
from portfolio.services.client import Client
from portfolio.services.web import Answer
from portfolio.services.works import Work

SERVICE = "dblp"
GAP = 2.0
_OF_ITS_OWN = {"biburl", "bibsource", "timestamp", "crossref"}


def works(client: Client, person: str) -> list[Work]:
    """Return the works of the person with a PID; raise Refusal if the answer is no BibTeX."""
    address = f"{client.web.dblp.rstrip('/')}/pid/{person}.bib"
    answer = client.get(address, accept="application/x-bibtex", sound=_entries)
    return [_work(record) for record in _entries(answer)]


def _entries(answer: Answer) -> list[Record]:
    said = answer.text.lstrip()
    records = [record_of_entry(entry) for entry in parse_bibtex(said, shown_as="")[0]]
    if said and (not said.startswith("@") or not records):
        raise Refusal(answer.address, "the answer makes no sense", "try again later")
    return [record for record in records if record.fields.get("title")]


def _work(record: Record) -> Work:
    name = record.key.removeprefix("DBLP:")
    fields = {field: text for field, text in record.fields.items() if field not in _OF_ITS_OWN}
    fields["title"] = fields["title"].removesuffix(".")
    if fields.get("eprinttype", "").lower() == "arxiv":
        fields["archiveprefix"] = fields.pop("eprinttype")
    if fields.get("url", "").startswith("https://doi.org/") and fields.get("doi"):
        del fields["url"]
    named = replace(record, key="", fields=fields)
    return Work(SERVICE, name, f"https://dblp.org/rec/{name}", named)
