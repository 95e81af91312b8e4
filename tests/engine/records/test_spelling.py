"""Slips in the names of fields are named, with the name that was meant."""

import pytest

from portfolio.__main__ import main
from portfolio.records.bibliography import load_bibliography
from portfolio.records.sections import kind_of
from portfolio.records.site import faults_of_settings, load_site
from portfolio.records.spelling import near_field


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yeer", "year"),
        ("sumary", "summary"),
        ("auther", "author"),
        ("joural", "journal"),
        ("vloume", "volume"),
        *((name, "") for name in ("year", "coden", "published", "issue", "bdsk-url-1", "lang")),
    ],
)
def test_a_slip_is_told_from_a_name_of_another_field(written, meant):
    """What people and programs call fields in earnest is no slip."""
    assert near_field(written) == meant


def load(root, bib, table=""):
    """Load a bibliography and its table; return the papers and the problems."""
    (root / "publications").mkdir()
    (root / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
    if table:
        (root / "publications" / "papers.csv").write_text(table, encoding="utf-8")
    papers = load_bibliography(root)
    return papers, [str(problem) for problem in papers.problems]


def test_slips_in_a_bib_and_in_a_table_are_named(tmp_path):
    """Each is named where it stands; an entry that has the field as well is left in peace."""
    _, problems = load(
        tmp_path,
        "@misc{a, title = {A}, author = {B}, year = 2020, joural = {C}}\n"
        "@article{b, title = {A}, author = {B}, year = 2020, journal = {D}, joural = {C}}\n",
        "key,sumary\na,words\n",
    )
    assert problems == [
        "publications/papers.csv:1: sumary: no column is called so: write summary",
        "publications/publications.bib:1: hint: a: no field is called joural: write journal",
    ]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@inproceedings{a, booktitle = {ICML Workshop on Foam}", "workshop"),
        ("@inproceedings{a, booktitle = {ICML}", "conference"),
        ("@inproceedings{a, booktitle = {ICML}, section = {Workshops}", "workshop"),
        ("@misc{a, section = {book}", "book"),
        ("@misc{a, howpublished = {arXiv}", "preprint"),
        ("@article{a, journal = {Workshop Practice Letters}", "journal"),
        ("@phdthesis{a, school = {Sea}", "thesis"),
        ("@misc{a, section = {nonsense}", "other"),
    ],
)
def test_a_work_is_of_the_kind_that_its_entry_says(tmp_path, entry, kind):
    """The kind comes from the entry, and its author may say another."""
    papers, _ = load(tmp_path, f"{entry}, title = {{A}}, author = {{B}}, year = 2020}}")
    assert kind_of(papers.papers[0]) == kind


def test_a_kind_that_is_none_is_named(tmp_path):
    """A word for no kind of works has the nearest beside it."""
    bib = "@misc{a, title = {A}, author = {B}, year = 2020, section = {worksop}}"
    _, problems = load(tmp_path, bib)
    assert problems == [
        "publications/publications.bib:1: hint: a: it is no kind of works (worksop): write workshop"
    ]


OWNER = """owner:
  name: Jane Doe
  site: https://doe.example
  orcid: 0000-0002-1825-0097
  scholar: abc
  identifiers: {mastodon: "@jane@sea.example", github: janedoe}
  phone: +1 23
"""


def test_identifiers_are_links(tmp_path):
    """A name or number at a service becomes the address of the owner's page there."""
    (tmp_path / "_quarto.yml").write_text(OWNER, encoding="utf-8")
    owner = load_site(tmp_path).owner
    assert [link.href for link in owner.links] == [
        "https://sea.example/@jane",
        "https://github.com/janedoe",
        "https://orcid.org/0000-0002-1825-0097",
        "https://scholar.google.com/citations?user=abc",
    ]
    assert owner.phone == "+1 23"
    assert [*faults_of_settings(tmp_path)] == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("afiliation: Sea", "owner.afiliation: nothing reads this: write affiliation"),
        ("orcid: 12", "owner.orcid: it makes no address (12): write it as the service does, or it"),
        ("kind: band", "owner.kind: it is no kind of owner (band): write person or group"),
        ("shoes: 43", "hint: owner.shoes: nothing of the engine reads this: remove it, unless you"),
    ],
)
def test_an_unknown_key_of_the_owner_is_named(tmp_path, line, problem):
    """A slip has the nearest known key beside it; what may be a template's own is a hint."""
    text = OWNER.replace("  orcid: 0000-0002-1825-0097\n", "") + f"  {line}\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    found = [str(each) for each in faults_of_settings(tmp_path)]
    assert len(found) == 1
    assert found[0].startswith(f"_quarto.yml:7: {problem}")


def test_an_export_can_have_one_kind_of_works(tmp_path, monkeypatch, capsysbinary):
    """What is exported can be journal articles alone, as a CV has them."""
    load(
        tmp_path,
        "@article{a, title = {A}, author = {B}, year = 2020, journal = {C}}\n"
        "@inproceedings{b, title = {A}, author = {B}, year = 2020, booktitle = {C}}\n",
    )
    (tmp_path / "_quarto.yml").write_text(OWNER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--format", "bib", "--kind", "journal", "book"]) == 0
    written = capsysbinary.readouterr().out
    assert b"@article{a" in written
    assert b"@inproceedings" not in written
