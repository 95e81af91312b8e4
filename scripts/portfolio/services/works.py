"""A work as a service knows it, and what tells works apart: identifiers, and what is a preprint."""

import re
from dataclasses import dataclass
from functools import cached_property

from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.record import Record
from portfolio.records.identifiers import doi_of
from portfolio.records.people.names import Name, parse_name
from portfolio.texts import unescaped

_PREPRINTS = {"misc", "unpublished", "online", "techreport", "report", "preprint", "electronic"}
_SERVERS = re.compile(
    r"arxiv|\bcorr\b|biorxiv|medrxiv|chemrxiv|psyarxiv|techrxiv|ssrn|preprint|research ?square"
    r"|zenodo|figshare|\bosf\b|\bhal\b|repository",
    re.IGNORECASE,
)
_OF_SERVERS = re.compile(
    r"10\.(?:48550/arxiv\.|1101/\d{4}\.\d\d\.\d\d\.|1101/\d{6}$|2139/ssrn\.|5281/zenodo\.|31234/"
    r"|20944/|21203/|26434/|36227/|31219/|6084/)"
)
_ARXIV_DOI = "10.48550/arxiv."
MOST_WORKS = 5_000
"""More works than any person has."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Work:
    """A work as ``service`` knows it, under the ``name`` that it has there.

    ``related`` are identifiers of other versions of it, and ``cited`` how often it was cited.
    """

    service: str
    name: str
    address: str
    record: Record
    related: frozenset[str] = frozenset()
    retracted: bool = False
    cited: int | None = None
    guessed: bool = False
    """Whether the service tells by itself whose work it is, and may err."""

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """What the work goes by everywhere."""
        return identifiers_of(self.record)

    @property
    def title(self) -> str:
        """The title with its subtitle, as plain text."""
        return title_of_record(self.record)


def identifiers_of(record: Record) -> frozenset[str]:
    """Return the identifiers of a record: ``doi:…`` in small letters, ``arxiv:…``, ``pmid:…``."""
    arxiv = re.sub(r"v\d+$", "", record.arxiv.lower())
    found = {identifier(doi_of(record.fields)), f"arxiv:{arxiv}" if arxiv else ""}
    if (pmid := record.fields.get("pmid", "")).isdecimal():
        found.add(f"pmid:{pmid}")
    return frozenset(filter(None, found))


def identifier(doi: str) -> str:
    """Return the identifier that a DOI stands for; one that arXiv gave is arXiv's."""
    doi = doi.lower()
    if doi.startswith(_ARXIV_DOI):
        return "arxiv:" + re.sub(r"v\d+$", "", doi.removeprefix(_ARXIV_DOI))
    return f"doi:{doi}" if doi else ""


def title_of_record(record: Record) -> str:
    """Return the title of a record with its subtitle."""
    parts = (record.fields.get("title", ""), record.fields.get("subtitle", ""))
    return ": ".join(filter(None, parts))


def venue_of(record: Record) -> str:
    """Return where a work appeared, or nothing."""
    fields = record.fields
    return fields.get("journal") or fields.get("booktitle") or fields.get("venue") or ""


def is_preprint(record: Record) -> bool:
    """Whether a record is of a preprint: by its type, its venue, or who gave its DOI."""
    venue, doi = venue_of(record), doi_of(record.fields).lower()
    if _SERVERS.search(venue) or (doi and _OF_SERVERS.match(doi) and not venue):
        return True
    return record.kind in _PREPRINTS and not venue


def plain(text: object) -> str:
    """Return a title as services write it without tags, entities and line ends."""
    said = _TAG.sub("", unescaped(text)) if isinstance(text, str) else ""
    return " ".join(unescaped(said).split())


def name_of(text: str) -> Name:
    """Return a person's name from plain text."""
    return parse_name(to_latex(" ".join(text.split())))


def record_with(kind: str, authors: tuple[Name, ...], **fields: str) -> Record:
    """Return a record of the fields that say something."""
    said = {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}
    return Record("", kind, authors, (), said)
