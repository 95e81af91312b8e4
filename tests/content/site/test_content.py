"""What the site says: the papers, the news and the figures that are known to belong on it."""

import posixpath
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

import pytest
from facts import NEWS, PAPERS, Paper
from rendered import Site, packed

from portfolio.audit.rendered import LOST, MATHML, text

BY_SLUG = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])


def card_of(site: Site, paper: Paper) -> Element:
    """Return the paper's row in the listing."""
    cards = site.pages["publications/index.html"].of_class("row")
    return cards[PAPERS.index(paper)]


def hrefs(element: Element) -> list[str]:
    """Return where the links in an element lead."""
    return [link.get("href", "") for link in element.iter("a")]


def test_every_source_has_its_page(site: Site) -> None:
    """A page for each paper, notebook and section, one for lost readers, and no other."""
    notebooks = {f"notebooks/{path.stem}.html" for path in site.project.glob("notebooks/*.ipynb")}
    papers = {f"publications/{paper.slug}.html" for paper in PAPERS}
    sections = {"index.html", "publications/index.html", "cv/index.html", "news/index.html"}
    assert set(site.pages) == {LOST} | sections | papers | notebooks


def test_the_listing_has_the_papers_in_order(site: Site) -> None:
    """Seven papers, newest first, each under its title."""
    listing = site.pages["publications/index.html"]
    assert [text(title) for title in listing.all("h3")] == [paper.title for paper in PAPERS]


@pytest.mark.parametrize("address", ["index.html", "publications/index.html"])
def test_home_and_list_are_light(site: Site, address: str) -> None:
    """The page, all style and all its scripts, as servers send them, before pictures."""
    page = site.pages[address]
    named = [script.get("src") for script in page.all("script") if script.get("src")]
    named += [link.get("href") for link in page.all("link") if link.get("rel") == "stylesheet"]
    folder = PurePosixPath(address).parent
    parts = {posixpath.normpath(folder / name) for name in named if name}
    assert "theme/site.css" in parts
    assert packed(site, address, *parts) <= 15 * 1024


@BY_SLUG
def test_a_card_names_all_authors_in_order(site: Site, paper: Paper) -> None:
    """Authors stand as published, and the owner's name alone is marked."""
    (line,) = [e for e in card_of(site, paper).iter("p") if e.get("class") == "authors"]
    assert text(line) == paper.signed
    assert [text(name) for name in line.iter("strong")] == ["Hrayr Harutyunyan"]


@BY_SLUG
def test_a_card_tells_venue_and_year(site: Site, paper: Paper) -> None:
    """The venue's short name and the year, once each."""
    (line,) = [e for e in card_of(site, paper).iter("p") if e.get("class") == "venue"]
    note = "Spotlight" if paper.slug == "linear_corex" else ""
    links = text(next(span for span in line.iter("span") if span.get("class") == "links"))
    assert text(line) == " ".join(filter(None, (paper.venue, note, links)))


@BY_SLUG
def test_a_card_links_page_preprint_and_code(site: Site, paper: Paper) -> None:
    """The card leads to the paper's page, its preprint and, where there is some, its code."""
    wanted = {f"https://arxiv.org/abs/{paper.arxiv}", paper.code} - {""}
    found = set(hrefs(card_of(site, paper)))
    assert wanted <= found
    assert any(href.endswith(f"{paper.slug}.html") for href in found)
    assert bool(paper.code) == any("//github.com/" in href for href in found)


@BY_SLUG
def test_a_paper_page_is_about_its_paper(site: Site, paper: Paper) -> None:
    """The page carries the title, all authors, a summary and the BibTeX entry."""
    page = site.pages[f"publications/{paper.slug}.html"]
    assert [text(title) for title in page.all("h1")] == [paper.title]
    assert [text(line) for line in page.of_class("authors")] == [paper.signed]
    assert all(len(text(summary)) > 100 for summary in page.of_class("lead"))
    assert len(page.of_class("lead")) == 1
    assert f"{{{paper.key}," in text(page.of_class("cite")[0])


def test_the_home_page_shows_selected_papers(site: Site) -> None:
    """Home has the papers chosen for it, in the listing's order, with the owner's name above."""
    home = site.pages["index.html"]
    chosen = [PAPERS[number].title for number in (0, 1, 2, 4)]
    assert [text(title) for title in home.all("h3")] == chosen
    assert [text(name) for name in home.of_class("p-name")] == ["Hrayr Harutyunyan"]


def test_the_news_are_all_there_newest_first(site: Site) -> None:
    """Eight items with their days, and the newest four of them on the home page."""
    for address, count in (("news/index.html", 8), ("index.html", 4)):
        (news,) = site.pages[address].of_class("news")
        assert [time.get("datetime") for time in news.iter("time")] == [d for d, _ in NEWS[:count]]
        for item, (_, words) in zip(news.iter("li"), NEWS, strict=False):
            assert words in text(item)


@BY_SLUG
def test_a_figure_is_on_its_papers_page(site: Site, paper: Paper) -> None:
    """The notebook's one figure is embedded with alternative texts and a caption in words."""
    (figure,) = site.pages[f"publications/{paper.slug}.html"].all("figure")
    buttons = [each for each in figure.iter("input") if each.get("type") == "radio"]
    pictures = list(figure.iter("img"))
    (caption,) = figure.iter("figcaption")
    assert len(pictures) == max(1, len(buttons))
    assert len({picture.get("alt") for picture in pictures}) == len(pictures)
    assert all(len(picture.get("alt", "")) > 40 for picture in pictures)
    assert len(text(caption)) > 40
    assert text(caption).startswith("Figure 1")


def test_a_notebook_and_its_paper_lead_to_each_other(site: Site) -> None:
    """Each notebook's page links the paper's page of the same name, and is linked from there."""
    assert site.notebooks, "no notebook is rendered"
    for notebook in site.notebooks:
        slug = notebook.address.removeprefix("notebooks/")
        assert f"../publications/{slug}" in hrefs(notebook.main)
        assert f"../notebooks/{slug}" in hrefs(site.pages[f"publications/{slug}"].main)


def test_a_notebook_page_shows_its_code(site: Site) -> None:
    """A reader can read the code behind the figure where the figure was made."""
    assert site.notebooks, "no notebook is rendered"
    for notebook in site.notebooks:
        assert any("import" in text(code) for code in notebook.main.iter("code"))


def test_titles_say_what_and_whose(site: Site) -> None:
    """A page's title says its heading and whose site it is."""
    for page in site.pages.values():
        said = text(page.all("h1")[0]) if page.address != "index.html" else "About"
        wanted = f"{said} · Hrayr Harutyunyan"
        assert [text(title) for title in page.all("title")] == [wanted], page.address


def test_sections_and_papers_are_described(site: Site) -> None:
    """One description in a sentence on each section and on each paper's page."""
    sections = [page for page in site.pages.values() if page.address.endswith("index.html")]
    for page in [*sections, *site.papers]:
        (said,) = page.meta("description")
        assert len(said) > 20, page.address


def test_mathematics_is_mathml(site: Site) -> None:
    """Formulas are MathML, and no TeX is left in the text."""
    assert len(site.pages["publications/linear_corex.html"].all(f"{MATHML}math")) > 5
    for page in site.pages.values():
        prose = " ".join(text(paragraph) for paragraph in page.all("p"))
        assert "\\" not in prose, page.address
        assert "$" not in prose, page.address


def test_every_paper_has_its_thumbnail(site: Site) -> None:
    """The audit holds thumbnails to their size and weight; none is missing or left over."""
    wanted = {f"publications/thumbnails/{paper.slug}.webp" for paper in PAPERS}
    assert set(site.of_kind(".webp")) == wanted
