"""The CV: one page and its sheets, from the same records as all else."""

import ctypes
import re

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from portfolio import pages
from portfolio.pages import vitae_sheets
from portfolio.pages.inline import inline
from portfolio.pages.loaded import standing_in
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.runs import runs_of
from portfolio.pages.vitae import sections_of
from portfolio.pages.vitae_page import vitae_html
from portfolio.pages.vitae_sheets import content_of, pages_in, typeset
from portfolio.records.vitae import Vitae, load_vitae

MORE = """
@article{doe2019sand, title = {Sand $x^2$}, author = {Doe, Jane* and Roe, Rick*}, year = 2019,
  journal = {Sea Letters}, award = {Best paper}}
@inproceedings{doe2018ice, title = {Ice}, author = {Doe, Jane}, year = 2018,
  booktitle = {Workshop on Ice}, selected = {true}}
@article{doe2018draft, title = {Draft}, author = {Doe, Jane}, year = 2018, journal = {Sea Letters},
  omit_from_cv = {true}}
@misc{doe2017secret, title = {Secret}, author = {Doe, Jane}, year = 2017, omit_from_cv = {true}}
"""


@pytest.fixture
def project(project):
    """Return a project with a CV."""
    (project / "cv").mkdir()
    (project / "cv" / "cv.yml").write_text(
        "summary: Waves *and* tides.\nvariants:\n  short: {pages: 1, sections: [publications]}\n"
    )
    (project / "cv" / "education.yml").write_text(
        "- {title: PhD in Waves, institution: Sea University, date: 2018 - present,\n"
        "   advisors: [Rick Roe]}\n"
    )
    with (project / "publications" / "publications.bib").open("a") as bib:
        bib.write(MORE)
    return project


@pytest.fixture
def here(project):
    """Return the project's content."""
    return load_portfolio(project)


@pytest.fixture(scope="module")
def sheet():
    """Return the function that sets a CV once for all tests of the module that ask for it."""
    made = {}

    def sheet(here):
        if not made:
            made["pdf"] = typeset(here, here.cvs[0])
        return made["pdf"]

    return sheet


def text_of(pdf):
    """Return the text of a PDF in the order of its content."""
    document = PdfDocument(pdf)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(said.replace("\ufffe", "").split())


def numbers_in(html):
    """Return the numbers that papers have, each with the title."""
    shown = re.findall(r'class="number">\[(\w+)\]<.*?<cite><a [^>]*>(.*?)</a>', html)
    return [(number, re.sub("<.*?>", "", title)) for number, title in shown]


def test_papers_are_numbered_by_kind_the_newest_highest(here):
    """A number stays when newer papers come; what its author leaves out has none."""
    html = vitae_html(here, here.cvs[0])
    assert [number for number, _ in numbers_in(html)] == ["J2", "J1", "C1", "W1"]
    assert dict(numbers_in(html))["W1"] == "Ice"
    assert "Secret" not in html
    assert "Draft" not in html
    assert '<strong class="me">Jane Doe</strong><sup>*</sup>' in html
    assert "* equal contribution" in html
    assert "Best paper" in html


def test_sections_that_are_empty_leave_no_heading(here):
    """A CV names what there is, in the order that its owner chose."""
    assert [section.heading for section in sections_of(here, here.cvs[0])] == [
        "Education",
        "Publications",
    ]
    chosen = Vitae(sections=("publications", "education"), headings={"education": "Studies"})
    assert [section.heading for section in sections_of(here, chosen)] == ["Publications", "Studies"]


def test_a_variant_can_have_selected_papers_alone(here):
    """Numbers are those of the whole CV."""
    html = vitae_html(here, Vitae(publications="selected", since=2018))
    assert [number for number, _ in numbers_in(html)] == ["W1"]
    assert [n for n, _ in numbers_in(vitae_html(here, Vitae(since=2020)))] == ["J2", "C1"]


def test_the_call_gives_a_variant_by_name(project):
    """A page may show any variant; an unknown one names those there are."""
    with standing_in(project):
        assert "PhD in Waves" in pages.cv()
        assert "PhD in Waves" not in pages.cv("short")
        with pytest.raises(KeyError, match="there are: short"):
            pages.cv("long")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("secions: [talks]", "1: secions: nothing reads this: write sections"),
        ("sections: [tals]", "1: sections: there is no section of this name (tals): write talks"),
        ("paper: a5", "1: paper: it is neither a4 nor letter (a5): write a4"),
        ("pages: two", "1: pages: it is no number (two): write one, such as 2"),
        ("variants:\n  x: {paper: a6}", "2: variants.x.paper: it is neither a4 nor letter (a6): w"),
        ("a: [", "2: yaml: "),
        ("pages: true", "1: pages: it is no number (True): write one, such as 2"),
        ("selected: 'no'", "1: selected: it is neither true nor false (no): write true"),
        ("headings: [a]", "1: headings: it is no block (['a']): write `name: value` lines"),
        ("variants: {a: 3}", "1: variants.a: it is no block (3): write `name: value` lines"),
        ("variants:\n  a: {}\n  A: {}", "3: variants.A: its file would be cv-a.pdf, and that"),
    ],
)
def test_slips_in_the_settings_are_named(tmp_path, said, problem):
    """What cannot be used is named with its line, and the rest is used."""
    (tmp_path / "cv").mkdir()
    (tmp_path / "cv" / "cv.yml").write_text(f"{said}\n")
    problems = []
    assert load_vitae(tmp_path, problems)[0].paper == "a4"
    assert str(problems[0]).startswith(f"cv/cv.yml:{problem}")


def test_a_sheet_says_all_in_reading_order(here, sheet):
    """What the page says can be read out of the PDF, from top to bottom."""
    said = text_of(sheet(here))
    order = (
        "Jane Doe", "Professor", "Waves and tides.", "Education", "PhD in Waves",
        "advised by Rick Roe", "Publications", "Journal articles", "[J2]", "tides", "[J1]",
        "Sand x2", "Best paper", "Conference papers", "[C1]", "Foam", "Workshop", "[W1]",
    )  # fmt: skip
    for words in order:
        assert words in said
        said = said.partition(words)[2]


def test_a_sheet_is_tagged_and_called_accessible(here, sheet):
    """It has a title, a language, headings, lists and links in its structure (PDF/UA-1)."""
    pdf = sheet(here)
    assert re.search(rb"pdfuaid:part[=>]\W*1", pdf)
    document = PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "Jane Doe: CV"
    kinds = {kind for page in document for kind in structure_of(page)}
    assert {"H1", "H2", "H3", "L", "LI", "Link"} <= kinds


def structure_of(page):
    """Yield the kinds of all elements of a page's structure."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    buffer = ctypes.create_string_buffer(64)

    def walk(element):
        size = pdfium.FPDF_StructElement_GetType(element, buffer, 64)
        yield buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                yield from walk(child)

    for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
    pdfium.FPDF_StructTree_Close(tree)


def test_its_fonts_are_in_it_and_its_links_lead_to_the_web(here, sheet):
    """No reader needs a font, and each link leads where the page's does."""
    pdf = sheet(here)
    assert pdf.count(b"/FontDescriptor ") == pdf.count(b"/FontFile")
    found = {uri.decode() for uri in re.findall(rb"/URI\((.*?)\)", pdf)}
    assert {"https://doe.example/home/", "https://doi.org/10.1000/waves"} <= found
    assert all(uri.startswith(("https://", "mailto:", "tel:")) for uri in found)


def test_two_settings_give_the_same_bytes(here, sheet):
    """A PDF hangs on the content alone."""
    assert typeset(here, here.cvs[0]) == sheet(here)


def test_a_variant_keeps_to_its_pages(project):
    """A CV of many papers is cut to as many pages as it may have, on the paper that it names."""
    with (project / "publications" / "publications.bib").open("a") as bib:
        bib.writelines(
            f"@article{{p{n}, title = {{Paper {n}}}, author = {{Doe, Jane}}, year = 2001,"
            " journal = {{Long Letters of the Sea}}}}\n"
            for n in range(120)
        )
    many = load_portfolio(project)
    whole = PdfDocument(typeset(many, Vitae(paper="letter")))
    short = typeset(many, Vitae(pages=1))
    assert len(whole) > 2
    assert whole[0].get_size() == (612, 792)
    assert len(PdfDocument(short)) == pages_in(short) == 1


def test_a_sheet_is_set_anew_with_another_typst(here, monkeypatch):
    """What a kept PDF was made from tells the program that set it."""
    [(_, before, _), _] = vitae_sheets.sheets(here)
    monkeypatch.setattr(vitae_sheets, "version", lambda _: "0.0.1")
    [(_, after, _), _] = vitae_sheets.sheets(here)
    assert before != after


def test_without_typst_the_page_stands_and_one_line_says_so(here, monkeypatch):
    """Nothing leads to a PDF that is not there."""
    monkeypatch.setattr(vitae_sheets, "can_typeset", lambda: False)
    monkeypatch.setattr("portfolio.pages.vitae_page.can_typeset", lambda: False)
    assert ".pdf" not in vitae_html(here, here.cvs[0])
    assert [*vitae_sheets.sheets(here)] == []
    assert str(vitae_sheets.fault_of(here)) == (
        "cv/index.qmd:1: hint: cv.pdf: no PDF is made of it, which needs Typst; its page stands"
        " without: run `pip install typst`"
    )


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ("a <em>b</em> &amp; c", [{"s": "a "}, {"s": "b", "i": 1}, {"s": " & c"}]),
        ('<a href="x">a <b>b</b></a>', [{"s": "a ", "href": "x"}, {"s": "b", "href": "x", "b": 1}]),
        (
            "<math><msup><mi>x</mi><mn>2</mn></msup></math>",
            [{"s": "x", "i": 1}, {"s": "2", "sup": 1}],
        ),
        ("a<script>b</script>", [{"s": "a"}]),
    ],
    ids=["emphasis", "link", "raised", "script"],
)
def test_html_becomes_runs(html, runs):
    """Emphasis, links and raised letters are kept, and nothing else is."""
    assert runs_of(html) == runs


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"O(\sqrt{n})", "O(√n)"),
        (r"\sqrt{a+b}", "√(a+b)"),
        (r"\sqrt[3]{n+1}", "^3√(n+1)"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\binom{n}{k}", "(n k)"),
        (r"x_1^2", "x_1^2"),
        (r"\sum_{i=1}^n i", "∑_i_=1^ni"),
        (r"\hat{x}", "x\N{COMBINING CIRCUMFLEX ACCENT}"),
    ],
)
def test_a_formula_on_paper_says_what_it_says_on_the_page(formula, said):
    """Roots keep their sign, fractions their parts, and indices their place."""
    runs = runs_of(inline(f"${formula}$"))
    marks = {"sup": "^", "sub": "_"}
    told = ("".join(marks.get(name, "") for name in run) + str(run["s"]) for run in runs)
    assert "".join(told).replace("\N{SIX-PER-EM SPACE}", "") == said


def test_a_heading_of_no_section_is_named(project):
    """A section that is misspelt among the headings does not stay as it is without a word."""
    (project / "cv" / "cv.yml").write_text("headings:\n  educaton: Studies\n")
    told = [str(one) for one in load_portfolio(project).problems if "cv.yml" in str(one)]
    what = "there is no section of this name (educaton): write education"
    assert told == [f"cv/cv.yml:2: headings.educaton: {what}"]


def test_no_line_ends_between_pages_and_their_numbers(here):
    """On paper “pages” and the span behind it stay together."""
    works = [
        work
        for section in content_of(here, Vitae())["sections"]
        for group in section["works"]
        for work in group["works"]
    ]
    where = " ".join(run["s"] for work in works for run in work["where"])
    assert re.search(r"pages\u00a0\d+\u2013\d", where)
