"""How often papers are cited stands where the owner wants it, with source and days."""

import re

import pytest
from pypdfium2 import PdfDocument

from portfolio import pages
from portfolio.pages.check import problems
from portfolio.pages.loaded import portfolio_at, standing_in
from portfolio.pages.vitae_page import vitae_html
from portfolio.pages.vitae_sheets import typeset

COUNTS = """key,source,citations,date,note
doe2020waves,OpenAlex,1500,2026-11-03,
doe2020waves,Crossref,9,2026-11-03,
DOE2021foam,openalex,1,2026-10-02,
"""
DAYS = "2 Oct 2026 \N{EN DASH} 3 Nov 2026"
IN_A_ROW = re.compile(r'<li id="(\w+)" class="row.*?<span class="cited">(.*?)</span>', re.DOTALL)


@pytest.fixture
def wanted(project):
    """Return the folder of a project whose owner wants numbers shown, and has a CV."""
    settings = project / "_quarto.yml"
    settings.write_text(settings.read_text() + "  citations: openalex\n")
    (project / "publications" / "counts.csv").write_text(COUNTS)
    (project / "cv").mkdir()
    (project / "cv" / "cv.yml").write_text("citations: true\nvariants: {plain: {citations: false}}")
    return project


def test_the_list_says_each_number_and_once_who_counted_and_when(wanted):
    """A row has the number of its paper, and the list the days of all below it."""
    with standing_in(wanted):
        html = str(pages.publications())
    assert dict(IN_A_ROW.findall(html)) == {
        "doe2020waves": "Cited 1,500 times",
        "doe2021foam": "Cited 1 time",
    }
    assert re.findall('<p class="cited">(.*?)</p>', html) == [f"Citations (OpenAlex, {DAYS})"]


def test_where_nobody_wants_numbers_there_are_none(wanted):
    """The table alone shows nothing; a CV that was asked for its sum says what is lacking."""
    settings = wanted / "_quarto.yml"
    settings.write_text(settings.read_text().replace("  citations: openalex\n", ""))
    here = portfolio_at(wanted)
    with standing_in(wanted):
        assert "cited" not in str(pages.publications())
        assert "cited" not in str(pages.paper("doe2020waves"))
    assert "cited" not in vitae_html(here, here.cvs[0])
    said = [str(each) for each in problems(wanted) if each.key == "citations"]
    remedy = "write owner.citations: OpenAlex in _quarto.yml"
    assert said == [f"cv/cv.yml:1: hint: citations: nobody's counts are shown: {remedy}"]


def test_a_cv_says_them_with_sum_and_h_index_if_asked(wanted):
    """Its page says the number of each paper, and a variant that does not ask says nothing."""
    here = portfolio_at(wanted)
    whole, plain = here.cvs
    html = vitae_html(here, whole)
    assert f'<p class="cited">1,501 citations, h-index 1 (OpenAlex, {DAYS})</p>' in html
    assert html.count('<span class="cited">Cited') == 2
    assert "cited" not in vitae_html(here, plain)


def test_the_sheets_of_a_cv_say_the_same(wanted):
    """The PDF has the sum below the heading and each number behind its paper."""
    here = portfolio_at(wanted)
    document = PdfDocument(typeset(here, here.cvs[0]))
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    said = " ".join(said.split())
    assert "Publications 1,501 citations, h-index 1 (OpenAlex, 2 Oct 2026" in said
    assert re.findall(r"Cited [\d,]+ times?\.", said) == ["Cited 1,500 times.", "Cited 1 time."]


def test_wanted_numbers_that_were_never_asked_for_are_a_hint(wanted):
    """Who wants numbers is told how to get them."""
    (wanted / "publications" / "counts.csv").unlink()
    said = [str(each) for each in problems(wanted) if each.key == "owner.citations"]
    what = "there are no counts of citations yet: run `portfolio counts`"
    assert said == [f"_quarto.yml:1: hint: owner.citations: {what}"]
