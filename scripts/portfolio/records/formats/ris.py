"""RIS: one tag a line, ``TY`` first and ``ER`` last, as reference managers exchange it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from portfolio.records.formats.names import of_sorted
from portfolio.records.formats.record import MONTHS, OTHERS, Record
from portfolio.records.identifiers import ARXIV
from portfolio.records.people.names import Name

_TYPES = {
    "article": "JOUR",
    "inproceedings": "CPAPER",
    "conference": "CPAPER",
    "proceedings": "CONF",
    "book": "BOOK",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "thesis": "THES",
    "techreport": "RPRT",
    "report": "RPRT",
    "unpublished": "UNPB",
    "online": "ELEC",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
}
_KINDS = {tag: kind for kind, tag in reversed(_TYPES.items())}
_VENUES = {
    "article": "journal",
    "inproceedings": "booktitle",
    "conference": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
}
_PUBLISHERS = {
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
_TAGS = {
    "title": "TI",
    "series": "T3",
    "volume": "VL",
    "number": "IS",
    "address": "CY",
    "edition": "ET",
    "doi": "DO",
    "url": "UR",
    "abstract": "AB",
    "note": "N1",
    "language": "LA",
    "abbr": "J2",
}
_SAME = {"T1": "TI", "JO": "T2", "JF": "T2", "BT": "T2", "Y1": "PY", "A1": "AU", "ED": "A2"}
_LINE = re.compile(r"^([A-Z][A-Z0-9])  -(?: (.*))?$")
_ARXIV = "arXiv:"


def write_ris(records: Iterable[Record]) -> str:
    """Return ``records`` in RIS, its lines ended as the format asks."""
    return "\r\n".join("".join(f"{line}\r\n" for line in _lines(record)) for record in records)


def read_ris(text: str) -> list[Record]:
    """Read all references; lines that no tag begins go on with the one before."""
    records: list[Record] = []
    tags: list[tuple[str, str]] = []
    for line in text.lstrip("\ufeff").splitlines():
        if not (found := _LINE.match(line.rstrip())):
            if tags and line.strip():
                tags[-1] = (tags[-1][0], f"{tags[-1][1]} {line.strip()}")
        elif found[1] == "ER":
            records.append(_record(tags, f"paper-{len(records) + 1}"))
            tags = []
        else:
            tags.append((_SAME.get(found[1], found[1]), (found[2] or "").strip()))
    return records


def _lines(record: Record) -> Iterator[str]:
    for tag, value in _values(record):
        if value or tag == "ER":
            yield f"{tag}  - {' '.join(value.split())}"


def _values(record: Record) -> Iterator[tuple[str, str]]:
    fields = record.fields
    preprint = bool(record.arxiv) and record.kind == "misc"
    yield "TY", "UNPB" if preprint else _TYPES.get(record.kind, "GEN")
    yield "ID", record.key
    yield from (("AU", _sorted(name)) for name in record.authors if name != OTHERS)
    yield from (("A2", _sorted(name)) for name in record.editors if name != OTHERS)
    yield from ((tag, fields.get(name, "")) for name, tag in _TAGS.items())
    yield "UR", ARXIV + record.arxiv if record.arxiv and "url" not in fields else ""
    yield "T2", fields.get(_VENUES.get(record.kind, ""), "")
    yield "PB", fields.get(_PUBLISHERS.get(record.kind, "publisher"), "")
    year, month, day = [*(f"{part:02}" for part in record.date), "", "", ""][:3]
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    first, _, last = re.sub(r"[-\N{EN DASH}]+", "-", fields.get("pages", "")).partition("-")
    yield "SP", first.strip()
    yield "EP", last.strip()
    yield "SN", fields.get("isbn") or fields.get("issn", "")
    yield "AN", _ARXIV + record.arxiv if record.arxiv else ""
    yield from (("KW", word) for word in re.split(r"\s*[;,]\s*", fields.get("keywords", "")))
    yield "ER", ""


def _sorted(name: Name) -> str:
    """Return ``Family, Given, Suffix``; the format forbids the asterisk in a name."""
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = (family, name.given, name.suffix) if name.suffix else (family, name.given)
    return ", ".join(parts if any(parts[1:]) else parts[:1]).replace("*", "")


def _record(tags: list[tuple[str, str]], unnamed: str) -> Record:
    first = dict(reversed(tags))
    kind = _KINDS.get(first.get("TY", ""), "misc")
    arxiv = first.get("AN", "").removeprefix(_ARXIV) if _ARXIV in first.get("AN", "") else ""
    kind = "misc" if arxiv and kind == "unpublished" else kind
    fields = {name: first.get(tag, "") for name, tag in _TAGS.items()}
    fields[_VENUES.get(kind, "booktitle")] = first.get("T2", "")
    fields[_PUBLISHERS.get(kind, "publisher")] = first.get("PB", "")
    if arxiv:
        fields |= {"eprint": arxiv, "archiveprefix": "arXiv"}
        fields["url"] = "" if fields["url"] == ARXIV + arxiv else fields["url"]
    fields |= _dates(first)
    fields["pages"] = "\N{EN DASH}".join(filter(None, (first.get("SP"), first.get("EP"))))
    fields["isbn" if kind in {"book", "proceedings"} else "issn"] = first.get("SN", "")
    fields["keywords"] = ", ".join(value for tag, value in tags if tag == "KW")
    people = {role: [of_sorted(v) for tag, v in tags if tag == role and v] for role in ("AU", "A2")}
    said = {name: value for name, value in fields.items() if value}
    key = first.get("ID") or unnamed
    return Record(key, kind, tuple(people["AU"]), tuple(people["A2"]), said)


def _dates(first: Mapping[str, str]) -> dict[str, str]:
    year, month, day = [*first.get("DA", "").split("/"), "", "", ""][:3]
    year = first.get("PY", "").partition("/")[0] or year
    known = month.isdigit() and 1 <= int(month) <= len(MONTHS)
    said = {"year": year, "month": MONTHS[int(month) - 1] if known else ""}
    return said | {"day": day.lstrip("0") if day.isdigit() else ""}
