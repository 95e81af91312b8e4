"""The publications table: BibTeX is the source, the CSV adds and overrides."""

import pytest

from portfolio.records.bibliography import load_bibliography

ENTRY = """@inproceedings{known2019key,
  title = {A {Title}}, author = {Doe, Jane and Roe, Rick}, booktitle = {Proceedings of Things},
  year = {2019}, pages = {1--9}, eprint = {1905.00067}, archivePrefix = {arXiv},
  doi = {https://doi.org/10.1000/a_b}, mood = {sunny},
}
"""


@pytest.fixture
def table(tmp_path):
    """Return a function that loads a bibliography from the text of its two files."""

    def load(bib, csv=None):
        folder = tmp_path / "publications"
        folder.mkdir(exist_ok=True)
        (folder / "publications.bib").write_text(bib, encoding="utf-8")
        if csv is not None:
            (folder / "papers.csv").write_text(csv, encoding="utf-8")
        return load_bibliography(tmp_path)

    return load


def lines(papers):
    """Return the problems as people see them."""
    return [str(problem) for problem in papers.problems]


def test_one_entry_is_enough(table):
    """A paper needs nothing but its entry."""
    (paper,) = papers = table(ENTRY)
    assert (paper.slug, paper.title, paper.year) == ("known2019key", "A Title", 2019)
    assert (paper.venue, paper.arxiv, paper.doi) == (
        "Proceedings of Things",
        "1905.00067",
        "10.1000/a_b",
    )
    assert paper.pages == ("1", "9")
    assert lines(papers) == []


def test_links_come_in_the_order_of_the_page(table):
    """The arXiv page, the DOI, then what else the record names; only web addresses are links."""
    csv = "key,code,slides\nknown2019key,https://example.org/code,javascript:alert(1)\n"
    (paper,) = table(ENTRY, csv)
    assert [(link.text, link.href) for link in paper.links] == [
        ("arXiv", "https://arxiv.org/abs/1905.00067"),
        ("DOI", "https://doi.org/10.1000/a_b"),
        ("Code", "https://example.org/code"),
    ]


def test_the_csv_adds_and_overrides(table):
    """A cell replaces the entry's field or adds one; the rest stays."""
    (paper,) = table(ENTRY, "key,slug,year,abbr,colour\nknown2019key,short,2020,PoT,blue\n")
    assert (paper.slug, paper.year, paper.short_venue) == ("short", 2020, "PoT")
    assert paper.title == "A Title"
    assert paper.extra["colour"] == "blue"


@pytest.mark.parametrize("blank", ["", "   ", "NA"])
def test_a_blank_cell_changes_nothing(table, blank):
    """Blank and NA leave a value alone."""
    (paper,) = table(ENTRY, f"key,slug,year\nknown2019key,short,{blank}\n")
    assert paper.year == 2019


def test_unknown_fields_are_kept(table):
    """No field of an entry is dropped, used or not."""
    (paper,) = table(ENTRY)
    assert paper.extra["mood"] == "sunny"


def test_papers_come_newest_first_then_in_the_order_of_the_file(table):
    """The listing follows the years, then the file; a paper without a year comes first."""
    years = {"a": "2019", "b": "2021", "c": "2019", "d": "to appear"}
    bib = "".join(
        f"@misc{{{k}, title={{T}}, author={{A}}, year={{{y}}}}}\n" for k, y in years.items()
    )
    assert [paper.key for paper in table(bib)] == ["d", "b", "a", "c"]


def test_a_row_without_an_entry_is_named(table):
    """The CSV alone makes no paper beside a .bib; a row that matches no entry is reported."""
    papers = table(ENTRY, 'key,summary\n"known2019key","two\nlines"\nlost,text\n')
    assert len(papers) == 1
    assert lines(papers) == [
        (
            "publications/papers.csv:4: lost: no entry of publications/publications.bib has this "
            "key: correct the key or remove the row"
        )
    ]


def test_what_an_entry_lacks_is_named_and_the_paper_kept(table):
    """A paper without title, author or year is shown all the same, and each gap is reported."""
    (paper,) = papers = table("\n@misc{bare}")
    assert paper.title == "bare"
    assert [line.split(": ")[:3] for line in lines(papers)] == [
        ["publications/publications.bib:2", "bare", f"there is no {gap}"]
        for gap in ("author", "title", "year")
    ]


def test_works_that_need_no_author_are_hinted_at_only(table):
    """An article lacks its author; software or a page of an office may well have none."""
    told = "title={T}, year=2020"
    bib = (
        f"@article{{a, {told}}}\n@software{{b, {told}}}\n@misc{{c, {told}, url={{https://a.org}}}}"
    )
    assert [(problem.key, problem.level) for problem in table(bib).problems] == [
        ("a", "problem"),
        ("b", "hint"),
        ("c", "hint"),
    ]


def test_slugs_are_safe_and_each_papers_own(table):
    """A slug has letters, digits, - and _ only, and no two papers share one."""
    keys = ("Doe:2019/x", "doe-2019-x", "index", "Čapek")
    bib = "".join(f"@misc{{{key}, title={{T}}, author={{A}}, year=2019}}\n" for key in keys)
    assert [paper.slug for paper in table(bib)] == [
        "doe-2019-x",
        "doe-2019-x-2",
        "index-2",
        "capek",
    ]


def test_a_taken_slug_is_reported(table):
    """Asking for a slug that another paper has gets a different one, and a line that says so."""
    bib = "@misc{a,title={T},author={A},year=1999}\n@misc{b,title={T},author={A},year=1999}"
    papers = table(bib, "key,slug\nb,a\n")
    assert [paper.slug for paper in papers] == ["a", "a-2"]
    assert lines(papers)[0].startswith("publications/papers.csv:2: b: the slug a ")


def test_a_missing_bibliography_is_a_problem(tmp_path):
    """A project without a .bib has no papers and says why."""
    papers = load_bibliography(tmp_path)
    assert len(papers) == 0
    assert lines(papers) == [
        "publications/publications.bib:1: file: there is no bibliography: add the file"
    ]


def test_papers_are_found_by_slug(table):
    """Asking for an unknown slug names those that there are."""
    papers = table(ENTRY)
    assert papers["known2019key"].title == "A Title"
    with pytest.raises(KeyError, match="there are: known2019key"):
        papers["unknown"]


def test_the_frame_has_a_row_for_every_paper_and_every_field(table):
    """Cells and notebooks get a DataFrame: typed columns first, unknown fields too."""
    frame = table(ENTRY + "@misc{b, title={B}, author={C}}").frame()
    assert list(frame["key"]) == ["known2019key", "b"]
    assert list(frame["year"].isna()) == [False, True]
    assert frame.loc[0, "authors"] == ["Jane Doe", "Rick Roe"]
    assert frame.loc[0, "mood"] == "sunny"
    assert len(table("").frame()) == 0
