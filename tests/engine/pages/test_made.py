"""The pages of papers that have none written by hand."""

import nbformat
import pytest
from nbformat import v4

from portfolio.pages.around import Around
from portfolio.pages.finished import Page
from portfolio.pages.heads import Heads
from portfolio.pages.made import Mould, _filled, frame_of, text_of, title_of
from portfolio.pages.portfolio import load_portfolio

HARD = r"""@article{index-html, title = {A \emph{hard} $x<y$ title: {say} \textbackslash 1 & more},
  author = {Doe, Jane and Roe, Rick}, year = 2019, abstract = {See place-of-a-papers-text.},
  url = {https://sea.example/?a=1&b="2"}}
@misc{größe, title = {Größe}, author = {Doe, Jane}, year = 2018}
"""
LISTING = """<!DOCTYPE html>
<html lang="en"><head><title>Papers</title><meta name="description" content="All.">
<link rel="stylesheet" href="/theme/site.css">%s</head>
<body><nav><a href="/publications/index.html">Papers</a> <a href="/publications/doe2020waves.html">
Waves</a></nav><main id="main"><h1>Papers</h1><nav><a href="#year-2021">2021</a></nav></main>
<footer><img src="/logo.svg" alt=""><a data-notebook="x" href="/news/feed.xml#a">News</a></footer>
</body></html>"""
BOOTSTRAP = '<link href="/site_libs/bootstrap/b.css">'


@pytest.fixture
def here(project):
    """Return a project whose papers are hard to show."""
    with (project / "publications" / "publications.bib").open("a", encoding="utf-8") as file:
        file.write(HARD)
    data = {"image/svg+xml": '<svg width="72pt" height="36pt" />', "image/png": "iVBORw0KGgo="}
    cell = v4.new_code_cell("#| label: fig-f\nx", outputs=[v4.new_output("display_data", data)])
    nbformat.write(v4.new_notebook(cells=[cell]), project / "notebooks" / "doe2021foam.ipynb")
    return load_portfolio(project)


@pytest.mark.parametrize("head", ["", BOOTSTRAP], ids=["our look", "a theme of Quarto's"])
def test_a_page_from_the_mould_is_the_page_put_in_order_as_others_are(here, project, head):
    """What is done once for all made pages gives each what it would get by itself."""
    figure = project / "publications" / "figures" / "doe2021foam.svg"
    figure.parent.mkdir()
    figure.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"/>')
    mould = Mould(LISTING % head, Heads(here, project))
    around = Around(here, {})
    for paper in here.papers:
        alone = _filled(frame_of(LISTING % head), title_of(here, paper), text_of(around, paper))
        page = Page(Heads(here, project), f"publications/{paper.slug}.html")
        assert mould.page(around, paper) == page.finished(alone)
    assert 'width="96" height="48"' in mould.page(around, here.papers["doe2021foam"])


def test_the_menu_marks_the_paper_that_is_open(here, project):
    """A menu that leads to a made page marks it there, and nowhere else."""
    mould, around = Mould(LISTING % "", Heads(here, project)), Around(here, {})
    marked = {paper.slug for paper in here.papers if "aria-current" in mould.page(around, paper)}
    assert marked == {"doe2020waves"}


def test_the_mould_names_the_files_of_the_theme(here, project):
    """Those of the frame, whatever else its pages hold."""
    assert Mould(LISTING % "", Heads(here, project)).of_theme == {"site.css"}
    assert "parts.css" in Mould(LISTING % BOOTSTRAP, Heads(here, project)).of_theme
