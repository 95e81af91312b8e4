"""What `sync` found, for people, for programs, for GitHub's checks, and for a pull request."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any
from urllib.parse import quote

from portfolio.records.bibliography import BIB, Bibliography
from portfolio.records.identifiers import doi_address
from portfolio.records.problems import Problem
from portfolio.records.reports import as_github
from portfolio.services.works import title_of_record, venue_of
from portfolio.syncing.groups import NEW, Finding, Group

_HEADS = {
    Group.MISSING: "missing here",
    Group.PUBLISHED: "published since",
    Group.CORRECTED: "corrected there",
    Group.DOUBTFUL: "doubtful",
    Group.IGNORED: "ignored",
    Group.SAME: "the same",
}
_NARROWEST, _MARGIN = 60, 4
_OF_ADDRESSES = "/:;()._-+,@!$&'*=~?#%"
_TAKE = "`portfolio sync --write {}` takes it"


def as_text(found: Sequence[Finding], papers: Bibliography) -> str:
    """Return a table of what is new, group by group, and how many are of the other groups."""
    del papers
    width = max(_NARROWEST, get_terminal_size((100, 24)).columns)
    names = max((len(each.name) for each in found if each.group in NEW), default=0)
    parts = []
    for group in NEW:
        some = [each for each in found if each.group is group]
        if some:
            lines = (line for each in some for line in _lines(each, names, width))
            parts.append("\n".join([f"{_HEADS[group]} ({len(some)})", *lines]))
    parts.append(summary(found))
    return "\n\n".join(parts)


def as_json(found: Sequence[Finding], papers: Bibliography) -> str:
    """Return a JSON list with one object for each work, of all groups."""
    del papers
    return json.dumps(list(map(_object, found)), ensure_ascii=False, indent=2)


def as_checks(found: Sequence[Finding], papers: Bibliography) -> str:
    """Return a notice for each work that is new, at the line of its entry where it has one."""
    places = {paper.key: (paper.path, paper.line) for paper in papers}
    return as_github(
        [
            Problem(
                *places.get(each.own.key if each.own else "", (BIB, 1)),
                each.name,
                f"{_HEADS[each.group]}: {_title(each)}" + (f" ({each.why})" if each.why else ""),
                _TAKE.format(each.name),
                hint=True,
            )
            for each in found
            if each.group in NEW
        ]
    )


def as_markdown(found: Sequence[Finding], papers: Bibliography) -> str:
    """Return tables of what is new, for a pull request."""
    del papers
    parts = []
    for group in NEW:
        some = [each for each in found if each.group is group]
        if some:
            parts.append(f"### {_HEADS[group].capitalize()} ({len(some)})\n")
            parts.append("| name | year | work | from | why |\n|---|---|---|---|---|")
            parts += [_row(each) for each in some]
            parts.append("")
    parts.append(summary(found) + "\n")
    return "\n".join(parts)


FORMATS: Mapping[str, Callable[[Sequence[Finding], Bibliography], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_checks,
    "markdown": as_markdown,
}


def summary(found: Sequence[Finding]) -> str:
    """Return one line that counts the groups."""
    groups = [each.group for each in found]
    said = ", ".join(f"{groups.count(group)} {_HEADS[group]}" for group in Group if group in groups)
    return f"{len(found)} works: {said}" if found else "the services know no works"


def described(each: Finding) -> str:
    """Return a work on one line: title, people, venue, year."""
    people = [name.display for name in each.record.authors]
    who = ", ".join(people[:3]) + (f" and {len(people) - 3} more" if len(people) > 3 else "")  # noqa: PLR2004
    return ". ".join(filter(None, (_title(each), who, venue_of(each.record), _year(each))))


def _lines(each: Finding, names: int, width: int) -> list[str]:
    room = width - names - _MARGIN
    first = f"  {each.name:<{names}}  {_cut(described(each), room)}"
    why = ": ".join(filter(None, (each.services, each.why)))
    return [first, f"  {'':<{names}}  {_cut(why, room)}"]


def _object(each: Finding) -> dict[str, Any]:
    works = [
        {
            "service": work.service,
            "name": work.name,
            "address": work.address,
            "identifiers": sorted(work.identifiers),
        }
        for work in each.works
    ]
    return {
        "group": str(each.group),
        "name": each.name,
        "key": each.own.key if each.own else None,
        "title": _title(each),
        "authors": [name.display for name in each.record.authors],
        "year": each.record.date[0] if each.record.date else None,
        "venue": venue_of(each.record),
        "why": each.why,
        "works": works,
    }


def _row(each: Finding) -> str:
    doi = each.record.fields.get("doi", "")
    address = doi_address(doi) if doi else each.works[0].address
    title = f"[{_plain(_title(each))}](<{quote(address, safe=_OF_ADDRESSES)}>)"
    cells = (f"`{each.name}`", _year(each), title, each.services, _plain(each.why))
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Return text that means nothing to Markdown, and calls nobody's attention on GitHub."""
    plain = "".join(f"\\{sign}" if sign in "\\`*_[]<>|~" else sign for sign in text)
    return re.sub(r"([@#])(?=\w)", r"\1<!-- -->", plain)


def _title(each: Finding) -> str:
    return title_of_record(each.record) or each.name


def _year(each: Finding) -> str:
    return str(each.record.date[0]) if each.record.date else ""


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
