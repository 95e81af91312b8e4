"""What every field of BibTeX and BibLaTeX says, beside what Pandoc makes of it; none is lost."""

import csv
import io
import json
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pypandoc
import pytest

from portfolio.records.formats import bib, csl, ris, table
from portfolio.records.formats.record import record_of
from portfolio.records.values import BOOKS, PARTS

KINDS = (
    *("article", "book", "mvbook", "inbook", "bookinbook", "suppbook", "booklet", "collection"),
    *("mvcollection", "incollection", "suppcollection", "manual", "misc", "online", "patent"),
    *("periodical", "suppperiodical", "proceedings", "mvproceedings", "inproceedings", "reference"),
    *("mvreference", "inreference", "report", "thesis", "unpublished", "conference", "electronic"),
    *("mastersthesis", "phdthesis", "techreport", "www", "dataset", "software", "artwork", "audio"),
    *("bibnote", "commentary", "image", "jurisdiction", "legislation", "legal", "letter", "movie"),
    *("music", "performance", "review", "standard", "video"),
)
"""Every type of BibTeX and of BibLaTeX, aliases and those without a driver included."""

SPECIAL = {
    "author": "Doe, Jane",
    "editor": "Roe, Rick",
    "translator": "Poe, Ann",
    "bookauthor": "Coe, Eve",
    "pages": "1--2",
    "doi": "10.1000/x",
    "url": "https://sea.example/x",
    "volume": "7",
    "number": "8",
    "edition": "2",
    "part": "3",
    "volumes": "4",
    "issue": "Summer",
    "type": "resreport",
    "pubstate": "inpress",
    "date": "2020-03-04",
    "year": "2020",
    "month": "5",
    "urldate": "2021-05-06",
    "origdate": "1900",
    "eventdate": "2019-01-02/2019-01-03",
    "eprinttype": "jstor",
    "eprint": "12345",
    "langid": "ngerman",
    "language": "german",
    "pagetotal": "300",
    "issn": "1234-5678",
    "isbn": "9780000000000",
}
"""The fields whose values have a form; the others are any words."""

COMPARED = (
    *("abstract", "addendum", "annotation", "author", "bookauthor", "booksubtitle", "booktitle"),
    *("booktitleaddon", "chapter", "date", "doi", "edition", "editor", "eprint", "eprinttype"),
    *("eventdate", "eventtitle", "howpublished", "institution", "isbn", "issn", "issue"),
    *("journalsubtitle", "journaltitle", "keywords", "langid", "library", "location", "note"),
    *("number", "organization", "origdate", "origlocation", "origpublisher", "origtitle", "pages"),
    *("pagetotal", "part", "publisher", "pubstate", "series", "shortjournal", "shorttitle"),
    *("subtitle", "title", "titleaddon", "translator", "type", "url", "urldate", "venue"),
    *("version", "volume", "volumes"),
)
"""The fields that Pandoc makes something of."""

MAIN = ("maintitle", "mainsubtitle", "maintitleaddon", "issuetitle", "issuesubtitle")
OTHERS = (
    *("afterword", "annotator", "authortype", "bookpagination", "commentator", "editora"),
    *("editorb", "editorc", "editortype", "editoratype", "eid", "entrysubtype", "eprintclass"),
    *("eventtitleaddon", "file", "foreword", "holder", "indextitle", "introduction", "isan"),
    *("ismn", "isrn", "issuetitleaddon", "iswc", "journaltitleaddon", "label", "language"),
    *("nameaddon", "origlanguage", "pagination", "reprinttitle", "shortauthor", "shorteditor"),
    *("shorthand", "shortseries", "gender", "hyphenation", "ids", "options", "presort"),
    *("related", "relatedtype", "relatedstring", "sortkey", "sortname", "sorttitle", "sortyear"),
    *("execute", "crossref", "xref", "entryset", "usera", "verba", "namea", "lista", "userdate"),
    *("school", "address", "annote", "key", "month", "year", "journal", "pmid"),
)
"""The fields of the data model that Pandoc leaves out, BibTeX's own names, and the user's."""

FEW = tuple(
    name
    for name in COMPARED
    if name not in {"journaltitle", "journalsubtitle", "issue", "url", "part", "shorttitle"}
    and name not in {"institution", "organization", "howpublished", "type"}
)
OF_BIBTEX = (
    *("abstract", "address", "annote", "author", "booktitle", "chapter", "doi", "edition"),
    *("editor", "howpublished", "institution", "isbn", "issn", "journal", "keywords", "note"),
    *("number", "organization", "pages", "publisher", "school", "series", "title", "type"),
    *("url", "volume", "year"),
)
SETS = {
    "biblatex": {"many": COMPARED, "main": COMPARED + MAIN, "few": FEW},
    "bibtex": {"bibtex": OF_BIBTEX},
}
TOLD_OTHERWISE = {"author", "editor", "translator", "bookauthor", "month", "date", "pages"} | {
    name for name in SPECIAL if name.endswith("date")
}
"""The fields of which a format says the same in a form of its own."""


def value(name: str) -> str:
    """Return a value for a field, told from that of every other."""
    return SPECIAL.get(name, f"Some {name}")


def entry(kind: str, key: str, names: tuple[str, ...]) -> str:
    """Return an entry of ``kind`` that has the fields ``names``."""
    fields = "".join(f"  {name} = {{{value(name)}}},\n" for name in names)
    return f"@{kind}{{{key},\n{fields}}}\n"


@dataclass(frozen=True)
class Difference:
    """Where Pandoc's value is another, and why ours is right."""

    reason: str
    variables: tuple[str, ...]
    kinds: Collection[str] = KINDS
    sets: tuple[str, ...] = ("many", "main", "few", "bibtex")


DIFFERENCES = (
    Difference(
        "an archive that is named stays; Pandoc keeps its address only",
        ("archive", "archive_location"),
    ),
    Difference(
        "a work is listed by its own title, not by that of the volumes it is one of",
        ("title", "title-short", "volume-title"),
        sets=("main",),
    ),
    Difference("the main work holds the volume", ("container-title",), BOOKS, ("main",)),
    Difference("Pandoc does not take it for a part of a book", ("container-title",), PARTS),
    Difference("a book that is named stays; Pandoc drops it", ("container-title",), sets=("few",)),
    Difference(
        "Pandoc mixes a periodical's title and note with its journal's",
        ("container-title", "container-title-short", "note"),
        ("periodical",),
    ),
    Difference(
        "it is BibTeX's other name for inproceedings",
        ("type", "number", "collection-number"),
        ("conference",),
    ),
    Difference("CSL 1.0.2 has the type itself", ("type",), ("performance", "standard")),
)


def is_explained(kind: str, fields: str, variable: str) -> bool:
    """Return whether one of the differences is this one."""
    return any(
        kind in one.kinds and fields in one.sets and variable in one.variables
        for one in DIFFERENCES
    )


def pandocs(text: str, dialect: str) -> dict[str, dict]:
    """Return Pandoc's items by their keys, with the names that CSL 1.0.2 gives."""
    command = [pypandoc.get_pandoc_path(), "--from", dialect, "--to", "csljson"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    items = {item["id"]: item for item in json.loads(run.stdout)}
    for item in items.values():
        item["type"] = item["type"] or "document"
        if "event" in item:
            item["event-title"] = item.pop("event")
    return items


def differences(records: dict, items: dict[str, dict]) -> Iterator[tuple[str, ...]]:
    """Yield each value that is another in our item, with its type, set of fields and variable."""
    for key, theirs in items.items():
        ours = csl.item_of(records[key])
        kind, _, fields = key.partition("-")
        for variable in sorted((ours.keys() | theirs.keys()) - {"custom"}):
            if ours.get(variable) != theirs.get(variable):
                yield kind, fields, variable, ours.get(variable), theirs.get(variable)


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
def test_pandoc_says_the_same_or_we_say_why_not(load, dialect):
    """Over entries of every type with every field, each difference from Pandoc has its reason."""
    sets = SETS[dialect]
    text = "".join(entry(kind, f"{kind}-{s}", sets[s]) for kind in KINDS for s in sets)
    records = {paper.key: record_of(paper) for paper in load(text)}
    items = pandocs(text, dialect)
    assert len(items) == (len(KINDS) - 1) * len(sets)  # Pandoc leaves commentaries out
    unexplained = [one for one in differences(records, items) if not is_explained(*one[:3])]
    assert unexplained == []


def test_pandoc_reads_what_we_write(load):
    """Our CSL-JSON and BibTeX of every type are read by Pandoc, without loss of title or person."""
    names = (*COMPARED, *MAIN, *OTHERS)
    text = "".join(entry(kind, kind, names) for kind in KINDS)
    records = [record_of(paper) for paper in load(text)]
    for written, form in (
        (csl.write_csl(records), "csljson"),
        ("\n".join(map(bib.write_entry, records)), "biblatex"),
    ):
        items = pandocs(written, form)
        assert {*KINDS} - {"commentary"} <= items.keys()
        assert all(
            item["author"] == [{"family": "Doe", "given": "Jane"}] for item in items.values()
        )
        assert all(value("title") in json.dumps(item) for item in items.values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_is_lost(load, kind):
    """An entry with every field of the data model says all of it in each format, and comes back."""
    names = (*COMPARED, *MAIN, *OTHERS)
    (paper,) = load(entry(kind, "a", names))
    record = record_of(paper)
    said = {
        "bib": bib.write_entry(record),
        "csl": csl.write_csl([record]),
        "ris": ris.write_ris([record]),
        "csv": table.write_table([record]),
    }
    told = {value(name) for name in names if name not in TOLD_OTHERWISE}
    assert {form: [v for v in told if v not in text] for form, text in said.items()} == {
        form: [] for form in said
    }
    assert csl.read_csl(said["csl"]) == [record]
    assert ris.read_ris(said["ris"]) == [record]
    rows = csv.DictReader(io.StringIO(said["csv"]))
    assert [table.record_of_row(row) for row in rows] == [record]
    (again,) = load(said["bib"])
    assert record_of(again) == record
