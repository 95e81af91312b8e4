"""arXiv: an author's preprints, by the identifier of the author or by name, and their versions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from portfolio.refusal import Refusal
from portfolio.services.answer import Answer
from portfolio.services.atom import entries_in, record_of, text_of
from portfolio.services.client import DAY, Client, batches
from portfolio.services.works import MOST_WORKS, Work

SERVICE = "arXiv"
GAP = 3.0
"""It takes one request in three seconds."""
_ATOM = "application/atom+xml"
_PAGE = 500
_MOST_PAGES = 4
_BY_IDENTIFIER = re.compile(r"[\w-]+_[a-z]_\d+|\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_IN_FEED = re.compile(r"abs/([\w.+/-]{1,60}?)(?:v(\d{1,4}))?", re.ASCII)


@dataclass(frozen=True)
class Version:
    """The newest version of a preprint; ``withdrawn`` is whether its authors took it back."""

    identifier: str
    number: int
    withdrawn: bool


def works(client: Client, author: str) -> list[Work]:
    """Return the preprints of an author; raise Refusal if the answer is no feed.

    An author's identifier (``byron_a_1``) or ORCID iD names one person, a name all who bear it.
    """
    if _BY_IDENTIFIER.fullmatch(author):
        address = f"{client.web.arxiv_authors.rstrip('/')}/{author}.atom2"
        return _works(client, client.get(address, accept=_ATOM, sound=_entries))
    found: list[Work] = []
    for page in range(_MOST_PAGES):
        query = {"search_query": f'au:"{author.replace(chr(34), "")}"'}
        query |= {"start": str(page * _PAGE), "max_results": str(_PAGE)}
        answer = client.get(client.web.arxiv, accept=_ATOM, query=query, sound=_entries)
        some = [replace(each, guessed=True) for each in _works(client, answer)]
        found += some
        if len(some) < _PAGE:
            break
    return found


def versions(client: Client, identifiers: Iterable[str]) -> list[Version]:
    """Return the newest versions of preprints, asked for by the hundred."""
    found: list[Version] = []
    for some in batches(sorted(set(identifiers)), 100):
        query = {"id_list": ",".join(some), "max_results": "100"}
        answer = client.get(client.web.arxiv, accept=_ATOM, query=query, fresh=DAY, sound=_entries)
        found += map(_version, client.in_time(_entries(answer), SERVICE))
    return found


def _entries(answer: Answer) -> list[ET.Element]:
    entries = entries_in(answer)
    if entries is None or len(entries) > MOST_WORKS:
        raise Refusal(answer.address, "the answer makes no sense", "try again later")
    return [each for each in entries if _named(each)]


def _works(client: Client, answer: Answer) -> list[Work]:
    return list(map(_work, client.in_time(_entries(answer), SERVICE)))


def _named(entry: ET.Element) -> re.Match[str] | None:
    """Return the identifier and the version in an entry's address."""
    _, mark, name = text_of(entry, "id").rpartition("abs/")
    return _IN_FEED.fullmatch(mark + name)


def _work(entry: ET.Element) -> Work:
    identifier = _identifier(entry)
    record = record_of(entry, identifier)
    return Work(SERVICE, identifier, f"https://arxiv.org/abs/{identifier}", record)


def _identifier(entry: ET.Element) -> str:
    found = _named(entry)
    return found[1] if found else ""


def _version(entry: ET.Element) -> Version:
    found = _named(entry)
    said = text_of(entry, "comment").lower()
    number = int(found[2] or 1) if found else 1
    return Version(_identifier(entry), number, "withdrawn" in said)
