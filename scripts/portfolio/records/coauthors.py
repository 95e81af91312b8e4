"""Where co-authors are on the web: one small table, ``publications/people.csv``."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.content import is_content
from portfolio.records.identifiers import address_in, web_address
from portfolio.records.kinds.item import Item
from portfolio.records.kinds.reader import load_kind
from portfolio.records.paper import Paper
from portfolio.records.people.names import fold, parse_name
from portfolio.records.people.orcid import orcid_of
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import read_table

PEOPLE = "publications/people.csv"


def load_people(root: Path, problems: list[Problem]) -> dict[str, str]:
    """Return the addresses of people by their folded names; the file (name,link) may be missing.

    Those whose link is empty are known, and lead nowhere.
    """
    people = _of_table(root)
    if not is_content(root / PEOPLE, root):
        return people
    columns = ("name", "link")
    for row in read_table(root / PEOPLE, shown_as=PEOPLE, problems=problems, columns=columns):
        name = row.cells.get("name", "")
        link = row.cells.get("link") or row.cells.get("url", "")
        href = web_address(address_in(link))
        if name and not link:
            people.setdefault(fold(parse_name(name).display), "")  # known, and nowhere on the web
            continue
        if not name or not href:
            what = f"the link is no address on the web ({link})" if name else "there is no name"
            remedy = "write one that begins with https://" if name else "write whom the link is of"
            problems.append(Problem(PEOPLE, row.line, name or "row", what, remedy))
            continue
        people[fold(parse_name(name).display)] = href
    return people


def _of_table(root: Path) -> dict[str, str]:
    """Return the addresses of those whom the table of people names; reading it says its faults."""
    people: dict[str, str] = {}
    for person in load_kind(root, "people", []):
        href = link_of(person)
        for name in (person.title, *person.lists.get("spellings", ())):
            people[fold(parse_name(name).display)] = href
    return people


def members_of(root: Path) -> list[str]:
    """Return the names, in all spellings, of those whom the table of people holds."""
    people = load_kind(root, "people", [])
    return [
        name for person in people for name in (person.title, *person.lists.get("spellings", ()))
    ]


def link_of(person: Item) -> str:
    """Return where a person is on the web: their page, or else by their ORCID iD."""
    orcid = orcid_of(person.texts.get("orcid", ""))
    own = web_address(address_in(person.texts.get("link", "")))
    return own or (f"https://orcid.org/{orcid}" if orcid else "")


def with_links(papers: Sequence[Paper], people: dict[str, str]) -> list[Paper]:
    """Return ``papers`` whose authors know their addresses."""
    if not people:
        return list(papers)
    return [
        replace(
            paper,
            authors=tuple(
                replace(name, link=people.get(fold(name.display), "")) for name in paper.authors
            ),
        )
        for paper in papers
    ]
