"""What is exported and imported again is the same bibliography."""

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.moving.export import exported, gathered
from portfolio.moving.move_in import move_in
from portfolio.records.bibliography import load_bibliography
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats.record import record_of, with_versions

ODDITIES = sorted((Path(__file__).parents[1] / "records" / "corpus").glob("*.bib"))
VALUES = st.sampled_from(
    [
        *("Waves \\& {T}ides", "$x^2$ and $\\alpha$", "{\\'E}t{\\'e}", "=1+1", "'-x", "@home"),
        *("a -- b --- c", "\\emph{Foam}", "100\\$ or 5\\$", "``Salt''", "x~y", "naïve 波"),
        *("5\\% </script>", "\\textbackslash{}alpha", "\\{x\\}", "a_b^c", "it's 1,000; 2"),
    ]
)
NAMES = st.sampled_from(
    [
        *("Doe, Jane", "van der Roe, Jr., Rick", "{Sea Institute} and Garc{\\'i}a, Ana"),
        *("Doe*, J. and others", "San Martin, Gil and {de la Cruz}, A.", "{Barnes and Noble}"),
    ]
)
ENTRY = st.fixed_dictionaries(
    {"title": VALUES, "author": NAMES, "year": st.integers(1990, 2030).map(str)},
    optional={"journal": VALUES, "booktitle": VALUES, "note": VALUES, "abstract": VALUES,
              "mood": VALUES, "editor": NAMES, "pages": st.just("1--9"), "month": st.just("5"),
              "doi": st.just("10.1000/a_b%c"), "code": st.just("https://code.example/a_b"),
              "eprint": st.just("2101.00001"), "selected": st.just("true"), "subtitle": VALUES,
              "school": VALUES, "institution": VALUES, "publisher": VALUES, "maintitle": VALUES,
              "translator": NAMES, "urldate": st.just("2020-01-02"), "pubstate": VALUES,
              "location": VALUES, "date": st.sampled_from(["2020-05/2020-06", "199X", "1750~"])},
)  # fmt: skip
KINDS = st.sampled_from(
    ["article", "inproceedings", "misc", "mastersthesis", "conference", "techreport", "mvbook"]
)
PAPERS = st.lists(st.tuples(KINDS, ENTRY), min_size=1, max_size=3)


def written(papers):
    """Return ``papers`` as the text of a bibliography."""
    return "\n".join(
        f"@{kind}{{key{number},\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        + "}\n"
        for number, (kind, fields) in enumerate(papers)
    )


def records(root):
    """Return what a project's papers are, by their keys; an empty field says nothing."""
    return sorted((record_of(paper) for paper in load_bibliography(root)), key=lambda one: one.key)


@pytest.mark.parametrize(
    ("form", "normalised"),
    [("bib", False), ("bib", True), ("csv", False), ("csl-json", False), ("ris", False)],
)
@settings(deadline=None, max_examples=25)
@given(papers=PAPERS, summary=VALUES)
def test_papers_go_out_and_come_in_unchanged(form, normalised, papers, summary):
    """Each format gives back every paper with all its fields and people; BibTeX as written too."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one"), Path(folder, "other")
        (one / "publications").mkdir(parents=True)
        other.mkdir()
        (one / "publications/publications.bib").write_text(written(papers), encoding="utf-8")
        if form != "bib" or normalised:
            cell = f'key,slug,summary\nkey0,first,"{summary}"\n'
            (one / "publications/papers.csv").write_text(cell, encoding="utf-8")
        text = exported(load_bibliography(one), form, normalised=normalised)
        path = Path(folder, "papers." + {"csl-json": "json"}.get(form, form))
        path.write_text(text, encoding="utf-8", newline="")
        move_in(other, path)
        assert records(other) == records(one)


@pytest.mark.parametrize("path", ODDITIES, ids=lambda path: path.stem)
def test_every_oddity_can_be_exported(path):
    """Whatever a bibliography contains, every paper of it is in every format."""
    papers = gathered([path], None)
    count = len([*with_versions(papers)])
    assert exported(papers, "ris").count("TY  - ") == count
    assert len(json.loads(exported(papers, "csl-json"))) == count
    assert len([*csv.reader(io.StringIO(exported(papers, "csv")))]) == count + 1
    text = exported(papers, "bib", normalised=True)
    assert len(parse_bibtex(text, shown_as=path.name)[0]) == count


@pytest.mark.parametrize(
    "header",
    ["key,entrytype,title,author,year", "key,type,title,author,year"],
    ids=["ours", "other"],
)
def test_a_quote_that_is_not_closed_costs_no_paper_that_moves_in(tmp_path, header):
    """Its row and all others come along, and its line is named."""
    home = tmp_path / "home"
    home.mkdir()
    table = tmp_path / "list.csv"
    rows = [
        'a,misc,"Waves,"Doe, Jane",2020',
        "b,misc,Foam,Jane Doe,2021",
        'c,misc,"Sea, sky",J,2022',
    ]
    table.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    report = str(move_in(home, table))
    titles = {paper.key: paper.title for paper in load_bibliography(home)}
    assert titles == {"a": "Waves", "b": "Foam", "c": "Sea, sky"}
    assert "list.csv:2: row: a quote is not closed" in report
