"""dblp: a person's papers in computer science, as BibTeX, many of which have no DOI."""

from dataclasses import replace
from itertools import islice

from portfolio.records.formats.record import Record
from portfolio.refusal import Refusal
from portfolio.services.answer import Answer
from portfolio.services.client import Client
from portfolio.services.entries import records_in
from portfolio.services.works import MOST_WORKS, Work

SERVICE = "dblp"
GAP = 2.0
_OF_ITS_OWN = {"biburl", "bibsource", "timestamp", "crossref"}


def works(client: Client, person: str) -> list[Work]:
    """Return the works of the person with a PID; raise Refusal if the answer is no BibTeX."""
    address = f"{client.web.dblp.rstrip('/')}/pid/{person}.bib"
    answer = client.get(address, accept="application/x-bibtex", sound=_sound)
    some = islice(records_in(answer.text), MOST_WORKS)
    return [_work(each) for each in client.in_time(some, SERVICE) if each.fields.get("title")]


def _sound(answer: Answer) -> None:
    said = answer.text.lstrip()
    if said and not (said.startswith("@") and next(records_in(said), None)):
        raise Refusal(answer.address, "the answer makes no sense", "try again later")


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
