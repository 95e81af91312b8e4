"""ORCID's record of a person beside the works: degrees, positions, awards, grants, service.

Source: ORCID public API v3.0, ``/{id}/record``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from portfolio.records.identifiers import is_web_address
from portfolio.refusal import Refusal
from portfolio.services.answer import Answer
from portfolio.services.client import Client
from portfolio.services.shapes import Table, at, table_in, tables, text
from portfolio.services.works import plain

_ACTIVITIES = "activities-summary"
_PRESENT = "present"
_MOST = 2_000
_AFFILIATIONS = {
    "educations": ("education", "education", "Studies"),
    "qualifications": ("qualification", "education", "Qualification"),
    "employments": ("employment", "positions", "Member of staff"),
    "invited-positions": ("invited-position", "positions", "Invited position"),
    "distinctions": ("distinction", "awards", "Distinction"),
    "memberships": ("membership", "service", "Member"),
    "services": ("service", "service", "Service"),
}
"""The sections of a record: how summaries are called, their kind here, a title for want of one."""
_ON_A_DAY = {"awards"}
_AT_A_PLACE = {"education", "positions"}
_PART = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True)
class Thing:
    """One thing of a kind, with its values by the names of the kind's fields."""

    kind: str
    values: Mapping[str, str]


def things(client: Client, orcid: str) -> list[Thing]:
    """Return what a person's record says beside the works; raise Refusal without sense in it."""
    address = f"{client.web.orcid.rstrip('/')}/{orcid}/record"
    said = at(_sound(client.get(address, sound=_sound)), _ACTIVITIES)
    found = chain(_affiliations(said), _grants(said), _reviews(said))
    things = [thing for thing in client.in_time(found, "ORCID") if thing.values["title"]]
    if len(things) > _MOST:
        raise Refusal(address, "it tells of more than anybody has done", "try again later")
    return things


def _sound(answer: Answer) -> Table:
    said = table_in(answer)
    if not isinstance(at(said, _ACTIVITIES), dict):
        raise Refusal(answer.address, "the answer makes no sense", "try again later")
    return said


def _affiliations(said: Table) -> Iterator[Thing]:
    for section, (name, kind, title) in _AFFILIATIONS.items():
        for group in tables(said, section, "affiliation-group"):
            for each in tables(group, "summaries"):
                summary = at(each, f"{name}-summary")
                if isinstance(summary, dict):
                    yield Thing(kind, _affiliation(summary, kind, title))
                    break  # the others of a group say the same again


def _affiliation(summary: Table, kind: str, title: str) -> dict[str, str]:
    values = {
        "title": plain(at(summary, "role-title")) or title,
        "institution": plain(at(summary, "organization", "name")),
        "department": ""
        if kind in {"awards", "service"}
        else plain(at(summary, "department-name")),
        "place": "" if kind == "awards" else _place(summary),
        "link": _link(summary),
    }
    return _said(values | _dates(summary, on_a_day=kind in _ON_A_DAY))


def _link(summary: Table) -> str:
    said = text(summary, "url", "value").strip()
    return said if is_web_address(said) else ""


def _grants(said: Table) -> Iterator[Thing]:
    for group in tables(said, "fundings", "group"):
        for summary in tables(group, "funding-summary"):
            ours = tables(summary, "external-ids", "external-id")
            values = {
                "title": plain(at(summary, "title", "title", "value")),
                "institution": plain(at(summary, "organization", "name")),
                "number": plain(next((text(each, "external-id-value") for each in ours), "")),
                "link": _link(summary),
            }
            yield Thing("grants", _said(values | _dates(summary, on_a_day=False)))
            break


def _reviews(said: Table) -> Iterator[Thing]:
    """Yield reviewing, for whom once each, with its first and last year."""
    years: dict[str, set[str]] = {}
    for group in tables(said, "peer-reviews", "group"):
        for inner in tables(group, "peer-review-group"):
            for each in tables(inner, "peer-review-summary"):
                name = plain(at(each, "convening-organization", "name"))
                year = _date(each, "completion-date")[:4]
                if name:
                    years.setdefault(name, set()).update({year} - {""})
    for name, known in years.items():
        ends = {"start": min(known), "end": max(known)} if len(known) > 1 else {}
        date = {"date": next(iter(known))} if len(known) == 1 else {}
        yield Thing("service", {"title": "Reviewer", "institution": name} | ends | date)


def _dates(summary: Table, *, on_a_day: bool) -> dict[str, str]:
    start, end = _date(summary, "start-date"), _date(summary, "end-date")
    if on_a_day:
        return {"date": start or end}
    return {"start": start, "end": end or _PRESENT} if start else {"date": end}


def _date(summary: Table, name: str) -> str:
    parts = [text(summary, name, part, "value") for part in ("year", "month", "day")]
    read = [_PART.fullmatch(part) for part in parts]
    known = read.index(None) if None in read else len(parts)
    return "-".join(parts[:known])


def _place(summary: Table) -> str:
    address = at(summary, "organization", "address")
    return ", ".join(filter(None, (plain(at(address, "city")), _country(text(address, "country")))))


def _country(code: str) -> str:
    """Return what a country is called in English, by its code."""
    from babel import Locale  # noqa: PLC0415  seldom needed

    return str(Locale("en").territories.get(code.upper(), code)) if code else ""


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value or name == "title"}
