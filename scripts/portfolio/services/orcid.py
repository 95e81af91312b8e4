"""ORCID's public record of a person: works in groups, whose details tell the authors.

Source: ORCID public API v3.0, ``/{id}/works`` and ``/{id}/works/{put-code,...}``.
"""

import json
from collections.abc import Iterator

from portfolio.records.formats.record import MONTHS
from portfolio.records.people.names import Name
from portfolio.services.answer import Answer
from portfolio.services.client import Client, batches
from portfolio.services.shapes import Table, at, listed, tables, text, value_in
from portfolio.services.works import MOST_WORKS, Work, identifier, name_of, plain, record_with

SERVICE = "ORCID"
GAP = 1 / 12
"""Seconds between two requests: it takes twelve in one."""
MOST = 100
"""How many works may be asked for at once."""

_KINDS = {
    "journal-article": "article", "conference-paper": "inproceedings", "book": "book",
    "book-chapter": "incollection", "edited-book": "book", "dissertation": "phdthesis",
    "dissertation-thesis": "phdthesis", "preprint": "misc", "working-paper": "techreport",
    "report": "techreport", "patent": "patent", "data-set": "dataset", "software": "software",
    "magazine-article": "article", "newspaper-article": "article", "review": "article",
    "conference-abstract": "inproceedings", "conference-poster": "misc", "lecture-speech": "misc",
}  # fmt: skip
_IN_A_JOURNAL = {"article"}
_ROLES_OF_OTHERS = {"editor", "chair-or-translator", "support-staff"}


def works(client: Client, orcid: str) -> list[Work]:
    """Return the works of a person's record; raise Refusal if there is no sense in the answer."""
    base = f"{client.web.orcid.rstrip('/')}/{orcid}/works"
    groups = _groups(client.get(base, sound=_groups))
    summaries = [list(tables(group, "work-summary")) for group in groups]
    known = [(group, some[0]) for group, some in zip(groups, summaries, strict=True) if some]
    details = _details(client, base, [first for _, first in known])
    return [
        _work(orcid, group, first, details.get(_code(first), {}))
        for group, first in client.in_time(known, SERVICE)
    ]


def _groups(answer: Answer) -> list[Table]:
    return listed(answer, "group", most=MOST_WORKS)


def _whole(answer: Answer) -> list[Table]:
    return listed(answer, "bulk", most=MOST)


def _details(client: Client, base: str, summaries: list[Table]) -> dict[str, Table]:
    """Return the whole works by their codes; only what changed since the last time is asked."""
    found: dict[str, Table] = {}
    names = {_code(each): f"{base}/{_code(each)} {_changed(each)}" for each in summaries}
    for code, name in names.items():
        if (kept := client.memory.recall(name)) and (work := _kept(kept.body)):
            found[code] = work
    wanted = [code for code in names if code and code not in found]
    for codes in batches(wanted, MOST):
        # What it answers is kept work by work, under the day of its last change.
        address = f"{base}/{','.join(codes)}"
        answer = client.get(address, fresh=0, sound=_whole)
        for each in client.in_time(_whole(answer), SERVICE):
            work = at(each, "work")
            if isinstance(work, dict) and (code := _code(work)) in names:
                found[code] = work
                client.memory.keep(names[code], json.dumps(work).encode())
    return found


def _kept(body: bytes) -> Table:
    """Return a work that was kept, or nothing if it was damaged since."""
    work = value_in(body.decode(errors="replace"))
    return work if isinstance(work, dict) else {}


def _work(orcid: str, group: Table, summary: Table, detail: Table) -> Work:
    ours = {(kind, told): how for kind, told, how in _identifiers(summary)}
    ours |= {(kind, told): how for kind, told, how in _identifiers(group) if how == "self"}
    own: dict[str, str] = {}
    related = {_named(kind, told) for (kind, told), how in ours.items() if how == "version-of"}
    for (kind, told), how in ours.items():
        if how == "self" and own.setdefault(kind, told) != told:
            related.add(_named(kind, told))  # of another version in the group
    kind = _KINDS.get(text(summary, "type").lower().replace("_", "-"), "misc")
    year, month = (text(summary, "publication-date", part, "value") for part in ("year", "month"))
    venue = plain(at(summary, "journal-title", "value"))
    in_journal = kind in _IN_A_JOURNAL or (kind == "misc" and bool(venue))
    record = record_with(
        kind,
        tuple(_authors(detail)),
        title=plain(at(summary, "title", "title", "value")),
        subtitle=plain(at(summary, "title", "subtitle", "value")),
        journal=venue if in_journal else "",
        booktitle="" if in_journal else venue,
        year=year if year.isdecimal() else "",
        month=MONTHS[int(month) - 1] if month in _NUMBERS else "",
        doi=own.get("doi", ""),
        eprint=own.get("arxiv", ""),
        archiveprefix="arXiv" if own.get("arxiv") else "",
        pmid=own.get("pmid", ""),
    )
    code = _code(summary)
    address = f"https://orcid.org/{orcid}"
    return Work(SERVICE, code, address, record, frozenset(filter(None, related)))


_NUMBERS = {f"{number:02}" for number in range(1, 13)} | {str(n) for n in range(1, 13)}


def _identifiers(said: Table) -> Iterator[tuple[str, str, str]]:
    """Yield kind, value and relationship of each identifier that can be read."""
    for each in tables(said, "external-ids", "external-id"):
        kind = text(each, "external-id-type").lower()
        told = text(each, "external-id-normalized", "value") or text(each, "external-id-value")
        told = told.strip()
        if kind == "doi":
            told = told[told.find("10.") :] if "10." in told else ""
        elif kind == "arxiv":
            told = told.lower().removeprefix("https://arxiv.org/abs/").removeprefix("arxiv:")
        if told:
            yield kind, told, text(each, "external-id-relationship").lower().replace("_", "-")


def _named(kind: str, told: str) -> str:
    if kind == "doi":
        return identifier(told)
    return f"{kind}:{told.lower()}" if kind in {"arxiv", "pmid"} else ""


def _authors(detail: Table) -> Iterator[Name]:
    for each in tables(detail, "contributors", "contributor"):
        role = text(each, "contributor-attributes", "contributor-role").lower().replace("_", "-")
        if role not in _ROLES_OF_OTHERS and (name := text(each, "credit-name", "value").strip()):
            yield name_of(name)


def _code(said: Table) -> str:
    return text(said, "put-code")


def _changed(said: Table) -> str:
    return text(said, "last-modified-date", "value")
