"""What machines read in the head of a page."""

import json
from typing import Any

import pytest
from facts import PAPERS, Paper
from rendered import Site

from portfolio.audit.citations import VENUES
from portfolio.audit.rendered import Page, text

BY_SLUG = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])


def json_ld(page: Page) -> Any:
    """Return the structured data of a page."""
    (script,) = [e for e in page.all("script") if e.get("type") == "application/ld+json"]
    return json.loads(script.text or "")


def page_of(site: Site, paper: Paper) -> Page:
    """Return the page of a paper."""
    return site.pages[f"publications/{paper.slug}.html"]


@BY_SLUG
def test_scholars_read_the_citation(site: Site, paper: Paper) -> None:
    """Highwire tags give the title, the authors in order, the year and the preprint."""
    page = page_of(site, paper)
    assert page.meta("citation_title") == [paper.title]
    families = [name.partition(",")[0] for name in page.meta("citation_author")]
    assert len(families) == len(paper.authors)
    assert all(name.endswith(f" {f}") for name, f in zip(paper.authors, families, strict=True))
    assert page.meta("citation_publication_date") == [paper.venue[-4:]]
    assert page.meta("citation_arxiv_id") == [paper.arxiv]


@BY_SLUG
def test_a_paper_appeared_in_one_place(site: Site, paper: Paper) -> None:
    """One venue tag for a published paper, none for a preprint."""
    venues = [value for name in VENUES for value in page_of(site, paper).meta(name)]
    assert len(venues) == (0 if paper.slug == "tcorex" else 1)


@BY_SLUG
def test_structured_data_is_about_the_paper(site: Site, paper: Paper) -> None:
    """JSON-LD says what the page says: title, all authors, year, address and picture."""
    page = page_of(site, paper)
    said = json_ld(page)
    assert said["@type"] == "ScholarlyArticle"
    assert said["headline"] == paper.title
    assert [author["name"] for author in said["author"]] == paper.authors
    assert said["datePublished"] == paper.venue[-4:]
    assert said["url"] == site.public(page)
    assert f"https://arxiv.org/abs/{paper.arxiv}" in said["sameAs"]
    assert (site.folder / said["image"].removeprefix(f"{site.address}/")).is_file()


@BY_SLUG
def test_shared_links_show_the_paper(site: Site, paper: Paper) -> None:
    """Open Graph gives the title, the address and a picture with its size."""
    page = page_of(site, paper)
    assert page.meta("og:title") == [paper.title]
    assert page.meta("og:url") == [site.public(page)]
    assert page.meta("og:image") == [f"{site.address}/publications/thumbnails/{paper.slug}.webp"]
    assert page.meta("og:image:width") + page.meta("og:image:height") == ["480", "300"]


def test_the_home_page_is_a_profile(site: Site) -> None:
    """JSON-LD and the h-card name the owner."""
    said = json_ld(site.pages["index.html"])
    assert said["@type"] == "ProfilePage"
    assert said["mainEntity"]["name"] == "Hrayr Harutyunyan"
    (card,) = site.pages["index.html"].of_class("h-card")
    assert "University of Southern California" in text(card)
