"""RIS: one tag a line, ``TY`` first and ``ER`` last, as reference managers exchange it.

What no tag has a place for travels in ``U1``, which the format leaves to its users.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from portfolio.records.formats.csl_dates import date_in, date_of
from portfolio.records.formats.names import of_sorted, people_in
from portfolio.records.formats.record import MONTHS, OTHERS, Record
from portfolio.records.formats.unsaid import unsaid, with_unsaid
from portfolio.records.people.names import Name
from portfolio.records.values import ARTICLES, fields_of
from portfolio.records.when import SEASONS, read_date

_TYPES = {
    "article": "JOUR",
    "review": "JOUR",
    "suppperiodical": "JOUR",
    "periodical": "JFULL",
    "inproceedings": "CPAPER",
    "conference": "CPAPER",
    "proceedings": "CONF",
    "mvproceedings": "CONF",
    "book": "BOOK",
    "mvbook": "BOOK",
    "manual": "BOOK",
    "collection": "EDBOOK",
    "mvcollection": "EDBOOK",
    "reference": "EDBOOK",
    "mvreference": "EDBOOK",
    "inbook": "CHAP",
    "bookinbook": "CHAP",
    "suppbook": "CHAP",
    "incollection": "CHAP",
    "suppcollection": "CHAP",
    "inreference": "ENCYC",
    "booklet": "PAMP",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "thesis": "THES",
    "techreport": "RPRT",
    "report": "RPRT",
    "unpublished": "UNPB",
    "online": "ELEC",
    "electronic": "ELEC",
    "www": "ELEC",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
    "standard": "STAND",
    "artwork": "ART",
    "image": "FIGURE",
    "audio": "SOUND",
    "music": "MUSIC",
    "movie": "MPCT",
    "video": "VIDEO",
    "jurisdiction": "CASE",
    "legislation": "STAT",
    "letter": "PCOMM",
}
_KINDS = {tag: kind for kind, tag in reversed(_TYPES.items())}
_TAGS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "collection-title": "T3",
    "volume": "VL",
    "publisher": "PB",
    "publisher-place": "CY",
    "edition": "ET",
    "chapter-number": "SE",
    "genre": "M3",
    "number-of-volumes": "NV",
    "DOI": "DO",
    "URL": "UR",
    "abstract": "AB",
    "note": "N1",
    "language": "LA",
    "container-title-short": "J2",
    "call-number": "CN",
}
_SAME = {
    "T1": "TI", "JO": "T2", "JF": "T2", "BT": "T2", "Y1": "PY", "A1": "AU", "ED": "A2", "N2": "AB",
    "JA": "J2", "J1": "J2",
}  # fmt: skip
_OTHERS = "TY ID AU A2 A4 IS PY DA Y2 SP EP SN AN DB KW U1"
_READ = {*_TAGS.values(), *_OTHERS.split()}
_OTHER = "ris_"
"""What a tag that no field stands for is kept under."""
_LINE = re.compile(r"^([A-Z][A-Z0-9])  -(?: (.*))?$")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_DIGITS = 4
_ARXIV = "arXiv:"
_OURS = "U1"


def write_ris(records: Iterable[Record]) -> str:
    """Return ``records`` in RIS, its lines ended as the format asks."""
    return joined(map(reference_of, records))


def reference_of(record: Record) -> str:
    """Return one record in RIS."""
    return "".join(f"{line}\r\n" for line in _lines(record))


def joined(references: Iterable[str]) -> str:
    """Return references from `reference_of` as one file."""
    return "\r\n".join(references)


def alone(written: str) -> str:
    """Return the reference of a file of `joined` that holds one."""
    return written


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
    tags = [(tag, " ".join(text.split())) for tag, text in _values(record) if text.strip()]
    yield from (f"{tag}  - {text}" for tag, text in tags)
    if told := unsaid(record, _record(tags, "")):
        yield f"{_OURS}  - {json.dumps(told, ensure_ascii=False)}"
    yield "ER  - "


def _values(record: Record) -> Iterator[tuple[str, str]]:
    said = record.values
    preprint = bool(record.arxiv) and record.kind == "misc"
    yield "TY", "UNPB" if preprint else _TYPES.get(record.kind, "GEN")
    yield "ID", record.key
    translators = people_in(record.fields, "translator")
    for tag, people in (("AU", record.authors), ("A2", record.editors), ("A4", translators)):
        yield from ((tag, _sorted(name)) for name in people if name != OTHERS)
    yield from ((tag, said.get(variable, "")) for variable, tag in _TAGS.items())
    yield "CY", said.get("jurisdiction", "")
    yield "IS", next((said[n] for n in ("issue", "collection-number", "number") if n in said), "")
    yield from _dates(record)
    first, _, last = said.get("page", "").partition("-")
    yield from (("SP", first.strip()), ("EP", last.strip()))
    yield from (("SN", said.get(name, "")) for name in ("ISBN", "ISSN"))
    yield "AN", _ARXIV + record.arxiv if record.arxiv else said.get("archive_location", "")
    yield "DB", "" if record.arxiv else said.get("archive", "")
    yield from (("KW", word) for word in re.split(r"\s*[;,]\s*", said.get("keyword", "")))


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the year, which may be words, the date if more is known, and when a page was read."""
    when = record.when
    year, month, day = [*(f"{part:02}" for part in record.date), "", "", ""][:3]
    year = f"{record.date[0]:04}" if when.is_countable and when.certain.year else ""
    yield "PY", year or when.text
    season = SEASONS[when.season - 1] if when.season else ""
    yield "DA", f"{year}/{month}/{day}/{season}" if year and (month or season) else ""
    if told := record.fields.get("urldate", ""):
        read = read_date(told)
        yield "Y2", "/".join(date_in(date_of(read)).split("-")) if read.first.year else ""


def _sorted(name: Name) -> str:
    """Return ``Family, Given, Suffix``; the format forbids the asterisk in a name."""
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = (family, name.given, name.suffix) if name.suffix else (family, name.given)
    return ", ".join(parts if any(parts[1:]) else parts[:1]).replace("*", "")


def _record(tags: Sequence[tuple[str, str]], unnamed: str) -> Record:
    first = dict(reversed(tags))
    kind = _KINDS.get(first.get("TY", ""), "misc")
    kind = "misc" if first.get("AN", "").startswith(_ARXIV) and kind == "unpublished" else kind
    if kind == "phdthesis" and "master" in first.get("M3", "").lower():
        kind = "mastersthesis"
    people = {role: [of_sorted(v) for tag, v in tags if tag == role and v] for role in _PEOPLE}
    fields = fields_of(kind, _said(kind, tags, first)) | _dated(first)
    for tag, value in tags:
        if tag not in _READ and value:
            name = _OTHER + tag.lower()
            fields[name] = "; ".join(filter(None, (fields.get(name), value)))
    fields["translator"] = " and ".join(name.sort for name in people["A4"])
    said = {name: value for name, value in fields.items() if value}
    key = first.get("ID") or unnamed
    read = Record(key, kind, tuple(people["AU"]), tuple(people["A2"]), said)
    told = None
    with suppress(ValueError):
        told = json.loads(first.get(_OURS, ""))
    return with_unsaid(read, told)


def _said(kind: str, tags: Sequence[tuple[str, str]], first: Mapping[str, str]) -> dict[str, str]:
    """Return the tags' values by the names of CSL's variables."""
    said = {variable: first.get(tag, "") for variable, tag in _TAGS.items()}
    said["issue" if kind in ARTICLES else "number"] = first.get("IS", "")
    said["page"] = "-".join(filter(None, (first.get("SP"), first.get("EP"))))
    said["note"] = "; ".join(value for tag, value in tags if tag == "N1" and value)
    said["keyword"] = ", ".join(value for tag, value in tags if tag == "KW")
    numbers = [value for tag, value in tags if tag == "SN"]
    said["ISSN"] = next((one for one in numbers if _ISSN.fullmatch(one)), "")
    said["ISBN"] = next((one for one in numbers if not _ISSN.fullmatch(one)), "")
    archived = first.get("AN", "")
    said["archive"] = "arXiv" if archived.startswith(_ARXIV) else first.get("DB", "")
    said["archive_location"] = archived.removeprefix(_ARXIV)
    return said


def _dated(first: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that say when a work appeared and when it was read."""
    dated = first.get("DA") or first.get("PY", "")
    year, month, day, season = [*dated.split("/"), *[""] * 4][:4]
    year = first.get("PY", "").partition("/")[0] or year
    known = month.isdecimal() and len(month) < _DIGITS and 1 <= int(month) <= len(MONTHS)
    return {
        "year": year,
        "month": MONTHS[int(month) - 1] if known else season,
        "day": day.lstrip("0") if day.isdecimal() else "",
        "urldate": "-".join(filter(None, first.get("Y2", "").split("/")[:3])),
    }


_PEOPLE = ("AU", "A2", "A4")
