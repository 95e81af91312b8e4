"""CSL-JSON, by the schema of CSL 1.0.2; what it has no place for travels in ``custom``."""

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from portfolio.records.formats.names import of_parts, to_bibtex
from portfolio.records.formats.record import MONTHS, OTHERS, Record, names_of
from portfolio.records.identifiers import ARXIV
from portfolio.records.people.names import Name

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "collection",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_KINDS = {
    "article": "misc",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "collection": "collection",
    "dataset": "dataset",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "report": "techreport",
    "software": "software",
    "thesis": "phdthesis",
    "webpage": "online",
    # the names of Crossref, which its answers carry all the same
    "book-chapter": "incollection",
    "dissertation": "phdthesis",
    "edited-book": "book",
    "journal-article": "article",
    "monograph": "book",
    "proceedings-article": "inproceedings",
}
_VENUES = {"article": "journal", "phdthesis": "school", "techreport": "institution"}
_IN = frozenset({"inproceedings", "conference", "incollection", "inbook"})
_PLAIN = {
    "title": "title",
    "series": "collection-title",
    "volume": "volume",
    "edition": "edition",
    "address": "publisher-place",
    "abbr": "container-title-short",
    "chapter": "chapter-number",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "abstract": "abstract",
    "keywords": "keyword",
    "note": "note",
    "language": "language",
    "version": "version",
}
_MARKUP = re.compile(
    r"</?(?:[biup]|em|strong|su[bp]|scp?|span|tt|(?:jats|mml):\w+)(?:\s[^<>]*)?/?>"
)


def write_csl(records: Iterable[Record]) -> str:
    """Return ``records`` as a CSL-JSON list, harmless inside a page's script too."""
    items = [item_of(record) for record in records]
    written = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    return written.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def read_csl(text: str) -> list[Record]:
    """Read a CSL-JSON list, or one item; raise ValueError if ``text`` is no such thing."""
    data = json.loads(text)
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) and "type" in item for item in items):
        raise ValueError("this is not CSL-JSON")
    return [record_of_item(item) for item in items]


def item_of(record: Record) -> dict[str, Any]:
    """Return ``record`` as one item of CSL-JSON."""
    item: dict[str, Any] = {"id": record.key, "type": _type(record)}
    for role, names in (("author", record.authors), ("editor", record.editors)):
        if names:
            item[role] = [_name(name) for name in names if name != OTHERS]
    item |= {_variable(record.kind, name): text for name, text in record.fields.items()
             if _variable(record.kind, name)}  # fmt: skip
    if "page" in item:
        item["page"] = re.sub(r"\s*(-+|\N{EN DASH})\s*", "-", item["page"])
    if record.date:
        item["issued"] = {"date-parts": [list(record.date)]}
    if record.arxiv:
        item |= {"archive": "arXiv", "archive_location": record.arxiv}
        item.setdefault("URL", ARXIV + record.arxiv)
    unsaid = _unsaid(record, record_of_item(item))
    return item | ({"custom": {"bibtex": unsaid}} if unsaid else {})


def record_of_item(item: Mapping[str, Any]) -> Record:
    """Return the record of one item, tolerating what open services make of the schema."""
    kind = _KINDS.get(str(item.get("type")), "misc")
    fields: dict[str, str] = {}
    for name in (*_PLAIN, "number", "pages", _venue(kind), "publisher"):
        if (text := _text(item.get(_variable(kind, name)))) and name:
            fields.setdefault(name, text)
    fields |= _dates(item)
    if "pages" in fields:
        fields["pages"] = re.sub(r"\s*[-\N{EN DASH}]+\s*", "\N{EN DASH}", fields["pages"])
    arxiv = _text(item.get("archive_location"))
    if arxiv and _text(item.get("archive")).lower() == "arxiv":
        fields |= {"eprint": arxiv, "archiveprefix": "arXiv"}
        fields["url"] = "" if fields.get("url") == ARXIV + arxiv else fields.get("url", "")
    custom = item.get("custom")
    told = custom.get("bibtex", {}) if isinstance(custom, dict) else {}
    told = told if isinstance(told, dict) else {}
    people = {role: _names(item.get(role)) for role in ("author", "editor")}
    people |= {role: names_of(str(told[role])) for role in people if role in told}
    added = told.get("fields")
    fields |= (
        {str(name): str(text) for name, text in added.items()} if isinstance(added, dict) else {}
    )
    fields = {name: text for name, text in fields.items() if text}
    key = str(item.get("id") or "")
    return Record(key, str(told.get("type", kind)), people["author"], people["editor"], fields)


def _type(record: Record) -> str:
    if record.arxiv and record.kind in {"misc", "online", "unpublished"}:
        return "article"
    return _TYPES.get(record.kind, "document")


def _venue(kind: str) -> str:
    return "booktitle" if kind in _IN else _VENUES.get(kind, "")


def _variable(kind: str, name: str) -> str:
    """Return the variable of CSL that holds the field ``name`` in entries of ``kind``."""
    if name == _venue(kind):
        return "container-title" if kind in _IN | {"article"} else "publisher"
    if name == "publisher":
        return "" if _venue(kind) in {"school", "institution"} else "publisher"
    if name == "number":
        return "issue" if kind == "article" else "number"
    return "page" if name == "pages" else _PLAIN.get(name, "")


def _unsaid(record: Record, read: Record) -> dict[str, Any]:
    """Return what of ``record`` its item does not give back."""
    fields = {n: text for n, text in sorted(record.fields.items()) if read.fields.get(n) != text}
    fields |= {name: "" for name in sorted(read.fields) if name not in record.fields}
    unsaid: dict[str, Any] = {"type": record.kind} if record.kind != read.kind else {}
    unsaid |= {"author": to_bibtex(record.authors)} if record.authors != read.authors else {}
    unsaid |= {"editor": to_bibtex(record.editors)} if record.editors != read.editors else {}
    return unsaid | ({"fields": fields} if fields else {})


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


def _dates(item: Mapping[str, Any]) -> dict[str, str]:
    issued = item.get("issued")
    try:
        parts = [int(part) for part in issued["date-parts"][0]] if issued else []
    except (KeyError, IndexError, TypeError, ValueError):
        return {}
    year, month, day = [*parts, 0, 0, 0][:3]
    said = {"year": str(year) if year else "", "day": str(day) if day else ""}
    return said | {"month": MONTHS[month - 1] if 1 <= month <= len(MONTHS) else ""}


def _text(value: Any) -> str:
    """Return a value as plain text: services give lists, numbers, markup and entities too."""
    while isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join(unescape(_MARKUP.sub("", str(value))).split())
