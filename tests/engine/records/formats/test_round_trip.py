"""What is written in a format is read back as it was."""

import csv
import io
import tempfile
import unicodedata
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portfolio.records.bibliography import load_bibliography
from portfolio.records.formats import bib, csl, ris, table
from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import Record, names_of, record_of
from portfolio.records.latex.convert import to_text
from portfolio.records.people.names import Name

CHARACTERS = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "M"))


def composed(text):
    """Return ``text`` as a bibliography holds it: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


TEXT = st.text(CHARACTERS, max_size=30).map(composed)
HARD = st.text("ab c\\{}$&%#_~^-–—'`?!\"<>@=,;", max_size=12).map(composed)
SAID = (TEXT | HARD).filter(lambda text: text not in {"", "NA"} and not text.startswith("\ufeff"))
WORD = st.text("abcdefgh", min_size=1, max_size=6)
CAPITAL = WORD.map(str.title)
NAME = st.builds(
    Name, CAPITAL | st.just("Ana B."), st.sampled_from(["", "van der"]), CAPITAL, st.just("")
) | st.builds(Name, CAPITAL, st.just(""), CAPITAL, st.sampled_from(["", "Jr."]))
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            *("title", "journal", "booktitle", "note", "abstract", "mood", "volume", "publisher"),
            *("subtitle", "maintitle", "year", "month", "number", "pages", "eid"),
            *("school", "howpublished", "type", "translator", "keywords"),
        ]
    ),
    SAID,
    max_size=5,
)
KIND = st.sampled_from(["article", "inproceedings", "misc", "phdthesis", "book", "odd", "patent"])
NAMES = st.lists(NAME, max_size=3).map(tuple)
RECORD = st.builds(Record, WORD, KIND, NAMES, NAMES, FIELDS)
RECORDS = st.lists(RECORD, max_size=3, unique_by=lambda record: record.key)
brief = settings(deadline=None, max_examples=60)


def loaded(text):
    """Return the records of a project whose bibliography is ``text``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "publications", "publications.bib")
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8", newline="")
        return [record_of(paper) for paper in load_bibliography(Path(folder))]


def by_key(records):
    """Return ``records`` in an order that does not depend on their years."""
    return sorted(records, key=lambda record: record.key)


@brief
@given(SAID)
@example("a^2_b -- “c” `` '' ?` – — –– \\x {} 5% & $")
def test_text_survives_latex(text):
    """Text written as LaTeX is read as the same text."""
    assert to_text(to_latex(text)) == text


@brief
@given(RECORDS)
def test_entries_survive_bibtex(records):
    """Entries written from records give the same records when a bibliography loads them."""
    text = "\n".join(bib.write_entry(record) for record in records)
    assert by_key(loaded(text)) == by_key(records)


@brief
@given(RECORDS)
def test_records_survive_the_table(records):
    """Rows written from records give the same records, whatever a cell begins with."""
    rows = csv.DictReader(io.StringIO(table.write_table(records)))
    assert [table.record_of_row(row) for row in rows] == records


@brief
@given(RECORDS)
def test_records_survive_csl_json(records):
    """CSL-JSON gives back every record whole, as what it has no place for travels with it."""
    assert csl.read_csl(csl.write_csl(records)) == records


@brief
@given(RECORDS)
def test_records_survive_ris(records):
    """RIS gives back every record whole, as what it has no tags for travels with it."""
    assert ris.read_ris(ris.write_ris(records)) == records


def test_names_are_braced_only_where_they_must_be():
    """Names that BibTeX would take apart stay whole; plain ones stay plain."""
    names = (Name("Ana", "de la", "Cruz", ""), Name("", "", "Barnes and Noble", ""))
    assert to_bibtex(names) == "de la Cruz, Ana and {Barnes and Noble}"
    assert names_of(to_bibtex(names)) == names
