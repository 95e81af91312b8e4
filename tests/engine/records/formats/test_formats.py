"""What each format says of a paper, and what becomes of text that a format could mistake."""

import csv
import io
import json

import jsonschema
import pytest

from portfolio.records.bibliography import load_bibliography
from portfolio.records.formats import bib, csl, ris, table
from portfolio.records.formats.record import OTHERS, record_of, with_versions
from portfolio.records.people.names import Name

TEXT = {"type": "string"}
PARTS_OF_NAMES = ("family", "given", "non-dropping-particle", "suffix", "literal")
NAME = {
    "type": "object",
    "properties": dict.fromkeys(PARTS_OF_NAMES, TEXT),
    "additionalProperties": False,
}
TEXTS = (
    *("title", "container-title", "container-title-short", "collection-title", "volume", "issue"),
    *("number", "page", "publisher", "publisher-place", "edition", "chapter-number", "DOI", "URL"),
    *("ISBN", "ISSN", "PMID", "abstract", "keyword", "note", "language", "version", "archive"),
    *("archive_location", "annote", "call-number", "collection-number", "event-place"),
    *("event-title", "genre", "number-of-pages", "number-of-volumes", "original-publisher"),
    *("original-publisher-place", "original-title", "PMCID", "status", "title-short"),
    "volume-title",
)
PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
NAMES = {"type": "array", "items": NAME}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 2},
        "season": {"type": "integer"},
        "circa": {"type": "boolean"},
        "literal": TEXT,
    },
    "additionalProperties": False,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": dict.fromkeys(("id", "type", *TEXTS), TEXT)
        | {
            **dict.fromkeys(("author", "editor", "translator", "container-author"), NAMES),
            **dict.fromkeys(("issued", "accessed", "event-date", "original-date"), DATE),
            "custom": {"type": "object"},
        },
        "additionalProperties": False,
    },
}
"""The part of the CSL 1.0.2 input schema that our items use."""


@pytest.fixture
def records(papers):
    """Return the records of the small project by their keys."""
    return {paper.key: record_of(paper) for paper in papers}


def tags(text):
    """Return the lines of RIS as pairs, read without our own reader."""
    return [(line[:2], line[6:]) for line in text.split("\r\n") if line]


def test_bibtex_is_given_as_it_was_written(papers):
    """Each entry comes out byte for byte, odd spacing and all."""
    text = bib.as_it_is(papers)
    assert "@misc{doe2018, title={Drift}, author={Doe, J.}, year={2018 (in print)}, eprint" in text
    assert all(paper.bibtex in text for paper in papers)
    assert text.count("\n@") == 5  # one of them an abbreviation


def test_abbreviations_come_along(papers):
    """An entry that uses the file's abbreviations is preceded by what they stand for, once."""
    text = bib.as_it_is([papers["waves"], papers["waves"]])
    assert text.startswith("@string{sl = {Sea Letters}}\n\n@article{doe2020waves,")
    assert text.count("@string") == 1
    assert "@string" not in bib.as_it_is([papers["poe2019salt"]])


def test_normalised_bibtex_keeps_the_latex_that_still_holds(papers):
    """Braces and mathematics survive; abbreviations are spelled out and the CSV's fields added."""
    text = bib.normalised(papers)
    assert r"  title         = {Waves \& <b>{T}ides</b> of $x^2$}," in text
    assert "  journal       = {Sea Letters}," in text
    assert "  code          = {https://code.example}," in text
    assert (
        r"author        = {van der Roe, Jr., Rick and {Sea Institute} and Garc{\'i}a, Ana}" in text
    )


def test_a_field_that_the_csv_replaced_is_written_anew(papers, tmp_path):
    """Where the CSV overrides the entry, the normalised entry says what the CSV says."""
    (tmp_path / "publications" / "papers.csv").write_text("key,title\npoe2019salt,50% salt_{}\n")
    assert len(papers) == 5
    text = bib.normalised(load_bibliography(tmp_path))
    assert r"  title         = {50\% salt\_\{\}}," in text


def test_ris_follows_its_conventions(records):
    """TY opens, ER closes, each author has a line, family name first, and lines end as asked."""
    found = tags(ris.write_ris([records["doe2020waves"]]))
    assert found[0] == ("TY", "JOUR")
    assert found[-1] == ("ER", "")
    assert [value for tag, value in found if tag == "AU"] == [
        "van der Roe, Rick, Jr.",
        "Sea Institute",
        "García, Ana",
    ]
    said = dict(found)
    assert (said["T2"], said["VL"], said["IS"]) == ("Sea Letters", "3", "2")
    assert (said["SP"], said["EP"], said["DA"]) == ("5", "8", "2020/05//")


@pytest.mark.parametrize(
    ("key", "in_ris", "in_csl"),
    [
        ("doe2020waves", "JOUR", "article-journal"),
        ("doe2021foam", "CPAPER", "paper-conference"),
        ("poe2019salt", "THES", "thesis"),
        ("doe2018", "UNPB", "article"),
        ("poe2017", "BOOK", "book"),
    ],
)
def test_types_are_the_formats_own(records, key, in_ris, in_csl):
    """Every kind of paper has its type in either format; an arXiv paper is a preprint."""
    assert tags(ris.write_ris([records[key]]))[0] == ("TY", in_ris)
    assert csl.item_of(records[key])["type"] == in_csl


def test_csl_json_keeps_to_its_schema(records):
    """Every item has only the schema's members, of the schema's types."""
    jsonschema.validate(json.loads(csl.write_csl(records.values())), CSL)


def test_csl_json_names_have_their_parts(records):
    """Particles and suffixes stand apart; an institution is literal; `others` is nobody."""
    assert csl.item_of(records["doe2020waves"])["author"] == [
        {"family": "Roe", "given": "Rick", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "Sea Institute"},
        {"family": "García", "given": "Ana"},
    ]
    assert csl.item_of(records["doe2021foam"])["author"] == [{"family": "Doe", "given": "Jane"}]


def test_csl_json_dates_and_venue(records):
    """A date has as many parts as are known; the venue is the container, a school publishes."""
    item = csl.item_of(records["doe2020waves"])
    assert item["issued"] == {"date-parts": [[2020, 5]]}
    assert (item["container-title"], item["page"], item["DOI"]) == (
        "Sea Letters",
        "5-8",
        "10.1000/a_b%c",
    )
    assert csl.item_of(records["poe2019salt"])["publisher"] == "Sea College"
    assert csl.item_of(records["doe2018"])["URL"] == "https://arxiv.org/abs/1801.00002"


def test_json_cannot_end_a_script(records):
    """Text that would close a script element is written so that it does not, and reads the same."""
    text = csl.write_csl(records.values())
    assert "</" not in text
    assert json.loads(text)[0]["title"] == "Foam </script>"


@pytest.mark.parametrize("start", [*"=+-@\t\r＝＋－＠", "'=", "''+"])
def test_a_spreadsheet_computes_nothing(start):
    """What a spreadsheet would take for a formula gets an apostrophe, which reading takes off."""
    guarded = table.guard(f"{start}cmd|' /C calc'!A0")
    assert guarded.startswith("'")
    assert table.unguard(guarded) == f"{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("cell", ["text", "'tis", "'", "", "1 + 1"])
def test_other_cells_stay_as_they_are(cell):
    """An apostrophe that guards nothing is part of the text."""
    assert table.guard(cell) == table.unguard(cell) == cell


def test_the_table_has_a_column_for_every_field(records):
    """Key, type, title, author and year lead; fields follow in order of the alphabet."""
    rows = list(csv.DictReader(io.StringIO(table.write_table(records.values()))))
    columns = list(rows[0])
    assert columns[:6] == ["key", "entrytype", "title", "author", "editor", "year"]
    assert columns[6:] == sorted(columns[6:])
    assert rows[0]["mood"] == "'=1+1"


def test_aliases_and_versions_are_said_once(load):
    """A field that another name has filled is left out; a preprint merged into a paper is kept."""
    papers = load(
        "@article{a, title={A}, author={Doe*, J. and others}, year=2020, issue=3, address={Rome}}\n"
        "@misc{b, title={A}, author={Doe, J.}, year=2019, version_of={a}}\n",
    )
    (paper,) = papers
    assert [one.key for one in with_versions(papers)] == ["a", "b"]
    record = record_of(paper)
    assert record.fields == {"title": "A", "year": "2020", "number": "3", "address": "Rome"}
    assert record.authors == (Name("J.", "", "Doe", "", marks="*"), OTHERS)
    assert "author        = {Doe*, J. and others}," in bib.normalised([paper])


@pytest.mark.parametrize("text", ["{", "3", '["x"]', '[{"id": "x"}]'])
def test_other_json_is_refused(text):
    """What is no CSL-JSON raises ValueError, which JSON's own errors are too."""
    with pytest.raises(ValueError, match=r"\w"):
        csl.read_csl(text)


def test_ris_of_other_programs_is_read():
    """Older tags, continued lines and a missing identifier are understood."""
    text = (
        "TY  - JOUR\nA1  - Doe, Jane\nT1  - Long\n  title\nY1  - 2001/02/03/\nJF  - Sea\nER  - \n"
    )
    (record,) = ris.read_ris(text)
    assert (record.key, record.kind, record.fields) == (
        "paper-1",
        "article",
        {
            "title": "Long title",
            "year": "2001",
            "month": "February",
            "day": "3",
            "journal": "Sea",
        },
    )


def test_no_tag_of_ris_is_lost():
    """What no field stands for is kept by its tag, and several notes are one."""
    text = (
        "TY  - JOUR\nTI  - Maps\nN2  - Of seas.\nJA  - S.\nN1  - one\nN1  - two\nC1  - PMC1\n"
        "C1  - PMC2\nPY  - 1999///Spring\nER  - \n"
    )
    (record,) = ris.read_ris(text)
    assert record.fields == {
        "title": "Maps",
        "abstract": "Of seas.",
        "abbr": "S.",
        "note": "one; two",
        "ris_c1": "PMC1; PMC2",
        "year": "1999",
        "month": "Spring",
    }
    assert ris.read_ris(ris.write_ris([record])) == [record]


def test_no_variable_of_csl_is_lost():
    """Roles and variables that BibTeX has no field for keep their names."""
    item = {
        "id": "film",
        "type": "motion_picture",
        "title": "Sea",
        "director": [{"family": "Doe", "given": "Jane"}],
        "authority": "Court",
        "medium": "film",
        "journalAbbreviation": "S.",
    }
    (record,) = csl.read_csl(json.dumps([item]))
    assert record.fields == {
        "title": "Sea",
        "director": "Doe, Jane",
        "institution": "Court",
        "medium": "film",
        "abbr": "S.",
    }
    assert csl.read_csl(csl.write_csl([record])) == [record]


def test_an_article_number_of_csl_stands_beside_its_issue():
    """The number of an article is no issue, and neither takes the other's place."""
    item = {"id": "a", "type": "article-journal", "number": "e1", "issue": "4"}
    (record,) = csl.read_csl(json.dumps([item]))
    assert record.fields == {"number": "4", "eid": "e1"}


def test_csl_json_of_other_programs_is_read():
    """What services and managers add to the schema, or say in a way of their own, is understood."""
    item = {
        "type": "journal-article",
        "title": ["Bridges"],
        "subtitle": ["A History"],
        "article-number": "e5",
        "event": "SeaConf",
        "issued": {"date-parts": [[2020], [2021]]},
        "accessed": {"raw": "today"},
    }
    assert csl.record_of_item(item).fields == {
        "title": "Bridges",
        "subtitle": "A History",
        "eid": "e5",
        "eventtitle": "SeaConf",
        "date": "2020/2021",
        "urldate": "today",
    }
