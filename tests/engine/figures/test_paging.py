"""The first page of a PDF becomes a picture, where what reads PDFs is installed."""

import io

import matplotlib.pyplot as plt
import pytest
from PIL import Image

from portfolio.figures import paging
from portfolio.pages.check import problems
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.previews import preview_of

BIB = "@article{a, title={A}, author={Doe, Jane}, year=2020, pdf={publications/files/a.pdf}}"


@pytest.fixture
def paper(tmp_path):
    """Return a project with a paper whose PDF of one page lies in it."""
    (tmp_path / "publications" / "files").mkdir(parents=True)
    (tmp_path / "publications" / "publications.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "_quarto.yml").write_text("owner: {name: Jane Doe, site: https://doe.example}\n")
    fig = plt.figure(figsize=(4, 6))
    fig.text(0.1, 0.9, "Foam")
    fig.savefig(tmp_path / "publications" / "files" / "a.pdf")
    plt.close(fig)
    return tmp_path


def test_check_says_what_to_install(paper, monkeypatch):
    """Without what reads PDFs a hint says so once, and the paper has a tile."""
    monkeypatch.setattr("portfolio.pages.check.can_read", lambda: False)
    monkeypatch.setattr("portfolio.pages.previews.can_read", lambda: False)
    said = [one for one in problems(paper) if "pypdfium2" in one.remedy]
    assert [one.hint for one in said] == [True]
    here = load_portfolio(paper)
    assert 'class="tile"' in preview_of(here, here.papers["a"]).html("a")


def test_the_first_page_is_the_picture(paper):
    """The upper part of the page has a thumbnail's proportions; what is no PDF gives nothing."""
    pytest.importorskip("pypdfium2", reason="pypdfium2, which reads PDFs, is not installed")
    assert paging.first_page(b"no PDF") == b""
    here = load_portfolio(paper)
    picture = Image.open(io.BytesIO(preview_of(here, here.papers["a"]).pixels))
    assert picture.size == (960, 600)
