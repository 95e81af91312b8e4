"""Every paper has a page, written by hand or made."""

import pytest

from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.prepare import MARK, is_generated, page_source, prepare


def pages(project):
    """Return the names of the sources of papers' pages."""
    return sorted(page.name for page in (project / "publications").glob("*.qmd"))


def test_a_paper_without_a_page_gets_one(project, here):
    """Pages are made for papers that have none, and git is told to look away."""
    prepare(here)
    assert pages(project) == ["doe2020waves.qmd", "doe2021foam.qmd"]
    ignored = (project / "publications" / ".gitignore").read_text().splitlines()
    assert ignored[1:] == ["/.gitignore", "/doe2020waves.qmd", "/doe2021foam.qmd"]


def test_a_page_written_by_hand_stays(project, here):
    """A page is the author's as soon as the first line of its front matter is gone."""
    prepare(here)
    page = project / "publications" / "doe2021foam.qmd"
    mine = page.read_text().replace(MARK, "") + "\nMore.\n"
    page.write_text(mine)
    prepare(here)
    assert page.read_text() == mine
    assert "doe2021foam" not in (project / "publications" / ".gitignore").read_text()


def test_a_page_goes_with_its_paper(project, here):
    """A made page whose paper is gone goes too; one written by hand does not."""
    prepare(here)
    (project / "publications" / "mine.qmd").write_text("---\ntitle: Mine\n---\n")
    (project / "publications" / "publications.bib").write_text("@misc{new,title={N},author={A}}")
    prepare(load_portfolio(project))
    assert pages(project) == ["mine.qmd", "new.qmd"]
    assert is_generated(project / "publications" / "new.qmd")


def test_preparing_again_writes_nothing(project, here):
    """Files whose content is the same keep their dates, so nothing renders twice."""
    prepare(here)
    page = project / "publications" / "doe2021foam.qmd"
    before = page.stat().st_mtime_ns
    prepare(here)
    assert page.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "title", ["`code` and ```", "{{< embed x >}}", "*a* $b$ @c [d](e) --- \\f"]
)
def test_titles_are_text_in_made_pages(project, title):
    """No title can act as Markdown, as a shortcode, or end the page's raw part."""
    (project / "publications" / "publications.bib").write_text(
        "@misc{a, title = {T}, author = {A}, summary = {s}, note = {x}}"
    )
    (project / "publications" / "papers.csv").write_text(f'key,title\na,"{title}"\n')
    here = load_portfolio(project)
    source = page_source(here, here.papers["a"])
    front, raw = source.split("---\n", 2)[1:]
    assert "{{<" not in front
    fence = raw.strip().split("{=html}")[0]
    assert raw.count(fence) == 2
