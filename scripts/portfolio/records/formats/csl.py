"""CSL-JSON, by the schema of CSL 1.0.2; what it has no place for travels in ``custom``."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from portfolio.records.formats.csl_dates import date_in, date_of, issued_in
from portfolio.records.formats.names import of_parts, people_in
from portfolio.records.formats.record import OTHERS, Record
from portfolio.records.formats.unsaid import unsaid, with_unsaid
from portfolio.records.people.names import Name
from portfolio.records.values import (
    BOOKS,
    PARTS,
    REPORTS,
    THESES,
    VARIABLES,
    fields_of,
)
from portfolio.records.when import read_date
from portfolio.texts import unescaped

_TYPES = {
    "artwork": "graphic",
    "article": "article-journal",
    "audio": "song",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "graphic",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "article-journal",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppperiodical": "article-journal",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
_TYPES |= dict.fromkeys(BOOKS, "book") | dict.fromkeys(THESES, "thesis")
_TYPES |= dict.fromkeys(REPORTS, "report")
_TYPES |= {kind: "chapter" for kind in PARTS if kind not in _TYPES}
_KINDS = {
    "article": "misc",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "collection": "collection",
    "dataset": "dataset",
    "entry-encyclopedia": "inreference",
    "graphic": "image",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "motion_picture": "movie",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "personal_communication": "letter",
    "report": "techreport",
    "review": "review",
    "software": "software",
    "song": "music",
    "speech": "unpublished",
    "standard": "standard",
    "thesis": "phdthesis",
    "treaty": "legal",
    "webpage": "online",
    # the names of Crossref, which its answers carry all the same
    "book-chapter": "incollection",
    "dissertation": "phdthesis",
    "edited-book": "book",
    "journal-article": "article",
    "monograph": "book",
    "proceedings-article": "inproceedings",
}
_PEOPLE = {"translator": "translator", "bookauthor": "container-author"}
_OTHER_ROLES = """
    chair collection-editor compiler composer contributor curator director editorial-director
    executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator
"""
_ROLES = frozenset(_OTHER_ROLES.split())
"""The people of CSL that no field of BibTeX names; they keep their names."""

_KEPT = """
    archive-place archive_collection dimensions division medium part-title part-number
    printing-number references reviewed-genre reviewed-title scale section source supplement-number
"""
_OF_CROSSREF = {"subtitle": "subtitle", "eid": "article-number"}
_BESIDE = _OF_CROSSREF | {"institution": "authority"} | {name: name for name in _KEPT.split()}
_SHORT, _SHORT_OF_OLD = "container-title-short", "journalAbbreviation"
_DATES = {"urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_JSON = json.JSONEncoder(ensure_ascii=False)
_MARKUP = re.compile(
    r"</?(?:[biup]|em|strong|su[bp]|scp?|span|tt|(?:jats|mml):\w+)(?:\s[^<>]*)?/?>"
)


def write_csl(records: Iterable[Record]) -> str:
    """Return ``records`` as a CSL-JSON list, harmless inside a page's script too."""
    return joined(map(reference_of, records))


def reference_of(record: Record) -> str:
    """Return one record, a line for each of its members: `json` is slow where it indents itself."""
    members = item_of(record).items()
    lines = (f"    {_JSON.encode(name)}: {_JSON.encode(value)}" for name, value in members)
    written = "\n  {\n" + ",\n".join(lines) + "\n  }"
    return written.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def joined(references: Iterable[str]) -> str:
    """Return references from `reference_of` as one list."""
    written = ",".join(references)
    return f"[{written}\n]\n" if written else "[]\n"


def alone(written: str) -> str:
    """Return the reference of a list of `joined` that holds one."""
    return written.removeprefix("[").removesuffix("\n]\n")


def read_csl(text: str) -> list[Record]:
    """Read a CSL-JSON list, or one item; raise ValueError if ``text`` is no such thing."""
    try:
        data = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) and "type" in item for item in items):
        raise ValueError("this is not CSL-JSON")
    return [record_of_item(item) for item in items]


def item_of(record: Record) -> dict[str, Any]:
    """Return ``record`` as one item of CSL-JSON."""
    people = {"author": record.authors, "editor": record.editors}
    people |= {variable: people_in(record.fields, name) for name, variable in _PEOPLE.items()}
    dates = {"issued": record.when}
    dates |= {
        variable: read_date(record.fields[name])
        for name, variable in _DATES.items()
        if record.fields.get(name)
    }
    item: dict[str, Any] = {"id": record.key, "type": _type(record)}
    item |= {
        role: [_name(n) for n in names if n != OTHERS] for role, names in people.items() if names
    }
    item |= record.values
    item |= {name: date for name, when in dates.items() if (date := date_of(when))}
    told = unsaid(record, record_of_item(item))
    return item | ({"custom": {"bibtex": told}} if told else {})


def record_of_item(item: Mapping[str, Any]) -> Record:
    """Return the record of one item, tolerating what open services make of the schema."""
    kind = _KINDS.get(str(item.get("type")), "misc")
    if kind == "phdthesis" and "master" in _text(item.get("genre")).lower():
        kind = "mastersthesis"
    said = {name: _text(value) for name, value in item.items() if name in VARIABLES}
    said["container-title-short"] = _text(item.get(_SHORT)) or _text(item.get(_SHORT_OF_OLD))
    fields = fields_of(kind, said)
    fields |= {name: text for name, of in _BESIDE.items() if (text := _text(item.get(of)))}
    for name, variable in _DATES.items():
        fields[name] = date_in(item.get(variable))
    fields |= issued_in(item.get("issued"))
    for name, variable in (_PEOPLE | {role: role for role in _ROLES if role in item}).items():
        fields[name] = " and ".join(one.sort for one in _names(item.get(variable)))
    people = {role: _names(item.get(role)) for role in ("author", "editor")}
    custom = item.get("custom")
    told = custom.get("bibtex") if isinstance(custom, dict) else None
    read = Record(str(item.get("id") or ""), kind, people["author"], people["editor"],
                  {name: text for name, text in fields.items() if text})  # fmt: skip
    return with_unsaid(read, told)


def _type(record: Record) -> str:
    if record.arxiv and record.kind in {"misc", "online", "unpublished"}:
        return "article"
    if record.kind == "unpublished" and record.fields.get("eventtitle"):
        return "speech"
    return _TYPES.get(record.kind, "document")


def _name(name: Name) -> dict[str, str]:
    if not (name.given or name.particle or name.suffix):
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given}
    parts |= {"non-dropping-particle": name.particle, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def _names(value: Any) -> tuple[Name, ...]:
    people = value if isinstance(value, list) else []
    return tuple(name for person in people if isinstance(person, dict) for name in _person(person))


def _person(person: Mapping[str, Any]) -> Iterable[Name]:
    said = {part: _text(text) for part, text in person.items()}
    particle = said.get("non-dropping-particle") or said.get("dropping-particle", "")
    family = said.get("family") or said.get("literal") or said.get("name", "")
    given, suffix = said.get("given", ""), said.get("suffix", "")
    if family or given:
        yield of_parts(given=given, particle=particle, family=family, suffix=suffix)


def _text(value: Any) -> str:
    """Return a value as plain text: services give lists, numbers, markup and entities too."""
    if isinstance(value, str) and "<" not in value and "&" not in value:
        return " ".join(value.split())
    while isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join(unescaped(_MARKUP.sub("", str(value))).split())
